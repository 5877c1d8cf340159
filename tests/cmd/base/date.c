#include "tests/test.h"

#include "cmd/base/date.h"

static const struct {
    int64_t seconds;
    int32_t zone;
    const char *text;
} dates[] = {
    { 0, 0, "1970-01-01T00:00:00+00:00" },
    { 1709164800, -90, "2024-02-28T22:30:00-01:30" },
    { -1, 330, "1970-01-01T05:29:59+05:30" },
    { 951782400, 0, "2000-02-29T00:00:00+00:00" },
    { 0, -1, "1969-12-31T23:59:00-00:01" },
    { 0, 24 * 60 - 1, "1970-01-01T23:59:00+23:59" },
    { 0, 1 - 24 * 60, "1969-12-31T00:01:00-23:59" },
    { 0, -24 * 60, "1970-01-01T00:00:00+00:00" },
    { 0, 24 * 60, "1970-01-01T00:00:00+00:00" },
    { 0, INT32_MIN, "1970-01-01T00:00:00+00:00" },
    { INT64_MAX, 0, "9999-12-30T00:00:00+00:00" },
    { INT64_MAX, 24 * 60 - 1, "9999-12-30T23:59:00+23:59" },
    { INT64_MIN, 1 - 24 * 60, "0001-01-01T00:01:00-23:59" },
    { INT64_MIN, 0, "0001-01-02T00:00:00+00:00" },
};

static void dates_are_iso_8601_and_within_its_years(void **state)
{
    char text[DATE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++)
        assert_string_equal(dates[i].text,
                            date_format(text, dates[i].seconds, dates[i].zone));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_iso_8601_and_within_its_years),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
