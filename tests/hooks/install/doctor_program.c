#include "tests/hooks/sandbox.h"

#include "hooks/install/doctor_program.h"

static void put_program(const char *words)
{
    struct buffer command = BUFFER_EMPTY;

    buffer_format(&command,
                  "printf '#!/bin/sh\\n%s\\n' > program; chmod +x program",
                  words);
    sh(command.bytes);
    buffer_release(&command);
}

/* Look at ./program; the one entry must have this id. */
static void expect(struct sandbox *sandbox, const char *id)
{
    struct checkup checkup = CHECKUP_EMPTY;
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/program", sandbox->folder);
    assert_false(doctor_program(&checkup, path.bytes, "repair"));
    assert_int_equal(1, checkup.entries_count);
    assert_string_equal(id, checkup.entries[0].id);
    assert_int_equal(CHECKUP_FAIL, checkup.entries[0].state);
    assert_string_equal("repair", checkup.entries[0].repair);
    checkup_release(&checkup);
    buffer_release(&path);
}

static void one_that_is_gone_is_told(void **state)
{
    expect(*state, "program.present");
}

static void one_that_does_not_run_is_told(void **state)
{
    put("program", "");
    expect(*state, "program.runs");
    put_program("exit 1");
    expect(*state, "program.runs");
    put_program("echo something else");
    expect(*state, "program.runs");
}

static void another_version_is_told(void **state)
{
    put_program("echo tmpguard 0.0.1");
    expect(*state, "program.version");
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(one_that_is_gone_is_told),
        IN_FOLDER(one_that_does_not_run_is_told),
        IN_FOLDER(another_version_is_told),
    };

    return cmocka_run_group_tests_name("hooks/install/doctor_program", tests,
                                       NULL, NULL);
}
