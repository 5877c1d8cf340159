/*
 * P = mktemp(…), and the next statement makes a folder of that name: mkdtemp
 * does both.
 */
#include "core/fix/arguments.h"
#include "core/fix/meaning.h"
#include "core/fix/repair.h"

/* How the folder is made. */
struct making {
    bool has_mode;
    bool makes_above; /* the folders above it, too, where they are not there */
};

static uint32_t callee_of(const struct syntax *tree, uint32_t call)
{
    return syntax_field(tree, call, FIELD_FUNCTION);
}

static uint32_t first_argument(const struct syntax *tree, uint32_t call)
{
    return syntax_first(tree, syntax_field(tree, call, FIELD_ARGUMENTS));
}

static bool takes_path(struct repair *repair, uint32_t call)
{
    uint32_t argument = first_argument(&repair->script->tree, call);

    return argument && repair_is_target(repair, argument);
}

/* `Path(P).mkdir` */
static bool is_method(struct repair *repair, uint32_t callee)
{
    struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t object = syntax_field(tree, callee, FIELD_OBJECT);

    return syntax_kind(tree, callee) == NODE_ATTRIBUTE &&
           script_is_name(script, syntax_field(tree, callee, FIELD_ATTRIBUTE),
                          "mkdir") &&
           syntax_kind(tree, object) == NODE_CALL &&
           meaning_is_member(script, callee_of(tree, object), "pathlib",
                             "Path") &&
           takes_path(repair, object);
}

/* Arguments from there on. */
static void read_rest(const struct script *script, uint32_t list, uint32_t at,
                      struct making *making)
{
    const struct syntax *tree = &script->tree;

    for (; at; at = syntax_next(tree, list, at)) {
        uint32_t name = syntax_kind(tree, at) == NODE_KEYWORD_ARGUMENT
                            ? syntax_field(tree, at, FIELD_NAME)
                            : SYNTAX_NONE;

        if (name && script_is_name(script, name, "parents"))
            making->makes_above = true;
        else if (!name || !script_is_name(script, name, "exist_ok"))
            making->has_mode = true;
    }
}

/* Does the statement do nothing but make the folder? */
static bool makes(struct repair *repair, uint32_t statement,
                  struct making *making)
{
    struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t call = syntax_first(tree, statement), callee, list, rest;

    if (syntax_kind(tree, statement) != NODE_EXPRESSION_STATEMENT || !call ||
        syntax_kind(tree, call) != NODE_CALL)
        return false;
    callee = callee_of(tree, call);
    list = syntax_field(tree, call, FIELD_ARGUMENTS);
    rest = syntax_first(tree, list);
    if (!is_method(repair, callee)) {
        making->makes_above =
            meaning_is_member(script, callee, "os", "makedirs");
        if ((!making->makes_above &&
             !meaning_is_member(script, callee, "os", "mkdir")) ||
            !takes_path(repair, call))
            return false;
        rest = syntax_next(tree, list, rest);
    }
    read_rest(script, list, rest, making);
    return true;
}

/* os.path.exists, os.path.isdir */
static bool asks(const struct syntax *tree, uint32_t call)
{
    struct text callee = syntax_text(tree, callee_of(tree, call));

    return text_ends_with(callee, TEXT("exists")) ||
           text_ends_with(callee, TEXT("isdir"));
}

/* `if not exists(P):`, and nothing else in it: what does. */
static uint32_t find_guarded(struct repair *repair, uint32_t statement)
{
    const struct syntax *tree = &repair->script->tree;
    uint32_t condition = syntax_field(tree, statement, FIELD_CONDITION);
    uint32_t block = syntax_field(tree, statement, FIELD_CONSEQUENCE);
    uint32_t test = condition ? syntax_first(tree, condition) : SYNTAX_NONE;
    uint32_t made = block ? syntax_first(tree, block) : SYNTAX_NONE;

    return syntax_kind(tree, statement) == NODE_IF && test && made &&
                   syntax_kind(tree, condition) == NODE_NOT_OPERATOR &&
                   syntax_kind(tree, test) == NODE_CALL &&
                   takes_path(repair, test) && asks(tree, test) &&
                   !syntax_field(tree, statement, FIELD_ALTERNATIVE) &&
                   !syntax_next(tree, block, made)
               ? made
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
    uint32_t statement = script_following(repair->script, repair->statement);
    uint32_t guarded = find_guarded(repair, statement);
    struct uses_path path;
    const char *trouble;
    struct making making = { .has_mode = false };

    if (!repair->target || !statement ||
        !makes(repair, guarded ? guarded : statement, &making))
        return false;
    *verdict = (struct verdict){ FIX_SAFE, "mkdtemp makes the folder itself",
                                 FIX_USE_FOLDER };
    trouble = repair_call_member(repair, BRING_MKDTEMP);
    if (!trouble)
        trouble = take_out(repair, statement);
    if (trouble)
        repair_refuse(verdict, trouble);
    if (guarded)
        repair_demote(verdict, "whether the folder is there was asked for, "
                               "and is not any more");
    if (making.makes_above && !arguments_stay(repair))
        repair_demote(verdict, "folders above it may be made, too, which "
                               "mkdtemp wants to be there");
    if (making.has_mode)
        repair_demote(verdict, "the folder is made with a mode, and would be "
                               "for its owner only (0700)");
    path = repair_uses(repair, 0);
    repair_demote(verdict, repair->path
                               ? uses_of_path(&path)
                               : "the path of the folder is kept where others "
                                 "see it, and it is for its owner only (0700)");
    return true;
}
