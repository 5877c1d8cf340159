/* Parameters, and members of parameters, in terms of what calls passed. */
#include "core/intern.h"
#include "core/machine_parts.h"
#include "core/memory.h"

#include <stdlib.h>

bool expand_is_symbolic(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);

    while (of.kind == VALUE_MEMBER)
        of = value_get(machine->values, of.a);
    return of.kind == VALUE_PARAMETER;
}

/* Values that are to be looked at, each once; found ones are the result. */
struct search {
    uint32_t *items;
    size_t items_count, items_room;
    uint32_t asked, result; /* sets */
};

static void search_set(struct machine *machine, struct search *search,
                       uint32_t set)
{
    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        *ARRAY_PUSH(search->items) = set_item(machine->values, set, i);
}

/* A parameter is what calls passed, a member what its object has. */
static void search_value(struct machine *machine, struct search *search,
                         uint32_t value)
{
    struct value of = value_get(machine->values, value);

    if (!expand_is_symbolic(machine, value)) {
        search->result = set_union(machine->values, search->result,
                                   set_of(machine->values, value));
        return;
    }
    if (set_has(machine->values, search->asked, value))
        return;
    search->asked = set_union(machine->values, search->asked,
                              set_of(machine->values, value));
    if (of.kind == VALUE_PARAMETER)
        search_set(machine, search,
                   cell_read(&machine->cells, machine->unit, CELL_PARAMETER,
                             of.a, of.b));
    else
        search_set(
            machine, search,
            attribute_get(machine,
                          expand_all(machine, set_of(machine->values, of.a)),
                          of.b));
}

static bool has_symbolic(const struct machine *machine, uint32_t set)
{
    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        if (expand_is_symbolic(machine, set_item(machine->values, set, i)))
            return true;
    return false;
}

uint32_t expand_all(struct machine *machine, uint32_t set)
{
    struct search search = { .asked = SET_EMPTY, .result = SET_EMPTY };

    if (!has_symbolic(machine, set))
        return set;
    if (machine->nesting >= MACHINE_NESTING_MAX)
        return SET_EMPTY;
    machine->nesting++;
    search_set(machine, &search, set);
    while (search.items_count)
        search_value(machine, &search, search.items[--search.items_count]);
    machine->nesting--;
    free(search.items);
    return search.result;
}

/* Recursive: as deep as members of members go. */
static uint32_t replaced(struct machine *machine, uint32_t value,
                         uint32_t scope, const uint32_t *arguments,
                         uint32_t count)
{
    struct value of = value_get(machine->values, value);
    uint32_t itself = set_of(machine->values, value), object;

    if (!expand_is_symbolic(machine, value))
        return itself;
    if (of.kind == VALUE_PARAMETER)
        return of.a == scope && of.b < count && arguments[of.b] != SET_NONE
                   ? arguments[of.b]
                   : itself;
    object = replaced(machine, of.a, scope, arguments, count);
    return object == set_of(machine->values, of.a)
               ? itself
               : attribute_get(machine, object, of.b);
}

uint32_t expand_result(struct machine *machine, uint32_t set, uint32_t scope,
                       const uint32_t *arguments, uint32_t count)
{
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        result = set_union(machine->values, result,
                           replaced(machine, set_item(machine->values, set, i),
                                    scope, arguments, count));
    return result;
}
