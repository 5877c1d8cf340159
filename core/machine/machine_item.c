/* Items of containers, and of whatever else is subscripted. */
#include "core/machine/machine_known.h"

/* PLACE_ITEMS: what was stored under keys that are not known; under any. */
enum { ITEMS_UNKNOWN, ITEMS_ALL };

uint32_t item_container(struct machine *machine, uint32_t items)
{
    return value_of(machine->values, VALUE_CONTAINER, machine->operation,
                    items);
}

static bool is_key(const struct machine *machine, uint32_t key)
{
    return value_is(machine->values, key, VALUE_STRING) ||
           value_is(machine->values, key, VALUE_NUMBER);
}

/* Numbers from the end count from the start, where the size is known. */
static uint32_t item_place(struct machine *machine, uint32_t holder,
                           uint32_t key)
{
    struct value of = value_get(machine->values, holder);
    struct value number = value_get(machine->values, key);

    if (of.kind == VALUE_CONTAINER && of.b < CONTAINER_KEYED &&
        number.kind == VALUE_NUMBER && (int32_t)number.a < 0)
        key = value_of(machine->values, VALUE_NUMBER, of.b + number.a, 0);
    return code_place(machine->code, PLACE_ITEM, holder, key);
}

static uint32_t read_items(struct machine *machine, uint32_t holder,
                           uint32_t which)
{
    return machine_read(machine,
                        code_place(machine->code, PLACE_ITEMS, holder, which),
                        machine_owns(machine, holder));
}

static uint32_t item_under(struct machine *machine, uint32_t holder,
                           uint32_t key)
{
    uint32_t place = item_place(machine, holder, key);
    uint32_t here = machine_read_here(machine, place);

    if (here != SET_NONE && !machine->coarse)
        return here;
    return set_union(
        machine->values,
        machine_read(machine, place, machine_owns(machine, holder)),
        read_items(machine, holder, ITEMS_UNKNOWN));
}

/* `x.__dict__["name"]`, `vars(x)["name"]`, `sys.modules["name"]`. */
static uint32_t named_item(struct machine *machine, uint32_t holder,
                           uint32_t key)
{
    struct value of = value_get(machine->values, holder);
    struct value name = value_get(machine->values, key);

    if (name.kind != VALUE_STRING)
        return SET_EMPTY;
    if (of.kind == VALUE_NAMESPACE)
        return attribute_get(machine, set_of(machine->values, of.a), name.a);
    if (known_is_modules(machine, holder))
        return set_of(machine->values, module_import(machine, name.a));
    return SET_EMPTY;
}

static uint32_t items_of(struct machine *machine, uint32_t holder,
                         uint32_t keys)
{
    uint32_t result = SET_EMPTY;
    bool any = false;

    for (uint32_t i = 0; i < set_size(machine->values, keys); i++) {
        uint32_t key = set_item(machine->values, keys, i);

        if (!is_key(machine, key))
            continue;
        any = true;
        result = set_union(machine->values, result,
                           item_under(machine, holder, key));
        result = set_union(machine->values, result,
                           named_item(machine, holder, key));
    }
    return any ? result : read_items(machine, holder, ITEMS_ALL);
}

/* Of an object that somebody outside made: of what each of them gives. */
static uint32_t made_outside(struct machine *machine, uint32_t operation)
{
    uint32_t makers =
        cell_read(&machine->cells, machine->unit, CELL_MAKERS, operation, 0);
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, makers); i++) {
        uint32_t maker = set_item(machine->values, makers, i);

        if (need_leads_outside(machine, maker))
            result = set_union(
                machine->values, result,
                attribute_member(machine,
                                 value_of(machine->values, VALUE_MEMBER, maker,
                                          machine->symbols[KNOWN_RESULT]),
                                 machine->symbols[KNOWN_ITEM]));
    }
    return result;
}

uint32_t item_outside(struct machine *machine, uint32_t holder)
{
    struct value of = value_get(machine->values, holder);

    if (known_is_modules(machine, holder))
        return SET_EMPTY;
    if (of.kind == VALUE_MODULE || of.kind == VALUE_MEMBER ||
        of.kind == VALUE_PARAMETER)
        return attribute_member(machine, holder, machine->symbols[KNOWN_ITEM]);
    return of.kind == VALUE_OBJECT && !of.b ? made_outside(machine, of.a)
                                            : SET_EMPTY;
}

static uint32_t items_outside(struct machine *machine, uint32_t objects)
{
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, objects); i++)
        result = set_union(
            machine->values, result,
            item_outside(machine, set_item(machine->values, objects, i)));
    return result;
}

uint32_t item_get(struct machine *machine, uint32_t objects, uint32_t keys)
{
    uint32_t result = items_outside(machine, objects);

    objects = expand_all(machine, objects);
    keys = expand_all(machine, keys);
    for (uint32_t i = 0; i < set_size(machine->values, objects); i++)
        result = set_union(
            machine->values, result,
            items_of(machine, set_item(machine->values, objects, i), keys));
    return result;
}

/* ---- stores -------------------------------------------------------------- */

static void store_also(struct machine *machine, uint32_t holder, uint32_t which,
                       uint32_t set)
{
    uint32_t place = code_place(machine->code, PLACE_ITEMS, holder, which);

    machine_write_also(machine, place, set);
    machine_publish(machine, place, machine_owns(machine, holder), set);
}

static void store_in(struct machine *machine, uint32_t holder, uint32_t keys,
                     uint32_t set, bool for_sure)
{
    uint32_t size = set_size(machine->values, keys);
    bool any = false;

    for (uint32_t i = 0; i < size; i++) {
        uint32_t key = set_item(machine->values, keys, i), place;

        if (!is_key(machine, key))
            continue;
        any = true;
        place = item_place(machine, holder, key);
        hold_store(machine, place, PLACE_ITEM, key, set);
        if (for_sure && size == 1)
            machine_write(machine, place, set);
        else
            machine_write_also(machine, place, set);
        machine_publish(machine, place, machine_owns(machine, holder), set);
    }
    if (!any)
        store_also(machine, holder, ITEMS_UNKNOWN, set);
    store_also(machine, holder, ITEMS_ALL, set);
}

/* `x.__dict__["name"] = …` is a store to the attribute. */
static bool store_named(struct machine *machine, uint32_t holder, uint32_t keys,
                        uint32_t set)
{
    struct value of = value_get(machine->values, holder);

    if (of.kind != VALUE_NAMESPACE)
        return false;
    for (uint32_t i = 0; i < set_size(machine->values, keys); i++) {
        struct value name =
            value_get(machine->values, set_item(machine->values, keys, i));

        if (name.kind == VALUE_STRING)
            attribute_set(machine, set_of(machine->values, of.a), name.a, set);
    }
    return true;
}

void item_set(struct machine *machine, uint32_t objects, uint32_t keys,
              uint32_t set)
{
    bool is_one;

    objects = expand_all(machine, objects);
    keys = expand_all(machine, keys);
    is_one = hold_are_one(machine, objects);
    for (uint32_t i = 0; i < set_size(machine->values, objects); i++) {
        uint32_t holder = set_item(machine->values, objects, i);

        value_hold(machine->values, holder, set);
        if (!store_named(machine, holder, keys, set))
            store_in(machine, holder, keys, set, is_one);
    }
}

/* ---- all items, one after the other -------------------------------------- */

uint32_t item_yielded(struct machine *machine, uint32_t scope)
{
    uint32_t set = expand_all(machine, cell_read(&machine->cells, machine->unit,
                                                 CELL_YIELDS, scope, 0));

    hold_result(machine, set);
    return set;
}

static uint32_t any_of(struct machine *machine, uint32_t holder)
{
    struct value of = value_get(machine->values, holder);

    if (of.kind == VALUE_GENERATOR)
        return item_yielded(machine, of.a);
    /* Iterating a dict gives its keys. */
    if (of.kind == VALUE_CONTAINER && of.b != CONTAINER_KEYED)
        return read_items(machine, holder, ITEMS_ALL);
    return SET_EMPTY;
}

uint32_t item_any(struct machine *machine, uint32_t objects)
{
    uint32_t result = items_outside(machine, objects);

    objects = expand_all(machine, objects);
    for (uint32_t i = 0; i < set_size(machine->values, objects); i++)
        result =
            set_union(machine->values, result,
                      any_of(machine, set_item(machine->values, objects, i)));
    return result;
}

uint32_t item_all(struct machine *machine, uint32_t container)
{
    return read_items(machine, container, ITEMS_ALL);
}

static uint32_t unpacked_from(struct machine *machine, uint32_t holder,
                              uint32_t index, uint32_t from_end)
{
    struct value of = value_get(machine->values, holder);

    if (of.kind != VALUE_CONTAINER || of.b >= CONTAINER_KEYED)
        return any_of(machine, holder);
    if (from_end)
        index = of.b - from_end;
    return item_under(machine, holder,
                      value_of(machine->values, VALUE_NUMBER, index, 0));
}

uint32_t item_unpacked(struct machine *machine, uint32_t objects,
                       uint32_t index, uint32_t from_end)
{
    uint32_t result = items_outside(machine, objects);

    objects = expand_all(machine, objects);
    for (uint32_t i = 0; i < set_size(machine->values, objects); i++)
        result = set_union(machine->values, result,
                           unpacked_from(machine,
                                         set_item(machine->values, objects, i),
                                         index, from_end));
    return result;
}
