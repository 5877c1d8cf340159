#include "tests/hooks/past.h"

#include "hooks/history/history_commits.h"

struct graph {
    struct intern trees;
    struct history_commits commits;
};

static void begin(struct graph *graph, void **state)
{
    *graph = (struct graph){ .commits.repo = opened(*state) };
    graph->commits.trees = &graph->trees;
}

static void end(struct graph *graph)
{
    commits_release(&graph->commits);
    intern_release(&graph->trees);
}

static uint32_t number(struct graph *graph, const char *revision)
{
    struct object_id id = id_of(revision);

    return commits_add(&graph->commits, &id);
}

static bool has(const struct graph *graph, uint32_t commit, uint32_t flag)
{
    return (graph->commits.commits[commit].flags & flag) != 0;
}

static void a_mark_goes_to_all_ancestors_up_to_those_that_stop_it(void **state)
{
    struct graph graph;
    uint32_t one, two, three;

    make("c one; c two; c three");
    begin(&graph, state);
    three = number(&graph, "HEAD");
    two = number(&graph, "HEAD~1");
    one = number(&graph, "HEAD~2");
    commits_mark(&graph.commits, two, COMMIT_HIDDEN, 0);
    assert_true(has(&graph, one, COMMIT_HIDDEN));
    assert_false(has(&graph, three, COMMIT_HIDDEN));
    commits_mark(&graph.commits, three, COMMIT_WANTED, COMMIT_HIDDEN);
    assert_true(has(&graph, two, COMMIT_WANTED));
    assert_false(has(&graph, one, COMMIT_WANTED));
    end(&graph);
}

static void what_is_no_commit_is_missing(void **state)
{
    struct graph graph;
    uint32_t blob;

    make("call >a.py; c one");
    begin(&graph, state);
    blob = number(&graph, "HEAD:a.py");
    commits_mark(&graph.commits, blob, COMMIT_WANTED, 0);
    assert_true(has(&graph, blob, COMMIT_MISSING));
    assert_false(has(&graph, blob, COMMIT_WANTED));
    end(&graph);
}

static void expect_order(struct graph *graph, const char *const *revisions)
{
    for (size_t i = 0; i < graph->commits.order_count; i++)
        if (!revisions[i] ||
            graph->commits.order[i] != number(graph, revisions[i]))
            fail_msg("number %zu is not %s", i, revisions[i]);
    assert_null(revisions[graph->commits.order_count]);
}

static void parents_come_before_children_whatever_their_dates(void **state)
{
    static const char *const order[] = { "HEAD~2", "HEAD~1", "HEAD", NULL };
    struct graph graph;

    make("T=2000000000; c one; T=1000000000; c two; T=1500000000; c three");
    begin(&graph, state);
    commits_mark(&graph.commits, number(&graph, "HEAD"), COMMIT_WANTED, 0);
    commits_sort(&graph.commits);
    expect_order(&graph, order);
    end(&graph);
}

static void of_two_branches_the_older_commit_comes_first(void **state)
{
    static const char *const order[] = { "HEAD~2", "side~1", "HEAD~1",
                                         "side",   "HEAD",   NULL };
    struct graph graph;

    make("c base; git checkout -q -b side; c s1; git checkout -q main; c m1;"
         "git checkout -q side; c s2; git checkout -q main; m joined side");
    begin(&graph, state);
    commits_mark(&graph.commits, number(&graph, "HEAD"), COMMIT_WANTED, 0);
    commits_sort(&graph.commits);
    expect_order(&graph, order);
    end(&graph);
}

static void a_hidden_commit_has_no_parents_unless_deep(void **state)
{
    struct graph graph;
    uint32_t two;
    size_t count;

    make("c one; c two; c three");
    begin(&graph, state);
    two = number(&graph, "HEAD~1");
    commits_mark(&graph.commits, two, COMMIT_HIDDEN, 0);
    commits_parents(&graph.commits, two, &count);
    assert_int_equal(0, count);
    graph.commits.deep = true;
    assert_int_equal(number(&graph, "HEAD~2"),
                     *commits_parents(&graph.commits, two, &count));
    assert_int_equal(1, count);
    end(&graph);
}

static void a_commit_without_its_parent_is_cut(void **state)
{
    struct graph graph;
    uint32_t two;

    make("c one; c two; c three");
    sh("rm -f .git/objects/$(git rev-parse HEAD~2 | sed 's|^..|&/|')");
    begin(&graph, state);
    commits_mark(&graph.commits, number(&graph, "HEAD"), COMMIT_WANTED, 0);
    commits_sort(&graph.commits);
    two = number(&graph, "HEAD~1");
    assert_int_equal(2, graph.commits.order_count);
    assert_true(has(&graph, two, COMMIT_CUT));
    assert_false(has(&graph, number(&graph, "HEAD"), COMMIT_CUT));
    end(&graph);
}

static void add(uint32_t base, void *payload)
{
    *(uint64_t *)payload |= (uint64_t)1 << base;
}

/* The bases are those that git names. */
static void expect_bases(void **state, const char *one, const char *two)
{
    struct buffer command = BUFFER_EMPTY;
    struct graph graph;
    uint64_t got = 0, want = 0;
    uint32_t some;
    char hex[128];
    FILE *pipe;

    begin(&graph, state);
    some = number(&graph, one);
    commits_mark(&graph.commits, some, COMMIT_WANTED, 0);
    commits_mark(&graph.commits, number(&graph, two), COMMIT_WANTED, 0);
    commits_sort(&graph.commits);
    commits_each_base(&graph.commits, &some, 1, number(&graph, two), add, &got);
    buffer_format(&command, "git merge-base --all %s %s", one, two);
    pipe = popen(command.bytes, "r");
    while (fgets(hex, sizeof(hex), pipe)) {
        hex[strcspn(hex, "\n")] = '\0';
        add(number(&graph, hex), &want);
    }
    pclose(pipe);
    buffer_release(&command);
    assert_true(graph.commits.commits_count < 64);
    if (got != want)
        fail_msg("%s and %s: another merge base", one, two);
    end(&graph);
}

static void merge_bases_are_those_of_git(void **state)
{
    make("c one; git tag root; git checkout -q -b side; c s1; c s2;"
         "git checkout -q main; c m1; git tag m; git tag s side;"
         "m m2 side; git checkout -q side; m s3 m; c s4; git checkout -q main;"
         "c m3; git checkout -q --orphan other; c alone");
    expect_bases(state, "main", "side");
    expect_bases(state, "m", "s");
    expect_bases(state, "main", "root");
    expect_bases(state, "main", "main");
    expect_bases(state, "main", "m");
    expect_bases(state, "main", "other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(a_mark_goes_to_all_ancestors_up_to_those_that_stop_it),
        in_repository(what_is_no_commit_is_missing),
        in_repository(parents_come_before_children_whatever_their_dates),
        in_repository(of_two_branches_the_older_commit_comes_first),
        in_repository(a_hidden_commit_has_no_parents_unless_deep),
        in_repository(a_commit_without_its_parent_is_cut),
        in_repository(merge_bases_are_those_of_git),
    };

    return cmocka_run_group_tests_name("hooks/history/history_commits", tests,
                                       NULL, NULL);
}
