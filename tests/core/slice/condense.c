#include "tests/test.h"

#include <string.h>

#include "core/slice/condense.h"

static const struct {
    const char *what, *python, *condensed;
} files[] = {
    { "what has no say is left out",
      "import tempfile\nx = 1\ntempfile.mktemp()\n",
      "import tempfile\ntempfile.mktemp()\n" },
    { "a comment above is kept", "x = 1\n# noqa\ntempfile.mktemp()\n",
      "# noqa\ntempfile.mktemp()\n" },
    { "of a class those of its statements",
      "class C:\n  x\n  def f(s):\n    s.mktemp()\n  y\n",
      "class C:\n  def f(s):\n    s.mktemp()\n" },
    { "a head alone gets a body", "class C(a.mktemp):\n\tx\n\ty\nz\n",
      "class C(a.mktemp):\n\tpass\n" },
    { "os matters if a member of it does", "os\nx.tmpnam\n", "os\nx.tmpnam\n" },
    { "else it does not", "os\nx.mktemp\n", "x.mktemp\n" },
    { "a part of a class does not end in a string",
      "class C:\n  '''\n  # '''\n  x.mktemp\n", "class C:\n  x.mktemp\n" },
    { "nothing may be left", "x\n", "" },
};

static void a_file_is_condensed_to_what_has_a_say(void **state)
{
    struct stash *stash = condense_stash(1 << 20);

    (void)state;
    stash_enter(stash);
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct condensed condensed;
        struct text text;

        assert_true(condense_open(&condensed, stash, NULL,
                                  text_of(files[i].python), false));
        text = condense_text(&condensed);
        if (!text_equal(text, text_of(files[i].condensed)))
            fail_msg("%s: %.*s", files[i].what, (int)text.size, text.bytes);
        condense_close(&condensed);
    }
    stash_leave(stash);
    stash_close(stash);
}

static void what_only_others_give_does_not_matter_to_a_file_alone(void **state)
{
    static const char python[] = "import tempfile\nclass C(D):\n"
                                 "  def f(s):\n    s.mktemp()\n"
                                 "  def g(s): tempfile.mktemp()\n";
    struct stash *stash = condense_stash(1 << 20);
    struct condensed one, other;

    (void)state;
    stash_enter(stash);
    assert_true(condense_open(&one, stash, NULL, text_of(python), true));
    assert_true(text_equal(TEXT("import tempfile\nclass C(D):\n"
                                "  def g(s): tempfile.mktemp()\n"),
                           condense_text(&one)));
    assert_true(condense_open(&other, stash, NULL, text_of(python), false));
    assert_true(text_equal(text_of(python), condense_text(&other)));
    condense_close(&one);
    condense_close(&other);
    stash_leave(stash);
    stash_close(stash);
}

static void what_is_known_of_a_file_alone_is_known_of_no_other(void **state)
{
    static const char python[] = "import tempfile\ntempfile.mktemp()\n";
    struct stash *stash = condense_stash(1 << 20);
    struct condensed one, other;

    (void)state;
    stash_enter(stash);
    assert_true(condense_open(&one, stash, NULL, text_of(python), true));
    assert_true(condense_open(&other, stash, NULL, text_of(python), false));
    assert_true(text_equal(condense_text(&one), condense_text(&other)));
    assert_false(text_equal(buffer_view(&one.key), buffer_view(&other.key)));
    condense_close(&one);
    condense_close(&other);
    stash_leave(stash);
    stash_close(stash);
}

static void what_is_not_regular_utf_8_is_left_as_it_is(void **state)
{
    static const char *const texts[] = {
        "a\n(\n",
        "# coding: latin-1\na\n",
        "# coding: gbk\na\n",
        "\xff\xfe",
    };
    struct stash *stash = condense_stash(1 << 20);

    (void)state;
    stash_enter(stash);
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct condensed condensed;

        if (condense_open(&condensed, stash, NULL, text_of(texts[i]), false))
            fail_msg("condensed: %s", texts[i]);
        condense_close(&condensed);
    }
    stash_leave(stash);
    stash_close(stash);
}

static struct condensed condensed_of(struct stash *stash, const char *python)
{
    struct condensed condensed;

    assert_true(condense_open(&condensed, stash, NULL, text_of(python), false));
    return condensed;
}

static int widen(struct condensed *condensed, enum chunk_ask ask,
                 struct text name)
{
    struct elsewhere elsewhere = ELSEWHERE_EMPTY;
    int widened;

    elsewhere_ask(&elsewhere, ask, name);
    widened = condense_widen(condensed, &elsewhere.asked);
    elsewhere_release(&elsewhere);
    return widened;
}

static void what_answers_a_question_is_kept_from_then_on(void **state)
{
    struct stash *stash = condense_stash(1 << 20);
    struct condensed condensed;

    (void)state;
    stash_enter(stash);
    condensed =
        condensed_of(stash, "class C:\n  x = v\n  y = 1\n  def g(a, b=w): k\n"
                            "  def h(a): b\nz.mktemp\n");
    assert_int_equal(1, widen(&condensed, CHUNK_BINDS, TEXT("y")));
    assert_true(text_equal(TEXT("class C:\n  y = 1\nz.mktemp\n"),
                           condense_text(&condensed)));
    assert_int_equal(0, widen(&condensed, CHUNK_BINDS, TEXT("y")));
    assert_int_equal(0, widen(&condensed, CHUNK_CALLS, TEXT("x")));
    assert_int_equal(1, widen(&condensed, CHUNK_CALLS, TEXT("v")));
    assert_int_equal(1, widen(&condensed, CHUNK_CALLS, TEXT("w")));
    assert_int_equal(0, widen(&condensed, CHUNK_CALLS, TEXT("a")));
    condense_close(&condensed);
    stash_leave(stash);
    stash_close(stash);
}

static void looking_for_answers_comes_to_an_end(void **state)
{
    struct stash *stash = condense_stash(1 << 20);
    struct condensed condensed;
    int widened = 0;

    (void)state;
    stash_enter(stash);
    condensed = condensed_of(stash, "x\ny.mktemp\n");
    for (int i = 0; i < 100000 && widened == 0; i++)
        widened = widen(&condensed, CHUNK_MENTIONS, TEXT("z"));
    assert_int_equal(-1, widened);
    condense_close(&condensed);
    stash_leave(stash);
    stash_close(stash);
}

static void what_literals_say_counts_for_all_of_the_file(void **state)
{
    struct stash *stash = condense_stash(1 << 20);
    struct condensed condensed;

    (void)state;
    stash_enter(stash);
    condensed = condensed_of(stash, "a('mk')\ngetattr(b, 'temp')\n");
    assert_true(condensed.elsewhere.reads);
    assert_true(condensed.elsewhere.names_target);
    assert_true(condensed.elsewhere.targets & 1U << TARGET_TEMPFILE_MKTEMP);
    condense_close(&condensed);
    condensed = condensed_of(stash, "a('mktemp')\ngetattr(b, 'c')\n");
    assert_true(condensed.elsewhere.names_target);
    condense_close(&condensed);
    condensed = condensed_of(stash, "# mktemp\ngetattr(b, 'c')\n");
    assert_false(condensed.elsewhere.names_target);
    assert_int_equal(1U << TARGET_TEMPFILE_MKTEMP, condensed.elsewhere.targets);
    condense_close(&condensed);
    stash_leave(stash);
    stash_close(stash);
}

static void a_finding_is_moved_to_where_it_is_in_the_file(void **state)
{
    struct stash *stash = condense_stash(1 << 20);
    const char *python = "import a\nx\n\ny\n# b\nz.mktemp()\n";
    struct finding finding = { .offset = 13,
                               .range = { { 3, 1 }, { 3, 11 } },
                               .statement_first = 3,
                               .statement_last = 3 };
    struct condensed condensed;

    (void)state;
    stash_enter(stash);
    condensed = condensed_of(stash, python);
    condense_place(&condensed, &finding);
    assert_int_equal(strstr(python, "z.mktemp") - python, finding.offset);
    assert_int_equal(6, finding.range.start.line);
    assert_int_equal(6, finding.range.end.line);
    assert_int_equal(6, finding.statement_first);
    assert_int_equal(6, finding.statement_last);
    condense_close(&condensed);
    stash_leave(stash);
    stash_close(stash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_condensed_to_what_has_a_say),
        cmocka_unit_test(what_only_others_give_does_not_matter_to_a_file_alone),
        cmocka_unit_test(what_is_known_of_a_file_alone_is_known_of_no_other),
        cmocka_unit_test(what_is_not_regular_utf_8_is_left_as_it_is),
        cmocka_unit_test(what_answers_a_question_is_kept_from_then_on),
        cmocka_unit_test(looking_for_answers_comes_to_an_end),
        cmocka_unit_test(what_literals_say_counts_for_all_of_the_file),
        cmocka_unit_test(a_finding_is_moved_to_where_it_is_in_the_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
