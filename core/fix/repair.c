#include "core/fix/repair.h"

#include <stdio.h>

#include "core/fix/meaning.h"

void repair_demote(struct verdict *verdict, const char *why)
{
    if (why && verdict->tier == FIX_SAFE)
        *verdict = (struct verdict){ FIX_UNSAFE, why };
}

void repair_replace(struct repair *repair, uint32_t node, const char *with)
{
    const struct node *at = &repair->script->tree.nodes[node];

    edits_replace(repair->edits, at->start, at->end, text_of(with));
}

void repair_insert(struct repair *repair, uint32_t node, const char *what)
{
    edits_insert(repair->edits, repair->script->tree.nodes[node].start,
                 text_of(what));
}

/* ---- the descriptor ------------------------------------------------------ */

/* Does the function around, or the module, know the name? */
static bool is_taken(struct repair *repair, const char *name)
{
    struct script *script = repair->script;
    uint32_t body = script_body(script, repair->call);

    for (uint32_t at = script_first(script, text_of(name)); at;
         at = script_next(script, at)) {
        uint32_t owner;

        if (script->roles[at] == ROLE_NONE &&
            syntax_kind(&script->tree, script_parent(script, at)) !=
                NODE_GLOBAL)
            continue;
        owner = script_owner(script, at);
        if (script_within(script, at, body) || owner == script->module ||
            owner == SCOPE_NONE)
            return true;
    }
    return false;
}

const char *repair_descriptor(struct repair *repair, char *room, size_t size)
{
    snprintf(room, size, "fd");
    for (unsigned i = 1; is_taken(repair, room); i++)
        snprintf(room, size, i == 1 ? "tmp_fd" : "tmp_fd%u", i);
    return room;
}

/* ---- arguments ----------------------------------------------------------- */

static bool is_absolute(struct repair *repair, uint32_t value)
{
    struct script *script = repair->script;
    struct text text = syntax_text(&script->tree, value);
    uint32_t callee;

    switch (script->tree.nodes[value].kind) {
    case NODE_NONE:
        return true;
    case NODE_STRING:
        return text_starts_with(text, TEXT("'/")) ||
               text_starts_with(text, TEXT("\"/"));
    case NODE_CALL:
        callee = syntax_field(&script->tree, value, FIELD_FUNCTION);
        return meaning_is_member(script, callee, "tempfile", "gettempdir");
    default:
        return false;
    }
}

bool repair_is_relocated(struct repair *repair)
{
    const struct syntax *tree = &repair->script->tree;
    unsigned position = 0;

    for (uint32_t at = syntax_first(tree, repair->arguments); at;
         at = syntax_next(tree, repair->arguments, at)) {
        enum node_kind kind = syntax_kind(tree, at);
        uint32_t value = at;

        if (kind == NODE_LIST_SPLAT || kind == NODE_DICTIONARY_SPLAT)
            return true;
        if (kind == NODE_KEYWORD_ARGUMENT) {
            value = syntax_field(tree, at, FIELD_VALUE);
            if (!script_is_name(repair->script,
                                syntax_field(tree, at, FIELD_NAME), "dir"))
                continue;
        } else if (++position != 3) {
            continue;
        }
        return !is_absolute(repair, value);
    }
    return false;
}

const char *repair_pair(struct repair *repair, const char *descriptor)
{
    char text[64];

    snprintf(text, sizeof(text), "%s, ", descriptor);
    repair_insert(repair, repair->path, text);
    return bring_member(repair->bring, repair->callee, BRING_MKSTEMP,
                        repair->edits);
}
