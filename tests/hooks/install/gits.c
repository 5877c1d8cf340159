#include "tests/hooks/sandbox.h"

#include "hooks/install/gits.h"

static char *absolute(const char *rest)
{
    char *folder = getcwd(NULL, 0);
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s%s", folder, rest);
    free(folder);
    return buffer_detach(&path);
}

/* PATH of folders below the current one. */
static struct gits find(const char *const *folders, const char *home)
{
    struct buffer path = BUFFER_EMPTY;
    struct gits gits = GITS_EMPTY;

    for (size_t i = 0; folders[i]; i++) {
        char *folder = absolute(folders[i]);

        buffer_format(&path, "%s%s", i ? ":" : "", folder);
        free(folder);
    }
    gits_find(&gits, path.bytes, home);
    buffer_release(&path);
    return gits;
}

static void put_git(const char *folder, const char *words)
{
    struct buffer command = BUFFER_EMPTY;

    buffer_format(&command,
                  "mkdir -p %s; printf '#!/bin/sh\\necho %s\\n' > %s/git; "
                  "chmod +x %s/git",
                  folder, words, folder, folder);
    sh(command.bytes);
    buffer_release(&command);
}

static void those_of_path_come_first_in_its_order(void **state)
{
    static const char *const folders[] = { "/b", "/nowhere", "/a", NULL };
    struct gits gits;
    char *first;

    (void)state;
    put_git("a", "git version 2.39.5");
    put_git("b", "git version 2.54.0.rc1");
    gits = find(folders, NULL);
    first = absolute("/b/git");
    assert_string_equal(first, gits.items[0].path);
    assert_string_equal("2.54.0.rc1", gits.items[0].version);
    assert_string_equal("2.39.5", gits.items[1].version);
    assert_int_equal(39, gits.items[1].minor);
    free(first);
    gits_release(&gits);
}

static void the_same_file_is_not_named_twice(void **state)
{
    static const char *const folders[] = { "/a", "/link", "/a", NULL };
    struct gits gits;
    size_t ours = 0;

    (void)state;
    put_git("a", "git version 2.39.5");
    sh("ln -s a link");
    gits = find(folders, NULL);
    for (size_t i = 0; i < gits.items_count; i++)
        ours += strncmp(gits.items[i].path, "/tmp/", 5) == 0;
    assert_int_equal(1, ours);
    gits_release(&gits);
}

static void one_that_does_not_run_has_no_version(void **state)
{
    static const char *const folders[] = { "/a", NULL };
    struct gits gits;

    (void)state;
    put_git("a", "something else");
    gits = find(folders, NULL);
    assert_null(gits.items[0].version);
    assert_false(git_is(&gits.items[0], 1, 0));
    gits_release(&gits);
}

static void folders_at_home_are_usual_places(void **state)
{
    static const char *const folders[] = { "/nowhere", NULL };
    struct gits gits;
    char *home;
    bool found = false;

    (void)state;
    put_git(".local/bin", "git version 3.0.0");
    home = absolute("");
    gits = find(folders, home);
    for (size_t i = 0; i < gits.items_count; i++)
        found = found || git_is(&gits.items[i], 3, 0);
    assert_true(found);
    free(home);
    gits_release(&gits);
}

static void versions_compare_as_numbers(void **state)
{
    const struct git git = { .version = (char[]){ "2.9.1" },
                             .major = 2,
                             .minor = 9 };

    (void)state;
    assert_true(git_is(&git, 2, 9));
    assert_true(git_is(&git, 1, 20));
    assert_false(git_is(&git, 2, 10));
    assert_false(git_is(&git, 3, 0));
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(those_of_path_come_first_in_its_order),
        IN_FOLDER(the_same_file_is_not_named_twice),
        IN_FOLDER(one_that_does_not_run_has_no_version),
        IN_FOLDER(folders_at_home_are_usual_places),
        IN_FOLDER(versions_compare_as_numbers),
    };

    return cmocka_run_group_tests_name("hooks/install/gits", tests, NULL, NULL);
}
