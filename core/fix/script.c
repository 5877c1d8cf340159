#include "core/fix/script.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/syntax/pattern.h"

/* ---- the tree ------------------------------------------------------------ */

/* Nodes stand before what is in them: those around are known already. */
static void find_parents(struct script *script)
{
    const struct syntax *tree = &script->tree;
    uint32_t around = 0;

    for (uint32_t node = 1; node < tree->nodes_count; node++) {
        while (around && tree->nodes[around].after <= node)
            around = script->parents[around];
        script->parents[node] = around;
        around = node;
    }
}

uint32_t script_parent(const struct script *script, uint32_t node)
{
    return script->parents[node];
}

static enum node_kind kind_of(const struct script *script, uint32_t node)
{
    return syntax_kind(&script->tree, node);
}

static bool has_field(const struct script *script, uint32_t node,
                      enum node_field field)
{
    return script->tree.nodes[node].field == field;
}

/* ---- roles --------------------------------------------------------------- */

static enum role role_in_import(const struct script *script, uint32_t name)
{
    uint32_t dotted = script->parents[name];
    uint32_t around = script->parents[dotted];

    if (syntax_first(&script->tree, dotted) != name)
        return ROLE_NONE;
    if (kind_of(script, around) == NODE_IMPORT)
        return ROLE_IMPORT;
    if (kind_of(script, around) == NODE_IMPORT_FROM &&
        !has_field(script, dotted, FIELD_MODULE_NAME))
        return ROLE_IMPORT;
    if (kind_of(script, around) == NODE_IMPORT_FROM ||
        kind_of(script, around) == NODE_ALIASED_IMPORT ||
        kind_of(script, around) == NODE_RELATIVE_IMPORT ||
        kind_of(script, around) == NODE_FUTURE_IMPORT)
        return ROLE_NONE;
    return ROLE_LOAD;
}

static enum role role_of(const struct script *script, uint32_t name)
{
    uint32_t around = script->parents[name];

    switch (script->tree.nodes[around].kind) {
    case NODE_ATTRIBUTE:
        return has_field(script, name, FIELD_ATTRIBUTE) ? ROLE_NONE : ROLE_LOAD;
    case NODE_KEYWORD_ARGUMENT:
        return has_field(script, name, FIELD_NAME) ? ROLE_NONE : ROLE_LOAD;
    case NODE_KEYWORD_PATTERN:
        return syntax_first(&script->tree, around) == name ? ROLE_NONE
                                                           : ROLE_LOAD;
    case NODE_DOTTED_NAME:
        return role_in_import(script, name);
    case NODE_ALIASED_IMPORT:
        return ROLE_IMPORT;
    case NODE_FUNCTION:
    case NODE_CLASS:
    case NODE_NAMED_EXPRESSION:
    case NODE_DEFAULT_PARAMETER:
    case NODE_TYPED_DEFAULT_PARAMETER:
        return has_field(script, name, FIELD_NAME) ? ROLE_STORE : ROLE_LOAD;
    case NODE_PARAMETERS:
    case NODE_LAMBDA_PARAMETERS:
    case NODE_TYPED_PARAMETER:
        return ROLE_STORE;
    case NODE_GLOBAL:
    case NODE_NONLOCAL:
        return ROLE_NONE;
    default:
        return ROLE_LOAD;
    }
}

static void store_names(struct script *script, uint32_t node)
{
    struct pattern_walk walk = pattern_names(&script->tree, node);

    for (uint32_t name; node && (name = pattern_next(&walk));)
        script->roles[name] = ROLE_STORE;
}

/* `except E as name`, and Python 2's `except E, name`, which Python 3 may read
 * as two classes: then nothing is lost by not being certain. */
static void store_handler(struct script *script, uint32_t node)
{
    const struct syntax *tree = &script->tree;
    size_t values = 0;

    store_names(script, syntax_field(tree, node, FIELD_ALIAS));
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (tree->nodes[child].field == FIELD_VALUE && values++ > 0)
            store_names(script, child);
}

/* What binds names by a pattern. */
static void mark_stores(struct script *script, uint32_t node)
{
    switch (script->tree.nodes[node].kind) {
    case NODE_ASSIGNMENT:
    case NODE_AUGMENTED_ASSIGNMENT:
    case NODE_FOR:
    case NODE_FOR_IN_CLAUSE:
        store_names(script, syntax_field(&script->tree, node, FIELD_LEFT));
        break;
    case NODE_EXCEPT_CLAUSE:
        store_handler(script, node);
        break;
    case NODE_AS_PATTERN_TARGET:
    case NODE_CASE_PATTERN:
    case NODE_DELETE:
    case NODE_LIST_SPLAT_PATTERN:
    case NODE_DICTIONARY_SPLAT_PATTERN:
    case NODE_TUPLE_PATTERN:
        store_names(script, node);
        break;
    default:
        break;
    }
}

static void find_roles(struct script *script)
{
    for (uint32_t node = 1; node < script->tree.nodes_count; node++)
        if (kind_of(script, node) == NODE_IDENTIFIER)
            script->roles[node] = (uint8_t)role_of(script, node);
    for (uint32_t node = 1; node < script->tree.nodes_count; node++)
        mark_stores(script, node);
}

/* ---- scopes -------------------------------------------------------------- */

static bool opens_scope(enum node_kind kind)
{
    return kind == NODE_FUNCTION || kind == NODE_LAMBDA || kind == NODE_CLASS ||
           kind == NODE_LIST_COMPREHENSION || kind == NODE_SET_COMPREHENSION ||
           kind == NODE_DICTIONARY_COMPREHENSION ||
           kind == NODE_GENERATOR_EXPRESSION;
}

static bool is_definition(enum node_kind kind)
{
    return kind == NODE_FUNCTION || kind == NODE_LAMBDA || kind == NODE_CLASS;
}

/* Bodies belong to what a definition opens, all else of it stands outside;
   a comprehension is taken as a whole. */
static uint32_t home_of(const struct script *script, uint32_t node)
{
    uint32_t around = script->parents[node];
    enum node_kind kind = kind_of(script, around);

    if (!opens_scope(kind) ||
        (is_definition(kind) && !has_field(script, node, FIELD_BODY)))
        return script->homes[around];
    return scope_of(&script->scopes, script->module, around);
}

/* Parameters are their function's. */
static uint32_t home_of_parameter(const struct script *script, uint32_t name)
{
    uint32_t node = script->parents[name];

    while (kind_of(script, node) == NODE_DEFAULT_PARAMETER ||
           kind_of(script, node) == NODE_TYPED_PARAMETER ||
           kind_of(script, node) == NODE_TYPED_DEFAULT_PARAMETER ||
           kind_of(script, node) == NODE_LIST_SPLAT_PATTERN ||
           kind_of(script, node) == NODE_DICTIONARY_SPLAT_PATTERN ||
           kind_of(script, node) == NODE_TUPLE_PATTERN)
        node = script->parents[node];
    if (kind_of(script, node) != NODE_PARAMETERS &&
        kind_of(script, node) != NODE_LAMBDA_PARAMETERS)
        return script->homes[name];
    return scope_of(&script->scopes, script->module, script->parents[node]);
}

static void find_homes(struct script *script)
{
    script->homes[0] = script->module;
    for (uint32_t node = 1; node < script->tree.nodes_count; node++) {
        script->homes[node] = home_of(script, node);
        if (kind_of(script, node) == NODE_IDENTIFIER &&
            script->roles[node] == ROLE_STORE)
            script->homes[node] = home_of_parameter(script, node);
    }
}

static void find_symbols(struct script *script)
{
    const struct syntax *tree = &script->tree;

    for (uint32_t node = 1; node < tree->nodes_count; node++)
        if (kind_of(script, node) == NODE_IDENTIFIER)
            script->symbols[node] =
                scope_symbol(&script->scopes, syntax_text(tree, node));
    script->heads_count = intern_count(&script->scopes.symbols);
    script->heads = memory_new(script->heads_count + 1, sizeof(*script->heads));
    for (uint32_t node = (uint32_t)tree->nodes_count; node-- > 1;) {
        uint32_t *head = &script->heads[script->symbols[node]];

        if (kind_of(script, node) != NODE_IDENTIFIER)
            continue;
        script->nexts[node] = *head;
        *head = node;
    }
}

int script_open(struct script *script, struct text bytes,
                const struct deadline *deadline, struct error *err)
{
    size_t count;

    *script = (struct script){ .scopes = SCOPES_EMPTY };
    if (source_open(&script->source, bytes, err) < 0)
        return -1;
    if (syntax_parse(&script->tree, &script->source, deadline, err) < 0 ||
        scope_collect(&script->scopes, &script->tree, &script->module, err) <
            0) {
        script_close(script);
        return -1;
    }
    count = script->tree.nodes_count;
    script->parents = memory_new(count, sizeof(*script->parents));
    script->homes = memory_new(count, sizeof(*script->homes));
    script->roles = memory_new(count, sizeof(*script->roles));
    script->symbols = memory_new(count, sizeof(*script->symbols));
    script->nexts = memory_new(count, sizeof(*script->nexts));
    find_parents(script);
    find_roles(script);
    find_homes(script);
    find_symbols(script);
    return 0;
}

void script_close(struct script *script)
{
    free(script->parents);
    free(script->homes);
    free(script->roles);
    free(script->symbols);
    free(script->heads);
    free(script->nexts);
    scope_release(&script->scopes);
    syntax_release(&script->tree);
    source_close(&script->source);
    *script = (struct script){ .scopes = SCOPES_EMPTY };
}

/* ---- names --------------------------------------------------------------- */

struct text script_text(const struct script *script, uint32_t node)
{
    const struct node *at = &script->tree.nodes[node];

    return text_slice(script->source.text, at->start, at->end);
}

bool script_is_name(const struct script *script, uint32_t node,
                    const char *name)
{
    return node && kind_of(script, node) == NODE_IDENTIFIER &&
           text_equal(syntax_text(&script->tree, node), text_of(name));
}

uint32_t script_first(struct script *script, struct text name)
{
    uint32_t symbol = scope_symbol(&script->scopes, name);

    return symbol < script->heads_count ? script->heads[symbol] : SYNTAX_NONE;
}

uint32_t script_next(const struct script *script, uint32_t identifier)
{
    return script->nexts[identifier];
}

/* Names of a class are not seen from the functions in it. */
static uint32_t owner_of(const struct script *script, uint32_t from,
                         uint32_t symbol)
{
    const struct scopes *scopes = &script->scopes;

    for (uint32_t at = from; at != SCOPE_NONE; at = scopes->items[at].parent) {
        unsigned binding = scope_binding(scopes, at, symbol);

        if (at != from && scopes->items[at].kind == SCOPE_CLASS)
            continue;
        if (binding & BINDING_GLOBAL)
            return script->module;
        if (binding && !(binding & BINDING_NONLOCAL))
            return at;
    }
    return SCOPE_NONE;
}

uint32_t script_owner(const struct script *script, uint32_t identifier)
{
    return owner_of(script, script->homes[identifier],
                    script->symbols[identifier]);
}

uint32_t script_lookup(struct script *script, uint32_t from, struct text name)
{
    return owner_of(script, from, scope_symbol(&script->scopes, name));
}

bool script_has_star(const struct script *script, uint32_t from)
{
    const struct scopes *scopes = &script->scopes;

    if (script->passes_stars)
        return false;
    for (uint32_t at = from; at != SCOPE_NONE; at = scopes->items[at].parent)
        if (scopes->items[at].has_star)
            return true;
    return false;
}

/* ---- statements ---------------------------------------------------------- */

static bool holds_statements(enum node_kind kind)
{
    return kind == NODE_BLOCK || kind == NODE_MODULE;
}

uint32_t script_statement(const struct script *script, uint32_t node)
{
    while (node && !holds_statements(kind_of(script, script->parents[node])))
        node = script->parents[node];
    return node;
}

uint32_t script_following(const struct script *script, uint32_t statement)
{
    return syntax_next(&script->tree, script->parents[statement], statement);
}

uint32_t script_body(const struct script *script, uint32_t node)
{
    while (node && kind_of(script, node) != NODE_FUNCTION &&
           kind_of(script, node) != NODE_CLASS)
        node = script->parents[node];
    return node;
}

bool script_within(const struct script *script, uint32_t inner, uint32_t outer)
{
    return inner >= outer && inner < script->tree.nodes[outer].after;
}

static bool ends_line(char byte)
{
    return byte == '\n' || byte == '\r';
}

bool script_indent(const struct script *script, uint32_t statement,
                   struct text *indent)
{
    const struct text text = script->source.text;
    uint32_t end = script->tree.nodes[statement].start, at = end;

    while (at > 0 && !ends_line(text.bytes[at - 1]))
        at--;
    if (at == 0 && text_starts_with(text, DECODE_MARK))
        at += (uint32_t)DECODE_MARK.size;
    *indent = text_slice(text, at, end);
    for (size_t i = 0; i < indent->size; i++)
        if (indent->bytes[i] != ' ' && indent->bytes[i] != '\t' &&
            indent->bytes[i] != '\f')
            return false;
    return true;
}

bool script_line_rest(const struct script *script, uint32_t *at)
{
    const struct text text = script->source.text;

    while (*at < text.size &&
           (text.bytes[*at] == ' ' || text.bytes[*at] == '\t' ||
            text.bytes[*at] == '\f'))
        ++*at;
    return *at == text.size || text.bytes[*at] == '#' ||
           ends_line(text.bytes[*at]);
}

uint32_t script_line_after(const struct script *script, uint32_t at)
{
    const struct text text = script->source.text;

    while (at < text.size && !ends_line(text.bytes[at]))
        at++;
    if (at < text.size && text.bytes[at] == '\r')
        at++;
    if (at < text.size && text.bytes[at] == '\n')
        at++;
    return at;
}

bool script_ends_line(const struct script *script, uint32_t at)
{
    return at == 0 || ends_line(script->source.text.bytes[at - 1]);
}

struct text script_line_end(const struct script *script)
{
    const struct text text = script->source.text;

    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '\n')
            return TEXT("\n");
        if (text.bytes[i] == '\r')
            return i + 1 < text.size && text.bytes[i + 1] == '\n' ? TEXT("\r\n")
                                                                  : TEXT("\r");
    }
    return TEXT("\n");
}
