/*
 * open(mktemp(…), "w"): the path is known to nobody else, so a
 * NamedTemporaryFile that is not deleted is the same.
 */
#include "core/fix/arguments.h"
#include "core/fix/meaning.h"
#include "core/fix/opening.h"
#include "core/fix/repair.h"

static const char *put_callee(struct repair *repair, uint32_t callee)
{
    struct buffer name = BUFFER_EMPTY;
    const char *trouble = repair_member_text(repair, BRING_NAMED, &name);

    repair_replace(repair, callee, name.bytes);
    buffer_release(&name);
    return trouble;
}

static const char *put_call(struct repair *repair,
                            const struct opening *opening)
{
    const struct script *script = repair->script;
    const struct node *nodes = script->tree.nodes;
    uint32_t last = opening->keyword ? opening->keyword : opening->mode;
    struct buffer text = BUFFER_EMPTY;
    const char *trouble = put_callee(repair, opening->callee);

    buffer_text(&text, script_text(script, opening->mode));
    if (opening->is_exclusive)
        text.bytes[1] = 'w';
    if (!arguments_append(repair, SYNTAX_NONE, &text))
        trouble = "the arguments of the call are not known one by one";
    buffer_string(&text, ", delete=False");
    if (syntax_next(&script->tree, script_parent(script, repair->call),
                    repair->call) != last)
        trouble = "the mode is not the second argument of open()";
    edits_replace(repair->edits, nodes[repair->call].start, nodes[last].end,
                  buffer_view(&text));
    buffer_release(&text);
    return trouble;
}

/* `with open(…) as target`: the with statement and *target. */
static uint32_t find_with(const struct script *script, uint32_t open,
                          uint32_t *target)
{
    const struct syntax *tree = &script->tree;
    uint32_t item = script_parent(script, open), clause;

    if (syntax_kind(tree, item) == NODE_AS_PATTERN) {
        uint32_t pattern = syntax_child(tree, item, NODE_AS_PATTERN_TARGET);

        *target = pattern ? syntax_first(tree, pattern) : SYNTAX_NONE;
        item = script_parent(script, item);
    }
    clause = script_parent(script, item);
    return syntax_kind(tree, item) == NODE_WITH_ITEM &&
                   syntax_kind(tree, clause) == NODE_WITH_CLAUSE
               ? script_parent(script, clause)
               : SYNTAX_NONE;
}

static void check_uses(struct repair *repair, const struct opening *opening,
                       struct verdict *verdict)
{
    struct script *script = repair->script;
    uint32_t target = SYNTAX_NONE, with;
    struct uses_file file = { .script = script,
                              .keeps_name = !arguments_relocate(repair) };

    with = find_with(script, opening->call, &target);
    if (!with)
        repair_demote(verdict, "the file object would be of another class");
    if (target && syntax_kind(&script->tree, target) != NODE_IDENTIFIER)
        repair_demote(verdict,
                      "the file object is kept in more than a variable");
    file.body = with;
    file.target = target;
    if (target && syntax_kind(&script->tree, target) == NODE_IDENTIFIER)
        repair_demote(verdict, uses_of_file(&file, repair->edits));
    if (opening->has_errors || opening->has_buffering)
        repair_demote(verdict, "NamedTemporaryFile has not all arguments of "
                               "open() in every Python");
    if ((opening->takes_number || opening->has_encoding) &&
        !meaning_is_python3(script))
        repair_demote(verdict, "in Python 2 NamedTemporaryFile opens as open() "
                               "does there, without an encoding");
}

bool shape_inline(struct repair *repair, struct verdict *verdict)
{
    struct script *script = repair->script;
    uint32_t list = script_parent(script, repair->call);
    uint32_t open = script_parent(script, list);
    struct opening opening = { .call = SYNTAX_NONE };
    const char *trouble;

    if (repair->is_old ||
        syntax_kind(&script->tree, list) != NODE_ARGUMENT_LIST)
        return false;
    trouble = opening_read(&opening, script, open);
    if (opening.path != repair->call)
        return false;
    *verdict = (struct verdict){
        FIX_SAFE,
        "NamedTemporaryFile creates and opens the file; it was not "
        "deleted before and is not now (consider delete=True)",
        FIX_USE_OPENED
    };
    if (!trouble && opening.has_more)
        trouble = "open() has more arguments than NamedTemporaryFile takes "
                  "in that order";
    if (!trouble)
        trouble = put_call(repair, &opening);
    if (trouble)
        repair_refuse(verdict, trouble);
    else
        check_uses(repair, &opening, verdict);
    return true;
}
