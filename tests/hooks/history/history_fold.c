#include "tests/hooks/past.h"

struct seen {
    uint64_t calls, last, total;
    bool backwards;
};

static void see(void *payload, const char *what, uint64_t done, uint64_t total)
{
    struct seen *seen = payload;

    /* Before that, what objects are read is told by another thread. */
    if (strcmp("commits", what) != 0)
        return;
    seen->calls++;
    seen->backwards |= done < seen->last;
    seen->last = done;
    seen->total = total;
}

static void progress_goes_from_none_to_all_commits(void **state)
{
    struct seen seen = { 0 };
    struct report report = REPORT_EMPTY;
    struct history_options options = { .progress = see, .payload = &seen };
    struct analyser analyser = { .stats = &report.stats };
    struct error err = { .message = "" };

    make("for i in $(seq 70); do c $i; done");
    if (history_scan(opened(*state), &options, &analyser, &report, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(3, seen.calls);
    assert_int_equal(70, seen.last);
    assert_int_equal(70, seen.total);
    assert_false(seen.backwards);
    assert_int_equal(70, report.stats.commits);
    analyser_release(&analyser);
    report_release(&report);
}

static void
one_living_call_without_excuse_blocks_whatever_another_has(void **state)
{
    struct report report;

    make("call >a.py; c one; git branch bare;"
         "sed -i 's/()$/() # tmpguard: ignore[py\\/insecure-temporary-file]/' "
         "a.py; c two");
    scan_range(*state, &report, NULL, 0);
    assert_true(report_blocks(&report));
    report_release(&report);
}

static void history_is_a_function_of_the_graph_alone(void **state)
{
    struct report one, two;
    char *first, *second;

    make("safe >a.py; c base; for b in x y z; do git checkout -q -b $b main;"
         "call >$b.py; call >>a.py; c $b; done; git checkout -q main;"
         "m joined x; m again y || { git checkout -q y -- a.py; c again; };"
         "git rm -q x.py; c last");
    scan_range(*state, &one, NULL, 0);
    sh("git pack-refs --all; git gc -q; git branch -m z a; git branch b x");
    scan_range(*state, &two, NULL, 0);
    first = lines_of(&one);
    second = lines_of(&two);
    assert_string_equal(first, second);
    free(first);
    free(second);
    report_release(&one);
    report_release(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(progress_goes_from_none_to_all_commits),
        in_repository(
            one_living_call_without_excuse_blocks_whatever_another_has),
        in_repository(history_is_a_function_of_the_graph_alone),
    };

    return cmocka_run_group_tests_name("hooks/history/history_fold", tests,
                                       NULL, NULL);
}
