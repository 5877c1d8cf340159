#include "tests/hooks/sandbox.h"

#include "hooks/install/template_default.h"

static void copy(void)
{
    struct error err;

    if (template_default_copy("mine", "state", &err) != 0)
        fail_msg("%s", err.message);
}

static void take_out(void)
{
    struct error err;

    if (template_default_take_out("mine", "state", &err) != 0)
        fail_msg("%s", err.message);
}

static void it_is_what_git_gives_and_goes_again(void **state)
{
    (void)state;
    sh("mkdir mine state; git init -q --bare made; cd made; "
       "rm -r HEAD config objects refs");
    copy();
    sh("diff -r made mine; test \"$(ls state)\" = copied; "
       "test -f mine/description");
    take_out();
    take_out();
    sh("test -z \"$(ls -A mine)\"; test -z \"$(ls -A state)\"");
}

static void what_is_there_already_is_neither_changed_nor_taken(void **state)
{
    (void)state;
    sh("mkdir -p mine/info state; echo mine > mine/description; "
       "ln -s nowhere mine/info/exclude");
    copy();
    sh("test $(cat mine/description) = mine; test -L mine/info/exclude");
    take_out();
    sh("test \"$(cd mine; find . | sort | tr '\\n' ' ')\" = "
       "'. ./description ./info ./info/exclude '");
}

static void what_somebody_changed_since_stays(void **state)
{
    (void)state;
    sh("mkdir mine state");
    copy();
    sh("echo more >> mine/description");
    take_out();
    sh("test \"$(ls mine)\" = description");
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(it_is_what_git_gives_and_goes_again),
        IN_REPOSITORY(what_is_there_already_is_neither_changed_nor_taken),
        IN_REPOSITORY(what_somebody_changed_since_stays),
    };

    return cmocka_run_group_tests_name("hooks/install/template_default", tests,
                                       NULL, NULL);
}
