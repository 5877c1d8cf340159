/*
 * P = mktemp(…), and the next statement makes a folder of that name: mkdtemp
 * does both.
 */
#include "core/fix/meaning.h"
#include "core/fix/repair.h"

/* `os.mkdir(P)`, as a statement of its own: the call, or SYNTAX_NONE. */
static uint32_t find_made(struct repair *repair, uint32_t statement)
{
    struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t call, callee;

    if (!statement || syntax_kind(tree, statement) != NODE_EXPRESSION_STATEMENT)
        return SYNTAX_NONE;
    call = syntax_first(tree, statement);
    if (!call || syntax_kind(tree, call) != NODE_CALL)
        return SYNTAX_NONE;
    callee = syntax_field(tree, call, FIELD_FUNCTION);
    return meaning_is_member(script, callee, "os", "mkdir") ||
                   meaning_is_member(script, callee, "os", "makedirs")
               ? call
               : SYNTAX_NONE;
}

/* Take the statement and its line out; a comment behind it stays. */
static const char *take_out(struct repair *repair, uint32_t statement)
{
    const struct script *script = repair->script;
    const struct node *node = &script->tree.nodes[statement];
    uint32_t start = node->start, end = node->end;
    struct text indent;

    if (!script_indent(script, statement, &indent) ||
        !script_line_rest(script, &end))
        return "what makes the folder stands on a line with other code";
    if (end < script->source.text.size &&
        script->source.text.bytes[end] == '#') {
        edits_replace(repair->edits, start, end, TEXT_EMPTY);
        return NULL;
    }
    start -= (uint32_t)indent.size;
    edits_replace(repair->edits, start, script_line_after(script, end),
                  TEXT_EMPTY);
    return NULL;
}

bool shape_made(struct repair *repair, struct verdict *verdict)
{
    struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t statement = script_following(script, repair->statement);
    uint32_t call = repair->path ? find_made(repair, statement) : SYNTAX_NONE;
    struct uses_path path;
    uint32_t list, argument;
    const char *trouble;

    if (!call)
        return false;
    list = syntax_field(tree, call, FIELD_ARGUMENTS);
    argument = syntax_first(tree, list);
    if (!argument || !repair_is_path(repair, argument))
        return false;
    *verdict = (struct verdict){ FIX_SAFE, "mkdtemp makes the folder itself" };
    trouble = repair_call_member(repair, BRING_MKDTEMP);
    if (!trouble)
        trouble = take_out(repair, statement);
    if (trouble)
        *verdict = (struct verdict){ FIX_MANUAL, trouble };
    if (syntax_next(tree, list, argument))
        repair_demote(verdict, "the folder is made with a mode, and would be "
                               "for its owner only (0700)");
    path = repair_uses(repair, 0);
    repair_demote(verdict, uses_of_path(&path));
    return true;
}
