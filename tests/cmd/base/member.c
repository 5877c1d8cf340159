#include "tests/test.h"

#include <string.h>

#include "cmd/base/member.h"

static void only_a_string_of_the_outermost_object_is_found(void **state)
{
    static const struct {
        const char *json, *want; /* NULL: none */
    } cases[] = {
        { "{\"before\": \"abc\"}", "abc" },
        { " {\n \"a\": 1, \"before\" : \"abc\" , \"z\": null }", "abc" },
        { "{\"a\": {\"before\": \"no\"}, \"before\": \"yes\"}", "yes" },
        { "{\"a\": [{\"before\": \"no\"}], \"before\": \"yes\"}", "yes" },
        { "{\"a\": \"before\", \"b\": \"\\\"before\\\": \\\"no\\\"\"}", NULL },
        { "{\"a\": \"{\\\"before\\\":\\\"no\\\"\", \"before\": \"y\"}", "y" },
        { "{\"a\": \"}\", \"before\": \"y\"}", "y" },
        { "{\"a\": \"\\\\\", \"before\": \"y\"}", "y" },
        { "{\"before\": null}", NULL },
        { "{\"before\": 12}", NULL },
        { "{\"before\": {\"before\": \"no\"}}", NULL },
        { "{\"before\": \"\"}", "" },
        { "{\"before\": \"abc", NULL },
        { "{\"before", NULL },
        { "{\"before\\", NULL },
        { "{\"before\":", NULL },
        { "[{\"before\": \"no\"}]", NULL },
        { "\"before\": \"no\"", NULL },
        { "]]}}", NULL },
        { "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct text value = TEXT_EMPTY;
        int found = member_find(&value, text_of(cases[i].json), "before");

        if (found != (cases[i].want != NULL) ||
            (found && !text_equal(value, text_of(cases[i].want))))
            fail_msg("%s: got %.*s", cases[i].json, (int)value.size,
                     value.bytes);
    }
}

static void an_object_is_found_with_its_braces(void **state)
{
    static const struct {
        const char *json, *want; /* NULL: none */
    } cases[] = {
        { "{\"group\": {}}", "{}" },
        { "{\"a\": 1, \"group\": {\"b\": {\"c\": [1]}}, \"z\": {}}",
          "{\"b\": {\"c\": [1]}}" },
        { "{\"group\": {\"b\": \"}\"} }", "{\"b\": \"}\"}" },
        { "{\"group\": \"x\"}", NULL },
        { "{\"group\": [{}]}", NULL },
        { "{\"a\": {\"group\": {}}}", NULL },
        { "{\"group\": {", NULL },
        { "{\"group\": {\"a", NULL },
        { "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct text value = TEXT_EMPTY;
        int found = member_object(&value, text_of(cases[i].json), "group");

        if (found != (cases[i].want != NULL) ||
            (found && !text_starts_with(value, text_of(cases[i].want))))
            fail_msg("%s: got %.*s", cases[i].json, (int)value.size,
                     value.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_is_found_with_its_braces),
        cmocka_unit_test(only_a_string_of_the_outermost_object_is_found),
    };

    return cmocka_run_group_tests_name("cmd/base/member", tests, NULL, NULL);
}
