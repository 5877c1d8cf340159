#include "tests/hooks/sandbox.h"

#include "hooks/scan/importers.h"

/* May another file import what the file imports? Outside of a repository. */
static bool may_alone(const char *opens)
{
    struct importers importers = { .asked = false };
    bool result = importers_may_be(&importers, NULL, opens, opens);

    importers_release(&importers);
    importers_release(&importers);
    return result;
}

/* The same in the repository of the current folder. */
static bool may_within(struct sandbox *sandbox, const char *path)
{
    struct importers importers = { .asked = false };
    const struct repo *repo = opened(sandbox);
    struct buffer opens = BUFFER_EMPTY;
    bool result;

    buffer_format(&opens, "%s/%s", repo_root(repo), path);
    result = importers_may_be(&importers, repo, path, opens.bytes);
    buffer_release(&opens);
    importers_release(&importers);
    return result;
}

static void a_file_alone_has_none(void **state)
{
    (void)state;
    put("a.py", "from tempfile import mktemp\n");
    put("b.py", "import os\n");
    put("c.txt", "from a import mktemp\n");
    assert_false(may_alone("a.py"));
}

static void a_file_of_its_folder_may_be_one(void **state)
{
    (void)state;
    sh("mkdir pkg");
    put("pkg/a.py", "");
    put("pkg/b.py", "from a import mktemp\n");
    assert_true(may_alone("pkg/a.py"));
    put("pkg/b.py", "from a import *\n");
    assert_true(may_alone("pkg/a.py"));
    put("pkg/b.py", "from other import mktemp\n");
    assert_false(may_alone("pkg/a.py"));
}

static void a_package_has_always_some(void **state)
{
    (void)state;
    sh("mkdir pkg");
    put("pkg/__init__.py", "");
    put("__init__.py", "");
    assert_true(may_alone("pkg/__init__.py"));
    assert_true(may_alone("__init__.py"));
}

static void what_cannot_be_read_may_import_anything(void **state)
{
    (void)state;
    put("a.py", "");
    sh("ln -s nowhere b.py");
    assert_true(may_alone("a.py"));
}

static void anywhere_in_a_repository_there_may_be_one(void **state)
{
    (void)state;
    sh("git init -q; mkdir -p pkg other/deep");
    put("pkg/a.py", "from tempfile import mktemp\n");
    put("other/deep/b.py", "from pkg.a import gettempdir\n");
    sh("git add .");
    assert_false(may_within(*state, "pkg/a.py"));
    put("other/deep/b.py", "from pkg.a import mktemp\n");
    assert_true(may_within(*state, "pkg/a.py"));
}

static void a_file_that_is_not_tracked_counts(void **state)
{
    (void)state;
    sh("git init -q; mkdir pkg");
    put("pkg/a.py", "from tempfile import mktemp\n");
    sh("git add .");
    put("new.py", "from pkg.a import *\n");
    assert_true(may_within(*state, "pkg/a.py"));
}

static void where_git_fails_there_may_be_one(void **state)
{
    struct importers importers = { .asked = false };
    struct buffer opens = BUFFER_EMPTY;
    const struct repo *repo;

    sh("git init -q");
    put("a.py", "from tempfile import mktemp\n");
    repo = opened(*state);
    buffer_format(&opens, "%s/a.py", repo_root(repo));
    sh("mv .git gone");
    assert_true(importers_may_be(&importers, repo, "a.py", opens.bytes));
    sh("mv gone .git");
    buffer_release(&opens);
    importers_release(&importers);
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_alone_has_none),
        IN_FOLDER(a_file_of_its_folder_may_be_one),
        IN_FOLDER(a_package_has_always_some),
        IN_FOLDER(what_cannot_be_read_may_import_anything),
        IN_FOLDER(anywhere_in_a_repository_there_may_be_one),
        IN_FOLDER(a_file_that_is_not_tracked_counts),
        IN_FOLDER(where_git_fails_there_may_be_one),
    };

    return cmocka_run_group_tests_name("hooks/scan/importers", tests, NULL,
                                       NULL);
}
