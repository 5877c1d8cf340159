/* Targets: each takes one set from the stack. */
#include "core/machine/lower_plan.h"
#include "core/syntax/pattern.h"

void step_store_name(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t scope = lower->scope;

    (void)unused;
    emit(lower, OP_STORE,
         code_target(lower->code, lower->scopes, lower->module, scope,
                     symbol_of(lower, node)),
         0);
}

static void target_attribute(struct lower *lower, uint32_t node,
                             uint32_t unused)
{
    uint32_t object = syntax_field(lower->tree, node, FIELD_OBJECT);
    uint32_t name = syntax_field(lower->tree, node, FIELD_ATTRIBUTE);

    (void)unused;
    if (object && name) {
        plan(lower, lower_expression, object, 0);
        plan_emit(lower, OP_STORE_ATTRIBUTE, symbol_of(lower, name));
    } else {
        plan_emit(lower, OP_POP, 0);
    }
}

/* The object and its key, or keys: as the expression, but for the last step. */
static void target_subscript(struct lower *lower, uint32_t node,
                             uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t object = syntax_field(tree, node, FIELD_VALUE);
    uint32_t count = 0;

    (void)unused;
    if (!object) {
        plan_emit(lower, OP_POP, 0);
        return;
    }
    plan(lower, lower_expression, object, 0);
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (tree->nodes[child].field == FIELD_SUBSCRIPT) {
            plan(lower, lower_expression, child, 0);
            count++;
        }
    if (count != 1)
        plan_emit(lower, OP_CONTAINER, count);
    plan_emit(lower, OP_STORE_ITEM, 0);
}

static bool is_starred(const struct syntax *tree, uint32_t node)
{
    enum node_kind kind = syntax_kind(tree, node);

    return kind == NODE_LIST_SPLAT_PATTERN || kind == NODE_LIST_SPLAT;
}

static void target_sequence(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t count = 0, starred = 0;

    (void)unused;
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        count++;
        if (is_starred(tree, child))
            starred = count;
    }
    plan_emit_two(lower, OP_UNPACK, count, starred);
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        plan(lower, lower_target, child, 0);
}

static void target_inner(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t child = syntax_first(lower->tree, node);

    (void)unused;
    if (child)
        plan(lower, lower_target, child, 0);
    else
        plan_emit(lower, OP_POP, 0);
}

static lower_step *const targets[NODE_KINDS] = {
    [NODE_IDENTIFIER] = step_store_name,
    [NODE_ATTRIBUTE] = target_attribute,
    [NODE_SUBSCRIPT] = target_subscript,
    [NODE_PATTERN_LIST] = target_sequence,
    [NODE_TUPLE_PATTERN] = target_sequence,
    [NODE_LIST_PATTERN] = target_sequence,
    [NODE_EXPRESSION_LIST] = target_sequence,
    [NODE_TUPLE] = target_sequence,
    [NODE_LIST] = target_sequence,
    [NODE_LIST_SPLAT_PATTERN] = target_inner,
    [NODE_LIST_SPLAT] = target_inner,
    [NODE_AS_PATTERN_TARGET] = target_inner,
    [NODE_PARENTHESIZED] = target_inner,
};

/* What is no target is evaluated; then nothing is stored. */
void lower_target(struct lower *lower, uint32_t node, uint32_t unused)
{
    lower_step *run = targets[lower->tree->nodes[node].kind];

    if (run) {
        run(lower, node, unused);
        return;
    }
    plan_emit(lower, OP_POP, 0);
    plan_effects(lower, node);
}
