#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/source/word.h"

#define WORD_TEXT(name, text) text,

static const char *const texts[] = { WORDS(WORD_TEXT) };

/* The words of the first logical line with '|' between. */
static char *words_of(const char *python, bool *is_plain)
{
    struct buffer words = BUFFER_EMPTY;
    struct source source;
    struct word_reader reader;
    struct word word;
    struct error err;

    assert_int_equal(0, source_open(&source, text_of(python), &err));
    buffer_string(&words, "");
    for (reader = word_read(&source, 0); word_next(&reader, &word);) {
        if (words.size > 0)
            buffer_byte(&words, '|');
        buffer_append(&words, source.code + word.start, word.end - word.start);
    }
    *is_plain = reader.is_plain;
    source_close(&source);
    return buffer_detach(&words);
}

static const struct {
    const char *what, *python, *words;
} lines[] = {
    { "names, keywords and numbers are words", "if a_1: return 12\n",
      "if|a_1|return|12" },
    { "strings hold none", "f(\"x y\", 'z', '''a\nb''')\n", "f" },
    { "but for formatted ones", "f(f'x{y}')\n", "f|f|x|y" },
    { "nor do comments", "a # b\n", "a" },
    { "a logical line goes on in brackets", "f(a,\n  b)\nc\n", "f|a|b" },
    { "and behind a backslash", "a + \\\n  b\nc\n", "a|b" },
    { "other letters are of a word", "caf\xc3\xa9.x\n", "caf\xc3\xa9|x" },
};

static void words_are_what_stands_outside_of_strings(void **state)
{
    bool is_plain;

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        char *words = words_of(lines[i].python, &is_plain);

        if (strcmp(words, lines[i].words) != 0)
            fail_msg("%s: got %s, want %s", lines[i].what, words,
                     lines[i].words);
        free(words);
    }
}

static void each_word_with_a_meaning_has_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct source source;
        struct word_reader reader;
        struct word word;
        struct error err;

        assert_int_equal(0, source_open(&source, text_of(texts[i]), &err));
        reader = word_read(&source, 0);
        assert_true(word_next(&reader, &word));
        if (word.name != i + 1)
            fail_msg("%s: got %d, want %zu", texts[i], word.name, i + 1);
        source_close(&source);
    }
}

static void letters_that_are_others_in_nfkc_form_are_noticed(void **state)
{
    bool is_plain;

    (void)state;
    free(words_of("caf\xc3\xa9\n", &is_plain));
    assert_true(is_plain);
    free(words_of("\xf0\x9d\x90\xad"
                  "empfile\n",
                  &is_plain));
    assert_false(is_plain);
}

static void a_line_ends_behind_its_last_byte(void **state)
{
    struct source source;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, TEXT("a  # b\n\nc"), &err));
    assert_int_equal(2, source.logicals_count);
    assert_int_equal(1, word_line_end(&source, 0));
    assert_int_equal(source.text.size, word_line_end(&source, 1));
    source_close(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_what_stands_outside_of_strings),
        cmocka_unit_test(each_word_with_a_meaning_has_its_name),
        cmocka_unit_test(letters_that_are_others_in_nfkc_form_are_noticed),
        cmocka_unit_test(a_line_ends_behind_its_last_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
