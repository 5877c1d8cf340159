/* Classes: their bases, and what their attributes are. */
#include "core/machine/machine_known.h"

/* The lineage backwards, while it is made: bases stand before their heirs. */
struct ascent {
    struct machine *machine;
    struct lineage *lineage;
    uint32_t entered[LINEAGE_MAX], entered_count;
};

static bool enter(struct ascent *ascent, uint32_t scope)
{
    for (uint32_t i = 0; i < ascent->entered_count; i++)
        if (ascent->entered[i] == scope)
            return false;
    if (ascent->entered_count == LINEAGE_MAX) {
        ascent->machine->over_limit = "a class has too many bases";
        return false;
    }
    ascent->entered[ascent->entered_count++] = scope;
    return true;
}

static void ascend(struct ascent *ascent, uint32_t scope, bool alone);

/* All that one base of a class can be. */
static void ascend_base(struct ascent *ascent, uint32_t scope, uint32_t number)
{
    const struct values *values = ascent->machine->values;
    uint32_t bases = cell_read(&ascent->machine->cells, ascent->machine->unit,
                               CELL_BASES, scope, number);
    uint32_t count = set_size(values, bases);

    for (uint32_t i = count; i > 0; i--) {
        struct value base = value_get(values, set_item(values, bases, i - 1));

        if (base.kind == VALUE_CLASS)
            ascend(ascent, base.a, count == 1);
    }
}

/* Recursive, LINEAGE_MAX deep. The last base is visited first, so that what
   it has in common with others stands behind them. */
static void ascend(struct ascent *ascent, uint32_t scope, bool alone)
{
    struct lineage *lineage = ascent->lineage;

    if (!enter(ascent, scope))
        return;
    for (uint32_t i = ascent->machine->scopes->items[scope].bases; i > 0; i--)
        ascend_base(ascent, scope, i - 1);
    lineage->alone[lineage->count] = alone;
    lineage->scopes[lineage->count++] = scope;
}

void lineage_of(struct machine *machine, uint32_t class_scope,
                struct lineage *lineage)
{
    struct ascent ascent = { .machine = machine, .lineage = lineage };

    lineage->count = 0;
    ascend(&ascent, class_scope, true);
    for (uint32_t i = 0, j = lineage->count - 1; i < j; i++, j--) {
        uint32_t scope = lineage->scopes[i];
        bool alone = lineage->alone[i];

        lineage->scopes[i] = lineage->scopes[j];
        lineage->alone[i] = lineage->alone[j];
        lineage->scopes[j] = scope;
        lineage->alone[j] = alone;
    }
}

void lineage_tell_bases(struct machine *machine, uint32_t class_scope)
{
    uint32_t heir =
        set_of(machine->values,
               value_of(machine->values, VALUE_CLASS, class_scope, 0));
    struct lineage lineage;

    lineage_of(machine, class_scope, &lineage);
    for (uint32_t i = 1; i < lineage.count; i++)
        cell_add(&machine->cells, machine->values, CELL_HEIRS,
                 lineage.scopes[i], 0, heir);
}

/* The first class whose body binds the name hides those behind it. */
uint32_t lineage_attribute(struct machine *machine, uint32_t class_scope,
                           uint32_t from, uint32_t symbol)
{
    struct lineage lineage;
    uint32_t result = SET_EMPTY;

    lineage_of(machine, class_scope, &lineage);
    for (uint32_t i = from; i < lineage.count; i++) {
        uint32_t scope = lineage.scopes[i];
        uint32_t place =
            code_place(machine->code, PLACE_VARIABLE, scope, symbol);
        uint32_t holder = value_of(machine->values, VALUE_CLASS, scope, 0);

        result = set_union(
            machine->values, result,
            machine_read(machine, place, machine_owns(machine, holder)));
        if (lineage.alone[i] && !machine_is_absent(machine, place) &&
            scope_binding(machine->scopes, scope, symbol) & BINDING_BOUND)
            break;
    }
    return result;
}

static uint32_t from_class(struct machine *machine, uint32_t value,
                           uint32_t class_scope)
{
    struct values *values = machine->values;
    struct value of = value_get(values, value);

    if (of.kind == VALUE_PROPERTY)
        return SET_EMPTY;
    if (of.kind == VALUE_STATIC)
        value = of.a;
    if (of.kind == VALUE_CLASSMETHOD)
        value = value_of(values, VALUE_BOUND, of.a,
                         value_of(values, VALUE_CLASS, class_scope, 0));
    return set_of(values, value);
}

uint32_t lineage_from_class(struct machine *machine, uint32_t set,
                            uint32_t class_scope)
{
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        result =
            set_union(machine->values, result,
                      from_class(machine, set_item(machine->values, set, i),
                                 class_scope));
    return result;
}

/* A property that asks for itself, by way of __dict__ say, adds nothing. */
static bool is_asked(const struct asked *asked, uint32_t getter, uint32_t self)
{
    while (asked && (asked->getter != getter || asked->self != self))
        asked = asked->outer;
    return asked != NULL;
}

static uint32_t property_of(struct machine *machine, uint32_t getter,
                            uint32_t self)
{
    struct passed passed = { NULL, 0, set_of(machine->values, self) };
    const struct asked asked = { machine->asked, getter, self };
    uint32_t result;
    bool known;

    if (is_asked(machine->asked, getter, self))
        return SET_EMPTY;
    machine->asked = &asked;
    result =
        call_all(machine, set_of(machine->values, getter), &passed, &known);
    machine->asked = asked.outer;
    return result;
}

/* A Python function becomes a method, a builtin one does not. */
static uint32_t from_object(struct machine *machine, uint32_t value,
                            uint32_t self, uint32_t class_scope)
{
    struct value of = value_get(machine->values, value);

    if (of.kind == VALUE_FUNCTION || of.kind == VALUE_MANAGED)
        return set_of(machine->values,
                      value_of(machine->values, VALUE_BOUND, value, self));
    if (of.kind == VALUE_PROPERTY)
        return property_of(machine, of.a, self);
    if (known_target(machine, value) == TARGET_TEMPFILE_MKTEMP)
        return SET_EMPTY;
    return from_class(machine, value, class_scope);
}

uint32_t lineage_from_object(struct machine *machine, uint32_t set,
                             uint32_t self, uint32_t class_scope)
{
    uint32_t result = SET_EMPTY;

    machine->nesting++;
    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        result =
            set_union(machine->values, result,
                      from_object(machine, set_item(machine->values, set, i),
                                  self, class_scope));
    machine->nesting--;
    return result;
}
