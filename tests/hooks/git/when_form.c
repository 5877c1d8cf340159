#include "tests/test.h"

#include "hooks/git/when_form.h"

static void what_git_documents_is_a_date(void **state)
{
    static const char *const dates[] = {
        "2024-12-31",
        "2024-2-29",
        "2024-12-31 23:59",
        "2024-12-31T10:00:00Z",
        "2024-12-31 23:59:59 +0100",
        "2024-12-31T23:59:59.123+01:00",
        "2005.04.07",
        "07/04/2005",
        "12/31/2024",
        "31.12.2024",
        "12/31",
        "24-12-31",
        "Mon, 3 Jul 2006 17:18:43 +0200",
        "Thu Apr 7 15:14:13 2005 -0700",
        "Dec 31 2024",
        "the 5th of March",
        "1112926393 +0200",
        "@0",
        "@1700000000 +0000",
        "1700000000",
        "2024",
        "2 weeks ago",
        "1.week",
        "2.weeks.ago",
        "100000 seconds ago",
        "1 year 3 months ago",
        "yesterday",
        "yesterday noon",
        "last friday at 6pm",
        "tea",
        "never",
        "now",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++)
        if (!when_is_form(dates[i]))
            fail_msg("'%s' is refused", dates[i]);
}

static void days_and_hours_that_are_not_there_are_none(void **state)
{
    static const char *const dates[] = {
        "2024-13-45",
        "2024-02-30",
        "2023-02-29",
        "2024-00-10",
        "2024-12-00",
        "2024-12",
        "13/45/2024",
        "31.13.2024",
        "2024-12-31 25:00",
        "10:99",
        "10:00:61",
        "20240101",
        "99999999999",
        "2024-12-31-1",
        "32/32",
        "2 wekks ago",
        "Foo 31 2024",
        "2024-9999999999-1",
        "2024-12-31X10:00",
        "main",
        "next week",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++)
        if (when_is_form(dates[i]))
            fail_msg("'%s' is a date", dates[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_git_documents_is_a_date),
        cmocka_unit_test(days_and_hours_that_are_not_there_are_none),
    };

    return cmocka_run_group_tests_name("hooks/git/when_form", tests, NULL,
                                       NULL);
}
