/* Attributes and items of objects. */
#include "core/machine/machine_parts.h"

/* ---- attributes ---------------------------------------------------------- */

static uint32_t attribute_place(struct machine *machine, uint32_t holder,
                                uint32_t symbol)
{
    struct value of = value_get(machine->values, holder);

    return of.kind == VALUE_CLASS
               ? code_place(machine->code, PLACE_VARIABLE, of.a, symbol)
               : code_place(machine->code, PLACE_ATTRIBUTE, holder, symbol);
}

static uint32_t read_attribute(struct machine *machine, uint32_t holder,
                               uint32_t symbol)
{
    return machine_read(machine, attribute_place(machine, holder, symbol),
                        machine_owns(machine, holder));
}

static uint32_t attribute_cell(struct machine *machine, enum cell_kind kind,
                               uint32_t class_scope, uint32_t symbol)
{
    return cell_read(&machine->cells, machine->unit, kind, class_scope, symbol);
}

/* What methods of the class or of its bases stored in `self`. */
static uint32_t stored_in_self(struct machine *machine, uint32_t class_scope,
                               uint32_t symbol)
{
    struct lineage lineage;
    uint32_t result = SET_EMPTY;

    lineage_of(machine, class_scope, &lineage);
    for (uint32_t i = 0; i < lineage.count; i++)
        result =
            set_union(machine->values, result,
                      read_attribute(machine,
                                     value_of(machine->values, VALUE_INSTANCE,
                                              lineage.scopes[i], 0),
                                     symbol));
    return result;
}

/* What the classes have that stand beside this one in a class of several
   bases: added to what is stored in selves, and to what is in classes. */
static void add_beside(struct machine *machine, uint32_t class_scope,
                       uint32_t symbol, uint32_t *stored, uint32_t *in_class)
{
    uint32_t heirs = attribute_cell(machine, CELL_HEIRS, class_scope, 0);

    for (uint32_t i = 0; i < set_size(machine->values, heirs); i++) {
        uint32_t heir =
            value_get(machine->values, set_item(machine->values, heirs, i)).a;

        *stored = set_union(machine->values, *stored,
                            stored_in_self(machine, heir, symbol));
        *in_class = set_union(machine->values, *in_class,
                              lineage_attribute(machine, heir, 0, symbol));
    }
}

/* `self` may be any object of the class, or of a class derived from it. */
static uint32_t instance_attribute(struct machine *machine, uint32_t value,
                                   uint32_t class_scope, uint32_t symbol)
{
    struct values *values = machine->values;
    uint32_t found = stored_in_self(machine, class_scope, symbol);
    uint32_t in_class =
        set_union(values, lineage_attribute(machine, class_scope, 0, symbol),
                  attribute_cell(machine, CELL_OVERRIDES, class_scope, symbol));

    found =
        set_union(values, found,
                  attribute_cell(machine, CELL_OBJECTS, class_scope, symbol));
    found = set_union(values, found,
                      attribute_cell(machine, CELL_BELOW, class_scope, symbol));
    add_beside(machine, class_scope, symbol, &found, &in_class);
    return set_union(
        values, found,
        lineage_from_object(machine, in_class, value, class_scope));
}

static uint32_t single_attribute(struct machine *machine, uint32_t value,
                                 uint32_t class_value, uint32_t symbol)
{
    uint32_t place = attribute_place(machine, value, symbol);
    uint32_t class_scope, found = machine_read_sure(machine, place);

    if (found != SET_NONE && !machine->coarse)
        return found;
    found = read_attribute(machine, value, symbol);
    if (!class_value)
        return found;
    class_scope = value_get(machine->values, class_value).a;
    found = set_union(machine->values, found,
                      stored_in_self(machine, class_scope, symbol));
    return set_union(
        machine->values, found,
        lineage_from_object(machine,
                            lineage_attribute(machine, class_scope, 0, symbol),
                            value, class_scope));
}

/* A member of something that is not ours, or of a parameter. */
uint32_t attribute_member(struct machine *machine, uint32_t value,
                          uint32_t symbol)
{
    struct value of = value_get(machine->values, value);
    int depth = 0;

    for (; of.kind == VALUE_MEMBER; depth++)
        of = value_get(machine->values, of.a);
    if (of.kind == VALUE_PARAMETER && depth >= VALUE_PARAMETER_DEPTH_MAX)
        return attribute_get(
            machine, expand_all(machine, set_of(machine->values, value)),
            symbol);
    if (depth >= VALUE_MEMBER_DEPTH_MAX)
        return SET_EMPTY;
    return set_of(machine->values,
                  value_of(machine->values, VALUE_MEMBER, value, symbol));
}

/* What a member is called: a store to it adds to what it was. */
uint32_t attribute_outside(struct machine *machine, uint32_t value,
                           uint32_t symbol)
{
    uint32_t place = attribute_place(machine, value, symbol);
    uint32_t here;

    if (symbol == machine->symbols[KNOWN_CALL])
        return set_of(machine->values, value);
    if (!expand_is_symbolic(machine, value))
        return set_union(machine->values,
                         attribute_member(machine, value, symbol),
                         read_attribute(machine, value, symbol));
    here = env_get(&machine->states, machine->state, place);
    if (machine_read_here(machine, place) != SET_NONE && !machine->coarse)
        return here;
    here = set_unmarked(machine->values, here);
    return set_union(machine->values, here,
                     attribute_member(machine, value, symbol));
}

static uint32_t super_attribute(struct machine *machine, uint32_t class_scope,
                                uint32_t self, uint32_t symbol)
{
    return lineage_from_object(
        machine, lineage_attribute(machine, class_scope, 1, symbol), self,
        class_scope);
}

static uint32_t class_attribute(struct machine *machine, uint32_t class_scope,
                                uint32_t symbol)
{
    return lineage_from_class(
        machine, lineage_attribute(machine, class_scope, 0, symbol),
        class_scope);
}

static uint32_t function_attribute(struct machine *machine, uint32_t value,
                                   uint32_t symbol)
{
    struct value of = value_get(machine->values, value);

    if (symbol == machine->symbols[KNOWN_CALL])
        return set_of(machine->values, value);
    if (symbol == machine->symbols[KNOWN_FUNC] && of.kind == VALUE_BOUND)
        return set_of(machine->values, of.a);
    return read_attribute(machine, value, symbol);
}

static uint32_t attribute_of(struct machine *machine, uint32_t value,
                             uint32_t symbol)
{
    struct values *values = machine->values;
    struct value of = value_get(values, value);
    bool is_outer = of.kind == VALUE_MODULE || of.kind == VALUE_MEMBER ||
                    of.kind == VALUE_PARAMETER;
    bool is_source = of.kind == VALUE_SOURCE;

    if (symbol == machine->symbols[KNOWN_DICT] &&
        (is_outer || is_source || of.kind == VALUE_OBJECT ||
         of.kind == VALUE_INSTANCE))
        return set_of(values, value_of(values, VALUE_NAMESPACE, value, 0));
    if (symbol == machine->symbols[KNOWN_ITEM])
        return item_outside(machine, value);
    if (is_source)
        return module_attribute(machine, value, symbol);
    if (is_outer)
        return attribute_outside(machine, value, symbol);
    if (of.kind == VALUE_CLASS)
        return class_attribute(machine, of.a, symbol);
    if (of.kind == VALUE_INSTANCE)
        return instance_attribute(machine, value, of.a, symbol);
    if (of.kind == VALUE_OBJECT)
        return single_attribute(machine, value, of.b, symbol);
    if (of.kind == VALUE_SUPER)
        return super_attribute(machine, of.a, of.b, symbol);
    if (of.kind == VALUE_CONTAINER)
        return set_of(values, value_of(values, VALUE_METHOD, value, symbol));
    if (of.kind == VALUE_FUNCTION || of.kind == VALUE_BOUND)
        return function_attribute(machine, value, symbol);
    return SET_EMPTY;
}

uint32_t attribute_get(struct machine *machine, uint32_t set, uint32_t symbol)
{
    bool of_target = value_is_target_name(machine->values, symbol);
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        uint32_t value = set_item(machine->values, set, i);

        if (of_target)
            need_behind(machine, value, symbol);
        result = set_union(machine->values, result,
                           attribute_of(machine, value, symbol));
    }
    return result;
}

/* ---- stores to attributes ------------------------------------------------ */

/* `self.x = …`, of whatever object: all read it, and classes above this one. */
static void publish_instance(struct machine *machine, uint32_t value,
                             uint32_t class_scope, uint32_t symbol,
                             uint32_t set)
{
    struct lineage lineage;

    cell_add(&machine->cells, machine->values, CELL_FOREIGN,
             attribute_place(machine, value, symbol), 0, set);
    lineage_of(machine, class_scope, &lineage);
    for (uint32_t i = 1; i < lineage.count; i++)
        cell_add(&machine->cells, machine->values, CELL_BELOW,
                 lineage.scopes[i], symbol, set);
}

static void publish_single(struct machine *machine, uint32_t value,
                           uint32_t class_value, uint32_t symbol, uint32_t set)
{
    struct lineage lineage = { .count = 0 };

    machine_publish(machine, attribute_place(machine, value, symbol),
                    machine_owns(machine, value), set);
    if (class_value)
        lineage_of(machine, value_get(machine->values, class_value).a,
                   &lineage);
    for (uint32_t i = 0; i < lineage.count; i++)
        cell_add(&machine->cells, machine->values, CELL_OBJECTS,
                 lineage.scopes[i], symbol, set);
}

static void publish_attribute(struct machine *machine, uint32_t value,
                              uint32_t symbol, uint32_t set)
{
    struct value of = value_get(machine->values, value);

    set = set_unmarked(machine->values, set);
    if (of.kind == VALUE_INSTANCE)
        publish_instance(machine, value, of.a, symbol, set);
    else if (of.kind == VALUE_OBJECT)
        publish_single(machine, value, of.b, symbol, set);
    else
        machine_publish(machine, attribute_place(machine, value, symbol),
                        machine_owns(machine, value), set);
}

/* The objects behind a parameter are told; here the parameter stands for them.
 */
static void store_in(struct machine *machine, uint32_t value, uint32_t symbol,
                     uint32_t set, bool for_sure)
{
    uint32_t place = attribute_place(machine, value, symbol);
    uint32_t behind = expand_all(machine, set_of(machine->values, value));

    if (need_is_tracked(machine, set))
        need_behind(machine, value, INTERN_NONE);
    hold_store(machine, place, PLACE_ATTRIBUTE, symbol, set);
    if (for_sure)
        machine_write(machine, place, set);
    else
        machine_write_also(machine, place, set);
    for (uint32_t i = 0; i < set_size(machine->values, behind); i++) {
        uint32_t object = set_item(machine->values, behind, i);

        publish_attribute(machine, object, symbol, set);
        if (object != value && machine_is_module(machine))
            machine_write_also(machine,
                               attribute_place(machine, object, symbol), set);
    }
}

void attribute_set(struct machine *machine, uint32_t objects, uint32_t symbol,
                   uint32_t set)
{
    bool is_one = hold_are_one(machine, objects);

    for (uint32_t i = 0; i < set_size(machine->values, objects); i++)
        store_in(machine, set_item(machine->values, objects, i), symbol, set,
                 is_one);
}

void attribute_field(struct machine *machine, uint32_t class_scope,
                     uint32_t symbol, uint32_t set)
{
    publish_attribute(machine,
                      value_of(machine->values, VALUE_INSTANCE, class_scope, 0),
                      symbol, set);
}
