#include "core/fix/meaning.h"

#include <string.h>

static enum node_kind kind_of(const struct script *script, uint32_t node)
{
    return syntax_kind(&script->tree, node);
}

/* ---- imports ------------------------------------------------------------- */

/* `module_name` of a from-import, unless it is relative. */
static struct text module_of(const struct script *script, uint32_t import)
{
    uint32_t name = syntax_field(&script->tree, import, FIELD_MODULE_NAME);

    return name && kind_of(script, name) == NODE_DOTTED_NAME
               ? syntax_text(&script->tree, name)
               : TEXT_EMPTY;
}

struct meaning_import meaning_of_import(const struct script *script,
                                        uint32_t identifier)
{
    struct meaning_import result = { TEXT_EMPTY, TEXT_EMPTY };
    uint32_t item = script_parent(script, identifier), named = identifier;
    uint32_t import = script_parent(script, item);

    if (kind_of(script, item) == NODE_ALIASED_IMPORT)
        named = syntax_field(&script->tree, item, FIELD_NAME);
    if (kind_of(script, import) == NODE_IMPORT) {
        result.module = syntax_text(&script->tree, named);
    } else if (kind_of(script, import) == NODE_IMPORT_FROM) {
        result.module = module_of(script, import);
        if (result.module.size)
            result.member = syntax_text(&script->tree, named);
    }
    return result;
}

uint32_t meaning_import(struct script *script, uint32_t scope, struct text name,
                        const char *module, const char *member, size_t *count)
{
    uint32_t first = SYNTAX_NONE;

    *count = 0;
    for (uint32_t at = script_first(script, name); at;
         at = script_next(script, at)) {
        struct meaning_import bound;

        if (script->roles[at] < ROLE_STORE || script_owner(script, at) != scope)
            continue;
        if (script->roles[at] != ROLE_IMPORT)
            return SYNTAX_NONE;
        bound = meaning_of_import(script, at);
        if (!text_equal(bound.module, text_of(module)) ||
            !text_equal(bound.member, text_of(member)))
            return SYNTAX_NONE;
        if (!first)
            first = at;
        ++*count;
    }
    return first;
}

static bool is_bound(struct script *script, uint32_t node, const char *module,
                     const char *member)
{
    uint32_t owner = script_owner(script, node);
    size_t count;

    return owner != SCOPE_NONE &&
           !script_has_star(script, script->homes[node]) &&
           meaning_import(script, owner, syntax_text(&script->tree, node),
                          module, member, &count);
}

bool meaning_is_module(struct script *script, uint32_t node, const char *module)
{
    return kind_of(script, node) == NODE_IDENTIFIER &&
           is_bound(script, node, module, "");
}

bool meaning_is_member(struct script *script, uint32_t node, const char *module,
                       const char *member)
{
    uint32_t object, name;

    if (kind_of(script, node) == NODE_IDENTIFIER)
        return is_bound(script, node, module, member);
    if (kind_of(script, node) != NODE_ATTRIBUTE)
        return false;
    object = syntax_field(&script->tree, node, FIELD_OBJECT);
    name = syntax_field(&script->tree, node, FIELD_ATTRIBUTE);
    return script_is_name(script, name, member) &&
           meaning_is_module(script, object, module);
}

bool meaning_is_builtin(struct script *script, uint32_t node, const char *name)
{
    return script_is_name(script, node, name) &&
           script_owner(script, node) == SCOPE_NONE &&
           !script_has_star(script, script->homes[node]);
}

/* ---- which Python -------------------------------------------------------- */

static bool starts_async(const struct script *script, uint32_t node)
{
    return text_starts_with(syntax_text(&script->tree, node), TEXT("async"));
}

static bool is_new(const struct script *script, uint32_t node)
{
    switch (script->tree.nodes[node].kind) {
    case NODE_NONLOCAL:
    case NODE_AWAIT:
    case NODE_INTERPOLATION:
    case NODE_TYPED_PARAMETER:
    case NODE_TYPED_DEFAULT_PARAMETER:
    case NODE_NAMED_EXPRESSION:
    case NODE_KEYWORD_SEPARATOR:
    case NODE_POSITIONAL_SEPARATOR:
    case NODE_MATCH:
        return true;
    case NODE_FUNCTION:
        return starts_async(script, node) ||
               syntax_field(&script->tree, node, FIELD_RETURN_TYPE);
    case NODE_ASSIGNMENT:
        return syntax_field(&script->tree, node, FIELD_TYPE) != SYNTAX_NONE;
    default:
        return false;
    }
}

bool meaning_is_python3(const struct script *script)
{
    struct text text = script->source.text;
    struct text first = text_slice(text, 0, text_find(text, '\n', 0));

    if (script->scopes.items[script->module].is_python2)
        return false;
    if (text_starts_with(first, TEXT("#!")) &&
        memmem(first.bytes, first.size, "python3", strlen("python3")))
        return true;
    for (uint32_t node = 1; node < script->tree.nodes_count; node++)
        if (is_new(script, node))
            return true;
    return false;
}
