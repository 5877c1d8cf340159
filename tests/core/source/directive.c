#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "core/source/directive.h"

/* What all directives of a comment are, as "form kind start-end, …". */
static void note(void *payload, const struct directive *directive)
{
    static const char *const kinds[] = { "none", "all", "rule", "unknown",
                                         "malformed" };
    char *out = payload;
    size_t size = strlen(out);

    snprintf(out + size, 256 - size, "%s%s %s %u-%u", size ? ", " : "",
             suppression_name(directive->form), kinds[directive->kind],
             directive->start, directive->end);
}

/* What it excuses, form by form, is in tests/core/suppress.c. */
static const struct {
    const char *comment, *says;
} rows[] = {
    { "# words", "" },
    { "# noqa", "noqa all 2-6" },
    { "# noqa: E501, S306 why", "noqa rule 2-18" },
    { "# noqa: F841", "" },
    { "# nosec", "nosec all 2-7" },
    { "# nosec B306,B101", "nosec rule 2-12" },
    { "# NOSONAR now", "NOSONAR all 2-9" },
    { "# lgtm", "lgtm all 2-6" },
    { "# lgtm[" RULE_ID "] why", "lgtm rule 2-34" },
    { "# lgtm[py/other]", "" },
    { "# codeql[]", "" },
    { "# codeql[py/other, " RULE_ID "]", "codeql rule 2-46" },
    { "# noqa: S306 # nosec B306", "noqa rule 2-12, nosec rule 15-25" },
    { "# tmpguard: ignore[" RULE_ID "] why", "tmpguard rule 2-46" },
    { "# tmpguard: ignore[py/other]", "tmpguard unknown 2-28" },
    { "# tmpguard: ignore[" RULE_ID ",x]",
      "tmpguard rule 2-48, tmpguard unknown 2-48" },
    { "# tmpguard: ignore", "tmpguard malformed 2-18" },
    { "# tmpguard: ignore[]", "tmpguard malformed 2-18" },
    { "# tmpguard: ignore[" RULE_ID, "tmpguard malformed 2-18" },
    { "# tmpguard: ignored[" RULE_ID "]", "tmpguard malformed 2-19" },
    { "# tmpguard : ignore[" RULE_ID "]", "tmpguard malformed 2-19" },
    { "# tmpguard ignore", "tmpguard malformed 2-17" },
    { "# tmpguard: it is a program", "" },
    { "# tmpguard", "" },
    { "# tmpguards: ignore", "" },
};

static void a_comment_says_what_its_directives_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char got[256] = "";

        directive_each(text_of(rows[i].comment), note, got);
        if (strcmp(got, rows[i].says) != 0)
            fail_msg("%s: got '%s', want '%s'", rows[i].comment, got,
                     rows[i].says);
    }
}

/* Is a reason given? */
static const struct {
    const char *comment;
    bool reasoned;
} reasons[] = {
    { "# tmpguard: ignore[" RULE_ID "]", false },
    { "# tmpguard: ignore[" RULE_ID "] -- :", false },
    { "# tmpguard: ignore[" RULE_ID "] # noqa", false },
    { "# tmpguard: ignore[" RULE_ID "]: ours", true },
    { "# noqa # tmpguard: ignore[" RULE_ID "] \xc3\xa9", true },
    { "# noqa: S306 ours", false },
    { "# lgtm[" RULE_ID "] ours", false },
};

static void note_reason(void *payload, const struct directive *directive)
{
    bool *reasoned = payload;

    *reasoned |= directive->reasoned;
}

static void words_behind_our_own_form_are_a_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
        bool reasoned = false;

        directive_each(text_of(reasons[i].comment), note_reason, &reasoned);
        if (reasoned != reasons[i].reasoned)
            fail_msg("%s: want %d", reasons[i].comment, reasons[i].reasoned);
    }
}

static void only_a_known_rule_or_all_excuse(void **state)
{
    struct directive directive = { .kind = DIRECTIVE_ALL };

    (void)state;
    assert_true(directive_excuses(&directive));
    directive.kind = DIRECTIVE_RULE;
    assert_true(directive_excuses(&directive));
    directive.kind = DIRECTIVE_UNKNOWN;
    assert_false(directive_excuses(&directive));
    directive.kind = DIRECTIVE_MALFORMED;
    assert_false(directive_excuses(&directive));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_says_what_its_directives_are),
        cmocka_unit_test(words_behind_our_own_form_are_a_reason),
        cmocka_unit_test(only_a_known_rule_or_all_excuse),
    };

    return cmocka_run_group_tests_name("core/source/directive", tests, NULL,
                                       NULL);
}
