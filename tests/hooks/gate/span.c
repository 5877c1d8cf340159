#include "tests/hooks/fake.h"

#include "hooks/gate/span.h"

static const char *const no_options[] = { NULL };

static void note_change(void *payload, const struct span_commit *commit,
                        struct change *change)
{
    struct buffer *lines = payload;

    assert_int_equal(0, object_id_compare(&commit->tree, &change->tree));
    buffer_byte(lines, '(');
    for (size_t i = 0; i < change->parents_count; i++) {
        const struct diff *diff = &change->parents[i].diff;

        buffer_string(lines, i ? " |" : "");
        for (size_t j = 0; j < diff->entries_count; j++)
            buffer_format(lines, " %c%s",
                          !diff->entries[j].before.mode  ? '+'
                          : !diff->entries[j].after.mode ? '-'
                                                         : '~',
                          diff->entries[j].path);
    }
    buffer_string(lines, " )");
}

static void note_unreadable(void *payload, const struct span_commit *commit,
                            const char *reason)
{
    (void)commit;
    buffer_format(payload, "[%s]", reason);
}

/* Add what rev-list gives for these revisions. */
static struct span listed(struct repo *repo, const char *from, const char *to)
{
    struct span span = SPAN_EMPTY;
    struct buffer revisions = BUFFER_EMPTY;
    struct error err;

    buffer_format(&revisions, "%s\n", to);
    if (from)
        buffer_format(&revisions, "^%s\n", from);
    if (span_list(&span, repo, buffer_view(&revisions), no_options, &err) < 0)
        fail_msg("%s", err.message);
    buffer_release(&revisions);
    return span;
}

/* All changes of the span in one line for free(), or the error. */
static char *visited(struct span *span, struct repo *repo)
{
    struct buffer lines = BUFFER_EMPTY;
    const struct span_visitor visitor = { note_change, note_unreadable,
                                          &lines };
    struct error err = { .message = "" };

    if (span_each(span, repo, &visitor, &err) < 0)
        buffer_format(&lines, "!%s", err.message);
    return buffer_detach(&lines);
}

static void expect_commit(struct sandbox *sandbox, const char *revision,
                          const char *want)
{
    struct repo *repo = opened(sandbox);
    struct span span = SPAN_EMPTY;
    struct object_id id = id_of(revision);
    struct error err;
    char *got;

    assert_int_equal(0, span_add(&span, repo, &id, &err));
    got = visited(&span, repo);
    if (strcmp(got, want) != 0)
        fail_msg("%s: got '%s', want '%s'", revision, got, want);
    free(got);
    span_release(&span);
}

static void start(void)
{
    sh("git init -q -b main .; echo a > a; echo b > b; git add .;"
       "git commit -qm one; echo c > c; echo more >> a; git rm -q b;"
       "git add .; git commit -qm two");
}

static void a_commit_is_compared_with_its_parent(void **state)
{
    start();
    expect_commit(*state, "HEAD", "( ~a -b +c )");
}

static void a_first_commit_is_compared_with_nothing(void **state)
{
    start();
    expect_commit(*state, "HEAD~1", "( +a +b )");
}

static void a_merge_is_compared_with_each_parent(void **state)
{
    start();
    sh("git checkout -q -b side HEAD~1; echo d > d; git add .;"
       "git commit -qm side; git checkout -q main;"
       "git merge -q --no-edit side");
    expect_commit(*state, "HEAD", "( +d | ~a -b +c )");
}

static void an_empty_commit_changes_nothing(void **state)
{
    start();
    sh("git commit -q --allow-empty -m nothing");
    expect_commit(*state, "HEAD", "( )");
}

static void a_list_holds_what_git_lists(void **state)
{
    struct span span;
    struct repo *repo;
    struct object_id want;

    start();
    repo = opened(*state);
    span = listed(repo, "HEAD~1", "HEAD");
    want = id_of("HEAD");
    assert_int_equal(1, span.commits_count);
    assert_int_equal(0, object_id_compare(&want, &span.commits[0].id));
    assert_int_equal(1, span.commits[0].parents_count);
    span_release(&span);
    span = listed(repo, NULL, "HEAD");
    assert_int_equal(2, span.commits_count);
    assert_true(object_id_compare(&span.commits[0].id, &span.commits[1].id) <
                0);
    span_release(&span);
    span = listed(repo, "HEAD", "HEAD");
    assert_int_equal(0, span.commits_count);
    span_release(&span);
}

static void what_is_listed_is_visited_line_after_line(void **state)
{
    struct repo *repo;
    struct span span;
    char *got;

    start();
    sh("for i in 1 2 3; do echo $i >> a; git commit -qam $i; done;"
       "git checkout -q -b side HEAD~3;"
       "for i in 1 2 3; do echo $i >> c; git commit -qam $i; done;"
       "git checkout -q main; git merge -q --no-edit side");
    repo = opened(*state);
    span = listed(repo, "HEAD^2~3", "HEAD");
    got = visited(&span, repo);
    if (strcmp(got, "( ~c | ~a )( ~c )( ~c )( ~c )( ~a )( ~a )( ~a )") != 0 &&
        strcmp(got, "( ~c | ~a )( ~a )( ~a )( ~a )( ~c )( ~c )( ~c )") != 0)
        fail_msg("got '%s'", got);
    free(got);
    span_release(&span);
}

static void of_tips_alone_all_is_new(void **state)
{
    struct span span = SPAN_EMPTY;
    struct object_id head, tree;
    struct repo *repo;
    struct error err;
    char *got;

    start();
    repo = opened(*state);
    head = id_of("HEAD");
    tree = id_of("HEAD~1^{tree}");
    assert_int_equal(0, span_tip(&span, repo, &head, &err));
    assert_int_equal(0, span_tip(&span, repo, &head, &err));
    span_add_tips(&span);
    assert_int_equal(1, span.commits_count);
    span_add_tree(&span, &tree, &(struct object_id){ .size = 0 });
    span_add_tips(&span);
    assert_int_equal(2, span.commits_count);
    got = visited(&span, repo);
    assert_string_equal("( +a +c )( +a +b )", got);
    free(got);
    span_release(&span);
}

static void options_reach_git(void **state)
{
    static const char *const first[] = { "--max-count=1", NULL };
    struct span span = SPAN_EMPTY;
    struct error err;

    start();
    assert_int_equal(
        0, span_list(&span, opened(*state), TEXT("HEAD\n"), first, &err));
    assert_int_equal(1, span.commits_count);
    span_release(&span);
}

static void thousands_of_commits_are_all_visited(void **state)
{
    struct repo *repo;
    struct span span;
    char *got;
    size_t count = 0;

    sh("git init -q -b main .;"
       "for i in $(seq 1 1100); do printf 'commit refs/heads/main\\n"
       "committer A <a> %d +0000\\ndata 1\\nx\\nM 644 inline f%d\\n"
       "data 1\\nx\\n' $i $i; done | git fast-import --quiet");
    repo = opened(*state);
    span = listed(repo, NULL, "main");
    assert_int_equal(1100, span.commits_count);
    got = visited(&span, repo);
    for (const char *at = got; (at = strstr(at, "( +f")); at++)
        count++;
    assert_int_equal(1100, count);
    free(got);
    span_release(&span);
}

static void
a_parent_that_is_not_there_is_unreadable_the_others_are_not(void **state)
{
    struct repo *repo;
    struct span span;
    char *got;

    start();
    sh("git commit -q --allow-empty -m three;"
       "git clone -q --depth 2 file://$PWD shallow");
    assert_int_equal(0, chdir("shallow"));
    repo = opened(*state);
    span = listed(repo, NULL, "HEAD");
    assert_int_equal(2, span.commits_count);
    got = visited(&span, repo);
    assert_non_null(strstr(got, "[a parent is not in this clone (shallow"));
    assert_non_null(strstr(got, "( )"));
    free(got);
    span_release(&span);
}

static void what_is_no_commit_is_refused(void **state)
{
    struct object_id missing = { .bytes = { 1 }, .size = 20 }, blob;
    struct span span = SPAN_EMPTY;
    struct repo *repo;
    struct error err;

    start();
    repo = opened(*state);
    blob = id_of("HEAD:a");
    assert_int_equal(-1, span_add(&span, repo, &missing, &err));
    assert_int_equal(-1, span_add(&span, repo, &blob, &err));
    assert_int_equal(-1, span_tip(&span, repo, &missing, &err));
    assert_int_equal(-1, span_tip(&span, repo, &blob, &err));
    assert_int_equal(
        -1, span_list(&span, repo, TEXT("nothing\n"), no_options, &err));
    assert_int_equal(0, span.commits_count);
    assert_int_equal(0, span.tips_count);
    span_release(&span);
}

static void a_tip_is_the_tree_of_a_commit(void **state)
{
    struct span span = SPAN_EMPTY;
    struct object_id head, tree;
    struct error err;

    start();
    head = id_of("HEAD");
    tree = id_of("HEAD^{tree}");
    assert_int_equal(0, span_tip(&span, opened(*state), &head, &err));
    assert_int_equal(1, span.tips_count);
    assert_int_equal(0, object_id_compare(&tree, &span.tips[0].tree));
    span_release(&span);
}

static const struct {
    const char *what, *script, *want;
} answers[] = {
    { "an error", "echo fatal: broken >&2; exit 128", "!broken" },
    { "no", "exit 1", "!git compares no trees" },
    { "nothing", "exit 0", "!git compared other trees" },
    { "other trees", "echo 1 2", "!git compared other trees" },
    { "an entry that is cut", "cat; printf ':100644 100644'",
      "!cannot read git's list of changes" },
    { "more than was asked for", "cat; echo more",
      "!git compared other trees" },
};

static void what_git_does_not_answer_is_an_error(void **state)
{
    struct repo *repo;

    start();
    repo = opened(*state);
    for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
        struct buffer script = BUFFER_EMPTY;
        struct span span = listed(repo, "HEAD~1", "HEAD");
        char *got;

        buffer_format(&script,
                      "case \"$*\" in *diff-tree*) %s;;"
                      " *) PATH=$REAL exec git \"$@\";; esac",
                      answers[i].script);
        fake_git(script.bytes);
        got = visited(&span, repo);
        real_git();
        if (!strstr(got, answers[i].want))
            fail_msg("%s: '%s'", answers[i].what, got);
        free(got);
        span_release(&span);
        buffer_release(&script);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FAKES(a_commit_is_compared_with_its_parent),
        WITH_FAKES(a_first_commit_is_compared_with_nothing),
        WITH_FAKES(a_merge_is_compared_with_each_parent),
        WITH_FAKES(an_empty_commit_changes_nothing),
        WITH_FAKES(a_list_holds_what_git_lists),
        WITH_FAKES(what_is_listed_is_visited_line_after_line),
        WITH_FAKES(of_tips_alone_all_is_new),
        WITH_FAKES(options_reach_git),
        WITH_FAKES(thousands_of_commits_are_all_visited),
        WITH_FAKES(a_parent_that_is_not_there_is_unreadable_the_others_are_not),
        WITH_FAKES(what_is_no_commit_is_refused),
        WITH_FAKES(a_tip_is_the_tree_of_a_commit),
        WITH_FAKES(what_git_does_not_answer_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
