/* Functions, classes, decorators, comprehensions. */
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/machine/lower_plan.h"

/* ---- functions ----------------------------------------------------------- */

static void plan_parameter(struct lower *lower, uint32_t parameter,
                           uint32_t *defaults)
{
    const struct syntax *tree = lower->tree;
    uint32_t value = syntax_field(tree, parameter, FIELD_VALUE);
    uint32_t type = syntax_field(tree, parameter, FIELD_TYPE);

    if (type)
        plan_children(lower, type);
    if (!value)
        return;
    plan(lower, lower_expression, value, 0);
    ++*defaults;
}

/* Leaves the function; its body is a unit of its own. */
static void plan_function(struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;
    uint32_t scope = scope_of(lower->scopes, lower->module, node);
    uint32_t parameters = syntax_field(tree, node, FIELD_PARAMETERS);
    uint32_t type = syntax_field(tree, node, FIELD_RETURN_TYPE);
    struct unit *unit = &lower->code->units[lower->code->unit_of_scope[scope]];
    uint32_t defaults = 0;

    unit->statement_start = lower->statement_start;
    unit->statement_end = lower->statement_end;
    for (uint32_t child = parameters ? syntax_first(tree, parameters) : 0;
         child; child = syntax_next(tree, parameters, child))
        plan_parameter(lower, child, &defaults);
    if (type)
        plan_children(lower, type);
    plan_emit_two(lower, OP_FUNCTION, scope, defaults);
}

void lower_lambda(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)unused;
    plan_function(lower, node);
}

/* ---- decorators ---------------------------------------------------------- */

/* Call what is below the top with the top. */
static void step_decorate(struct lower *lower, uint32_t node, uint32_t unused)
{
    struct code *code = lower->code;
    struct call *call = ARRAY_PUSH(code->calls);
    uint32_t expression = syntax_first(lower->tree, node);
    const struct node *at = &lower->tree->nodes[expression ? expression : node];

    (void)unused;
    *call = (struct call){ .start = at->start,
                           .end = at->end,
                           .statement_start = lower->tree->nodes[node].start,
                           .statement_end = lower->tree->nodes[node].end,
                           .arguments = (uint32_t)code->arguments_count,
                           .count = 1,
                           .is_decoration = true };
    ARRAY_PUSH(code->arguments)->kind = ARGUMENT_PLAIN;
    emit(lower, OP_CALL, (uint32_t)code->calls_count - 1, 0);
}

static void plan_decorator(struct lower *lower, uint32_t node)
{
    uint32_t expression = syntax_first(lower->tree, node);

    plan(lower, step_head, node, 0);
    if (expression)
        plan(lower, lower_expression, expression, 0);
    else
        plan_emit(lower, OP_UNKNOWN, 0);
}

static void plan_definition(struct lower *lower, uint32_t node);

/* The name of what was defined gets the top. */
static void plan_name(struct lower *lower, uint32_t node)
{
    uint32_t name = node ? syntax_field(lower->tree, node, FIELD_NAME) : 0;

    if (name)
        plan(lower, step_store_name, name, 0);
    else
        plan_emit(lower, OP_POP, 0);
}

/* The decorators from the top down, what they decorate, their calls upwards. */
void lower_decorated(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t definition = 0, *decorators = NULL;
    size_t decorators_count = 0, decorators_room = 0;

    (void)unused;
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (syntax_kind(tree, child) == NODE_DECORATOR) {
            *ARRAY_PUSH(decorators) = child;
            plan_decorator(lower, child);
        } else {
            definition = child;
        }
    if (definition)
        plan_definition(lower, definition);
    else
        plan_emit(lower, OP_UNKNOWN, 0);
    while (decorators_count)
        plan(lower, step_decorate, decorators[--decorators_count], 0);
    free(decorators);
    plan_name(lower, definition);
}

/* ---- classes ------------------------------------------------------------- */

static uint32_t plan_bases(struct lower *lower, uint32_t arguments)
{
    const struct syntax *tree = lower->tree;
    uint32_t bases = 0;

    for (uint32_t child = arguments ? syntax_first(tree, arguments) : 0; child;
         child = syntax_next(tree, arguments, child)) {
        bool is_base = syntax_kind(tree, child) != NODE_KEYWORD_ARGUMENT &&
                       syntax_kind(tree, child) != NODE_LIST_SPLAT &&
                       syntax_kind(tree, child) != NODE_DICTIONARY_SPLAT;

        if (is_base)
            plan(lower, lower_expression, child, 0);
        else
            plan_children(lower, child);
        bases += is_base;
    }
    return bases;
}

/* Leaves the class; its body runs here, in its own scope. */
static void plan_class(struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;
    uint32_t scope = scope_of(lower->scopes, lower->module, node);
    uint32_t body = syntax_field(tree, node, FIELD_BODY);
    uint32_t bases =
        plan_bases(lower, syntax_field(tree, node, FIELD_SUPERCLASSES));

    lower->scopes->items[scope].bases = bases;
    plan_emit_two(lower, OP_CLASS_BEGIN, scope, bases);
    plan(lower, step_scope, scope, 0);
    if (body)
        plan(lower, lower_any, body, 0);
    plan(lower, step_scope, lower->scope, 0);
    plan_emit(lower, OP_CLASS_END, scope);
}

static void plan_definition(struct lower *lower, uint32_t node)
{
    plan(lower, step_head, node, syntax_field(lower->tree, node, FIELD_BODY));
    if (syntax_kind(lower->tree, node) == NODE_CLASS)
        plan_class(lower, node);
    else
        plan_function(lower, node);
}

void lower_function(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)unused;
    plan_definition(lower, node);
    plan_name(lower, node);
}

void lower_class(struct lower *lower, uint32_t node, uint32_t unused)
{
    lower_function(lower, node, unused);
}

/* ---- comprehensions ------------------------------------------------------ */

static void plan_element(struct lower *lower, uint32_t node, uint32_t result)
{
    uint32_t body = syntax_field(lower->tree, node, FIELD_BODY);

    if (body && syntax_kind(lower->tree, body) == NODE_PAIR) {
        plan_effects(lower, syntax_field(lower->tree, body, FIELD_KEY));
        body = syntax_field(lower->tree, body, FIELD_VALUE);
    }
    if (!body)
        return;
    plan(lower, lower_expression, body, 0);
    plan_emit(lower, OP_JOIN, result);
}

static void step_loop(struct lower *lower, uint32_t clause, uint32_t exit)
{
    uint32_t left = syntax_field(lower->tree, clause, FIELD_LEFT);

    /* The label of the way back stands behind that of the way out. */
    plan_emit(lower, OP_LOOP, exit + 1);
    plan_emit(lower, OP_FORK, exit);
    plan_emit(lower, OP_ITERATE, 0);
    if (left)
        plan(lower, lower_target, left, 0);
    else
        plan_emit(lower, OP_POP, 0);
}

/* Several iterables are a tuple (Python 2). */
static void plan_iterable(struct lower *lower, uint32_t clause)
{
    const struct syntax *tree = lower->tree;
    uint32_t right = syntax_field(tree, clause, FIELD_RIGHT);

    if (right)
        plan(lower, lower_expression, right, 0);
    else
        plan_emit(lower, OP_UNKNOWN, 0);
}

void lower_comprehension(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t scope = scope_of(lower->scopes, lower->module, node);
    uint32_t result = take_temporary(lower), *exits = NULL;
    size_t exits_count = 0, exits_room = 0;

    (void)unused;
    plan_emit(lower, OP_UNKNOWN, 0);
    plan_emit(lower, OP_STORE, result);
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        if (syntax_kind(tree, child) == NODE_FOR_IN_CLAUSE) {
            uint32_t exit = *ARRAY_PUSH(exits) = new_label(lower);

            new_label(lower);
            plan_iterable(lower, child);
            plan(lower, step_scope, scope, 0);
            plan(lower, step_loop, child, exit);
        } else if (tree->nodes[child].field != FIELD_BODY) {
            plan(lower, lower_any, child, 0);
        }
    }
    plan(lower, step_scope, scope, 0);
    plan_element(lower, node, result);
    while (exits_count) {
        uint32_t exit = exits[--exits_count];

        plan_emit(lower, OP_BACK, exit + 1);
        plan_emit(lower, OP_LABEL, exit);
        plan_emit(lower, OP_POP, 0);
    }
    free(exits);
    plan(lower, step_scope, lower->scope, 0);
    plan_emit(lower, OP_TAKE, result);
    plan_emit_two(lower, OP_CONTAINER, 1, 1);
    plan(lower, step_give_back, 0, 0);
}
