/* Statements that decide what runs next. */
#include "core/base/memory.h"
#include "core/machine/lower_plan.h"
#include "core/syntax/pattern.h"

static uint32_t child_after(const struct lower *lower, uint32_t node,
                            uint32_t child, enum node_kind kind)
{
    child = child ? syntax_next(lower->tree, node, child)
                  : syntax_first(lower->tree, node);
    while (child && syntax_kind(lower->tree, child) != kind)
        child = syntax_next(lower->tree, node, child);
    return child;
}

static void plan_block(struct lower *lower, uint32_t block)
{
    if (block)
        plan(lower, lower_any, block, 0);
}

static void plan_else(struct lower *lower, uint32_t clause)
{
    if (clause)
        plan_block(lower, syntax_field(lower->tree, clause, FIELD_BODY));
}

/* Evaluate a condition; where it fails, go on at `other`. */
static void plan_condition(struct lower *lower, uint32_t condition,
                           uint32_t other)
{
    enum truth truth = condition ? truth_of(lower, condition) : TRUTH_UNKNOWN;

    plan_effects(lower, condition);
    if (truth == TRUTH_FALSE)
        plan_emit(lower, OP_JUMP, other);
    else if (truth == TRUTH_UNKNOWN)
        plan_emit_two(lower, OP_FORK, other,
                      condition ? truth_of_import(lower, condition) : 0);
}

/* ---- if ------------------------------------------------------------------ */

/* One condition with its block, of an if or of an elif. */
static void plan_branch(struct lower *lower, uint32_t node, uint32_t end)
{
    uint32_t block = syntax_field(lower->tree, node, FIELD_CONSEQUENCE);
    uint32_t other = new_label(lower);

    plan(lower, step_head, node, block);
    plan_condition(lower, syntax_field(lower->tree, node, FIELD_CONDITION),
                   other);
    plan_block(lower, block);
    plan_emit(lower, OP_JUMP, end);
    plan_emit(lower, OP_LABEL, other);
}

void lower_if(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t end = new_label(lower);

    (void)unused;
    plan_branch(lower, node, end);
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (syntax_kind(tree, child) == NODE_ELIF_CLAUSE)
            plan_branch(lower, child, end);
        else if (syntax_kind(tree, child) == NODE_ELSE_CLAUSE)
            plan_else(lower, child);
        else if (tree->nodes[child].field == FIELD_NONE)
            plan(lower, lower_any, child, 0);
    plan_emit(lower, OP_LABEL, end);
}

/* ---- loops --------------------------------------------------------------- */

static void step_enter_loop(struct lower *lower, uint32_t end, uint32_t head)
{
    *ARRAY_PUSH(lower->around) = (struct around){ false, end, head };
}

/* Out of a loop, or of a try with finally. */
static void step_go_out(struct lower *lower, uint32_t a, uint32_t b)
{
    (void)a;
    (void)b;
    lower->around_count--;
}

static void plan_loop_body(struct lower *lower, uint32_t node, uint32_t head,
                           uint32_t end)
{
    plan(lower, step_enter_loop, end, head);
    plan_block(lower, syntax_field(lower->tree, node, FIELD_BODY));
    plan(lower, step_go_out, 0, 0);
    plan_emit(lower, OP_BACK, head);
}

void lower_while(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t head = new_label(lower), end = new_label(lower);
    uint32_t other = new_label(lower);
    uint32_t condition = syntax_field(lower->tree, node, FIELD_CONDITION);

    (void)unused;
    plan(lower, step_head, node, syntax_field(lower->tree, node, FIELD_BODY));
    plan_emit(lower, OP_LOOP, head);
    plan_condition(lower, condition, other);
    plan_loop_body(lower, node, head, end);
    plan_emit(lower, OP_LABEL, other);
    plan_else(lower, syntax_field(lower->tree, node, FIELD_ALTERNATIVE));
    plan_emit(lower, OP_LABEL, end);
}

/* The iterable is on the stack while the loop runs. */
void lower_for(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t left = syntax_field(lower->tree, node, FIELD_LEFT);
    uint32_t right = syntax_field(lower->tree, node, FIELD_RIGHT);
    uint32_t head = new_label(lower), end = new_label(lower);
    uint32_t other = new_label(lower);

    (void)unused;
    plan(lower, step_head, node, syntax_field(lower->tree, node, FIELD_BODY));
    if (right)
        plan(lower, lower_expression, right, 0);
    else
        plan_emit(lower, OP_UNKNOWN, 0);
    plan_emit(lower, OP_LOOP, head);
    plan_emit(lower, OP_FORK, other);
    plan_emit(lower, OP_ITERATE, 0);
    if (left)
        plan(lower, lower_target, left, 0);
    else
        plan_emit(lower, OP_POP, 0);
    plan_loop_body(lower, node, head, end);
    plan_emit(lower, OP_LABEL, other);
    plan_emit(lower, OP_POP, 0);
    plan_else(lower, syntax_field(lower->tree, node, FIELD_ALTERNATIVE));
    plan_emit(lower, OP_LABEL, end);
}

/* ---- try ----------------------------------------------------------------- */

/* Python 2's `except E, e:` cannot be told from a catch of two: no name. */
static void plan_except_head(struct lower *lower, uint32_t clause)
{
    const struct syntax *tree = lower->tree;

    for (uint32_t child = syntax_first(tree, clause); child;
         child = syntax_next(tree, clause, child))
        if (syntax_kind(tree, child) != NODE_BLOCK)
            plan_effects(lower, child);
}

static void plan_except(struct lower *lower, uint32_t clause, uint32_t end)
{
    uint32_t block = syntax_child(lower->tree, clause, NODE_BLOCK);
    uint32_t next = new_label(lower);

    plan_emit(lower, OP_FORK, next);
    plan(lower, step_head, clause, block);
    plan_except_head(lower, clause);
    plan_block(lower, block);
    plan_emit(lower, OP_JUMP, end);
    plan_emit(lower, OP_LABEL, next);
}

/* The body, its handlers and the else block; all that is well meet at the end.
 */
static void plan_guarded(struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;
    uint32_t clause = child_after(lower, node, 0, NODE_EXCEPT_CLAUSE);
    uint32_t handlers = new_label(lower), end = new_label(lower);

    plan_emit(lower, OP_TRY, handlers);
    plan_block(lower, syntax_field(tree, node, FIELD_BODY));
    plan_emit(lower, OP_TRY_END, 0);
    plan_else(lower, syntax_child(tree, node, NODE_ELSE_CLAUSE));
    plan_emit(lower, OP_JUMP, end);
    plan_emit(lower, OP_LABEL, handlers);
    for (; clause;
         clause = child_after(lower, node, clause, NODE_EXCEPT_CLAUSE))
        plan_except(lower, clause, end);
    plan_emit(lower, OP_RAISE, 0);
    plan_emit(lower, OP_LABEL, end);
}

static void step_enter_try(struct lower *lower, uint32_t finally,
                           uint32_t unused)
{
    (void)unused;
    *ARRAY_PUSH(lower->around) =
        (struct around){ .is_finally = true, .end = finally, .head = finally };
}

/* Behind the block, each way goes on as it would have without it. */
static void plan_ways(struct lower *lower, uint32_t out)
{
    plan_emit(lower, OP_LABEL, out + FINALLY_RETURN);
    plan_emit(lower, OP_UNKNOWN, 0);
    for (uint32_t way = FINALLY_RETURN; way < FINALLY_WAYS; way++) {
        if (way != FINALLY_RETURN)
            plan_emit(lower, OP_LABEL, out + way);
        plan(lower, step_leave, way, 0);
    }
    plan_emit(lower, OP_LABEL, out + FINALLY_ORDINARY);
}

void lower_try(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t clause = syntax_child(tree, node, NODE_FINALLY_CLAUSE);
    uint32_t finally;

    (void)unused;
    if (!clause) {
        plan_guarded(lower, node);
        return;
    }
    finally = new_label(lower);
    for (int i = 1; i < 2 * FINALLY_WAYS; i++)
        new_label(lower);
    plan_emit(lower, OP_TRY, finally);
    plan(lower, step_enter_try, finally, 0);
    plan_guarded(lower, node);
    plan(lower, step_go_out, 0, 0);
    plan_emit(lower, OP_TRY_END, 0);
    plan_emit(lower, OP_JUMP, finally + FINALLY_ORDINARY);
    plan_emit(lower, OP_FINALLY, finally);
    plan_block(lower, syntax_child(tree, clause, NODE_BLOCK));
    plan_emit(lower, OP_RESUME, finally);
    plan_ways(lower, finally + FINALLY_WAYS);
}

/* ---- with ---------------------------------------------------------------- */

/*
 * `a as b` stands in heads of with statements, in brackets or not, and after
 * except: what is caught is no context manager, so its name gets nothing.
 */
void lower_as(struct lower *lower, uint32_t node, uint32_t unused)
{
    uint32_t value = syntax_first(lower->tree, node);
    uint32_t alias = syntax_field(lower->tree, node, FIELD_ALIAS);

    (void)unused;
    if (value && value != alias) {
        plan(lower, lower_expression, value, 0);
        plan_emit(lower, OP_ENTER, 0);
    } else {
        plan_emit(lower, OP_UNKNOWN, 0);
    }
    if (alias) {
        plan(lower, lower_target, alias, 0);
        plan_emit(lower, OP_UNKNOWN, 0);
    }
}

static void plan_with_item(struct lower *lower, uint32_t item)
{
    const struct syntax *tree = lower->tree;
    uint32_t value = syntax_field(tree, item, FIELD_VALUE);

    if (!value)
        return;
    plan(lower, lower_expression, value, 0);
    if (syntax_kind(tree, value) != NODE_AS_PATTERN)
        plan_emit(lower, OP_ENTER, 0);
    plan_emit(lower, OP_POP, 0);
}

/* `with (a as b, c as d):` may be parsed as a tuple. */
static void plan_with_items(struct lower *lower, uint32_t clause)
{
    const struct syntax *tree = lower->tree;

    for (uint32_t child = syntax_first(tree, clause); child;
         child = syntax_next(tree, clause, child))
        if (syntax_kind(tree, child) == NODE_WITH_ITEM)
            plan_with_item(lower, child);
        else
            plan(lower, lower_any, child, 0);
}

/* A context manager may end the body at any time: suppress, pytest.raises. */
void lower_with(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t body = syntax_field(tree, node, FIELD_BODY);
    uint32_t clause = syntax_child(tree, node, NODE_WITH_CLAUSE);
    uint32_t end = new_label(lower);

    (void)unused;
    plan(lower, step_head, node, body);
    if (clause)
        plan_with_items(lower, clause);
    plan_emit(lower, OP_TRY, end);
    plan_block(lower, body);
    plan_emit(lower, OP_TRY_END, 0);
    plan_emit(lower, OP_LABEL, end);
}

/* ---- match --------------------------------------------------------------- */

/* The name of what `case … as x:` captures. */
static uint32_t as_name(const struct syntax *tree, uint32_t node)
{
    uint32_t last = SYNTAX_NONE;

    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        last = child;
    return syntax_kind(tree, last) == NODE_IDENTIFIER ? last : SYNTAX_NONE;
}

/* The capture that a pattern is as a whole: `case x:`, `case … as x:`. */
static uint32_t whole_capture(const struct syntax *tree, uint32_t pattern)
{
    uint32_t node = pattern;

    for (enum node_kind kind; node; node = syntax_first(tree, node)) {
        kind = syntax_kind(tree, node);
        if (kind == NODE_IDENTIFIER)
            return node;
        if (kind == NODE_AS_PATTERN)
            return as_name(tree, node);
        if (kind != NODE_CASE_PATTERN && kind != NODE_DOTTED_NAME)
            return SYNTAX_NONE;
        if (syntax_first(tree, node) &&
            syntax_next(tree, node, syntax_first(tree, node)))
            return SYNTAX_NONE;
    }
    return SYNTAX_NONE;
}

/* The subject is on the stack, and stays there. */
static void plan_pattern(struct lower *lower, uint32_t pattern)
{
    uint32_t whole = whole_capture(lower->tree, pattern);
    struct pattern_walk walk = pattern_names(lower->tree, pattern);

    for (uint32_t name; (name = pattern_next(&walk));) {
        plan_emit(lower, name == whole ? OP_DUPLICATE : OP_UNKNOWN, 0);
        plan(lower, step_store_name, name, 0);
    }
}

/* `case x:` and `case _:` take whatever comes, `case x,:` does not. */
static bool takes_all(const struct syntax *tree, uint32_t clause)
{
    uint32_t pattern = syntax_child(tree, clause, NODE_CASE_PATTERN);
    struct text text = pattern ? syntax_text(tree, pattern) : TEXT_EMPTY;
    struct text around = syntax_text(tree, clause);
    size_t at = (size_t)(text.bytes - around.bytes) + text.size;

    for (size_t i = 0; i < text.size; i++)
        if (!text_is_word(text.bytes[i]))
            return false;
    while (at < around.size && around.bytes[at] == ' ')
        at++;
    return text.size > 0 && at < around.size && around.bytes[at] == ':' &&
           (text_equal(text, TEXT("_")) || whole_capture(tree, pattern));
}

static void plan_case(struct lower *lower, uint32_t clause, uint32_t end)
{
    const struct syntax *tree = lower->tree;
    uint32_t block = syntax_field(tree, clause, FIELD_CONSEQUENCE);
    uint32_t guard = syntax_field(tree, clause, FIELD_GUARD);
    uint32_t next = new_label(lower);

    if (guard || !takes_all(tree, clause))
        plan_emit(lower, OP_FORK, next);
    plan(lower, step_head, clause, block);
    for (uint32_t child = syntax_first(tree, clause); child;
         child = syntax_next(tree, clause, child))
        if (syntax_kind(tree, child) == NODE_CASE_PATTERN)
            plan_pattern(lower, child);
    if (guard)
        plan_children(lower, guard);
    plan_block(lower, block);
    plan_emit(lower, OP_JUMP, end);
    plan_emit(lower, OP_LABEL, next);
}

static void plan_subject(struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;
    uint32_t count = 0;

    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (tree->nodes[child].field == FIELD_SUBJECT) {
            plan(lower, lower_expression, child, 0);
            count++;
        }
    if (count != 1)
        plan_emit(lower, OP_CONTAINER, count);
}

void lower_match(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t body = syntax_field(tree, node, FIELD_BODY);
    uint32_t end = new_label(lower);

    (void)unused;
    plan(lower, step_head, node, body);
    plan_subject(lower, node);
    for (uint32_t child = body ? syntax_first(tree, body) : 0; child;
         child = syntax_next(tree, body, child))
        if (syntax_kind(tree, child) == NODE_CASE_CLAUSE)
            plan_case(lower, child, end);
        else
            plan(lower, lower_any, child, 0);
    plan_emit(lower, OP_LABEL, end);
    plan_emit(lower, OP_POP, 0);
}
