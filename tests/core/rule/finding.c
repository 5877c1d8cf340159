#include "tests/test.h"

#include <string.h>

#include "core/rule/finding.h"

static struct finding at(uint32_t line, uint32_t column, enum target target,
                         uint32_t size)
{
    return (struct finding){ .target = target,
                             .range = { .start = { line, column } },
                             .size = size };
}

static void order_is_line_column_name_and_size(void **state)
{
    const struct finding sorted[] = {
        at(1, 9, TARGET_TEMPFILE_MKTEMP, 9),
        at(2, 1, TARGET_TEMPFILE_MKTEMP, 9),
        at(2, 2, TARGET_OS_TEMPNAM, 9),
        at(2, 2, TARGET_TEMPFILE_MKTEMP, 8),
        at(2, 2, TARGET_TEMPFILE_MKTEMP, 9),
        at(10, 1, TARGET_OS_TEMPNAM, 1),
        at(UINT32_MAX, 1, TARGET_OS_TEMPNAM, 1),
    };
    const size_t count = sizeof(sorted) / sizeof(*sorted);

    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            int got = finding_compare(&sorted[i], &sorted[j]);

            if ((got > 0) - (got < 0) != (i > j) - (i < j))
                fail_msg("%zu and %zu: got %d", i, j, got);
        }
}

static void the_same_call_may_move_and_be_excused(void **state)
{
    struct finding old = at(3, 5, TARGET_TEMPFILE_MKTEMP, 17);
    struct finding moved = at(99, 1, TARGET_TEMPFILE_MKTEMP, 20);

    (void)state;
    old.statement = moved.statement = (struct digest){ 1, 2 };
    moved.suppression = SUPPRESSION_NOQA;
    moved.line_hash = 7;
    assert_true(finding_same(&old, &moved));
}

static void another_function_or_statement_is_another_call(void **state)
{
    struct finding call = at(3, 5, TARGET_OS_TEMPNAM, 17), other = call;

    (void)state;
    other.target = TARGET_OS_TMPNAM;
    assert_false(finding_same(&call, &other));
    other = call;
    other.statement.low = 1;
    assert_false(finding_same(&call, &other));
    other = call;
    other.statement.high = 1;
    assert_false(finding_same(&call, &other));
}

static void ever_fewer_comments_excuse(void **state)
{
    static const struct {
        enum suppression form;
        bool reasoned;
        int levels; /* so many of the four let it excuse */
    } rows[] = {
        { SUPPRESSION_NONE, false, 0 },
        { SUPPRESSION_NOQA, false, 1 },
        { SUPPRESSION_TMPGUARD, false, 2 },
        { SUPPRESSION_TMPGUARD, true, 3 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        for (int level = EXCUSES_ANY; level <= EXCUSES_NONE; level++) {
            struct finding call = at(1, 1, TARGET_OS_TMPNAM, 9);

            call.suppression = rows[i].form;
            call.reasoned = rows[i].reasoned;
            if (finding_excused(&call, (enum excuses)level) !=
                (level < rows[i].levels))
                fail_msg("row %zu, level %d", i, level);
        }
}

static void each_suppression_has_a_name_of_its_own(void **state)
{
    (void)state;
    assert_string_equal("none", suppression_name(SUPPRESSION_NONE));
    assert_string_equal("tmpguard", suppression_name(SUPPRESSION_TMPGUARD));
    for (int i = 0; i < SUPPRESSION_COUNT; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(suppression_name((enum suppression)i),
                                    suppression_name((enum suppression)j));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_line_column_name_and_size),
        cmocka_unit_test(the_same_call_may_move_and_be_excused),
        cmocka_unit_test(ever_fewer_comments_excuse),
        cmocka_unit_test(another_function_or_statement_is_another_call),
        cmocka_unit_test(each_suppression_has_a_name_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
