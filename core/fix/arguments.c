#include "core/fix/arguments.h"

#include <string.h>

#include "core/fix/meaning.h"

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

bool arguments_relocate(struct repair *repair)
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

bool arguments_name_folder(struct repair *repair)
{
    uint32_t value;
    int has = find_folder(repair, &value);

    return has != 0 && !(has > 0 && is_usual_folder(repair, value));
}

/* A part of a name, and none of a path. */
static bool is_part(const struct repair *repair, uint32_t value)
{
    struct text content;

    return syntax_kind(&repair->script->tree, value) == NODE_NONE ||
           syntax_text(&repair->script->tree, value).size == 2 ||
           repair_is_plain(repair->script, value, &content);
}

bool arguments_stay(struct repair *repair)
{
    const struct syntax *tree = &repair->script->tree;
    uint32_t folder = SYNTAX_NONE;
    int has = find_folder(repair, &folder);

    if (has < 0 || (has > 0 && !is_usual_folder(repair, folder)))
        return false;
    for (uint32_t at = syntax_first(tree, repair->arguments); at;
         at = syntax_next(tree, repair->arguments, at)) {
        uint32_t value = syntax_kind(tree, at) == NODE_KEYWORD_ARGUMENT
                             ? syntax_field(tree, at, FIELD_VALUE)
                             : at;

        if (!(has > 0 && value == folder) && !is_part(repair, value))
            return false;
    }
    return true;
}

bool arguments_name_pipe(const struct repair *repair)
{
    struct text text = syntax_text(&repair->script->tree, repair->arguments);

    return memmem(text.bytes, text.size, ".\\pipe", 6) != NULL ||
           memmem(text.bytes, text.size, ".\\\\pipe", 7) != NULL;
}

int arguments_suffix(const struct repair *repair, uint32_t *value)
{
    const struct syntax *tree = &repair->script->tree;
    uint32_t first =
        repair->is_old ? SYNTAX_NONE : syntax_first(tree, repair->arguments);

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

static const char *const parameters[] = { "suffix", "prefix", "dir" };

/* Is that what the argument is, or is given by name? */
static bool is_argument(const struct syntax *tree, uint32_t argument,
                        uint32_t value)
{
    return value != SYNTAX_NONE &&
           (argument == value ||
            (syntax_kind(tree, argument) == NODE_KEYWORD_ARGUMENT &&
             syntax_field(tree, argument, FIELD_VALUE) == value));
}

bool arguments_append(const struct repair *repair, uint32_t but,
                      struct buffer *out)
{
    const struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    size_t position = 0;

    for (uint32_t at = syntax_first(tree, repair->arguments); at;
         at = syntax_next(tree, repair->arguments, at)) {
        enum node_kind kind = syntax_kind(tree, at);

        if (kind == NODE_LIST_SPLAT || kind == NODE_DICTIONARY_SPLAT)
            return false;
        if (is_argument(tree, at, but)) {
            position += kind != NODE_KEYWORD_ARGUMENT;
            continue;
        }
        buffer_string(out, ", ");
        if (kind != NODE_KEYWORD_ARGUMENT && position == 3)
            return false;
        if (kind != NODE_KEYWORD_ARGUMENT)
            buffer_format(out, "%s=", parameters[position++]);
        buffer_text(out, script_text(script, at));
    }
    return true;
}

static bool is_none(const struct script *script, uint32_t node)
{
    return syntax_kind(&script->tree, node) == NODE_NONE;
}

void arguments_swap(struct repair *repair)
{
    const struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t folder = syntax_first(tree, repair->arguments), prefix;
    struct buffer text = BUFFER_EMPTY;

    if (!folder)
        return;
    prefix = syntax_next(tree, repair->arguments, folder);
    if (prefix && !is_none(script, prefix)) {
        buffer_string(&text, "prefix=");
        buffer_text(&text, script_text(script, prefix));
    }
    if (!is_none(script, folder)) {
        buffer_string(&text, text.size ? ", dir=" : "dir=");
        buffer_text(&text, script_text(script, folder));
    }
    edits_replace(repair->edits, tree->nodes[folder].start,
                  tree->nodes[prefix ? prefix : folder].end,
                  buffer_view(&text));
    buffer_release(&text);
}
