#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "hooks/system/needle.h"

static void a_word_is_found_wherever_it_stands(void **state)
{
    const struct text word = TEXT("import");

    (void)state;
    for (size_t size = word.size; size < 140; size++)
        for (size_t at = 0; at + word.size <= size; at++) {
            char *bytes = malloc(size);
            struct text text = { bytes, size };

            assert_non_null(bytes);
            memset(bytes, 'i', size);
            for (size_t i = 0; i < word.size; i++)
                bytes[at + i] = word.bytes[i];
            if (needle_find(text, 0, word) != at ||
                needle_find(text, at, word) != at ||
                needle_find(text, at + 1, word) != size)
                fail_msg("%zu of %zu", at, size);
            free(bytes);
        }
}

static void it_finds_what_memmem_finds(void **state)
{
    static const char letters[] = "import i";
    const struct text words[] = { TEXT("import"), TEXT("tt"), TEXT("i") };
    char bytes[400];
    struct text text = { bytes, sizeof(bytes) };
    uint32_t random = 1;

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        random = random * 1664525 + 1013904223;
        bytes[i] = letters[random >> 29];
    }
    for (size_t i = 0; i < 6; i++)
        bytes[211 + i] = "import"[i];
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        for (size_t at = 0; at <= text.size; at++)
            assert_int_equal(needle_find_portable(text, at, words[i]),
                             needle_find(text, at, words[i]));
}

static void a_text_shorter_than_the_word_has_none(void **state)
{
    (void)state;
    assert_int_equal(0, needle_find(TEXT_EMPTY, 0, TEXT("import")));
    assert_int_equal(5, needle_find(TEXT("impor"), 0, TEXT("import")));
    assert_int_equal(3, needle_find(TEXT("abc"), 3, TEXT("c")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_found_wherever_it_stands),
        cmocka_unit_test(it_finds_what_memmem_finds),
        cmocka_unit_test(a_text_shorter_than_the_word_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
