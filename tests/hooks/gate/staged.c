#include "tests/hooks/checked.h"
#include "tests/hooks/fake.h"

#include "hooks/gate/staged.h"

#define BAD "printf 'import tempfile\\ntempfile.mktemp()\\n'"

static void expect(void **state, const char *want)
{
    gate_says(*state, STAGED, NULL, want);
}

static void nothing_staged_is_clean(void **state)
{
    expect(state, "");
    sh("git commit -q --allow-empty -m one");
    expect(state, "");
}

static void a_first_commit_is_compared_with_nothing(void **state)
{
    put("a.py", CALL);
    sh("git add .");
    expect(state, "a.py:2");
}

static void what_is_not_staged_is_not_looked_at(void **state)
{
    put("a.py", "x = 1\n");
    sh("git add . && git commit -qm one");
    put("a.py", CALL);
    expect(state, "");
    sh("git add . && echo 'x = 1' > a.py");
    expect(state, "a.py:2");
}

static void an_old_finding_does_not_count(void **state)
{
    put("a.py", CALL);
    sh("git add . && git commit -qm one && echo 'x = 2' >> a.py && git add .");
    expect(state, "");
}

static void
an_old_finding_that_moved_within_its_file_does_not_count(void **state)
{
    put("a.py", CALL);
    sh("git add . && git commit -qm one;"
       "printf 'import tempfile\\n\\n\\nx = 1\\ntempfile.mktemp()\\n' > a.py;"
       "git add .");
    expect(state, "");
}

static void an_intended_addition_is_not_part_of_the_commit(void **state)
{
    sh("git commit -q --allow-empty -m one");
    put("a.py", CALL);
    sh("git add -N a.py");
    expect(state, "");
}

static void flags_of_the_index_hide_nothing(void **state)
{
    put("a.py", "x = 1\n");
    put("b.py", "x = 1\n");
    sh("git add . && git commit -qm one;" BAD " > a.py; " BAD " > b.py;"
       "git add . && git update-index --assume-unchanged a.py "
       "&& git update-index --skip-worktree b.py");
    expect(state, "a.py:2 b.py:2");
}

static void a_conflict_is_incomplete(void **state)
{
    put("a.py", "x = 1\n");
    sh("git add . && git commit -qm one && git checkout -qb side;"
       "echo 'x = 2' > a.py; git commit -qam two; git checkout -q main;"
       "echo 'x = 3' > a.py; git commit -qam three; ! git merge -q side "
       ">/dev/null 2>&1");
    expect(state, "?a.py");
}

static void links_and_submodules_are_passed_over(void **state)
{
    put("bad", CALL);
    sh("ln -s bad a.py; git init -q sub.py; git -C sub.py commit -q "
       "--allow-empty -m x; git add a.py sub.py 2>/dev/null");
    expect(state, "");
}

static void a_link_that_becomes_a_file_introduces_what_it_holds(void **state)
{
    put("bad.txt", CALL);
    sh("ln -s bad.txt a.py; git add . && git commit -qm one;"
       "rm a.py; cp bad.txt a.py; git add .");
    expect(state, "a.py:2");
}

static void only_python_counts(void **state)
{
    put("a.txt", CALL);
    put("b.pyw", CALL);
    put("script", "#!/usr/bin/env python3\n" CALL);
    put("other", "#!/bin/sh\n" CALL);
    put(".hidden.py", CALL);
    sh("git add .");
    expect(state, ".hidden.py:2 b.pyw:2 script:3");
}

static void a_rename_keeps_its_findings_even_when_edited(void **state)
{
    put("a.py", CALL "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\n");
    sh("git add . && git commit -qm one; git mv a.py b.py");
    expect(state, "");
    sh("echo 'f = 6' >> b.py; git add .");
    expect(state, "");
    sh("echo 'x = tempfile.mktemp()' >> b.py; git add .");
    expect(state, "b.py:9");
}

static void a_copy_introduces_its_findings(void **state)
{
    put("a.py", CALL);
    sh("git add . && git commit -qm one; cp a.py b.py; git add .");
    expect(state, "b.py:2");
    sh("cp a.py c.py; git rm -q a.py; git add .");
    expect(state, "c.py:2");
}

static void a_rename_to_something_different_introduces(void **state)
{
    put("a.py", CALL "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\n");
    sh("git add . && git commit -qm one; git rm -q a.py;"
       "{ seq 1 50; " BAD "; } > b.py; git add .");
    expect(state, "b.py:52");
}

static void a_file_that_becomes_python_introduces_what_it_holds(void **state)
{
    put("a.txt", CALL);
    put("tool", "#!/bin/sh\n" CALL);
    sh("git add . && git commit -qm one; git mv a.txt a.py;"
       "sed -i '1s/.*/#!\\/usr\\/bin\\/python3/' tool; git add .");
    expect(state, "a.py:2 tool:3");
}

static void
a_call_that_moves_to_another_old_file_is_introduced_there(void **state)
{
    put("a.py", CALL);
    put("b.py", "import tempfile\n");
    sh("git add . && git commit -qm one;"
       "echo 'import tempfile' > a.py; " BAD " > b.py; git add .");
    expect(state, "b.py:2");
    sh("git rm -qf a.py");
    expect(state, "b.py:2");
}

static void names_may_hold_any_byte(void **state)
{
    put("\xc3\xa4 \n\"\\\xff.py", CALL);
    sh("git add .");
    expect(state, "\xc3\xa4 \n\"\\\xff.py:2");
}

static void the_named_index_is_read_wherever_git_would(void **state)
{
    struct sandbox *sandbox = *state;
    struct buffer path = BUFFER_EMPTY;

    sh("git commit -q --allow-empty -m one");
    put("a.py", CALL);
    sh("GIT_INDEX_FILE=.git/other git add a.py; mkdir sub");
    expect(state, "");
    setenv("GIT_INDEX_FILE", ".git/other", 1);
    expect(state, "a.py:2");
    assert_int_equal(0, chdir("sub"));
    expect(state, "a.py:2");
    buffer_format(&path, "%s/sub/../.git/other", sandbox->folder);
    setenv("GIT_INDEX_FILE", path.bytes, 1);
    expect(state, "a.py:2");
    buffer_release(&path);
}

static void every_kind_of_index_is_read(void **state)
{
    static const char *const kinds[] = {
        "git update-index --index-version 4",
        "git update-index --split-index",
        "git config index.skipHash true; git add a.py",
        "git config core.ignorecase true; git add a.py",
        "git config core.untrackedCache true; git update-index "
        "--untracked-cache",
        "git sparse-checkout set --cone --sparse-index keep; git add "
        "--sparse a.py",
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        sh("rm -rf .git * ; git init -q -b main . ; mkdir keep drop;"
           "for f in B a C b.py A.py keep/x.py drop/x.py; do echo 'x=1' > $f; "
           "done; git add . && git commit -qm one");
        put("a.py", CALL);
        sh("git add a.py");
        sh(kinds[i]);
        expect(state, "a.py:2");
    }
}

static void a_sha256_repository_is_checked(void **state)
{
    sh("rm -rf .git; git init -q --object-format=sha256 -b main .");
    put("a.py", CALL);
    sh("git add .");
    expect(state, "a.py:2");
    sh("git commit -qm one; git mv a.py b.py");
    expect(state, "");
}

static void a_linked_worktree_has_its_own_index(void **state)
{
    sh("git commit -q --allow-empty -m one; git worktree add -q linked");
    put("linked/a.py", CALL);
    sh("git -C linked add .");
    expect(state, "");
    assert_int_equal(0, chdir("linked"));
    expect(state, "a.py:2");
}

static void a_submodule_is_a_repository_of_its_own(void **state)
{
    sh("git init -q other; git -C other commit -q --allow-empty -m one;"
       "git -c protocol.file.allow=always submodule --quiet add ./other sub");
    put("sub/a.py", CALL);
    sh("git -C sub add .");
    assert_int_equal(0, chdir("sub"));
    expect(state, "a.py:2");
}

static void a_missing_blob_is_incomplete(void **state)
{
    put("a.py", CALL);
    sh("git add .; b=$(git hash-object a.py);"
       "rm -f .git/objects/$(echo $b | cut -c1-2)/$(echo $b | cut -c3-)");
    expect(state, "?a.py");
}

static void a_damaged_version_before_is_incomplete(void **state)
{
    put("a.py", "x = 1\n");
    sh("git add . && git commit -qm one; b=$(git hash-object a.py);"
       "f=.git/objects/$(echo $b | cut -c1-2)/$(echo $b | cut -c3-);"
       "chmod u+w $f; echo > $f");
    put("a.py", CALL);
    sh("git add .");
    expect(state, "?a.py");
}

static void a_huge_file_is_incomplete_only_if_it_could_hold_a_call(void **state)
{
    sh("{ head -c 5000000 /dev/zero | tr '\\0' '#'; echo; } > clean.py;"
       "cp clean.py bad.py; " BAD " >> bad.py; git add .");
    expect(state, "?bad.py");
}

static void a_shallow_clone_is_checked_like_any(void **state)
{
    put("a.py", CALL);
    sh("git add . && git commit -qm one; echo 'x=1' >> a.py; git commit -qam 2;"
       "git clone -q --depth 1 file://$PWD shallow");
    assert_int_equal(0, chdir("shallow"));
    sh("echo 'y=1' >> a.py; git add .");
    expect(state, "");
}

#define SIDES                                                                  \
    "git add . && git commit -qm base; git checkout -qb side; %s; git add . "  \
    "&& git commit -qm side; git checkout -q main; %s; git add . && git "      \
    "commit -qm main; git merge -q --no-commit --no-ff side >/dev/null 2>&1 "  \
    "|| true;"

static void merge(const char *side, const char *ours)
{
    struct buffer command = BUFFER_EMPTY;

    buffer_format(&command, SIDES, side, ours);
    sh(command.bytes);
    buffer_release(&command);
}

static void a_merge_introduces_only_what_no_parent_has(void **state)
{
    put("a.py", "import tempfile\n");
    merge(BAD " > b.py", "echo 'x = 1' > c.py");
    expect(state, "");
    sh("echo 'tempfile.mktemp()' >> a.py; git add .");
    expect(state, "a.py:2");
}

static void a_merge_of_two_sides_that_each_added_a_call_is_clean(void **state)
{
    put("a.py", "import tempfile\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    merge("sed -i '1a tempfile.mktemp()' a.py",
          "echo 'tempfile.mktemp()' >> a.py");
    sh("test $(grep -c mktemp a.py) = 2");
    expect(state, "");
    sh("sed -i '6a tempfile.mktemp()' a.py; git add .");
    expect(state, "a.py:7");
}

static void a_merge_that_doubles_an_old_call_introduces_it(void **state)
{
    put("a.py", CALL "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    merge("sed -i '$a x = 1' a.py", "sed -i '1i y = 1' a.py");
    expect(state, "");
    sh("echo 'tempfile.mktemp()' >> a.py; git add .");
    expect(state, "a.py:14");
}

static void
a_file_that_both_sides_renamed_is_known_to_the_merge_base(void **state)
{
    put("a.py", CALL "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    merge("git mv a.py b.py; sed -i '$a x = 1' b.py",
          "git mv a.py b.py; sed -i '1i y = 1' b.py");
    expect(state, "");
    sh("echo 'tempfile.mktemp()' >> b.py; git add .");
    expect(state, "b.py:14");
}

static void an_octopus_merge_compares_with_every_parent(void **state)
{
    put("a.py", "import tempfile\n");
    sh("git add . && git commit -qm base;"
       "for s in 1 2 3; do git checkout -qb side$s main; " BAD " > $s.py;"
       "git add . ; git commit -qm $s; done; git checkout -q main;"
       "git merge -q --no-commit side1 side2 side3 >/dev/null 2>&1");
    expect(state, "");
    sh("echo 'tempfile.mktemp()' >> a.py; git add .");
    expect(state, "a.py:2");
}

static void
before_a_merge_commit_the_environment_names_the_parents(void **state)
{
    char hex[OBJECT_HEX_MAX];
    struct object_id side;
    struct buffer name = BUFFER_EMPTY;

    put("a.py", "import tempfile\n");
    merge(BAD " > b.py", "echo 'x = 1' > c.py");
    side = id_of("side");
    sh("rm .git/MERGE_HEAD");
    expect(state, "b.py:2");
    buffer_format(&name, "GITHEAD_%s", object_id_format(&side, hex));
    setenv(name.bytes, "side", 1);
    expect(state, "");
    unsetenv(name.bytes);
    buffer_release(&name);
}

static void a_rename_on_one_side_of_a_merge_is_clean(void **state)
{
    put("a.py", CALL "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    merge("git mv a.py b.py", "echo 'x = 1' >> a.py");
    sh("test -f b.py && ! test -f a.py");
    expect(state, "");
}

/* A check that starts git this many times. */
static void starts_git(void **state, int times, const char *want)
{
    struct buffer command = BUFFER_EMPTY;

    fake_git("echo run >> $RUNS_OF_GIT; PATH=$REAL exec git \"$@\"");
    sh(": > .git/runs");
    setenv("RUNS_OF_GIT", ".git/runs", 1);
    expect(state, want);
    unsetenv("RUNS_OF_GIT");
    real_git();
    buffer_format(&command, "test $(wc -l < .git/runs) = %d", times);
    sh(command.bytes);
    buffer_release(&command);
}

static void git_is_asked_only_what_cannot_be_told_without(void **state)
{
    put("a.py", "x = 1\n");
    sh("echo .bin > .git/info/exclude");
    sh("mkdir sub; echo 1 > sub/b.py; git add .; git commit -qm one");
    starts_git(state, 0, "");
    put("sub/a.py", CALL);
    sh("git add .");
    starts_git(state, 0, "sub/a.py:2");
    sh("git update-index --split-index; git write-tree");
    starts_git(state, 0, "sub/a.py:2");
    sh("git repack -adq; git pack-refs --all");
    starts_git(state, 0, "sub/a.py:2");
    put("sub/c.py", CALL);
    sh("git add .");
    starts_git(state, 1, "sub/a.py:2 sub/c.py:2");
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(nothing_staged_is_clean),
        IN_REPOSITORY(a_first_commit_is_compared_with_nothing),
        IN_REPOSITORY(what_is_not_staged_is_not_looked_at),
        IN_REPOSITORY(an_old_finding_does_not_count),
        IN_REPOSITORY(an_old_finding_that_moved_within_its_file_does_not_count),
        IN_REPOSITORY(an_intended_addition_is_not_part_of_the_commit),
        IN_REPOSITORY(flags_of_the_index_hide_nothing),
        IN_REPOSITORY(a_conflict_is_incomplete),
        IN_REPOSITORY(links_and_submodules_are_passed_over),
        IN_REPOSITORY(a_link_that_becomes_a_file_introduces_what_it_holds),
        IN_REPOSITORY(only_python_counts),
        IN_REPOSITORY(a_rename_keeps_its_findings_even_when_edited),
        IN_REPOSITORY(a_copy_introduces_its_findings),
        IN_REPOSITORY(a_rename_to_something_different_introduces),
        IN_REPOSITORY(a_file_that_becomes_python_introduces_what_it_holds),
        IN_REPOSITORY(
            a_call_that_moves_to_another_old_file_is_introduced_there),
        IN_REPOSITORY(names_may_hold_any_byte),
        IN_REPOSITORY(the_named_index_is_read_wherever_git_would),
        IN_REPOSITORY(every_kind_of_index_is_read),
        IN_REPOSITORY(a_sha256_repository_is_checked),
        IN_REPOSITORY(a_linked_worktree_has_its_own_index),
        IN_REPOSITORY(a_submodule_is_a_repository_of_its_own),
        IN_REPOSITORY(a_missing_blob_is_incomplete),
        IN_REPOSITORY(a_damaged_version_before_is_incomplete),
        IN_REPOSITORY(a_huge_file_is_incomplete_only_if_it_could_hold_a_call),
        IN_REPOSITORY(a_shallow_clone_is_checked_like_any),
        IN_REPOSITORY(a_merge_introduces_only_what_no_parent_has),
        IN_REPOSITORY(a_merge_of_two_sides_that_each_added_a_call_is_clean),
        IN_REPOSITORY(a_merge_that_doubles_an_old_call_introduces_it),
        IN_REPOSITORY(
            a_file_that_both_sides_renamed_is_known_to_the_merge_base),
        IN_REPOSITORY(an_octopus_merge_compares_with_every_parent),
        IN_REPOSITORY(before_a_merge_commit_the_environment_names_the_parents),
        IN_REPOSITORY(a_rename_on_one_side_of_a_merge_is_clean),
        IN_REPOSITORY(git_is_asked_only_what_cannot_be_told_without),
    };

    return cmocka_run_group_tests_name("hooks/gate/staged", tests, NULL, NULL);
}
