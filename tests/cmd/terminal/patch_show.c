#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/terminal/patch_show.h"

static char *shown(const char *patch, bool color)
{
    struct buffer out = BUFFER_EMPTY;

    patch_show(&out, text_of(patch), color);
    return buffer_detach(&out);
}

static void expect(const char *patch, bool color, const char *wanted)
{
    char *got = shown(patch, color);

    assert_string_equal(wanted, got);
    free(got);
}

static void what_a_terminal_would_obey_is_shown(void **state)
{
    (void)state;
    expect(
        "--- a/\033[1m\n+++ b/x\n@@ -1 +1 @@\n-a\033]0;b\a\n+\xe2\x80\xae\n",
        false,
        "--- a/\\x1b[1m\n+++ b/x\n@@ -1 +1 @@\n-a\\x1b]0;b\\x07\n+\\u202e\n");
}

static void tabs_and_line_ends_are_as_they_were(void **state)
{
    (void)state;
    expect("@@ -1,2 +1 @@\n \ta\tb\t\n-\r\n", false,
           "@@ -1,2 +1 @@\n \ta\tb\t\n-\n");
    expect("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b", false,
           "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n");
    expect("", true, "");
}

static void lines_are_coloured_by_what_they_are(void **state)
{
    (void)state;
    expect("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n c\n--- a\n+++ b\n--- a/y\n",
           true,
           "\033[1m--- a/x\033[0m\n\033[1m+++ b/x\033[0m\n"
           "\033[2m@@ -1,2 +1,2 @@\033[0m\n c\n\033[31m--- a\033[0m\n"
           "\033[32m+++ b\033[0m\n\033[1m--- a/y\033[0m\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_terminal_would_obey_is_shown),
        cmocka_unit_test(tabs_and_line_ends_are_as_they_were),
        cmocka_unit_test(lines_are_coloured_by_what_they_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
