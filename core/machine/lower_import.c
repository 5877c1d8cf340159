/* Imports. */
#include "core/base/buffer.h"
#include "core/machine/lower_plan.h"

static void append_name(const struct lower *lower, uint32_t dotted,
                        bool only_first, struct buffer *out)
{
    const struct syntax *tree = lower->tree;

    for (uint32_t child = syntax_first(tree, dotted); child;
         child = syntax_next(tree, dotted, child)) {
        if (child != syntax_first(tree, dotted))
            buffer_byte(out, '.');
        buffer_text(out, syntax_text(tree, child));
        if (only_first)
            break;
    }
}

/* The module of a dotted_name, or of a relative_import: dots first. */
static uint32_t module_name(struct lower *lower, uint32_t node, bool only_first)
{
    const struct syntax *tree = lower->tree;
    struct buffer name = BUFFER_EMPTY;
    uint32_t dotted = node, symbol;

    if (syntax_kind(tree, node) == NODE_RELATIVE_IMPORT) {
        uint32_t prefix = syntax_child(tree, node, NODE_IMPORT_PREFIX);
        struct text dots = prefix ? syntax_text(tree, prefix) : TEXT_EMPTY;

        for (size_t i = 0; i < dots.size; i++)
            if (dots.bytes[i] == '.')
                buffer_byte(&name, '.');
        dotted = syntax_child(tree, node, NODE_DOTTED_NAME);
    }
    if (dotted)
        append_name(lower, dotted, only_first, &name);
    symbol = scope_symbol(lower->scopes, buffer_view(&name));
    buffer_release(&name);
    return symbol;
}

/* `import a.b` imports both and binds a; `import a.b as c` binds c to a.b. */
void lower_import(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;

    (void)unused;
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        uint32_t alias = syntax_field(tree, child, FIELD_ALIAS);
        uint32_t name = alias ? syntax_field(tree, child, FIELD_NAME) : child;
        uint32_t bound = alias ? alias : syntax_first(tree, child);

        if (tree->nodes[child].field != FIELD_NAME || !name || !bound)
            continue;
        plan_emit(lower, OP_IMPORT, module_name(lower, name, false));
        if (!alias && syntax_next(tree, name, bound)) {
            plan_emit(lower, OP_POP, 0);
            plan_emit(lower, OP_IMPORT, module_name(lower, name, true));
        }
        plan(lower, step_store_name, bound, 0);
    }
}

static void plan_imported(struct lower *lower, uint32_t child, uint32_t module)
{
    const struct syntax *tree = lower->tree;
    uint32_t alias = syntax_field(tree, child, FIELD_ALIAS);
    uint32_t name = alias ? syntax_field(tree, child, FIELD_NAME) : child;
    uint32_t member = name ? syntax_first(tree, name) : 0;

    if (!member)
        return;
    plan_emit(lower, OP_IMPORT, module);
    plan_emit(lower, OP_IMPORT_MEMBER, symbol_of(lower, member));
    plan(lower, step_store_name, alias ? alias : member, 0);
}

static void plan_star(struct lower *lower, uint32_t module)
{
    plan_emit(lower, OP_IMPORT, module);
    plan_emit(lower, OP_STAR, lower->scope);
}

void lower_import_from(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t from = syntax_field(tree, node, FIELD_MODULE_NAME);
    uint32_t module;

    (void)unused;
    if (!from)
        return;
    module = module_name(lower, from, false);
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (syntax_kind(tree, child) == NODE_WILDCARD_IMPORT)
            plan_star(lower, module);
        else if (tree->nodes[child].field == FIELD_NAME)
            plan_imported(lower, child, module);
}
