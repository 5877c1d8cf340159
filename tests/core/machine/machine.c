#include "tests/core/python.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/machine/machine.h"

/* A text that was run, and what came of it. */
struct run {
    struct python python;
    struct machine_result found;
    struct error err;
    int result;
};

static void run_within(struct run *run, struct text text, bool coarse,
                       int64_t time_ms)
{
    struct python *python = &run->python;
    struct deadline deadline;

    run->found = MACHINE_RESULT_EMPTY;
    python_lower(python, text);
    deadline = deadline_in(time_ms);
    run->result = python_run(python, coarse, &deadline, &run->found, &run->err);
}

static void run_text(struct run *run, struct text text)
{
    run_within(run, text, false, PYTHON_TIME_MS);
    if (run->result < 0)
        fail_msg("%s", run->err.message);
}

static void close_run(struct run *run)
{
    machine_release(&run->found);
    python_close(&run->python);
}

/* ---- sites --------------------------------------------------------------- */

static void a_call_is_a_site_once_however_often_it_runs(void **state)
{
    struct run run;

    (void)state;
    run_text(&run, TEXT("import os\n"
                        "def f(g):\n"
                        "    for x in y:\n"
                        "        for z in x:\n"
                        "            g()\n"
                        "for x in y:\n"
                        "    f(os.tmpnam)\n"
                        "    f(os.tmpnam)\n"));
    assert_int_equal(1, run.found.sites_count);
    assert_int_equal(TARGET_OS_TMPNAM, run.found.sites[0].target);
    close_run(&run);
}

static void a_call_of_two_targets_is_two_sites(void **state)
{
    struct run run;

    (void)state;
    run_text(&run, TEXT("import os\n"
                        "(os.tmpnam if x else os.tempnam)()\n"));
    assert_int_equal(2, run.found.sites_count);
    assert_int_equal(run.found.sites[0].call, run.found.sites[1].call);
    assert_int_not_equal(run.found.sites[0].target, run.found.sites[1].target);
    close_run(&run);
}

static void sites_are_added_to_those_that_are_there(void **state)
{
    struct run run;
    struct python *python = &run.python;

    (void)state;
    run_text(&run, TEXT("import os\nos.tmpnam()\n"));
    assert_int_equal(
        0, python_run(python, true, &python->deadline, &run.found, &run.err));
    assert_int_equal(2, run.found.sites_count);
    assert_int_equal(run.found.sites[0].call, run.found.sites[1].call);
    close_run(&run);
}

static void the_same_text_has_the_same_sites_in_the_same_order(void **state)
{
    const struct text text =
        TEXT("import os, tempfile\n"
             "fs = {'a': os.tmpnam, 'b': os.tempnam, 'c': tempfile.mktemp}\n"
             "class A:\n"
             "    def __init__(self, f): self.f = f\n"
             "    def run(self): self.f()\n"
             "for n in fs:\n"
             "    A(fs[n]).run()\n"
             "    fs[n]()\n");
    struct run first, second;

    (void)state;
    run_text(&first, text);
    run_text(&second, text);
    assert_int_equal(6, first.found.sites_count);
    assert_int_equal(6, second.found.sites_count);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(first.found.sites[i].call, second.found.sites[i].call);
        assert_int_equal(first.found.sites[i].target,
                         second.found.sites[i].target);
    }
    close_run(&second);
    close_run(&first);
}

static void modules_in_one_code_do_not_see_each_others_names(void **state)
{
    struct run run;
    struct python *first = &run.python, second;
    struct error err;
    uint32_t module;

    (void)state;
    run_text(&run, TEXT("import os\nmk = os.tmpnam\nmk()\n"));
    assert_int_equal(1, run.found.sites_count);
    python_parse(&second,
                 TEXT("mk()\nos.tempnam()\nimport os\nos.tempnam()\n"));
    assert_int_equal(
        0, scope_collect(&first->scopes, &second.tree, &module, &err));
    assert_int_equal(0,
                     lower_module(&first->code, &first->scopes, &first->values,
                                  module, &first->deadline, &err));
    run.found.sites_count = 0;
    assert_int_equal(
        0, python_run(first, false, &first->deadline, &run.found, &err));
    assert_int_equal(2, run.found.sites_count);
    assert_int_equal(TARGET_OS_TMPNAM, run.found.sites[0].target);
    assert_int_equal(TARGET_OS_TEMPNAM, run.found.sites[1].target);
    assert_int_equal(3, run.found.sites[1].call);
    python_close(&second);
    close_run(&run);
}

/* ---- limits -------------------------------------------------------------- */

/* `before`, then `part` with numbers from 0 on, then `behind`. */
static char *numbered(const char *before, const char *part, unsigned count,
                      const char *behind)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_string(&text, before);
    for (unsigned i = 0; i < count; i++)
        for (const char *at = part; *at; at++)
            if (*at == '#')
                buffer_format(&text, "%u", i);
            else if (*at == '<')
                buffer_format(&text, "%u", i ? i - 1 : 0);
            else
                buffer_byte(&text, *at);
    buffer_string(&text, behind);
    return buffer_detach(&text);
}

static void check_limit(char *text, bool is_over)
{
    struct run run;

    run_within(&run, text_of(text), false, PYTHON_TIME_MS);
    if ((run.result < 0) != is_over)
        fail_msg("%s", run.result < 0 ? run.err.message : "not over the limit");
    if (is_over)
        assert_int_equal(ERROR_LIMIT, run.err.code);
    close_run(&run);
    free(text);
}

static char *functions(unsigned count)
{
    return numbered("def run(f): f()\n", "def f#(): pass\nrun(f#)\n", count,
                    "");
}

static void a_name_may_be_as_many_functions_as_the_limit_says(void **state)
{
    (void)state;
    check_limit(functions(SET_SIZE_MAX), false);
}

static void one_function_more_is_over_the_limit(void **state)
{
    (void)state;
    check_limit(functions(SET_SIZE_MAX + 1), true);
}

static void no_time_is_over_the_limit(void **state)
{
    char *text = numbered("", "f(x)\n", 5000, "");
    struct run run;

    (void)state;
    run_within(&run, text_of(text), false, 0);
    assert_int_equal(-1, run.result);
    assert_int_equal(ERROR_LIMIT, run.err.code);
    close_run(&run);
    free(text);
}

/* ---- what could go on for ever ------------------------------------------- */

/* In so many levels: "for x# in y:", each one blank deeper. */
static char *loops(unsigned depth)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_string(&text, "import os\na = b = c = d = os.tmpnam\n");
    for (unsigned i = 0; i < depth; i++)
        buffer_format(&text, "%*sfor x%u in y:\n", (int)i, "", i);
    buffer_format(&text, "%*sa, b, c, d = b, c, d, a\n", (int)depth, "");
    buffer_string(&text, "a()\n");
    return buffer_detach(&text);
}

static void check_ends(char *text, size_t sites)
{
    struct run run;

    run_text(&run, text_of(text));
    assert_int_equal(sites, run.found.sites_count);
    close_run(&run);
    free(text);
}

static void loops_within_loops_come_to_an_end(void **state)
{
    (void)state;
    check_ends(loops(60), 1);
}

static void functions_that_all_call_each_other_come_to_an_end(void **state)
{
    (void)state;
    check_ends(numbered("import os\n",
                        "def f#(g):\n"
                        "    f0(g); f9(g); f19(g); f29(g); f39(g)\n"
                        "    return g if x else [f#, f<, f7][y](g)\n",
                        40, "f39(os.tmpnam)()\n"),
               1);
}

static void classes_upon_classes_come_to_an_end(void **state)
{
    (void)state;
    check_ends(numbered("import os\n"
                        "class A0:\n"
                        "    def g(self): return os.tmpnam\n",
                        "class A#(A<):\n"
                        "    def h#(self):\n"
                        "        return self.h<() if x else super().g()\n",
                        50, "A49().h49()()\n"),
               1);
}

static void a_long_way_from_function_to_function_is_gone(void **state)
{
    (void)state;
    check_ends(numbered("import os\n", "def f#(g): return f<(g)\n", 300,
                        "def f0(g): g()\nf299(os.tmpnam)\n"),
               1);
}

static void a_long_way_from_name_to_name_is_gone(void **state)
{
    (void)state;
    check_ends(
        numbered("import os\nx0 = os.tmpnam\n", "x# = x<\n", 1000, "x999()\n"),
        1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_a_site_once_however_often_it_runs),
        cmocka_unit_test(a_call_of_two_targets_is_two_sites),
        cmocka_unit_test(sites_are_added_to_those_that_are_there),
        cmocka_unit_test(the_same_text_has_the_same_sites_in_the_same_order),
        cmocka_unit_test(modules_in_one_code_do_not_see_each_others_names),
        cmocka_unit_test(a_name_may_be_as_many_functions_as_the_limit_says),
        cmocka_unit_test(one_function_more_is_over_the_limit),
        cmocka_unit_test(no_time_is_over_the_limit),
        cmocka_unit_test(loops_within_loops_come_to_an_end),
        cmocka_unit_test(functions_that_all_call_each_other_come_to_an_end),
        cmocka_unit_test(classes_upon_classes_come_to_an_end),
        cmocka_unit_test(a_long_way_from_function_to_function_is_gone),
        cmocka_unit_test(a_long_way_from_name_to_name_is_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
