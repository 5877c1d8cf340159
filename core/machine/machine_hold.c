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

void hold_call(struct machine *machine, uint32_t unit)
{
    bool is_reached = false;

    for (size_t i = 0; i < machine->held_count; i++) {
        struct held *held = &machine->held[i];

        if (machine_read_here(machine, held->place) != SET_NONE &&
            is_stored(machine, held, unit, &is_reached))
            machine_write_also(machine, held->place,
                               set_of(machine->values, VALUE_OUTSIDE));
    }
}

/* Kind, a, b: see enum place_kind. */
static const uint32_t *words_of_place(const struct machine *machine,
                                      uint32_t place)
{
    return (const uint32_t *)(const void *)intern_text(&machine->code->places,
                                                       place)
        .bytes;
}

/* What the place is a part of, made by this unit. */
static bool is_own(const struct machine *machine, uint32_t place)
{
    const uint32_t *words = words_of_place(machine, place);

    return words[0] == PLACE_VARIABLE
               ? machine->code->unit_of_scope[words[1]] == machine->unit
               : machine_owns(machine, words[1]);
}

void hold_end(struct machine *machine)
{
    uint32_t module = machine->code->units[machine->unit].module;

    for (size_t i = 0; machine->tree && i < machine->held_count; i++) {
        uint32_t place = machine->held[i].place;
        uint32_t set = env_get(&machine->states, machine->state, place);

        if (set == SET_NONE || !is_own(machine, place))
            continue;
        while (machine->past_count <= place)
            *ARRAY_PUSH(machine->past) = 0;
        machine->past[place] = module + 1;
        cell_add(&machine->cells, machine->values, CELL_LAST, place, 0,
                 set_without(machine->values, set, VALUE_OUTSIDE));
    }
}

bool hold_is_past(const struct machine *machine, uint32_t place)
{
    return !machine->expands && place < machine->past_count &&
           machine->past[place] &&
           machine->past[place] - 1 !=
               machine->code->units[machine->unit].module;
}

/* ---- objects that functions make ----------------------------------------- */

/* A module runs once, and so makes each of its objects once. */
static bool is_made_once(const struct machine *machine, uint32_t operation)
{
    const struct unit *units = machine->code->units;
    size_t low = 0, high = machine->code->units_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (units[middle].operations <= operation)
            low = middle;
        else
            high = middle;
    }
    return units[low].scope == units[low].module;
}

/* Can the object be several, of which another unit makes each? */
static bool is_made_anew(const struct machine *machine, uint32_t value)
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
        const uint32_t *words = words_of_place(machine, place);

        if (words[0] != PLACE_VARIABLE && words[1] == value &&
            machine_read_here(machine, place) != SET_NONE)
            machine_write_also(machine, place,
                               set_of(machine->values, VALUE_OUTSIDE));
    }
}

/* The place that holds which operations got the object so far. */
static uint32_t got_place(struct machine *machine, uint32_t value)
{
    return code_place(machine->code, PLACE_GOT, value, 0);
}

static void add_got(struct machine *machine, uint32_t value)
{
    uint32_t number =
        value_of(machine->values, VALUE_NUMBER, machine->operation, 0);

    machine_write_also(machine, got_place(machine, value),
                       set_of(machine->values, number));
    if (!hold_is_one(machine, value))
        forget(machine, value);
}

void hold_result(struct machine *machine, uint32_t set)
{
    uint32_t count = machine->expands ? 0 : set_size(machine->values, set);

    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = set_item(machine->values, set, i);

        if (is_made_anew(machine, value))
            add_got(machine, value);
    }
}

bool hold_is_one(struct machine *machine, uint32_t value)
{
    uint32_t set;

    if (!is_made_anew(machine, value))
        return true;
    set = env_get(&machine->states, machine->state, got_place(machine, value));
    if (set != SET_NONE)
        set = set_without(machine->values, set, VALUE_OUTSIDE);
    return set_size(machine->values, set) == 1;
}
