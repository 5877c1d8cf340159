#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/source/indent.h"

static const struct {
    const char *what, *code;
    size_t size;
    uint32_t column;
    bool plain;
} blanks[] = {
    { "nothing", "x", 0, 0, true },
    { "the end", "", 0, 0, true },
    { "a blank line", "\n", 0, 0, true },
    { "blanks", "    x", 4, 4, true },
    { "tabs", "\t\tx", 2, 16, true },
    { "tabs, then blanks", "\t  x", 3, 10, true },
    { "eight blanks, then a tab", "        \tx", 9, 16, true },
    { "a blank, then a tab", " \tx", 2, 8, false },
    { "a tab, blanks, a tab", "\t   \tx", 5, 16, false },
    { "a form feed", "\fx", 1, 0, false },
    { "a form feed between", "  \f x", 4, 1, false },
    { "a control character", " \x01 x", 3, 2, false },
    { "a joined line", "  \\\n   x", 7, 2, false },
    { "a joined line, CRLF", "  \\\r\n   x", 8, 2, false },
    { "a line joined in column 0", "\\\n   x", 5, 3, false },
    { "a second joined line", "\\\n \\\n   x", 8, 1, false },
    { "a backslash that joins nothing", "  \\x", 2, 2, true },
    { "a backslash and CR alone", "  \\\rx", 2, 2, true },
    { "a backslash at the end", "  \\", 2, 2, true },
};

static void columns_are_those_of_cpython(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(blanks) / sizeof(*blanks); i++) {
        struct indent_blanks got = indent_measure(blanks[i].code);

        if (got.size != blanks[i].size || got.column != blanks[i].column ||
            got.plain != blanks[i].plain)
            fail_msg("%s: got %zu bytes, column %u, %s", blanks[i].what,
                     got.size, got.column, got.plain ? "plain" : "not plain");
    }
}

static void blanks_keep_size_and_column_when_written_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(blanks) / sizeof(*blanks); i++) {
        char *code = memory_copy(blanks[i].code, strlen(blanks[i].code));
        struct indent_blanks before = indent_measure(code), after;

        indent_rewrite(code, &before);
        after = indent_measure(code);
        if (after.size != before.size || after.column != before.column)
            fail_msg("%s: got %zu bytes, column %u", blanks[i].what, after.size,
                     after.column);
        free(code);
    }
}

static void blocks_nest_one_hundred_deep(void **state)
{
    struct indent indent = { .count = 0 };

    (void)state;
    for (uint32_t i = 0; i <= SOURCE_INDENT_MAX; i++)
        assert_true(indent_line(&indent, i * 2));
    assert_false(indent_line(&indent, 1000));
    assert_true(indent_line(&indent, SOURCE_INDENT_MAX * 2));
}

static void a_line_further_left_ends_blocks(void **state)
{
    struct indent indent = { .count = 0 };

    (void)state;
    assert_true(indent_line(&indent, 4));
    assert_true(indent_line(&indent, 8));
    assert_true(indent_line(&indent, 12));
    assert_int_equal(3, indent.count);
    assert_true(indent_line(&indent, 8));
    assert_int_equal(2, indent.count);
    assert_true(indent_line(&indent, 6));
    assert_int_equal(1, indent.count);
    assert_true(indent_line(&indent, 0));
    assert_int_equal(0, indent.count);
}

/* Lines that start in `count` different columns and as many comments. */
static char *staircase(uint32_t count, const char *start, const char *line,
                       const char *end)
{
    struct buffer python = BUFFER_EMPTY;

    buffer_string(&python, start);
    for (uint32_t i = 0; i < count; i++)
        buffer_format(&python, "%*s%s\n%*s# a\n", (int)i, "", line,
                      (int)(i + count), "");
    buffer_string(&python, end);
    return buffer_detach(&python);
}

static const struct {
    const char *what, *start, *line, *end;
} stairs[] = {
    { "in brackets", "(\n", "a", ")\n" },
    { "in a string", "'''\n", "a", "'''\n" },
    { "in a field, where 511 of them end the grammar", "f'''{\n",
      "if a:", "}'''\n" },
    { "in a string, joined", "'''\n", "\\\na", "'''\n" },
};

static int open_staircase(uint32_t count, size_t row, struct error *err)
{
    char *python =
        staircase(count, stairs[row].start, stairs[row].line, stairs[row].end);
    struct source source;
    int result = source_open(&source, text_of(python), err);

    source_close(&source);
    free(python);
    return result;
}

static void lines_start_in_three_hundred_columns(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(0, open_staircase(SOURCE_INDENTATIONS_MAX, 0, &err));
    assert_int_equal(-1, open_staircase(SOURCE_INDENTATIONS_MAX + 1, 0, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_string_equal("lines start in more than 300 different columns",
                        err.message);
}

static void brackets_and_strings_are_no_excuse(void **state)
{
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof(stairs) / sizeof(*stairs); i++)
        if (open_staircase(2 * SOURCE_INDENTATIONS_MAX, i, &err) == 0)
            fail_msg("%s: no limit", stairs[i].what);
}

static void columns_add_up_over_joined_lines(void **state)
{
    struct buffer python = BUFFER_EMPTY;
    struct source source;
    struct error err;

    (void)state;
    buffer_string(&python, "'''\n");
    for (int i = 0; i < 30; i++)
        for (int j = 0; j < 30; j++)
            buffer_format(&python, "%*s\\\n%*sa\n", i * 30, "", j, "");
    buffer_string(&python, "'''\n");
    assert_int_equal(-1, source_open(&source, buffer_view(&python), &err));
    buffer_release(&python);
}

static void comments_and_blank_lines_start_nothing(void **state)
{
    struct buffer python = BUFFER_EMPTY;
    struct source source;
    struct error err;

    (void)state;
    for (int i = 0; i < 2 * SOURCE_INDENTATIONS_MAX; i++)
        buffer_format(&python, "%*s# a\n%*s\nx\n", i, "", i, "");
    assert_int_equal(0, source_open(&source, buffer_view(&python), &err));
    source_close(&source);
    buffer_release(&python);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_those_of_cpython),
        cmocka_unit_test(blanks_keep_size_and_column_when_written_again),
        cmocka_unit_test(blocks_nest_one_hundred_deep),
        cmocka_unit_test(a_line_further_left_ends_blocks),
        cmocka_unit_test(lines_start_in_three_hundred_columns),
        cmocka_unit_test(brackets_and_strings_are_no_excuse),
        cmocka_unit_test(columns_add_up_over_joined_lines),
        cmocka_unit_test(comments_and_blank_lines_start_nothing),
    };

    return cmocka_run_group_tests_name("core/source/indent", tests, NULL, NULL);
}
