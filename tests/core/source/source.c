#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/source/decode.h"
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

static const struct {
    const char *what;
    struct text text;
    uint32_t offset, line, column;
} places[] = {
    { "an empty file", ROW(""), 0, 1, 1 },
    { "the first byte", ROW("ab"), 0, 1, 1 },
    { "the end", ROW("ab"), 2, 1, 3 },
    { "a line end belongs to the line it ends", ROW("a\nb"), 1, 1, 2 },
    { "behind LF", ROW("a\nb"), 2, 2, 1 },
    { "the LF of CRLF", ROW("a\r\nb"), 2, 1, 3 },
    { "behind CRLF", ROW("a\r\nb"), 3, 2, 1 },
    { "behind CR", ROW("a\rb"), 2, 2, 1 },
    { "behind CR CRLF", ROW("a\r\r\nb"), 4, 3, 1 },
    { "a final line end starts a line", ROW("a\n"), 2, 2, 1 },
    { "behind a line end in a string", ROW("'''\n'''"), 4, 2, 1 },
    { "behind a CR in a string", ROW("'''\r'''"), 4, 2, 1 },
    { "behind a joined line", ROW("a \\\n b"), 5, 2, 2 },
    { "a form feed is a column", ROW("\fa"), 1, 1, 2 },
    { "NUL is a column", ROW("a\0b"), 2, 1, 3 },
    { "a tab is a column", ROW("\t\tb"), 2, 1, 3 },
    { "other separators end no line", ROW("\xe2\x80\xa8\v\x85\x1c!"), 6, 1, 5 },

    { "behind two bytes", ROW("\xc3\xa9x"), 2, 1, 2 },
    { "behind three bytes", ROW("\xe2\x82\xacx"), 3, 1, 2 },
    { "behind four bytes", ROW("\xf0\x9f\x98\x80x"), 4, 1, 2 },
    { "behind a combining character", ROW("e\xcc\x81x"), 3, 1, 3 },
    { "on the second line", ROW("\xc3\xa9\n\xc3\xa9x"), 5, 2, 2 },
    { "bytes that are no character", ROW("\xff\xe9\xc3(x"), 4, 1, 5 },
    { "a character that is cut", ROW("\xe2\x82x"), 2, 1, 3 },
    { "half of a pair", ROW("\xed\xa0\x80x"), 3, 1, 4 },

    { "a byte order mark", ROW("\xef\xbb\xbfx"), 0, 1, 1 },
    { "behind a byte order mark", ROW("\xef\xbb\xbfx"), 3, 1, 1 },
    { "further behind it", ROW("\xef\xbb\xbf\xc3\xa9x"), 5, 1, 2 },
    { "the line behind it", ROW("\xef\xbb\xbf\n\xc3\xa9x"), 6, 2, 2 },
    { "latin-1", ROW("#coding: latin-1\n#\xc3\xa9x"), 20, 2, 4 },
    { "utf-8", ROW("#coding: utf-8\n\xc3\xa9x"), 17, 2, 2 },
    { "a byte order mark wins", ROW("\xef\xbb\xbf#coding: ascii\n\xc3\xa9x"),
      20, 2, 2 },
    { "gbk", ROW("#coding: gbk\n#\xb1\xed\x81\x5cx"), 18, 2, 4 },
    { "Shift JIS", ROW("#coding: sjis\n#\xb1\x83\x5cx"), 18, 2, 4 },
    { "UTF-16", ROW("\xff\xfe\xe9\0\n\0\xe9\0x\0"), 5, 2, 2 },
};

static void columns_count_characters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
        struct source source = open_text(places[i].text);
        struct position got = source_position(&source, places[i].offset);

        if (got.line != places[i].line || got.column != places[i].column)
            fail_msg("%s: got %u:%u, want %u:%u", places[i].what, got.line,
                     got.column, places[i].line, places[i].column);
        source_close(&source);
    }
}

/* One long line of characters of every size, and of none. */
static void columns_are_right_anywhere_in_a_long_line(void **state)
{
    static const char *const pieces[] = { "a", "\xc3\xa9", "\xe2\x82\xac",
                                          "\xf0\x9f\x98\x80", "\xe9" };
    struct buffer python = BUFFER_EMPTY;
    struct source source;
    uint32_t at = 0, column = 1;

    (void)state;
    buffer_string(&python, "\xef\xbb\xbf\n");
    for (unsigned i = 0; i < 20000; i++)
        buffer_string(&python, pieces[i * i / 7 % 5]);
    source = open_text(buffer_view(&python));
    for (at = 4; at < source.text.size; column++) {
        struct position got = source_position(&source, at);

        if (got.line != 2 || got.column != column)
            fail_msg("at %u: got %u:%u, want 2:%u", at, got.line, got.column,
                     column);
        at += (uint32_t)decode_step(source.text, at);
    }
    source_close(&source);
    buffer_release(&python);
}

static void a_mark_of_utf_8_stays_others_do_not(void **state)
{
    struct source utf8 = open_text(TEXT("\xef\xbb\xbfx"));
    struct source utf16 = open_text(TEXT("\xff\xfex\0"));

    (void)state;
    assert_true(text_equal(TEXT("\xef\xbb\xbfx"), utf8.text));
    assert_true(text_equal(TEXT("x"), utf16.text));
    assert_null(utf8.decoded);
    assert_ptr_equal(utf16.decoded, utf16.text.bytes);
    source_close(&utf8);
    source_close(&utf16);
}

static const struct {
    const char *what;
    struct text bytes;
    uint32_t from, to, size;
} spans[] = {
    { "UTF-8", ROW("a\xc3\xa9z"), 1, 3, 2 },
    { "UTF-16",
      ROW("\xff\xfe"
          "a\0\xe9\0\x3d\xd8\x00\xdez\0"),
      0, 8, 10 },
    { "UTF-16, one character", ROW("\xff\xfe\xe9\0z\0"), 0, 2, 2 },
    { "UTF-32", ROW("\xff\xfe\0\0\0\xf6\1\0z\0\0\0"), 0, 5, 8 },
    { "nothing", ROW("\xff\xfez\0"), 1, 1, 0 },
};

static void spans_of_text_have_a_size_in_the_blob(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(spans) / sizeof(*spans); i++) {
        struct source source = open_text(spans[i].bytes);
        uint32_t got = source_blob_size(&source, spans[i].from, spans[i].to);

        if (got != spans[i].size)
            fail_msg("%s: got %u", spans[i].what, got);
        source_close(&source);
    }
}

/* `levels` blocks in one another. */
static char *blocks(int levels)
{
    struct buffer python = BUFFER_EMPTY;

    for (int i = 0; i < levels; i++)
        buffer_format(&python, "%*sif a:\n\n%*s# b\n", i, "", i, "");
    buffer_format(&python, "%*sa\n", levels, "");
    return buffer_detach(&python);
}

static void blocks_nest_one_hundred_deep(void **state)
{
    char *fits = blocks(SOURCE_INDENT_MAX);
    char *over = blocks(SOURCE_INDENT_MAX + 1);
    struct source source;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, text_of(fits), &err));
    source_close(&source);
    assert_int_equal(-1, source_open(&source, text_of(over), &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_string_equal("line 304: more than 100 levels of indentation",
                        err.message);
    source_close(&source);
    free(fits);
    free(over);
}

static void lines_in_brackets_and_strings_are_no_blocks(void **state)
{
    static const char *const around[][2] = { { "(\n", ")\n" },
                                             { "'''\n", "'''\n" },
                                             { "f'''{\n", "}'''\n" } };

    (void)state;
    for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++) {
        struct buffer python = BUFFER_EMPTY;
        struct source source;

        buffer_string(&python, around[i][0]);
        for (int j = 0; j < 2 * SOURCE_INDENT_MAX; j++)
            buffer_format(&python, "%*sa\n", j, "");
        buffer_string(&python, around[i][1]);
        source = open_text(buffer_view(&python));
        source_close(&source);
        buffer_release(&python);
    }
}

static void joined_lines_are_no_blocks(void **state)
{
    struct buffer python = BUFFER_EMPTY;
    struct source source;

    (void)state;
    for (int i = 0; i < 2 * SOURCE_INDENT_MAX; i++)
        buffer_format(&python, "x = \\\n%*sa\n", i, "");
    source = open_text(buffer_view(&python));
    source_close(&source);
    buffer_release(&python);
}

#define HOLDS(condition)                                                       \
    do {                                                                       \
        if (!(condition))                                                      \
            fail_msg("%s: %.*s", #condition, (int)source->text.size,           \
                     source->text.bytes);                                      \
    } while (0)

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\f';
}

/* Behind a backslash, which may join the lines. */
static bool may_join(struct text text, size_t at)
{
    if (at > 0 && text.bytes[at] == '\n' && text.bytes[at - 1] == '\r')
        at--;
    return at > 0 && text.bytes[at - 1] == '\\';
}

static bool is_foreign(const struct source *source, size_t at)
{
    return source->single_byte &&
           (unsigned char)source->text.bytes[at] >= 0x80 &&
           source->code[at] >= 'A' && source->code[at] <= 'Z';
}

/* Each byte of the code is what it was, or what it may be instead. */
static void check_code(const struct source *source)
{
    const char *text = source->text.bytes, *code = source->code;

    HOLDS(strlen(code) == source->text.size);
    for (size_t at = 0; at < source->text.size; at++) {
        bool last = at + 1 == source->text.size;
        bool ends = text[at] == '\n' ||
                    (text[at] == '\r' && (last || text[at + 1] != '\n'));

        HOLDS(code[at] != '\n' || ends);
        HOLDS(!ends || code[at] == '\n' ||
              (is_blank(code[at]) && may_join(source->text, at)));
        HOLDS(code[at] == text[at] || is_blank(code[at]) || code[at] == '\n' ||
              code[at] == '\x01' || strchr("`<>", text[at]) ||
              is_foreign(source, at));
    }
}

static void check_comments(const struct source *source)
{
    uint32_t last = 0;

    for (size_t i = 0; i < source->comments_count; i++) {
        const struct comment *comment = &source->comments[i];
        const char *end = source->text.bytes + comment->end;

        HOLDS(comment->start >= last && comment->end > comment->start);
        HOLDS(source->text.bytes[comment->start] == '#');
        HOLDS(comment->end == source->text.size || *end == '\n' ||
              *end == '\r');
        for (last = comment->start; last < comment->end; last++)
            HOLDS(source->code[last] == ' ');
    }
    HOLDS(last <= source->text.size);
}

static void check_strings(const struct source *source)
{
    uint32_t last = 0;

    for (size_t i = 0; i < source->strings_count; i++) {
        const struct string *string = &source->strings[i];
        char quote = source->text.bytes[string->start];

        HOLDS(string->start >= last && string->end > string->start);
        HOLDS(quote == '\'' || quote == '"');
        HOLDS(source->code[string->start] == quote);
        last = string->end;
    }
    HOLDS(last <= source->text.size);
}

static void check_positions(const struct source *source)
{
    struct position last = { 1, 1 };

    for (uint32_t at = 0; at <= source->text.size; at++) {
        struct position place = source_position(source, at);

        HOLDS(place.line >= last.line && place.line <= last.line + 1);
        HOLDS(place.line > last.line ? place.column == 1
                                     : place.column >= last.column);
        HOLDS(place.line > last.line || place.column <= last.column + 1);
        HOLDS(place.line > last.line || at == 0 || !source->single_byte ||
              place.column == last.column + 1);
        last = place;
    }
    HOLDS(last.line == source->lines_count);
}

static const char *const tokens[] = {
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "f'",
    "f\"\"\"",
    "rf'",
    "b\"",
    "t'''",
    "{",
    "}",
    "{{",
    "(",
    ")",
    "[",
    "]",
    ":",
    "!r",
    "\\",
    "\\\n",
    "\\\r",
    "\\\r\n",
    "\n",
    "\n  ",
    "\n\t",
    "\r",
    "\r\n",
    "#",
    "# a",
    "`",
    "<>",
    "\\N{",
    "x",
    " ",
    "\t",
    " \t",
    "\f",
    "\v",
    "\xff",
    "\xc3\xa9",
    "\xe2\x82\xac",
    "if x:\n",
    "#coding:l",
    "\xef\xbb\xbf",
    "\xff\xfe",
    "=",
    "%",
    "!",
    "\n\n",
    "\x7f",
};

static uint32_t next_random(uint32_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return *random;
}

static struct text random_text(char bytes[256], uint32_t *random)
{
    size_t count = next_random(random) % 24;
    struct text text = { bytes, 0 };

    while (count-- > 0) {
        const char *token =
            tokens[next_random(random) % (sizeof(tokens) / sizeof(*tokens))];

        memcpy(bytes + text.size, token, strlen(token));
        text.size += strlen(token);
        if (next_random(random) % 64 == 0)
            bytes[text.size++] = '\0';
    }
    return text;
}

/* The bytes end where the heap's block does, so that a sanitizer sees more. */
static void any_text_keeps_what_is_promised(void **state)
{
    uint32_t random = 20240229;
    struct error err;
    int read = 0;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char bytes[256];
        struct text text = random_text(bytes, &random);
        char *block = memory_new(text.size, 1);
        struct source source;

        if (text.size > 0)
            memcpy(block, text.bytes, text.size);
        if (source_open(&source, (struct text){ block, text.size }, &err) < 0) {
            assert_non_null(strstr(err.message, "in the encoding 'l"));
        } else {
            read++;
            check_code(&source);
            check_comments(&source);
            check_strings(&source);
            check_positions(&source);
        }
        source_close(&source);
        free(block);
    }
    assert_true(read > 19000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(columns_are_right_anywhere_in_a_long_line),
        cmocka_unit_test(a_mark_of_utf_8_stays_others_do_not),
        cmocka_unit_test(spans_of_text_have_a_size_in_the_blob),
        cmocka_unit_test(blocks_nest_one_hundred_deep),
        cmocka_unit_test(lines_in_brackets_and_strings_are_no_blocks),
        cmocka_unit_test(joined_lines_are_no_blocks),
        cmocka_unit_test(any_text_keeps_what_is_promised),
    };

    return cmocka_run_group_tests_name("core/source/source", tests, NULL, NULL);
}
