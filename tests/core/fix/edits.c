#include "tests/test.h"

#include "core/fix/edits.h"

static void check(struct edits *edits, const char *before, const char *want)
{
    struct buffer out = BUFFER_EMPTY;

    assert_true(edits_settle(edits));
    edits_apply(edits, text_of(before), &out);
    assert_string_equal(want, out.bytes);
    buffer_release(&out);
    edits_release(edits);
}

static void edits_may_come_in_any_order(void **state)
{
    struct edits edits = EDITS_EMPTY;

    (void)state;
    edits_replace(&edits, 4, 5, TEXT("E"));
    edits_replace(&edits, 0, 1, TEXT("AA"));
    edits_replace(&edits, 2, 4, TEXT_EMPTY);
    check(&edits, "abcdefg", "AAbEfg");
}

static void what_is_put_to_one_place_keeps_its_order(void **state)
{
    struct edits edits = EDITS_EMPTY;

    (void)state;
    for (int i = 0; i < 9; i++)
        edits_insert(&edits, 1, (struct text){ &"123456789"[i], 1 });
    edits_replace(&edits, 1, 2, TEXT("B"));
    check(&edits, "abc", "a123456789Bc");
}

static void the_end_of_a_text_is_a_place(void **state)
{
    struct edits edits = EDITS_EMPTY;

    (void)state;
    edits_insert(&edits, 0, TEXT("<"));
    edits_insert(&edits, 2, TEXT(">"));
    check(&edits, "ab", "<ab>");
}

static void nothing_to_do_keeps_the_text(void **state)
{
    struct edits edits = EDITS_EMPTY;

    (void)state;
    check(&edits, "abc", "abc");
}

static void what_was_cut_is_not_made(void **state)
{
    struct edits edits = EDITS_EMPTY;

    (void)state;
    edits_insert(&edits, 1, TEXT("1"));
    edits_insert(&edits, 2, TEXT("2"));
    edits_cut(&edits, 1);
    edits_insert(&edits, 3, TEXT("3"));
    check(&edits, "abc", "a1bc3");
}

static void two_edits_of_the_same_bytes_are_refused(void **state)
{
    struct edits edits = EDITS_EMPTY;

    (void)state;
    edits_replace(&edits, 0, 3, TEXT("x"));
    edits_replace(&edits, 2, 4, TEXT("y"));
    assert_false(edits_settle(&edits));
    edits_release(&edits);
    edits_release(&edits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_may_come_in_any_order),
        cmocka_unit_test(what_is_put_to_one_place_keeps_its_order),
        cmocka_unit_test(the_end_of_a_text_is_a_place),
        cmocka_unit_test(nothing_to_do_keeps_the_text),
        cmocka_unit_test(what_was_cut_is_not_made),
        cmocka_unit_test(two_edits_of_the_same_bytes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
