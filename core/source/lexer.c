/*
 * One pass without recursion. What is open is on a stack of frames: brackets,
 * formatted strings, and the replacement fields in them, which hold code again
 * (the Python language reference, 2.4.3; PEP 701).
 *
 *   f"a {b[0]:>{w}} c"     the stack, at w: f-string, field in its format,
 *                          field
 *
 * The rest is text of an f-string if the top frame is an f-string or a field
 * in its format, else code. Each frame knows which brackets are open between
 * it and the field it is in, so that a closing one finds its match, or that it
 * has none, without a search.
 *
 * The bytes end with a NUL, the only one, so a look ahead needs no bound.
 */
#include "core/source/lexer.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/source/decode.h"
#include "core/source/indent.h"
#include "core/source/quote.h"

/* Brackets and fields count; each f-string but the first is in a field. */
#define FRAMES_MAX (2 * SOURCE_BRACKET_MAX + 2)

enum kind {
    KIND_NONE, /* the bottom */
    KIND_ROUND,
    KIND_SQUARE,
    KIND_CURLY,
    KIND_BACKTICK,
    KIND_FIELD,
    KIND_FORMATTED,
};

struct frame {
    enum kind kind;
    unsigned open;      /* 1 << kind of what a closing bracket may close */
    bool in_format;     /* a field, behind its ':' */
    struct quote quote; /* of the f-string, and of its fields */
    uint32_t start;     /* where it was opened */
};

struct lexer {
    struct source *source;
    char *code;
    uint32_t at, size;
    struct frame frames[FRAMES_MAX];
    uint32_t depth, brackets;
    uint32_t lines_open; /* f-strings that must end on their line */
    struct indent indent;
    struct error *err;
};

/* What a byte may begin, in code. */
enum class {
    CLASS_PLAIN,
    CLASS_END_OF_LINE,
    CLASS_HASH,
    CLASS_QUOTE,
    CLASS_OPEN,
    CLASS_CLOSE,
    CLASS_COLON,
    CLASS_BACKTICK,
    CLASS_BACKSLASH,
    CLASS_LESS,
    CLASS_CONTROL,
    CLASS_STRANGE, /* in no token */
    CLASS_END_OF_FILE,
};

#define CONTROL_8(n)                                                           \
    [n] = CLASS_CONTROL, [(n) + 1] = CLASS_CONTROL, [(n) + 2] = CLASS_CONTROL, \
    [(n) + 3] = CLASS_CONTROL, [(n) + 4] = CLASS_CONTROL,                      \
    [(n) + 5] = CLASS_CONTROL, [(n) + 6] = CLASS_CONTROL,                      \
    [(n) + 7] = CLASS_CONTROL

static const unsigned char classes[256] = {
    [0] = CLASS_END_OF_FILE,
    [1] = CLASS_CONTROL,
    [2] = CLASS_CONTROL,
    [3] = CLASS_CONTROL,
    [4] = CLASS_CONTROL,
    [5] = CLASS_CONTROL,
    [6] = CLASS_CONTROL,
    [7] = CLASS_CONTROL,
    [8] = CLASS_CONTROL,
    ['\n'] = CLASS_END_OF_LINE,
    [11] = CLASS_CONTROL,
    [12] = CLASS_CONTROL,
    [14] = CLASS_CONTROL,
    [15] = CLASS_CONTROL,
    CONTROL_8(16),
    CONTROL_8(24),
    [127] = CLASS_CONTROL,
    ['#'] = CLASS_HASH,
    ['"'] = CLASS_QUOTE,
    ['\''] = CLASS_QUOTE,
    ['('] = CLASS_OPEN,
    ['['] = CLASS_OPEN,
    ['{'] = CLASS_OPEN,
    [')'] = CLASS_CLOSE,
    [']'] = CLASS_CLOSE,
    ['}'] = CLASS_CLOSE,
    [':'] = CLASS_COLON,
    ['`'] = CLASS_BACKTICK,
    ['\\'] = CLASS_BACKSLASH,
    ['<'] = CLASS_LESS,
    ['$'] = CLASS_STRANGE,
    ['?'] = CLASS_STRANGE,
};

static const struct frame bottom;

static const struct frame *top(const struct lexer *lexer)
{
    return lexer->depth ? &lexer->frames[lexer->depth - 1] : &bottom;
}

static bool in_text(const struct lexer *lexer)
{
    return top(lexer)->kind == KIND_FORMATTED || top(lexer)->in_format;
}

static int too_deep(const struct lexer *lexer, const char *what)
{
    return error_set(lexer->err, ERROR_LIMIT, "line %u: more than %s",
                     source_position(lexer->source, lexer->at).line, what);
}

/* Everything that is open within a formatted string knows its quotes. */
static bool in_formatted(const struct lexer *lexer)
{
    return top(lexer)->quote.byte != 0;
}

static int push(struct lexer *lexer, enum kind kind, struct quote quote)
{
    const struct frame *below = top(lexer);
    struct frame frame = { .kind = kind, .quote = quote, .start = lexer->at };

    if (kind != KIND_FORMATTED && lexer->brackets++ == SOURCE_BRACKET_MAX)
        return too_deep(lexer, "200 nested brackets");
    if (kind == KIND_FORMATTED)
        lexer->lines_open += !quote.triple;
    else
        frame.open = 1u << kind | (kind == KIND_FIELD ? 0 : below->open);
    lexer->frames[lexer->depth++] = frame;
    return 0;
}

static void pop(struct lexer *lexer)
{
    const struct frame *frame = top(lexer);

    if (frame->kind == KIND_FORMATTED)
        lexer->lines_open -= !frame->quote.triple;
    else
        lexer->brackets--;
    lexer->depth--;
}

static void add_string(struct lexer *lexer, uint32_t start, uint32_t end)
{
    struct string *string = ARRAY_PUSH(lexer->source->strings);

    string->start = start;
    string->end = end;
}

static void close_frame(struct lexer *lexer)
{
    struct frame frame = *top(lexer);

    if (frame.kind == KIND_BACKTICK)
        lexer->code[frame.start] = ' ';
    pop(lexer);
    if (frame.kind == KIND_FORMATTED && !in_formatted(lexer))
        add_string(lexer, frame.start, lexer->at);
}

/*
 * A line ends inside a string that may not. A wrong f-string holds its own
 * end for the start of another, so whatever is open on this line ends.
 */
static void end_line_early(struct lexer *lexer)
{
    lexer->source->is_odd = true;
    while (lexer->lines_open > 0)
        close_frame(lexer);
}

static int lex_quote(struct lexer *lexer)
{
    uint32_t start = lexer->at;
    struct quote quote = quote_read(lexer->code, start);
    bool ends;

    if (quote.formatted) {
        if (push(lexer, KIND_FORMATTED, quote) < 0)
            return -1;
        lexer->at += quote_width(quote);
        return 0;
    }
    lexer->at = quote_find_end(quote, lexer->code, start + quote_width(quote));
    ends = lexer->code[lexer->at] == quote.byte;
    if (ends)
        lexer->at += quote_width(quote);
    else
        lexer->source->is_odd = true;
    if (!in_formatted(lexer))
        add_string(lexer, start, lexer->at);
    else if (!ends)
        end_line_early(lexer);
    return 0;
}

/* A quote that ends the string ends what is open in it, too. */
static void end_formatted(struct lexer *lexer)
{
    lexer->at += quote_width(top(lexer)->quote);
    while (top(lexer)->kind != KIND_FORMATTED) {
        lexer->source->is_odd = true;
        pop(lexer);
    }
    close_frame(lexer);
}

static int lex_brace(struct lexer *lexer)
{
    const struct frame *frame = top(lexer);
    bool opens = lexer->code[lexer->at] == '{';

    if (opens && !frame->in_format && lexer->code[lexer->at + 1] == '{') {
        lexer->at += 2;
        return 0;
    }
    if (opens && push(lexer, KIND_FIELD, frame->quote) < 0)
        return -1;
    if (!opens && frame->in_format)
        pop(lexer);
    lexer->at++;
    return 0;
}

static void end_text_line(struct lexer *lexer)
{
    struct frame *frame = &lexer->frames[lexer->depth - 1];

    if (frame->quote.triple)
        lexer->at++;
    else if (frame->in_format)
        frame->in_format = false;
    else
        end_line_early(lexer);
}

/* One step in the text of a formatted string. */
static int lex_text(struct lexer *lexer)
{
    const char *code = lexer->code;
    struct quote quote = top(lexer)->quote;

    lexer->at = quote_find_stop(code, lexer->at);
    switch (code[lexer->at]) {
    case '{':
    case '}':
        return lex_brace(lexer);
    case '\\':
        lexer->at = quote_skip_formatted_escape(quote, code, lexer->at);
        break;
    case '\n':
        end_text_line(lexer);
        break;
    case '\0':
        break;
    default:
        if (quote_ends(quote, code, lexer->at))
            end_formatted(lexer);
        else
            lexer->at++;
    }
    return 0;
}

static void lex_comment(struct lexer *lexer)
{
    char *start = lexer->code + lexer->at;
    size_t rest = lexer->size - lexer->at;
    const char *line_end = memchr(start, '\n', rest);
    size_t size = line_end ? (size_t)(line_end - start) : rest;
    struct comment *comment = ARRAY_PUSH(lexer->source->comments);

    if (line_end && start[size - 1] == '\r')
        size--;
    memset(start, ' ', size);
    comment->start = lexer->at;
    lexer->at += (uint32_t)size;
    comment->end = lexer->at;
}

static int lex_opening(struct lexer *lexer)
{
    char byte = lexer->code[lexer->at];
    enum kind kind = byte == '('   ? KIND_ROUND
                     : byte == '[' ? KIND_SQUARE
                                   : KIND_CURLY;

    if (push(lexer, kind, top(lexer)->quote) < 0)
        return -1;
    lexer->at++;
    return 0;
}

static void lex_closing(struct lexer *lexer)
{
    char byte = lexer->code[lexer->at];
    unsigned fits = byte == ')'   ? 1u << KIND_ROUND
                    : byte == ']' ? 1u << KIND_SQUARE
                                  : 1u << KIND_CURLY | 1u << KIND_FIELD;

    if (!(1u << top(lexer)->kind & fits))
        lexer->source->is_odd = true;
    if (top(lexer)->open & fits) {
        while (!(1u << top(lexer)->kind & fits))
            close_frame(lexer);
        close_frame(lexer);
    }
    lexer->at++;
}

static int lex_backtick(struct lexer *lexer)
{
    if (top(lexer)->kind == KIND_BACKTICK) {
        lexer->code[lexer->at] = ')';
        pop(lexer);
    } else {
        if (push(lexer, KIND_BACKTICK, top(lexer)->quote) < 0)
            return -1;
        lexer->code[lexer->at] = '(';
    }
    lexer->at++;
    return 0;
}

static void lex_backslash(struct lexer *lexer)
{
    char *code = lexer->code + lexer->at;
    uint32_t size = quote_skip_escape(lexer->code, lexer->at) - lexer->at;

    if (code[1] == '\0' || code[size - 1] == '\n')
        memset(code, ' ', size);
    else
        size = 1;
    lexer->source->is_odd |= size == 1;
    lexer->at += size;
}

static void lex_less(struct lexer *lexer)
{
    if (lexer->code[lexer->at + 1] == '>') {
        lexer->code[lexer->at++] = '!';
        lexer->code[lexer->at] = '=';
    }
    lexer->at++;
}

/* The blanks before a line; they matter if a statement starts there. */
static int start_line(struct lexer *lexer)
{
    char *code = lexer->code + lexer->at;
    struct indent_blanks blanks = indent_measure(code);
    char first = code[blanks.size];

    if (!blanks.plain)
        indent_rewrite(code, &blanks);
    lexer->at += (uint32_t)blanks.size;
    if (first == '\0' || first == '\n' || first == '\r' || first == '#')
        return 0;
    *ARRAY_PUSH(lexer->source->logicals) =
        (struct logical){ lexer->at, blanks.column, 0,
                          (uint32_t)lexer->source->strings_count };
    if (!blanks.plain)
        lexer->source->is_odd = true;
    if (!indent_line(&lexer->indent, blanks.column))
        return too_deep(lexer, "100 levels of indentation");
    return 0;
}

static int lex_line_end(struct lexer *lexer)
{
    /* A backtick that nothing closes would be half of a bracket. */
    while (top(lexer)->kind == KIND_BACKTICK) {
        lexer->source->is_odd = true;
        close_frame(lexer);
    }
    lexer->at++;
    return lexer->depth == 0 ? start_line(lexer) : 0;
}

/* One step in code. */
static int lex_code(struct lexer *lexer)
{
    while (classes[(unsigned char)lexer->code[lexer->at]] == CLASS_PLAIN)
        lexer->at++;
    switch ((enum class)classes[(unsigned char)lexer->code[lexer->at]]) {
    case CLASS_END_OF_LINE:
        return lex_line_end(lexer);
    case CLASS_QUOTE:
        return lex_quote(lexer);
    case CLASS_OPEN:
        return lex_opening(lexer);
    case CLASS_BACKTICK:
        return lex_backtick(lexer);
    case CLASS_HASH:
        lex_comment(lexer);
        break;
    case CLASS_CLOSE:
        lex_closing(lexer);
        break;
    case CLASS_BACKSLASH:
        lex_backslash(lexer);
        break;
    case CLASS_LESS:
        lex_less(lexer);
        break;
    case CLASS_CONTROL:
        lexer->code[lexer->at++] = ' ';
        break;
    case CLASS_STRANGE:
        lexer->source->is_odd = true;
        lexer->at++;
        break;
    case CLASS_COLON:
        if (top(lexer)->kind == KIND_FIELD)
            lexer->frames[lexer->depth - 1].in_format = true;
        lexer->at++;
        break;
    case CLASS_PLAIN:
    case CLASS_END_OF_FILE:
        break;
    }
    return 0;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' ||
           byte == '\f';
}

/* Comments are blank by now. */
static void end_logicals(struct source *source)
{
    uint32_t next = (uint32_t)source->text.size;

    for (size_t i = source->logicals_count; i-- > 0;) {
        struct logical *logical = &source->logicals[i];

        while (next > logical->start + 1 && is_blank(source->code[next - 1]))
            next--;
        logical->end = next;
        next = logical->start;
    }
}

int lexer_run(struct source *source, struct error *err)
{
    struct lexer lexer = { .source = source, .code = source->code, .err = err };

    lexer.size = (uint32_t)source->text.size;
    if (text_starts_with(source->text, DECODE_MARK))
        lexer.at = (uint32_t)DECODE_MARK.size;
    if (start_line(&lexer) < 0)
        return -1;
    while (lexer.at < lexer.size)
        if ((in_text(&lexer) ? lex_text(&lexer) : lex_code(&lexer)) < 0)
            return -1;
    if (lexer.depth > 0)
        source->is_odd = true;
    while (lexer.depth > 0)
        close_frame(&lexer);
    end_logicals(source);
    return 0;
}
