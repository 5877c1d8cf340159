#include "tests/hooks/sandbox.h"

#include "hooks/git/repo_branch.h"
#include "hooks/git/repo_format.h"
#include "hooks/git/repo_lines.h"

static const char *const names[REPO_LINES] = {
    "format", "shallow", "git folder", "common folder", "objects",
    "index",  "root",    "HEAD",       "tree of HEAD",
};

/* Both openers find the same; without git only if that is `expected`. */
static void agree(bool expected, const char *what)
{
    struct repo_lines ours, gits = { .lines = { NULL } };
    struct error err = { .message = "" };
    int own = repo_own_open(&ours), git = repo_git_open(&gits, &err);

    if (own != expected)
        fail_msg("%s: %s", what, own ? "not left to git" : "left to git");
    if (own && git != 1)
        fail_msg("%s: git says %s", what, err.message);
    for (size_t i = 0; own && i < REPO_HEAD_TREE; i++)
        if (!ours.lines[i] || strcmp(ours.lines[i], gits.lines[i]) != 0)
            fail_msg("%s: %s: %s, git: %s", what, names[i], ours.lines[i],
                     gits.lines[i]);
    for (size_t i = 0; !own && i < REPO_LINES; i++)
        assert_null(ours.lines[i]);
    repo_lines_release(&ours);
    repo_lines_release(&gits);
}

static const struct {
    const char *what, *commands;
    bool own;
} places[] = {
    { "a branch", "true", true },
    { "a folder below", "mkdir -p d/e; cd d/e", true },
    { "a packed branch", "git pack-refs --all", true },
    { "a branch that is packed and moved",
      "git pack-refs --all; git commit -q --allow-empty -m two", true },
    { "a branch in a folder", "git checkout -q -b one/two/three", true },
    { "a branch whose folder is a packed one's",
      "git checkout -q -b a/b; git pack-refs --all; "
      "mkdir -p .git/refs/heads/a/b",
      false },
    { "one whose name ends like it",
      "git branch x/main; git commit -q --allow-empty -m two;"
      "git pack-refs --all",
      true },
    { "no branch", "git checkout -q --detach", true },
    { "no commit", "git checkout -q --orphan other", false },
    { "a branch that leads to another",
      "git symbolic-ref refs/heads/x refs/heads/main;"
      "git symbolic-ref HEAD refs/heads/x",
      false },
    { "no branch but another ref",
      "git update-ref refs/other HEAD; git symbolic-ref HEAD refs/heads/main;"
      "echo 'ref: refs/other' > .git/HEAD",
      false },
    { "HEAD without an end", "printf 'ref: refs/heads/main' > .git/HEAD",
      false },
    { "HEAD with a blank", "printf 'ref: refs/heads/main \\n' > .git/HEAD",
      false },
    { "HEAD is a link", "rm .git/HEAD; ln -s refs/heads/main .git/HEAD",
      false },
    { "a branch is a link",
      "git branch y; ln -s y .git/refs/heads/z;"
      "git symbolic-ref HEAD refs/heads/z",
      false },
    { "HEAD leads outside", "echo 'ref: refs/heads/../heads/main' > .git/HEAD",
      false },
    { "a damaged branch", "echo x > .git/refs/heads/main", false },
    { "a linked worktree", "git worktree add -q w; cd w", true },
    { "below a linked worktree", "git worktree add -q w; mkdir w/d; cd w/d",
      true },
    { "a submodule",
      "git init -q ../s$$; git -C ../s$$ commit -q --allow-empty -m s;"
      "git -c protocol.file.allow=always submodule add -q $PWD/../s$$ s;"
      "rm -rf ../s$$; cd s",
      true },
    { "below a submodule",
      "git init -q ../s$$; git -C ../s$$ commit -q --allow-empty -m s;"
      "git -c protocol.file.allow=always submodule add -q $PWD/../s$$ s;"
      "rm -rf ../s$$; mkdir s/d; cd s/d",
      true },
    { "a git folder elsewhere",
      "mv .git other; printf 'gitdir: other\\n' > .git", true },
    { "a git folder elsewhere, told without an end",
      "mv .git other; printf 'gitdir: other' > .git", false },
    { "a git folder elsewhere, that is not there",
      "rm -rf .git; echo 'gitdir: nowhere' > .git", false },
    { "a link for a git folder", "mv .git other; ln -s other .git", false },
    { "in the git folder", "cd .git", false },
    { "below the git folder", "cd .git/refs", false },
    { "a bare repository", "git clone -q --bare . b; cd b", false },
    { "a worktree of a bare repository",
      "git clone -q --bare . b; git -C b worktree add -q ../w main; cd w",
      true },
    { "said to be bare", "git config core.bare true", false },
    { "the folder is elsewhere",
      "mkdir w; git config core.worktree $PWD/w; cd w", true },
    { "the folder above",
      "mkdir d; mv .git d; git -C d config core.worktree "
      "..; cd d",
      true },
    { "the folder is elsewhere, and we are not there",
      "mkdir w; git config core.worktree $PWD/w", false },
    { "one in one",
      "mkdir d; git init -q d; cd d; git commit -q "
      "--allow-empty -m one",
      true },
    { "an empty git folder in one", "mkdir -p d/.git; cd d", false },
    { "shallow",
      "git commit -q --allow-empty -m two; git clone -q --depth 1 "
      "file://$PWD c; cd c",
      true },
    { "partial",
      "git config uploadpack.allowFilter true;"
      "git clone -q --filter=blob:none file://$PWD c; cd c",
      true },
    { "borrowing", "git clone -q --shared . c; cd c", true },
    { "SHA-256",
      "rm -rf .git; git init -q --object-format=sha256 .;"
      "git commit -q --allow-empty -m one; git pack-refs --all",
      true },
    { "a configuration of its own for each worktree",
      "git config extensions.worktreeConfig true; git worktree add -q w;"
      "cd w; git config --worktree core.x y",
      true },
    { "one that moves the worktree",
      "git config extensions.worktreeConfig true; git worktree add -q w;"
      "mkdir v; cd w; git config --worktree core.worktree $PWD/../v",
      false },
    { "sparse", "git sparse-checkout init --cone", true },
    { "version 1",
      "git config core.repositoryFormatVersion 1;"
      "git config extensions.noop true;"
      "git config extensions.preciousObjects true",
      true },
    { "version 2", "git config core.repositoryFormatVersion 2", false },
    { "no version", "git config --unset core.repositoryFormatVersion", false },
    { "an unknown extension",
      "git config core.repositoryFormatVersion 1;"
      "git config extensions.strange true",
      false },
    { "an unknown extension, of version 0",
      "git config extensions.strange true", false },
    { "an extension of version 1 at version 0",
      "git config extensions.objectFormat sha1", false },
    { "a file that includes another",
      "git config include.path other; mkdir w;"
      "printf '[core]\\n worktree = %s/w\\n bare = true\\n' $PWD > .git/other",
      true },
    { "a damaged configuration", "echo '[' >> .git/config", false },
    { "no configuration", "rm .git/config", false },
    { "no refs", "git pack-refs --all; rm -r .git/refs", false },
    { "no objects", "rm -rf .git/objects", false },
    { "of somebody else", "chown 12345 .", false },
    { "a git folder of somebody else", "chown 12345 .git", false },
    { "no repository", "rm -rf .git", false },
};

static void go(struct sandbox *sandbox, const char *commands)
{
    struct buffer line = BUFFER_EMPTY;
    char folder[1024] = "";
    FILE *pipe;

    assert_int_equal(0, chdir(sandbox->folder));
    sh("chown $(id -u) .; rm -rf .git * 2>/dev/null; git init -q -b main .;"
       "git commit -q --allow-empty -m one");
    buffer_format(&line, "set -e; exec 3>&1 >&2; %s; pwd -P >&3", commands);
    pipe = popen(line.bytes, "r");
    assert_non_null(pipe);
    if (!fgets(folder, sizeof(folder), pipe) || pclose(pipe) != 0)
        fail_msg("%s", commands);
    folder[strcspn(folder, "\n")] = '\0';
    assert_int_equal(0, chdir(folder));
    buffer_release(&line);
}

static void what_is_found_is_what_git_finds(void **state)
{
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        if (geteuid() != 0 && strstr(places[i].commands, "chown"))
            continue;
        go(*state, places[i].commands);
        agree(places[i].own, places[i].what);
    }
}

static const struct {
    const char *name, *value; /* '@' is the sandbox's folder */
    bool own;
} variables[] = {
    { "GIT_INDEX_FILE", "other", true },
    { "GIT_INDEX_FILE", ".git/index", true },
    { "GIT_INDEX_FILE", "@/.git/index.lock", true },
    { "GIT_INDEX_FILE", "@/d/../.git/next-index-1.lock", true },
    { "GIT_INDEX_FILE", "", false },
    { "GIT_DIR", "@/.git", true },
    { "GIT_DIR", "@/d/../.git/", true },
    { "GIT_DIR", "../.git", false },
    { "GIT_DIR", "@/d", false },
    { "GIT_DIR", "@/nowhere", false },
    { "GIT_DIR", "", false },
    { "GIT_WORK_TREE", "@", false },
    { "GIT_COMMON_DIR", "@/.git", false },
    { "GIT_OBJECT_DIRECTORY", "@/.git/objects", false },
    { "GIT_ALTERNATE_OBJECT_DIRECTORIES", "@/.git/objects", false },
    { "GIT_CEILING_DIRECTORIES", "@", false },
    { "GIT_NAMESPACE", "x", false },
    { "GIT_CONFIG_COUNT", "0", false },
    { "GIT_SHALLOW_FILE", "@/x", false },
    { "GIT_IMPLICIT_WORK_TREE", "0", false },
    { "GIT_UNKNOWN", "1", false },
    { "GIT_PREFIX", "d/", true },
    { "GIT_EDITOR", ":", true },
    { "GIT_AUTHOR_DATE", "@0 +0000", true },
};

static void variables_mean_what_they_mean_to_git(void **state)
{
    struct sandbox *sandbox = *state;

    for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
        const char *name = variables[i].name, *at = variables[i].value;
        struct buffer value = BUFFER_EMPTY, what = BUFFER_EMPTY;

        go(sandbox, "mkdir d; cd d");
        buffer_string(&value, "");
        for (; *at; at++)
            if (*at == '@' && strncmp(name, "GIT_AUTHOR", 10) != 0)
                buffer_string(&value, sandbox->folder);
            else
                buffer_byte(&value, *at);
        buffer_byte(&value, '\0');
        buffer_format(&what, "%s=%s", name, variables[i].value);
        setenv(name, value.bytes, 1);
        agree(variables[i].own, what.bytes);
        unsetenv(name);
        buffer_release(&value);
        buffer_release(&what);
    }
    clean_environment();
}

static void
in_a_hook_of_a_linked_worktree_it_is_known_from_the_environment(void **state)
{
    struct sandbox *sandbox = *state;
    struct buffer path = BUFFER_EMPTY;

    go(sandbox, "git worktree add -q w; cd w");
    buffer_format(&path, "%s/.git/worktrees/w", sandbox->folder);
    setenv("GIT_DIR", path.bytes, 1);
    buffer_string(&path, "/index");
    setenv("GIT_INDEX_FILE", path.bytes, 1);
    agree(true, "a linked worktree's hook");
    buffer_release(&path);
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(what_is_found_is_what_git_finds),
        IN_REPOSITORY(variables_mean_what_they_mean_to_git),
        IN_REPOSITORY(
            in_a_hook_of_a_linked_worktree_it_is_known_from_the_environment),
    };

    return cmocka_run_group_tests_name("hooks/git/repo_own", tests, NULL, NULL);
}
