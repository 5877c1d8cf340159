#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "core/rule/rule.h"

static void each_target_is_found_by_module_and_member(void **state)
{
    (void)state;
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *info = rule_target((enum target)i);

        assert_int_equal(
            i, rule_find(text_of(info->module), text_of(info->member)));
    }
}

static void what_is_safe_or_elsewhere_is_no_target(void **state)
{
    (void)state;
    assert_int_equal(TARGET_COUNT,
                     rule_find(TEXT("tempfile"), TEXT("mkstemp")));
    assert_int_equal(TARGET_COUNT, rule_find(TEXT("os"), TEXT("mktemp")));
    assert_int_equal(TARGET_COUNT, rule_find(TEXT("tempfile"), TEXT("mktem")));
    assert_int_equal(TARGET_COUNT,
                     rule_find(TEXT("tempfile"), TEXT("mktemp2")));
    assert_int_equal(TARGET_COUNT, rule_find(TEXT("tempfil"), TEXT("mktemp")));
    assert_int_equal(TARGET_COUNT, rule_find(TEXT_EMPTY, TEXT("mktemp")));
}

static void names_are_sorted_and_made_of_module_and_member(void **state)
{
    (void)state;
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *info = rule_target((enum target)i);
        char name[64];

        snprintf(name, sizeof(name), "%s.%s", info->module, info->member);
        assert_string_equal(name, info->name);
        if (i > 0)
            assert_true(strcmp(rule_target((enum target)(i - 1))->name, name) <
                        0);
    }
}

static void messages_are_codeql_s(void **state)
{
    (void)state;
    assert_string_equal("py/insecure-temporary-file", RULE_ID);
    assert_string_equal(
        "Call to deprecated function tempfile.mktemp may be insecure.",
        rule_target(TARGET_TEMPFILE_MKTEMP)->message);
    assert_string_equal(
        "Call to deprecated function os.tempnam may be insecure.",
        rule_target(TARGET_OS_TEMPNAM)->message);
    assert_string_equal(
        "Call to deprecated function os.tmpnam may be insecure.",
        rule_target(TARGET_OS_TMPNAM)->message);
}

static void reason_and_remedy_are_one_sentence_of_one_line(void **state)
{
    (void)state;
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *info = rule_target((enum target)i);
        const char *sentences[] = { info->reason, info->remedy };

        for (size_t j = 0; j < 2; j++) {
            assert_null(strchr(sentences[j], '\n'));
            assert_int_equal('.', sentences[j][strlen(sentences[j]) - 1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_target_is_found_by_module_and_member),
        cmocka_unit_test(what_is_safe_or_elsewhere_is_no_target),
        cmocka_unit_test(names_are_sorted_and_made_of_module_and_member),
        cmocka_unit_test(messages_are_codeql_s),
        cmocka_unit_test(reason_and_remedy_are_one_sentence_of_one_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
