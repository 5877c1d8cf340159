#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/source/suppress.h"

#define RULE "py/insecure-temporary-file"

/* A source whose comments start at each line's first '#'. */
static struct source source_of(const char *python)
{
    struct source source = { .text = text_of(python) };

    *ARRAY_PUSH(source.lines) = 0;
    for (size_t at = 0; at < source.text.size;) {
        size_t end = text_find(source.text, '\n', at);
        size_t hash = text_find(source.text, '#', at);

        if (hash < end)
            *ARRAY_PUSH(source.comments) =
                (struct comment){ (uint32_t)hash, (uint32_t)end };
        at = end + 1;
        *ARRAY_PUSH(source.lines) = (uint32_t)at;
    }
    return source;
}

static void source_free(struct source *source)
{
    free(source->comments);
    free(source->lines);
}

static enum suppression find(const char *python, struct suppress_lines lines)
{
    struct source source = source_of(python);
    struct suppress suppress;
    enum suppression found;

    suppress_open(&suppress, &source);
    found = suppress_find(&suppress, &lines);
    suppress_close(&suppress);
    source_free(&source);
    return found;
}

/* Behind a call that is one line. */
static const struct {
    const char *comment;
    enum suppression form;
} behind[] = {
    { "", SUPPRESSION_NONE },
    { "#", SUPPRESSION_NONE },

    { "# tmpguard: ignore[" RULE "] mkfifo refuses", SUPPRESSION_TMPGUARD },
    { "# tmpguard: ignore[" RULE "]", SUPPRESSION_TMPGUARD },
    { "#tmpguard:ignore[" RULE "]", SUPPRESSION_TMPGUARD },
    { "# tmpguard: ignore[py/unused-import, " RULE "]", SUPPRESSION_TMPGUARD },
    { "# type: ignore  # tmpguard: ignore[" RULE "]", SUPPRESSION_TMPGUARD },
    { "# noqa # tmpguard: ignore[" RULE "]", SUPPRESSION_TMPGUARD },
    { "# tmpguard: ignore", SUPPRESSION_NONE },
    { "# tmpguard: ignore[]", SUPPRESSION_NONE },
    { "# tmpguard: ignore[ ]", SUPPRESSION_NONE },
    { "# tmpguard: ignore[py/unused-import] reason", SUPPRESSION_NONE },
    { "# tmpguard: ignored[" RULE "] reason", SUPPRESSION_NONE },
    { "# tmpguard: ignore[" RULE, SUPPRESSION_NONE },
    { "# tmpguard: ignore[" RULE ",]", SUPPRESSION_NONE },
    { "# tmpguard: ignore[,," RULE "]", SUPPRESSION_NONE },
    { "# tmpguard: ignore[*]", SUPPRESSION_NONE },
    { "# tmpguard: ignore[" RULE "s]", SUPPRESSION_NONE },
    { "# tmpguard: ignore(" RULE ")", SUPPRESSION_NONE },
    { "# tmpguard ignore " RULE, SUPPRESSION_NONE },
    { "# please tmpguard: ignore[" RULE "]", SUPPRESSION_NONE },

    { "# lgtm[" RULE "]", SUPPRESSION_LGTM },
    { "# LGTM[" RULE "]", SUPPRESSION_LGTM },
    { "#lgtm  [" RULE "]", SUPPRESSION_LGTM },
    { "# name only, lgtm [" RULE "] because", SUPPRESSION_LGTM },
    { "# lgtm[py/unused-import] lgtm[" RULE "]", SUPPRESSION_LGTM },
    { "# lgtm", SUPPRESSION_LGTM },
    { "#lgtm because", SUPPRESSION_LGTM },
    { "# noqa: E501; lgtm", SUPPRESSION_LGTM },
    { "# looks fine, lgtm", SUPPRESSION_NONE },
    { "# lgtm[py/unused-import]", SUPPRESSION_NONE },
    { "# lgtm[" RULE "s]", SUPPRESSION_NONE },
    { "# lgtm[insecure-temporary-file]", SUPPRESSION_NONE },
    { "# lgtm[" RULE, SUPPRESSION_NONE },
    { "# lgtm [", SUPPRESSION_NONE },
    { "# foolgtm", SUPPRESSION_NONE },
    { "# lgtmfoo", SUPPRESSION_NONE },
    { "# foolgtm[" RULE "]", SUPPRESSION_NONE },
    { "# \xc3\xa9lgtm[" RULE "]", SUPPRESSION_NONE },

    { "# codeql[" RULE "]", SUPPRESSION_CODEQL },
    { "#CodeQL [" RULE "]", SUPPRESSION_CODEQL },
    { "# why: codeql[" RULE "]", SUPPRESSION_CODEQL },
    { "# codeql[py/unused-import]", SUPPRESSION_NONE },
    { "# codeql[*]", SUPPRESSION_NONE },
    { "# codeql[]", SUPPRESSION_NONE },
    { "# codeql", SUPPRESSION_NONE },
    { "# github/codeql", SUPPRESSION_NONE },

    { "# noqa", SUPPRESSION_NOQA },
    { "#NoQA", SUPPRESSION_NOQA },
    { "# noqa -- the server creates the socket itself", SUPPRESSION_NOQA },
    { "# noqa the socket is ours", SUPPRESSION_NOQA },
    { "# noqa: S306", SUPPRESSION_NOQA },
    { "# noqa:S306", SUPPRESSION_NOQA },
    { "# noqa : s306", SUPPRESSION_NOQA },
    { "# noqa: E501,S306", SUPPRESSION_NOQA },
    { "# noqa: E501 S306", SUPPRESSION_NOQA },
    { "# noqa: S306, F841 only the name is wanted", SUPPRESSION_NOQA },
    { "# noqa: S306 \xe2\x80\x94 local, short-lived", SUPPRESSION_NOQA },
    { "# noqa: F401 # noqa: S306", SUPPRESSION_NOQA },
    { "# type: ignore # noqa", SUPPRESSION_NOQA },
    { "# noqa S306", SUPPRESSION_NOQA },
    { "# noqa F841", SUPPRESSION_NONE },
    { "# noqa: F401", SUPPRESSION_NONE },
    { "# noqa: E501, F841", SUPPRESSION_NONE },
    { "# noqa: S3060", SUPPRESSION_NONE },
    { "# noqa: S30", SUPPRESSION_NONE },
    { "# noqa: BLE001", SUPPRESSION_NONE },
    { "# noqa:", SUPPRESSION_NONE },
    { "# noqa: because", SUPPRESSION_NONE },
    { "# noqa: because S306", SUPPRESSION_NONE },
    { "# noqab", SUPPRESSION_NONE },
    { "# flake8: noqa", SUPPRESSION_NONE },
    { "# see noqa", SUPPRESSION_NONE },

    { "# nosec", SUPPRESSION_NOSEC },
    { "# nosec  # pragma: no cover", SUPPRESSION_NOSEC },
    { "# nosec B306", SUPPRESSION_NOSEC },
    { "#nosec B306", SUPPRESSION_NOSEC },
    { "# nosec: B306", SUPPRESSION_NOSEC },
    { "# nosec mktemp_q", SUPPRESSION_NOSEC },
    { "# nosec B108,B306", SUPPRESSION_NOSEC },
    { "# nosec B108 B306", SUPPRESSION_NOSEC },
    { "# nosec: pickle, mktemp_q", SUPPRESSION_NOSEC },
    { "# nosec assert_used B306", SUPPRESSION_NOSEC },
    { "# nosec B306 the name is not opened", SUPPRESSION_NOSEC },
    { "# type: ignore  # nosec B306", SUPPRESSION_NOSEC },
    { "# nosec B101", SUPPRESSION_NONE },
    { "# nosec B9999", SUPPRESSION_NONE },
    { "# nosec B30", SUPPRESSION_NONE },
    { "# nosec B3066", SUPPRESSION_NONE },
    { "# nosec assert_used", SUPPRESSION_NONE },
    { "# nosec:", SUPPRESSION_NONE },
    { "# nosec because tests only", SUPPRESSION_NONE },
    { "# nosec because of B306", SUPPRESSION_NONE },
    { "# nosecurity review needed here", SUPPRESSION_NONE },
    { "# NOSEC", SUPPRESSION_NONE },

    { "# NOSONAR", SUPPRESSION_NOSONAR },
    { "#NOSONAR: name only", SUPPRESSION_NOSONAR },
    { "# NOSONAR(S1234)", SUPPRESSION_NONE },
    { "# NOSONARS", SUPPRESSION_NONE },
    { "# nosonar", SUPPRESSION_NONE },

    { "# type: ignore", SUPPRESSION_NONE },
    { "# pragma: no cover", SUPPRESSION_NONE },
    { "# pylint: disable=deprecated-method", SUPPRESSION_NONE },
    { "# fmt: skip", SUPPRESSION_NONE },
    { "# noqa: S306  # nosec B306", SUPPRESSION_NOQA },
};

static void a_comment_behind_the_call_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
        char python[256] = "p = mktemp()  ";
        enum suppression got;

        strncat(python, behind[i].comment, sizeof(python) - 20);
        got = find(python, (struct suppress_lines){ 1, 1, 1, 1 });
        if (got != behind[i].form)
            fail_msg("%s: got %s, want %s", behind[i].comment,
                     suppression_name(got), suppression_name(behind[i].form));
    }
}

#define OWN    "# tmpguard: ignore[" RULE "]\n"
#define LGTM   "# lgtm\n"
#define CODEQL "# codeql[" RULE "]\n"

static const struct {
    const char *what, *python;
    struct suppress_lines lines;
    enum suppression form;
} places[] = {
    { "our own on the line above", OWN "f()\n", { 2, 2, 2, 2 }, 1 },
    { "our own above, indented", "if x:\n \t" OWN " f()\n", { 3, 3, 3, 3 }, 1 },
    { "our own two lines above", OWN "\nf()\n", { 3, 3, 3, 3 }, 0 },
    { "our own behind the line above", "x " OWN "f()\n", { 2, 2, 2, 2 }, 0 },
    { "our own on the line below", "f()\n" OWN, { 1, 1, 1, 1 }, 0 },
    { "our own on the statement's first line",
      "g( " OWN "\n f(),\n)\n",
      { 3, 3, 1, 4 },
      1 },
    { "our own on a line of the call", "f(\n" OWN ")\n", { 1, 3, 1, 3 }, 1 },
    { "our own on the last line", "g(\n f()\n) " OWN, { 2, 2, 1, 3 }, 1 },
    { "our own above the statement, not the call",
      OWN "g(\n f()\n)\n",
      { 3, 3, 2, 4 },
      1 },
    { "our own in the body below a head",
      "with f():\n  g() " OWN,
      { 1, 1, 1, 1 },
      0 },
    { "our own on the first line behind a byte order mark",
      "\xef\xbb\xbf" OWN "f()\n",
      { 2, 2, 2, 2 },
      1 },

    { "lgtm on the line above", LGTM "f()\n", { 2, 2, 2, 2 }, 2 },
    { "lgtm behind the line above", "x " LGTM "f()\n", { 2, 2, 2, 2 }, 0 },
    { "lgtm two lines above", LGTM "\nf()\n", { 3, 3, 3, 3 }, 0 },
    { "lgtm on the call's first line", "f( " LGTM ")\n", { 1, 2, 1, 2 }, 2 },
    { "lgtm on the call's last line", "f(\n) " LGTM, { 1, 2, 1, 2 }, 0 },
    { "lgtm on the statement's line", "g( " LGTM "f())\n", { 2, 2, 1, 2 }, 0 },

    { "codeql on the line above", CODEQL "f()\n", { 2, 2, 2, 2 }, 3 },
    { "codeql behind the line above", "x " CODEQL "f()\n", { 2, 2, 2, 2 }, 0 },
    { "codeql above the statement, not the call",
      CODEQL "g(\n f()\n)\n",
      { 3, 3, 2, 4 },
      0 },
    { "codeql above the call in a statement",
      "g(\n" CODEQL " f()\n)\n",
      { 3, 3, 1, 4 },
      3 },

    { "noqa on the line above", "# noqa\nf()\n", { 2, 2, 2, 2 }, 0 },
    { "noqa on the first line", "f( # noqa\n)\n", { 1, 2, 1, 2 }, 4 },
    { "noqa on the last line", "f(\n\n) # noqa\n", { 1, 3, 1, 3 }, 4 },
    { "noqa behind an inner line", "f(\n1, # noqa\n)\n", { 1, 3, 1, 3 }, 4 },
    { "noqa alone on an inner line", "f(\n# noqa\n)\n", { 1, 3, 1, 3 }, 0 },
    { "noqa alone, then behind", "f(\n# noqa\n) # noqa\n", { 1, 3, 1, 3 }, 4 },
    { "noqa on the statement's line only",
      "g( # noqa\n f()\n)\n",
      { 2, 2, 1, 3 },
      0 },
    { "nosec on the line above", "# nosec B306\nf()\n", { 2, 2, 2, 2 }, 0 },
    { "nosec on the last line", "f(\n) # nosec\n", { 1, 2, 1, 2 }, 5 },
    { "nosec on the statement's last line only",
      "g(\n f()\n) # nosec B306\n",
      { 2, 2, 1, 3 },
      0 },
    { "NOSONAR on the last line", "f(\n) # NOSONAR\n", { 1, 2, 1, 2 }, 6 },
    { "our own comes first", OWN "f() # noqa\n", { 2, 2, 2, 2 }, 1 },
};

static void a_comment_counts_where_its_form_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
        enum suppression got = find(places[i].python, places[i].lines);

        if (got != places[i].form)
            fail_msg("%s: got %s, want %s", places[i].what,
                     suppression_name(got), suppression_name(places[i].form));
    }
}

static void without_comments_nothing_is_excused(void **state)
{
    (void)state;
    assert_int_equal(SUPPRESSION_NONE,
                     find("", (struct suppress_lines){ 1, 1, 1, 1 }));
}

static bool is_reasoned(const char *python, struct suppress_lines lines)
{
    struct source source = source_of(python);
    struct suppress suppress;
    bool reasoned;

    suppress_open(&suppress, &source);
    reasoned = suppress_reasoned(&suppress, &lines);
    suppress_close(&suppress);
    source_free(&source);
    return reasoned;
}

static void a_reason_counts_where_the_comment_does(void **state)
{
    const struct suppress_lines second = { 2, 2, 2, 2 };

    (void)state;
    assert_true(is_reasoned("# tmpguard: ignore[" RULE "] why\nf()\n", second));
    assert_true(is_reasoned("# tmpguard: ignore[" RULE "] why\n"
                            "f()  # tmpguard: ignore[" RULE "]\n",
                            second));
    assert_false(is_reasoned("f()  # tmpguard: ignore[" RULE "] why\n"
                             "f()  # tmpguard: ignore[" RULE "]\n",
                             second));
    assert_false(is_reasoned("\nf()  # lgtm[" RULE "] why\n", second));
}

static void only_comments_of_the_source_count(void **state)
{
    struct source source = source_of("p = mktemp('# noqa')\n");
    struct suppress suppress;

    (void)state;
    source.comments_count = 0;
    suppress_open(&suppress, &source);
    assert_int_equal(
        SUPPRESSION_NONE,
        suppress_find(&suppress, &(struct suppress_lines){ 1, 1, 1, 1 }));
    suppress_close(&suppress);
    suppress_close(&suppress);
    source_free(&source);
}

/* One megabyte a line; whatever is quadratic in a comment would not end. */
static void a_hostile_comment_takes_linear_time(void **state)
{
    static const char *const pieces[] = {
        "lgtm[", "#noqa", "lgtm ", "# ", "#tmpguard:ignore[", "nosec a_b,"
    };
    size_t size = 1 << 20;

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        char *python = memory_new(size + 1, 1);
        size_t piece = strlen(pieces[i]);

        python[0] = '#';
        for (size_t at = 1; at < size; at++)
            python[at] = pieces[i][at % piece];
        assert_true(find(python, (struct suppress_lines){ 3, 3, 3, 3 }) == 0);
        free(python);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_behind_the_call_is_read),
        cmocka_unit_test(a_comment_counts_where_its_form_says),
        cmocka_unit_test(without_comments_nothing_is_excused),
        cmocka_unit_test(a_reason_counts_where_the_comment_does),
        cmocka_unit_test(only_comments_of_the_source_count),
        cmocka_unit_test(a_hostile_comment_takes_linear_time),
    };

    return cmocka_run_group_tests_name("core/source/suppress", tests, NULL,
                                       NULL);
}
