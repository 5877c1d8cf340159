/* Statements: each leaves the stack as it was. */
#include "core/base/memory.h"
#include "core/machine/lower_plan.h"

static void lower_block(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)unused;
    plan_children(lower, node);
}

/* print, raise, exec, del x[…] and the like: evaluate what is in it. */
static void lower_simple(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)unused;
    plan(lower, step_head, node, 0);
    plan_children(lower, node);
}

/*
 * What a jump ends stands behind it, up to the end of the block. Where a
 * syntax error made a jump stand in a wrong block, it must not hide the rest.
 */
static uint32_t plan_way_past(struct lower *lower)
{
    uint32_t past = new_label(lower);

    if (lower->broken)
        plan_emit(lower, OP_FORK, past);
    return past;
}

static void leave_function(struct lower *lower)
{
    size_t at = lower->around_count;

    while (at > 0 && !lower->around[at - 1].is_finally)
        at--;
    emit(lower, OP_RETURN,
         at > 0 ? lower->around[at - 1].end + FINALLY_RETURN + 1 : 0, 0);
}

void step_leave(struct lower *lower, uint32_t way, uint32_t unused)
{
    const struct around *around;

    (void)unused;
    if (way == FINALLY_RETURN) {
        leave_function(lower);
        return;
    }
    if (lower->around_count == 0)
        return;
    around = &lower->around[lower->around_count - 1];
    if (around->is_finally)
        emit(lower, lower->broken ? OP_FORK : OP_JUMP, around->end + way, 0);
    else if (way == FINALLY_BREAK)
        emit(lower, lower->broken ? OP_FORK : OP_JUMP, around->end, 0);
    else if (!lower->broken)
        emit(lower, OP_BACK, around->head, 0);
}

static void lower_raise(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t past = plan_way_past(lower);

    lower_simple(lower, node, unused);
    plan_emit(lower, OP_RAISE, 0);
    plan_emit(lower, OP_LABEL, past);
}

static void lower_return(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t value = syntax_first(lower->tree, node);
    uint32_t past = plan_way_past(lower);

    (void)unused;
    plan(lower, step_head, node, 0);
    if (value)
        plan(lower, lower_expression, value, 0);
    else
        plan_emit(lower, OP_UNKNOWN, 0);
    plan(lower, step_leave, FINALLY_RETURN, 0);
    plan_emit(lower, OP_LABEL, past);
}

static void lower_assert(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t condition = syntax_first(lower->tree, node);

    lower_simple(lower, node, unused);
    if (condition && truth_of(lower, condition) == TRUTH_FALSE)
        plan_emit(lower, OP_RAISE, 0);
}

static void lower_break(struct lower *lower, uint32_t node, uint32_t unused)
{
    bool is_break = syntax_kind(lower->tree, node) == NODE_BREAK;

    step_leave(lower, is_break ? FINALLY_BREAK : FINALLY_CONTINUE, unused);
}

static void step_delete(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)unused;
    emit(lower, OP_DELETE,
         code_target(lower->code, lower->scopes, lower->module, lower->scope,
                     symbol_of(lower, node)),
         0);
}

/* Names are deleted, also those in a tuple; an attribute or an item may hold
   something of a class or of others again. */
static void lower_deleted(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;

    (void)unused;
    switch (tree->nodes[node].kind) {
    case NODE_IDENTIFIER:
        plan(lower, step_delete, node, 0);
        break;
    case NODE_EXPRESSION_LIST:
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_PARENTHESIZED:
        for (uint32_t child = syntax_first(tree, node); child;
             child = syntax_next(tree, node, child))
            plan(lower, lower_deleted, child, 0);
        break;
    case NODE_ATTRIBUTE:
    case NODE_SUBSCRIPT:
        plan_emit(lower, OP_ABSENT, 0);
        plan(lower, lower_target, node, 0);
        break;
    default:
        plan_effects(lower, node);
    }
}

static void lower_delete(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;

    (void)unused;
    plan(lower, step_head, node, 0);
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        plan(lower, lower_deleted, child, 0);
}

static void lower_nothing(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)lower;
    (void)node;
    (void)unused;
}

static lower_step *const statements[NODE_KINDS] = {
    [NODE_MODULE] = lower_block,
    [NODE_BLOCK] = lower_block,
    [NODE_ERROR] = lower_error,
    [NODE_EXPRESSION_STATEMENT] = lower_simple,
    [NODE_EXEC] = lower_simple,
    [NODE_PRINT] = lower_simple,
    [NODE_OTHER] = lower_simple,
    [NODE_ELSE_CLAUSE] = lower_block,
    [NODE_ELIF_CLAUSE] = lower_block,
    [NODE_EXCEPT_CLAUSE] = lower_block,
    [NODE_FINALLY_CLAUSE] = lower_block,
    [NODE_CASE_CLAUSE] = lower_block,
    [NODE_IF] = lower_if,
    [NODE_WHILE] = lower_while,
    [NODE_FOR] = lower_for,
    [NODE_TRY] = lower_try,
    [NODE_WITH] = lower_with,
    [NODE_MATCH] = lower_match,
    [NODE_FUNCTION] = lower_function,
    [NODE_CLASS] = lower_class,
    [NODE_DECORATED] = lower_decorated,
    [NODE_IMPORT] = lower_import,
    [NODE_IMPORT_FROM] = lower_import_from,
    [NODE_FUTURE_IMPORT] = lower_nothing,
    [NODE_GLOBAL] = lower_nothing,
    [NODE_NONLOCAL] = lower_nothing,
    [NODE_PASS] = lower_nothing,
    [NODE_TYPE_ALIAS] = lower_nothing,
    [NODE_RETURN] = lower_return,
    [NODE_RAISE] = lower_raise,
    [NODE_ASSERT] = lower_assert,
    [NODE_BREAK] = lower_break,
    [NODE_CONTINUE] = lower_break,
    [NODE_DELETE] = lower_delete,
};

void lower_any(struct lower *lower, uint32_t node, uint32_t unused)
{
    lower_step *run = statements[lower->tree->nodes[node].kind];

    if (run)
        run(lower, node, unused);
    else
        plan_effects(lower, node);
}
