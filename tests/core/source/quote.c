#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/source/quote.h"

static const struct {
    const char *what, *code;
    uint32_t at;
    struct quote quote;
} quotes[] = {
    { "single", "'a'", 0, { '\'', false, false, false } },
    { "double", "\"a\"", 0, { '"', false, false, false } },
    { "empty", "''", 0, { '\'', false, false, false } },
    { "triple", "'''a'''", 0, { '\'', true, false, false } },
    { "raw", "r'a'", 1, { '\'', false, true, false } },
    { "bytes", "b'a'", 1, { '\'', false, false, false } },
    { "raw bytes", "bR'a'", 2, { '\'', false, true, false } },
    { "raw Unicode", "ur'a'", 2, { '\'', false, true, false } },
    { "formatted", "f'a'", 1, { '\'', false, false, true } },
    { "raw and formatted", "Rf'a'", 2, { '\'', false, true, true } },
    { "a template", "t\"\"\"a\"\"\"", 1, { '"', true, false, true } },
    { "a name before", "xf'a'", 2, { '\'', false, false, false } },
    { "a number before", "1f'a'", 2, { '\'', false, false, false } },
    { "other letters before",
      "\xc3\xa9r'a'",
      3,
      { '\'', false, false, false } },
    { "a keyword before", "if'a'", 2, { '\'', false, false, false } },
    { "a blank before", "f 'a'", 2, { '\'', false, false, false } },
    { "a literal before", "'a'f'b'", 4, { '\'', false, false, true } },
};

static void a_literal_is_its_prefix_and_quotes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++) {
        struct quote got = quote_read(quotes[i].code, quotes[i].at);
        struct quote want = quotes[i].quote;

        if (got.byte != want.byte || got.triple != want.triple ||
            got.raw != want.raw || got.formatted != want.formatted)
            fail_msg("%s: got %c, %s%s%s", quotes[i].what, got.byte,
                     got.triple ? "triple" : "", got.raw ? " raw" : "",
                     got.formatted ? " formatted" : "");
    }
}

static const struct {
    const char *what, *code;
    uint32_t end;
} ends[] = {
    { "at once", "''", 1 },
    { "the same quotes", "'a\"'", 3 },
    { "behind an escape", "'\\''", 3 },
    { "behind two backslashes", "'\\\\'", 3 },
    { "without quotes, at LF", "'a\n'", 2 },
    { "without quotes, at the end", "'a", 2 },
    { "with a backslash, at the end", "'a\\", 3 },
    { "behind a joined line", "'\\\na'", 4 },
    { "behind a line joined by CRLF", "'\\\r\na'", 5 },
    { "triple, at once", "''''''", 3 },
    { "triple, behind two quotes", "'''''a'''", 6 },
    { "triple, behind LF", "'''\n'''", 4 },
    { "triple, behind an escape", "'''\\''''", 5 },
    { "triple, at the end", "'''a''", 6 },
    { "braces are nothing", "'{}'", 3 },
};

static void a_literal_ends_with_the_quotes_it_starts_with(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        struct quote quote = quote_read(ends[i].code, 0);
        uint32_t got = quote_find_end(quote, ends[i].code, quote_width(quote));

        if (got != ends[i].end)
            fail_msg("%s: got %u", ends[i].what, got);
    }
}

static const struct {
    const char *what, *code;
    uint32_t end, raw_end;
} escapes[] = {
    { "a quote", "\\'x", 2, 2 },
    { "a brace stays", "\\{x", 1, 1 },
    { "a closing brace, too", "\\}x", 1, 1 },
    { "a name", "\\N{EM DASH}x", 11, 2 },
    { "a name with a hyphen", "\\N{HYPHEN-MINUS}x", 16, 2 },
    { "a name that does not end", "\\N{A'x", 4, 2 },
    { "N and no name", "\\Nx", 2, 2 },
    { "a line end", "\\\r\nx", 3, 3 },
    { "nothing", "\\", 1, 1 },
};

static void a_formatted_literal_has_its_own_escapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++) {
        struct quote quote = { .byte = '\'', .formatted = true };
        struct quote raw = { .byte = '\'', .formatted = true, .raw = true };
        const char *code = escapes[i].code;

        if (quote_skip_formatted_escape(quote, code, 0) != escapes[i].end ||
            quote_skip_formatted_escape(raw, code, 0) != escapes[i].raw_end)
            fail_msg("%s", escapes[i].what);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_literal_is_its_prefix_and_quotes),
        cmocka_unit_test(a_literal_ends_with_the_quotes_it_starts_with),
        cmocka_unit_test(a_formatted_literal_has_its_own_escapes),
    };

    return cmocka_run_group_tests_name("core/source/quote", tests, NULL, NULL);
}
