/* What variables hold: of this unit, and of others that read and write them. */
#include "core/base/memory.h"
#include "core/machine/machine_known.h"

/* What a variable holds; *unsure if it may hold nothing. */
static uint32_t load_variable(struct machine *machine,
                              const struct variable *variable, bool *unsure)
{
    bool own = variable->unit == machine->unit;

    *unsure = machine_read_here(machine, variable->place) == SET_NONE;
    if (variable->written || !own)
        return machine_read(machine, variable->place, own);
    return set_unmarked(
        machine->values,
        env_get(&machine->states, machine->state, variable->place));
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
