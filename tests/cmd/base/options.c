#include "tests/test.h"

#include <stdint.h>
#include <string.h>

#include "cmd/base/options.h"

#define ARGUMENTS_MAX 8

static unsigned bit_of(const char *command)
{
    if (strcmp(command, "check") == 0)
        return OPTION_CHECK;
    return strcmp(command, "scan") == 0 ? OPTION_SCAN : 0;
}

static int parse(struct options *options, const char *const *words,
                 struct error *err)
{
    char *argv[ARGUMENTS_MAX + 2];
    static char name[] = "tmpguard";
    int argc = 0;

    argv[argc++] = name;
    for (; words[argc - 1]; argc++) {
        union {
            const char *in;
            char *out;
        } word = { words[argc - 1] };

        argv[argc] = word.out;
    }
    argv[argc] = NULL;
    return options_parse(options, argc, argv, bit_of, err);
}

#define PARSE(options, err, ...)                                               \
    parse((options), (const char *const[]){ __VA_ARGS__, NULL }, (err))

static void
the_first_word_is_the_command_and_the_rest_are_arguments(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0, PARSE(&options, &err, "scan", "a", "-", "b"));
    assert_string_equal("scan", options.command);
    assert_int_equal(3, options.arguments.items_count);
    assert_string_equal("-", options.arguments.items[1]);
    options_release(&options);
}

static void an_option_may_stand_before_and_behind_the_command(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0,
                     PARSE(&options, &err, "-C", "one", "scan", "-Ctwo", "-q"));
    assert_string_equal("scan", options.command);
    assert_int_equal(2, options.folders.items_count);
    assert_string_equal("one", options.folders.items[0]);
    assert_string_equal("two", options.folders.items[1]);
    assert_true(options.quiet);
    options_release(&options);
}

static void
a_value_stands_behind_an_equals_sign_or_is_the_next_word(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0, PARSE(&options, &err, "scan", "--tree=HEAD~2",
                              "--format", "json=a=b"));
    assert_string_equal("HEAD~2", options.tree);
    assert_string_equal("json=a=b", options.formats.items[0]);
    options_release(&options);
}

static void two_dashes_end_the_options(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0, PARSE(&options, &err, "scan", "--", "--quiet", "--"));
    assert_false(options.quiet);
    assert_int_equal(2, options.arguments.items_count);
    assert_string_equal("--quiet", options.arguments.items[0]);
    options_release(&options);
}

static void it_is_known_where_the_dashes_stood(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0, PARSE(&options, &err, "scan", "a", "--", "b"));
    assert_int_equal(1, options.dashes_at);
    options_release(&options);
    assert_int_equal(0, PARSE(&options, &err, "scan", "a"));
    assert_int_equal(SIZE_MAX, options.dashes_at);
    options_release(&options);
}

static void a_pattern_stands_behind_an_equals_sign_or_nowhere(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0, PARSE(&options, &err, "scan", "--history", "--branches",
                              "x", "--branches=y*"));
    assert_int_equal(2, options.branches.items_count);
    assert_string_equal("", options.branches.items[0]);
    assert_string_equal("y*", options.branches.items[1]);
    assert_int_equal(1, options.arguments.items_count);
    options_release(&options);
}

static void an_option_may_have_two_long_names(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0, PARSE(&options, &err, "scan", "--history", "--after",
                              "a", "--before=b"));
    assert_string_equal("a", options.since);
    assert_string_equal("b", options.until);
    options_release(&options);
}

static void no_command_at_all_is_left_to_the_caller(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0, PARSE(&options, &err, "--version"));
    assert_null(options.command);
    assert_true(options.version);
    options_release(&options);
}

static const struct {
    const char *what;
    const char *words[4];
    const char *message;
} refused[] = {
    { "a misspelt option",
      { "scan", "--qiet" },
      "unknown option '--qiet'; did you mean '--quiet'?" },
    { "an option like nothing known",
      { "scan", "--frobnicate" },
      "unknown option '--frobnicate'; see 'tmpguard help'" },
    { "a choice of commits without a history",
      { "scan", "--since=x" },
      "'--since' needs --history" },
    { "a pattern that is empty",
      { "scan", "--history", "--tags=" },
      "option '--tags' needs a value" },
    { "an unknown letter",
      { "scan", "-Z" },
      "unknown option '-Z'; see 'tmpguard help'" },
    { "letters in one word",
      { "scan", "-qv" },
      "unknown option '-qv'; see 'tmpguard help'" },
    { "an abbreviation",
      { "scan", "--stdin", "x" },
      "unknown option '--stdin'; did you mean '--stdio'?" },
    { "an option of another command",
      { "scan", "--staged" },
      "'scan' has no option '--staged'; see 'tmpguard help scan'" },
    { "an option of another command, before the command",
      { "--tree", "HEAD", "check" },
      "'check' has no option '--tree'; see 'tmpguard help check'" },
    { "a missing value",
      { "check", "--range" },
      "option '--range' needs a value" },
    { "an empty value",
      { "check", "--range=" },
      "option '--range' needs a value" },
    { "a value for a flag",
      { "check", "--quiet=yes" },
      "option '--quiet' takes no value" },
    { "no number",
      { "scan", "--jobs", "x" },
      "option '--jobs': 'x' is not a number from 1 to 256" },
    { "zero jobs",
      { "scan", "--jobs", "0" },
      "option '--jobs': '0' is not a number from 1 to 256" },
    { "one job too many",
      { "scan", "--jobs=257" },
      "option '--jobs': '257' is not a number from 1 to 256" },
    { "a negative number",
      { "scan", "--jobs", "-1" },
      "option '--jobs': '-1' is not a number from 1 to 256" },
    { "an unknown colour",
      { "scan", "--color", "blue" },
      "option '--color': 'blue' is none of auto, always, never" },
};

static void what_makes_no_sense_is_refused_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        struct options options;
        struct error err = { .message = "nothing" };
        int result = parse(&options, refused[i].words, &err);

        options_release(&options);
        if (result != -1 || strcmp(err.message, refused[i].message) != 0)
            fail_msg("%s: got %d '%s', want '%s'", refused[i].what, result,
                     err.message, refused[i].message);
    }
}

static void jobs_reach_their_limit(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(0, PARSE(&options, &err, "scan", "--jobs", "256"));
    assert_int_equal(256, options.jobs);
    options_release(&options);
}

static void the_last_of_two_colours_holds(void **state)
{
    struct options options;
    struct error err;

    (void)state;
    assert_int_equal(
        0, PARSE(&options, &err, "--color=always", "scan", "--color=never"));
    assert_int_equal(COLOR_NEVER, options.color);
    options_release(&options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_first_word_is_the_command_and_the_rest_are_arguments),
        cmocka_unit_test(an_option_may_stand_before_and_behind_the_command),
        cmocka_unit_test(
            a_value_stands_behind_an_equals_sign_or_is_the_next_word),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(it_is_known_where_the_dashes_stood),
        cmocka_unit_test(a_pattern_stands_behind_an_equals_sign_or_nowhere),
        cmocka_unit_test(an_option_may_have_two_long_names),
        cmocka_unit_test(no_command_at_all_is_left_to_the_caller),
        cmocka_unit_test(what_makes_no_sense_is_refused_by_name),
        cmocka_unit_test(jobs_reach_their_limit),
        cmocka_unit_test(the_last_of_two_colours_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
