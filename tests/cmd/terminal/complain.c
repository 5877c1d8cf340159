#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/terminal/complain.h"
#include "tests/cmd/capture.h"

static void
the_line_goes_to_standard_error_and_the_code_comes_back(void **state)
{
    struct capture capture = capture_start(STDERR_FILENO);
    int code = complain(3, "cannot read '%s': %d", "a.py", 7);
    char *line = capture_end(&capture);

    (void)state;
    assert_int_equal(3, code);
    assert_string_equal("tmpguard: cannot read 'a.py': 7\n", line);
    free(line);
}

static void nothing_in_it_moves_a_terminal_or_forges_a_line(void **state)
{
    struct capture capture = capture_start(STDERR_FILENO);
    char *line;

    (void)state;
    complain(2, "%s", "a\ntmpguard: all is well\x1B[2J\r\xE2\x80\xAE");
    line = capture_end(&capture);
    assert_string_equal("tmpguard: a\\x0atmpguard: all is well\\x1b[2J\\x0d"
                        "\\u202e\n",
                        line);
    free(line);
}

static void a_very_long_one_is_cut_and_still_a_line(void **state)
{
    char name[5000];
    struct capture capture = capture_start(STDERR_FILENO);
    char *line;

    (void)state;
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    complain(1, "%s", name);
    line = capture_end(&capture);
    assert_true(strlen(line) > 1000 && strlen(line) < 1100);
    assert_ptr_equal(line + strlen(line) - 1, strchr(line, '\n'));
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_line_goes_to_standard_error_and_the_code_comes_back),
        cmocka_unit_test(nothing_in_it_moves_a_terminal_or_forges_a_line),
        cmocka_unit_test(a_very_long_one_is_cut_and_still_a_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
