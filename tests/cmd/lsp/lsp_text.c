#include "tests/test.h"

#include <string.h>

#include "cmd/lsp/lsp_text.h"

#define SMILE "\xf0\x9f\x98\x80" /* two units of UTF-16 */
#define AE    "\xc3\xa4"

static const struct {
    const char *what, *text;
    enum lsp_encoding encoding;
    struct lsp_place place;
    size_t offset;
} rows[] = {
    { "the start", "ab\ncd", LSP_UTF16, { 0, 0 }, 0 },
    { "of nothing", "", LSP_UTF16, { 0, 0 }, 0 },
    { "behind a line end", "ab\ncd", LSP_UTF16, { 1, 1 }, 4 },
    { "the end of a line", "ab\ncd", LSP_UTF16, { 0, 2 }, 2 },
    { "CRLF is one end", "ab\r\ncd", LSP_UTF16, { 1, 0 }, 4 },
    { "the end before CRLF", "ab\r\ncd", LSP_UTF16, { 0, 2 }, 2 },
    { "a lone CR is one", "ab\rcd", LSP_UTF8, { 1, 2 }, 5 },
    { "CR at the end", "ab\r", LSP_UTF8, { 1, 0 }, 3 },
    { "an empty last line", "ab\n", LSP_UTF8, { 1, 0 }, 3 },
    { "UTF-16 counts units", AE SMILE "x", LSP_UTF16, { 0, 3 }, 6 },
    { "UTF-8 counts bytes", AE SMILE "x", LSP_UTF8, { 0, 6 }, 6 },
    { "U+2028 ends no line", "\xe2\x80\xa8x", LSP_UTF16, { 0, 1 }, 3 },
};

static void places_and_bytes_are_the_same_both_ways(void **state)
{
    struct lsp_lines lines = LSP_LINES_EMPTY;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct text text = text_of(rows[i].text);
        size_t offset = lsp_text_offset(text, rows[i].encoding, rows[i].place);
        struct lsp_place place;

        lsp_lines_find(&lines, text);
        place = lsp_text_place(text, &lines, rows[i].encoding, rows[i].offset);
        if (offset != rows[i].offset)
            fail_msg("%s: byte %zu", rows[i].what, offset);
        if (place.line != rows[i].place.line ||
            place.character != rows[i].place.character)
            fail_msg("%s: place %u:%u", rows[i].what, (unsigned)place.line,
                     (unsigned)place.character);
    }
    lsp_lines_release(&lines);
    lsp_lines_release(&lines);
}

static void what_is_beyond_is_the_end(void **state)
{
    (void)state;
    assert_int_equal(2, lsp_text_offset(TEXT("ab\r\ncd"), LSP_UTF8,
                                        (struct lsp_place){ 0, 9 }));
    assert_int_equal(6, lsp_text_offset(TEXT("ab\r\ncd"), LSP_UTF8,
                                        (struct lsp_place){ 9, 0 }));
    assert_int_equal(
        6, lsp_text_offset(TEXT("ab\r\ncd"), LSP_UTF8,
                           (struct lsp_place){ UINT32_MAX, UINT32_MAX }));
}

static void within_a_character_is_its_start(void **state)
{
    (void)state;
    assert_int_equal(1, lsp_text_offset(TEXT("a" SMILE), LSP_UTF16,
                                        (struct lsp_place){ 0, 2 }));
    for (uint32_t at = 1; at < 5; at++)
        assert_int_equal(1, lsp_text_offset(TEXT("a" SMILE), LSP_UTF8,
                                            (struct lsp_place){ 0, at }));
}

static void changed(const char *before, uint32_t from, uint32_t to,
                    const char *with, const char *want)
{
    struct lsp_range range = { { 0, from }, { 0, to } };
    struct buffer text = BUFFER_EMPTY;

    buffer_string(&text, before);
    assert_true(lsp_text_replace(&text, LSP_UTF16, &range, text_of(with)));
    assert_true(text_equal(text_of(want), buffer_view(&text)));
    buffer_release(&text);
}

static void a_range_gives_way_to_more_and_to_less(void **state)
{
    (void)state;
    changed("", 0, 0, "", "");
    changed("", 0, 0, "abc", "abc");
    changed("abc", 1, 2, "", "ac");
    changed("abc", 1, 2, "xyz", "axyzc");
    changed("abc", 3, 3, "xyz", "abcxyz");
    changed("abc", 0, 3, "", "");
    changed("a" SMILE "c", 1, 3, "x", "axc");
}

static void a_range_that_ends_before_it_starts_changes_nothing(void **state)
{
    struct lsp_range range = { { 0, 2 }, { 0, 1 } };
    struct buffer text = BUFFER_EMPTY;

    (void)state;
    buffer_string(&text, "abc");
    assert_false(lsp_text_replace(&text, LSP_UTF8, &range, TEXT("x")));
    assert_string_equal("abc", text.bytes);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_and_bytes_are_the_same_both_ways),
        cmocka_unit_test(what_is_beyond_is_the_end),
        cmocka_unit_test(within_a_character_is_its_start),
        cmocka_unit_test(a_range_gives_way_to_more_and_to_less),
        cmocka_unit_test(a_range_that_ends_before_it_starts_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
