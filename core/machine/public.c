#include "core/machine/public.h"

#include <stdlib.h>

#include "core/base/memory.h"

struct reading {
    struct public *public;
    struct scopes *scopes;
    const struct syntax *tree;
};

static bool is_all(const struct syntax *tree, uint32_t node)
{
    return node && syntax_kind(tree, node) == NODE_IDENTIFIER &&
           text_equal(syntax_text(tree, node), TEXT("__all__"));
}

static bool is_quote(char byte)
{
    return byte == '"' || byte == '\'';
}

/* A string without prefix and escapes; triple quotes leave quotes in it. */
static void add_string(struct reading *reading, uint32_t node)
{
    struct text text = syntax_text(reading->tree, node);
    bool is_plain = text.size >= 2 && is_quote(text.bytes[0]) &&
                    text_find(text, '\\', 0) == text.size;

    if (is_plain)
        text = text_slice(text, 1, text.size - 1);
    if (!is_plain || (text.size && is_quote(text.bytes[0])))
        reading->public->is_open = true;
    else
        *ARRAY_PUSH(reading->public->names) =
            scope_symbol(reading->scopes, text);
}

/* All strings in a list; anything but strings and lists may be more. */
static void add_names(struct reading *reading, uint32_t node)
{
    const struct syntax *tree = reading->tree;
    uint32_t after = tree->nodes[node].after;

    while (node < after) {
        switch (tree->nodes[node].kind) {
        case NODE_STRING:
            add_string(reading, node);
            node = tree->nodes[node].after;
            break;
        case NODE_LIST:
        case NODE_TUPLE:
        case NODE_EXPRESSION_LIST:
        case NODE_PARENTHESIZED:
        case NODE_ARGUMENT_LIST:
            node++;
            break;
        default:
            reading->public->is_open = true;
            node++;
        }
    }
}

/* `__all__ = …`, `__all__ += …`. Says whether it is that. */
static bool read_assignment(struct reading *reading, uint32_t node)
{
    uint32_t right = syntax_field(reading->tree, node, FIELD_RIGHT);

    if (!is_all(reading->tree, syntax_field(reading->tree, node, FIELD_LEFT)))
        return false;
    reading->public->is_listed = true;
    if (right)
        add_names(reading, right);
    return true;
}

/* `__all__.append(…)`, `__all__.extend(…)`. */
static bool read_call(struct reading *reading, uint32_t node)
{
    const struct syntax *tree = reading->tree;
    uint32_t method = syntax_field(tree, node, FIELD_FUNCTION);
    uint32_t arguments = syntax_field(tree, node, FIELD_ARGUMENTS);

    if (!method || !arguments || syntax_kind(tree, method) != NODE_ATTRIBUTE ||
        !is_all(tree, syntax_field(tree, method, FIELD_OBJECT)))
        return false;
    add_names(reading, arguments);
    return true;
}

void public_collect(struct public *public, struct scopes *scopes,
                    const struct syntax *tree)
{
    struct reading reading = { public, scopes, tree };
    size_t known = 0, met = 0;

    for (uint32_t node = 0; node < tree->nodes_count; node++) {
        uint8_t kind = tree->nodes[node].kind;

        met += kind == NODE_IDENTIFIER && is_all(tree, node);
        if (kind == NODE_ASSIGNMENT || kind == NODE_AUGMENTED_ASSIGNMENT)
            known += read_assignment(&reading, node);
        else if (kind == NODE_CALL)
            known += read_call(&reading, node);
    }
    /* Whatever else is done with it. */
    public->is_listed |= met > 0;
    public->is_open |= met > known;
}

static bool is_listed(const struct public *public, uint32_t symbol)
{
    size_t i = 0;

    while (i < public->names_count && public->names[i] != symbol)
        i++;
    return i < public->names_count;
}

bool public_has(const struct public *public, const struct scopes *scopes,
                uint32_t symbol)
{
    struct text name = intern_text(&scopes->symbols, symbol);

    if (is_listed(public, symbol))
        return true;
    return (!public->is_listed || public->is_open) && name.size > 0 &&
           name.bytes[0] != '_';
}

void public_release(struct public *public)
{
    free(public->names);
    *public = PUBLIC_EMPTY;
}
