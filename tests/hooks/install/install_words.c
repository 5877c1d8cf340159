#include "tests/hooks/sandbox.h"

#include "hooks/install/install_words.h"

static struct buffer said;

static void hear(const char *line, void *payload)
{
    (void)payload;
    buffer_format(&said, "%s\n", line);
}

static const struct install_options options = { .say = hear };

static void expect(enum install_reach reach, bool in, const char *wanted)
{
    const struct site site = { .options = &options,
                               .scope = { .reach = reach, .base = "/base" } };

    buffer_clear(&said);
    (in ? words_installed : words_uninstalled)(&site);
    assert_true(text_ends_with(buffer_view(&said), text_of(wanted)));
}

static void one_line_sums_it_up(void **state)
{
    (void)state;
    expect(INSTALL_HERE, true,
           " now checks commits, merges and pushes of this repository\n");
    expect(INSTALL_SERVER, true, " now checks what is pushed to this server\n");
    expect(INSTALL_SERVER, false,
           "tmpguard no longer checks what is pushed to this server\n");
}

static void what_other_repositories_keep_is_told_first(void **state)
{
    const struct site clones = { .options = &options,
                                 .scope = { .reach = INSTALL_CLONES } };
    const struct site user = { .options = &options,
                               .scope = { .reach = INSTALL_USER } };

    (void)state;
    buffer_clear(&said);
    words_uninstalled(&clones);
    assert_int_equal(0, strncmp(said.bytes, "clones that were made", 21));
    buffer_clear(&said);
    words_uninstalled(&user);
    assert_int_equal(0, strncmp(said.bytes, "what 'tmpguard coverage'", 24));
}

static void an_older_git_is_named_where_settings_run_us(void **state)
{
    struct install_options looking = options;
    struct buffer path = BUFFER_EMPTY;
    char *here = getcwd(NULL, 0);
    const struct site site = { .options = &looking,
                               .scope = { .reach = INSTALL_HERE },
                               .plan = { .way = INSTALL_CONFIG } };

    (void)state;
    sh("mkdir bin; printf '#!/bin/sh\\necho git version 2.40.1\\n' > bin/git; "
       "chmod +x bin/git");
    buffer_format(&path, "%s/bin", here);
    looking.path = path.bytes;
    buffer_clear(&said);
    words_installed(&site);
    assert_non_null(strstr(said.bytes, "/bin/git (2.40.1) does not run hooks"));
    buffer_release(&path);
    free(here);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(one_line_sums_it_up),
        IN_REPOSITORY(what_other_repositories_keep_is_told_first),
        IN_REPOSITORY(an_older_git_is_named_where_settings_run_us),
    };
    int failed = cmocka_run_group_tests_name("hooks/install/install_words",
                                             tests, NULL, NULL);

    buffer_release(&said);
    return failed;
}
