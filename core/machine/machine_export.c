/* The names by which a target leaves its module unseen. */
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/machine/machine_known.h"

/* ---- what is wanted of parameters ---------------------------------------- */

static struct wanted wanted_at(const struct machine *machine, uint32_t number)
{
    struct wanted at;

    memcpy(&at, intern_text(&machine->wanted, number).bytes, sizeof(at));
    return at;
}

/* `self` is what the call is of; pytest has its own. */
static bool is_open(const struct machine *machine, struct value parameter)
{
    const struct scope *function = &machine->scopes->items[parameter.a];
    uint32_t symbol =
        machine->scopes->parameters[function->parameters + parameter.b].symbol;

    return symbol != INTERN_NONE &&
           (parameter.b > 0 || function->receiver == RECEIVER_NONE) &&
           !rule_is_fixture(intern_text(&machine->scopes->symbols, symbol));
}

/* What a symbolic value is, with the parameters of who stored or passed it. */
static uint32_t behind(struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    if (of.kind == VALUE_PARAMETER)
        return cell_read(&machine->cells, machine->unit, CELL_PARAMETER, of.a,
                         of.b);
    return attribute_get(
        machine, expand_all(machine, set_of(machine->values, of.a)), of.b);
}

/* Whose parameter is passed or stored where something is wanted wants it, too.
   Each file says so alone: through others it would be half the tree. */
static void find_wanted(struct machine *machine)
{
    if (machine->tree)
        intern_release(&machine->wanted);
    machine->state = ENV_EMPTY;
    machine->expands = true;
    machine->unit = 0;
    for (uint32_t i = 0; i < intern_count(&machine->wanted); i++) {
        struct wanted wanted = wanted_at(machine, i);
        uint32_t set = behind(machine, wanted.value);

        if (deadline_tick(machine->deadline))
            return;
        for (uint32_t j = 0; j < set_size(machine->values, set); j++)
            need_argument(machine, set_item(machine->values, set, j),
                          wanted.what);
    }
}

/* ---- who leads to something ---------------------------------------------- */

/* What something leads to: a target, or a function that wants one. */
enum { HOLDS = 1, WANTS = 2 };

/* Who does: by value, and by scope of a function or class. */
struct holders {
    struct machine *machine;
    uint8_t *values, *scopes;
    uint32_t values_count;
    bool grew;
};

static uint32_t unwrapped(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    while (of.kind == VALUE_STATIC || of.kind == VALUE_CLASSMETHOD ||
           of.kind == VALUE_PROPERTY || of.kind == VALUE_PARTIAL ||
           of.kind == VALUE_BOUND || of.kind == VALUE_MANAGED) {
        value = of.a;
        of = value_get(machine->values, value);
    }
    return value;
}

/* Of a function or class, or of an object of one; or SCOPE_NONE. */
static uint32_t scope_behind(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    if (of.kind == VALUE_OBJECT && of.b)
        of = value_get(machine->values, of.b);
    return of.kind == VALUE_FUNCTION || of.kind == VALUE_CLASS ||
                   of.kind == VALUE_INSTANCE || of.kind == VALUE_GENERATOR ||
                   of.kind == VALUE_MANAGER
               ? of.a
               : SCOPE_NONE;
}

static uint8_t holds(const struct holders *holders, uint32_t value)
{
    const struct machine *machine = holders->machine;
    uint32_t scope;
    uint8_t what;

    value = unwrapped(machine, value);
    scope = scope_behind(machine, value);
    what = holders->values[value];
    if (known_target(machine, value) != TARGET_COUNT)
        what |= HOLDS;
    if (scope != SCOPE_NONE)
        what |= holders->scopes[scope];
    return what;
}

static uint8_t any_holds(const struct holders *holders, uint32_t set)
{
    const struct values *values = holders->machine->values;
    uint8_t what = 0;

    for (uint32_t i = 0; i < set_size(values, set); i++)
        what |= holds(holders, set_item(values, set, i));
    return what;
}

static void mark(struct holders *holders, uint8_t *mark, uint8_t what)
{
    holders->grew |= (what & ~*mark) != 0;
    *mark |= what;
}

static const uint32_t *words_of(const struct intern *intern, uint32_t number)
{
    return (const uint32_t *)(const void *)intern_text(intern, number).bytes;
}

/* What the place of a cell is a part of. */
static void mark_place(struct holders *holders, uint32_t place, uint8_t what)
{
    const struct machine *machine = holders->machine;
    const uint32_t *words = words_of(&machine->code->places, place);

    if (words[0] == PLACE_VARIABLE) {
        if (machine->scopes->items[words[1]].kind == SCOPE_CLASS)
            mark(holders, &holders->scopes[words[1]], what);
        return;
    }
    /* What is wanted is what a function wants, not an object's attribute. */
    what &= HOLDS;
    if (words[0] == PLACE_TEMPORARY)
        return;
    mark(holders, &holders->values[words[1]], what);
    if (value_is(machine->values, words[1], VALUE_INSTANCE))
        mark(holders, &holders->scopes[value_get(machine->values, words[1]).a],
             what);
}

/* What is passed is what the parameter stands for. */
static void mark_parameter(struct holders *holders, uint32_t scope,
                           uint32_t index, uint8_t what)
{
    uint32_t value =
        value_of(holders->machine->values, VALUE_PARAMETER, scope, index);

    if (value < holders->values_count)
        mark(holders, &holders->values[value], what & HOLDS);
}

static void mark_cell(struct holders *holders, uint32_t cell, uint8_t what)
{
    const struct machine *machine = holders->machine;
    const uint32_t *words = words_of(&machine->cells.keys, cell);

    switch (words[0]) {
    case CELL_OWN:
    case CELL_FOREIGN:
        mark_place(holders, words[1], what);
        break;
    case CELL_PARAMETER:
        mark_parameter(holders, words[1], words[2], what);
        break;
    case CELL_OBJECTS:
    case CELL_BELOW:
    case CELL_OVERRIDES:
    case CELL_RETURNS:
    case CELL_YIELDS:
    case CELL_BASES:
        mark(holders, &holders->scopes[words[1]], what);
        break;
    default:
        break;
    }
}

/* Mark whose parameters are wanted. To store in an argument is as good as to
   give something away. */
static void mark_wanted(struct holders *holders)
{
    struct machine *machine = holders->machine;

    for (uint32_t i = 0; i < intern_count(&machine->wanted); i++) {
        struct wanted wanted = wanted_at(machine, i);
        struct value of = value_get(machine->values, wanted.value);

        while (of.kind == VALUE_MEMBER)
            of = value_get(machine->values, of.a);
        if (!is_open(machine, of))
            continue;
        holders->scopes[of.a] |= wanted.what == WANTED_STORE ? HOLDS : WANTS;
        machine->result->wanted |= (uint8_t)(wanted.what & ~WANTED_STORE);
    }
}

/* Until nothing more leads to something. */
static void find_holders(struct holders *holders)
{
    const struct cells *cells = &holders->machine->cells;

    do {
        holders->grew = false;
        for (uint32_t i = 0; i < cells->items_count; i++) {
            uint8_t what = any_holds(holders, cells->items[i].set);

            if (what)
                mark_cell(holders, i, what);
        }
    } while (holders->grew && !deadline_tick(holders->machine->deadline));
}

static bool has_wanted_module(const struct machine *machine, uint32_t set)
{
    uint32_t size = set_size(machine->values, set), i = 0;

    while (i < size &&
           !(known_home_of(machine, set_item(machine->values, set, i)) &
             machine->result->wanted))
        i++;
    return i < size;
}

/* A name for what other modules define is theirs. */
static bool is_defined_in(const struct machine *machine, uint32_t value,
                          uint32_t module)
{
    uint32_t scope = scope_behind(machine, unwrapped(machine, value));

    while (scope != SCOPE_NONE && scope != module)
        scope = machine->scopes->items[scope].parent;
    return scope == module;
}

static uint8_t leads_to(const struct holders *holders, uint32_t set,
                        uint32_t module)
{
    const struct values *values = holders->machine->values;
    uint8_t what = 0;

    for (uint32_t i = 0; i < set_size(values, set); i++) {
        uint32_t value = set_item(values, set, i);
        uint8_t one = holds(holders, value);

        if (one & WANTS && !is_defined_in(holders->machine, value, module))
            one &= HOLDS;
        what |= one;
    }
    return what;
}

static void add_export(const struct holders *holders, const uint32_t *words,
                       uint32_t set)
{
    const struct machine *machine = holders->machine;
    uint8_t what = leads_to(holders, set, words[1]);
    struct machine_export export = { words[1], words[2], EXPORT_TARGET };

    if (!(what & HOLDS))
        export.kind = what ? EXPORT_WANTS : EXPORT_MODULE;
    if (what || has_wanted_module(machine, set))
        *ARRAY_PUSH(machine->result->exports) = export;
}

static void add_exports(const struct holders *holders)
{
    const struct machine *machine = holders->machine;
    const struct cells *cells = &machine->cells;

    for (uint32_t i = 0; i < cells->items_count; i++) {
        const uint32_t *words = words_of(&cells->keys, i);

        if (words[0] == CELL_EXPORT &&
            !value_is_target_name(machine->values, words[2]))
            add_export(holders, words, cells->items[i].set);
    }
}

void export_collect(struct machine *machine)
{
    struct holders holders = { .machine = machine };

    find_wanted(machine);
    holders.values_count = intern_count(&machine->values->values);
    holders.values = memory_new(holders.values_count, 1);
    holders.scopes = memory_new(machine->scopes->items_count, 1);
    mark_wanted(&holders);
    find_holders(&holders);
    add_exports(&holders);
    free(holders.values);
    free(holders.scopes);
}
