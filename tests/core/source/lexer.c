#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/source/source.h"

/* A text in a static table. */
#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

static struct source open_text(struct text text)
{
    struct source source;
    struct error err;

    if (source_open(&source, text, &err) < 0)
        fail_msg("%.*s: %s", (int)text.size, text.bytes, err.message);
    return source;
}

static void add_part(struct buffer *parts, const struct source *source,
                     uint32_t start, uint32_t end)
{
    if (parts->size > 0)
        buffer_byte(parts, '|');
    buffer_text(parts, text_slice(source->text, start, end));
}

/* The comments with '|' between. */
static char *comments_of(struct text text)
{
    struct source source = open_text(text);
    struct buffer parts = BUFFER_EMPTY;

    buffer_string(&parts, "");
    for (size_t i = 0; i < source.comments_count; i++)
        add_part(&parts, &source, source.comments[i].start,
                 source.comments[i].end);
    source_close(&source);
    return buffer_detach(&parts);
}

/* The strings with '|' between. */
static char *strings_of(struct text text)
{
    struct source source = open_text(text);
    struct buffer parts = BUFFER_EMPTY;

    buffer_string(&parts, "");
    for (size_t i = 0; i < source.strings_count; i++)
        add_part(&parts, &source, source.strings[i].start,
                 source.strings[i].end);
    source_close(&source);
    return buffer_detach(&parts);
}

struct row {
    const char *what;
    struct text text;
    const char *parts;
};

static void check_rows(const struct row *rows, size_t count,
                       char *(*parts_of)(struct text text))
{
    for (size_t i = 0; i < count; i++) {
        char *got = parts_of(rows[i].text);

        if (strcmp(got, rows[i].parts) != 0)
            fail_msg("%s: got %s, want %s", rows[i].what, got, rows[i].parts);
        free(got);
    }
}

#define CHECK_ROWS(rows, parts_of)                                             \
    check_rows((rows), sizeof(rows) / sizeof(*(rows)), (parts_of))

static const struct row comments[] = {
    { "none", ROW("a\n"), "" },
    { "an empty file", ROW(""), "" },
    { "an empty comment", ROW("#\n"), "#" },
    { "the whole file", ROW("#"), "#" },
    { "the interpreter line", ROW("#!/bin/python\nx"), "#!/bin/python" },
    { "behind a byte order mark", ROW("\xef\xbb\xbf# a\n"), "# a" },
    { "behind code", ROW("x = 1 # a\ny # b\n"), "# a|# b" },
    { "before LF, CR and CRLF", ROW("# a\n# b\r# c\r\n# d"),
      "# a|# b|# c|# d" },
    { "before CR and CRLF", ROW("# a\r\r\n# b"), "# a|# b" },
    { "a hash in a comment", ROW("# a # b\n"), "# a # b" },
    { "a quote in a comment", ROW("# it's\nx # b\n"), "# it's|# b" },
    { "a bracket in a comment", ROW("# (\nx # b\n"), "# (|# b" },
    { "a backslash in a comment", ROW("# a \\\nx # b\n"), "# a \\|# b" },
    { "in brackets", ROW("f( # a\n # b\n)"), "# a|# b" },
    { "behind a joined line", ROW("x = \\\n 1 # a\n"), "# a" },
    { "where a joined line would go on", ROW("x = 1 \\\n# a\n"), "# a" },
    { "a form feed before", ROW("\f# a\n"), "# a" },
    { "a form feed inside", ROW("# a\fb\n"), "# a\fb" },
    { "letters, line separators inside", ROW("# é\xe2\x80\xa8x\n"),
      "# é\xe2\x80\xa8x" },
    { "broken UTF-8", ROW("# \xe9\xff\nx # b"), "# \xe9\xff|# b" },
    { "latin-1", ROW("# coding: latin-1\nx # \xe9\n"),
      "# coding: latin-1|# \xe9" },

    { "hashes in strings", ROW("'#' \"#\" '''\n#''' \"\"\"#\n\"\"\" # a"),
      "# a" },
    { "a hash behind an empty string", ROW("''#a\n\"\"#b\n''''''#c"),
      "#a|#b|#c" },
    { "an escaped quote", ROW("'\\'#' # a"), "# a" },
    { "an escaped backslash", ROW("'\\\\'# a"), "# a" },
    { "an escaped quote in a raw string", ROW("r'\\'#' # a"), "# a" },
    { "a quote in the other's string", ROW("\"'#\" # a"), "# a" },
    { "two quotes in a triple one", ROW("''' '' # ''' # a"), "# a" },
    { "an escaped quote in a triple one", ROW("'''\\'''#''' # a"), "# a" },
    { "a string goes on behind a backslash", ROW("'\\\n#' # a"), "# a" },
    { "and behind CRLF", ROW("'\\\r\n#' # a"), "# a" },
    { "and behind CR", ROW("'\\\r#' # a"), "# a" },
    { "a string that does not end", ROW("x = 'a # b\ny # c\n"), "# c" },
    { "a string that CR ends", ROW("x = 'a # b\ry # c\r"), "# c" },
    { "a triple one that does not end", ROW("'''a # b\ny # c\n"), "" },
    { "an apostrophe in a cell's command", ROW("!echo it's\n# a\n"), "# a" },

    { "a backslash that is half of a pair",
      ROW("#coding: sjis\n'\x83\x5c' # a"), "#coding: sjis|# a" },
    { "half of a pair in a comment", ROW("#coding: big5\n# \x83\x5c\n# a"),
      "#coding: big5|# \x83\x5c|# a" },

    { "in the text of an f-string", ROW("f'#{x}#' # a"), "# a" },
    { "in a field of a triple one", ROW("f'''{x # a\n}''' # b"), "# a|# b" },
    { "in a field of a single one", ROW("f'{x # a}'\n}' # b"), "# a}'|# b" },
    { "in a string in a field", ROW("f'{\"#\"}#' # a"), "# a" },
    { "in a string with the same quotes", ROW("f'{'#'}#' # a"), "# a" },
    { "in an f-string in a field", ROW("f'{f'#{x}#'}#' # a"), "# a" },
    { "in a field of a field", ROW("f'''{f'''{x # a\n}'''}#''' # b"),
      "# a|# b" },
    { "in a format", ROW("f'{x:#}' # a"), "# a" },
    { "behind a field in a format", ROW("f'{x:{y}#}' # a"), "# a" },
    { "in a format of a triple one", ROW("f'''{x:\n#}''' # a"), "# a" },
    { "behind a format's line end", ROW("f'{x:d\n# a\n}' # b"), "# a|# b" },
    { "behind a conversion", ROW("f'{x!r:#<5}' # a"), "# a" },
    { "behind a comparison", ROW("f'''{x!=y # a\n}'''"), "# a" },
    { "behind a slice", ROW("f'''{x[1:2] # a\n}'''"), "# a" },
    { "behind a dict", ROW("f'''{ {1:2}[1] # a\n}'''"), "# a" },
    { "behind braces that are text", ROW("f'''{{x # b\n}}'''# a"), "# a" },
    { "behind three braces", ROW("f'''{{{x # a\n}}}#'''"), "# a" },
    { "braces in a plain string", ROW("'''{x # b\n}''' # a"), "# a" },
    { "a template string", ROW("t'#{x}#' T'''{x # a\n}'''"), "# a" },
    { "a raw f-string", ROW("rf'''\\{x # a\n}\\'#''' # b"), "# a|# b" },
    { "the prefix the other way", ROW("Rf'#{x}' fR'#{x}' # a"), "# a" },
    { "no prefix but a name", ROW("xf'{#' # a\n"), "# a" },
    { "a named character", ROW("f'\\N{NUMBER SIGN}#' # a"), "# a" },
    { "a named character in a format", ROW("f'{x:\\N{DASH}#}#' # a"), "# a" },
    { "a raw named character", ROW("rf'''\\N{x # a\n}#'''"), "# a" },
    { "an escaped brace", ROW("f'''\\{x # a\n}#'''"), "# a" },
    { "an f-string that does not end", ROW("f'{x} # b\ny # a\n"), "# a" },
    { "a field that does not end", ROW("f'{x' # b\ny # a\n"), "# a" },
    { "a format that does not end", ROW("f\"{x!r:{\" # b\ny # a\n"), "# a" },
    { "a bracket in a field that does not end",
      ROW("f'{x(' # b\nf'{y[0' # c\n# a\n"), "# a" },
    { "an f-string that ends in a field", ROW("f'{x:' # b\ny # a"), "# b|# a" },
};

static void a_comment_runs_from_its_hash_to_the_line_end(void **state)
{
    (void)state;
    CHECK_ROWS(comments, comments_of);
}

static const struct row strings[] = {
    { "none", ROW("a # 'b'\n"), "" },
    { "one", ROW("'a'"), "'a'" },
    { "an empty one", ROW("''"), "''" },
    { "side by side", ROW("'a''b'\"c\""), "'a'|'b'|\"c\"" },
    { "without the prefix", ROW("rb'a' Ur\"b\" f'c'"), "'a'|\"b\"|'c'" },
    { "triple", ROW("'''a\n'b''''c'"), "'''a\n'b'''|'c'" },
    { "empty and triple", ROW("''''''\"\"\"\"\"\""), "''''''|\"\"\"\"\"\"" },
    { "with an escape", ROW("'\\''"), "'\\''" },
    { "up to the line end", ROW("'a\n'b'"), "'a|'b'" },
    { "up to the end", ROW("'''a\n"), "'''a\n" },
    { "a backslash at the end", ROW("'a\\"), "'a\\" },
    { "one that holds others", ROW("f'{'a'}{f'{b}'}' 'c'"),
      "'{'a'}{f'{b}'}'|'c'" },
    { "a string in a format", ROW("f'{a:{'b'}}'"), "'{a:{'b'}}'" },
    { "a triple one in another", ROW("f'''{f'{'a'}'}''' 'b'"),
      "'''{f'{'a'}'}'''|'b'" },
    { "an f-string to the line end", ROW("f'a\n'b'"), "'a|'b'" },
    { "a field to the line end", ROW("f'{f'{a'\n'b'"), "'{f'{a'|'b'" },
    { "an f-string to the end", ROW("f'''a{b"), "'''a{b" },
    { "one that is wrong in a triple one", ROW("f'''{'a\n}b''' 'c'"),
      "'''{'a\n}b'''|'c'" },
};

static void a_string_runs_from_its_first_quote_to_its_last(void **state)
{
    (void)state;
    CHECK_ROWS(strings, strings_of);
}

static char *code_of(struct text text)
{
    struct source source = open_text(text);
    char *code = memory_copy(source.code, source.text.size);

    assert_int_equal('\0', source.code[source.text.size]);
    source_close(&source);
    return code;
}

static const struct row codes[] = {
    { "nothing", ROW(""), "" },
    { "a statement", ROW("a = b\n"), "a = b\n" },
    { "a comment", ROW("a # b\nc\n"), "a    \nc\n" },
    { "a comment before CRLF", ROW("a # b\r\nc\n"), "a    \r\nc\n" },
    { "a comment before CR", ROW("a # b\rc\n"), "a    \nc\n" },
    { "a comment at the end", ROW("a # b"), "a    " },
    { "a comment in other letters", ROW("a #é\n"), "a    \n" },
    { "a comment in a field", ROW("f'''{a#b\n}#'''"), "f'''{a  \n}#'''" },
    { "CR and CRLF", ROW("a\rb\r\r\nc\r"), "a\nb\n\r\nc\n" },
    { "CR in a string", ROW("'''a\rb'''"), "'''a\nb'''" },
    { "a joined line", ROW("a = \\\nb\n"), "a =   b\n" },
    { "a line joined by CRLF", ROW("a = \\\r\nb\n"), "a =    b\n" },
    { "a line joined by CR", ROW("a = \\\rb\n"), "a =   b\n" },
    { "many joined lines", ROW("a \\\n\\\n\\\n b\n"), "a        b\n" },
    { "a joined line in brackets", ROW("f(\\\na)\n"), "f(  a)\n" },
    { "a joined line in a field", ROW("f'{a\\\n}'"), "f'{a  }'" },
    { "a joined line in a string", ROW("'a\\\nb'\n"), "'a\\\nb'\n" },
    { "a backslash that joins nothing", ROW("a \\ \nb\n"), "a \\ \nb\n" },
    { "a backslash at the end", ROW("a \\"), "a  " },
    { "NUL", ROW("a\0= 'b\0c' # \0\n"), "a = 'b\001c'    \n" },
    { "control characters", ROW("a\f\v\x1a\x7f\x1f\n"), "a     \n" },
    { "control characters in a string", ROW("'\f\v\x1a'"), "'\f\v\x1a'" },
    { "a tab", ROW("a\tb"), "a\tb" },
    { "backticks", ROW("print `a`\n"), "print (a)\n" },
    { "backticks in brackets", ROW("(`a`, [`b`])"), "((a), [(b)])" },
    { "backticks in backticks", ROW("`f(`a`)`"), "(f((a)))" },
    { "a backtick that does not end", ROW("a = `b\nc\n"), "a =  b\nc\n" },
    { "a backtick in a bracket that does", ROW("(`)\n(a)"), "( )\n(a)" },
    { "a backtick at the end", ROW("a `"), "a  " },
    { "backticks in strings", ROW("'`' \"\"\"`\"\"\""), "'`' \"\"\"`\"\"\"" },
    { "old unequal", ROW("a <> b<>c\n"), "a != b!=c\n" },
    { "less and greater", ROW("a < > b << c\n"), "a < > b << c\n" },
    { "old unequal in a string", ROW("'<>' f'<>{a}'"), "'<>' f'<>{a}'" },
    { "a byte order mark", ROW("\xef\xbb\xbf#a\nb"), "\xef\xbb\xbf  \nb" },
    { "bytes that are no UTF-8", ROW("a\xff = '\xe9'"), "a\xff = '\xe9'" },

    { "pairs", ROW("#coding: gbk\n'\x83\x5c\xb1\xed\x81`'"),
      "            \n'\x83_\xb1\xed\x81_'" },

    { "indentation", ROW("if a:\n\tb\n"), "if a:\n\tb\n" },
    { "a tab behind a blank", ROW("if a:\n \tb\n"), "if a:\n\f\tb\n" },
    { "tabs and blanks", ROW("if a:\n  \t   \t b\n"),
      "if a:\n\f\f\f\f\f\t\t b\n" },
    { "a form feed", ROW("\fa\n"), "\fa\n" },
    { "a form feed behind blanks", ROW("  \f a\n"), "\f\f\f a\n" },
    { "NUL before a line", ROW("if a:\n\0  b\n"), "if a:\n\f  b\n" },
    { "a line joined at its start", ROW("if a:\n    \\\n  b\n"),
      "if a:\n\f\f\f\f    b\n" },
    { "a line joined at column 0", ROW("\\\n  b\n"), "\f\f  b\n" },
    { "many joined at the start", ROW("  \\\n\\\r\n    \\\n b\n"),
      "\f\f\f\f\f\f\f\f\f\f\f\f  b\n" },
    { "in brackets all is as it is", ROW("f(\n \ta)\n"), "f(\n \ta)\n" },
};

static void code_is_what_the_grammar_parses_fast(void **state)
{
    (void)state;
    CHECK_ROWS(codes, code_of);
}

/* `open`, then `close` to the same depth, in line 2. */
static char *nested(const char *open, const char *close, size_t depth)
{
    struct buffer python = BUFFER_EMPTY;

    buffer_byte(&python, '\n');
    for (size_t i = 0; i < depth; i++)
        buffer_string(&python, open);
    for (size_t i = 0; i < depth; i++)
        buffer_string(&python, close);
    return buffer_detach(&python);
}

static const struct {
    const char *what, *open, *close;
    size_t brackets;
} nests[] = {
    { "round", "(", ")", 1 },
    { "square", "[", "]", 1 },
    { "curly", "{", "}", 1 },
    { "all of them", "([{", "}])", 3 },
    { "backticks between", "`(", ")`", 2 },
    { "f-strings", "f'{", "}'", 1 },
    { "formats", "f'{a:{", "}}'", 2 },
    { "triple f-strings", "f'''{\n", "}'''", 1 },
};

static void brackets_nest_two_hundred_deep(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(nests) / sizeof(*nests); i++) {
        size_t depth = SOURCE_BRACKET_MAX / nests[i].brackets;
        char *fits = nested(nests[i].open, nests[i].close, depth);
        char *over = nested(nests[i].open, nests[i].close, depth + 1);
        struct source source;
        struct error err;

        if (source_open(&source, text_of(fits), &err) < 0)
            fail_msg("%s: %s", nests[i].what, err.message);
        source_close(&source);
        if (source_open(&source, text_of(over), &err) == 0)
            fail_msg("%s: one more fits, too", nests[i].what);
        assert_int_equal(ERROR_LIMIT, err.code);
        source_close(&source);
        free(fits);
        free(over);
    }
}

static void what_nests_too_deep_is_named_with_its_line(void **state)
{
    char *python = nested("(", ")", SOURCE_BRACKET_MAX + 1);
    struct source source;
    struct error err;

    (void)state;
    assert_int_equal(-1, source_open(&source, text_of(python), &err));
    assert_string_equal("line 2: more than 200 nested brackets", err.message);
    free(python);
}

/* Brackets that close what was never opened, or something else. */
static const char *const unbalanced[] = {
    ")",          "(]", "([)",   "{)}",         "f'{)}'", "f'{(}'",
    "f'''{]''' ", "`)", "(`]`)", "f'{x!r:{'\n", "f'}'",   "f'{{}'",
};

static void brackets_that_do_not_match_leave_nothing_open(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(unbalanced) / sizeof(*unbalanced); i++) {
        struct buffer python = BUFFER_EMPTY;
        struct source source;
        struct error err;

        for (int j = 0; j < 2 * SOURCE_BRACKET_MAX; j++)
            buffer_format(&python, "x%s ))]]}} #\n", unbalanced[i]);
        if (source_open(&source, buffer_view(&python), &err) < 0)
            fail_msg("%s: %s", unbalanced[i], err.message);
        if (source.comments_count < 2 * SOURCE_BRACKET_MAX)
            fail_msg("%s: %zu comments", unbalanced[i], source.comments_count);
        source_close(&source);
        buffer_release(&python);
    }
}

/* Whatever is quadratic in one of these would not end. */
static void hostile_text_takes_linear_time(void **state)
{
    static const char *const pieces[] = {
        "#\n",    "\\\n",   "'''\\\n", "'",      "f'",     "f'{x:{",  "f'{'\n",
        "f'''{",  "(",      ")",       "[)",     "`",      "`\n",     "\r",
        "\r\r\n", "\0",     "\f",      "rrrrrf", "\\N{",   "f'''{x:", " \t",
        "<>",     "(\n",    "f'{\n",   "x=(`\n", "\\\n'",  "}",       "\xe9",
        "f'{`",   "f'\\N{", "é",       "((])",   "f'{[}'", "\n\\\n ",
    };
    size_t size = 1 << 20;

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        char *python = memory_new(size, 1);
        size_t piece = strlen(pieces[i]);
        struct source source;
        struct error err;

        for (size_t at = 0; at < size; at++)
            python[at] = pieces[i][piece ? at % piece : 0];
        if (source_open(&source, (struct text){ python, size }, &err) < 0)
            assert_int_equal(ERROR_LIMIT, err.code);
        source_close(&source);
        free(python);
    }
}

static void twenty_thousand_comment_lines_are_blank(void **state)
{
    struct buffer python = BUFFER_EMPTY;
    struct source source;

    (void)state;
    buffer_string(&python, "def f():\n    x\n");
    for (int i = 0; i < 20000; i++)
        buffer_string(&python, "# x\n");
    source = open_text(buffer_view(&python));
    assert_int_equal(20000, source.comments_count);
    assert_null(strchr(source.code, '#'));
    source_close(&source);
    buffer_release(&python);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_runs_from_its_hash_to_the_line_end),
        cmocka_unit_test(a_string_runs_from_its_first_quote_to_its_last),
        cmocka_unit_test(code_is_what_the_grammar_parses_fast),
        cmocka_unit_test(brackets_nest_two_hundred_deep),
        cmocka_unit_test(what_nests_too_deep_is_named_with_its_line),
        cmocka_unit_test(brackets_that_do_not_match_leave_nothing_open),
        cmocka_unit_test(hostile_text_takes_linear_time),
        cmocka_unit_test(twenty_thousand_comment_lines_are_blank),
    };

    return cmocka_run_group_tests_name("core/source/lexer", tests, NULL, NULL);
}
