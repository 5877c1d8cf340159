#include "tests/test.h"

#include <string.h>

#include "core/machine/env.h"

/* ---- single facts -------------------------------------------------------- */

struct world {
    struct intern symbols;
    struct envs states;
    struct values values;
};

static int setup(void **state)
{
    static struct world world;

    world.states = ENVS_EMPTY;
    values_open(&world.values, &world.symbols);
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;

    env_release(&world->states);
    env_release(&world->states);
    values_close(&world->values);
    intern_release(&world->symbols);
    return 0;
}

static uint32_t set_number(struct world *world, uint32_t i)
{
    return set_of(&world->values, value_of(&world->values, VALUE_NUMBER, i, 0));
}

static void the_empty_state_says_nothing(void **state)
{
    struct world *world = *state;

    assert_int_equal(SET_NONE, env_get(&world->states, ENV_EMPTY, 0));
    assert_int_equal(SET_NONE,
                     env_get(&world->states, ENV_EMPTY, ENV_PLACES_MAX - 1));
}

static void a_place_holds_what_was_put_there_last(void **state)
{
    static const uint32_t places[] = { 0,  1,   15,    16,
                                       17, 255, 65536, ENV_PLACES_MAX - 1 };
    struct world *world = *state;
    uint32_t root = ENV_EMPTY;

    for (uint32_t i = 0; i < 8; i++)
        root = env_put(&world->states, root, places[i], 99);
    for (uint32_t i = 0; i < 8; i++)
        root = env_put(&world->states, root, places[i], i + 1);
    for (uint32_t i = 0; i < 8; i++)
        assert_int_equal(i + 1, env_get(&world->states, root, places[i]));
    assert_int_equal(SET_NONE, env_get(&world->states, root, 2));
}

static void nothing_of_interest_can_be_put(void **state)
{
    struct world *world = *state;
    uint32_t root = env_put(&world->states, ENV_EMPTY, 5, SET_EMPTY);

    assert_int_equal(SET_EMPTY, env_get(&world->states, root, 5));
}

static void a_write_to_a_shared_state_makes_another_one(void **state)
{
    struct world *world = *state;
    uint32_t before = env_put(&world->states, ENV_EMPTY, 5, 7), after;

    env_share(&world->states);
    after = env_put(&world->states, before, 5, 8);
    assert_int_equal(7, env_get(&world->states, before, 5));
    assert_int_equal(8, env_get(&world->states, after, 5));
}

static void what_only_one_side_says_may_be_as_outside(void **state)
{
    struct world *world = *state;
    uint32_t one = set_number(world, 1);
    uint32_t says = env_put(&world->states, ENV_EMPTY, 5, one), both;

    both = env_join(&world->states, &world->values, says, ENV_EMPTY);
    assert_int_equal(
        set_union(&world->values, one, set_of(&world->values, VALUE_OUTSIDE)),
        env_get(&world->states, both, 5));
    assert_int_equal(SET_NONE, env_get(&world->states, both, 6));
}

static void a_state_that_was_forgotten_leaves_nothing(void **state)
{
    struct world *world = *state;
    uint32_t root = ENV_EMPTY;

    for (uint32_t i = 0; i < 1000; i++)
        root = env_put(&world->states, root, i * 37, 7);
    env_reset(&world->states);
    root = env_put(&world->states, ENV_EMPTY, 5, 8);
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(i * 37 == 5 ? 8 : SET_NONE,
                         env_get(&world->states, root, i * 37));
    assert_int_equal(8, env_get(&world->states, root, 5));
}

/* ---- many states, against plain arrays ----------------------------------- */

#define PLACES 24
#define STATES 40
#define STEPS  6000

/* Some side by side, some far apart. */
static uint32_t place_at(uint32_t i)
{
    return i < PLACES / 2 ? i * 5 : (i * 43691 + 7) % ENV_PLACES_MAX;
}

/* All states are shared; sets[s][i] is what states[s] holds at place i. */
struct model {
    struct world *world;
    uint32_t states[STATES], sets[STATES][PLACES];
    uint32_t seed;
};

static uint32_t random_below(struct model *model, uint32_t limit)
{
    model->seed = model->seed * 1664525 + 1013904223;
    return (model->seed >> 12) % limit;
}

static void check_state(const struct model *model, uint32_t number)
{
    for (uint32_t i = 0; i < PLACES; i++) {
        uint32_t got =
            env_get(&model->world->states, model->states[number], place_at(i));

        if (got != model->sets[number][i])
            fail_msg("state %u, place %u: got %u, want %u", number, i, got,
                     model->sets[number][i]);
    }
}

/* Some writes to a copy of state `from`, which becomes state `to`. */
static void write_some(struct model *model, uint32_t from, uint32_t to)
{
    uint32_t state = model->states[from], sets[PLACES];

    memcpy(sets, model->sets[from], sizeof(sets));
    for (uint32_t i = random_below(model, 8); i > 0; i--) {
        uint32_t at = random_below(model, PLACES);
        uint32_t kind = random_below(model, 8);

        sets[at] = kind == 0 ? SET_EMPTY
                             : set_number(model->world, random_below(model, 4));
        state = env_put(&model->world->states, state, place_at(at), sets[at]);
    }
    env_share(&model->world->states);
    model->states[to] = state;
    memcpy(model->sets[to], sets, sizeof(sets));
}

static uint32_t joined(struct values *values, uint32_t a, uint32_t b)
{
    uint32_t outside = set_of(values, VALUE_OUTSIDE);

    if (a == b)
        return a;
    if (a == SET_NONE || b == SET_NONE)
        return set_union(values, outside, set_union(values, a, b));
    return set_union(values, a, b);
}

static void join_two(struct model *model, uint32_t a, uint32_t b, uint32_t to)
{
    uint32_t sets[PLACES];

    for (uint32_t i = 0; i < PLACES; i++)
        sets[i] =
            joined(&model->world->values, model->sets[a][i], model->sets[b][i]);
    model->states[to] = env_join(&model->world->states, &model->world->values,
                                 model->states[a], model->states[b]);
    env_share(&model->world->states);
    memcpy(model->sets[to], sets, sizeof(sets));
}

static struct model *model_of(struct world *world, uint32_t seed)
{
    static struct model model;

    model = (struct model){ .world = world, .seed = seed };
    return &model;
}

static void states_hold_what_plain_arrays_hold(void **state)
{
    struct model *model = model_of(*state, 1);

    for (int step = 0; step < STEPS; step++) {
        uint32_t from = random_below(model, STATES);
        uint32_t to = random_below(model, STATES);

        if (random_below(model, 3))
            write_some(model, from, to);
        else
            join_two(model, from, random_below(model, STATES), to);
        if (step % 50 == 0)
            for (uint32_t i = 0; i < STATES; i++)
                check_state(model, i);
        check_state(model, from);
        check_state(model, to);
    }
}

static void a_join_is_the_same_from_either_side(void **state)
{
    struct model *model = model_of(*state, 2);

    for (int step = 0; step < STEPS / 4; step++) {
        write_some(model, 0, 1);
        write_some(model, 2, 3);
        join_two(model, 1, 3, 0);
        join_two(model, 3, 1, 2);
        assert_memory_equal(model->sets[0], model->sets[2],
                            sizeof(model->sets[0]));
        check_state(model, 0);
        check_state(model, 2);
        if (step % 7 == 0)
            model->states[0] = ENV_EMPTY;
        if (step % 7 == 0)
            memset(model->sets[0], 0, sizeof(model->sets[0]));
    }
}

/* So loops can see that nothing changes any more. */
static void a_join_that_adds_nothing_is_the_state_itself(void **state)
{
    struct world *world = *state;
    struct model *model = model_of(world, 3);

    for (int step = 0; step < STEPS / 4; step++) {
        uint32_t both;

        write_some(model, 0, 1);
        write_some(model, 1, 2);
        join_two(model, 1, 2, 0);
        both = model->states[0];
        assert_int_equal(both,
                         env_join(&world->states, &world->values, both, both));
        assert_int_equal(both, env_join(&world->states, &world->values, both,
                                        model->states[1]));
        assert_int_equal(both, env_join(&world->states, &world->values, both,
                                        model->states[2]));
    }
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(the_empty_state_says_nothing),
        FRESH(a_place_holds_what_was_put_there_last),
        FRESH(nothing_of_interest_can_be_put),
        FRESH(a_write_to_a_shared_state_makes_another_one),
        FRESH(what_only_one_side_says_may_be_as_outside),
        FRESH(a_state_that_was_forgotten_leaves_nothing),
        FRESH(states_hold_what_plain_arrays_hold),
        FRESH(a_join_is_the_same_from_either_side),
        FRESH(a_join_that_adds_nothing_is_the_state_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
