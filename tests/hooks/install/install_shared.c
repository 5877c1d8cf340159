#include "tests/hooks/sandbox.h"

#include <sys/stat.h>

#include "hooks/install/install_shared.h"

static int check(const char *path)
{
    struct error err = { .code = ERROR_SYSTEM, .message = "" };
    int result = shared_check(path, &err);

    if (result < 0)
        assert_int_equal(ERROR_USAGE, err.code);
    return result;
}

static void
a_program_that_all_can_run_and_none_can_change_is_shared(void **state)
{
    (void)state;
    assert_int_equal(0, check("/bin/sh"));
}

static void a_program_that_some_cannot_read_or_run_is_not(void **state)
{
    (void)state;
    sh("chmod 755 .; cp /bin/true p; chmod 700 p");
    assert_int_equal(-1, check("p"));
    sh("chmod 711 p");
    assert_int_equal(-1, check("p"));
    sh("chmod 755 p; mkdir -p closed; mv p closed; chmod 700 closed");
    assert_int_equal(-1, check("closed/p"));
}

static void one_that_others_can_change_or_replace_is_not(void **state)
{
    (void)state;
    sh("chmod 755 .; cp /bin/true p; chmod 757 p");
    assert_int_equal(-1, check("p"));
    sh("chmod 755 p; mkdir -p open; mv p open; chmod 777 open");
    assert_int_equal(-1, check("open/p"));
    sh("chmod 1777 open");
    assert_int_equal(0, check("open/p"));
}

static void what_a_link_points_to_counts(void **state)
{
    (void)state;
    sh("chmod 755 .; mkdir -p closed; cp /bin/true closed/p; chmod 700 closed; "
       "ln -s closed/p p");
    assert_int_equal(-1, check("p"));
}

static void folders_and_files_are_opened_up(void **state)
{
    struct paths made = { .items = NULL };
    struct error err;

    (void)state;
    sh("umask 077; mkdir one; echo x > two");
    *ARRAY_PUSH(made.items) = memory_copy("one", 3);
    assert_int_equal(0, shared_open_up(&made, &err));
    assert_int_equal(0, shared_open_file("two", &err));
    sh("test $(stat -c %a one) = 755; test $(stat -c %a two) = 644");
    paths_release(&made);
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_program_that_all_can_run_and_none_can_change_is_shared),
        IN_FOLDER(a_program_that_some_cannot_read_or_run_is_not),
        IN_FOLDER(one_that_others_can_change_or_replace_is_not),
        IN_FOLDER(what_a_link_points_to_counts),
        IN_FOLDER(folders_and_files_are_opened_up),
    };

    return cmocka_run_group_tests_name("hooks/install/install_shared", tests,
                                       NULL, NULL);
}
