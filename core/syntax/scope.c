#include "core/syntax/scope.h"

#include <stdlib.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/source/nfkc.h"
#include "core/syntax/pattern.h"

#define NAME_SIZE_MAX 1024

/* Nodes from `start` up to `after` belong to a scope. */
struct stretch {
    uint32_t start, after, scope;
};

/*
 * One walk over the nodes in pre-order. `open` are the stretches that we are
 * in, the innermost last; `coming` those that begin later, the next one last.
 */
struct collect {
    struct scopes *scopes;
    const struct syntax *tree;
    struct stretch *open, *coming;
    size_t open_count, open_room, coming_count, coming_room;
    uint32_t module, scope; /* of the node at hand */
    /* What the decorators of the definition at this node say. */
    uint32_t decorated;
    enum receiver receiver;
    bool has_fields, is_static;
};

uint32_t scope_symbol(struct scopes *scopes, struct text identifier)
{
    char ascii[NAME_SIZE_MAX];
    size_t size = 0;

    for (size_t i = 0; i < identifier.size; i++)
        if ((unsigned char)identifier.bytes[i] >= 0x80) {
            size = nfkc_ascii(identifier, ascii, sizeof(ascii));
            break;
        }
    return intern_add(&scopes->symbols,
                      size ? (struct text){ ascii, size } : identifier);
}

static struct text pair_key(const uint32_t pair[2])
{
    return (struct text){ (const char *)pair, 2 * sizeof(*pair) };
}

unsigned scope_binding(const struct scopes *scopes, uint32_t scope,
                       uint32_t symbol)
{
    uint32_t pair[2] = { scope, symbol };
    uint32_t found = intern_find(&scopes->names, pair_key(pair));

    return found == INTERN_NONE ? 0 : scopes->bindings[found];
}

static void bind_symbol(struct scopes *scopes, uint32_t scope, uint32_t symbol,
                        unsigned binding)
{
    uint32_t pair[2] = { scope, symbol };
    uint32_t at = intern_add(&scopes->names, pair_key(pair));

    if (at == scopes->bindings_count)
        *ARRAY_PUSH(scopes->bindings) = 0;
    else if (binding & BINDING_BOUND)
        binding |= BINDING_OTHERWISE;
    scopes->bindings[at] = (uint8_t)(scopes->bindings[at] | binding);
}

static void bind(struct collect *collect, uint32_t scope, uint32_t identifier,
                 unsigned binding)
{
    bind_symbol(
        collect->scopes, scope,
        scope_symbol(collect->scopes, syntax_text(collect->tree, identifier)),
        binding);
}

static void bind_names(struct collect *collect, uint32_t node, unsigned binding)
{
    struct pattern_walk walk = pattern_names(collect->tree, node);

    for (uint32_t name; (name = pattern_next(&walk));)
        bind(collect, collect->scope, name, binding);
}

static void come(struct collect *collect, uint32_t node, uint32_t scope)
{
    struct stretch *stretch;

    if (!node)
        return;
    stretch = ARRAY_PUSH(collect->coming);
    *stretch =
        (struct stretch){ node, collect->tree->nodes[node].after, scope };
}

static uint32_t new_scope(struct collect *collect, uint32_t node,
                          enum scope_kind kind)
{
    struct scopes *scopes = collect->scopes;
    uint32_t number = (uint32_t)scopes->items_count;
    struct scope *scope = ARRAY_PUSH(scopes->items);

    scope->kind = kind;
    scope->node = node;
    scope->tree = collect->tree;
    scope->parent = node ? collect->scope : SCOPE_NONE;
    scope->depth = node ? scopes->items[collect->scope].depth + 1 : 0;
    scope->parameters = (uint32_t)scopes->parameters_count;
    return number;
}

/* ---- parameters ---------------------------------------------------------- */

static enum parameter_kind parameter_kind(enum node_kind kind)
{
    return kind == NODE_LIST_SPLAT_PATTERN         ? PARAMETER_ARGS
           : kind == NODE_DICTIONARY_SPLAT_PATTERN ? PARAMETER_KEYWORDS
                                                   : PARAMETER_PLAIN;
}

/* The node that names a parameter, and of what kind it is. */
static uint32_t parameter_name(const struct syntax *tree, uint32_t node,
                               enum parameter_kind *kind)
{
    while (node && syntax_kind(tree, node) != NODE_IDENTIFIER &&
           syntax_kind(tree, node) != NODE_TUPLE_PATTERN) {
        if (parameter_kind(syntax_kind(tree, node)) != PARAMETER_PLAIN)
            *kind = parameter_kind(syntax_kind(tree, node));
        node = syntax_first(tree, node);
    }
    return node;
}

/* Python 2's `def f(a, (b, c))` binds names that no argument is bound to. */
static void bind_parameter(struct collect *collect, uint32_t scope,
                           struct parameter *parameter, uint32_t name)
{
    struct pattern_walk walk = pattern_names(collect->tree, name);

    parameter->symbol = INTERN_NONE;
    if (syntax_kind(collect->tree, name) == NODE_IDENTIFIER)
        parameter->symbol =
            scope_symbol(collect->scopes, syntax_text(collect->tree, name));
    while ((name = pattern_next(&walk)))
        bind(collect, scope, name, BINDING_BOUND | BINDING_OTHERWISE);
}

static enum parameter_kind add_parameter(struct collect *collect,
                                         uint32_t scope, uint32_t node,
                                         bool keyword_only)
{
    struct scopes *scopes = collect->scopes;
    enum parameter_kind kind = PARAMETER_PLAIN;
    uint32_t name = parameter_name(collect->tree, node, &kind);
    struct parameter *parameter = ARRAY_PUSH(scopes->parameters);

    scopes->items[scope].parameters_count++;
    parameter->kind = kind;
    parameter->keyword_only = keyword_only;
    parameter->symbol = INTERN_NONE;
    parameter->has_default =
        syntax_field(collect->tree, node, FIELD_VALUE) != 0;
    if (name)
        bind_parameter(collect, scope, parameter, name);
    return kind;
}

/* Defaults and annotations belong to the scope around, the names do not. */
static void add_parameters(struct collect *collect, uint32_t scope,
                           uint32_t parameters)
{
    const struct syntax *tree = collect->tree;
    bool keyword_only = false;

    for (uint32_t child = parameters ? syntax_first(tree, parameters) : 0;
         child; child = syntax_next(tree, parameters, child)) {
        enum node_kind kind = syntax_kind(tree, child);

        if (kind == NODE_KEYWORD_SEPARATOR)
            keyword_only = true;
        else if (kind != NODE_POSITIONAL_SEPARATOR)
            keyword_only |= add_parameter(collect, scope, child,
                                          keyword_only) == PARAMETER_ARGS;
    }
}

/* ---- what a node binds or opens ------------------------------------------ */

static void collect_function(struct collect *collect, uint32_t node)
{
    const struct syntax *tree = collect->tree;
    bool is_method = collect->scopes->items[collect->scope].kind == SCOPE_CLASS;
    uint32_t scope = new_scope(collect, node, SCOPE_FUNCTION);
    uint32_t name = syntax_field(tree, node, FIELD_NAME);

    if (name && syntax_kind(tree, node) == NODE_FUNCTION) {
        bind(collect, collect->scope, name, BINDING_BOUND | BINDING_OTHERWISE);
        if (is_method && !(collect->decorated == node && collect->is_static))
            collect->scopes->items[scope].receiver = collect->decorated == node
                                                         ? collect->receiver
                                                         : RECEIVER_INSTANCE;
    }
    come(collect, syntax_field(tree, node, FIELD_BODY), scope);
    add_parameters(collect, scope, syntax_field(tree, node, FIELD_PARAMETERS));
}

/* The annotated name of a statement in a class's body; *type, how. */
static uint32_t field_name(const struct syntax *tree, uint32_t statement,
                           struct text *type)
{
    uint32_t node = syntax_first(tree, statement), left, annotation;

    if (!node || syntax_kind(tree, node) != NODE_ASSIGNMENT)
        return SYNTAX_NONE;
    left = syntax_field(tree, node, FIELD_LEFT);
    annotation = syntax_field(tree, node, FIELD_TYPE);
    if (!left || !annotation || syntax_kind(tree, left) != NODE_IDENTIFIER)
        return SYNTAX_NONE;
    *type = syntax_text(tree, annotation);
    return left;
}

static bool is_typing(struct text type, struct text name)
{
    if (text_starts_with(type, TEXT("typing.")))
        type = text_slice(type, sizeof("typing.") - 1, type.size);
    return text_starts_with(type, name);
}

/* A dataclass's fields are the parameters of its __init__, in their order. */
static void add_fields(struct collect *collect, uint32_t scope, uint32_t body)
{
    const struct syntax *tree = collect->tree;
    struct scopes *scopes = collect->scopes;
    bool keyword_only = false;

    for (uint32_t child = body ? syntax_first(tree, body) : 0; child;
         child = syntax_next(tree, body, child)) {
        struct text type;
        uint32_t name = field_name(tree, child, &type);

        if (!name || is_typing(type, TEXT("ClassVar")))
            continue;
        if (text_equal(type, TEXT("KW_ONLY")) ||
            text_equal(type, TEXT("dataclasses.KW_ONLY"))) {
            keyword_only = true;
            continue;
        }
        *ARRAY_PUSH(scopes->parameters) = (struct parameter){
            .symbol = scope_symbol(scopes, syntax_text(tree, name)),
            .kind = PARAMETER_PLAIN,
            .keyword_only = keyword_only,
        };
        scopes->items[scope].parameters_count++;
    }
}

static void collect_class(struct collect *collect, uint32_t node)
{
    uint32_t scope = new_scope(collect, node, SCOPE_CLASS);
    uint32_t name = syntax_field(collect->tree, node, FIELD_NAME);

    if (name)
        bind(collect, collect->scope, name, BINDING_BOUND | BINDING_OTHERWISE);
    collect->scopes->items[scope].has_fields =
        collect->decorated == node && collect->has_fields;
    if (collect->scopes->items[scope].has_fields)
        add_fields(collect, scope,
                   syntax_field(collect->tree, node, FIELD_BODY));
    come(collect, syntax_field(collect->tree, node, FIELD_BODY), scope);
}

/* The first iterable is evaluated outside, all the rest inside. */
static void collect_comprehension(struct collect *collect, uint32_t node)
{
    const struct syntax *tree = collect->tree;
    uint32_t scope = new_scope(collect, node, SCOPE_COMPREHENSION);
    uint32_t clause = syntax_child(tree, node, NODE_FOR_IN_CLAUSE);
    struct stretch *stretch = ARRAY_PUSH(collect->open);

    *stretch = (struct stretch){ node, tree->nodes[node].after, scope };
    if (clause)
        come(collect, syntax_field(tree, clause, FIELD_RIGHT), collect->scope);
}

struct text scope_decorator(const struct syntax *tree, uint32_t decorator)
{
    uint32_t node = syntax_first(tree, decorator);

    while (node && syntax_kind(tree, node) == NODE_CALL)
        node = syntax_field(tree, node, FIELD_FUNCTION);
    if (node && syntax_kind(tree, node) == NODE_ATTRIBUTE)
        node = syntax_field(tree, node, FIELD_ATTRIBUTE);
    return node ? syntax_text(tree, node) : TEXT_EMPTY;
}

static void collect_decorated(struct collect *collect, uint32_t node)
{
    const struct syntax *tree = collect->tree;

    collect->receiver = RECEIVER_INSTANCE;
    collect->has_fields = collect->is_static = false;
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        struct text name;

        collect->decorated = child;
        if (syntax_kind(tree, child) != NODE_DECORATOR)
            continue;
        name = scope_decorator(tree, child);
        collect->is_static |= text_equal(name, TEXT("staticmethod"));
        collect->has_fields |= text_equal(name, TEXT("dataclass"));
        if (text_equal(name, TEXT("classmethod")))
            collect->receiver = RECEIVER_CLASS;
    }
}

/* A comprehension's ':=' binds in the scope around it. */
static void collect_named(struct collect *collect, uint32_t node)
{
    uint32_t scope = collect->scope;
    uint32_t name = syntax_field(collect->tree, node, FIELD_NAME);

    while (collect->scopes->items[scope].kind == SCOPE_COMPREHENSION)
        scope = collect->scopes->items[scope].parent;
    if (name)
        bind(collect, scope, name, BINDING_BOUND | BINDING_OTHERWISE);
}

static void collect_left(struct collect *collect, uint32_t node)
{
    uint32_t left = syntax_field(collect->tree, node, FIELD_LEFT);

    if (left)
        bind_names(collect, left, BINDING_BOUND | BINDING_OTHERWISE);
}

static void collect_all(struct collect *collect, uint32_t node)
{
    bind_names(collect, node, BINDING_BOUND | BINDING_OTHERWISE);
}

static void collect_except(struct collect *collect, uint32_t node)
{
    uint32_t alias = syntax_field(collect->tree, node, FIELD_ALIAS);

    if (alias)
        bind_names(collect, alias, BINDING_BOUND | BINDING_OTHERWISE);
}

static void collect_import(struct collect *collect, uint32_t node)
{
    const struct syntax *tree = collect->tree;

    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        uint32_t alias = syntax_field(tree, child, FIELD_ALIAS);
        uint32_t name = alias ? alias : syntax_first(tree, child);

        if (tree->nodes[child].field == FIELD_NAME && name)
            bind(collect, collect->scope, name,
                 BINDING_BOUND | (syntax_kind(tree, node) == NODE_IMPORT
                                      ? BINDING_IMPORTED
                                      : BINDING_OTHERWISE | BINDING_FROM));
        if (syntax_kind(tree, child) == NODE_WILDCARD_IMPORT)
            collect->scopes->items[collect->scope].has_star = true;
    }
}

static void collect_python2(struct collect *collect, uint32_t node)
{
    (void)node;
    collect->scopes->items[collect->module].is_python2 = true;
}

static void collect_declared(struct collect *collect, uint32_t node)
{
    bool is_global = syntax_kind(collect->tree, node) == NODE_GLOBAL;
    struct pattern_walk walk = pattern_names(collect->tree, node);

    for (uint32_t name; (name = pattern_next(&walk));) {
        bind(collect, collect->scope, name,
             is_global ? BINDING_GLOBAL : BINDING_NONLOCAL);
        bind(collect, is_global ? collect->module : SCOPE_NONE, name,
             is_global ? BINDING_OTHERWISE : BINDING_NONLOCAL);
    }
}

static void collect_yield(struct collect *collect, uint32_t node)
{
    uint32_t scope = collect->scope;

    (void)node;
    while (collect->scopes->items[scope].kind == SCOPE_COMPREHENSION)
        scope = collect->scopes->items[scope].parent;
    collect->scopes->items[scope].is_generator = true;
}

typedef void collect_node(struct collect *collect, uint32_t node);

static collect_node *const handlers[NODE_KINDS] = {
    [NODE_FUNCTION] = collect_function,
    [NODE_LAMBDA] = collect_function,
    [NODE_CLASS] = collect_class,
    [NODE_LIST_COMPREHENSION] = collect_comprehension,
    [NODE_SET_COMPREHENSION] = collect_comprehension,
    [NODE_DICTIONARY_COMPREHENSION] = collect_comprehension,
    [NODE_GENERATOR_EXPRESSION] = collect_comprehension,
    [NODE_DECORATED] = collect_decorated,
    [NODE_NAMED_EXPRESSION] = collect_named,
    [NODE_ASSIGNMENT] = collect_left,
    [NODE_AUGMENTED_ASSIGNMENT] = collect_left,
    [NODE_FOR] = collect_left,
    [NODE_FOR_IN_CLAUSE] = collect_left,
    [NODE_AS_PATTERN_TARGET] = collect_all,
    [NODE_CASE_PATTERN] = collect_all,
    [NODE_DELETE] = collect_all,
    [NODE_EXCEPT_CLAUSE] = collect_except,
    [NODE_IMPORT] = collect_import,
    [NODE_IMPORT_FROM] = collect_import,
    [NODE_FUTURE_IMPORT] = collect_import,
    [NODE_EXEC] = collect_python2,
    [NODE_PRINT] = collect_python2,
    [NODE_GLOBAL] = collect_declared,
    [NODE_NONLOCAL] = collect_declared,
    [NODE_YIELD] = collect_yield,
};

static void enter(struct collect *collect, uint32_t node)
{
    while (collect->open_count > 1 &&
           collect->open[collect->open_count - 1].after <= node)
        collect->open_count--;
    if (collect->coming_count &&
        collect->coming[collect->coming_count - 1].start == node)
        *ARRAY_PUSH(collect->open) = collect->coming[--collect->coming_count];
    collect->scope = collect->open[collect->open_count - 1].scope;
}

int scope_collect(struct scopes *scopes, const struct syntax *tree,
                  uint32_t *scope, struct error *err)
{
    struct collect collect = { .scopes = scopes, .tree = tree };
    int result = 0;

    *scope = collect.module = new_scope(&collect, 0, SCOPE_MODULE);
    *ARRAY_PUSH(collect.open) =
        (struct stretch){ 0, (uint32_t)tree->nodes_count, *scope };
    for (uint32_t node = 0; node < tree->nodes_count; node++) {
        collect_node *handler = handlers[tree->nodes[node].kind];

        enter(&collect, node);
        if (!handler)
            continue;
        handler(&collect, node);
        if (scopes->items[scopes->items_count - 1].depth > SCOPE_DEPTH_MAX) {
            result = error_set(err, ERROR_LIMIT,
                               "functions and classes are nested more than %d "
                               "deep",
                               SCOPE_DEPTH_MAX);
            break;
        }
    }
    free(collect.open);
    free(collect.coming);
    return result;
}

uint32_t scope_of(const struct scopes *scopes, uint32_t module, uint32_t node)
{
    const struct syntax *tree = scopes->items[module].tree;
    struct bound found = bound_in(module, scopes->items_count);

    while (bound_open(&found)) {
        const struct scope *scope = &scopes->items[found.middle];

        bound_step(&found, scope->tree == tree && scope->node < node);
    }
    return (uint32_t)found.low;
}

void scope_release(struct scopes *scopes)
{
    intern_release(&scopes->symbols);
    intern_release(&scopes->names);
    free(scopes->bindings);
    free(scopes->items);
    free(scopes->parameters);
    *scopes = SCOPES_EMPTY;
}
