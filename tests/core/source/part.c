#include "tests/test.h"

#include "core/rule/rule.h"
#include "core/source/part.h"

#define SIXTY "123456789012345678901234567890123456789012345678901234567890"

static const struct {
    const char *what;
    const char *strings[4];
    bool made_up;
} rows[] = {
    { "no string", { NULL }, false },
    { "the name", { "tempfile" }, true },
    { "a module in it", { "tempfile.x" }, true },
    { "a longer name", { "tempfiles" }, false },
    { "its parts, in any order", { "file", "temp" }, true },
    { "parts with a module in it", { "temp", "file.x" }, true },
    { "parts of a longer name", { "temp", "files" }, false },
    { "parts that overlap", { "tempf", "file", "mpfil" }, false },
    { "an escape", { "temp\\x66ile" }, true },
    { "an octal one", { "temp\\146ile" }, true },
    { "a long one", { "temp\\U00000066ile" }, true },
    { "a named one", { "temp\\N{LATIN SMALL LETTER F}ile" }, true },
    { "a joined line", { "temp\\\nfile" }, true },
    { "another escape", { "temp\\file" }, false },
    { "an empty string", { "" }, false },
};

static void a_name_is_made_up_of_strings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct part_name name = PART_NAME(TEXT("tempfile"));

        for (int j = 0; j < 4 && rows[i].strings[j]; j++)
            part_add(&name, text_of(rows[i].strings[j]), false);
        if (part_made_up(&name) != rows[i].made_up)
            fail_msg("%s", rows[i].what);
    }
}

static void raw_strings_have_no_escapes(void **state)
{
    struct part_name name = PART_NAME(TEXT("tempfile"));

    (void)state;
    part_add(&name, TEXT("temp\\x66ile"), true);
    assert_false(part_made_up(&name));
}

static void too_long_a_name_is_taken_for_made_up(void **state)
{
    struct part_name longest = PART_NAME(TEXT(SIXTY "123"));
    struct part_name longer = PART_NAME(TEXT(SIXTY "1234"));

    (void)state;
    assert_false(part_made_up(&longest));
    part_add(&longest, TEXT(SIXTY "123"), false);
    assert_true(part_made_up(&longest));
    assert_true(part_made_up(&longer));
}

static bool says(const char *python)
{
    struct source source;
    struct error err;
    bool result;

    assert_int_equal(0, source_open(&source, text_of(python), &err));
    result = part_is_literal(&source, TEXT("tempfile"));
    assert_true(!result || part_in_source(&source, TEXT("tempfile")));
    source_close(&source);
    return result;
}

static void literals_side_by_side_are_one(void **state)
{
    (void)state;
    assert_true(says("f('tempfile')\n"));
    assert_true(says("f('temp' r'file')\n"));
    assert_true(says("f('''temp'''\n  'file')\n"));
    assert_false(says("f('temp', 'file')\n"));
    assert_false(says("f('temp' + 'file')\n"));
    assert_false(says("f('tempfiles')\n"));
}

static uint8_t targets_of(const char *python)
{
    struct source source;
    struct error err;
    uint8_t targets;

    assert_int_equal(0, source_open(&source, text_of(python), &err));
    targets = part_targets(&source);
    source_close(&source);
    return targets;
}

static void a_file_means_targets_that_it_names_or_spells(void **state)
{
    (void)state;
    assert_int_equal(0, targets_of("import os, tempfile\n"));
    assert_int_equal(1 << TARGET_TEMPFILE_MKTEMP, targets_of("# mktemp\n"));
    assert_int_equal(1 << TARGET_OS_TEMPNAM | 1 << TARGET_OS_TMPNAM,
                     targets_of("a.tempnam(b.tmpnam)\n"));
    assert_int_equal((1 << TARGET_COUNT) - 1, targets_of("f('mk' 'temp')\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_made_up_of_strings),
        cmocka_unit_test(raw_strings_have_no_escapes),
        cmocka_unit_test(literals_side_by_side_are_one),
        cmocka_unit_test(too_long_a_name_is_taken_for_made_up),
        cmocka_unit_test(a_file_means_targets_that_it_names_or_spells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
