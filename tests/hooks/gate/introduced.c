#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/gate/introduced.h"

/* "a1 a2 b9": a finding for each word, statement and line hash. */
static struct facts facts_of(const char *words)
{
    struct facts facts = FACTS_EMPTY;

    for (; *words; words += words[2] ? 3 : 2) {
        struct finding *finding = ARRAY_PUSH(facts.findings);

        finding->target = TARGET_TEMPFILE_MKTEMP;
        finding->statement.low = (unsigned char)words[0];
        finding->line_hash = (unsigned char)words[1];
        finding->offset = (uint32_t)facts.findings_count;
    }
    return facts;
}

/* Which of `now` are introduced, as words, in order of kind. */
static void expect(const char *now, const char *one, const char *two,
                   const char *base, const char *want)
{
    struct facts facts = facts_of(now), common = facts_of(base ? base : "");
    struct facts parents[] = { facts_of(one), facts_of(two ? two : "") };
    bool marks[16];
    char got[64] = "";
    size_t count = introduced_mark(marks, &facts, parents, two ? 2 : 1,
                                   base ? &common : NULL);

    for (size_t i = 0; i < facts.findings_count; i++)
        if (marks[i]) {
            const char word[] = {
                got[0] ? ' ' : '\0',
                (char)facts.findings[i].statement.low,
                (char)facts.findings[i].line_hash,
                '\0',
            };

            strcat(got, word[0] ? word : word + 1);
            count--;
        }
    if (strcmp(got, want) != 0 || count != 0)
        fail_msg("%s against %s and %s: got '%s', want '%s'", now, one,
                 two ? two : "nothing", got, want);
    facts_release(&facts);
    facts_release(&common);
    facts_release(&parents[0]);
    facts_release(&parents[1]);
}

static void what_the_parent_has_is_not_introduced(void **state)
{
    (void)state;
    expect("a1", "", NULL, NULL, "a1");
    expect("a1", "a1", NULL, NULL, "");
    expect("a1 b1", "b1", NULL, NULL, "a1");
    expect("a2", "a1 b1", NULL, NULL, "");
    expect("", "a1", NULL, NULL, "");
}

static void of_several_alike_the_one_with_new_surroundings_is_new(void **state)
{
    (void)state;
    expect("a1 a2", "a1", NULL, NULL, "a2");
    expect("a1 a2", "a2", NULL, NULL, "a1");
    expect("a1 a2 a3", "a2", NULL, NULL, "a1 a3");
    expect("a1 a2 a3", "a9 a2", NULL, NULL, "a3");
}

static void a_merge_introduces_what_no_parent_has(void **state)
{
    (void)state;
    expect("a1 b1 c1", "a1", "b1", NULL, "c1");
}

static void a_merge_may_hold_both_sides_calls_less_the_bases(void **state)
{
    (void)state;
    expect("a1 a2", "a1", "a2", "", "");
    expect("a1 a2 a3", "a1", "a2", "", "a3");
    expect("a1 a2", "a1", "a1", "a1", "a2");
    expect("a1", "a1", "a1", "a1 a2", "");
    expect("a1 a2 a3", "a1 a2", "a1 a3", "a1", "");
}

static void without_a_base_the_most_of_one_parent_counts(void **state)
{
    (void)state;
    expect("a1 a2", "a1", "a2", NULL, "a2");
}

static void what_is_suppressed_or_unwanted_is_filtered(void **state)
{
    struct facts facts = facts_of("a1 b1 c1");

    (void)state;
    facts.findings[0].suppression = SUPPRESSION_NOQA;
    facts.findings[1].over_approximated = true;
    introduced_filter(&facts, EXCUSES_ANY, true);
    assert_int_equal(2, facts.findings_count);
    introduced_filter(&facts, EXCUSES_ANY, false);
    assert_int_equal(1, facts.findings_count);
    assert_int_equal('c', facts.findings[0].statement.low);
    facts_release(&facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_parent_has_is_not_introduced),
        cmocka_unit_test(of_several_alike_the_one_with_new_surroundings_is_new),
        cmocka_unit_test(a_merge_introduces_what_no_parent_has),
        cmocka_unit_test(a_merge_may_hold_both_sides_calls_less_the_bases),
        cmocka_unit_test(without_a_base_the_most_of_one_parent_counts),
        cmocka_unit_test(what_is_suppressed_or_unwanted_is_filtered),
    };

    return cmocka_run_group_tests_name("hooks/gate/introduced", tests, NULL,
                                       NULL);
}
