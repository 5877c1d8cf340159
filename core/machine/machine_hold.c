/*
 * What a unit has stored in objects, and which calls may store something else
 * there. Until such a call a unit knows what its objects hold; afterwards
 * they may hold what others stored, too.
 */
#include "core/base/memory.h"
#include "core/machine/machine_parts.h"

void hold_start(struct machine *machine)
{
    machine->held_count = 0;
    machine->held_run++;
}

/* Nobody calls a module, and what hardly matters is not worth the trouble. */
static void tell(struct machine *machine, enum place_kind kind, uint32_t name,
                 uint32_t set)
{
    uint32_t function;

    if (machine->expands || machine_is_module(machine) ||
        !value_matters(machine->values, set))
        return;
    function = value_of(machine->values, VALUE_FUNCTION,
                        machine->code->units[machine->unit].scope, 0);
    cell_add(&machine->cells, machine->values, CELL_STORERS, kind, name,
             set_of(machine->values, function));
}

static bool is_held(struct machine *machine, uint32_t place)
{
    while (machine->held_at_count <= place)
        *ARRAY_PUSH(machine->held_at) = 0;
    if (machine->held_at[place] == machine->held_run)
        return true;
    machine->held_at[place] = machine->held_run;
    return false;
}

void hold_store(struct machine *machine, uint32_t place, enum place_kind kind,
                uint32_t name, uint32_t set)
{
    tell(machine, kind, name, set);
    if (machine->expands || machine->coarse || is_held(machine, place))
        return;
    *ARRAY_PUSH(machine->held) = (struct held){ place, kind, name, SET_NONE };
}

/* Does something store there that the call runs? */
static bool is_stored(struct machine *machine, struct held *held, uint32_t unit,
                      bool *is_reached)
{
    const struct values *values = machine->values;

    if (held->storers == SET_NONE)
        held->storers = cell_read(&machine->cells, machine->unit, CELL_STORERS,
                                  held->kind, held->name);
    if (held->storers == SET_EMPTY)
        return false;
    if (!*is_reached)
        reach_from(machine, unit);
    *is_reached = true;
    for (uint32_t i = 0; i < set_size(values, held->storers); i++) {
        struct value of = value_get(values, set_item(values, held->storers, i));

        if (of.kind == VALUE_FUNCTION &&
            reach_has(machine, machine->code->unit_of_scope[of.a]))
            return true;
    }
    return false;
}

/* Something definite is said of the place, or that nothing is there. */
static bool is_said(const struct machine *machine, uint32_t place)
{
    uint32_t set = env_get(&machine->states, machine->state, place);

    return set != SET_NONE && !set_has(machine->values, set, VALUE_OUTSIDE);
}

void hold_call(struct machine *machine, uint32_t unit)
{
    bool is_reached = false;

    for (size_t i = 0; i < machine->held_count; i++) {
        struct held *held = &machine->held[i];

        if (is_said(machine, held->place) &&
            is_stored(machine, held, unit, &is_reached))
            machine_write_also(machine, held->place,
                               set_of(machine->values, VALUE_OUTSIDE));
    }
}

/* ---- objects that functions make ----------------------------------------- */

/* A module runs once, and so makes each of its objects once. */
static bool is_made_once(const struct machine *machine, uint32_t operation)
{
    const struct unit *unit =
        &machine->code->units[code_unit_of(machine->code, operation)];

    return unit->scope == unit->module;
}

bool hold_is_made_anew(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    return (of.kind == VALUE_OBJECT || of.kind == VALUE_CONTAINER) &&
           !machine_owns(machine, value) && !is_made_once(machine, of.a);
}

/* What was stored in one of them is not what another one holds. */
static void forget(struct machine *machine, uint32_t value)
{
    for (size_t i = 0; i < machine->held_count; i++) {
        uint32_t place = machine->held[i].place;
        const uint32_t *words = code_place_words(machine->code, place);

        if (words[0] != PLACE_VARIABLE && words[1] == value &&
            is_said(machine, place))
            machine_write_also(machine, place,
                               set_of(machine->values, VALUE_OUTSIDE));
    }
}

/* The place that holds which operations got the object so far. */
static uint32_t got_place(struct machine *machine, uint32_t value)
{
    return code_place(machine->code, PLACE_GOT, value, 0);
}

uint32_t hold_got(struct machine *machine, uint32_t value)
{
    uint32_t set =
        env_get(&machine->states, machine->state, got_place(machine, value));

    return set_unmarked(machine->values, set);
}

static bool is_one(struct machine *machine, uint32_t value)
{
    return !hold_is_made_anew(machine, value) ||
           set_size(machine->values, hold_got(machine, value)) == 1;
}

/* One operation makes one of what it can make. */
bool hold_are_one(struct machine *machine, uint32_t objects)
{
    uint32_t count = set_size(machine->values, objects), maker = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = set_item(machine->values, objects, i);
        struct value of = value_get(machine->values, value);
        bool is_made = of.kind == VALUE_OBJECT || of.kind == VALUE_CONTAINER;

        if (i == 0)
            maker = of.a;
        if ((count > 1 && (!is_made || of.a != maker)) ||
            !is_one(machine, value))
            return false;
    }
    return true;
}

static uint32_t number(struct machine *machine, uint32_t number)
{
    return set_of(machine->values,
                  value_of(machine->values, VALUE_NUMBER, number, 0));
}

/* Two that are no operations: nobody knows by how many calls. */
static uint32_t by_several(struct machine *machine)
{
    return set_union(machine->values, number(machine, UINT32_MAX),
                     number(machine, UINT32_MAX - 1));
}

static void add_got(struct machine *machine, uint32_t value, uint32_t by)
{
    machine_write_also(machine, got_place(machine, value), by);
    if (machine->tree && machine_is_module(machine))
        cell_add(&machine->cells, machine->values, CELL_GOT, value,
                 machine->unit, by);
    if (!is_one(machine, value))
        forget(machine, value);
}

static void add_all(struct machine *machine, uint32_t set, uint32_t by)
{
    uint32_t count = machine->expands ? 0 : set_size(machine->values, set);

    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = set_item(machine->values, set, i);

        if (hold_is_made_anew(machine, value))
            add_got(machine, value, by);
    }
}

void hold_result(struct machine *machine, uint32_t set)
{
    add_all(machine, set, number(machine, machine->operation));
}

uint32_t hold_outside(struct machine *machine, uint32_t set)
{
    add_all(machine, set, by_several(machine));
    return set;
}

void hold_imported(struct machine *machine, uint32_t set, uint32_t module)
{
    uint32_t count = machine->expands ? 0 : set_size(machine->values, set);

    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = set_item(machine->values, set, i), got;

        if (!hold_is_made_anew(machine, value))
            continue;
        got =
            cell_read(&machine->cells, machine->unit, CELL_GOT, value, module);
        add_got(machine, value, got == SET_EMPTY ? by_several(machine) : got);
    }
}
