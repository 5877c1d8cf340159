#include "core/syntax/syntax.h"

#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/syntax/parse_memory.h"

const TSLanguage *tree_sitter_python(void);

#define TEXT_OF(name, text) text,

static const char *const kind_names[] = { SYNTAX_KINDS(TEXT_OF) };
static const char *const field_names[] = { SYNTAX_FIELDS(TEXT_OF) };

/* An unnamed node that is of no interest: brackets, commas, keywords. */
#define KIND_PASSED_OVER UINT8_MAX

/* The grammar's numbers as ours: indexed by TSSymbol and TSFieldId. */
struct numbers {
    uint8_t *kinds;
    uint8_t fields[256];
};

static int compare_name(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

static uint8_t number_of(const char *name, const char *const *names,
                         size_t count)
{
    const char *const *found =
        name ? bsearch(name, names, count, sizeof(*names), compare_name) : NULL;

    return (uint8_t)(found ? (size_t)(found - names) : count);
}

static uint8_t kind_of(const TSLanguage *language, TSSymbol symbol)
{
    const char *name = ts_language_symbol_name(language, symbol);

    if (ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular)
        return number_of(name, kind_names, NODE_OTHER);
    return name && strchr("+-*/%@&|^<>", name[0]) ? NODE_OTHER
                                                  : KIND_PASSED_OVER;
}

static void numbers_open(struct numbers *numbers, const TSLanguage *language)
{
    uint32_t count = ts_language_symbol_count(language);
    uint32_t fields = ts_language_field_count(language);

    numbers->kinds = memory_new(count, 1);
    for (uint32_t i = 0; i < count; i++)
        numbers->kinds[i] = kind_of(language, (TSSymbol)i);
    memset(numbers->fields, FIELD_NONE, sizeof(numbers->fields));
    for (uint32_t i = 1; i <= fields && i < sizeof(numbers->fields); i++)
        numbers->fields[i] =
            number_of(ts_language_field_name_for_id(language, (TSFieldId)i),
                      field_names, FIELD_NONE);
}

static bool is_over(TSParseState *state)
{
    return parse_memory_used() > SYNTAX_MEMORY_MAX ||
           deadline_passed(state->payload);
}

static const char *read_code(void *payload, uint32_t offset, TSPoint point,
                             uint32_t *size)
{
    const struct source *source = payload;

    (void)point;
    *size =
        offset < source->text.size ? (uint32_t)source->text.size - offset : 0;
    return source->code + (*size ? offset : 0);
}

/* The parser's API is not const-correct; it writes to neither. */
static void *unconst(const void *payload)
{
    union {
        const void *in;
        void *out;
    } both = { payload };

    return both.out;
}

/* NULL and *err if it was given up. */
static TSTree *parse(const struct source *source,
                     const struct deadline *deadline, struct error *err)
{
    TSParser *parser = ts_parser_new();
    TSInput input = { .payload = unconst(source),
                      .read = read_code,
                      .encoding = TSInputEncodingUTF8 };
    TSParseOptions options = { .payload = unconst(deadline),
                               .progress_callback = is_over };
    TSTree *parsed;

    /* A grammar that does not fit the runtime is a broken build. */
    if (!parser || !ts_parser_set_language(parser, tree_sitter_python()))
        abort();
    parsed = ts_parser_parse_with_options(parser, NULL, input, options);
    if (!parsed)
        error_set(err, ERROR_LIMIT,
                  parse_memory_used() > SYNTAX_MEMORY_MAX
                      ? "parsing it took too much memory"
                      : "parsing it took too long");
    ts_parser_delete(parser);
    return parsed;
}

/* The numbers of the nodes whose last child has not been met yet. */
struct open_nodes {
    uint32_t *items;
    size_t items_count, items_room;
};

/* Add the cursor's node; says whether its children are to be visited. */
static bool add_node(struct syntax *tree, struct open_nodes *open,
                     const TSTreeCursor *cursor, const struct numbers *numbers)
{
    TSNode from = ts_tree_cursor_current_node(cursor);
    TSSymbol symbol = ts_node_symbol(from);
    bool is_error = symbol == (TSSymbol)-1;
    bool is_wrong = is_error || ts_node_is_missing(from);
    uint8_t kind = is_error ? NODE_ERROR : numbers->kinds[symbol];
    TSFieldId field;
    struct node *node;

    if (kind == KIND_PASSED_OVER && !is_wrong)
        return false;
    field = ts_tree_cursor_current_field_id(cursor);
    if (!ts_node_is_named(from) && !field && !is_wrong)
        return false;
    if (is_wrong)
        *ARRAY_PUSH(tree->errors) = (uint32_t)tree->nodes_count;
    *ARRAY_PUSH(open->items) = (uint32_t)tree->nodes_count;
    node = ARRAY_PUSH(tree->nodes);
    node->kind = ts_node_is_named(from) ? kind : NODE_OTHER;
    node->field = field < 256 ? numbers->fields[field] : FIELD_NONE;
    node->start = ts_node_start_byte(from);
    node->end = ts_node_end_byte(from);
    return true;
}

static void close_node(struct syntax *tree, struct open_nodes *open)
{
    /* The root is always kept, and nothing is above it. */
    if (open->items_count == 0)
        abort();
    tree->nodes[open->items[--open->items_count]].after =
        (uint32_t)tree->nodes_count;
}

static int flatten(struct syntax *tree, const TSTree *parsed,
                   const struct numbers *numbers, struct error *err)
{
    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(parsed));
    struct open_nodes open = { .items = NULL };
    bool kept = add_node(tree, &open, &cursor, numbers);
    bool is_deep = false;

    for (bool more = true; more && !is_deep;) {
        is_deep = open.items_count > SYNTAX_DEPTH_MAX;
        if (kept && ts_tree_cursor_goto_first_child(&cursor)) {
            kept = add_node(tree, &open, &cursor, numbers);
            continue;
        }
        if (kept)
            close_node(tree, &open);
        while (!(more = ts_tree_cursor_goto_next_sibling(&cursor)) &&
               ts_tree_cursor_goto_parent(&cursor))
            close_node(tree, &open);
        if (more)
            kept = add_node(tree, &open, &cursor, numbers);
    }
    free(open.items);
    ts_tree_cursor_delete(&cursor);
    return is_deep ? error_set(err, ERROR_LIMIT,
                               "syntax that is more than %d levels deep",
                               SYNTAX_DEPTH_MAX)
                   : 0;
}

int syntax_parse(struct syntax *tree, const struct source *source,
                 const struct deadline *deadline, struct error *err)
{
    struct numbers numbers;
    TSTree *parsed;
    int result;

    *tree = (struct syntax){ .source = source };
    parse_memory_count();
    parsed = parse(source, deadline, err);
    if (!parsed)
        return -1;
    numbers_open(&numbers, ts_tree_language(parsed));
    result = flatten(tree, parsed, &numbers, err);
    free(numbers.kinds);
    ts_tree_delete(parsed);
    if (result < 0)
        syntax_release(tree);
    return result;
}

uint32_t syntax_first(const struct syntax *tree, uint32_t node)
{
    return node + 1 < tree->nodes[node].after ? node + 1 : SYNTAX_NONE;
}

uint32_t syntax_next(const struct syntax *tree, uint32_t parent, uint32_t node)
{
    uint32_t next = tree->nodes[node].after;

    return next < tree->nodes[parent].after ? next : SYNTAX_NONE;
}

uint32_t syntax_field(const struct syntax *tree, uint32_t node,
                      enum node_field field)
{
    uint32_t child = syntax_first(tree, node);

    while (child && tree->nodes[child].field != field)
        child = syntax_next(tree, node, child);
    return child;
}

uint32_t syntax_child(const struct syntax *tree, uint32_t node,
                      enum node_kind kind)
{
    uint32_t child = syntax_first(tree, node);

    while (child && tree->nodes[child].kind != kind)
        child = syntax_next(tree, node, child);
    return child;
}

enum node_kind syntax_kind(const struct syntax *tree, uint32_t node)
{
    return (enum node_kind)tree->nodes[node].kind;
}

bool syntax_has_error(const struct syntax *tree, uint32_t node)
{
    struct bound found = bound_in(0, tree->errors_count);

    while (bound_open(&found))
        bound_step(&found, tree->errors[found.middle] < node);
    return found.low < tree->errors_count &&
           tree->errors[found.low] < tree->nodes[node].after;
}

struct text syntax_text(const struct syntax *tree, uint32_t node)
{
    const struct node *at = &tree->nodes[node];

    return (struct text){ tree->source->code + at->start, at->end - at->start };
}

void syntax_release(struct syntax *tree)
{
    free(tree->nodes);
    free(tree->errors);
    *tree = (struct syntax){ .nodes = NULL };
}
