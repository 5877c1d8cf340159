#include "core/fix/opening.h"

#include <string.h>

#include "core/fix/meaning.h"

#define NO_OPEN "what it is used for first is no open() that is understood"

/* The content of a string that is one literal without a prefix. */
static bool is_plain(const struct script *script, uint32_t node,
                     struct text *content)
{
    struct text text = syntax_text(&script->tree, node);
    char quote = text.size > 2 ? text.bytes[0] : '\0';

    if (syntax_kind(&script->tree, node) != NODE_STRING ||
        (quote != '\'' && quote != '"') || text.bytes[1] == quote)
        return false;
    *content = text_slice(text, 1, text.size - 1);
    return true;
}

static const char *check_mode(struct opening *opening,
                              const struct script *script)
{
    struct text mode = TEXT_EMPTY;

    if (opening->mode && !is_plain(script, opening->mode, &mode))
        return "the mode of open() is no plain string";
    opening->reads = !opening->mode || text_find(mode, 'r', 0) < mode.size;
    if (opening->reads)
        return "the file is opened for reading, and there never was one";
    for (size_t i = 0; i < mode.size; i++)
        if (!strchr("wax+bt", mode.bytes[i]))
            return "the mode of open() is unusual";
    opening->is_exclusive = mode.bytes[0] == 'x';
    return mode.size <= 3 && strchr("wax", mode.bytes[0])
               ? NULL
               : "the mode of open() is unusual";
}

static const char *read_keyword(struct opening *opening,
                                const struct script *script, uint32_t node)
{
    uint32_t name = syntax_field(&script->tree, node, FIELD_NAME);

    if (script_is_name(script, name, "mode") && !opening->mode) {
        opening->keyword = node;
        opening->mode = syntax_field(&script->tree, node, FIELD_VALUE);
    } else if (script_is_name(script, name, "buffering")) {
        opening->has_buffering = true;
    } else if (script_is_name(script, name, "errors")) {
        opening->has_encoding = opening->has_errors = true;
    } else if (script_is_name(script, name, "encoding") ||
               script_is_name(script, name, "newline")) {
        opening->has_encoding = true;
    } else {
        return "open() has an argument that a descriptor does not go with";
    }
    return NULL;
}

static const char *read_arguments(struct opening *opening,
                                  const struct script *script)
{
    const struct syntax *tree = &script->tree;
    uint32_t list = syntax_field(tree, opening->call, FIELD_ARGUMENTS);
    unsigned position = 0;

    if (syntax_kind(tree, list) != NODE_ARGUMENT_LIST)
        return NO_OPEN;
    for (uint32_t at = syntax_first(tree, list); at;
         at = syntax_next(tree, list, at)) {
        const char *trouble = NULL;

        if (syntax_kind(tree, at) == NODE_LIST_SPLAT ||
            syntax_kind(tree, at) == NODE_DICTIONARY_SPLAT)
            return NO_OPEN;
        if (syntax_kind(tree, at) == NODE_KEYWORD_ARGUMENT)
            trouble = read_keyword(opening, script, at);
        else if (position == 0)
            opening->path = at;
        else if (position == 1)
            opening->mode = at;
        else if (position > 2)
            opening->has_encoding = true;
        opening->has_more |=
            position > 1 && syntax_kind(tree, at) != NODE_KEYWORD_ARGUMENT;
        if (trouble)
            return trouble;
        position++;
    }
    return opening->path ? check_mode(opening, script) : NO_OPEN;
}

const char *opening_read(struct opening *opening, struct script *script,
                         uint32_t node)
{
    *opening = (struct opening){ .call = node };
    if (!node || syntax_kind(&script->tree, node) != NODE_CALL)
        return NO_OPEN;
    opening->callee = syntax_field(&script->tree, node, FIELD_FUNCTION);
    opening->takes_number =
        meaning_is_member(script, opening->callee, "io", "open");
    if (!opening->takes_number &&
        !meaning_is_builtin(script, opening->callee, "open"))
        return NO_OPEN;
    return read_arguments(opening, script);
}
