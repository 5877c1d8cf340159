/* Parameters, and members of parameters, in terms of what calls passed. */
#include <string.h>

#include "core/machine/machine_parts.h"

bool expand_is_symbolic(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    while (of.kind == VALUE_MEMBER)
        of = value_get(machine->values, of.a);
    return of.kind == VALUE_PARAMETER;
}

/*
 * What a symbolic value stands for is a cell of its own, and a reader of the
 * cells that it comes from: so each is computed once, and again when one of
 * those grew, however many ask for it. It does not depend on who asks: what
 * counts is what units told, not the state of one.
 */
static void expand_again(struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);
    uint32_t set;

    if (of.kind == VALUE_PARAMETER)
        set = cell_read(&machine->cells, machine->unit, CELL_PARAMETER, of.a,
                        of.b);
    else
        set = attribute_get(
            machine, expand_all(machine, set_of(machine->values, of.a)), of.b);
    cell_add(&machine->cells, machine->values, CELL_EXPANDED, value, 0,
             expand_all(machine, set));
}

static uint32_t reader_of(const struct machine *machine, uint32_t expansion)
{
    return (uint32_t)machine->code->units_count + expansion;
}

static void run_expansion(struct machine *machine, uint32_t expansion)
{
    uint32_t unit = machine->unit, state = machine->state, value;
    unsigned nesting = machine->nesting;
    const struct asked *asked = machine->asked;
    bool expands = machine->expands;

    memcpy(&value, intern_text(&machine->expanding, expansion).bytes,
           sizeof(value));
    machine->unit = reader_of(machine, expansion);
    machine->state = ENV_EMPTY;
    machine->expands = true;
    machine->cells.dirty[machine->unit] = 0;
    machine->nesting = 0;
    machine->asked = NULL;
    machine->expanding_depth++;
    expand_again(machine, value);
    machine->expanding_depth--;
    machine->asked = asked;
    machine->nesting = nesting;
    machine->expands = expands;
    machine->state = state;
    machine->unit = unit;
}

static uint32_t expanded(struct machine *machine, uint32_t value)
{
    uint32_t count = intern_count(&machine->expanding);
    uint32_t expansion =
        intern_add(&machine->expanding,
                   (struct text){ (const char *)&value, sizeof(value) });

    if (expansion == count) {
        cell_reader_new(&machine->cells);
        if (machine->expanding_depth < MACHINE_NESTING_MAX)
            run_expansion(machine, expansion);
        else
            cell_wake(&machine->cells, reader_of(machine, expansion));
    }
    return hold_outside(machine, cell_read(&machine->cells, machine->unit,
                                           CELL_EXPANDED, value, 0));
}

uint32_t expand_all(struct machine *machine, uint32_t set)
{
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        uint32_t value = set_item(machine->values, set, i);

        result = set_union(machine->values, result,
                           expand_is_symbolic(machine, value)
                               ? expanded(machine, value)
                               : set_of(machine->values, value));
    }
    return result;
}

bool expand_woken(struct machine *machine)
{
    struct cells *cells = &machine->cells;
    uint32_t first = reader_of(machine, 0);

    while (cells->woken_count) {
        uint32_t reader = cells->woken[--cells->woken_count];

        if (deadline_tick(machine->deadline))
            return false;
        if (reader >= first && cells->dirty[reader])
            run_expansion(machine, reader - first);
    }
    return true;
}

/* Recursive: as deep as members of members go. */
static uint32_t replaced(struct machine *machine, uint32_t value,
                         uint32_t scope, const uint32_t *arguments,
                         uint32_t count)
{
    struct value of = value_get(machine->values, value);
    uint32_t itself = set_of(machine->values, value), object;

    if (!expand_is_symbolic(machine, value))
        return itself;
    if (of.kind == VALUE_PARAMETER)
        return of.a == scope && of.b < count && arguments[of.b] != SET_NONE
                   ? arguments[of.b]
                   : itself;
    object = replaced(machine, of.a, scope, arguments, count);
    return object == set_of(machine->values, of.a)
               ? itself
               : attribute_get(machine, object, of.b);
}

uint32_t expand_result(struct machine *machine, uint32_t set, uint32_t scope,
                       const uint32_t *arguments, uint32_t count)
{
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        result = set_union(machine->values, result,
                           replaced(machine, set_item(machine->values, set, i),
                                    scope, arguments, count));
    return result;
}
