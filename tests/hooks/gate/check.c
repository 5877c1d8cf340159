#include "tests/hooks/checked.h"
#include "tests/hooks/fake.h"

#define BAD "printf 'import tempfile\\ntempfile.mktemp()\\n'"
#define ADD "git add . && git commit -qm x"

static void a_commit_is_compared_with_its_parent(void **state)
{
    put("a.py", CALL);
    sh(ADD "; echo 'x = 1' >> a.py; " BAD " > b.py;" ADD);
    gate_says(*state, COMMIT, "HEAD", "b.py:2");
    gate_says(*state, COMMIT, "HEAD~1", "a.py:2");
}

static void the_call_that_was_added_is_shown_not_its_twin(void **state)
{
    put("a.py", CALL "# 1\n# 2\n");
    sh(ADD "; echo 'tempfile.mktemp()' >> a.py; git add .");
    gate_says(*state, STAGED, NULL, "a.py:5");
    sh(ADD);
    gate_says(*state, COMMIT, "HEAD", "a.py:5");
    gate_says(*state, RANGE, "HEAD~1..", "a.py:5");
}

static void an_unknown_revision_is_a_usage_error(void **state)
{
    const struct check_options options = { .codeql_compat = false };
    struct report report = REPORT_EMPTY;
    struct analyser analyser = { .stats = &report.stats };
    struct repo *repo = opened(*state);
    struct error err;

    assert_int_equal(
        -1, check_commit(repo, "nothing", &options, &analyser, &report, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    assert_int_equal(
        -1, check_range(repo, "a..b", &options, &analyser, &report, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    assert_int_equal(
        -1, check_range(repo, "HEAD", &options, &analyser, &report, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    assert_int_equal(-1, check_pre_push(repo, TEXT("one two\n"), &options,
                                        &analyser, &report, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    report_release(&report);
}

static void a_range_has_what_its_commits_introduced(void **state)
{
    put("old.py", CALL);
    sh(ADD "; git tag start; echo 'x = 1' >> old.py; " ADD "; " BAD
           " > a.py; " ADD "; sed -i '1i #' a.py; " ADD);
    gate_says(*state, RANGE, "start..HEAD", "a.py:3");
    gate_says(*state, RANGE, "start..", "a.py:3");
    gate_says(*state, RANGE, "HEAD..HEAD", "");
}

static void introduced_and_fixed_again_does_not_count(void **state)
{
    put("a.py", "x = 1\n");
    sh(ADD "; git tag start; " BAD " > a.py; " BAD " > b.py;" ADD
           "; echo 'x = 2' > a.py; git rm -q b.py; " ADD);
    gate_says(*state, RANGE, "start..HEAD", "");
    gate_says(*state, COMMIT, "HEAD~1", "a.py:2 b.py:2");
}

static void removed_and_added_again_is_new(void **state)
{
    put("a.py", CALL);
    sh(ADD "; git tag start; echo 'x = 2' > a.py; " ADD "; " BAD
           " > a.py;" ADD);
    gate_says(*state, RANGE, "start..HEAD", "a.py:2");
}

static void what_was_introduced_counts_once_however_often_it_came(void **state)
{
    put("a.py", "x = 1\n");
    sh(ADD "; git tag start; for i in 1 2; do " BAD " > a.py; " ADD
           "; echo 'x = 2' > a.py; " ADD "; done; " BAD " > a.py; " ADD);
    gate_says(*state, RANGE, "start..HEAD", "a.py:2");
}

static void
a_finding_that_moves_with_its_file_is_reported_where_it_ended(void **state)
{
    put("z.py", "x = 1\n");
    sh(ADD "; git tag start; { " BAD "; seq 1 20; } > a.py; " ADD
           "; git mv a.py b.py; seq 21 45 >> b.py; " ADD
           "; git mv b.py c.py; seq 46 99 >> c.py; " ADD);
    gate_says(*state, RANGE, "start..HEAD", "c.py:2");
}

static void a_merge_of_the_base_branch_introduces_nothing(void **state)
{
    put("a.py", "x = 1\n");
    sh(ADD "; git checkout -qb side; echo 'y = 1' > b.py; " ADD
           "; git checkout -q main; " BAD " > c.py; " ADD
           "; git checkout -q side; git merge -q --no-edit main");
    gate_says(*state, RANGE, "main..side", "");
    gate_says(*state, COMMIT, "side", "");
}

static void an_evil_merge_introduces(void **state)
{
    put("a.py", "x = 1\n");
    sh(ADD "; git checkout -qb side; echo 'y = 1' > b.py; " ADD
           "; git checkout -q main; echo 'z = 1' > c.py; " ADD
           "; git merge -q --no-edit side; " BAD " > a.py; git add . ; "
           "git commit -q --amend -m merge");
    gate_says(*state, COMMIT, "HEAD", "a.py:2");
    gate_says(*state, RANGE, "HEAD~1..HEAD", "a.py:2");
}

static void a_parent_beyond_a_shallow_boundary_is_incomplete(void **state)
{
    struct buffer want = BUFFER_EMPTY;
    char hex[OBJECT_HEX_MAX];
    struct object_id head;

    put("a.py", CALL);
    sh(ADD "; echo 'x = 1' >> a.py; " ADD
           "; git clone -q --depth 1 file://$PWD shallow");
    assert_int_equal(0, chdir("shallow"));
    head = id_of("HEAD");
    buffer_format(&want, "?%s", object_id_format(&head, hex));
    gate_says(*state, COMMIT, "HEAD", want.bytes);
    buffer_release(&want);
}

/* A remote that has the first commit; the branch `main` is ahead of it. */
static void with_remote(const char *commands)
{
    put("old.py", CALL);
    sh(ADD "; git init -q --bare remote.git; echo remote.git >> .gitignore;"
           "git remote add origin ./remote.git; git push -q origin main");
    sh(commands);
}

static void expect_push(void **state, const char *lines, const char *want)
{
    struct buffer command = BUFFER_EMPTY;
    char text[1024];
    size_t size;
    FILE *pipe;

    buffer_format(&command, "Z=$(printf '%%040d' 0); echo \"%s\"", lines);
    pipe = popen(command.bytes, "r");
    assert_non_null(pipe);
    size = fread(text, 1, sizeof(text) - 1, pipe);
    text[size] = '\0';
    pclose(pipe);
    gate_says(*state, PUSH, text, want);
    buffer_release(&command);
}

#define ID(revision) "$(git rev-parse " revision ")"

static void a_push_has_what_the_remote_has_not(void **state)
{
    with_remote("echo 'x = 1' >> old.py; " ADD "; " BAD " > a.py; " ADD);
    expect_push(
        state,
        "refs/heads/main " ID("main") " refs/heads/main " ID("origin/main"),
        "a.py:2");
    expect_push(state, "refs/heads/main " ID("main") " refs/heads/main $Z",
                "a.py:2");
}

static void every_line_of_a_push_counts(void **state)
{
    with_remote("git checkout -qb good; echo 'x = 1' > x.py; " ADD
                "; git checkout -qb bad main; " BAD " > a.py; " ADD);
    expect_push(state,
                "refs/heads/good " ID("good") " refs/heads/good $Z\n"
                                              "refs/heads/bad " ID(
                                                  "bad") " refs/heads/bad $Z",
                "a.py:2");
    expect_push(state, "refs/heads/good " ID("good") " refs/heads/good $Z", "");
}

static void a_deletion_pushes_nothing(void **state)
{
    with_remote(BAD " > a.py; " ADD);
    expect_push(state, "(delete) $Z refs/heads/gone " ID("main"), "");
}

static void a_push_by_hand_is_of_what_no_remote_has(void **state)
{
    with_remote(BAD " > a.py; " ADD);
    gate_says(*state, PUSH, "", "a.py:2");
    sh("git push -q origin main");
    gate_says(*state, PUSH, "", "");
}

static void a_tag_is_pushed_like_a_branch(void **state)
{
    with_remote(BAD " > a.py; " ADD "; git tag -am tag v1;"
                    "git tag blob $(git rev-parse HEAD:a.py)");
    expect_push(state, "refs/tags/v1 " ID("v1") " refs/tags/v1 $Z", "a.py:2");
    expect_push(state, "refs/tags/blob " ID("blob") " refs/tags/blob $Z", "");
}

static void a_push_and_a_range_agree_on_what_was_fixed(void **state)
{
    with_remote(BAD " > a.py; " ADD "; echo 'x = 1' > a.py; " ADD);
    expect_push(
        state,
        "refs/heads/main " ID("main") " refs/heads/main " ID("origin/main"),
        "");
    gate_says(*state, RANGE, "origin/main..main", "");
}

/* The first child that reads blobs dies, the next one does not. */
static void what_could_not_be_read_once_is_incomplete(void **state)
{
    sh("echo 'x = 1' > x.py; git add x.py; git commit -qm one;"
       "echo 'from tempfile import mktemp as name_of' > lib.py;"
       "printf 'from lib import name_of\\nname_of()\\n' > use.py;"
       "git add lib.py use.py; id=$(git rev-parse :lib.py | sed 's,^..,&/,');"
       "mkdir -p .more/${id%/*}; mv .git/objects/$id .more/$id");
    fake_git("case \" $* \" in *' cat-file --batch '*) ;;"
             " *) PATH=$REAL exec git \"$@\" ;; esac;"
             "mkdir .bin/once 2>/dev/null && exit 1;"
             "GIT_ALTERNATE_OBJECT_DIRECTORIES=$PWD/.more"
             " PATH=$REAL exec git \"$@\"");
    gate_says(*state, STAGED, NULL, "?lib.py");
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(a_commit_is_compared_with_its_parent),
        IN_REPOSITORY(the_call_that_was_added_is_shown_not_its_twin),
        IN_REPOSITORY(an_unknown_revision_is_a_usage_error),
        IN_REPOSITORY(a_range_has_what_its_commits_introduced),
        IN_REPOSITORY(introduced_and_fixed_again_does_not_count),
        IN_REPOSITORY(removed_and_added_again_is_new),
        IN_REPOSITORY(what_was_introduced_counts_once_however_often_it_came),
        IN_REPOSITORY(
            a_finding_that_moves_with_its_file_is_reported_where_it_ended),
        IN_REPOSITORY(a_merge_of_the_base_branch_introduces_nothing),
        IN_REPOSITORY(an_evil_merge_introduces),
        IN_REPOSITORY(a_parent_beyond_a_shallow_boundary_is_incomplete),
        IN_REPOSITORY(a_push_has_what_the_remote_has_not),
        IN_REPOSITORY(every_line_of_a_push_counts),
        IN_REPOSITORY(a_deletion_pushes_nothing),
        IN_REPOSITORY(a_push_by_hand_is_of_what_no_remote_has),
        IN_REPOSITORY(a_tag_is_pushed_like_a_branch),
        IN_REPOSITORY(a_push_and_a_range_agree_on_what_was_fixed),
        cmocka_unit_test_setup_teardown(
            what_could_not_be_read_once_is_incomplete, enter_repository,
            leave_fakes),
    };

    return cmocka_run_group_tests_name("hooks/gate/check", tests, NULL, NULL);
}
