#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/terminal/links.h"

static const struct {
    const char *variable, *value;
    bool made;
} terminals[] = {
    { "VTE_VERSION", "7006", true },       { "VTE_VERSION", "", false },
    { "KITTY_WINDOW_ID", "1", true },      { "WT_SESSION", "a-b", true },
    { "TERM_PROGRAM", "tmux", false },     { "TERM_PROGRAM", "WezTerm", true },
    { "TERM_PROGRAM", "iTerm.app", true }, { "TERM", "xterm-256color", false },
    { "TERM", "foot-extra", true },        { "TERM", "xterm-kitty", true },
};

static void a_terminal_says_that_it_makes_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(terminals) / sizeof(*terminals); i++) {
        clearenv();
        setenv(terminals[i].variable, terminals[i].value, 1);
        if (links_are_made() != terminals[i].made)
            fail_msg("%s=%s", terminals[i].variable, terminals[i].value);
    }
    clearenv();
    assert_false(links_are_made());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_says_that_it_makes_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
