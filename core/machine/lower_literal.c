/* Literals: strings and numbers that can be a key or a name. */
#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/machine/lower_plan.h"

/* A longer string is no name and no key of interest. */
#define STRING_SIZE_MAX 256

/* The value of a hexadecimal or octal escape's digits, as far as they go. */
static uint32_t digits_value(struct text text, size_t *at, int most, int base)
{
    uint32_t value = 0;

    for (int i = 0; i < most && *at < text.size; i++, (*at)++) {
        char c = text.bytes[*at];
        int digit = c >= '0' && c <= '9' ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f'
                        ? (c | 0x20) - 'a' + 10
                        : 16;

        if (digit >= base)
            break;
        value = value * (uint32_t)base + (uint32_t)digit;
    }
    return value;
}

/* Read the escape behind a backslash at text[*at - 1]. Only ASCII matters. */
static void read_escape(struct text text, size_t *at, struct buffer *out)
{
    char kind = text.bytes[(*at)++];
    uint32_t value;

    if (kind == '\n')
        return;
    if (kind == '\r') {
        *at += *at < text.size && text.bytes[*at] == '\n';
        return;
    }
    if (kind == 'x' || kind == 'u' || kind == 'U') {
        value = digits_value(text, at,
                             kind == 'x'   ? 2
                             : kind == 'u' ? 4
                                           : 8,
                             16);
    } else if (kind >= '0' && kind <= '7') {
        --*at;
        value = digits_value(text, at, 3, 8);
    } else {
        if (kind != '\\' && kind != '\'' && kind != '"')
            buffer_byte(out, '\\');
        value = (unsigned char)kind;
    }
    buffer_byte(out, value < 0x80 ? (char)value : '?');
}

/* The letter of \N{LATIN SMALL LETTER M}, or nothing. */
static bool read_named(struct text text, size_t *at, struct buffer *out)
{
    static const struct text start = { "N{LATIN SMALL LETTER ", 21 };
    size_t end = text_find(text, '}', *at);

    if (end - *at != start.size + 1 ||
        !text_starts_with(text_slice(text, *at, end), start))
        return false;
    buffer_byte(out, (char)(text.bytes[end - 1] | 0x20));
    *at = end + 1;
    return true;
}

static void read_content(struct text text, bool raw, struct buffer *out)
{
    for (size_t at = 0; at < text.size;) {
        char byte = text.bytes[at++];

        if (byte != '\\' || raw || at == text.size)
            buffer_byte(out, byte);
        else if (!read_named(text, &at, out))
            read_escape(text, &at, out);
    }
}

static size_t prefix_size(struct text text)
{
    size_t size = 0;

    while (size < text.size && text.bytes[size] != '\'' &&
           text.bytes[size] != '"')
        size++;
    return size;
}

static bool has_letter(struct text text, char letter)
{
    for (size_t i = 0; i < text.size; i++)
        if ((text.bytes[i] | 0x20) == letter)
            return true;
    return false;
}

static size_t quote_size(struct text text)
{
    return text.size >= 6 && text.bytes[0] == text.bytes[1] &&
                   text.bytes[1] == text.bytes[2]
               ? 3
               : 1;
}

/*
 * Append what a string literal says. False if that is not known: because it
 * is long, or because of what is put in while it runs.
 */
static bool read_string(const struct lower *lower, uint32_t node,
                        struct buffer *out, bool *bytes)
{
    struct text text = syntax_text(lower->tree, node), prefix;
    size_t start = prefix_size(text), quote;

    if (text.size > STRING_SIZE_MAX || start == text.size ||
        syntax_child(lower->tree, node, NODE_INTERPOLATION))
        return false;
    prefix = text_slice(text, 0, start);
    text = text_slice(text, start, text.size);
    quote = quote_size(text);
    if (text.size < 2 * quote)
        return false;
    *bytes = has_letter(prefix, 'b');
    read_content(text_slice(text, quote, text.size - quote),
                 has_letter(prefix, 'r'), out);
    return true;
}

static void emit_string(struct lower *lower, struct text text, bool bytes)
{
    uint32_t symbol = intern_add(&lower->scopes->symbols, text);

    plan_emit(lower, OP_CONSTANT,
              value_of(lower->values, VALUE_STRING, symbol, bytes));
}

/* The expressions in the braces of an f-string. */
static void plan_interpolations(struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;

    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child))
        if (syntax_kind(tree, child) == NODE_INTERPOLATION ||
            syntax_kind(tree, child) == NODE_ERROR)
            plan_children(lower, child);
}

void lower_string(struct lower *lower, uint32_t node, uint32_t unused)
{
    struct buffer text = BUFFER_EMPTY;
    bool bytes;

    (void)unused;
    if (read_string(lower, node, &text, &bytes)) {
        emit_string(lower, buffer_view(&text), bytes);
    } else {
        plan_interpolations(lower, node);
        plan_emit(lower, OP_UNKNOWN, 0);
    }
    buffer_release(&text);
}

/* Literals side by side are one. */
void lower_strings(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    struct buffer text = BUFFER_EMPTY;
    bool bytes = false, known = true;

    (void)unused;
    for (uint32_t child = syntax_first(tree, node); child;
         child = syntax_next(tree, node, child)) {
        known = known && text.size <= STRING_SIZE_MAX &&
                read_string(lower, child, &text, &bytes);
        plan_interpolations(lower, child);
    }
    if (known)
        emit_string(lower, buffer_view(&text), bytes);
    else
        plan_emit(lower, OP_UNKNOWN, 0);
    buffer_release(&text);
}

static void emit_number(struct lower *lower, int32_t number)
{
    emit(lower, OP_CONSTANT,
         value_of(lower->values, VALUE_NUMBER, (uint32_t)number, 0), 0);
}

/* A decimal number of up to nine digits, or -1. */
static int32_t read_number(struct text text)
{
    int32_t number = 0;

    if (text.size == 0 || text.size > 9)
        return -1;
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        number = number * 10 + (text.bytes[i] - '0');
    }
    return number;
}

/* A number, or an operator with a minus before one. */
void lower_integer(struct lower *lower, uint32_t node, uint32_t unused)
{
    const struct syntax *tree = lower->tree;
    uint32_t argument = syntax_field(tree, node, FIELD_ARGUMENT);
    uint32_t literal = argument ? argument : node;
    int32_t number = -1;

    (void)unused;
    if (syntax_kind(tree, literal) == NODE_INTEGER)
        number = read_number(syntax_text(tree, literal));
    if (number >= 0 && (!argument || syntax_text(tree, node).bytes[0] == '-')) {
        emit_number(lower, argument ? -number : number);
        return;
    }
    if (argument)
        plan(lower, lower_any, argument, 0);
    plan_emit(lower, OP_UNKNOWN, 0);
}

void lower_true(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)node;
    (void)unused;
    emit_number(lower, 1);
}

void lower_false(struct lower *lower, uint32_t node, uint32_t unused)
{
    (void)node;
    (void)unused;
    emit_number(lower, 0);
}

/* ---- conditions ---------------------------------------------------------- */

/* The scope that a name belongs to, SCOPE_NONE if others may bind it. */
static uint32_t scope_of_name(const struct lower *lower, uint32_t symbol)
{
    const struct scopes *scopes = lower->scopes;
    uint32_t scope = lower->scope;

    while (scope != lower->module && !scope_binding(scopes, scope, symbol))
        scope = scopes->items[scope].parent;
    if (scope != lower->module &&
        (scopes->items[scope].kind != SCOPE_FUNCTION ||
         scope_binding(scopes, SCOPE_NONE, symbol)))
        return SCOPE_NONE;
    return scope;
}

/* How the name is bound, and where. */
static unsigned binding_of_name(const struct lower *lower, uint32_t node,
                                uint32_t *scope, uint32_t *symbol)
{
    *symbol =
        intern_find(&lower->scopes->symbols, syntax_text(lower->tree, node));
    if (*symbol == INTERN_NONE)
        return 0;
    *scope = scope_of_name(lower, *symbol);
    return *scope == SCOPE_NONE ? 0
                                : scope_binding(lower->scopes, *scope, *symbol);
}

/*
 * A module that nothing but one import binds to the name is always true: where
 * the name has no value yet, there is no condition either.
 */
static enum truth truth_of_name(const struct lower *lower, uint32_t node)
{
    uint32_t scope, symbol;

    return binding_of_name(lower, node, &scope, &symbol) ==
                   (BINDING_BOUND | BINDING_IMPORTED)
               ? TRUTH_TRUE
               : TRUTH_UNKNOWN;
}

/* What is in brackets and behind `not`; 0 if that is nothing. */
static uint32_t bare(const struct syntax *tree, uint32_t node, bool *inverse)
{
    *inverse = false;
    while (node && (syntax_kind(tree, node) == NODE_PARENTHESIZED ||
                    syntax_kind(tree, node) == NODE_NOT_OPERATOR)) {
        *inverse ^= syntax_kind(tree, node) == NODE_NOT_OPERATOR;
        node = syntax_first(tree, node);
    }
    return node;
}

uint32_t truth_of_import(const struct lower *lower, uint32_t node)
{
    uint32_t scope, symbol;
    bool inverse;

    node = bare(lower->tree, node, &inverse);
    if (!node || syntax_kind(lower->tree, node) != NODE_IDENTIFIER ||
        !(binding_of_name(lower, node, &scope, &symbol) & BINDING_FROM))
        return 0;
    return CODE_TRUTH(code_variable(lower->code, scope, symbol), inverse);
}

enum truth truth_of(const struct lower *lower, uint32_t node)
{
    const struct syntax *tree = lower->tree;
    bool inverse;
    enum truth truth = TRUTH_UNKNOWN;

    node = bare(tree, node, &inverse);
    if (!node)
        return TRUTH_UNKNOWN;
    if (syntax_kind(tree, node) == NODE_FALSE ||
        syntax_kind(tree, node) == NODE_NONE)
        truth = TRUTH_FALSE;
    if (syntax_kind(tree, node) == NODE_TRUE)
        truth = TRUTH_TRUE;
    if (syntax_kind(tree, node) == NODE_IDENTIFIER)
        truth = truth_of_name(lower, node);
    if (syntax_kind(tree, node) == NODE_INTEGER) {
        int32_t number = read_number(syntax_text(tree, node));

        truth = number < 0    ? TRUTH_UNKNOWN
                : number == 0 ? TRUTH_FALSE
                              : TRUTH_TRUE;
    }
    if (truth == TRUTH_UNKNOWN || !inverse)
        return truth;
    return truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}
