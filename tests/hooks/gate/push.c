#include "tests/hooks/checked.h"

#define BAD "printf 'import tempfile\\ntempfile.mktemp()\\n'"
#define ADD "git add . && git commit -qm x"

/* HEAD and `main` are what the server has, SENT is no ref and was just sent. */
static void start(const char *commands)
{
    put("old.py", CALL);
    sh(ADD "; git checkout -q --detach");
    sh(commands);
    sh("git rev-parse HEAD > .git/SENT; git checkout -q main");
}

/* `lines` is in the words of the shell; $Z is no id, $X one that is unknown. */
static void expect(void **state, const char *lines, const char *want)
{
    struct buffer command = BUFFER_EMPTY;
    char text[1024];
    size_t size;
    FILE *pipe;

    buffer_format(&command,
                  "Z=$(printf '%%040d' 0) X=$(printf '%%040d' 7); printf "
                  "\"%s\"",
                  lines);
    pipe = popen(command.bytes, "r");
    assert_non_null(pipe);
    size = fread(text, 1, sizeof(text) - 1, pipe);
    text[size] = '\0';
    pclose(pipe);
    gate_says(*state, RECEIVE, text, want);
    buffer_release(&command);
}

#define ID(revision) "$(git rev-parse " revision ")"
#define MAIN         " refs/heads/main\\n"

static void what_no_ref_has_is_new(void **state)
{
    start("echo 'x = 1' >> old.py; " ADD "; " BAD " > a.py; " ADD);
    expect(state, ID("main") " " ID("SENT") MAIN, "a.py:2");
    expect(state, "$Z " ID("SENT") " refs/heads/new\\n", "a.py:2");
    expect(state, ID("main") " " ID("SENT~1") MAIN, "");
}

static void what_a_ref_has_is_not_new_elsewhere(void **state)
{
    start("echo 'x = 1' > x.py; " ADD);
    expect(state, "$Z " ID("main") " refs/heads/new\\n", "");
    expect(state, "$Z " ID("main") " refs/tags/v1\\n", "");
}

static void every_line_counts(void **state)
{
    start("echo 'x = 1' > x.py; " ADD "; " BAD " > a.py; " ADD);
    expect(state,
           "$Z " ID("SENT~1") " refs/heads/good\\n"
                              "$Z $Z refs/heads/none\\n"
                              "$Z " ID("SENT") " refs/heads/bad\\n",
           "a.py:2");
}

static void a_branch_and_its_tag_report_a_call_once(void **state)
{
    start(BAD " > a.py; " ADD);
    expect(
        state,
        "$Z " ID("SENT") " refs/heads/new\\n$Z " ID("SENT") " refs/tags/v\\n",
        "a.py:2");
}

static void an_old_twin_is_not_reported_for_the_second_branch(void **state)
{
    start("printf '# 1\\n# 2\\n' >> old.py; " ADD "; git branch -f main;"
          "echo 'tempfile.mktemp()' >> old.py; " ADD "; echo 1 > x.py; " ADD);
    expect(
        state,
        "$Z " ID("SENT") " refs/heads/a\\n$Z " ID("SENT~1") " refs/heads/b\\n",
        "old.py:5");
}

static void nothing_and_deletions_bring_nothing(void **state)
{
    start(BAD " > a.py; " ADD);
    expect(state, "", "");
    expect(state, ID("SENT") " $Z refs/heads/gone\\n", "");
}

static void an_old_id_that_is_unknown_hides_nothing(void **state)
{
    start(BAD " > a.py; " ADD);
    expect(state, "$X " ID("SENT") MAIN, "a.py:2");
}

static void a_new_id_that_is_unknown_is_incomplete(void **state)
{
    start(BAD " > a.py; " ADD);
    expect(state, ID("main") " $X" MAIN, "?refs/heads/main");
    expect(state, ID("main") " $X" MAIN "$Z " ID("SENT") " refs/heads/x\\n",
           "a.py:2 ?refs/heads/main");
}

static void a_force_push_is_weighed_against_what_was_there(void **state)
{
    start("git checkout -q main; echo 'x = 1' > x.py; " ADD
          "; git checkout -q --detach HEAD~1; echo 1 > y; git add y;"
          "git commit -q --amend -m again; git branch kept main");
    expect(state, ID("main") " " ID("SENT") MAIN, "old.py:2");
}

static void a_tag_is_followed(void **state)
{
    start(BAD " > a.py; " ADD "; git tag -am one one; git -c "
              "advice.nestedTag=false tag -am two two one;"
              "git rev-parse two > .git/two; git tag -d one two > /dev/null");
    expect(state, "$Z $(cat .git/two) refs/tags/two\\n", "a.py:2");
}

static void a_blob_is_no_python_file(void **state)
{
    start(BAD " > a.py; " ADD);
    expect(state, "$Z " ID("SENT:a.py") " refs/tags/key\\n", "");
}

static void a_tree_is_compared_with_the_default_branch(void **state)
{
    start(BAD " > a.py; git add .; git write-tree > .git/tree; " ADD);
    expect(state, "$Z $(cat .git/tree) refs/tags/tree\\n", "a.py:2");
    expect(state, "$Z " ID("main^{tree}") " refs/tags/tree\\n", "");
}

static void
what_one_branch_introduces_and_fixes_may_be_old_in_another(void **state)
{
    start(BAD " > a.py; " ADD "; git branch old; echo > a.py; " ADD
              "; git branch -f main; " BAD " > a.py; " ADD
              "; echo '#' > a.py; " ADD "; git rev-parse HEAD > .git/TOPIC;"
              "git checkout -q --detach old; echo > x.py;" ADD);
    expect(state,
           ID("old") " " ID("SENT") " refs/heads/old\\n$Z " ID(
               "TOPIC") " refs/heads/topic\\n",
           "");
    sh("git checkout -q --detach TOPIC; " BAD " > a.py; " ADD
       "; git rev-parse HEAD > .git/TOPIC; git checkout -q main");
    expect(state,
           ID("old") " " ID("SENT") " refs/heads/old\\n$Z " ID(
               "TOPIC") " refs/heads/topic\\n",
           "a.py:2");
}

static void what_only_a_merge_request_has_is_new_to_a_branch(void **state)
{
    start(BAD " > a.py; " ADD
              "; git update-ref refs/merge-requests/1/head HEAD;"
              "git update-ref refs/pull/1/head HEAD");
    expect(state, "$Z " ID("refs/pull/1/head") " refs/heads/x\\n", "a.py:2");
    sh("git update-ref refs/other/1 refs/pull/1/head");
    expect(state, "$Z " ID("refs/pull/1/head") " refs/heads/x\\n", "");
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(what_no_ref_has_is_new),
        IN_REPOSITORY(what_a_ref_has_is_not_new_elsewhere),
        IN_REPOSITORY(every_line_counts),
        IN_REPOSITORY(a_branch_and_its_tag_report_a_call_once),
        IN_REPOSITORY(an_old_twin_is_not_reported_for_the_second_branch),
        IN_REPOSITORY(nothing_and_deletions_bring_nothing),
        IN_REPOSITORY(an_old_id_that_is_unknown_hides_nothing),
        IN_REPOSITORY(a_new_id_that_is_unknown_is_incomplete),
        IN_REPOSITORY(a_force_push_is_weighed_against_what_was_there),
        IN_REPOSITORY(a_tag_is_followed),
        IN_REPOSITORY(a_blob_is_no_python_file),
        IN_REPOSITORY(a_tree_is_compared_with_the_default_branch),
        IN_REPOSITORY(
            what_one_branch_introduces_and_fixes_may_be_old_in_another),
        IN_REPOSITORY(what_only_a_merge_request_has_is_new_to_a_branch),
    };

    return cmocka_run_group_tests_name("hooks/gate/push", tests, NULL, NULL);
}
