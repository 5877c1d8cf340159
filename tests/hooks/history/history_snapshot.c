/*
 * A scan that takes up what an earlier one found out says what a scan of
 * everything says.
 */
#include "tests/hooks/past.h"

#include "hooks/history/history_snapshot.h"
#include "store/store.h"

/* The entries of a scan, with the cache or without, and its stats. */
static char *scanned(struct sandbox *sandbox, bool cached,
                     struct report_stats *stats)
{
    const struct history_options options = { .threads = 2 };
    struct report report = REPORT_EMPTY;
    struct analyser analyser = { .stats = &report.stats };
    struct buffer folder = BUFFER_EMPTY;
    struct store_place place = { .build = "this" };
    struct error err = { .message = "" };
    char *lines;

    buffer_format(&folder, "%s.cache", sandbox->folder);
    place.folder = place.state = folder.bytes;
    if (cached && store_open(&analyser.store, &place, &err) < 0)
        fail_msg("%s", err.message);
    if (history_scan(opened(sandbox), &options, &analyser, &report, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(0, report.incomplete_count);
    *stats = report.stats;
    lines = lines_of(&report);
    analyser_release(&analyser);
    store_close(analyser.store);
    report_release(&report);
    buffer_release(&folder);
    return lines;
}

/* With the cache as without. How many blobs were parsed, with the cache? */
static uint64_t expect_same(struct sandbox *sandbox, const char *when)
{
    struct report_stats with, without;
    char *one = scanned(sandbox, true, &with);
    char *two = scanned(sandbox, false, &without);

    if (strcmp(one, two) != 0)
        fail_msg("%s: with the cache:\n%swithout:\n%s", when, one, two);
    assert_int_equal(with.commits, without.commits);
    free(one);
    free(two);
    return with.parsed;
}

static int leave_cache(void **state)
{
    const struct sandbox *sandbox = *state;
    struct buffer command = BUFFER_EMPTY;

    buffer_format(&command, "rm -rf '%s.cache'", sandbox->folder);
    sh(command.bytes);
    buffer_release(&command);
    return leave(state);
}

static void nothing_is_read_again(void **state)
{
    make(BUSY "git repack -q -a -d");
    assert_true(expect_same(*state, "at first") > 0);
    assert_int_equal(0, expect_same(*state, "again"));
}

static void of_new_commits_only_the_new_files_are_read(void **state)
{
    make("call >a.py; call >b.py; c one; git repack -q -a -d");
    assert_int_equal(2 - 1, expect_same(*state, "at first"));
    make("mkdir d; { call; echo 2; } >d/c.py; c two");
    assert_int_equal(1, expect_same(*state, "with a commit more"));
    make("git rm -q a.py; c three");
    assert_int_equal(0, expect_same(*state, "with two"));
}

static void busy_commits_are_taken_up(void **state)
{
    make("call >first.py; safe >d; c 0; rm d");
    expect_same(*state, "at first");
    make(BUSY);
    expect_same(*state, "with all others");
    make("git checkout -q main; m merged side; git repack -q -a -d; c more");
    expect_same(*state, "merged");
}

/* One at a time, each from what its parent was. */
static void each_commit_is_taken_up(void **state)
{
    make("call >first.py; c first; " BUSY
         "git log --reverse --format=%H >.git/list; git checkout -q --detach;"
         "git branch -qD main side; git tag -d t >/dev/null");
    for (int i = 0; i < 7; i++) {
        sh("git reset -q --hard $(sed -n 1p .git/list); sed -i 1d .git/list");
        expect_same(*state, "on the way");
    }
}

static void with_many_new_commits_everything_is_read(void **state)
{
    struct buffer stream = BUFFER_EMPTY;

    make("call >a.py; c one");
    expect_same(*state, "at first");
    for (int i = 0; i < 2500; i++)
        buffer_format(&stream,
                      "commit refs/heads/main\ncommitter A <a@b> %d +0000\n"
                      "data 1\nx\n%sM 644 inline f%d.py\ndata 36\n"
                      "import tempfile\ntempfile.mktemp()\n#\n\n",
                      1100000000 + i, i ? "" : "from refs/heads/main^0\n",
                      i % 7);
    put_bytes("stream", stream.bytes, stream.size);
    sh("git fast-import --quiet <stream");
    expect_same(*state, "with many");
    assert_int_equal(0, expect_same(*state, "again"));
    buffer_release(&stream);
}

static void a_ref_that_goes_takes_its_commits_along(void **state)
{
    make(BUSY);
    expect_same(*state, "at first");
    make("git checkout -q main; git branch -qD side; git tag -d t");
    expect_same(*state, "without the side");
}

/* What cannot be read now is told, though it was known before. */
static void a_file_that_was_missing_is_looked_for_again(void **state)
{
    struct report report;

    make("call >a.py; c one; { call; echo; } >a.py; c two;"
         "f=.git/objects/$(git rev-parse HEAD~1:a.py | sed 's|^..|&/|');"
         "mv $f kept");
    scan_range(*state, &report, NULL, 0);
    assert_int_equal(1, report.incomplete_count);
    report_release(&report);
    make("mv kept .git/objects/$(git hash-object kept 2>/dev/null >/dev/null;"
         "git rev-parse HEAD~1:a.py | sed 's|^..|&/|')");
    expect_same(*state, "when it is back");
}

#define with_cache(test)                                                       \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave_cache)

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_cache(nothing_is_read_again),
        with_cache(of_new_commits_only_the_new_files_are_read),
        with_cache(busy_commits_are_taken_up),
        with_cache(each_commit_is_taken_up),
        with_cache(with_many_new_commits_everything_is_read),
        with_cache(a_ref_that_goes_takes_its_commits_along),
        with_cache(a_file_that_was_missing_is_looked_for_again),
    };

    return cmocka_run_group_tests_name("hooks/history/history_snapshot", tests,
                                       NULL, NULL);
}
