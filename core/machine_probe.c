/*
 * Where a name of a module leads, step by step: to a target? On the way it may
 * need modules that are not here.
 */
#include "core/machine_known.h"

/* Of what the run itself needed, names that a star import takes count. */
static void keep_stars(struct machine_result *result)
{
    struct intern kept = INTERN_EMPTY;

    for (uint32_t i = 0; i < intern_count(&result->needs); i++)
        if (machine_need_at(result, i).must)
            intern_add(&kept, intern_text(&result->needs, i));
    intern_release(&result->needs);
    result->needs = kept;
}

/* What calling it gives; `self` stands for any object of a class. */
static uint32_t call_one(struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    while (of.kind == VALUE_BOUND || of.kind == VALUE_STATIC ||
           of.kind == VALUE_CLASSMETHOD || of.kind == VALUE_PARTIAL)
        of = value_get(machine->values, of.a);
    if (of.kind == VALUE_CLASS)
        return set_of(machine->values,
                      value_of(machine->values, VALUE_INSTANCE, of.a, 0));
    if (of.kind != VALUE_FUNCTION)
        return SET_EMPTY;
    return expand_all(machine, cell_read(&machine->cells, machine->unit,
                                         CELL_RETURNS, of.a, 0));
}

static uint32_t step(struct machine *machine, uint32_t set, uint32_t symbol)
{
    bool is_call = symbol == machine->symbols[KNOWN_RESULT];
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        uint32_t value = set_item(machine->values, set, i);

        need_behind(machine, value, symbol);
        result = set_union(
            machine->values, result,
            is_call ? call_one(machine, value)
                    : attribute_get(machine, set_of(machine->values, value),
                                    symbol));
    }
    return result;
}

void probe_run(struct machine *machine, const struct machine_probe *probe)
{
    uint32_t set;

    keep_stars(machine->result);
    machine->state = ENV_EMPTY;
    machine->expands = true;
    machine->unit = 0;
    set = cell_read(&machine->cells, 0, CELL_EXPORT, probe->scope,
                    probe->symbols[0]);
    for (uint32_t i = 1; i < probe->count; i++)
        set = step(machine, set, probe->symbols[i]);
    machine->result->provides = need_is_tracked(machine, set);
    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        need(machine, set_item(machine->values, set, i), true);
}
