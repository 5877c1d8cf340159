/* Classes: their bases, and what their attributes are. */
#include "core/known.h"

static bool is_in(const struct lineage *lineage, uint32_t scope)
{
    for (uint32_t i = 0; i < lineage->count; i++)
        if (lineage->scopes[i] == scope)
            return true;
    return false;
}

void lineage_of(struct machine *machine, uint32_t class_scope,
                struct lineage *lineage)
{
    lineage->scopes[0] = class_scope;
    lineage->count = 1;
    for (uint32_t at = 0; at < lineage->count; at++) {
        uint32_t bases = cell_read(&machine->cells, machine->unit, CELL_BASES,
                                   lineage->scopes[at], 0);

        for (uint32_t i = 0; i < set_size(machine->values, bases); i++) {
            struct value base =
                value_get(machine->values, set_item(machine->values, bases, i));

            if (base.kind != VALUE_CLASS || is_in(lineage, base.a))
                continue;
            if (lineage->count == LINEAGE_MAX)
                machine->over_limit = "a class has too many bases";
            else
                lineage->scopes[lineage->count++] = base.a;
        }
    }
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
        if (scope_binding(machine->scopes, scope, symbol) & BINDING_BOUND)
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

static uint32_t property_of(struct machine *machine, uint32_t getter,
                            uint32_t self)
{
    struct passed passed = { NULL, 0, set_of(machine->values, self) };
    bool known;

    return call_all(machine, set_of(machine->values, getter), &passed, &known);
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
