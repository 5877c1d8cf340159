/*
 * Syntax errors. The grammar takes what is wrong and what stands behind it,
 * often the whole next line, apart into words: `class A` without its colon and
 * `p = tempfile.mktemp()` become the names A, p, tempfile and mktemp. A name,
 * members behind dots and a bracket are still a call.
 */
#include "core/base/memory.h"
#include "core/machine/lower_plan.h"

/* Farther away the end of a call is not looked for. */
#define CALL_SIZE_MAX 1000

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *code_of(const struct lower *lower)
{
    return lower->tree->source->code;
}

/* The byte behind the blanks at `at`; at the end it is NUL. */
static uint32_t skip_blanks(const struct lower *lower, uint32_t at)
{
    while (is_blank(code_of(lower)[at]))
        at++;
    return at;
}

/* Is it a member of what stands before, or the name of a definition? */
static bool is_taken(const struct lower *lower, uint32_t start)
{
    const char *code = code_of(lower);
    uint32_t end = start, word;

    while (end > 0 && is_blank(code[end - 1]))
        end--;
    if (end > 0 && code[end - 1] == '.')
        return true;
    for (word = end; word > 0 && text_is_word(code[word - 1]);)
        word--;
    return text_equal((struct text){ code + word, end - word }, TEXT("def")) ||
           text_equal((struct text){ code + word, end - word }, TEXT("class"));
}

/* The name behind a node and a dot, or SYNTAX_NONE. */
static uint32_t member_behind(const struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;
    uint32_t next = tree->nodes[node].after;
    uint32_t dot = skip_blanks(lower, tree->nodes[node].end);

    while (next < tree->nodes_count && tree->nodes[next].kind == NODE_ERROR)
        next++;
    return code_of(lower)[dot] == '.' && next < tree->nodes_count &&
                   tree->nodes[next].kind == NODE_IDENTIFIER &&
                   tree->nodes[next].start == skip_blanks(lower, dot + 1)
               ? next
               : SYNTAX_NONE;
}

/* The end of a string of one line that begins there; else `at`. */
static uint32_t string_end(const char *code, uint32_t at)
{
    uint32_t end = at + 1;

    if (code[at] != '"' && code[at] != '\'')
        return at;
    while (code[end] && code[end] != '\n' && code[end] != code[at])
        end += code[end] == '\\' && code[end + 1] ? 2 : 1;
    return code[end] == code[at] ? end : at;
}

/* Behind the bracket that closes the one at `open`, or behind that. */
static uint32_t call_end(const struct lower *lower, uint32_t open)
{
    const char *code = code_of(lower);
    uint32_t depth = 0;

    for (uint32_t at = open; code[at] && at - open < CALL_SIZE_MAX; at++) {
        at = string_end(code, at);
        depth += code[at] == '(';
        depth -= code[at] == ')';
        if (depth == 0)
            return at + 1;
    }
    return open + 1;
}

static void plan_call(struct lower *lower, uint32_t start, uint32_t open)
{
    struct call *call = ARRAY_PUSH(lower->code->calls);

    call->start = call->statement_start = start;
    call->end = call->statement_end = call_end(lower, open);
    call->arguments = (uint32_t)lower->code->arguments_count;
    plan_emit(lower, OP_CALL, (uint32_t)lower->code->calls_count - 1);
}

/* What begins with a name or an attribute. */
static void plan_chain(struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;
    uint32_t last = node, open;

    plan(lower, lower_expression, node, 0);
    for (uint32_t next; (next = member_behind(lower, last)); last = next)
        plan_emit(lower, OP_ATTRIBUTE, symbol_of(lower, next));
    open = skip_blanks(lower, tree->nodes[last].end);
    if (code_of(lower)[open] == '(')
        plan_call(lower, tree->nodes[node].start, open);
    plan_emit(lower, OP_POP, 0);
}

void lower_error(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;

    (void)unused;
    plan(lower, step_head, node, 0);
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        enum node_kind kind = syntax_kind(tree, child);

        if ((kind == NODE_IDENTIFIER || kind == NODE_ATTRIBUTE) &&
            !is_taken(lower, tree->nodes[child].start))
            plan_chain(lower, child);
        else
            plan(lower, lower_any, child, 0);
    }
}
