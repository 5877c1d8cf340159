/* The names by which a target leaves its module unseen. */
#include <stdlib.h>
#include <string.h>

#include "core/machine_known.h"
#include "core/memory.h"

/* Who holds a target: by value, and by scope of a function or class. */
struct holders {
    struct machine *machine;
    uint8_t *values, *scopes;
    bool grew;
};

static bool holds(const struct holders *holders, uint32_t value)
{
    const struct machine *machine = holders->machine;
    struct value of = value_get(machine->values, value);

    while (of.kind == VALUE_STATIC || of.kind == VALUE_CLASSMETHOD ||
           of.kind == VALUE_PROPERTY || of.kind == VALUE_PARTIAL ||
           of.kind == VALUE_BOUND || of.kind == VALUE_MANAGED) {
        value = of.a;
        of = value_get(machine->values, value);
    }
    if (known_target(machine, value) != TARGET_COUNT || holders->values[value])
        return true;
    if (of.kind == VALUE_OBJECT && of.b)
        of = value_get(machine->values, of.b);
    return (of.kind == VALUE_FUNCTION || of.kind == VALUE_CLASS ||
            of.kind == VALUE_INSTANCE || of.kind == VALUE_GENERATOR ||
            of.kind == VALUE_MANAGER) &&
           holders->scopes[of.a];
}

static bool any_holds(const struct holders *holders, uint32_t set)
{
    const struct values *values = holders->machine->values;
    uint32_t size = set_size(values, set), i = 0;

    while (i < size && !holds(holders, set_item(values, set, i)))
        i++;
    return i < size;
}

static void mark(struct holders *holders, uint8_t *mark)
{
    holders->grew |= !*mark;
    *mark = 1;
}

static const uint32_t *words_of(const struct intern *intern, uint32_t number)
{
    return (const uint32_t *)(const void *)intern_text(intern, number).bytes;
}

/* What the place of a cell is a part of. */
static void mark_place(struct holders *holders, uint32_t place)
{
    const struct machine *machine = holders->machine;
    const uint32_t *words = words_of(&machine->code->places, place);

    if (words[0] == PLACE_VARIABLE) {
        if (machine->scopes->items[words[1]].kind == SCOPE_CLASS)
            mark(holders, &holders->scopes[words[1]]);
        return;
    }
    if (words[0] == PLACE_TEMPORARY)
        return;
    mark(holders, &holders->values[words[1]]);
    if (value_is(machine->values, words[1], VALUE_INSTANCE))
        mark(holders, &holders->scopes[value_get(machine->values, words[1]).a]);
}

static void mark_cell(struct holders *holders, uint32_t cell)
{
    const struct machine *machine = holders->machine;
    const uint32_t *words = words_of(&machine->cells.keys, cell);

    switch (words[0]) {
    case CELL_OWN:
    case CELL_FOREIGN:
        mark_place(holders, words[1]);
        break;
    case CELL_OBJECTS:
    case CELL_BELOW:
    case CELL_OVERRIDES:
    case CELL_RETURNS:
    case CELL_YIELDS:
    case CELL_BASES:
        mark(holders, &holders->scopes[words[1]]);
        break;
    default:
        break;
    }
}

/* Until nothing more holds something. */
static void find_holders(struct holders *holders)
{
    const struct cells *cells = &holders->machine->cells;

    do {
        holders->grew = false;
        for (uint32_t i = 0; i < cells->items_count; i++)
            if (cells->items[i].set > SET_EMPTY &&
                any_holds(holders, cells->items[i].set))
                mark_cell(holders, i);
    } while (holders->grew && !deadline_tick(holders->machine->deadline));
}

static void add_exports(const struct holders *holders)
{
    const struct machine *machine = holders->machine;
    const struct cells *cells = &machine->cells;

    for (uint32_t i = 0; i < cells->items_count; i++) {
        const uint32_t *words = words_of(&cells->keys, i);

        if (words[0] == CELL_EXPORT &&
            !value_is_target_name(machine->values, words[2]) &&
            any_holds(holders, cells->items[i].set))
            *ARRAY_PUSH(machine->result->exports) =
                (struct machine_export){ words[1], words[2] };
    }
}

void export_collect(struct machine *machine)
{
    struct holders holders = { .machine = machine };

    holders.values = memory_new(intern_count(&machine->values->values), 1);
    holders.scopes = memory_new(machine->scopes->items_count, 1);
    find_holders(&holders);
    add_exports(&holders);
    free(holders.values);
    free(holders.scopes);
}
