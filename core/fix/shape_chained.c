/*
 * a = b = mktemp(…): the first name gets the pair of mkstemp, and the others
 * what it is then, from left to right as before.
 */
#include "core/fix/repair.h"

/* The target of an assignment, if it is a name alone. */
static uint32_t name_of(const struct syntax *tree, uint32_t assignment)
{
    uint32_t left = syntax_field(tree, assignment, FIELD_LEFT);

    return syntax_kind(tree, left) == NODE_IDENTIFIER &&
                   !syntax_field(tree, assignment, FIELD_TYPE)
               ? left
               : SYNTAX_NONE;
}

static uint32_t right_of(const struct syntax *tree, uint32_t assignment)
{
    return syntax_field(tree, assignment, FIELD_RIGHT);
}

/* `first = …` that ends in the value, all of it names; or SYNTAX_NONE. */
static uint32_t find_first(const struct repair *repair)
{
    const struct syntax *tree = &repair->script->tree;
    uint32_t first = syntax_first(tree, repair->statement), at = first;

    if (syntax_kind(tree, repair->statement) != NODE_EXPRESSION_STATEMENT)
        return SYNTAX_NONE;
    while (at && syntax_kind(tree, at) == NODE_ASSIGNMENT && name_of(tree, at))
        at = right_of(tree, at);
    return at == repair->value && at != first && at != right_of(tree, first)
               ? first
               : SYNTAX_NONE;
}

/* `b = a` for each of the others. */
static void put_others(struct repair *repair, uint32_t first)
{
    const struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    struct buffer text = BUFFER_EMPTY;

    for (uint32_t at = right_of(tree, first); at != repair->value;
         at = right_of(tree, at)) {
        buffer_clear(&text);
        buffer_text(&text, script_text(script, name_of(tree, at)));
        buffer_string(&text, " = ");
        buffer_text(&text, script_text(script, name_of(tree, first)));
        repair_add(repair, buffer_view(&text));
    }
    buffer_release(&text);
}

bool shape_chained(struct repair *repair, struct verdict *verdict)
{
    const struct script *script = repair->script;
    const struct node *nodes = script->tree.nodes;
    uint32_t first = find_first(repair);
    char room[32];
    const char *descriptor, *trouble;

    if (!first ||
        script->scopes.items[script->homes[first]].kind == SCOPE_CLASS)
        return false;
    *verdict = (struct verdict){ FIX_UNSAFE,
                                 "several names get the path, and what is done "
                                 "with each is not looked at",
                                 FIX_USE_KEPT };
    descriptor = repair_descriptor(repair, room, sizeof(room));
    trouble = bring_os(repair->bring, repair->callee);
    if (!trouble)
        trouble =
            repair_pair(repair, name_of(&script->tree, first), descriptor);
    edits_replace(repair->edits, nodes[right_of(&script->tree, first)].start,
                  nodes[repair->value].start, TEXT_EMPTY);
    repair_close(repair, descriptor);
    put_others(repair, first);
    if (trouble)
        repair_refuse(verdict, trouble);
    return true;
}
