#include "tests/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/terminal/terminal.h"

static const struct {
    const char *what;
    struct text in;
    const char *shown;
} escapes[] = {
    { "plain text stays", { "pkg/a b.py", 10 }, "pkg/a b.py" },
    { "UTF-8 stays",
      { "caf\xC3\xA9/\xE6\x97\xA5", 9 },
      "caf\xC3\xA9/\xE6\x97\xA5" },
    { "a newline forges no line", { "a\nb", 3 }, "a\\x0ab" },
    { "a carriage return", { "a\rb", 3 }, "a\\x0db" },
    { "an escape sequence", { "\x1B[2J", 4 }, "\\x1b[2J" },
    { "a tab", { "a\tb", 3 }, "a\\x09b" },
    { "a NUL byte", { "a\0b", 3 }, "a\\x00b" },
    { "DEL", { "\x7F", 1 }, "\\x7f" },
    { "C1 as UTF-8",
      { "\xC2\x9B"
        "31m",
        5 },
      "\\u009b31m" },
    { "C1 as a byte",
      { "\x9B"
        "31m",
        4 },
      "\\x9b31m" },
    { "invalid UTF-8 byte by byte", { "\xFF\xE2\x82", 3 }, "\\xff\\xe2\\x82" },
    { "an overlong slash", { "\xC0\xAF", 2 }, "\\xc0\\xaf" },
    { "a surrogate", { "\xED\xA0\x80", 3 }, "\\xed\\xa0\\x80" },
    { "over U+10FFFF", { "\xF4\x90\x80\x80", 4 }, "\\xf4\\x90\\x80\\x80" },
    { "right-to-left override", { "\xE2\x80\xAE", 3 }, "\\u202e" },
    { "the first embedding", { "\xE2\x80\xAA", 3 }, "\\u202a" },
    { "the first isolate", { "\xE2\x81\xA6", 3 }, "\\u2066" },
    { "the last isolate", { "\xE2\x81\xA9", 3 }, "\\u2069" },
    { "a line separator", { "\xE2\x80\xA8", 3 }, "\\u2028" },
    { "a paragraph separator", { "\xE2\x80\xA9", 3 }, "\\u2029" },
    { "what stands beside them stays",
      { "\xE2\x80\xAF\xE2\x81\xA5", 6 },
      "\xE2\x80\xAF\xE2\x81\xA5" },
};

static void nothing_that_a_terminal_obeys_gets_through(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++) {
        struct buffer out = BUFFER_EMPTY;

        terminal_escape(&out, escapes[i].in);
        if (!text_equal(buffer_view(&out), text_of(escapes[i].shown)))
            fail_msg("%s: got '%s', want '%s'", escapes[i].what, out.bytes,
                     escapes[i].shown);
        buffer_release(&out);
    }
}

static void every_byte_alone_is_printable_or_escaped(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        char in = (char)byte;
        struct buffer out = BUFFER_EMPTY;
        bool printable = byte >= 0x20 && byte < 0x7F;

        terminal_escape(&out, (struct text){ &in, 1 });
        if (out.size != (printable ? 1u : 4u))
            fail_msg("byte %02x became '%s'", (unsigned)byte, out.bytes);
        buffer_release(&out);
    }
}

static const struct {
    const char *what, *in;
    unsigned columns;
} widths[] = {
    { "a letter", "a", 1 },
    { "an umlaut", "\xC3\xA4", 1 },
    { "a combining accent", "\xCC\x81", 0 },
    { "a CJK character", "\xE6\x97\xA5", 2 },
    { "an emoji", "\xF0\x9F\x98\x80", 2 },
    { "an escaped byte", "\x01", 4 },
    { "an escaped code point", "\xE2\x80\xAE", 6 },
};

static void characters_know_their_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++) {
        struct buffer out = BUFFER_EMPTY;
        struct text text = text_of(widths[i].in);
        size_t at = 0;
        unsigned columns = terminal_character(&out, text, &at);

        buffer_release(&out);
        if (columns != widths[i].columns || at != text.size)
            fail_msg("%s: got %u columns for %zu bytes, want %u",
                     widths[i].what, columns, at, widths[i].columns);
    }
}

static void colour_follows_the_option_before_the_environment(void **state)
{
    (void)state;
    setenv("NO_COLOR", "1", 1);
    assert_true(terminal_colors(COLOR_ALWAYS, -1));
    assert_false(terminal_colors(COLOR_NEVER, -1));
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
    assert_false(terminal_colors(COLOR_AUTO, -1));
}

static void clear_terminal(void)
{
    unsetenv("VTE_VERSION");
    unsetenv("KITTY_WINDOW_ID");
    unsetenv("WT_SESSION");
    unsetenv("TERM_PROGRAM");
    setenv("TERM", "xterm-256color", 1);
}

static void links_are_for_terminals_that_say_they_make_them(void **state)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY), slave;

    (void)state;
    assert_true(master >= 0);
    assert_int_equal(0, grantpt(master));
    assert_int_equal(0, unlockpt(master));
    slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(slave >= 0);
    clear_terminal();
    assert_false(terminal_links(slave));
    setenv("TERM_PROGRAM", "tmux", 1);
    assert_false(terminal_links(slave));
    setenv("TERM_PROGRAM", "WezTerm", 1);
    assert_true(terminal_links(slave));
    assert_false(terminal_links(-1));
    clear_terminal();
    setenv("VTE_VERSION", "7006", 1);
    assert_true(terminal_links(slave));
    clear_terminal();
    setenv("TERM", "foot-extra", 1);
    assert_true(terminal_links(slave));
    close(slave);
    close(master);
}

static void what_is_no_terminal_has_the_greatest_width(void **state)
{
    (void)state;
    assert_int_equal(TERMINAL_WIDTH_MAX, terminal_width(-1));
}

static const struct {
    const char *text;
    unsigned width, columns;
    const char *shown;
} cuts[] = {
    { "", 3, 0, "" },
    { "abc", 3, 3, "abc" },
    { "abcd", 3, 3, "ab\xE2\x80\xA6" },
    { "abcd", 1, 1, "\xE2\x80\xA6" },
    { "\xE6\x97\xA5\xE6\x9C\xAC", 4, 4, "\xE6\x97\xA5\xE6\x9C\xAC" },
    { "\xE6\x97\xA5\xE6\x9C\xAC", 3, 3, "\xE6\x97\xA5\xE2\x80\xA6" },
    { "\xE6\x97\xA5\xE6\x9C\xAC", 2, 1, "\xE2\x80\xA6" },
    { "a\x1B[m", 7, 7, "a\\x1b[m" },
    { "a\x1B[m", 5, 2, "a\xE2\x80\xA6" },
    { "e\xCC\x81", 1, 1, "e\xCC\x81" },
};

static void what_does_not_fit_is_cut_between_characters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cuts) / sizeof(*cuts); i++) {
        struct buffer out = BUFFER_EMPTY;
        unsigned columns;

        buffer_string(&out, "");
        columns =
            terminal_escape_cut(&out, text_of(cuts[i].text), cuts[i].width);
        if (columns != cuts[i].columns ||
            strcmp(cuts[i].shown, out.bytes ? out.bytes : "") != 0)
            fail_msg("%zu: got %u: '%s'", i, columns, out.bytes);
        buffer_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_that_a_terminal_obeys_gets_through),
        cmocka_unit_test(every_byte_alone_is_printable_or_escaped),
        cmocka_unit_test(characters_know_their_columns),
        cmocka_unit_test(colour_follows_the_option_before_the_environment),
        cmocka_unit_test(links_are_for_terminals_that_say_they_make_them),
        cmocka_unit_test(what_is_no_terminal_has_the_greatest_width),
        cmocka_unit_test(what_does_not_fit_is_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
