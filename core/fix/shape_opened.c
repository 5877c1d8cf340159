/*
 * P = mktemp(…), and the next statement opens P for writing: mkstemp has it
 * open already.
 */
#include "core/fix/meaning.h"
#include "core/fix/opening.h"
#include "core/fix/repair.h"

/* What is opened, and what holds it. */
struct opened {
    struct opening opening;
    uint32_t statement, body; /* body: the with statement, or SYNTAX_NONE */
    uint32_t target;          /* an identifier; SYNTAX_NONE: nothing, or */
    const char *target_trouble;
};

static enum node_kind kind_of(const struct script *script, uint32_t node)
{
    return node ? syntax_kind(&script->tree, node) : NODE_OTHER;
}

/* The target of `with … as target`. */
static void find_target(const struct script *script, uint32_t pattern,
                        struct opened *opened)
{
    uint32_t target =
        syntax_child(&script->tree, pattern, NODE_AS_PATTERN_TARGET);

    target = target ? syntax_first(&script->tree, target) : SYNTAX_NONE;
    if (kind_of(script, target) == NODE_IDENTIFIER)
        opened->target = target;
    else
        opened->target_trouble = "the file object is kept in more than a "
                                 "variable";
}

/* The call that the first item of a with statement enters. */
static uint32_t find_in_with(const struct script *script, uint32_t with,
                             struct opened *opened)
{
    const struct syntax *tree = &script->tree;
    uint32_t clause = syntax_child(tree, with, NODE_WITH_CLAUSE);
    uint32_t item =
        clause ? syntax_child(tree, clause, NODE_WITH_ITEM) : SYNTAX_NONE;
    uint32_t value = item ? syntax_field(tree, item, FIELD_VALUE) : SYNTAX_NONE;

    if (text_starts_with(syntax_text(tree, with), TEXT("async")))
        return SYNTAX_NONE;
    opened->body = with;
    if (kind_of(script, value) == NODE_AS_PATTERN) {
        find_target(script, value, opened);
        value = syntax_first(tree, value);
    }
    return value;
}

/* `f = open(…)`, or `open(…).write(…)`. */
static uint32_t find_in_expression(const struct script *script,
                                   uint32_t statement, struct opened *opened)
{
    const struct syntax *tree = &script->tree;
    uint32_t node = syntax_first(tree, statement);

    if (kind_of(script, node) == NODE_ASSIGNMENT) {
        uint32_t left = syntax_field(tree, node, FIELD_LEFT);

        if (kind_of(script, left) == NODE_IDENTIFIER)
            opened->target = left;
        else
            opened->target_trouble = "the file object is kept in more than a "
                                     "variable";
        return syntax_field(tree, node, FIELD_TYPE)
                   ? SYNTAX_NONE
                   : syntax_field(tree, node, FIELD_RIGHT);
    }
    if (kind_of(script, node) == NODE_CALL) {
        uint32_t callee = syntax_field(tree, node, FIELD_FUNCTION);

        if (kind_of(script, callee) == NODE_ATTRIBUTE &&
            (script_is_name(script, syntax_field(tree, callee, FIELD_ATTRIBUTE),
                            "write") ||
             script_is_name(script, syntax_field(tree, callee, FIELD_ATTRIBUTE),
                            "close")))
            return syntax_field(tree, callee, FIELD_OBJECT);
    }
    return SYNTAX_NONE;
}

static const char *find_opened(struct repair *repair, struct opened *opened)
{
    struct script *script = repair->script;
    uint32_t call = SYNTAX_NONE;

    opened->statement = script_following(script, repair->statement);
    if (kind_of(script, opened->statement) == NODE_WITH)
        call = find_in_with(script, opened->statement, opened);
    else if (kind_of(script, opened->statement) == NODE_EXPRESSION_STATEMENT)
        call = find_in_expression(script, opened->statement, opened);
    return opening_read(&opened->opening, script, call);
}

/* Behind `f.close()` in the block of the opening, paths may leave. */
static uint32_t closed_at(struct repair *repair, const struct opened *opened)
{
    struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t at = opened->statement;

    if (opened->body || !opened->target)
        return tree->nodes[opened->statement].end;
    while ((at = script_following(script, at))) {
        uint32_t call = syntax_first(tree, at);
        uint32_t callee = kind_of(script, call) == NODE_CALL
                              ? syntax_field(tree, call, FIELD_FUNCTION)
                              : SYNTAX_NONE;

        if (kind_of(script, callee) == NODE_ATTRIBUTE &&
            script_is_name(script, syntax_field(tree, callee, FIELD_ATTRIBUTE),
                           "close") &&
            text_equal(
                syntax_text(tree, syntax_field(tree, callee, FIELD_OBJECT)),
                syntax_text(tree, opened->target)))
            return tree->nodes[at].end;
    }
    return UINT32_MAX;
}

/* The mode is the second argument of os.fdopen, and no keyword in Python 2. */
static void edit_mode(struct repair *repair, const struct opening *opening)
{
    const struct node *nodes = repair->script->tree.nodes;

    if (opening->keyword && !opening->takes_number)
        edits_replace(repair->edits, nodes[opening->keyword].start,
                      nodes[opening->mode].start, TEXT_EMPTY);
    if (opening->is_exclusive)
        edits_replace(repair->edits, nodes[opening->mode].start + 1,
                      nodes[opening->mode].start + 2, TEXT("w"));
}

static const char *edit_opening(struct repair *repair, struct opening *opening,
                                const char *descriptor)
{
    const char *trouble = NULL;

    opening->takes_number |=
        opening->has_encoding || meaning_is_python3(repair->script);
    if (!opening->takes_number) {
        trouble = bring_os(repair->bring, repair->callee);
        repair_replace(repair, opening->callee, "os.fdopen");
    }
    repair_replace(repair, opening->path, descriptor);
    edit_mode(repair, opening);
    return trouble;
}

/* Do other arguments of the opening depend on the path? */
static bool asks_for_path(struct repair *repair, const struct opening *opening)
{
    struct script *script = repair->script;

    for (uint32_t at = script_first(script, script_text(script, repair->path));
         at; at = script_next(script, at))
        if (at != opening->path && script_within(script, at, opening->call))
            return true;
    return false;
}

static void check_uses(struct repair *repair, const struct opened *opened,
                       struct verdict *verdict)
{
    const struct uses_file file = {
        .script = repair->script,
        .target = opened->target,
        .body = opened->body,
        .path = script_text(repair->script, repair->path),
    };
    const struct uses_path path =
        repair_uses(repair, closed_at(repair, opened));

    if (asks_for_path(repair, &opened->opening))
        repair_demote(verdict, "how it is opened depends on the path, of a "
                               "file that is there then");
    repair_demote(verdict, opened->target_trouble);
    if (opened->target)
        repair_demote(verdict, uses_of_file(&file, repair->edits));
    repair_demote(verdict, uses_of_path(&path));
    if (opened->opening.has_buffering && !opened->opening.takes_number)
        repair_demote(verdict, "os.fdopen takes no keywords in Python 2");
}

bool shape_opened(struct repair *repair, struct verdict *verdict)
{
    struct opened opened = { .statement = SYNTAX_NONE };
    char room[32];
    const char *trouble, *descriptor;

    if (!repair->path)
        return false;
    trouble = find_opened(repair, &opened);
    if (!opened.opening.path || !repair_is_path(repair, opened.opening.path))
        return false;
    *verdict = (struct verdict){ FIX_SAFE,
                                 "mkstemp creates the file, and "
                                 "what it opened is used",
                                 FIX_USE_OPENED };
    descriptor = repair_descriptor(repair, room, sizeof(room));
    if (!trouble)
        trouble = repair_pair(repair, repair->path, descriptor);
    if (!trouble)
        trouble = edit_opening(repair, &opened.opening, descriptor);
    if (trouble)
        repair_refuse(verdict, trouble);
    else
        check_uses(repair, &opened, verdict);
    repair_demote(verdict, repair_annotated(repair));
    return true;
}
