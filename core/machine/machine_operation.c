/* Operations that move sets. */
#include <string.h>

#include "core/base/memory.h"
#include "core/machine/machine_known.h"

void machine_push(struct machine *machine, uint32_t set)
{
    *ARRAY_PUSH(machine->stack) = set;
}

uint32_t machine_pop(struct machine *machine)
{
    return machine->stack[--machine->stack_count];
}

static void push_value(struct machine *machine, uint32_t value)
{
    machine_push(machine, set_of(machine->values, value));
}

static void run_constant(struct machine *machine,
                         const struct operation *operation)
{
    push_value(machine, operation->a);
}

static void run_unknown(struct machine *machine,
                        const struct operation *operation)
{
    (void)operation;
    machine_push(machine, SET_EMPTY);
}

static void run_absent(struct machine *machine,
                       const struct operation *operation)
{
    (void)operation;
    machine_push(machine, set_of(machine->values, VALUE_ABSENT));
}

static void run_pop(struct machine *machine, const struct operation *operation)
{
    (void)operation;
    machine->stack_count--;
}

static void run_duplicate(struct machine *machine,
                          const struct operation *operation)
{
    (void)operation;
    machine_push(machine, machine->stack[machine->stack_count - 1]);
}

static void run_load(struct machine *machine, const struct operation *operation)
{
    machine_push(machine, machine_load(machine, operation->a));
}

static void run_store(struct machine *machine,
                      const struct operation *operation)
{
    machine_store(machine, operation->a, machine_pop(machine));
}

static void run_join(struct machine *machine, const struct operation *operation)
{
    machine_write_also(machine, machine->code->variables[operation->a].place,
                       machine_pop(machine));
}

static void run_take(struct machine *machine, const struct operation *operation)
{
    machine_push(machine, machine_take(machine, operation->a));
}

static void run_delete(struct machine *machine,
                       const struct operation *operation)
{
    machine_store(machine, operation->a, SET_EMPTY);
}

/* ---- objects ------------------------------------------------------------- */

static void run_attribute(struct machine *machine,
                          const struct operation *operation)
{
    uint32_t object = machine_pop(machine);

    machine_push(machine, attribute_get(machine, object, operation->a));
}

static void run_store_attribute(struct machine *machine,
                                const struct operation *operation)
{
    uint32_t object = machine_pop(machine), set = machine_pop(machine);

    attribute_set(machine, object, operation->a, set);
}

static void run_item(struct machine *machine, const struct operation *operation)
{
    uint32_t key = machine_pop(machine), object = machine_pop(machine);

    (void)operation;
    machine_push(machine, item_get(machine, object, key));
}

static void run_store_item(struct machine *machine,
                           const struct operation *operation)
{
    uint32_t key = machine_pop(machine), object = machine_pop(machine);
    uint32_t set = machine_pop(machine);

    (void)operation;
    item_set(machine, object, key, set);
}

static uint32_t number_key(struct machine *machine, uint32_t number)
{
    return set_of(machine->values,
                  value_of(machine->values, VALUE_NUMBER, number, 0));
}

static void run_container(struct machine *machine,
                          const struct operation *operation)
{
    uint32_t set = set_of(
        machine->values,
        item_container(machine, operation->b ? CONTAINER_GROWS : operation->a));
    size_t first = machine->stack_count - operation->a;

    for (uint32_t i = 0; i < operation->a; i++)
        if (machine->stack[first + i] > SET_EMPTY)
            item_set(machine, set,
                     operation->b ? SET_EMPTY : number_key(machine, i),
                     machine->stack[first + i]);
    machine->stack_count = first;
    machine_push(machine, set);
}

static void run_dictionary(struct machine *machine,
                           const struct operation *operation)
{
    uint32_t set =
        set_of(machine->values, item_container(machine, CONTAINER_KEYED));
    size_t first = machine->stack_count - 2 * (size_t)operation->a;

    for (size_t at = first; at < machine->stack_count; at += 2)
        if (machine->stack[at + 1] > SET_EMPTY)
            item_set(machine, set, machine->stack[at], machine->stack[at + 1]);
    machine->stack_count = first;
    machine_push(machine, set);
}

static void run_iterate(struct machine *machine,
                        const struct operation *operation)
{
    uint32_t iterable = machine->stack[machine->stack_count - 1];

    (void)operation;
    machine_push(machine, item_any(machine, iterable));
}

static void run_unpack(struct machine *machine,
                       const struct operation *operation)
{
    uint32_t set = machine_pop(machine);

    for (uint32_t i = operation->a; i > 0; i--) {
        bool behind = operation->b && i > operation->b;

        if (i == operation->b)
            machine_push(machine, SET_EMPTY);
        else
            machine_push(machine,
                         item_unpacked(machine, set, i - 1,
                                       behind ? operation->a - i + 1 : 0));
    }
}

/* ---- binary operators ---------------------------------------------------- */

/* Is it a part of a name that a module or its member can be got by? */
static bool is_part(struct text text)
{
    static const char names[] =
        "mktemp tempnam tmpnam tempfile os builtins importlib functools "
        "import_module __import__ getattr partial";

    return text.size < sizeof(names) &&
           memmem(names, sizeof(names) - 1, text.bytes, text.size) != NULL;
}

/* Only what a name can be made of is kept, so repeated adding comes to an end.
 */
static uint32_t joined_strings(struct machine *machine, struct value a,
                               struct value b)
{
    struct intern *symbols = &machine->scopes->symbols;
    struct text left = intern_text(symbols, a.a);
    struct text right = intern_text(symbols, b.a);
    struct buffer text = BUFFER_EMPTY;
    uint32_t result = SET_EMPTY;

    if (a.b != b.b || !is_part(left) || !is_part(right))
        return SET_EMPTY;
    buffer_text(&text, left);
    buffer_text(&text, right);
    if (is_part(buffer_view(&text)))
        result = set_of(machine->values,
                        value_of(machine->values, VALUE_STRING,
                                 intern_add(symbols, buffer_view(&text)), a.b));
    buffer_release(&text);
    return result;
}

static uint32_t add_sets(struct machine *machine, uint32_t left, uint32_t right)
{
    struct values *values = machine->values;
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(values, left); i++) {
        struct value a = value_get(values, set_item(values, left, i));

        for (uint32_t j = 0;
             a.kind == VALUE_STRING && j < set_size(values, right); j++) {
            struct value b = value_get(values, set_item(values, right, j));

            if (b.kind == VALUE_STRING)
                result =
                    set_union(values, result, joined_strings(machine, a, b));
        }
    }
    return result;
}

static uint32_t containers_of(struct machine *machine, uint32_t set)
{
    uint32_t result = SET_EMPTY;

    for (uint32_t i = 0; i < set_size(machine->values, set); i++) {
        uint32_t value = set_item(machine->values, set, i);

        if (value_is(machine->values, value, VALUE_CONTAINER))
            result = set_union(machine->values, result,
                               set_of(machine->values, value));
    }
    return result;
}

/* Strings are joined; containers that are added or merged are both. */
static void run_binary(struct machine *machine,
                       const struct operation *operation)
{
    uint32_t right = machine_pop(machine), left = machine_pop(machine);
    uint32_t result = SET_EMPTY;

    if (operation->a == '+')
        result = add_sets(machine, left, right);
    if (operation->a == '+' || operation->a == '|')
        result =
            set_union(machine->values, result,
                      set_union(machine->values, containers_of(machine, left),
                                containers_of(machine, right)));
    machine_push(machine, result);
}

/* ---- functions and classes ----------------------------------------------- */

static void seed_receiver(struct machine *machine, uint32_t number)
{
    const struct scope *scope = &machine->scopes->items[number];
    enum value_kind kind =
        scope->receiver == RECEIVER_CLASS ? VALUE_CLASS : VALUE_INSTANCE;

    if (scope->receiver == RECEIVER_NONE)
        return;
    cell_add(&machine->cells, machine->values, CELL_PARAMETER, number, 0,
             set_of(machine->values,
                    value_of(machine->values, kind, scope->parent, 0)));
}

static void run_function(struct machine *machine,
                         const struct operation *operation)
{
    const struct scope *scope = &machine->scopes->items[operation->a];
    size_t at = machine->stack_count - operation->b;

    machine->stack_count = at;
    for (uint32_t i = 0; i < scope->parameters_count; i++)
        if (machine->scopes->parameters[scope->parameters + i].has_default)
            cell_add(&machine->cells, machine->values, CELL_PARAMETER,
                     operation->a, i, machine->stack[at++]);
    seed_receiver(machine, operation->a);
    push_value(machine,
               value_of(machine->values, VALUE_FUNCTION, operation->a, 0));
}

/* Add one base of a class; says whether it can be a class of ours. */
static bool add_base(struct machine *machine, uint32_t scope, uint32_t number,
                     uint32_t set)
{
    bool is_ours = false;

    set = expand_all(machine, set);
    cell_add(&machine->cells, machine->values, CELL_BASES, scope, number, set);
    for (uint32_t i = 0; i < set_size(machine->values, set); i++)
        is_ours |= value_is(machine->values, set_item(machine->values, set, i),
                            VALUE_CLASS);
    return is_ours;
}

static void run_class_begin(struct machine *machine,
                            const struct operation *operation)
{
    uint32_t ours = 0;

    machine->stack_count -= operation->b;
    for (uint32_t i = 0; i < operation->b; i++)
        ours += add_base(machine, operation->a, i,
                         machine->stack[machine->stack_count + i]);
    if (ours > 1)
        lineage_tell_bases(machine, operation->a);
}

static void run_class_end(struct machine *machine,
                          const struct operation *operation)
{
    push_value(machine,
               value_of(machine->values, VALUE_CLASS, operation->a, 0));
}

static void run_field(struct machine *machine,
                      const struct operation *operation)
{
    attribute_field(machine, operation->a, operation->b,
                    machine->stack[machine->stack_count - 1]);
}

/* ---- calls, imports, context managers ------------------------------------ */

/* What nobody knows how to call makes an object; as a decorator, changes
   nothing. */
static void run_call(struct machine *machine, const struct operation *operation)
{
    const struct call *call = &machine->code->calls[operation->a];
    size_t first = machine->stack_count - call->count;
    struct passed passed = { call, first, SET_NONE };
    uint32_t callees = expand_all(machine, machine->stack[first - 1]), result;
    bool known = false;

    result = call_all(machine, callees, &passed, &known);
    if (!known && call->is_decoration)
        result = set_union(machine->values, result, machine->stack[first]);
    else if (!known)
        result = set_union(
            machine->values, result,
            set_of(machine->values, value_of(machine->values, VALUE_OBJECT,
                                             machine->operation, 0)));
    if (machine->coarse)
        machine_publish_variables(machine);
    machine->stack_count = first - 1;
    machine_push(machine, result);
}

/* What `with … as` gets. */
static void run_enter(struct machine *machine,
                      const struct operation *operation)
{
    uint32_t managers = expand_all(machine, machine_pop(machine));
    uint32_t enter =
        attribute_get(machine, managers, machine->symbols[KNOWN_ENTER]);
    uint32_t result;
    bool known = false;

    (void)operation;
    result = call_all(machine, expand_all(machine, enter),
                      &(struct passed){ NULL, 0, SET_NONE }, &known);
    for (uint32_t i = 0; i < set_size(machine->values, managers); i++) {
        struct value value =
            value_get(machine->values, set_item(machine->values, managers, i));

        if (value.kind == VALUE_MANAGER)
            result = set_union(machine->values, result,
                               item_yielded(machine, value.a));
        else
            result = set_union(
                machine->values, result,
                item_outside(machine, set_item(machine->values, managers, i)));
    }
    machine_push(machine, result);
}

static void run_import(struct machine *machine,
                       const struct operation *operation)
{
    push_value(machine, module_import(machine, operation->a));
}

static void run_import_member(struct machine *machine,
                              const struct operation *operation)
{
    module_member(machine, machine->stack[machine->stack_count - 1],
                  operation->a);
    run_attribute(machine, operation);
}

static void run_star(struct machine *machine, const struct operation *operation)
{
    uint32_t modules = machine_pop(machine);

    for (uint32_t i = 0; i < set_size(machine->values, modules); i++)
        module_star(machine, set_item(machine->values, modules, i),
                    operation->a);
}

machine_operation *const operation_table[OPCODES] = {
    [OP_CONSTANT] = run_constant,
    [OP_UNKNOWN] = run_unknown,
    [OP_ABSENT] = run_absent,
    [OP_POP] = run_pop,
    [OP_DUPLICATE] = run_duplicate,
    [OP_LOAD] = run_load,
    [OP_STORE] = run_store,
    [OP_JOIN] = run_join,
    [OP_TAKE] = run_take,
    [OP_DELETE] = run_delete,
    [OP_ATTRIBUTE] = run_attribute,
    [OP_STORE_ATTRIBUTE] = run_store_attribute,
    [OP_ITEM] = run_item,
    [OP_STORE_ITEM] = run_store_item,
    [OP_CONTAINER] = run_container,
    [OP_DICTIONARY] = run_dictionary,
    [OP_BINARY] = run_binary,
    [OP_CALL] = run_call,
    [OP_FUNCTION] = run_function,
    [OP_CLASS_BEGIN] = run_class_begin,
    [OP_CLASS_END] = run_class_end,
    [OP_FIELD] = run_field,
    [OP_RETURN] = flow_return,
    [OP_YIELD] = flow_yield,
    [OP_RAISE] = flow_raise,
    [OP_JUMP] = flow_jump,
    [OP_FORK] = flow_fork,
    [OP_LABEL] = flow_label,
    [OP_LOOP] = flow_loop,
    [OP_BACK] = flow_back,
    [OP_TRY] = flow_try,
    [OP_TRY_END] = flow_try_end,
    [OP_FINALLY] = flow_finally,
    [OP_RESUME] = flow_resume,
    [OP_ITERATE] = run_iterate,
    [OP_UNPACK] = run_unpack,
    [OP_ENTER] = run_enter,
    [OP_IMPORT] = run_import,
    [OP_IMPORT_MEMBER] = run_import_member,
    [OP_STAR] = run_star,
};
