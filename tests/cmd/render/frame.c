#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/render/frame.h"
#include "cmd/terminal/terminal.h"
#include "core/base/memory.h"

/* The frame of a call at line:column, for free(). */
static char *frame(struct text line, struct range range, struct style style)
{
    struct report_finding finding = { .finding = { .range = range } };
    struct buffer out = BUFFER_EMPTY;

    finding.excerpt = memory_copy(line.bytes, line.size);
    finding.excerpt_size = line.size;
    frame_render(&out, &finding, &style);
    free(finding.excerpt);
    return buffer_detach(&out);
}

static const struct {
    const char *what;
    uint32_t column, end_line, end_column;
    unsigned width;
    const char *line, *frame;
} frames[] = {
    { "carets stand under the call", 5, 3, 22, 80, "n = tempfile.mktemp()",
      "   3 | n = tempfile.mktemp()\n"
      "     |     ^^^^^^^^^^^^^^^^^\n" },
    { "a tab leads to the next stop", 2, 3, 19, 80, "\ttempfile.mktemp()",
      "   3 |     tempfile.mktemp()\n"
      "     |     ^^^^^^^^^^^^^^^^^\n" },
    { "wide characters take two columns", 6, 3, 9, 80, "x(\"\xE6\x97\xA5\",f()",
      "   3 | x(\"\xE6\x97\xA5\",f()\n"
      "     |       ^^^\n" },
    { "combining characters take none", 3, 3, 6, 80,
      "e\xCC\x81"
      "f()",
      "   3 | e\xCC\x81"
      "f()\n"
      "     |  ^^^\n" },
    { "what is escaped takes its columns", 2, 3, 5, 80,
      "\x01"
      "f()",
      "   3 | \\x01f()\n"
      "     |     ^^^\n" },
    { "of several lines the first is shown", 3, 4, 2, 80, "a=f(\n)",
      "   3 | a=f(\n"
      "     |   ^^\n" },
    { "a line ends at a carriage return too", 1, 3, 4, 80, "f()\r\n",
      "   3 | f()\n"
      "     | ^^^\n" },
    { "a long line is cut at its end", 1, 3, 4, 30,
      "f() # 3456789.123456789.123456789.",
      "   3 | f() # 3456789.12345678…\n"
      "     | ^^^\n" },
    { "a call far to the right is brought into view", 31, 3, 34, 30,
      "x123456789.123456789.123456789f() and more and more and more",
      "   3 | …3456789f() and more a…\n"
      "     |         ^^^\n" },
    { "columns count code points, not bytes", 4, 3, 7, 80, "ä=äf()",
      "   3 | ä=äf()\n"
      "     |    ^^^\n" },
    { "a call at the end of the line", 3, 3, 6, 80, "a=f()",
      "   3 | a=f()\n"
      "     |   ^^^\n" },
    { "invalid bytes are a column each, shown as four", 2, 3, 5, 80,
      "\xFF"
      "f()",
      "   3 | \\xfff()\n"
      "     |     ^^^\n" },
    { "a call that is wider than the window is cut", 1, 3, 60, 30,
      "function(argument, argument, argument, argument, argument)xx",
      "   3 | function(argument, arg…\n"
      "     | ^^^^^^^^^^^^^^^^^^^^^^\n" },
};

static void frames_are_aligned(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(frames) / sizeof(*frames); i++) {
        struct range range = { { 3, frames[i].column },
                               { frames[i].end_line, frames[i].end_column } };
        char *text = frame(text_of(frames[i].line), range,
                           (struct style){ .width = frames[i].width });

        if (strcmp(text, frames[i].frame) != 0)
            fail_msg("%s: got\n%s\nwant\n%s", frames[i].what, text,
                     frames[i].frame);
        free(text);
    }
}

#define LINE_MAX_SIZE 400

/* A row as one byte a column, "~" for what was cut; returns the next row. */
static char *columns(char row[LINE_MAX_SIZE], char *text)
{
    size_t size = 0;

    memset(row, ' ', LINE_MAX_SIZE);
    for (; *text != '\n'; size++) {
        bool cut = strncmp(text, "…", strlen("…")) == 0;

        assert_true(size < LINE_MAX_SIZE - 1);
        row[size] = cut ? '~' : *text;
        text += cut ? strlen("…") : 1;
    }
    row[size] = '\0';
    return text + 1;
}

/* A line of dots with a call "FGGG" in it: is each F and G over a caret? */
static void check_window(unsigned before, unsigned size, unsigned behind,
                         unsigned width)
{
    char line[LINE_MAX_SIZE], code[LINE_MAX_SIZE], carets[LINE_MAX_SIZE];
    struct range range = { { 3, before + 1 }, { 3, before + size + 1 } };
    unsigned most = width > 7 + 20 ? width : 7 + 20;
    char *text;

    memset(line, '.', sizeof(line));
    memset(line + before, 'G', size);
    line[before] = 'F';
    text = frame((struct text){ line, before + size + behind }, range,
                 (struct style){ .width = width });
    columns(carets, columns(code, text));
    if (strlen(code) > most || strlen(carets) > most || !strchr(code, 'F'))
        fail_msg("%u+%u+%u in %u:\n%s", before, size, behind, width, text);
    for (size_t i = 7; code[i]; i++) {
        bool under = i < strlen(carets) && carets[i] == '^';

        if ((code[i] == 'F' || code[i] == 'G') != under && code[i] != '~')
            fail_msg("%u+%u+%u in %u:\n%s", before, size, behind, width, text);
    }
    free(text);
}

static void the_call_is_in_view_and_the_width_is_kept(void **state)
{
    (void)state;
    for (unsigned before = 0; before < 70; before += 3)
        for (unsigned size = 1; size < 50; size += 4)
            for (unsigned behind = 0; behind < 70; behind += 7)
                for (unsigned width = 0; width < 90; width += 13)
                    check_window(before, size, behind, width);
}

static void a_line_of_megabytes_is_cut_at_200_columns(void **state)
{
    struct buffer line = BUFFER_EMPTY;
    struct range range = { { 1, 1500000 }, { 1, 1500017 } };
    char *text;

    (void)state;
    memset(buffer_extend(&line, 3000000), 'x', 3000000);
    text = frame(buffer_view(&line), range,
                 (struct style){ .width = TERMINAL_WIDTH_MAX });
    assert_ptr_equal(text, strstr(text, "   1 | …x"));
    assert_true(strlen(text) < 2 * 210);
    free(text);
    buffer_release(&line);
}

static void a_byte_order_mark_is_no_column(void **state)
{
    struct range first = { { 1, 1 }, { 1, 4 } },
                 second = { { 2, 1 }, { 2, 4 } };
    struct style style = { .width = 80 };
    char *text;

    (void)state;
    text = frame(TEXT("\xEF\xBB\xBF"
                      "f()"),
                 first, style);
    assert_string_equal("   1 | f()\n     | ^^^\n", text);
    free(text);
    text = frame(TEXT("\xEF\xBB\xBF"
                      "f()"),
                 second, style);
    assert_non_null(strstr(text, "\\ufefff()"));
    free(text);
}

static void what_is_no_line_of_text_has_no_frame(void **state)
{
    struct report_finding finding = { .excerpt = NULL };
    struct style style = { .width = 80 };
    struct range range = { { 1, 1 }, { 1, 4 } };
    struct buffer out = BUFFER_EMPTY;
    char *text = frame(TEXT("f\0(\0)\0"), range, style);

    (void)state;
    assert_string_equal("", text);
    free(text);
    text = frame(TEXT("the excerpt ends"),
                 (struct range){ { 1, 18 }, { 1, 21 } }, style);
    assert_string_equal("", text);
    free(text);
    frame_render(&out, &finding, &style);
    assert_int_equal(0, out.size);
    buffer_release(&out);
}

static void the_gutter_grows_with_the_line_number(void **state)
{
    static const uint32_t lines[] = { 1, 9999, 10000, UINT32_MAX };
    static const unsigned gutters[] = { 7, 7, 8, 13 };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct range range = { { lines[i], 1 }, { lines[i], 4 } };
        struct report_finding finding = { .finding = { .range = range } };
        char *text = frame(TEXT("f()"), range, (struct style){ .width = 80 });

        assert_int_equal(gutters[i], frame_gutter(&finding));
        assert_memory_equal("f()\n", text + gutters[i], 4);
        assert_memory_equal("^^^\n", text + 2 * gutters[i] + 4, 4);
        free(text);
    }
}

static void only_the_carets_are_coloured(void **state)
{
    struct range range = { { 1, 1 }, { 1, 4 } };
    char *text =
        frame(TEXT("f()"), range, (struct style){ .width = 80, .color = true });

    (void)state;
    assert_string_equal("   1 | f()\n     | " STYLE_ERROR "^^^" STYLE_END "\n",
                        text);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_aligned),
        cmocka_unit_test(the_call_is_in_view_and_the_width_is_kept),
        cmocka_unit_test(a_line_of_megabytes_is_cut_at_200_columns),
        cmocka_unit_test(a_byte_order_mark_is_no_column),
        cmocka_unit_test(what_is_no_line_of_text_has_no_frame),
        cmocka_unit_test(the_gutter_grows_with_the_line_number),
        cmocka_unit_test(only_the_carets_are_coloured),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
