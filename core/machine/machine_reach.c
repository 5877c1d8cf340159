/* Which units a call can run in the end: calls of calls. */
#include "core/base/memory.h"
#include "core/machine/machine_parts.h"

#include <stdlib.h>

void reach_open(struct machine *machine)
{
    machine->reach.stamps =
        memory_new(machine->code->units_count, sizeof(uint32_t));
}

void reach_close(struct machine *machine)
{
    free(machine->reach.stamps);
    free(machine->reach.units);
}

/* Nobody calls a module, so it does not matter what that calls. */
void reach_call(struct machine *machine, uint32_t unit)
{
    const struct unit *units = machine->code->units;
    uint32_t function;

    if (units[machine->unit].scope == units[machine->unit].module)
        return;
    function = value_of(machine->values, VALUE_FUNCTION, units[unit].scope, 0);
    cell_add(&machine->cells, machine->values, CELL_CALLS, machine->unit, 0,
             set_of(machine->values, function));
}

static void enter(struct machine *machine, uint32_t unit)
{
    if (reach_has(machine, unit))
        return;
    machine->reach.stamps[unit] = machine->reach.stamp;
    *ARRAY_PUSH(machine->reach.units) = unit;
}

/* Add what is called by those that are there, or are added. */
static void follow(struct machine *machine)
{
    for (size_t i = 0; i < machine->reach.units_count; i++) {
        uint32_t called = cell_read(&machine->cells, machine->unit, CELL_CALLS,
                                    machine->reach.units[i], 0);

        for (uint32_t j = 0; j < set_size(machine->values, called); j++) {
            struct value function = value_get(
                machine->values, set_item(machine->values, called, j));

            enter(machine, machine->code->unit_of_scope[function.a]);
        }
    }
}

void reach_from(struct machine *machine, uint32_t unit)
{
    machine->reach.stamp++;
    machine->reach.units_count = 0;
    enter(machine, unit);
    follow(machine);
}

bool reach_has(const struct machine *machine, uint32_t unit)
{
    return machine->reach.stamps[unit] == machine->reach.stamp;
}
