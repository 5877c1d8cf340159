#include "core/fix/hint.h"

#include <stdio.h>
#include <string.h>

#include "core/facts/scan.h"
#include "tests/test.h"

#define SIZE_MAX_OF_TEST ((size_t)1 << 20)

/* The hint of the first finding, or "" if there is none. */
static const char *hint(const char *program, size_t left)
{
    struct facts facts;
    struct hints hints;
    struct error err;
    const char *result;

    assert_int_equal(0, scan_blob(text_of(program), &facts, &err));
    assert_true(facts.findings_count > 0);
    hints_open(&hints, text_of(program), &left);
    result = hints_of(&hints, &facts.findings[0]);
    hints_close(&hints);
    hints_close(&hints);
    facts_release(&facts);
    return result ? result : "";
}

static const struct {
    const char *what, *program, *start;
} uses[] = {
    { "opened", "p = mktemp()\nopen(p, 'w')\n", "The name is opened here: " },
    { "opened within a with", "p = mktemp()\nwith open(p, 'w') as f: pass\n",
      "The name is opened here: " },
    { "opened at once", "f = open(mktemp(), 'w')\n",
      "The name is opened here: " },
    { "a folder", "import os\np = mktemp()\nos.mkdir(p)\n",
      "A folder of that name is made here: " },
    { "a socket", "p = mktemp()\ns.bind(p)\n",
      "Something else than a file is made of the name here: " },
    { "passed on", "p = mktemp()\nrun(p)\n", "The name is passed on here: " },
    { "passed on in a list", "p = mktemp()\nrun(['ls', p])\n",
      "The name is passed on here: " },
    { "passed on at once", "run(mktemp())\n", "The name is passed on here: " },
    { "returned", "def f():\n    p = mktemp()\n    return p\n",
      "The name is returned here: " },
    { "returned at once", "def f():\n    return mktemp()\n",
      "The name is returned here: " },
    { "kept", "class C:\n    def f(self):\n        self.p = mktemp()\n",
      "The name is kept here for later: " },
    { "nothing", "mktemp()\n", "" },
    { "a text", "p = 'a' + mktemp()\n", "" },
};

static void each_use_has_a_sentence_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(uses) / sizeof(*uses); i++) {
        char program[256];
        const char *got;

        snprintf(program, sizeof(program), "from tempfile import mktemp\n%s",
                 uses[i].program);
        got = hint(program, SIZE_MAX_OF_TEST);
        if (strncmp(got, uses[i].start, strlen(uses[i].start)) != 0 ||
            (uses[i].start[0] == '\0' && got[0] != '\0'))
            fail_msg("%s: got \"%s\"", uses[i].what, got);
    }
}

static void a_function_of_python_2_has_the_rules_own(void **state)
{
    (void)state;
    assert_string_equal("", hint("import os\np = os.tempnam()\nopen(p, 'w')\n",
                                 SIZE_MAX_OF_TEST));
}

static void what_is_more_than_is_left_is_not_looked_at(void **state)
{
    const char *program = "import tempfile\nopen(tempfile.mktemp(), 'w')\n";

    (void)state;
    assert_string_equal("", hint(program, strlen(program) - 1));
    assert_string_equal("", hint(program, strlen(program)));
    assert_string_not_equal("", hint(program, strlen(program) * 2));
}

/* Each looks at the file, so that all of them would take its square. */
static void not_all_calls_of_a_large_file_are_looked_at(void **state)
{
    struct buffer program = BUFFER_EMPTY;
    size_t left = SIZE_MAX_OF_TEST, seen = 0;
    struct facts facts;
    struct hints hints;
    struct error err;

    (void)state;
    buffer_text(&program, TEXT("import tempfile\n"));
    for (int i = 0; i < 5000; i++)
        buffer_text(&program, TEXT("open(tempfile.mktemp(), 'w')\n"));
    assert_int_equal(0, scan_blob(buffer_view(&program), &facts, &err));
    hints_open(&hints, buffer_view(&program), &left);
    while (seen < facts.findings_count &&
           hints_of(&hints, &facts.findings[seen]))
        seen++;
    assert_in_range(seen, 100, 300);
    assert_true(left < program.size);
    hints_close(&hints);
    facts_release(&facts);
    buffer_release(&program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_use_has_a_sentence_of_its_own),
        cmocka_unit_test(a_function_of_python_2_has_the_rules_own),
        cmocka_unit_test(what_is_more_than_is_left_is_not_looked_at),
        cmocka_unit_test(not_all_calls_of_a_large_file_are_looked_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
