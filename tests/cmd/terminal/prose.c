#include "tests/test.h"

#include "cmd/terminal/prose.h"

static const struct {
    const char *what, *first, *words;
    unsigned width;
    const char *lines;
} texts[] = {
    { "broken at blanks, under the first word", "  = ", "one two three", 11,
      "  = one two\n    three\n" },
    { "a line that just fits", "", "ab cd", 5, "ab cd\n" },
    { "a line that is one too long", "", "ab cd", 4, "ab\ncd\n" },
    { "a longer word stands alone", "", "a longer-than-that b", 5,
      "a\nlonger-than-that\nb\n" },
    { "columns count, not bytes", "", "(…) x", 5, "(…) x\n" },
    { "wide characters are two columns", "", "日 b", 3, "日\nb\n" },
    { "a first of another script indents by its columns", "日 ", "a b", 4,
      "日 a\n   b\n" },
    { "no words", "x: ", "", 10, "x: \n" },
    { "no width at all", "  ", "a b", 0, "  a\n  b\n" },
};

static void prose_is_broken_at_blanks_within_the_width(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct buffer out = BUFFER_EMPTY;

        prose_append(&out, texts[i].first, texts[i].words, texts[i].width);
        if (!text_equal(text_of(texts[i].lines), buffer_view(&out)))
            fail_msg("%s: got\n%s\nwant\n%s", texts[i].what, out.bytes,
                     texts[i].lines);
        buffer_release(&out);
    }
}

static void every_word_comes_out_once_at_any_width(void **state)
{
    static const char words[] = "a bb ccc dddd eeeee f";

    (void)state;
    for (unsigned width = 0; width < 30; width++) {
        struct buffer out = BUFFER_EMPTY;

        prose_append(&out, "", words, width);
        for (size_t i = 0; i + 1 < out.size; i++)
            if (out.bytes[i] == '\n')
                out.bytes[i] = ' ';
        assert_int_equal(sizeof(words), out.size);
        assert_memory_equal(words, out.bytes, sizeof(words) - 1);
        buffer_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prose_is_broken_at_blanks_within_the_width),
        cmocka_unit_test(every_word_comes_out_once_at_any_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
