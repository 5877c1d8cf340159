#include "tests/test.h"

#include <string.h>

#include "core/base/nearest.h"

static const struct {
    const char *a, *b;
    unsigned distance;
} distances[] = {
    { "scan", "scan", 0 },  { "sacn", "scan", 1 },   { "scna", "scan", 1 },
    { "scann", "scan", 1 }, { "can", "scan", 1 },    { "", "scan", 4 },
    { "fix", "scan", 4 },   { "chekc", "check", 1 },
};

static void a_slip_of_the_fingers_is_one_step(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(distances) / sizeof(*distances); i++) {
        unsigned got = nearest_distance(distances[i].a, distances[i].b);

        if (got != distances[i].distance)
            fail_msg("%s, %s: got %u, want %u", distances[i].a, distances[i].b,
                     got, distances[i].distance);
    }
}

static void a_word_of_any_length_is_far_not_fatal(void **state)
{
    char word[5000];
    struct nearest nearest = NEAREST_TO(word);

    (void)state;
    memset(word, 'x', sizeof(word) - 1);
    word[sizeof(word) - 1] = '\0';
    nearest_offer(&nearest, "scan");
    assert_null(nearest.best);
}

static void the_nearest_of_several_is_named_and_nothing_far(void **state)
{
    struct nearest nearest = NEAREST_TO("chek"), far = NEAREST_TO("zz");

    (void)state;
    nearest_offer(&nearest, "cache");
    nearest_offer(&nearest, "check");
    nearest_offer(&nearest, "scan");
    assert_string_equal("check", nearest.best);
    nearest_offer(&far, "fix");
    assert_null(far.best);
}

static void a_tie_goes_to_the_first_and_a_hit_wins(void **state)
{
    struct nearest tie = NEAREST_TO("cat"), hit = NEAREST_TO("cat");

    (void)state;
    nearest_offer(&tie, "bat");
    nearest_offer(&tie, "car");
    assert_string_equal("bat", tie.best);
    nearest_offer(&hit, "bat");
    nearest_offer(&hit, "cat");
    assert_string_equal("cat", hit.best);
    assert_int_equal(0, hit.distance);
}

static void forty_bytes_are_compared_and_one_more_is_not(void **state)
{
    char at_limit[] = "0123456789012345678901234567890123456789";
    char over[] = "01234567890123456789012345678901234567890";

    (void)state;
    assert_int_equal(1, nearest_distance(at_limit, at_limit + 1));
    assert_int_equal(40, nearest_distance(over, over));
}

static void what_shares_less_than_half_is_not_offered(void **state)
{
    struct nearest shorter = NEAREST_TO("ab"), nothing = NEAREST_TO("");
    struct nearest odd = NEAREST_TO("bogus");

    (void)state;
    nearest_offer(&odd, "tags");
    assert_null(odd.best);
    nearest_offer(&shorter, "xy");
    assert_null(shorter.best);
    nearest_offer(&nothing, "a");
    assert_null(nothing.best);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_of_the_fingers_is_one_step),
        cmocka_unit_test(a_word_of_any_length_is_far_not_fatal),
        cmocka_unit_test(the_nearest_of_several_is_named_and_nothing_far),
        cmocka_unit_test(a_tie_goes_to_the_first_and_a_hit_wins),
        cmocka_unit_test(forty_bytes_are_compared_and_one_more_is_not),
        cmocka_unit_test(what_shares_less_than_half_is_not_offered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
