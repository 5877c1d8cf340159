#include "tests/test.h"

#include <string.h>

#include "core/facts/edition.h"

static void it_is_a_word_of_letters_and_digits(void **state)
{
    const char *word = edition();

    (void)state;
    assert_int_equal(0, strncmp(word, "edition-", 8));
    assert_int_equal(16, strspn(word + 8, "0123456789abcdef"));
    assert_int_equal('\0', word[24]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_a_word_of_letters_and_digits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
