#include "tests/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/terminal/progress.h"

static const struct {
    const char *what;
    struct progress_point point;
    unsigned width;
    const char *line;
} shown[] = {
    { "a share of a known total",
      { "commits", 512, 1024, 0 },
      80,
      "commits [==========>         ] 512 of 1024" },
    { "no total", { "commits", 9, 0, 5000 }, 80, "commits 9" },
    { "more than all",
      { "commits", 7, 5, 0 },
      80,
      "commits [====================] 5 of 5" },
    { "an estimate after a second",
      { "files", 1, 4, 1000 },
      80,
      "files [=====>              ] 1 of 4, 3 s left" },
    { "none before",
      { "files", 1, 4, 999 },
      80,
      "files [=====>              ] 1 of 4" },
    { "none of nothing",
      { "files", 0, 4, 9000 },
      80,
      "files [>                   ] 0 of 4" },
    { "none when all is done",
      { "files", 4, 4, 9000 },
      80,
      "files [====================] 4 of 4" },
    { "parts of a second are one",
      { "files", 9, 10, 1000 },
      80,
      "files [==================> ] 9 of 10, 1 s left" },
    { "minutes",
      { "files", 1, 102, 1000 },
      80,
      "files [>                   ] 1 of 102, 2 min left" },
    { "a narrow terminal has no bar",
      { "files", 1, 4, 1000 },
      23,
      "files 1 of 4, 3 s left" },
    { "a narrower one no estimate",
      { "files", 1, 4, 1000 },
      21,
      "files 1 of 4" },
    { "a tiny one nothing", { "files", 1, 4, 1000 }, 11, "" },
};

static void the_line_says_what_how_far_and_how_long(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++) {
        struct buffer out = BUFFER_EMPTY;

        buffer_string(&out, "");
        progress_line(&out, &shown[i].point, shown[i].width);
        if (strcmp(shown[i].line, out.bytes ? out.bytes : "") != 0)
            fail_msg("%s: got '%s', want '%s'", shown[i].what, out.bytes,
                     shown[i].line);
        buffer_release(&out);
    }
}

static void the_estimate_begins_anew_with_other_things(void **state)
{
    struct progress progress = { .active = true, .next_ms = INT64_MAX };

    (void)state;
    progress_update(&progress, "commits", 5, 10);
    progress.since_ms = 1;
    progress_update(&progress, "commits", 6, 10);
    assert_int_equal(1, progress.since_ms);
    progress_update(&progress, "files", 7, 10);
    assert_int_not_equal(1, progress.since_ms);
    progress.since_ms = 1;
    progress_update(&progress, "files", 1, 10);
    assert_int_not_equal(1, progress.since_ms);
}

static void the_line_is_redrawn_seldom_and_cleared_at_the_end(void **state)
{
    struct progress progress = { .active = true };
    char drawn[4096] = "";
    int ends[2], kept = dup(STDERR_FILENO);
    ssize_t size;

    (void)state;
    assert_int_equal(0, pipe(ends));
    dup2(ends[1], STDERR_FILENO);
    for (uint64_t i = 0; i < 1000; i++)
        progress_update(&progress, "commits", i, 1000);
    progress_end(&progress);
    progress_end(&progress);
    dup2(kept, STDERR_FILENO);
    size = read(ends[0], drawn, sizeof(drawn) - 1);
    close(ends[0]);
    close(ends[1]);
    close(kept);
    assert_true(size > 0);
    assert_ptr_equal(drawn, strstr(drawn, "\r\033[Kcommits [>"));
    assert_string_equal("\r\033[K", drawn + size - 4);
    assert_true(size < 1000);
}

/* Is anything drawn when standard error is `descriptor`? */
static bool draws(int descriptor, bool quiet)
{
    struct progress progress;
    int kept = dup(STDERR_FILENO);

    dup2(descriptor, STDERR_FILENO);
    progress_start(&progress, quiet);
    dup2(kept, STDERR_FILENO);
    close(kept);
    return progress.active;
}

static void only_a_terminal_that_can_is_drawn_on(void **state)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY), terminal = -1;
    int null = open("/dev/null", O_WRONLY);

    (void)state;
    setenv("TERM", "xterm", 1);
    assert_false(draws(null, false));
    close(null);
    if (master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0)
        terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (terminal < 0) {
        print_message("skipped: this machine gives no terminals\n");
        skip();
    }
    assert_true(draws(terminal, false));
    assert_false(draws(terminal, true));
    setenv("TERM", "dumb", 1);
    assert_false(draws(terminal, false));
    unsetenv("TERM");
    assert_false(draws(terminal, false));
    close(terminal);
    close(master);
}

static void what_is_quick_is_never_drawn(void **state)
{
    struct progress progress;

    (void)state;
    progress_start(&progress, false);
    progress.active = true;
    progress_update(&progress, "commits", 1, 2);
    assert_false(progress.drawn);
    progress_end(&progress);
}

static void the_clock_never_goes_back(void **state)
{
    double before = progress_clock_ms();

    (void)state;
    for (int i = 0; i < 1000; i++) {
        double now = progress_clock_ms();

        assert_true(now >= before);
        before = now;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_says_what_how_far_and_how_long),
        cmocka_unit_test(the_estimate_begins_anew_with_other_things),
        cmocka_unit_test(the_line_is_redrawn_seldom_and_cleared_at_the_end),
        cmocka_unit_test(only_a_terminal_that_can_is_drawn_on),
        cmocka_unit_test(what_is_quick_is_never_drawn),
        cmocka_unit_test(the_clock_never_goes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
