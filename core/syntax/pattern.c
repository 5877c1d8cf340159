#include "core/syntax/pattern.h"

struct pattern_walk pattern_names(const struct syntax *tree, uint32_t node)
{
    return (struct pattern_walk){ tree, node, tree->nodes[node].after };
}

/* A name with dots is looked up, one without is bound. */
static bool is_dotted(const struct syntax *tree, uint32_t node)
{
    uint32_t first = syntax_first(tree, node);

    return first && syntax_next(tree, node, first);
}

/* Where the walk goes on behind `node` if it binds nothing itself. */
static uint32_t skip(const struct syntax *tree, uint32_t node)
{
    uint32_t after = tree->nodes[node].after, first = syntax_first(tree, node);

    switch (tree->nodes[node].kind) {
    case NODE_ATTRIBUTE:
    case NODE_SUBSCRIPT:
    case NODE_CALL:
    case NODE_STRING:
        return after;
    case NODE_CLASS_PATTERN:   /* its first child names the class, */
    case NODE_KEYWORD_PATTERN: /* or the attribute */
        return first ? tree->nodes[first].after : after;
    case NODE_DOTTED_NAME:
        return is_dotted(tree, node) ? after : node + 1;
    default:
        return node + 1;
    }
}

uint32_t pattern_next(struct pattern_walk *walk)
{
    while (walk->at < walk->end) {
        uint32_t node = walk->at;

        walk->at = skip(walk->tree, node);
        if (walk->tree->nodes[node].kind == NODE_IDENTIFIER)
            return node;
    }
    return SYNTAX_NONE;
}
