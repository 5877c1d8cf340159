#include "tests/hooks/lanes.h"

static void base(void)
{
    sh("mkdir -p d/e/f g m; for n in a b.py d/x d/e/y d/e/f/z g/1 g/2; do "
       "echo $n > $n; done; ln -s a l; git add .;"
       "git update-index --add --cacheinfo 160000,$(printf %040d 7),m;"
       "git commit -qm one");
}

static const struct {
    const char *what, *commands;
    int lines;
} changes[] = {
    { "nothing", "true", 0 },
    { "added", "echo 1 > new; echo 2 > d/e/new; git add .", 2 },
    { "deleted", "git rm -q a d/e/f/z", 2 },
    { "modified", "echo 1 >> a; echo 2 >> d/e/y; git add .", 2 },
    { "an executable", "git update-index --chmod=+x d/e/f/z", 1 },
    { "a link for a file", "rm g/1; ln -s 2 g/1; git add .", 1 },
    { "a file for a link", "rm l; echo l > l; git add .", 1 },
    { "a submodule for a file",
      "git update-index --cacheinfo 160000,$(printf %040d 5),a", 1 },
    { "a file for a submodule",
      "git update-index --cacheinfo 100644,$(git rev-parse HEAD:a),m", 1 },
    { "another commit of a submodule",
      "git update-index --cacheinfo 160000,$(printf %040d 5),m", 1 },
    { "a folder for a file",
      "git rm -q a; mkdir a; echo 1 > a/1; echo 2 > a/2; git add .", 3 },
    { "a file for a folder", "git rm -qr d; echo d > d; git add .", 4 },
    { "a folder that is gone", "git rm -qr g", 2 },
    { "a new folder in a folder",
      "mkdir -p d/n/n; echo 1 > d/n/1; echo 2 > d/n/n/2; git add .", 2 },
    { "all is gone", "git rm -qr .; git update-index --force-remove m", 9 },
    { "intended", "echo 1 > d/new; git add -N d/new", 0 },
    { "intended where a file was", "git rm -q --cached a; git add -N a", 1 },
    { "assumed unchanged",
      "echo 1 > a; git add a; git update-index --assume-unchanged a g/1", 1 },
    { "not checked out",
      "echo 1 > a; git add a; git update-index --skip-worktree a g/1", 1 },
    { "names next to a folder's",
      "for n in d- d.x d0 dd 'd '; do echo 1 > \"$n\"; done; git add .", 5 },
    { "names of all bytes",
      "for i in $(seq 1 255); do n=$(printf '\\%o' $i); case $i in 47|10) "
      "continue;; esac; printf 1 > \"g/x$(printf \"$n\")\"; done; git add "
      ".",
      253 },
    { "a long name",
      "n=$(printf %0250d 1); mkdir -p $n/$n/$n; echo 1 > $n/$n/$n/$n;"
      "git add .",
      1 },
    { "a very long name", /* than the index has room to tell */
      "n=$(for i in $(seq 25); do printf '%0199d/' $i; done);"
      "echo \"100644 $(git rev-parse HEAD:a)\t${n}x\" | "
      "git update-index --index-info",
      1 },
    { "no cached trees", "git read-tree --empty; git add a g", 6 },
    { "no entries at all", "git read-tree --empty", 9 },
};

static void every_kind_of_change_is_told_as_git_tells_it(void **state)
{
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        sh("rm -rf .git *; git init -q -b main .");
        base();
        sh(changes[i].commands);
        agree(*state, changes[i].lines, changes[i].what);
    }
}

static void conflicts_are_told_as_git_tells_them(void **state)
{
    static const struct {
        const char *what, *stages;
        int lines;
    } kinds[] = {
        { "both changed it", "a 1 2 3", 1 },
        { "they deleted it", "a 1 2", 1 },
        { "we deleted it", "d/e/y 1 3", 1 },
        { "both deleted it", "g/2 1", 1 },
        { "both added it", "d/new 2 3", 1 },
        { "we added it", "new/file 2", 1 },
        { "where a folder is", "d 2 3", 1 },
        { "where a submodule was", "m 1 2 3", 1 },
    };

    base();
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct buffer command = BUFFER_EMPTY;

        buffer_format(&command,
                      "git read-tree HEAD; set -- %s; p=$1; shift;"
                      "b=$(git rev-parse HEAD:b.py);"
                      "{ printf '0 %%040d\t%%s\n' 0 $p; for s in $@; do "
                      "printf '100644 %%s %%s\t%%s\n' $b $s $p; done; } |"
                      "git update-index --add --replace --index-info",
                      kinds[i].stages);
        sh(command.bytes);
        buffer_release(&command);
        agree(*state, kinds[i].lines, kinds[i].what);
    }
}

static void before_the_first_commit_everything_is_new(void **state)
{
    sh("git read-tree --empty");
    agree(*state, 0, "nothing");
    sh("mkdir -p d/e; echo 1 > d/e/f; echo 2 > g; git add .");
    agree(*state, 2, "two files");
}

/* The index has what `mark` says; the configuration is in force. */
static void in_the_format(struct sandbox *sandbox, const char *commands,
                          const char *mark)
{
    struct buffer bytes;

    sh("rm -rf .git *; git init -q -b main .");
    base();
    sh(commands);
    sh("echo 1 >> d/e/y; git add d; git rm -q a; echo 1 > d/e/new;"
       "git add d/e/new");
    bytes = bytes_of_file(INDEX);
    if (!memmem(bytes.bytes, bytes.size, mark, strlen(mark)))
        fail_msg("%s: there is no %s", commands, mark);
    buffer_release(&bytes);
    agree(sandbox, 3, commands);
}

static void every_format_is_read(void **state)
{
    in_the_format(*state, "git config index.version 2", "TREE");
    in_the_format(*state, "git update-index --skip-worktree g/1", "TREE");
    in_the_format(*state, "git update-index --index-version 4", "TREE");
    in_the_format(*state,
                  "git update-index --index-version 4;"
                  "git update-index --skip-worktree g/1 d/e/f/z",
                  "TREE");
    in_the_format(*state, "git update-index --force-untracked-cache", "UNTR");
    in_the_format(*state,
                  "printf '#!/bin/sh\\nprintf x\\0' > .git/watch;"
                  "chmod +x .git/watch; git config core.fsmonitor .git/watch;"
                  "git update-index --fsmonitor 2>/dev/null",
                  "FSMN");
    in_the_format(*state, "git config index.skipHash true", "TREE");
    in_the_format(*state, "git config index.recordEndOfIndexEntries true",
                  "EOIE");
    in_the_format(*state,
                  "git config index.threads 4;"
                  "git config index.recordOffsetTable true;"
                  "for i in $(seq 40); do echo $i > n$i; done; git add .;"
                  "git commit -qm two",
                  "IEOT");
    in_the_format(
        *state,
        "i=$(git rev-parse HEAD:g/1); { printf '0 %040d\\tg/1\\n' 0;"
        "for s in 1 2 3; do printf '100644 %s %s\\tg/1\\n' $i $s; done; }"
        "| git update-index --index-info; git add g/1",
        "REUC");
}

static void left_to_git(struct sandbox *sandbox, const char *what)
{
    char *words = described_by_us(sandbox);

    if (words)
        fail_msg("%s: %s", what, words);
}

static void any_number_of_folders_is_compared(void **state)
{
    sh("for i in $(seq 200); do mkdir -p $i/$i; echo 1 > $i/$i/a; done;"
       "git add .; git commit -qm one; git read-tree --empty");
    agree(*state, 200, "all are gone");
    sh("git add .; for i in $(seq 3 200); do echo 2 > $i/$i/a; done;"
       "git add .");
    agree(*state, 198, "most are changed");
    sh("git write-tree");
    agree(*state, 198, "and known");
}

static void entries_out_of_order_are_left_to_git(void **state)
{
    struct buffer bytes;
    char swap[64];

    sh("echo 1 > x; echo 2 > y; git add .");
    bytes = bytes_of_file(INDEX);
    memcpy(swap, bytes.bytes + 12, sizeof(swap));
    memmove(bytes.bytes + 12, bytes.bytes + 12 + sizeof(swap), sizeof(swap));
    memcpy(bytes.bytes + 12 + sizeof(swap), swap, sizeof(swap));
    put_bytes(INDEX, bytes.bytes, bytes.size);
    left_to_git(*state, "not sorted");
    memcpy(bytes.bytes + 12, bytes.bytes + 12 + sizeof(swap), sizeof(swap));
    put_bytes(INDEX, bytes.bytes, bytes.size);
    left_to_git(*state, "twice the same");
    buffer_release(&bytes);
}

/* What the next commit would bring, by its own tree. */
static char *committed(struct sandbox *sandbox)
{
    struct buffer out = BUFFER_EMPTY;
    struct diff diff = DIFF_EMPTY;
    struct error err;
    struct text rest;
    char *words;

    (void)sandbox;
    sh("git diff-tree -r --raw -z --no-abbrev --no-renames HEAD "
       "$(git write-tree) > .git/raw");
    out = bytes_of_file(".git/raw");
    rest = buffer_view(&out);
    assert_int_equal(0, diff_parse(&diff, &rest, &err));
    words = described(&diff);
    diff_release(&diff);
    buffer_release(&out);
    return words;
}

/* Have TREE name another tree, with the same files, for a folder. */
static void lie(const char *of, const char *instead)
{
    struct object_id true_id = id_of(of), other = id_of(instead);
    struct buffer bytes = bytes_of_file(INDEX);
    char *trees = memmem(bytes.bytes, bytes.size, "TREE", 4), *id;

    assert_non_null(trees);
    id = memmem(trees, (size_t)(bytes.bytes + bytes.size - trees),
                true_id.bytes, true_id.size);
    assert_non_null(id);
    memcpy(id, other.bytes, other.size);
    put_sealed(INDEX, bytes.bytes, bytes.size - SHA1_SIZE);
    buffer_release(&bytes);
}

static void where_index_and_trees_differ_what_is_committed_counts(void **state)
{
    /* The last is what is changed: not below it, and its root is not known. */
    static const char *const rows[][3] = {
        { "HEAD^{tree}", "refs/other^{tree}", "true" },
        { "HEAD:d", "refs/other:d", "echo 2 > a; git add a" },
        { "HEAD:d/e", "refs/other:d/e", "echo 2 > d/x; git add d/x" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char *ours, *theirs;

        sh("rm -rf .git *; git init -q -b main .");
        base();
        sh("echo 2 > d/e/y; git commit -qam two; git update-ref refs/other "
           "HEAD; git reset -q --hard HEAD^; git read-tree HEAD");
        sh(rows[i][2]);
        lie(rows[i][0], rows[i][1]);
        ours = described_by_us(*state);
        theirs = committed(*state);
        if (!ours || strcmp(ours, theirs) != 0 || !strstr(ours, "d/e/y"))
            fail_msg("%s: we say\n%sgit commits\n%s", rows[i][0], ours, theirs);
        free(ours);
        free(theirs);
    }
}

static void a_known_tree_that_is_gone_is_made_anew_as_git_does(void **state)
{
    base();
    sh("echo 1 >> d/e/y; git add d; git write-tree;"
       "rm -f $(git write-tree | sed 's|^..|.git/objects/&/|')");
    agree(*state, 1, "the root");
    sh("rm -f $(git write-tree --prefix=d/ | sed 's|^..|.git/objects/&/|')");
    left_to_git(*state, "a folder, but not the root, that names it");
}

static void a_known_tree_that_is_damaged_is_an_error(void **state)
{
    struct object_id tree;
    struct error err = { .message = "" };
    struct index index;
    struct diff diff;
    struct repo *repo;

    base();
    sh("echo 1 >> d/e/y; git add d; t=$(git write-tree | sed "
       "'s|^..|.git/objects/&/|'); chmod u+w $t; echo > $t");
    repo = opened(*state);
    tree = id_of("HEAD^{tree}");
    assert_true(index_read(&index, INDEX, SHA1_SIZE));
    assert_int_equal(-1, index_diff(&diff, &index, repo, &tree, &err));
    assert_non_null(strstr(err.message, "damaged"));
    assert_int_equal(0, diff.entries_count);
    index_release(&index);
}

/* The same index, in which TREE has `digits` for the files of g, which are 2.
 */
static void miscount(const char *digits)
{
    struct buffer bytes;
    char *at;

    sh("git read-tree HEAD; echo 3 > a; git add a");
    bytes = bytes_of_file(INDEX);
    at = memmem(bytes.bytes, bytes.size,
                "g\0"
                "2 0\n",
                6);
    assert_non_null(at);
    at[2] = digits[0];
    put_sealed(INDEX, bytes.bytes, bytes.size - SHA1_SIZE);
    buffer_release(&bytes);
}

static void a_known_tree_of_another_size_is_an_error(void **state)
{
    static const char *const digits[] = { "0", "1", "3", "9" };

    base();
    for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++) {
        struct repo *repo = opened(*state);
        struct object_id tree = id_of("HEAD^{tree}");
        struct error err = { .message = "" };
        struct index index;
        struct diff diff;

        miscount(digits[i]);
        assert_true(index_read(&index, INDEX, SHA1_SIZE));
        assert_int_equal(-1, index_diff(&diff, &index, repo, &tree, &err));
        assert_string_equal("the index contradicts itself about the folder g/: "
                            "'git reset', then add again",
                            err.message);
        index_release(&index);
    }
}

static void a_tree_that_git_would_not_write_is_left_to_git(void **state)
{
    /* An entry has 29 bytes: mode, name, and the id in binary. */
    sh("echo 1 > a; echo 2 > c; git add .; git commit -qm one;"
       "git cat-file tree HEAD > tree; git read-tree --empty; git add tree");
    agree(*state, 3, "as git writes it");
    sh("t=$({ tail -c 29 tree; head -c 29 tree; } |"
       "git hash-object -t tree -w --literally --stdin);"
       "git update-ref HEAD $(git commit-tree -m x $t)");
    left_to_git(*state, "not sorted");
    sh("t=$({ head -c 29 tree; head -c 29 tree; } |"
       "git hash-object -t tree -w --literally --stdin);"
       "git update-ref HEAD $(git commit-tree -m x $t)");
    left_to_git(*state, "twice the same");
}

static void a_tree_that_cannot_be_read_is_left_to_git(void **state)
{
    base();
    sh("cp .git/index .git/known; echo 1 > d/new; git add .;"
       "t=$(git rev-parse HEAD:d | sed 's|^..|.git/objects/&/|');"
       "chmod u+w $t; echo > $t");
    left_to_git(*state, "damaged");
    sh("rm -f $(git rev-parse HEAD:d | sed 's|^..|.git/objects/&/|')");
    left_to_git(*state, "missing");
    sh("mv .git/known .git/index");
    agree(*state, 0, "not needed");
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(every_kind_of_change_is_told_as_git_tells_it),
        IN_REPOSITORY(conflicts_are_told_as_git_tells_them),
        IN_REPOSITORY(before_the_first_commit_everything_is_new),
        IN_REPOSITORY(every_format_is_read),
        IN_REPOSITORY(any_number_of_folders_is_compared),
        IN_REPOSITORY(entries_out_of_order_are_left_to_git),
        IN_REPOSITORY(where_index_and_trees_differ_what_is_committed_counts),
        IN_REPOSITORY(a_known_tree_that_is_gone_is_made_anew_as_git_does),
        IN_REPOSITORY(a_known_tree_that_is_damaged_is_an_error),
        IN_REPOSITORY(a_known_tree_of_another_size_is_an_error),
        IN_REPOSITORY(a_tree_that_git_would_not_write_is_left_to_git),
        IN_REPOSITORY(a_tree_that_cannot_be_read_is_left_to_git),
    };

    return cmocka_run_group_tests_name("hooks/git/index_diff", tests, NULL,
                                       NULL);
}
