#include "core/fix/use.h"

static enum node_kind kind_of(const struct script *script, uint32_t node)
{
    return syntax_kind(&script->tree, node);
}

bool use_is_one_of(struct text text, const char *const *names)
{
    for (; *names; names++)
        if (text_equal(text, text_of(*names)))
            return true;
    return false;
}

static enum use use_of_right(const struct script *script, uint32_t assignment,
                             uint32_t value)
{
    uint32_t left = syntax_field(&script->tree, assignment, FIELD_LEFT);

    if (script->tree.nodes[value].field != FIELD_RIGHT)
        return USE_OTHER;
    return kind_of(script, left) == NODE_IDENTIFIER ? USE_OTHER : USE_STORED;
}

/* An expression whose value may be that of a part of it. */
static bool hands_on(enum node_kind kind)
{
    return kind == NODE_PARENTHESIZED || kind == NODE_TUPLE ||
           kind == NODE_EXPRESSION_LIST || kind == NODE_CONDITIONAL ||
           kind == NODE_BOOLEAN_OPERATOR || kind == NODE_LIST ||
           kind == NODE_PAIR || kind == NODE_DICTIONARY;
}

enum use use_of(const struct script *script, uint32_t name, uint32_t *about)
{
    const struct syntax *tree = &script->tree;
    uint32_t node = name, around = script_parent(script, node);

    while (hands_on(kind_of(script, around))) {
        node = around;
        around = script_parent(script, node);
    }
    if (kind_of(script, around) == NODE_KEYWORD_ARGUMENT)
        around = script_parent(script, around);
    switch (script->tree.nodes[around].kind) {
    case NODE_ATTRIBUTE:
        *about = syntax_field(tree, around, FIELD_ATTRIBUTE);
        return node == name ? USE_MEMBER : USE_OTHER;
    case NODE_ARGUMENT_LIST:
        *about =
            syntax_field(tree, script_parent(script, around), FIELD_FUNCTION);
        return *about && node == name ? USE_ARGUMENT : USE_OTHER;
    case NODE_FOR:
    case NODE_FOR_IN_CLAUSE:
    case NODE_WITH_ITEM:
        return node == name ? USE_HARMLESS : USE_OTHER;
    case NODE_RETURN:
    case NODE_YIELD:
    case NODE_LAMBDA:
        return USE_RETURNED;
    case NODE_ASSIGNMENT:
        return use_of_right(script, around, node);
    default:
        return kind_of(script, script_parent(script, around)) == NODE_PRINT &&
                       node == name
                   ? USE_HARMLESS
                   : USE_OTHER;
    }
}
