#include "tests/hooks/sandbox.h"

#include "hooks/install/install_shim.h"

/* A program that is there and says that all is well. */
#define PROGRAM "/bin/true"

static const struct shim_event *event_called(const char *name)
{
    size_t count;
    const struct shim_event *events = shim_events(&count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(events[i].name, name) == 0)
            return &events[i];
    fail_msg("no event %s", name);
    return NULL;
}

static enum shim_kind kind_of(const char *path)
{
    enum shim_kind kind = SHIM_ABSENT;
    struct error err = { .message = "" };

    if (shim_look(&kind, path, &err) < 0)
        fail_msg("%s", err.message);
    return kind;
}

static void a_shim_is_ours_until_a_byte_of_it_changes(void **state)
{
    struct buffer shim = BUFFER_EMPTY;

    (void)state;
    assert_int_equal(SHIM_ABSENT, kind_of("hook"));
    shim_beside(&shim, event_called("pre-commit"), PROGRAM);
    put_bytes("hook", shim.bytes, shim.size);
    assert_int_equal(SHIM_OURS, kind_of("hook"));
    shim.bytes[shim.size - 2] ^= 1;
    put_bytes("hook", shim.bytes, shim.size);
    assert_int_equal(SHIM_EDITED, kind_of("hook"));
    put_bytes("hook", shim.bytes, 60);
    assert_int_equal(SHIM_EDITED, kind_of("hook"));
    put("hook", "#!/bin/sh\nexit 0\n");
    assert_int_equal(SHIM_FOREIGN, kind_of("hook"));
    buffer_release(&shim);
}

static void a_shim_is_known_apart_from_its_line_ends(void **state)
{
    struct buffer shim = BUFFER_EMPTY;

    (void)state;
    shim_beside(&shim, event_called("pre-push"), PROGRAM);
    put_bytes("hook", shim.bytes, shim.size);
    sh("sed -i 's/$/\\r/' hook");
    assert_int_equal(SHIM_CRLF, kind_of("hook"));
    sh("sed -i 's/lines/words/' hook");
    assert_int_equal(SHIM_EDITED, kind_of("hook"));
    buffer_release(&shim);
}

static void a_link_to_nothing_is_somebody_elses(void **state)
{
    (void)state;
    sh("ln -s nowhere hook");
    assert_int_equal(SHIM_FOREIGN, kind_of("hook"));
}

static void every_shim_is_a_script_of_few_lines(void **state)
{
    size_t count;
    const struct shim_event *events = shim_events(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct buffer shim = BUFFER_EMPTY;
        size_t lines = 0;

        if (events[i].check)
            shim_beside(&shim, &events[i], "/a 'b'/tmpguard");
        else
            shim_before(&shim, &events[i], "/a 'b'/tmpguard", "c 'd'");
        for (size_t j = 0; j < shim.size; j++)
            lines += shim.bytes[j] == '\n';
        if (lines >= 25)
            fail_msg("%s: %zu lines", events[i].name, lines);
        put_bytes("hook", shim.bytes, shim.size);
        sh("sh -n hook");
        buffer_release(&shim);
    }
}

static void a_server_checks_what_it_receives_and_nothing_else(void **state)
{
    size_t count;
    const struct shim_event *events = shim_events_of(INSTALL_SERVER, &count);
    struct buffer shim = BUFFER_EMPTY, command = BUFFER_EMPTY;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if ((strcmp(events[i].name, "pre-receive") == 0) != !!events[i].check)
            fail_msg("%s", events[i].name);
        if (events[i].check)
            shim_beside(&shim, &events[i], "./tmpguard");
    }
    sh("printf '#!/bin/sh\\necho \"$@\" > seen; cat > lines\n' > tmpguard;"
       "chmod +x tmpguard; git init -q");
    put("hook", shim.bytes);
    sh("echo line | sh hook; test \"$(cat lines)\" = line;"
       "test \"$(cat seen)\" = 'check --pre-receive --deadline 60'");
    shim_server_command(&command, "./tmpguard");
    put("command", command.bytes);
    sh("git config hooks.tmpguard.deadline 5; rm lines;"
       "echo more | sh -c \"$(cat command)\"; test \"$(cat lines)\" = more;"
       "test \"$(cat seen)\" = 'check --pre-receive --deadline 5'");
    sh("rm seen; sh -c \"$(cat command)\" </dev/null; test ! -e seen");
    buffer_release(&shim);
    buffer_release(&command);
}

static void a_name_is_one_word_of_the_shell_whatever_is_in_it(void **state)
{
    struct buffer command = BUFFER_EMPTY;

    (void)state;
    sh("mkdir \"a'b \\$(c)\"; printf '#!/bin/sh\\necho \"$@\" > seen\\n' > "
       "\"a'b \\$(c)/tmpguard\"; chmod +x a*/tmpguard");
    shim_command(&command, "a'b $(c)/tmpguard");
    put("command", command.bytes);
    sh("sh -c \"$(cat command)\"; test \"$(cat seen)\" = 'check --record'");
    sh("echo line | sh -c \"$(cat command) \\\"\\$@\\\"\" sh origin url; "
       "test \"$(cat seen)\" = 'check --pre-push'");
    buffer_release(&command);
}

static void a_commit_asks_the_daemon_where_its_client_is_beside(void **state)
{
    struct buffer command = BUFFER_EMPTY, shim = BUFFER_EMPTY;

    (void)state;
    sh("printf '#!/bin/sh\\necho plain \"$@\" > seen\\n' > tmpguard;"
       "printf '#!/bin/sh\\necho hook \"$@\" > seen\\n' > tmpguard-hook;"
       "chmod +x tmpguard tmpguard-hook");
    shim_command(&command, "./tmpguard");
    put("command", command.bytes);
    shim_beside(&shim, event_called("pre-merge-commit"), "./tmpguard");
    put("hook", shim.bytes);
    sh("sh -c \"$(cat command)\"; "
       "test \"$(cat seen)\" = 'hook check --record'");
    sh("rm seen; sh ./hook; test \"$(cat seen)\" = 'hook check --record'");
    sh("echo line | sh -c \"$(cat command) \\\"\\$@\\\"\" sh origin url; "
       "test \"$(cat seen)\" = 'plain check --pre-push'");
    sh("chmod -x tmpguard-hook; sh ./hook; "
       "test \"$(cat seen)\" = 'plain check --record'");
    buffer_release(&command);
    buffer_release(&shim);
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_shim_is_ours_until_a_byte_of_it_changes),
        IN_FOLDER(a_shim_is_known_apart_from_its_line_ends),
        IN_FOLDER(a_link_to_nothing_is_somebody_elses),
        IN_FOLDER(every_shim_is_a_script_of_few_lines),
        IN_FOLDER(a_server_checks_what_it_receives_and_nothing_else),
        IN_FOLDER(a_commit_asks_the_daemon_where_its_client_is_beside),
        IN_FOLDER(a_name_is_one_word_of_the_shell_whatever_is_in_it),
    };

    return cmocka_run_group_tests_name("hooks/install/install_shim", tests,
                                       NULL, NULL);
}
