/*
 * What modules left that have run: of a place in what another module made, its
 * end says what it holds, and not all that was ever stored there.
 */
#include "core/base/memory.h"
#include "core/machine/machine_parts.h"

/* The module that said at its end what a place holds; a unit. */
struct ending {
    uint32_t place, module;
};

static struct text key_of(const struct ending *ending)
{
    return (struct text){ (const char *)ending, sizeof(*ending) };
}

static uint32_t module_of_unit(const struct machine *machine, uint32_t unit)
{
    return machine->code->unit_of_scope[machine->code->units[unit].module];
}

static uint32_t module_of_scope(const struct machine *machine, uint32_t scope)
{
    return module_of_unit(machine, machine->code->unit_of_scope[scope]);
}

/* The module whose code makes what the place is a part of, or UINT32_MAX. */
static uint32_t home_of(const struct machine *machine, uint32_t place)
{
    const uint32_t *words = code_place_words(machine->code, place);
    struct value of;

    if (words[0] == PLACE_VARIABLE)
        return module_of_scope(machine, words[1]);
    of = value_get(machine->values, words[1]);
    if (of.kind == VALUE_OBJECT || of.kind == VALUE_CONTAINER)
        return module_of_unit(machine, code_unit_of(machine->code, of.a));
    return of.kind == VALUE_FUNCTION ? module_of_scope(machine, of.a)
                                     : UINT32_MAX;
}

/* Is the place a part of what one of several calls made? */
static bool is_of_call(const struct machine *machine, uint32_t place)
{
    const uint32_t *words = code_place_words(machine->code, place);

    return words[0] != PLACE_VARIABLE && hold_is_made_anew(machine, words[1]);
}

/* ---- a module ends ------------------------------------------------------- */

/* Is the place a part of what this module made, or of a class of it? */
static bool is_own(const struct machine *machine, uint32_t place)
{
    const uint32_t *words = code_place_words(machine->code, place);

    return words[0] == PLACE_VARIABLE
               ? machine->scopes->items[words[1]].parent ==
                     machine->code->units[machine->unit].scope
               : machine_owns(machine, words[1]);
}

static void add_ending(struct machine *machine, uint32_t place, uint32_t set)
{
    const struct ending ending = { place, machine->unit };

    while (machine->past_count <= place)
        *ARRAY_PUSH(machine->past) = false;
    machine->past[place] = true;
    intern_add(&machine->endings, key_of(&ending));
    cell_add(&machine->cells, machine->values, CELL_LAST, place,
             machine->unit + 1, set);
}

void past_end(struct machine *machine)
{
    for (size_t i = 0; machine->tree && i < machine->held_count; i++) {
        uint32_t place = machine->held[i].place;
        uint32_t set = env_get(&machine->states, machine->state, place);

        if (set != SET_NONE &&
            (is_own(machine, place) || is_of_call(machine, place)))
            add_ending(machine, place, set);
    }
}

/* ---- and another one asks ------------------------------------------------ */

/* By which modules this unit knows what the place is a part of. */
static uint32_t makers_of(struct machine *machine, uint32_t place)
{
    const uint32_t *words = code_place_words(machine->code, place);
    uint32_t got, makers = SET_EMPTY;

    if (!is_of_call(machine, place))
        return set_of(machine->values, value_of(machine->values, VALUE_NUMBER,
                                                home_of(machine, place), 0));
    got = hold_got(machine, words[1]);
    for (uint32_t i = 0; i < set_size(machine->values, got); i++) {
        uint32_t by =
            value_get(machine->values, set_item(machine->values, got, i)).a;

        if (by < machine->code->operations_count)
            by = module_of_unit(machine, code_unit_of(machine->code, by));
        makers =
            set_union(machine->values, makers,
                      set_of(machine->values,
                             value_of(machine->values, VALUE_NUMBER, by, 0)));
    }
    return makers;
}

/* A module knows all of what it makes itself, if it knows what calls did to it.
   What a function or a class body stored first, it does not. */
static bool is_filled_elsewhere(const struct machine *machine, uint32_t place)
{
    return code_place_words(machine->code, place)[0] == PLACE_VARIABLE ||
           is_of_call(machine, place);
}

static void add_left(struct machine *machine, uint32_t place, uint32_t module,
                     struct past *past)
{
    const struct ending ending = { place, module };
    uint32_t set =
        cell_read(&machine->cells, machine->unit, CELL_LAST, place, module + 1);
    bool is_open = set_has(machine->values, set, VALUE_OUTSIDE);

    past->is_known &=
        module != module_of_unit(machine, machine->unit) &&
        intern_find(&machine->endings, key_of(&ending)) != INTERN_NONE &&
        !(is_open && is_filled_elsewhere(machine, place));
    past->is_absent |= set_has(machine->values, set, VALUE_ABSENT);
    past->is_sure &= past->is_known && !is_open && !past->is_absent;
    past->set = set_union(machine->values, past->set,
                          set_unmarked(machine->values, set));
}

void past_of(struct machine *machine, uint32_t place, struct past *past)
{
    uint32_t count;

    *past = (struct past){ .makers = SET_EMPTY, .set = SET_EMPTY };
    if (machine->expands || machine->coarse || place >= machine->past_count ||
        !machine->past[place])
        return;
    past->makers = makers_of(machine, place);
    count = set_size(machine->values, past->makers);
    past->is_known = past->is_sure = count > 0;
    for (uint32_t i = 0; i < count; i++)
        add_left(machine, place,
                 value_get(machine->values,
                           set_item(machine->values, past->makers, i))
                     .a,
                 past);
}

bool past_is_to_come(struct machine *machine, uint32_t place, uint32_t module)
{
    return !machine->coarse && machine_is_module(machine) &&
           home_of(machine, place) == machine->unit &&
           !order_may_run_before(machine, module);
}
