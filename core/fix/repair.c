#include "core/fix/repair.h"

#include <stdio.h>
#include <string.h>

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

/* The folder that the call names: 1, 0 if none, -1 if that is not sure. */
static int find_folder(const struct repair *repair, uint32_t *value)
{
    const struct syntax *tree = &repair->script->tree;
    unsigned position = 0;

    for (uint32_t at = syntax_first(tree, repair->arguments); at;
         at = syntax_next(tree, repair->arguments, at)) {
        enum node_kind kind = syntax_kind(tree, at);

        *value = at;
        if (kind == NODE_LIST_SPLAT || kind == NODE_DICTIONARY_SPLAT)
            return -1;
        if (kind == NODE_KEYWORD_ARGUMENT) {
            *value = syntax_field(tree, at, FIELD_VALUE);
            if (script_is_name(repair->script,
                               syntax_field(tree, at, FIELD_NAME), "dir"))
                return 1;
        } else if (++position == 3) {
            return 1;
        }
    }
    return 0;
}

/* None, or tempfile.gettempdir(): where the call looks anyway. */
static bool is_usual_folder(struct repair *repair, uint32_t value)
{
    struct script *script = repair->script;

    return syntax_kind(&script->tree, value) == NODE_NONE ||
           (syntax_kind(&script->tree, value) == NODE_CALL &&
            meaning_is_member(
                script, syntax_field(&script->tree, value, FIELD_FUNCTION),
                "tempfile", "gettempdir"));
}

bool repair_is_relocated(struct repair *repair)
{
    uint32_t value;
    int has = find_folder(repair, &value);
    struct text text;

    if (has <= 0)
        return has < 0;
    text = syntax_text(&repair->script->tree, value);
    return !is_usual_folder(repair, value) &&
           !text_starts_with(text, TEXT("'/")) &&
           !text_starts_with(text, TEXT("\"/"));
}

bool repair_names_folder(struct repair *repair)
{
    uint32_t value;
    int has = find_folder(repair, &value);

    return has != 0 && !(has > 0 && is_usual_folder(repair, value));
}

struct uses_path repair_uses(struct repair *repair, uint32_t closed)
{
    return (struct uses_path){ .script = repair->script,
                               .target = repair->path,
                               .closed = closed,
                               .is_relocated = repair_is_relocated(repair),
                               .may_fail = repair_names_folder(repair) };
}

/* ---- the suffix ---------------------------------------------------------- */

/* The content of a literal without prefix, escapes and quotes in it, that is
   no part of a path. */
static bool is_plain(const struct script *script, uint32_t node,
                     struct text *content)
{
    struct text text = script_text(script, node);
    char quote = text.size > 1 ? text.bytes[0] : '\0';

    if (syntax_kind(&script->tree, node) != NODE_STRING ||
        (quote != '\'' && quote != '"'))
        return false;
    *content = text_slice(text, 1, text.size - 1);
    for (size_t i = 0; i < content->size; i++)
        if (strchr("'\"\\/{}\n\r", content->bytes[i]))
            return false;
    return text.bytes[text.size - 1] == quote;
}

/* `mktemp() + ".txt"`, or `"%s.txt" % mktemp()`. */
static bool is_joined(const struct script *script, uint32_t around,
                      uint32_t call, struct text *suffix)
{
    const struct syntax *tree = &script->tree;
    uint32_t left = syntax_field(tree, around, FIELD_LEFT);
    uint32_t right = syntax_field(tree, around, FIELD_RIGHT);
    struct text sign =
        syntax_text(tree, syntax_field(tree, around, FIELD_OPERATOR));

    if (left == call && text_equal(sign, TEXT("+")))
        return is_plain(script, right, suffix) &&
               text_find(*suffix, '%', 0) == suffix->size;
    if (right != call || !text_equal(sign, TEXT("%")) ||
        !is_plain(script, left, suffix) ||
        !text_starts_with(*suffix, TEXT("%s")))
        return false;
    *suffix = text_slice(*suffix, 2, suffix->size);
    return text_find(*suffix, '%', 0) == suffix->size;
}

/* `f"{mktemp()}.txt"`, without anything else. */
static bool is_formatted(const struct script *script, uint32_t string,
                         uint32_t call, struct text *suffix)
{
    const struct node *nodes = script->tree.nodes;
    struct text text = script_text(script, string);
    size_t start = nodes[call].start - nodes[string].start;
    size_t end = nodes[call].end - nodes[string].start;

    if (start != 3 || (text.bytes[0] != 'f' && text.bytes[0] != 'F') ||
        (text.bytes[1] != '"' && text.bytes[1] != '\'') ||
        text.bytes[2] != '{' || end + 2 > text.size || text.bytes[end] != '}')
        return false;
    *suffix = text_slice(text, end + 1, text.size - 1);
    for (size_t i = 0; i < suffix->size; i++)
        if (strchr("'\"\\/{}\n\r", suffix->bytes[i]))
            return false;
    return true;
}

void repair_find_suffix(struct repair *repair)
{
    const struct script *script = repair->script;
    uint32_t around = script_parent(script, repair->call);
    bool found = false;

    if (syntax_kind(&script->tree, around) == NODE_BINARY_OPERATOR) {
        found = is_joined(script, around, repair->call, &repair->suffix);
    } else if (syntax_kind(&script->tree, around) == NODE_INTERPOLATION) {
        around = script_parent(script, around);
        found = is_formatted(script, around, repair->call, &repair->suffix);
    }
    if (found) {
        repair->value = around;
        repair->is_joined = true;
    }
}

/* The suffix that the call has: 1, 0 if it has none, -1 if that is not sure. */
static int find_own_suffix(const struct repair *repair, uint32_t *value)
{
    const struct syntax *tree = &repair->script->tree;
    uint32_t first = syntax_first(tree, repair->arguments);

    *value = SYNTAX_NONE;
    if (first && syntax_kind(tree, first) != NODE_KEYWORD_ARGUMENT)
        *value = first;
    for (uint32_t at = first; at;
         at = syntax_next(tree, repair->arguments, at)) {
        enum node_kind kind = syntax_kind(tree, at);

        if (kind == NODE_LIST_SPLAT || kind == NODE_DICTIONARY_SPLAT)
            return -1;
        if (kind == NODE_KEYWORD_ARGUMENT &&
            script_is_name(repair->script, syntax_field(tree, at, FIELD_NAME),
                           "suffix"))
            *value = syntax_field(tree, at, FIELD_VALUE);
    }
    return *value != SYNTAX_NONE;
}

static const char *fold_suffix(struct repair *repair)
{
    const struct script *script = repair->script;
    const struct node *nodes = script->tree.nodes;
    const struct node *call = &nodes[repair->call];
    uint32_t value, at = nodes[repair->arguments].start + 1;
    struct buffer text = BUFFER_EMPTY;
    struct text content;
    int has = find_own_suffix(repair, &value);

    if (has < 0 || (has && !is_plain(script, value, &content)))
        return "the suffix that it is given is no plain string, and another "
               "one is added";
    edits_replace(repair->edits, nodes[repair->value].start, call->start,
                  TEXT_EMPTY);
    if (has) {
        at = nodes[value].end - 1;
        buffer_text(&text, repair->suffix);
    } else {
        buffer_string(&text, "suffix='");
        buffer_text(&text, repair->suffix);
        buffer_string(&text, syntax_first(&script->tree, repair->arguments)
                                 ? "', "
                                 : "'");
    }
    edits_insert(repair->edits, at, buffer_view(&text));
    edits_replace(repair->edits, call->end, nodes[repair->value].end,
                  TEXT_EMPTY);
    buffer_release(&text);
    return NULL;
}

/* ---- the call ------------------------------------------------------------ */

bool repair_is_path(struct repair *repair, uint32_t node)
{
    struct script *script = repair->script;

    return repair->path &&
           syntax_kind(&script->tree, node) == NODE_IDENTIFIER &&
           script->symbols[node] == script->symbols[repair->path] &&
           script_owner(script, node) == script_owner(script, repair->path);
}

const char *repair_call_member(struct repair *repair, enum bring_member member)
{
    const char *trouble =
        bring_member(repair->bring, repair->callee, member, repair->edits);

    if (!trouble && repair->is_joined)
        trouble = fold_suffix(repair);
    return trouble;
}

const char *repair_pair(struct repair *repair, uint32_t target,
                        const char *descriptor)
{
    char text[64];

    snprintf(text, sizeof(text), "%s, ", descriptor);
    repair_insert(repair, target, text);
    return repair_call_member(repair, BRING_MKSTEMP);
}
