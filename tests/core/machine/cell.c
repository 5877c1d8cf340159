#include "tests/test.h"

#include "core/base/memory.h"
#include "core/machine/cell.h"

#define UNITS 5

struct world {
    struct intern symbols;
    struct cells cells;
    struct values values;
    uint32_t one, two; /* sets */
};

static int setup(void **state)
{
    static struct world world;

    world.cells = CELLS_EMPTY;
    for (int i = 0; i < UNITS; i++)
        *ARRAY_PUSH(world.cells.dirty) = 0;
    values_open(&world.values, &world.symbols);
    world.one =
        set_of(&world.values, value_of(&world.values, VALUE_NUMBER, 1, 0));
    world.two =
        set_of(&world.values, value_of(&world.values, VALUE_NUMBER, 2, 0));
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;

    cell_release(&world->cells);
    cell_release(&world->cells);
    values_close(&world->values);
    intern_release(&world->symbols);
    return 0;
}

static uint32_t read(struct world *world, uint32_t unit)
{
    return cell_read(&world->cells, unit, CELL_OWN, 1, 0);
}

static void add(struct world *world, uint32_t set)
{
    cell_add(&world->cells, &world->values, CELL_OWN, 1, 0, set);
}

/* The units that have to run, as bits; none has to afterwards. */
static unsigned taken_dirty(struct world *world)
{
    unsigned dirty = 0;

    for (unsigned i = 0; i < UNITS; i++) {
        dirty |= (unsigned)(world->cells.dirty[i] != 0) << i;
        world->cells.dirty[i] = 0;
    }
    return dirty;
}

static void a_cell_that_nobody_wrote_holds_nothing_of_interest(void **state)
{
    assert_int_equal(SET_EMPTY, read(*state, 0));
}

static void a_cell_only_grows(void **state)
{
    struct world *world = *state;

    add(world, world->one);
    add(world, world->two);
    add(world, SET_EMPTY);
    add(world, SET_NONE);
    assert_int_equal(set_union(&world->values, world->one, world->two),
                     read(world, 0));
}

static void who_read_it_runs_again_when_it_grows(void **state)
{
    struct world *world = *state;

    read(world, 1);
    read(world, 3);
    add(world, world->one);
    assert_int_equal(1 << 1 | 1 << 3, taken_dirty(world));
    add(world, world->two);
    assert_int_equal(1 << 1 | 1 << 3, taken_dirty(world));
}

static void nobody_runs_again_when_it_does_not_grow(void **state)
{
    struct world *world = *state;

    read(world, 1);
    add(world, SET_EMPTY);
    add(world, SET_NONE);
    assert_int_equal(0, taken_dirty(world));
    add(world, world->one);
    taken_dirty(world);
    add(world, world->one);
    assert_int_equal(0, taken_dirty(world));
}

static void who_reads_what_is_there_runs_again_for_what_is_new(void **state)
{
    struct world *world = *state;

    add(world, world->one);
    assert_int_equal(0, taken_dirty(world));
    assert_int_equal(world->one, read(world, 2));
    assert_int_equal(0, taken_dirty(world));
    add(world, world->two);
    assert_int_equal(1 << 2, taken_dirty(world));
}

static void reading_twice_is_reading_once(void **state)
{
    struct world *world = *state;

    for (int i = 0; i < 100; i++)
        read(world, 4);
    assert_int_equal(1, world->cells.readers_count);
    add(world, world->one);
    assert_int_equal(1 << 4, taken_dirty(world));
}

static void cells_differ_in_kind_and_in_both_numbers(void **state)
{
    struct world *world = *state;

    cell_read(&world->cells, 0, CELL_RETURNS, 7, 8);
    cell_read(&world->cells, 1, CELL_YIELDS, 7, 8);
    cell_read(&world->cells, 2, CELL_RETURNS, 8, 8);
    cell_read(&world->cells, 3, CELL_RETURNS, 7, 7);
    cell_add(&world->cells, &world->values, CELL_RETURNS, 7, 8, world->one);
    assert_int_equal(1 << 0, taken_dirty(world));
    assert_int_equal(SET_EMPTY, cell_read(&world->cells, 1, CELL_YIELDS, 7, 8));
    assert_int_equal(SET_EMPTY,
                     cell_read(&world->cells, 1, CELL_RETURNS, 8, 8));
    assert_int_equal(SET_EMPTY,
                     cell_read(&world->cells, 1, CELL_RETURNS, 7, 7));
}

static void many_cells_do_not_mix_up_their_readers(void **state)
{
    struct world *world = *state;

    for (uint32_t i = 0; i < 1000; i++)
        cell_read(&world->cells, i % UNITS, CELL_OWN, i, 0);
    for (uint32_t i = 0; i < 1000; i++) {
        cell_add(&world->cells, &world->values, CELL_OWN, i, 0, world->one);
        assert_int_equal(1 << i % UNITS, taken_dirty(world));
    }
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(a_cell_that_nobody_wrote_holds_nothing_of_interest),
        FRESH(a_cell_only_grows),
        FRESH(who_read_it_runs_again_when_it_grows),
        FRESH(nobody_runs_again_when_it_does_not_grow),
        FRESH(who_reads_what_is_there_runs_again_for_what_is_new),
        FRESH(reading_twice_is_reading_once),
        FRESH(cells_differ_in_kind_and_in_both_numbers),
        FRESH(many_cells_do_not_mix_up_their_readers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
