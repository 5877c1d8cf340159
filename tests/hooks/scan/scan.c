#include "tests/hooks/checked.h"

#include <sys/stat.h>

#include "hooks/scan/scan.h"

struct scanned {
    struct report report;
    struct analyser analyser;
    struct error err;
    int result;
};

static struct scanned scan_of(struct repo *repo, const char *const *paths,
                              size_t count)
{
    const struct scan_options options = { .codeql_compat = false };
    struct scanned scanned = { .report = REPORT_EMPTY };

    scanned.result = scan_paths(repo, paths, count, &options, &scanned.analyser,
                                &scanned.report, &scanned.err);
    return scanned;
}

static void expect_paths(struct repo *repo, const char *const *paths,
                         size_t count, const char *want)
{
    struct scanned scanned = scan_of(repo, paths, count);
    char *got = summary(&scanned.report);

    assert_int_equal(0, scanned.result);
    if (strcmp(got, want) != 0)
        fail_msg("%s: got '%s', want '%s'", paths[0], got, want);
    free(got);
    report_release(&scanned.report);
    analyser_release(&scanned.analyser);
}

static void expect(struct repo *repo, const char *path, const char *want)
{
    expect_paths(repo, &path, 1, want);
}

static void expect_tree(struct repo *repo, const char *revision,
                        const char *want)
{
    const struct scan_options options = { .codeql_compat = false };
    struct report report = REPORT_EMPTY;
    struct analyser analyser = { .stats = &report.stats };
    struct error err = { .message = "" };
    char *got;

    if (scan_tree(repo, revision, &options, &analyser, &report, &err) < 0)
        fail_msg("%s: %s", revision, err.message);
    got = summary(&report);
    if (strcmp(got, want) != 0)
        fail_msg("%s: got '%s', want '%s'", revision, got, want);
    for (size_t i = 0; i < report.findings_count; i++) {
        assert_true(report.findings[i].blocks);
        assert_non_null(report.findings[i].excerpt);
    }
    free(got);
    report_release(&report);
}

static void files_are_found_by_name_or_first_line(void **state)
{
    (void)state;
    sh("mkdir -p d/e .hidden .git");
    put("a.py", CALL);
    put("b.txt", CALL);
    put("d/c.pyw", CALL);
    put("d/e/tool", "#!/usr/bin/env python3\n" CALL);
    put("d/e/other", "#!/bin/sh\n" CALL);
    put(".hidden/.x.py", CALL);
    put(".git/x.py", CALL);
    put("empty.py", "");
    put("empty", "");
    expect(NULL, ".", ".hidden/.x.py:2 a.py:2 d/c.pyw:2 d/e/tool:3");
}

static void
links_and_special_files_are_passed_over_and_nothing_hangs(void **state)
{
    (void)state;
    sh("mkdir d; mkfifo d/pipe.py; ln -s ../a.py d/link.py; ln -s .. d/up;"
       "ln -s nowhere d/dangling.py");
    put("a.py", CALL);
    alarm(20);
    expect(NULL, "d", "");
    expect(NULL, "d/pipe.py", "?d/pipe.py");
    alarm(0);
    expect(NULL, "d/link.py", "d/link.py:2");
}

static void a_path_that_does_not_exist_is_a_usage_error(void **state)
{
    const char *const paths[] = { ".", "nothing" };
    struct scanned scanned;

    (void)state;
    put("a.py", CALL);
    scanned = scan_of(NULL, paths, 2);
    assert_int_equal(-1, scanned.result);
    assert_int_equal(ERROR_USAGE, scanned.err.code);
    assert_int_equal(0, scanned.report.findings_count);
}

static void
outside_of_a_repository_paths_are_relative_to_the_folder(void **state)
{
    const char *const two[] = { "./d/", "a.py" };

    (void)state;
    sh("mkdir d");
    put("a.py", CALL);
    put("d/b.py", CALL);
    expect(NULL, "d", "b.py:2");
    expect(NULL, "./d/b.py", "d/b.py:2");
    expect_paths(NULL, two, 2, "a.py:2 d/b.py:2");
}

static void a_file_that_is_named_again_is_scanned_once(void **state)
{
    const char *const paths[] = { "d/b.py", "d", "./d/../d", "d/b.py" };
    const char *const links[] = { "link.txt", "d/b.py", "link.py" };
    struct scanned scanned;

    (void)state;
    sh("mkdir d; ln -s d/b.py link.txt; ln -s d/b.py link.py");
    put("d/b.py", CALL);
    put("d/c.txt", CALL);
    expect_paths(NULL, paths, 4, "d/b.py:2");
    expect_paths(NULL, links, 3, "d/b.py:2");
    scanned = scan_of(NULL, paths, 4);
    assert_int_equal(2, scanned.report.stats.files);
    assert_int_equal(1, scanned.report.stats.python_files);
    report_release(&scanned.report);
}

static void in_a_repository_paths_are_relative_to_its_root(void **state)
{
    struct sandbox *sandbox = *state;
    struct buffer path = BUFFER_EMPTY;

    sh("mkdir -p d/e");
    put("a.py", CALL);
    put("d/b.py", CALL);
    put("d/e/c.py", CALL);
    opened(sandbox);
    assert_int_equal(0, chdir("d"));
    expect(sandbox->repo, ".", "d/b.py:2 d/e/c.py:2");
    expect(sandbox->repo, "b.py", "d/b.py:2");
    expect(sandbox->repo, "../a.py", "a.py:2");
    expect(sandbox->repo, "..", "a.py:2 d/b.py:2 d/e/c.py:2");
    buffer_format(&path, "%s/d/e", sandbox->folder);
    expect(sandbox->repo, path.bytes, "d/e/c.py:2");
    buffer_release(&path);
}

static void
submodules_are_passed_over_and_other_repositories_are_not(void **state)
{
    struct sandbox *sandbox = *state;

    sh("for r in sub other; do git init -q $r; git -C $r commit -q "
       "--allow-empty -m x; done; git add sub 2>/dev/null; git commit -qm x");
    put("sub/a.py", CALL);
    put("other/a.py", CALL);
    expect(opened(sandbox), ".", "other/a.py:2");
}

/* root may read everything, so somebody else looks. */
static void what_cannot_be_read_is_incomplete(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    sh("mkdir closed; chmod 755 .");
    put("a.py", CALL);
    put("secret.py", CALL);
    put("closed/b.py", CALL);
    sh("chmod 0 secret.py closed");
    assert_int_equal(0, seteuid(12345));
    expect(NULL, ".", "a.py:2 ?closed ?secret.py");
    assert_int_equal(0, seteuid(0));
}

static void a_huge_file_is_incomplete_only_if_it_could_hold_a_call(void **state)
{
    (void)state;
    sh("head -c 5000000 /dev/zero | tr '\\0' '#' > clean.py;"
       "cp clean.py bad.py; echo 'tempfile.mktemp()' >> bad.py");
    expect(NULL, ".", "?bad.py");
}

static void thousands_of_nested_folders_are_walked(void **state)
{
    struct sandbox *sandbox = *state;

    for (int i = 0; i < 1000; i++) {
        assert_int_equal(0, mkdir("d", 0777));
        assert_int_equal(0, chdir("d"));
    }
    put("a.py", CALL);
    assert_int_equal(0, chdir(sandbox->folder));
    {
        const char *const paths[] = { "." };
        struct scanned scanned = scan_of(NULL, paths, 1);

        assert_int_equal(1, scanned.report.findings_count);
        report_release(&scanned.report);
    }
}

static void the_tree_of_a_commit_is_scanned(void **state)
{
    struct sandbox *sandbox = *state;

    sh("mkdir -p d/e; ln -s a.py link.py");
    put("a.py", CALL);
    put("b.txt", CALL);
    put("d/e/tool", "#!/usr/bin/python\n" CALL);
    put("d/e/other", "text\n" CALL);
    sh("git init -q sub; git -C sub commit -q --allow-empty -m x;"
       "git add . 2>/dev/null; git commit -qm one; git rm -q a.py;"
       "git commit -qm two; git tag -am t t");
    expect_tree(opened(sandbox), "HEAD~1", "a.py:2 d/e/tool:3");
    expect_tree(sandbox->repo, "t", "d/e/tool:3");
}

static void a_folder_that_is_missing_from_a_tree_is_incomplete(void **state)
{
    sh("mkdir -p d/e");
    put("a.py", CALL);
    put("d/e/b.py", CALL);
    sh("git add . && git commit -qm one; t=$(git rev-parse HEAD:d/e);"
       "rm -f .git/objects/$(echo $t | cut -c1-2)/$(echo $t | cut -c3-)");
    expect_tree(opened(*state), "HEAD", "a.py:2 ?d/e");
}

static void a_tree_that_describes_too_many_folders_ends(void **state)
{
    put("a.txt", "x");
    sh("git add a.txt; t=$(git write-tree); i=0; while [ $i -lt 1001 ]; do "
       "t=$(printf '040000 tree %s\\td\\n' $t | git mktree); i=$((i+1)); done;"
       "git update-ref HEAD $(git commit-tree -m deep $t)");
    {
        const struct scan_options options = { .codeql_compat = false };
        struct report report = REPORT_EMPTY;
        struct analyser analyser = { .stats = &report.stats };
        struct error err;

        assert_int_equal(0, scan_tree(opened(*state), "HEAD", &options,
                                      &analyser, &report, &err));
        assert_int_equal(1, report.incomplete_count);
        report_release(&report);
    }
}

static void an_unknown_revision_is_a_usage_error(void **state)
{
    const struct scan_options options = { .codeql_compat = false };
    struct report report = REPORT_EMPTY;
    struct analyser analyser = { .stats = &report.stats };
    struct error err;

    assert_int_equal(-1, scan_tree(opened(*state), "nothing", &options,
                                   &analyser, &report, &err));
    assert_int_equal(ERROR_USAGE, err.code);
}

static void bytes_are_python_by_the_name_they_would_have(void **state)
{
    static const struct {
        const char *name, *bytes, *want;
    } cases[] = {
        { "x.py", CALL, "x.py:2" },
        { "x.txt", CALL, "" },
        { "x", CALL, "" },
        { "d/x", "#!/usr/bin/python\n" CALL, "d/x:3" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct scan_options options = { .codeql_compat = false };
        struct report report = REPORT_EMPTY;
        struct analyser analyser = { .stats = &report.stats };
        struct error err;
        char *got;

        assert_int_equal(0, scan_bytes(cases[i].name, text_of(cases[i].bytes),
                                       &options, &analyser, &report, &err));
        got = summary(&report);
        if (strcmp(got, cases[i].want) != 0)
            fail_msg("%s: got '%s', want '%s'", cases[i].name, got,
                     cases[i].want);
        free(got);
        report_release(&report);
    }
}

#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(files_are_found_by_name_or_first_line),
        IN_FOLDER(links_and_special_files_are_passed_over_and_nothing_hangs),
        IN_FOLDER(a_path_that_does_not_exist_is_a_usage_error),
        IN_FOLDER(outside_of_a_repository_paths_are_relative_to_the_folder),
        IN_FOLDER(a_file_that_is_named_again_is_scanned_once),
        IN_REPOSITORY(in_a_repository_paths_are_relative_to_its_root),
        IN_REPOSITORY(
            submodules_are_passed_over_and_other_repositories_are_not),
        IN_FOLDER(what_cannot_be_read_is_incomplete),
        IN_FOLDER(a_huge_file_is_incomplete_only_if_it_could_hold_a_call),
        IN_FOLDER(thousands_of_nested_folders_are_walked),
        IN_REPOSITORY(the_tree_of_a_commit_is_scanned),
        IN_REPOSITORY(a_folder_that_is_missing_from_a_tree_is_incomplete),
        IN_REPOSITORY(a_tree_that_describes_too_many_folders_ends),
        IN_REPOSITORY(an_unknown_revision_is_a_usage_error),
        cmocka_unit_test(bytes_are_python_by_the_name_they_would_have),
    };

    return cmocka_run_group_tests_name("hooks/scan/scan", tests, NULL, NULL);
}
