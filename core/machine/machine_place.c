/* What places hold: here, by this unit's own state; from outside, by cells. */
#include "core/base/memory.h"
#include "core/machine/machine_known.h"

bool machine_owns(const struct machine *machine, uint32_t value)
{
    struct value of = value_get(machine->values, value);
    const struct unit *unit;

    if (machine->expands)
        return false;
    unit = &machine->code->units[machine->unit];
    if (of.kind == VALUE_CLASS)
        return machine->code->unit_of_scope[of.a] == machine->unit;
    return (of.kind == VALUE_OBJECT || of.kind == VALUE_CONTAINER) &&
           of.a - unit->operations < unit->count;
}

bool machine_is_module(const struct machine *machine)
{
    const struct unit *unit;

    if (machine->expands)
        return false;
    unit = &machine->code->units[machine->unit];
    return unit->scope == unit->module;
}

/* ---- one place ----------------------------------------------------------- */

/* What a module stored in a place, unless that is in `past`. */
static uint32_t from_module(struct machine *machine, uint32_t place,
                            uint32_t stored, const struct past *past)
{
    uint32_t module = value_get(machine->values, stored).a;

    if (module == machine->unit ||
        set_has(machine->values, past->makers, stored) ||
        past_is_to_come(machine, place, module))
        return SET_EMPTY;
    return cell_read(&machine->cells, machine->unit, CELL_FOREIGN, place,
                     module + 1);
}

/* A module runs once: its state says what it has stored itself, and what it
   will store is not there yet. VALUE_OUTSIDE in the cell: modules stored. */
static uint32_t foreign_but(struct machine *machine, uint32_t place,
                            const struct past *past)
{
    struct values *values = machine->values;
    uint32_t set =
        cell_read(&machine->cells, machine->unit, CELL_FOREIGN, place, 0);
    uint32_t modules;

    if (!set_has(values, set, VALUE_OUTSIDE))
        return set;
    modules = cell_read(&machine->cells, machine->unit, CELL_MODULES, place, 0);
    for (uint32_t i = 0; i < set_size(values, modules); i++)
        set = set_union(
            values, set,
            from_module(machine, place, set_item(values, modules, i), past));
    return set_without(values, set, VALUE_OUTSIDE);
}

uint32_t machine_foreign(struct machine *machine, uint32_t place)
{
    const struct past past = { .makers = SET_EMPTY };

    return foreign_but(machine, place, &past);
}

static void tell_module(struct machine *machine, uint32_t place, uint32_t set)
{
    struct cells *cells = &machine->cells;
    struct values *values = machine->values;

    cell_add(cells, values, CELL_FOREIGN, place, machine->unit + 1, set);
    cell_add(cells, values, CELL_MODULES, place, 0,
             set_of(values, value_of(values, VALUE_NUMBER, machine->unit, 0)));
    cell_add(cells, values, CELL_FOREIGN, place, 0,
             set_of(values, VALUE_OUTSIDE));
}

/* `absent`: what others stored before does not count any more. */
static uint32_t from_outside(struct machine *machine, uint32_t place, bool own,
                             bool absent)
{
    struct past past = { .makers = SET_EMPTY };
    uint32_t set;

    if (!own)
        past_of(machine, place, &past);
    if (!past.is_known && !absent)
        past.makers = SET_EMPTY;
    set = foreign_but(machine, place, &past);
    if ((!own && !absent) || machine->coarse)
        set =
            set_union(machine->values, set,
                      past.is_known ? past.set
                                    : cell_read(&machine->cells, machine->unit,
                                                CELL_OWN, place, 0));
    return hold_outside(machine, set);
}

/* Is something else possible than what a state says of a place? */
static bool is_open(const struct machine *machine, uint32_t set)
{
    return set == SET_NONE || set_has(machine->values, set, VALUE_OUTSIDE) ||
           set_has(machine->values, set, VALUE_ABSENT);
}

static bool is_absent(const struct machine *machine, uint32_t set)
{
    return set_has(machine->values, set, VALUE_ABSENT) &&
           !set_has(machine->values, set, VALUE_OUTSIDE);
}

bool machine_is_absent(const struct machine *machine, uint32_t place)
{
    return is_absent(machine, env_get(&machine->states, machine->state, place));
}

uint32_t machine_read_here(struct machine *machine, uint32_t place)
{
    uint32_t set = env_get(&machine->states, machine->state, place);

    return is_open(machine, set) ? SET_NONE : set;
}

uint32_t machine_read_sure(struct machine *machine, uint32_t place)
{
    uint32_t set = env_get(&machine->states, machine->state, place);
    struct past past;

    if (set != SET_NONE || !machine_is_module(machine))
        return is_open(machine, set) ? SET_NONE : set;
    past_of(machine, place, &past);
    return past.is_sure && foreign_but(machine, place, &past) == SET_EMPTY
               ? past.set
               : SET_NONE;
}

uint32_t machine_read(struct machine *machine, uint32_t place, bool own)
{
    uint32_t set = env_get(&machine->states, machine->state, place);

    if (!is_open(machine, set) && !machine->coarse)
        return set;
    return set_union(
        machine->values, set_unmarked(machine->values, set),
        from_outside(machine, place, own, is_absent(machine, set)));
}

/* An exception may come at any time: what is written, its handlers may see. */
static void write_for_handlers(struct machine *machine, uint32_t place,
                               uint32_t set)
{
    for (size_t i = 0; i < machine->handlers_count; i++) {
        struct meeting *meeting = &machine->meetings[machine->handlers[i]];
        uint32_t old = env_get(&machine->states, meeting->state, place);
        uint32_t both =
            set_union(machine->values,
                      old ? old : set_of(machine->values, VALUE_OUTSIDE), set);

        if (both != old)
            meeting->state =
                env_put(&machine->states, meeting->state, place, both);
    }
}

void machine_write(struct machine *machine, uint32_t place, uint32_t set)
{
    if (env_get(&machine->states, machine->state, place) == set)
        return;
    machine->state = env_put(&machine->states, machine->state, place, set);
    write_for_handlers(machine, place, set);
}

void machine_write_also(struct machine *machine, uint32_t place, uint32_t set)
{
    uint32_t old = env_get(&machine->states, machine->state, place);

    if (old == SET_NONE)
        old = set_of(machine->values, VALUE_OUTSIDE);
    machine_write(machine, place, set_union(machine->values, old, set));
}

void machine_publish(struct machine *machine, uint32_t place, bool own,
                     uint32_t set)
{
    set = set_unmarked(machine->values, set);
    if (own || machine->coarse || !machine_is_module(machine))
        cell_add(&machine->cells, machine->values,
                 own ? CELL_OWN : CELL_FOREIGN, place, 0, set);
    else if (set > SET_EMPTY)
        tell_module(machine, place, set);
}

/* ---- variables ----------------------------------------------------------- */

/* What a variable holds; *unsure if it may hold nothing. */
static uint32_t load_variable(struct machine *machine,
                              const struct variable *variable, bool *unsure)
{
    bool own = variable->unit == machine->unit;
    uint32_t set = env_get(&machine->states, machine->state, variable->place);

    *unsure = is_open(machine, set);
    if (own && !variable->written && !*unsure)
        return set;
    set = set_unmarked(machine->values, set);
    if ((*unsure || machine->coarse) && (variable->written || !own))
        set = set_union(machine->values, set,
                        from_outside(machine, variable->place, own, false));
    return set;
}

/*
 * Can the name be the builtin? Not if the module binds it, says Python; if it
 * is not local, says CodeQL.
 */
static bool may_be_builtin(const struct machine *machine,
                           const struct reference *reference, bool unsure)
{
    uint32_t module = machine->code->units[machine->unit].module;
    uint32_t last =
        machine->code->tried[reference->variables + reference->count - 1];

    if (machine->coarse)
        return machine->code->variables[last].scope == module;
    return unsure &&
           scope_binding(machine->scopes, module, reference->symbol) == 0;
}

uint32_t machine_load(struct machine *machine, uint32_t number)
{
    struct reference reference = machine->code->references[number];
    uint32_t set = SET_EMPTY, builtin;
    bool unsure = true;

    for (uint32_t i = 0; i < reference.count && unsure; i++) {
        uint32_t tried = machine->code->tried[reference.variables + i];

        set = set_union(
            machine->values, set,
            load_variable(machine, &machine->code->variables[tried], &unsure));
    }
    if (may_be_builtin(machine, &reference, unsure) &&
        known_builtin(machine, reference.symbol, &builtin))
        set = set_union(machine->values, set, set_of(machine->values, builtin));
    return set;
}

uint32_t machine_take(struct machine *machine, uint32_t variable)
{
    uint32_t place = machine->code->variables[variable].place;
    uint32_t set = env_get(&machine->states, machine->state, place);

    machine->state = env_put(&machine->states, machine->state, place, SET_NONE);
    return set == SET_NONE ? SET_EMPTY : set_unmarked(machine->values, set);
}

static bool is_class_attribute(const struct machine *machine,
                               const struct variable *variable)
{
    return machine->scopes->items[variable->scope].kind == SCOPE_CLASS;
}

static void publish_to_bases(struct machine *machine,
                             const struct variable *variable, uint32_t set)
{
    struct lineage lineage;

    lineage_of(machine, variable->scope, &lineage);
    for (uint32_t i = 1; i < lineage.count; i++)
        cell_add(&machine->cells, machine->values, CELL_OVERRIDES,
                 lineage.scopes[i], variable->symbol, set);
}

/* CodeQL takes an imported name for exported, whatever it is bound to then. */
static void publish_import(struct machine *machine,
                           const struct variable *variable, uint32_t set)
{
    if (machine->scopes->items[variable->scope].kind == SCOPE_MODULE &&
        scope_binding(machine->scopes, variable->scope, variable->symbol) &
            (BINDING_IMPORTED | BINDING_FROM))
        cell_add(&machine->cells, machine->values, CELL_EXPORT, variable->scope,
                 variable->symbol, set);
}

void machine_store(struct machine *machine, uint32_t number, uint32_t set)
{
    const struct variable *variable = &machine->code->variables[number];
    bool own = variable->unit == machine->unit;

    machine_write(machine, variable->place, set);
    if (machine->coarse)
        publish_import(machine, variable, set);
    if (is_class_attribute(machine, variable)) {
        if (need_is_tracked(machine, set))
            need_bases(machine, variable->scope, INTERN_NONE);
        hold_store(machine, variable->place, PLACE_ATTRIBUTE, variable->symbol,
                   set);
        machine_publish(machine, variable->place, true, set);
        publish_to_bases(machine, variable, set);
    } else if (!own) {
        machine_publish(machine, variable->place, false, set);
    } else if (variable->readers && machine->coarse &&
               machine->scopes->items[variable->scope].kind != SCOPE_MODULE) {
        machine_publish(machine, variable->place, true, set);
    }
}

/* ---- variables that others read ------------------------------------------ */

/* What others were told last of a variable. */
static uint32_t *told_of(struct machine *machine, uint32_t number)
{
    while (machine->told_count <= number)
        *ARRAY_PUSH(machine->told) = SET_NONE;
    return &machine->told[number];
}

static uint32_t held_by(const struct machine *machine, uint32_t number)
{
    return env_get(&machine->states, machine->state,
                   machine->code->variables[number].place);
}

static void publish_variable(struct machine *machine, uint32_t number)
{
    uint32_t set = held_by(machine, number);
    uint32_t *told = told_of(machine, number);

    if (*told == set)
        return;
    *told = set;
    machine_publish(machine, machine->code->variables[number].place, true, set);
}

void machine_publish_variables(struct machine *machine)
{
    const struct unit *unit = &machine->code->units[machine->unit];

    for (uint32_t link = unit->captured; link;
         link = machine->code->links[link - 1].next)
        publish_variable(machine, machine->code->links[link - 1].number);
}

/* Parameters and names of a star are stored without an operation. */
static bool is_changing(const struct machine *machine, uint32_t number)
{
    const struct variable *variable = &machine->code->variables[number];
    const struct scope *scope = &machine->scopes->items[variable->scope];

    return variable->stores >
           (scope->has_star || scope->parameters_count ? 0 : 1);
}

/* Does something read it that the call runs? */
static bool is_read(const struct machine *machine, uint32_t number)
{
    const struct code *code = machine->code;

    for (uint32_t link = code->variables[number].readers; link;
         link = code->links[link - 1].next)
        if (reach_has(machine, code->links[link - 1].number))
            return true;
    return false;
}

/*
 * Others are told of variables in the end. What is stored more than once has
 * to be told when they are called.
 */
static void show_changing(struct machine *machine, uint32_t unit)
{
    const struct code *code = machine->code;
    bool is_reached = false;

    for (uint32_t link = code->units[machine->unit].captured; link;
         link = code->links[link - 1].next) {
        uint32_t number = code->links[link - 1].number;

        if (!is_changing(machine, number) ||
            *told_of(machine, number) == held_by(machine, number))
            continue;
        if (!is_reached)
            reach_from(machine, unit);
        is_reached = true;
        if (is_read(machine, number))
            publish_variable(machine, number);
    }
}

void machine_show_variables(struct machine *machine, uint32_t unit)
{
    if (machine->expands)
        return;
    reach_call(machine, unit);
    if (machine->coarse)
        machine_publish_variables(machine);
    else
        show_changing(machine, unit);
}

/* ---- variables that others write ----------------------------------------- */

static void take_written(struct machine *machine, uint32_t unit)
{
    const struct code *code = machine->code;

    for (uint32_t link = code->units[unit].written; link;
         link = code->links[link - 1].next) {
        const struct variable *variable =
            &code->variables[code->links[link - 1].number];
        uint32_t set;

        if (variable->unit != machine->unit)
            continue;
        set = machine_foreign(machine, variable->place);
        if (set > SET_EMPTY)
            machine_write_also(machine, variable->place, set);
    }
}

void machine_take_variables(struct machine *machine, uint32_t unit)
{
    if (machine->expands)
        return;
    hold_call(machine, unit);
    if (!machine->code->units[machine->unit].is_written)
        return;
    reach_from(machine, unit);
    for (size_t i = 0; i < machine->reach.units_count; i++)
        take_written(machine, machine->reach.units[i]);
}
