#include "tests/test.h"

#include "core/machine/value.h"

/* A value that matters, for each i another one. */
static uint32_t number(struct values *values, uint32_t i)
{
    return value_of(values, VALUE_FUNCTION, i, 0);
}

static int setup(void **state)
{
    static struct values values;
    struct intern symbols = INTERN_EMPTY;

    values_open(&values, &symbols);
    intern_release(&symbols);
    *state = &values;
    return 0;
}

static int teardown(void **state)
{
    values_close(*state);
    values_close(*state);
    return 0;
}

/* ---- values -------------------------------------------------------------- */

static void equal_values_have_equal_numbers(void **state)
{
    uint32_t first = value_of(*state, VALUE_MODULE, 7, 0);

    assert_int_equal(first, value_of(*state, VALUE_MODULE, 7, 0));
    assert_int_not_equal(first, value_of(*state, VALUE_MODULE, 8, 0));
    assert_int_not_equal(first, value_of(*state, VALUE_MODULE, 7, 1));
    assert_int_not_equal(first, value_of(*state, VALUE_STRING, 7, 0));
}

static void a_number_gives_its_value_back(void **state)
{
    for (uint32_t i = 0; i < 1000; i++) {
        uint32_t value = value_of(*state, VALUE_MEMBER, i, UINT32_MAX - i);
        struct value of = value_get(*state, value);

        assert_int_equal(VALUE_MEMBER, of.kind);
        assert_int_equal(i, of.a);
        assert_int_equal(UINT32_MAX - i, of.b);
        assert_true(value_is(*state, value, VALUE_MEMBER));
        assert_false(value_is(*state, value, VALUE_MODULE));
    }
}

static void the_marks_are_the_values_of_their_numbers(void **state)
{
    assert_int_equal(VALUE_OUTSIDE, value_of(*state, VALUE_OUTSIDE, 0, 0));
    assert_int_equal(VALUE_CUT, value_of(*state, VALUE_CUT, 0, 0));
    assert_int_equal(VALUE_ABSENT, value_of(*state, VALUE_ABSENT, 0, 0));
}

static void a_set_is_unmarked_without_the_marks_of_states(void **state)
{
    uint32_t value = value_of(*state, VALUE_MODULE, 7, 0);
    uint32_t set = set_of(*state, value);

    assert_int_equal(SET_NONE, set_unmarked(*state, SET_NONE));
    assert_int_equal(set, set_unmarked(*state, set));
    set = set_union(*state, set, set_of(*state, VALUE_OUTSIDE));
    set = set_union(*state, set, set_of(*state, VALUE_ABSENT));
    assert_int_equal(set_of(*state, value), set_unmarked(*state, set));
    assert_int_equal(SET_EMPTY,
                     set_unmarked(*state, set_of(*state, VALUE_ABSENT)));
}

/* ---- sets ---------------------------------------------------------------- */

static void nothing_said_and_nothing_of_interest_are_two_sets(void **state)
{
    assert_int_not_equal(SET_NONE, SET_EMPTY);
    assert_int_equal(0, set_size(*state, SET_NONE));
    assert_int_equal(0, set_size(*state, SET_EMPTY));
    assert_false(set_has(*state, SET_NONE, VALUE_OUTSIDE));
    assert_false(set_has(*state, SET_EMPTY, VALUE_OUTSIDE));
}

static void the_two_empty_sets_add_nothing_to_others(void **state)
{
    const uint32_t some = set_of(*state, number(*state, 1));
    const struct {
        const char *what;
        uint32_t a, b, want;
    } unions[] = {
        { "none, none", SET_NONE, SET_NONE, SET_NONE },
        { "none, empty", SET_NONE, SET_EMPTY, SET_EMPTY },
        { "empty, none", SET_EMPTY, SET_NONE, SET_EMPTY },
        { "empty, empty", SET_EMPTY, SET_EMPTY, SET_EMPTY },
        { "none, some", SET_NONE, some, some },
        { "some, none", some, SET_NONE, some },
        { "empty, some", SET_EMPTY, some, some },
        { "some, empty", some, SET_EMPTY, some },
        { "some, some", some, some, some },
    };

    for (size_t i = 0; i < sizeof(unions) / sizeof(*unions); i++) {
        uint32_t got = set_union(*state, unions[i].a, unions[i].b);

        if (got != unions[i].want)
            fail_msg("%s: got %u, want %u", unions[i].what, got,
                     unions[i].want);
    }
}

static void a_set_without_its_only_value_is_empty(void **state)
{
    uint32_t one = number(*state, 1), two = number(*state, 2);
    uint32_t set = set_of(*state, one);

    assert_int_equal(SET_EMPTY, set_without(*state, set, one));
    assert_int_equal(set, set_without(*state, set, two));
    assert_int_equal(SET_EMPTY, set_without(*state, SET_EMPTY, one));
    assert_int_equal(SET_NONE, set_without(*state, SET_NONE, one));
}

/* ---- the laws, against sets that are bits of an integer -------------------
 */

#define BITS 16

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 16;
}

/* Added one by one, in an order that depends on `turn`. */
static uint32_t set_from(struct values *values, uint32_t bits, uint32_t turn)
{
    uint32_t set = SET_EMPTY;

    for (uint32_t i = 0; i < BITS; i++) {
        uint32_t bit = (i * 7 + turn) % BITS;

        if (bits >> bit & 1)
            set = set_union(values, set, set_of(values, number(values, bit)));
    }
    return set;
}

static void check_items(struct values *values, uint32_t set, uint32_t bits)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < BITS; i++) {
        bool wanted = bits >> i & 1;

        assert_int_equal(wanted, set_has(values, set, number(values, i)));
        count += wanted;
    }
    assert_int_equal(count, set_size(values, set));
    for (uint32_t i = 0; i < count; i++) {
        struct value item = value_get(values, set_item(values, set, i));

        assert_int_equal(VALUE_FUNCTION, item.kind);
        assert_true(bits >> item.a & 1);
    }
}

static void equal_sets_have_equal_numbers_however_they_came_about(void **state)
{
    uint32_t seed = 1;

    for (int i = 0; i < 2000; i++) {
        uint32_t bits = next_random(&seed);
        uint32_t set = set_from(*state, bits, 0);

        assert_int_equal(set, set_from(*state, bits, next_random(&seed)));
        check_items(*state, set, bits);
    }
}

static void a_union_holds_what_either_holds(void **state)
{
    uint32_t seed = 2;

    for (int i = 0; i < 2000; i++) {
        uint32_t a = next_random(&seed), b = next_random(&seed);
        uint32_t left = set_from(*state, a, 0), right = set_from(*state, b, 3);
        uint32_t both = set_union(*state, left, right);

        assert_int_equal(set_from(*state, a | b, 5), both);
        assert_int_equal(both, set_union(*state, right, left));
        assert_int_equal(both, set_union(*state, both, left));
        assert_int_equal(both, set_union(*state, right, both));
    }
}

static void taking_a_value_out_takes_nothing_else(void **state)
{
    uint32_t seed = 3;

    for (int i = 0; i < 2000; i++) {
        uint32_t bits = next_random(&seed), bit = next_random(&seed) % BITS;
        uint32_t set = set_from(*state, bits, 0);

        assert_int_equal(set_from(*state, bits & ~(1U << bit), 1),
                         set_without(*state, set, number(*state, bit)));
    }
}

/* ---- the limit ----------------------------------------------------------- */

static uint32_t set_up_to(struct values *values, uint32_t size)
{
    uint32_t set = SET_EMPTY;

    for (uint32_t i = 0; i < size; i++)
        set = set_union(values, set, set_of(values, number(values, i)));
    return set;
}

static void a_set_may_have_as_many_values_as_the_limit_says(void **state)
{
    struct values *values = *state;
    uint32_t set = set_up_to(values, SET_SIZE_MAX);

    assert_int_equal(SET_SIZE_MAX, set_size(values, set));
    assert_false(values->over_limit);
    assert_int_equal(set, set_union(values, set, set_up_to(values, 9)));
    assert_false(values->over_limit);
}

static void one_value_more_is_cut_and_said(void **state)
{
    struct values *values = *state;
    uint32_t set = set_up_to(values, SET_SIZE_MAX + 1);

    assert_int_equal(SET_SIZE_MAX, set_size(values, set));
    assert_true(values->over_limit);
}

static uint32_t with_numbers(struct values *values, uint32_t set,
                             enum value_kind kind)
{
    for (uint32_t i = 0; i < SET_SIZE_MAX; i++)
        set = set_union(values, set,
                        set_of(values, value_of(values, kind, 100 + i, 0)));
    return set;
}

static void what_hardly_matters_is_dropped_first(void **state)
{
    static const enum value_kind kinds[] = { VALUE_STRING, VALUE_NUMBER,
                                             VALUE_OBJECT, VALUE_CONTAINER };
    struct values *values = *state;
    uint32_t kept = set_of(values, number(values, 1));

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        uint32_t set = with_numbers(values, kept, kinds[i]);

        if (values->over_limit || !set_has(values, set, number(values, 1)))
            fail_msg("kind %d: over the limit", kinds[i]);
    }
}

/* So that what grows, and is cut, and grows again comes to an end. */
static void a_set_that_was_cut_takes_only_what_matters(void **state)
{
    struct values *values = *state;
    uint32_t set =
        with_numbers(values, set_of(values, number(values, 1)), VALUE_STRING);
    uint32_t string = set_of(values, value_of(values, VALUE_STRING, 7, 0));
    uint32_t more = set_of(values, number(values, 2)), both;

    assert_true(set_has(values, set, VALUE_CUT));
    assert_true(set_size(values, set) < 9);
    assert_int_equal(set, set_union(values, set, string));
    assert_int_equal(set, set_union(values, string, set));
    both = set_union(values, set, more);
    assert_int_equal(set_size(values, set) + 1, set_size(values, both));
    assert_int_equal(both, set_union(values, more, set));
    assert_int_equal(both, set_union(values, both, set));
}

static void
a_container_that_gets_what_matters_is_no_longer_dropped(void **state)
{
    struct values *values = *state;
    uint32_t set = with_numbers(values, SET_EMPTY, VALUE_NUMBER);
    uint32_t container = value_of(values, VALUE_CONTAINER, 1, 1);
    uint32_t one = set_of(values, container);

    set = set_union(values, set, with_numbers(values, set, VALUE_OBJECT));
    assert_int_equal(set, set_union(values, set, one));
    value_hold(values, container, set_of(values, number(values, 1)));
    assert_true(set_has(values, set_union(values, set, one), container));
}

static void a_container_of_something_that_matters_is_kept(void **state)
{
    struct values *values = *state;
    uint32_t container = value_of(values, VALUE_CONTAINER, 1, 1);

    value_hold(values, container, set_of(values, number(values, 1)));
    assert_true(set_has(
        values,
        with_numbers(values, set_of(values, container), VALUE_CONTAINER),
        container));
}

static void two_full_sets_can_be_joined(void **state)
{
    struct values *values = *state;
    uint32_t left = SET_EMPTY, right = SET_EMPTY;

    for (uint32_t i = 0; i < SET_SIZE_MAX; i++) {
        left = set_union(values, left, set_of(values, number(values, 2 * i)));
        right =
            set_union(values, right, set_of(values, number(values, 2 * i + 1)));
    }
    assert_false(values->over_limit);
    assert_int_equal(SET_SIZE_MAX,
                     set_size(values, set_union(values, left, right)));
    assert_true(values->over_limit);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(equal_values_have_equal_numbers),
        FRESH(a_number_gives_its_value_back),
        FRESH(the_marks_are_the_values_of_their_numbers),
        FRESH(a_set_is_unmarked_without_the_marks_of_states),
        FRESH(nothing_said_and_nothing_of_interest_are_two_sets),
        FRESH(the_two_empty_sets_add_nothing_to_others),
        FRESH(a_set_without_its_only_value_is_empty),
        FRESH(equal_sets_have_equal_numbers_however_they_came_about),
        FRESH(a_union_holds_what_either_holds),
        FRESH(taking_a_value_out_takes_nothing_else),
        FRESH(a_set_may_have_as_many_values_as_the_limit_says),
        FRESH(one_value_more_is_cut_and_said),
        FRESH(what_hardly_matters_is_dropped_first),
        FRESH(a_set_that_was_cut_takes_only_what_matters),
        FRESH(a_container_that_gets_what_matters_is_no_longer_dropped),
        FRESH(a_container_of_something_that_matters_is_kept),
        FRESH(two_full_sets_can_be_joined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
