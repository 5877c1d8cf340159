#include "core/fix/repair.h"

#include <stdio.h>
#include <string.h>

#include "core/fix/arguments.h"

void repair_demote(struct verdict *verdict, const char *why)
{
    if (why && verdict->tier == FIX_SAFE)
        *verdict = (struct verdict){ FIX_UNSAFE, why, verdict->use };
}

void repair_refuse(struct verdict *verdict, const char *why)
{
    *verdict = (struct verdict){ FIX_MANUAL, why, verdict->use };
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

/* ---- the path ------------------------------------------------------------ */

struct uses_path repair_uses(struct repair *repair, uint32_t closed)
{
    return (struct uses_path){ .script = repair->script,
                               .target = repair->path,
                               .closed = closed,
                               .is_relocated = arguments_relocate(repair),
                               .may_fail = arguments_name_folder(repair) };
}

/* ---- the suffix ---------------------------------------------------------- */

bool repair_is_plain(const struct script *script, uint32_t node,
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
        return repair_is_plain(script, right, suffix) &&
               text_find(*suffix, '%', 0) == suffix->size;
    if (right != call || !text_equal(sign, TEXT("%")) ||
        !repair_is_plain(script, left, suffix) ||
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

static const char *fold_suffix(struct repair *repair)
{
    const struct script *script = repair->script;
    const struct node *nodes = script->tree.nodes;
    const struct node *call = &nodes[repair->call];
    uint32_t value, at = nodes[repair->arguments].start + 1;
    struct buffer text = BUFFER_EMPTY;
    struct text content;
    int has = arguments_suffix(repair, &value);

    if (has < 0 || (has && !repair_is_plain(script, value, &content)))
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

/* A function of os gives way to one of another module. */
static const char *call_from_tempfile(struct repair *repair,
                                      enum bring_member member)
{
    const char *trouble = bring_tempfile(repair->bring, repair->callee);
    char text[64];

    snprintf(text, sizeof(text), "tempfile.%s", bring_name(member));
    repair_replace(repair, repair->callee, text);
    arguments_swap(repair);
    return trouble;
}

bool repair_is_target(struct repair *repair, uint32_t node)
{
    const struct syntax *tree = &repair->script->tree;

    if (repair->path)
        return repair_is_path(repair, node);
    return repair->target && node != repair->target &&
           syntax_kind(tree, node) == syntax_kind(tree, repair->target) &&
           text_equal(syntax_text(tree, node),
                      syntax_text(tree, repair->target));
}

const char *repair_member_text(struct repair *repair, enum bring_member member,
                               struct buffer *out)
{
    const struct script *script = repair->script;

    if (syntax_kind(&script->tree, repair->callee) == NODE_ATTRIBUTE) {
        buffer_text(
            out, script_text(script, syntax_field(&script->tree, repair->callee,
                                                  FIELD_OBJECT)));
        buffer_byte(out, '.');
    }
    buffer_string(out, bring_name(member));
    return bring_member(repair->bring, repair->callee, member, NULL);
}

const char *repair_call_member(struct repair *repair, enum bring_member member)
{
    const char *trouble = repair->is_old
                              ? call_from_tempfile(repair, member)
                              : bring_member(repair->bring, repair->callee,
                                             member, repair->edits);

    if (!trouble && repair->is_joined)
        trouble = fold_suffix(repair);
    return trouble;
}

const char *repair_annotated(const struct repair *repair)
{
    return syntax_field(&repair->script->tree, repair->assignment, FIELD_TYPE)
               ? "the type of the path would stand in a statement of its own"
               : NULL;
}

/* `P: T = …` binds no pair: what T is stands in a statement before. */
static void put_annotation(struct repair *repair, uint32_t target)
{
    const struct script *script = repair->script;
    const struct node *nodes = script->tree.nodes;
    uint32_t type = syntax_field(&script->tree, repair->assignment, FIELD_TYPE);
    struct buffer text = BUFFER_EMPTY;
    struct text indent;

    if (!type)
        return;
    buffer_text(&text, script_text(script, target));
    buffer_string(&text, ": ");
    buffer_text(&text, script_text(script, type));
    if (script_indent(script, repair->statement, &indent)) {
        buffer_text(&text, script_line_end(script));
        buffer_text(&text, indent);
    } else {
        buffer_string(&text, "; ");
    }
    edits_insert(repair->edits, nodes[target].start, buffer_view(&text));
    edits_replace(repair->edits, nodes[target].end, nodes[type].end,
                  TEXT_EMPTY);
    buffer_release(&text);
}

void repair_add(struct repair *repair, struct text words)
{
    const struct script *script = repair->script;
    struct text line_end = script_line_end(script), indent;
    uint32_t end = script->tree.nodes[repair->statement].end, after = end;
    struct buffer text = BUFFER_EMPTY;

    if (!script_indent(script, repair->statement, &indent) ||
        !script_line_rest(script, &after)) {
        buffer_string(&text, "; ");
        buffer_text(&text, words);
    } else {
        end = script_line_after(script, after);
        if (!script_ends_line(script, end))
            buffer_text(&text, line_end);
        buffer_text(&text, indent);
        buffer_text(&text, words);
        if (script_ends_line(script, end))
            buffer_text(&text, line_end);
    }
    edits_insert(repair->edits, end, buffer_view(&text));
    buffer_release(&text);
}

void repair_close(struct repair *repair, const char *descriptor)
{
    char words[64];

    snprintf(words, sizeof(words), "os.close(%s)", descriptor);
    repair_add(repair, text_of(words));
}

const char *repair_pair(struct repair *repair, uint32_t target,
                        const char *descriptor)
{
    char text[64];

    put_annotation(repair, target);
    snprintf(text, sizeof(text), "%s, ", descriptor);
    repair_insert(repair, target, text);
    return repair_call_member(repair, BRING_MKSTEMP);
}
