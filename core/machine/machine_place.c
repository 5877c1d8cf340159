/* What places hold: here, by this unit's own state; from outside, by cells. */
#include "core/machine/machine_parts.h"

bool machine_owns(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);
    const struct unit *unit;

    if (machine->expands)
        return false;
    unit = &machine->code->units[machine->unit];
    if (of.kind == VALUE_CLASS)
        return machine->code->unit_of_scope[of.a] == machine->unit;
    return (of.kind == VALUE_OBJECT || of.kind == VALUE_CONTAINER) &&
           of.a - unit->operations < unit->count;
}

bool machine_is_module(const struct machine *machine)
{
    const struct unit *unit;

    if (machine->expands)
        return false;
    unit = &machine->code->units[machine->unit];
    return unit->scope == unit->module;
}

/* What a module stored in a place, unless that is in `past`. */
static uint32_t from_module(struct machine *machine, uint32_t place,
                            uint32_t stored, const struct past *past)
{
    uint32_t module = value_get(machine->values, stored).a;

    if (module == machine->unit ||
        set_has(machine->values, past->makers, stored) ||
        past_is_to_come(machine, place, module))
        return SET_EMPTY;
    return cell_read(&machine->cells, machine->unit, CELL_FOREIGN, place,
                     module + 1);
}

/* A module runs once: its state says what it has stored itself, and what it
   will store is not there yet. VALUE_OUTSIDE in the cell: modules stored. */
static uint32_t foreign_but(struct machine *machine, uint32_t place,
                            const struct past *past)
{
    struct values *values = machine->values;
    uint32_t set =
        cell_read(&machine->cells, machine->unit, CELL_FOREIGN, place, 0);
    uint32_t modules;

    if (!set_has(values, set, VALUE_OUTSIDE))
        return set;
    modules = cell_read(&machine->cells, machine->unit, CELL_MODULES, place, 0);
    for (uint32_t i = 0; i < set_size(values, modules); i++)
        set = set_union(
            values, set,
            from_module(machine, place, set_item(values, modules, i), past));
    return set_without(values, set, VALUE_OUTSIDE);
}

uint32_t machine_foreign(struct machine *machine, uint32_t place)
{
    const struct past past = { .makers = SET_EMPTY };

    return foreign_but(machine, place, &past);
}

static void tell_module(struct machine *machine, uint32_t place, uint32_t set)
{
    struct cells *cells = &machine->cells;
    struct values *values = machine->values;

    cell_add(cells, values, CELL_FOREIGN, place, machine->unit + 1, set);
    cell_add(cells, values, CELL_MODULES, place, 0,
             set_of(values, value_of(values, VALUE_NUMBER, machine->unit, 0)));
    cell_add(cells, values, CELL_FOREIGN, place, 0,
             set_of(values, VALUE_OUTSIDE));
}

/* `absent`: what others stored before does not count any more. */
static uint32_t from_outside(struct machine *machine, uint32_t place, bool own,
                             bool absent)
{
    struct past past = { .makers = SET_EMPTY };
    uint32_t set;

    if (!own)
        past_of(machine, place, &past);
    if (!past.is_known && !absent)
        past.makers = SET_EMPTY;
    set = foreign_but(machine, place, &past);
    if ((!own && !absent) || machine->coarse)
        set =
            set_union(machine->values, set,
                      past.is_known ? past.set
                                    : cell_read(&machine->cells, machine->unit,
                                                CELL_OWN, place, 0));
    return hold_outside(machine, set);
}

/* Is something else possible than what a state says of a place? */
static bool is_open(const struct machine *machine, uint32_t set)
{
    return set == SET_NONE || set_has(machine->values, set, VALUE_OUTSIDE) ||
           set_has(machine->values, set, VALUE_ABSENT);
}

static bool is_absent(const struct machine *machine, uint32_t set)
{
    return set_has(machine->values, set, VALUE_ABSENT) &&
           !set_has(machine->values, set, VALUE_OUTSIDE);
}

bool machine_is_absent(struct machine *machine, uint32_t place)
{
    uint32_t set = env_get(&machine->states, machine->state, place);
    struct past past;

    if (set != SET_NONE)
        return is_absent(machine, set);
    past_of(machine, place, &past);
    return past.is_known && past.is_absent;
}

uint32_t machine_read_here(struct machine *machine, uint32_t place)
{
    uint32_t set = env_get(&machine->states, machine->state, place);

    return is_open(machine, set) ? SET_NONE : set;
}

uint32_t machine_read_sure(struct machine *machine, uint32_t place)
{
    uint32_t set = env_get(&machine->states, machine->state, place);
    struct past past;

    if (set != SET_NONE || !machine_is_module(machine))
        return is_open(machine, set) ? SET_NONE : set;
    past_of(machine, place, &past);
    return past.is_sure && foreign_but(machine, place, &past) == SET_EMPTY
               ? past.set
               : SET_NONE;
}

uint32_t machine_read(struct machine *machine, uint32_t place, bool own)
{
    uint32_t set = env_get(&machine->states, machine->state, place);

    if (!is_open(machine, set) && !machine->coarse)
        return set;
    return set_union(
        machine->values, set_unmarked(machine->values, set),
        from_outside(machine, place, own, is_absent(machine, set)));
}

/* An exception may come at any time: what is written, its handlers may see. */
static void write_for_handlers(struct machine *machine, uint32_t place,
                               uint32_t set)
{
    for (size_t i = 0; i < machine->handlers_count; i++) {
        struct meeting *meeting = &machine->meetings[machine->handlers[i]];
        uint32_t old = env_get(&machine->states, meeting->state, place);
        uint32_t both =
            set_union(machine->values,
                      old ? old : set_of(machine->values, VALUE_OUTSIDE), set);

        if (both != old)
            meeting->state =
                env_put(&machine->states, meeting->state, place, both);
    }
}

void machine_write(struct machine *machine, uint32_t place, uint32_t set)
{
    if (env_get(&machine->states, machine->state, place) == set)
        return;
    machine->state = env_put(&machine->states, machine->state, place, set);
    write_for_handlers(machine, place, set);
}

void machine_write_also(struct machine *machine, uint32_t place, uint32_t set)
{
    uint32_t old = env_get(&machine->states, machine->state, place);

    if (old == SET_NONE)
        old = set_of(machine->values, VALUE_OUTSIDE);
    machine_write(machine, place, set_union(machine->values, old, set));
}

void machine_publish(struct machine *machine, uint32_t place, bool own,
                     uint32_t set)
{
    set = set_unmarked(machine->values, set);
    if (own || machine->coarse || !machine_is_module(machine))
        cell_add(&machine->cells, machine->values,
                 own ? CELL_OWN : CELL_FOREIGN, place, 0, set);
    else if (set > SET_EMPTY)
        tell_module(machine, place, set);
}
