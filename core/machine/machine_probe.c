/*
 * Where a name of a module leads, step by step: to a target? On the way it may
 * need modules that are not here.
 */
#include "core/machine/machine_known.h"

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
    if (of.kind == VALUE_METHOD)
        return set_union(machine->values, set_of(machine->values, of.a),
                         item_all(machine, of.a));
    if (of.kind == VALUE_MANAGED)
        return set_of(machine->values,
                      value_of(machine->values, VALUE_MANAGER,
                               value_get(machine->values, of.a).a, 0));
    if (of.kind != VALUE_FUNCTION)
        return SET_EMPTY;
    if (machine->scopes->items[of.a].is_generator)
        return set_of(machine->values,
                      value_of(machine->values, VALUE_GENERATOR, of.a, 0));
    return cell_read(&machine->cells, machine->unit, CELL_RETURNS, of.a, 0);
}

static uint32_t item_of_one(struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    if (of.kind == VALUE_CONTAINER)
        return item_all(machine, value);
    if (of.kind == VALUE_GENERATOR || of.kind == VALUE_MANAGER)
        return cell_read(&machine->cells, machine->unit, CELL_YIELDS, of.a, 0);
    return item_outside(machine, value);
}

static uint32_t step_from(struct machine *machine, uint32_t value,
                          uint32_t symbol)
{
    if (symbol == machine->symbols[KNOWN_RESULT])
        return call_one(machine, value);
    if (symbol == machine->symbols[KNOWN_ITEM])
        return item_of_one(machine, value);
    return attribute_get(machine, set_of(machine->values, value), symbol);
}

/* What it leads to is for who calls it to say. */
static bool is_open(const struct machine *machine, uint32_t value)
{
    return expand_is_symbolic(machine, value) ||
           known_is_function(machine, value) ||
           known_is_modules(machine, value);
}

static uint32_t step(struct machine *machine, uint32_t set, uint32_t symbol)
{
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        uint32_t value = set_item(machine->values, set, i);

        need_behind(machine, value, symbol);
        result = set_union(machine->values, result,
                           step_from(machine, value, symbol));
    }
    return result;
}

static bool any_is_open(const struct machine *machine, uint32_t set)
{
    uint32_t size = set_size(machine->values, set), i = 0;

    while (i < size && !is_open(machine, set_item(machine->values, set, i)))
        i++;
    return i < size;
}

void probe_run(struct machine *machine, const struct machine_probe *probe)
{
    uint32_t set;
    bool provides;

    keep_stars(machine->result);
    machine->state = ENV_EMPTY;
    machine->expands = true;
    machine->unit = 0;
    set = cell_read(&machine->cells, 0, CELL_EXPORT, probe->scope,
                    probe->symbols[0]);
    provides = any_is_open(machine, set);
    for (uint32_t i = 1; i < probe->count; i++) {
        set = step(machine, set, probe->symbols[i]);
        provides |= any_is_open(machine, set);
        set = expand_all(machine, set);
    }
    machine->result->provides = provides || need_is_tracked(machine, set);
    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        need(machine, set_item(machine->values, set, i), true);
}
