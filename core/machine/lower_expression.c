/* Expressions: each leaves one set on the stack. */
#include "core/base/memory.h"
#include "core/machine/lower_plan.h"

/* ---- children, whatever they are ----------------------------------------- */

static bool has_effect(const struct syntax *tree, uint32_t node)
{
    enum node_kind kind = syntax_kind(tree, node);

    /* A leaf that is no name has no effect: operators, '*', '/'. */
    return kind == NODE_IDENTIFIER || syntax_first(tree, node) ||
           kind == NODE_BREAK || kind == NODE_CONTINUE || kind == NODE_RETURN ||
           kind == NODE_RAISE || kind == NODE_YIELD;
}

void plan_children(struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;

    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (has_effect(tree, child))
            plan(lower, lower_any, child, 0);
}

void plan_effects(struct lower *lower, uint32_t node)
{
    if (!node)
        return;
    plan(lower, lower_expression, node, 0);
    plan_emit(lower, OP_POP, 0);
}

/* Evaluate the children; nothing is known of the whole. */
static void lower_parts(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)unused;
    plan_children(lower, node);
    plan_emit(lower, OP_UNKNOWN, 0);
}

/* The value of the only child that has one. */
static void lower_inner(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t child = syntax_first(lower->tree, node);

    (void)unused;
    if (child)
        plan(lower, lower_expression, child, 0);
    else
        emit(lower, OP_UNKNOWN, 0, 0);
}

/* ---- names and members --------------------------------------------------- */

static void lower_name(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)unused;
    emit(lower, OP_LOAD,
         code_reference(lower->code, lower->scopes, lower->module, lower->scope,
                        symbol_of(lower, node)),
         0);
}

static void lower_attribute(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t object = syntax_field(lower->tree, node, FIELD_OBJECT);
    uint32_t name = syntax_field(lower->tree, node, FIELD_ATTRIBUTE);

    if (!object || !name) {
        lower_parts(lower, node, unused);
        return;
    }
    plan(lower, lower_expression, object, 0);
    plan_emit(lower, OP_ATTRIBUTE, symbol_of(lower, name));
}

/* The key of a subscript; several are a tuple. */
static void lower_key(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t count = 0;

    (void)unused;
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (tree->nodes[child].field == FIELD_SUBSCRIPT) {
            plan(lower, lower_expression, child, 0);
            count++;
        }
    if (count != 1)
        plan_emit(lower, OP_CONTAINER, count);
}

static void lower_subscript(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t object = syntax_field(lower->tree, node, FIELD_VALUE);

    if (!object) {
        lower_parts(lower, node, unused);
        return;
    }
    plan(lower, lower_expression, object, 0);
    plan(lower, lower_key, node, 0);
    plan_emit(lower, OP_ITEM, 0);
}

/* ---- calls --------------------------------------------------------------- */

static void plan_argument(struct lower *lower, uint32_t node)
{
    struct argument *argument = ARRAY_PUSH(lower->code->arguments);
    uint32_t value = syntax_field(lower->tree, node, FIELD_VALUE);
    uint32_t name = syntax_field(lower->tree, node, FIELD_NAME);

    switch (lower->tree->nodes[node].kind) {
    case NODE_KEYWORD_ARGUMENT:
        argument->kind = ARGUMENT_KEYWORD;
        argument->symbol = name ? symbol_of(lower, name) : INTERN_NONE;
        break;
    case NODE_LIST_SPLAT:
        argument->kind = ARGUMENT_SPLAT;
        value = syntax_first(lower->tree, node);
        break;
    case NODE_DICTIONARY_SPLAT:
        argument->kind = ARGUMENT_DOUBLE_SPLAT;
        value = syntax_first(lower->tree, node);
        break;
    default:
        value = node;
    }
    if (value)
        plan(lower, lower_expression, value, 0);
    else
        plan_emit(lower, OP_UNKNOWN, 0);
}

/* In `[*a.b()]` the grammar takes the '*' for a part of the callee. */
static uint32_t callee_start(const struct lower *lower, uint32_t node)
{
    const char *code = lower->tree->source->code;
    uint32_t start = lower->tree->nodes[node].start;

    if (code[start] == '*')
        do
            start++;
        while (code[start] == ' ' || code[start] == '\t');
    return start;
}

static uint32_t new_call(struct lower *lower, uint32_t node)
{
    struct call *call = ARRAY_PUSH(lower->code->calls);

    call->start = callee_start(lower, node);
    call->end = lower->tree->nodes[node].end;
    call->statement_start = lower->statement_start;
    call->statement_end = lower->statement_end;
    call->arguments = (uint32_t)lower->code->arguments_count;
    return (uint32_t)lower->code->calls_count - 1;
}

/* What stands in the brackets; a generator expression needs none itself. */
static void plan_arguments(struct lower *lower, uint32_t arguments,
                           uint32_t call)
{
    const struct syntax *tree = lower->tree;
    uint32_t count = 0;

    if (syntax_kind(tree, arguments) != NODE_ARGUMENT_LIST) {
        plan_argument(lower, arguments);
        lower->code->calls[call].count = 1;
        return;
    }
    for (uint32_t child = syntax_first(tree, arguments); child;
         child = syntax_next(tree, arguments, child), count++)
        plan_argument(lower, child);
    lower->code->calls[call].count = count;
}

static void lower_call(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t function = syntax_field(lower->tree, node, FIELD_FUNCTION);
    uint32_t arguments = syntax_field(lower->tree, node, FIELD_ARGUMENTS);
    uint32_t call;

    if (!function || !arguments) {
        lower_parts(lower, node, unused);
        return;
    }
    call = new_call(lower, node);
    plan(lower, lower_expression, function, 0);
    plan_arguments(lower, arguments, call);
    plan_emit(lower, OP_CALL, call);
}

/* ---- operators ----------------------------------------------------------- */

/* `a or b`, `a and b`: one or the other, whatever a is. */
static void lower_boolean(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t left = syntax_field(lower->tree, node, FIELD_LEFT);
    uint32_t right = syntax_field(lower->tree, node, FIELD_RIGHT);
    uint32_t end, result;

    if (!left || !right) {
        lower_parts(lower, node, unused);
        return;
    }
    end = new_label(lower);
    result = take_temporary(lower);
    plan(lower, lower_expression, left, 0);
    plan_emit(lower, OP_STORE, result);
    plan_emit(lower, OP_FORK, end);
    plan(lower, lower_expression, right, 0);
    plan_emit(lower, OP_STORE, result);
    plan_emit(lower, OP_LABEL, end);
    plan_emit(lower, OP_TAKE, result);
    plan(lower, step_give_back, 0, 0);
}

static void lower_conditional(struct lower *lower, uint32_t node,
                              uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t yes = syntax_first(tree, node);
    uint32_t condition = yes ? syntax_next(tree, node, yes) : 0;
    uint32_t no = condition ? syntax_next(tree, node, condition) : 0;
    uint32_t other, end, result;

    if (!no) {
        lower_parts(lower, node, unused);
        return;
    }
    other = new_label(lower);
    end = new_label(lower);
    result = take_temporary(lower);
    plan_effects(lower, condition);
    plan_emit(lower, OP_FORK, other);
    plan(lower, lower_expression, yes, 0);
    plan_emit(lower, OP_STORE, result);
    plan_emit(lower, OP_JUMP, end);
    plan_emit(lower, OP_LABEL, other);
    plan(lower, lower_expression, no, 0);
    plan_emit(lower, OP_STORE, result);
    plan_emit(lower, OP_LABEL, end);
    plan_emit(lower, OP_TAKE, result);
    plan(lower, step_give_back, 0, 0);
}

static void lower_binary(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t left = syntax_field(lower->tree, node, FIELD_LEFT);
    uint32_t right = syntax_field(lower->tree, node, FIELD_RIGHT);
    uint32_t operator= syntax_field(lower->tree, node, FIELD_OPERATOR);

    if (!left || !right || !operator) {
        lower_parts(lower, node, unused);
        return;
    }
    plan(lower, lower_expression, left, 0);
    plan(lower, lower_expression, right, 0);
    plan_emit(lower, OP_BINARY,
              (unsigned char)syntax_text(lower->tree, operator).bytes[0]);
}

/* ---- displays ------------------------------------------------------------ */

static bool is_splat(const struct syntax *tree, uint32_t node)
{
    return syntax_text(tree, node).bytes[0] == '*';
}

/* What stands behind a '*' is not known item by item: the container grows. */
static void lower_display(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    enum node_kind kind = syntax_kind(tree, node);
    uint32_t count = 0, can_grow = kind == NODE_LIST || kind == NODE_SET;

    (void)unused;
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        if (is_splat(tree, child)) {
            plan_effects(lower, child);
            can_grow = 1;
            continue;
        }
        plan(lower, lower_expression, child, 0);
        count++;
    }
    plan_emit_two(lower, OP_CONTAINER, count, can_grow);
}

static void lower_dictionary(struct lower *lower, uint32_t node,
                             uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t count = 0;

    (void)unused;
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        uint32_t key = syntax_field(tree, child, FIELD_KEY);
        uint32_t value = syntax_field(tree, child, FIELD_VALUE);

        if (!key || !value) {
            plan(lower, lower_any, child, 0);
            continue;
        }
        plan(lower, lower_expression, key, 0);
        plan(lower, lower_expression, value, 0);
        count++;
    }
    plan_emit(lower, OP_DICTIONARY, count);
}

/* ---- the rest ------------------------------------------------------------ */

/* A comprehension's ':=' binds in the scope around it. */
static void step_store_named(struct lower *lower, uint32_t node,
                             uint32_t unused)
{
    uint32_t scope = lower->scope, inner = scope;

    while (lower->scopes->items[scope].kind == SCOPE_COMPREHENSION)
        scope = lower->scopes->items[scope].parent;
    lower->scope = scope;
    step_store_name(lower, node, unused);
    lower->scope = inner;
}

static void lower_named(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t name = syntax_field(lower->tree, node, FIELD_NAME);
    uint32_t value = syntax_field(lower->tree, node, FIELD_VALUE);

    if (!name || !value) {
        lower_parts(lower, node, unused);
        return;
    }
    plan(lower, lower_expression, value, 0);
    plan_emit(lower, OP_DUPLICATE, 0);
    plan(lower, step_store_named, name, 0);
}

static void lower_yield(struct lower *lower, uint32_t node, uint32_t unused)
{
    lower_inner(lower, node, unused);
    plan_emit(lower, OP_YIELD, 0);
}

/* Annotations of a function's own names are not evaluated. */
static bool is_evaluated(const struct lower *lower)
{
    return lower->scopes->items[lower->scope].kind != SCOPE_FUNCTION;
}

/* Leaves the value that was assigned, for assignments in a chain. */
static void lower_assignment(struct lower *lower, uint32_t node,
                             uint32_t unused)
{
    uint32_t left = syntax_field(lower->tree, node, FIELD_LEFT);
    uint32_t right = syntax_field(lower->tree, node, FIELD_RIGHT);
    uint32_t type = syntax_field(lower->tree, node, FIELD_TYPE);
    const struct scope *scope = &lower->scopes->items[lower->scope];
    bool is_name = left && syntax_kind(lower->tree, left) == NODE_IDENTIFIER;

    if (!left) {
        lower_parts(lower, node, unused);
        return;
    }
    if (right)
        plan(lower, lower_expression, right, 0);
    else
        plan_emit(lower, OP_UNKNOWN, 0);
    if (type && right && is_name && scope->has_fields)
        plan_emit_two(lower, OP_FIELD, lower->scope, symbol_of(lower, left));
    if (right) {
        plan_emit(lower, OP_DUPLICATE, 0);
        plan(lower, lower_target, left, 0);
    }
    if (type && (is_evaluated(lower) || !is_name))
        plan_children(lower, type);
}

static void lower_augmented(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t left = syntax_field(lower->tree, node, FIELD_LEFT);

    if (!left) {
        lower_parts(lower, node, unused);
        return;
    }
    lower_binary(lower, node, unused);
    plan_emit(lower, OP_DUPLICATE, 0);
    plan(lower, lower_target, left, 0);
}

static lower_step *const expressions[NODE_KINDS] = {
    [NODE_IDENTIFIER] = lower_name,
    [NODE_ATTRIBUTE] = lower_attribute,
    [NODE_SUBSCRIPT] = lower_subscript,
    [NODE_CALL] = lower_call,
    [NODE_BOOLEAN_OPERATOR] = lower_boolean,
    [NODE_CONDITIONAL] = lower_conditional,
    [NODE_BINARY_OPERATOR] = lower_binary,
    [NODE_PARENTHESIZED] = lower_inner,
    [NODE_AS_PATTERN] = lower_as,
    [NODE_AWAIT] = lower_inner,
    [NODE_LIST_SPLAT] = lower_inner,
    [NODE_TUPLE] = lower_display,
    [NODE_EXPRESSION_LIST] = lower_display,
    [NODE_PATTERN_LIST] = lower_display,
    [NODE_LIST] = lower_display,
    [NODE_SET] = lower_display,
    [NODE_DICTIONARY] = lower_dictionary,
    [NODE_LIST_COMPREHENSION] = lower_comprehension,
    [NODE_SET_COMPREHENSION] = lower_comprehension,
    [NODE_DICTIONARY_COMPREHENSION] = lower_comprehension,
    [NODE_GENERATOR_EXPRESSION] = lower_comprehension,
    [NODE_LAMBDA] = lower_lambda,
    [NODE_NAMED_EXPRESSION] = lower_named,
    [NODE_YIELD] = lower_yield,
    [NODE_ASSIGNMENT] = lower_assignment,
    [NODE_AUGMENTED_ASSIGNMENT] = lower_augmented,
    [NODE_STRING] = lower_string,
    [NODE_CONCATENATED_STRING] = lower_strings,
    [NODE_INTEGER] = lower_integer,
    [NODE_UNARY_OPERATOR] = lower_integer,
    [NODE_TRUE] = lower_true,
    [NODE_FALSE] = lower_false,
};

void lower_expression(struct lower *lower, uint32_t node, uint32_t unused)
{
    lower_step *run = expressions[lower->tree->nodes[node].kind];

    (run ? run : lower_parts)(lower, node, unused);
}
