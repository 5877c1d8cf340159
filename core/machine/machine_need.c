/* Modules that are not here, and that a target may come from or go to. */
#include "core/machine/machine_known.h"

bool need_leads_outside(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    while (of.kind == VALUE_MEMBER)
        of = value_get(machine->values, of.a);
    return of.kind == VALUE_MODULE || of.kind == VALUE_SOURCE;
}

void need(struct machine *machine, uint32_t value, bool must)
{
    struct machine_need need = { value, must };

    if (need_leads_outside(machine, value))
        intern_add(&machine->result->needs,
                   (struct text){ (const char *)&need, sizeof(need) });
}

static uint32_t member_of(struct machine *machine, uint32_t value,
                          uint32_t symbol)
{
    return value_of(machine->values, VALUE_MEMBER, value, symbol);
}

/* It may be the function that gets what a string names. */
static bool is_getattr(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    return of.kind == VALUE_MEMBER &&
           text_equal(intern_text(&machine->scopes->symbols, of.b),
                      TEXT("getattr"));
}

/* Those of whoever made the object that are such a function. */
static uint32_t getattrs_behind(struct machine *machine, uint32_t object)
{
    uint32_t operation = value_get(machine->values, object).a;
    uint32_t makers =
        cell_read(&machine->cells, machine->unit, CELL_MAKERS, operation, 0);
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, makers); i++)
        if (is_getattr(machine, set_item(machine->values, makers, i)))
            result = set_union(
                machine->values, result,
                set_of(machine->values, set_item(machine->values, makers, i)));
    return result;
}

/* getattr(builtins, "__import__")("tempfile"): whoever made the function. */
static void need_getattrs(struct machine *machine, uint32_t value)
{
    uint32_t getattrs;

    if (value_get(machine->values, value).kind != VALUE_OBJECT)
        return;
    getattrs = getattrs_behind(machine, value);
    for (uint32_t i = 0; i < set_size(machine->values, getattrs); i++)
        need(machine, set_item(machine->values, getattrs, i), false);
}

/* The values themselves, or an attribute of what calling them gives. */
static void need_all(struct machine *machine, uint32_t set, uint32_t symbol)
{
    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        uint32_t value = set_item(machine->values, set, i);

        need_getattrs(machine, value);
        if (!need_leads_outside(machine, value))
            continue;
        if (symbol == INTERN_NONE)
            need(machine, value, true);
        else
            need(machine,
                 member_of(
                     machine,
                     member_of(machine, value, machine->symbols[KNOWN_RESULT]),
                     symbol),
                 false);
    }
}

/* What a class of ours is derived from is not of ours, in the end. */
void need_bases(struct machine *machine, uint32_t class_scope, uint32_t symbol)
{
    struct lineage lineage;

    lineage_of(machine, class_scope, &lineage);
    for (uint32_t i = 0; i < lineage.count; i++) {
        uint32_t scope = lineage.scopes[i];

        for (uint32_t j = 0; j < machine->scopes->items[scope].bases; j++)
            need_all(
                machine,
                cell_read(&machine->cells, machine->unit, CELL_BASES, scope, j),
                symbol);
    }
}

void need_argument(struct machine *machine, uint32_t value, uint32_t what)
{
    const struct wanted wanted = { value, what };

    if (expand_is_symbolic(machine, value))
        intern_add(&machine->wanted,
                   (struct text){ (const char *)&wanted, sizeof(wanted) });
}

/* The targets of that name. */
static uint32_t targets_named(const struct machine *machine, uint32_t symbol)
{
    uint32_t targets = 0;

    if (symbol == INTERN_NONE)
        return WANTED_STORE;
    for (int i = 0; i < TARGET_COUNT; i++)
        if (machine->values->names[i] == symbol)
            targets |= 1U << i;
    return targets;
}

void need_behind(struct machine *machine, uint32_t value, uint32_t symbol)
{
    struct value of = value_get(machine->values, value);

    need_argument(machine, value, targets_named(machine, symbol));
    if (of.kind == VALUE_OBJECT && of.b)
        of = value_get(machine->values, of.b);
    if (of.kind == VALUE_OBJECT)
        need_all(
            machine,
            cell_read(&machine->cells, machine->unit, CELL_MAKERS, of.a, 0),
            symbol);
    else if (of.kind == VALUE_CLASS || of.kind == VALUE_INSTANCE ||
             of.kind == VALUE_SUPER)
        need_bases(machine, of.a, symbol);
    else if (symbol == INTERN_NONE)
        need(machine, value, true);
    else if (need_leads_outside(machine, value))
        need(machine, member_of(machine, value, symbol), false);
}

/* The targets that are looked for: alone, a file has those that it means. */
static uint8_t targets_here(const struct machine *machine)
{
    if (machine->tree || machine->expands)
        return UINT8_MAX;
    return machine->scopes->items[machine->code->units[machine->unit].module]
        .targets;
}

static bool is_tracked(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    while (of.kind == VALUE_STATIC || of.kind == VALUE_CLASSMETHOD ||
           of.kind == VALUE_PROPERTY || of.kind == VALUE_PARTIAL) {
        value = of.a;
        of = value_get(machine->values, value);
    }
    if (of.kind == VALUE_SOURCE && of.b)
        value = of.b;
    return known_target(machine, value) != TARGET_COUNT ||
           known_home_of(machine, value) & targets_here(machine);
}

bool need_is_tracked(const struct machine *machine, uint32_t set)
{
    uint32_t size = set_size(machine->values, set), i = 0;

    while (i < size && !is_tracked(machine, set_item(machine->values, set, i)))
        i++;
    return i < size;
}

/* What is in a container; what a generator gives, which may be decorated. */
static uint32_t held_by(struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    if (of.kind == VALUE_CONTAINER)
        return item_all(machine, value);
    if (of.kind == VALUE_FUNCTION)
        return expand_all(machine, cell_read(&machine->cells, machine->unit,
                                             CELL_YIELDS, of.a, 0));
    return SET_EMPTY;
}

static bool passes_tracked(struct machine *machine, uint32_t set)
{
    set = expand_all(machine, set);
    if (need_is_tracked(machine, set))
        return true;
    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        if (need_is_tracked(
                machine, held_by(machine, set_item(machine->values, set, i))))
            return true;
    return false;
}

/* May it be a string that a target is got by? */
static bool names_target(struct machine *machine, uint32_t set)
{
    set = expand_all(machine, set);
    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        struct value of =
            value_get(machine->values, set_item(machine->values, set, i));

        if (of.kind == VALUE_STRING && targets_named(machine, of.a))
            return true;
    }
    return false;
}

static void add_maker(struct machine *machine, uint32_t callee)
{
    if (!machine->expands)
        cell_add(&machine->cells, machine->values, CELL_MAKERS,
                 machine->operation, 0, set_of(machine->values, callee));
}

void need_called(struct machine *machine, uint32_t callee,
                 const struct passed *passed)
{
    uint32_t count = passed->call ? passed->call->count : 0;

    for (uint32_t i = 0; i < count; i++)
        if (passes_tracked(machine, machine->stack[passed->stack + i])) {
            need(machine, callee, true);
            break;
        }
    for (uint32_t i = 0; i < count && is_getattr(machine, callee); i++)
        if (names_target(machine, machine->stack[passed->stack + i]))
            need(machine, callee, false);
    add_maker(machine, callee);
}

void need_called_object(struct machine *machine, uint32_t object)
{
    if (getattrs_behind(machine, object) != SET_EMPTY)
        add_maker(machine, object);
}
