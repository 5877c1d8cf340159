#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/facts/unused.h"

#define OWN  "# tmpguard: ignore[" RULE_ID "]"
#define CALL "tempfile.mktemp()"

/* The comments that are reported, as "line:column kind problem, …". */
static void describe(char *out, size_t room, struct text python)
{
    struct facts facts;
    struct unused unused;
    struct error err;

    out[0] = '\0';
    assert_int_equal(0, scan_blob(python, &facts, &err));
    assert_int_equal(0, unused_find(&unused, python, facts.findings,
                                    facts.findings_count, &err));
    for (size_t i = 0; i < unused.items_count; i++) {
        const struct unused_comment *item = &unused.items[i];
        size_t size = strlen(out);

        snprintf(out + size, room - size, "%s%u:%u %s %s", size ? ", " : "",
                 item->range.start.line, item->range.start.column,
                 suppression_name(item->form), unused_problem(item));
    }
    unused_release(&unused);
    unused_release(&unused);
    facts_release(&facts);
}

static const struct {
    const char *what, *python, *reported;
} rows[] = {
    { "used behind the call", CALL " " OWN "\n", "" },
    { "used above the call", OWN "\n" CALL "\n", "" },
    { "used on another line of the statement", "x = [ " OWN "\n" CALL "]\n",
      "" },
    { "unused behind another statement", "x = 1 " OWN "\n" CALL "\n",
      "2:9 tmpguard unused" },
    { "unused two lines above", OWN "\n\n" CALL "\n", "2:3 tmpguard unused" },
    { "unused below the call", CALL "\n" OWN "\n", "3:3 tmpguard unused" },
    { "both of two that do the same are used", OWN "\n" CALL " " OWN "\n", "" },
    { "malformed", CALL " # tmpguard: ignore\n", "2:21 tmpguard malformed" },
    { "of an unknown rule", CALL " # tmpguard: ignore[wrong]\n",
      "2:21 tmpguard unknown-rule" },
    { "of an unknown rule, too",
      CALL " # tmpguard: ignore[wrong," RULE_ID "]\n",
      "2:21 tmpguard unknown-rule" },
    { "lgtm", "x = 1 # lgtm[" RULE_ID "]\n", "2:9 lgtm unused" },
    { "lgtm on the line above", "# lgtm[" RULE_ID "]\n" CALL "\n", "" },
    { "lgtm on the call's second line",
      "tempfile.mktemp(\n) # lgtm[" RULE_ID "]\n", "3:5 lgtm unused" },
    { "codeql", "# codeql[" RULE_ID "]\nx = 1\n", "2:3 codeql unused" },
    { "codeql of another rule", "# codeql[py/other]\nx = 1\n", "" },
    { "noqa", "x = 1 # noqa: E1, S306\n", "2:9 noqa unused" },
    { "noqa on the call's last line", "tempfile.mktemp(\n) # noqa: S306\n",
      "" },
    { "noqa above the call", "# noqa: S306\n" CALL "\n", "2:3 noqa unused" },
    { "nosec", "x = 1 # nosec B306\n", "2:9 nosec unused" },
    { "nosec by name", "x = 1 # nosec: mktemp_q\n", "2:9 nosec unused" },
    { "what may serve other rules",
      "x = 1 # noqa\ny = 2 # nosec\nz = 3 # NOSONAR # lgtm\nu = 4 # noqa: F8\n",
      "" },
    { "noqa of a call that only ruff believes in",
      "if 0:\n " CALL " # noqa: S306\n " CALL " # nosec B306\n", "" },
    { "our own of a call that is none", "if 0:\n " CALL " " OWN "\n",
      "3:22 tmpguard unused" },
    { "of a call that only CodeQL believes in",
      "d = {}\nd['a']() " OWN "\nd['a'] = tempfile.mktemp\n", "" },
    { "each of a line", "x = 1 " OWN " # noqa: S306 # noqa: S306\n",
      "2:9 tmpguard unused, 2:56 noqa unused" },
    { "in a string", "x = '''" OWN "'''\n", "" },
};

static void what_excuses_nothing_is_reported(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char python[512], got[256];

        snprintf(python, sizeof(python), "import tempfile\n%s", rows[i].python);
        describe(got, sizeof(got), text_of(python));
        if (strcmp(got, rows[i].reported) != 0)
            fail_msg("%s: got '%s', want '%s'", rows[i].what, got,
                     rows[i].reported);
    }
}

static void a_file_without_the_functions_names_is_looked_at(void **state)
{
    char got[256];

    (void)state;
    describe(got, sizeof(got), TEXT("x = 1  " OWN "\n"));
    assert_string_equal("1:10 tmpguard unused", got);
}

static void utf_16_is_read(void **state)
{
    static const char python[] = "x = 1  # noqa: S306\n";
    char bytes[2 * sizeof(python)] = "\xff\xfe", got[256];

    (void)state;
    for (size_t i = 0; i + 1 < sizeof(python); i++) {
        bytes[2 * i + 2] = python[i];
        bytes[2 * i + 3] = '\0';
    }
    describe(got, sizeof(got), (struct text){ bytes, sizeof(bytes) });
    assert_string_equal("1:10 noqa unused", got);
}

static void a_file_over_a_limit_is_incomplete(void **state)
{
    size_t size = SCAN_SIZE_MAX + 1;
    char *bytes = memory_new(size, 1);
    struct unused unused;
    struct error err;

    (void)state;
    memset(bytes, '\n', size);
    assert_int_equal(
        0, unused_find(&unused, (struct text){ bytes, size }, NULL, 0, &err));
    memcpy(bytes, OWN, sizeof(OWN) - 1);
    assert_int_equal(
        -1, unused_find(&unused, (struct text){ bytes, size }, NULL, 0, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_int_equal(0, unused_find(&unused, (struct text){ bytes, size - 1 },
                                    NULL, 0, &err));
    assert_int_equal(1, unused.items_count);
    unused_release(&unused);
    free(bytes);
}

/* Twenty thousand calls in one statement, a comment on each line. */
static void many_comments_take_linear_time(void **state)
{
    static const char line[] = CALL ", " OWN " # noqa: S306 # lgtm\n";
    size_t lines = 20000, piece = sizeof(line) - 1;
    struct buffer python = BUFFER_EMPTY;
    struct facts facts = FACTS_EMPTY;
    struct unused unused;
    struct error err;

    (void)state;
    for (size_t i = 0; i < lines; i++) {
        struct finding *finding = ARRAY_PUSH(facts.findings);

        buffer_append(&python, line, piece);
        finding->range =
            (struct range){ { (uint32_t)i + 1, 1 }, { (uint32_t)i + 1, 18 } };
        finding->statement_first = 1;
        finding->statement_last = (uint32_t)lines;
    }
    assert_int_equal(0, unused_find(&unused, buffer_view(&python),
                                    facts.findings, lines, &err));
    assert_int_equal(0, unused.items_count);
    facts_release(&facts);
    buffer_release(&python);
}

static void each_form_has_its_sentence(void **state)
{
    const struct unused_comment own = { .form = SUPPRESSION_TMPGUARD,
                                        .kind = DIRECTIVE_MALFORMED };

    (void)state;
    for (int form = SUPPRESSION_TMPGUARD; form < SUPPRESSION_NOSONAR; form++) {
        const struct unused_comment comment = { .form = (enum suppression)form,
                                                .kind = DIRECTIVE_RULE };

        assert_non_null(
            strstr(unused_message(&comment), suppression_name(comment.form)));
    }
    assert_non_null(strstr(unused_message(&own), RULE_ID));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_excuses_nothing_is_reported),
        cmocka_unit_test(a_file_without_the_functions_names_is_looked_at),
        cmocka_unit_test(utf_16_is_read),
        cmocka_unit_test(a_file_over_a_limit_is_incomplete),
        cmocka_unit_test(many_comments_take_linear_time),
        cmocka_unit_test(each_form_has_its_sentence),
    };

    return cmocka_run_group_tests_name("core/facts/unused", tests, NULL, NULL);
}
