/* Calls: of functions and classes of ours, and of what wraps them. */
#include "core/base/memory.h"
#include "core/machine/machine_known.h"

#include <stdlib.h>

/* ---- arguments ----------------------------------------------------------- */

static struct argument argument_at(const struct machine *machine,
                                   const struct passed *passed, uint32_t index)
{
    return machine->code->arguments[passed->call->arguments + index];
}

static uint32_t argument_count(const struct passed *passed)
{
    return passed->call ? passed->call->count : 0;
}

uint32_t call_argument(const struct machine *machine,
                       const struct passed *passed, uint32_t index)
{
    uint32_t position = passed->self != SET_NONE;

    if (position && index == 0)
        return passed->self;
    for (uint32_t i = 0; i < argument_count(passed); i++) {
        enum argument_kind kind = argument_at(machine, passed, i).kind;

        if (kind == ARGUMENT_SPLAT)
            return SET_NONE;
        if (kind == ARGUMENT_PLAIN && position++ == index)
            return machine->stack[passed->stack + i];
    }
    return SET_NONE;
}

/* ---- functions ----------------------------------------------------------- */

static const struct parameter *parameter_at(const struct machine *machine,
                                            const struct scope *function,
                                            uint32_t index)
{
    return &machine->scopes->parameters[function->parameters + index];
}

static bool takes_position(const struct parameter *parameter)
{
    return parameter->kind == PARAMETER_PLAIN && !parameter->keyword_only;
}

/* Behind a '*' argument, positions are not known. */
static void bind_positions(const struct machine *machine,
                           const struct scope *function,
                           const struct passed *passed, uint32_t *arguments)
{
    uint32_t index = 0, i = 0;

    if (passed->self != SET_NONE && function->parameters_count)
        arguments[index++] = passed->self;
    for (; i < argument_count(passed); i++) {
        enum argument_kind kind = argument_at(machine, passed, i).kind;

        while (index < function->parameters_count &&
               !takes_position(parameter_at(machine, function, index)))
            index++;
        if (index == function->parameters_count || kind == ARGUMENT_SPLAT)
            return;
        if (kind == ARGUMENT_PLAIN)
            arguments[index++] = machine->stack[passed->stack + i];
    }
}

static void bind_keyword(struct machine *machine, const struct scope *function,
                         uint32_t symbol, uint32_t set, uint32_t *arguments)
{
    for (uint32_t i = 0; i < function->parameters_count; i++) {
        const struct parameter *parameter = parameter_at(machine, function, i);

        if (deadline_tick(machine->deadline))
            return;
        if (parameter->kind == PARAMETER_PLAIN && parameter->symbol == symbol) {
            arguments[i] = set;
            return;
        }
    }
}

/* One set for each parameter; SET_NONE where nothing definite was passed. */
static uint32_t *bound_arguments(struct machine *machine, uint32_t scope,
                                 const struct passed *passed)
{
    const struct scope *function = &machine->scopes->items[scope];
    uint32_t *arguments =
        memory_new(function->parameters_count, sizeof(*arguments));

    bind_positions(machine, function, passed, arguments);
    for (uint32_t i = 0; i < argument_count(passed); i++) {
        struct argument argument = argument_at(machine, passed, i);

        if (argument.kind == ARGUMENT_KEYWORD)
            bind_keyword(machine, function, argument.symbol,
                         machine->stack[passed->stack + i], arguments);
    }
    return arguments;
}

/* An object of a class of ours is known as its instance already. */
static bool is_known_self(const struct machine *machine, uint32_t scope,
                          uint32_t index, uint32_t set)
{
    struct value value;

    if (index != 0 || set_size(machine->values, set) != 1 ||
        machine->scopes->items[scope].receiver == RECEIVER_NONE)
        return false;
    value = value_get(machine->values, set_item(machine->values, set, 0));
    return value.kind == VALUE_INSTANCE ||
           (value.kind == VALUE_OBJECT && value.b);
}

static void pass_arguments(struct machine *machine, uint32_t scope,
                           const uint32_t *arguments)
{
    uint32_t count = machine->scopes->items[scope].parameters_count;

    for (uint32_t i = 0; i < count; i++)
        if (arguments[i] != SET_NONE &&
            !is_known_self(machine, scope, i, arguments[i]))
            cell_add(&machine->cells, machine->values, CELL_PARAMETER, scope, i,
                     arguments[i]);
}

static uint32_t results_of(struct machine *machine, uint32_t scope,
                           const uint32_t *arguments)
{
    const struct scope *function = &machine->scopes->items[scope];
    uint32_t returned, result;

    if (function->is_generator)
        return set_of(machine->values,
                      value_of(machine->values, VALUE_GENERATOR, scope, 0));
    returned =
        cell_read(&machine->cells, machine->unit, CELL_RETURNS, scope, 0);
    result = expand_result(machine, returned, scope, arguments,
                           function->parameters_count);
    if (machine->coarse)
        result =
            set_union(machine->values, result, expand_all(machine, returned));
    return result;
}

static uint32_t call_function(struct machine *machine, uint32_t scope,
                              const struct passed *passed)
{
    uint32_t unit = machine->code->unit_of_scope[scope], result;
    uint32_t *arguments = bound_arguments(machine, scope, passed);

    pass_arguments(machine, scope, arguments);
    machine_show_variables(machine, unit);
    result = results_of(machine, scope, arguments);
    hold_result(machine, result);
    machine_take_variables(machine, unit);
    free(arguments);
    return result;
}

/* ---- classes and objects ------------------------------------------------- */

static uint32_t call_attribute(struct machine *machine, uint32_t object,
                               uint32_t symbol, const struct passed *passed)
{
    uint32_t methods =
        attribute_get(machine, set_of(machine->values, object), symbol);
    bool known;

    return call_all(machine, expand_all(machine, methods), passed, &known);
}

/* Is the field one of a base's, and stands where that does? */
static bool is_of_base(const struct machine *machine,
                       const struct lineage *lineage, uint32_t number,
                       uint32_t symbol)
{
    for (uint32_t i = number + 1; i < lineage->count; i++) {
        const struct scope *base = &machine->scopes->items[lineage->scopes[i]];

        for (uint32_t j = 0; base->has_fields && j < base->parameters_count;
             j++)
            if (parameter_at(machine, base, j)->symbol == symbol ||
                deadline_tick(machine->deadline))
                return true;
    }
    return false;
}

/* Positional arguments: the fields of bases come first. */
static void store_positions(struct machine *machine, uint32_t scope,
                            const struct passed *passed)
{
    struct lineage lineage;
    uint32_t position = 0;

    lineage_of(machine, scope, &lineage);
    for (uint32_t i = lineage.count; i > 0; i--) {
        struct scope base = machine->scopes->items[lineage.scopes[i - 1]];

        for (uint32_t j = 0; base.has_fields && j < base.parameters_count;
             j++) {
            struct parameter field = *parameter_at(machine, &base, j);
            uint32_t set;

            if (field.keyword_only ||
                is_of_base(machine, &lineage, i - 1, field.symbol))
                continue;
            set = call_argument(machine, passed, position++);
            if (set == SET_NONE)
                return;
            attribute_field(machine, scope, field.symbol, set);
        }
    }
}

/* Without __init__, a dataclass stores its arguments. */
static void store_fields(struct machine *machine, uint32_t scope,
                         const struct passed *passed)
{
    if (!machine->scopes->items[scope].has_fields)
        return;
    if (!scope_binding(machine->scopes, scope, machine->symbols[KNOWN_INIT]))
        store_positions(machine, scope, passed);
    for (uint32_t i = 0; i < argument_count(passed); i++) {
        struct argument argument = argument_at(machine, passed, i);

        if (argument.kind == ARGUMENT_KEYWORD)
            attribute_field(machine, scope, argument.symbol,
                            machine->stack[passed->stack + i]);
    }
}

static uint32_t call_class(struct machine *machine, uint32_t class_value,
                           const struct passed *passed)
{
    uint32_t object = value_of(machine->values, VALUE_OBJECT,
                               machine->operation, class_value);
    struct passed arguments = *passed;

    arguments.self = SET_NONE;
    call_attribute(machine, object, machine->symbols[KNOWN_INIT], &arguments);
    store_fields(machine, value_get(machine->values, class_value).a,
                 &arguments);
    return set_of(machine->values, object);
}

/* ---- whatever is called -------------------------------------------------- */

static void add_site(struct machine *machine, const struct passed *passed,
                     enum target target)
{
    uint32_t call = passed->call
                        ? (uint32_t)(passed->call - machine->code->calls)
                        : UINT32_MAX;
    uint32_t words[2] = { call, target };
    uint32_t count = intern_count(&machine->seen);

    if (passed->call &&
        intern_add(&machine->seen, (struct text){ (const char *)words,
                                                  sizeof(words) }) == count)
        *ARRAY_PUSH(machine->result->sites) =
            (struct machine_site){ call, target };
}

static uint32_t call_member(struct machine *machine, uint32_t callee,
                            const struct passed *passed, bool *known)
{
    enum target target = known_target(machine, callee);
    uint32_t result = SET_EMPTY;

    if (target != TARGET_COUNT) {
        add_site(machine, passed, target);
        *known = true;
    } else {
        bool is_known = known_call(machine, callee, passed, &result);

        *known |= is_known;
        if (!is_known)
            need_called(machine, callee, passed);
    }
    return result;
}

static uint32_t call_bound(struct machine *machine, struct value bound,
                           const struct passed *passed, bool *known)
{
    struct passed shifted = *passed;

    shifted.self = set_of(machine->values, bound.b);
    return call_all(machine, set_of(machine->values, bound.a), &shifted, known);
}

static uint32_t call_managed(struct machine *machine, uint32_t function,
                             const struct passed *passed)
{
    uint32_t scope = value_get(machine->values, function).a;

    call_function(machine, scope, passed);
    return set_of(machine->values,
                  value_of(machine->values, VALUE_MANAGER, scope, 0));
}

static uint32_t call_value(struct machine *machine, uint32_t callee,
                           const struct passed *passed, bool *known)
{
    struct value of = value_get(machine->values, callee);

    if (of.kind == VALUE_MEMBER || of.kind == VALUE_MODULE ||
        of.kind == VALUE_METHOD || of.kind == VALUE_SOURCE)
        return call_member(machine, callee, passed, known);
    if (of.kind == VALUE_BOUND)
        return call_bound(machine, of, passed, known);
    if (of.kind == VALUE_PARTIAL || of.kind == VALUE_STATIC)
        return call_all(machine,
                        expand_all(machine, set_of(machine->values, of.a)),
                        passed, known);
    *known |= of.kind == VALUE_FUNCTION || of.kind == VALUE_CLASS ||
              of.kind == VALUE_MANAGED;
    if (of.kind == VALUE_FUNCTION)
        return call_function(machine, of.a, passed);
    if (of.kind == VALUE_CLASS)
        return call_class(machine, callee, passed);
    if (of.kind == VALUE_MANAGED)
        return call_managed(machine, of.a, passed);
    if ((of.kind == VALUE_OBJECT && of.b) || of.kind == VALUE_INSTANCE)
        return call_attribute(machine, callee, machine->symbols[KNOWN_CALL],
                              passed);
    if (of.kind == VALUE_OBJECT)
        need_called_object(machine, callee);
    return SET_EMPTY;
}

uint32_t call_all(struct machine *machine, uint32_t callees,
                  const struct passed *passed, bool *known)
{
    uint32_t result = SET_EMPTY;

    *known = false;
    if (machine->nesting >= MACHINE_NESTING_MAX) {
        machine->over_limit = "calls lead to calls too deep";
        return SET_EMPTY;
    }
    machine->nesting++;
    for (uint32_t i = 0; i < set_size(machine->values, callees); i++) {
        bool this_known = false;

        result =
            set_union(machine->values, result,
                      call_value(machine, set_item(machine->values, callees, i),
                                 passed, &this_known));
        *known |= this_known;
    }
    machine->nesting--;
    return result;
}
