#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "core/source/cut.h"

/* Where the bar stands it may be cut, and nowhere before it but at its start.
 */
static const struct {
    const char *what, *before, *behind;
} cuts[] = {
    { "a name in the first column", "a\n", "b\n" },
    { "a decorator", "a\n", "@b\n" },
    { "a blank line stays with what is above", "a\n\n", "b\n" },
    { "a block is not over where it is indented", "if a:\n  b\n\tc\n", "d\n" },
    { "nor at a closing bracket", "a(\n)\n", "b\n" },
    { "nor at a string", "a\n'b'\n", "c\n" },
    { "else goes on", "if a:\n  b\nelse:\n  c\n", "d\n" },
    { "so does elif", "if a:\n  b\nelif c: d\n", "e\n" },
    { "so do except and finally", "try:\n  b\nexcept:\n  c\nfinally:\n  d\n",
      "e\n" },
    { "a longer word does not", "a\n", "elsewhere\n" },
    { "a joined line goes on", "a + \\\nb\n", "c\n" },
    { "with CRLF, too", "a + \\\r\nb\r\n", "c\r\n" },
    { "a comment belongs to the line below", "a\n", "# c\nb\n" },
    { "indented or not", "if a:\n  b\n", " # c\nb\n" },
    { "one line of comments alone", "a\n# c\n", "# d\nb\n" },
    { "not behind a joined line", "a \\\n# c\n", "b\n" },
    { "the end is one", "a\n  b\n", "" },
};

static void a_file_is_cut_before_names_in_the_first_column(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cuts) / sizeof(*cuts); i++) {
        char text[100];
        struct text whole;
        size_t line, got;

        snprintf(text, sizeof(text), "%s%s", cuts[i].before, cuts[i].behind);
        whole = text_of(text);
        line = cut_next(whole, 0);
        got = line < whole.size ? cut_before(whole, 0, line) : line;
        if (got != strlen(cuts[i].before))
            fail_msg("%s: cut at %zu", cuts[i].what, got);
    }
}

static void a_line_is_looked_for_behind_a_place(void **state)
{
    struct text text = TEXT("a\nb\nc\n");

    (void)state;
    assert_int_equal(2, cut_next(text, 0));
    assert_int_equal(2, cut_next(text, 1));
    assert_int_equal(4, cut_next(text, 2));
    assert_int_equal(6, cut_next(text, 4));
    assert_int_equal(6, cut_next(text, 6));
}

static void a_comment_is_looked_for_behind_a_place(void **state)
{
    struct text text = TEXT("# c\nb\n");

    (void)state;
    assert_int_equal(0, cut_before(text, 0, 4));
    assert_int_equal(4, cut_before(text, 1, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_cut_before_names_in_the_first_column),
        cmocka_unit_test(a_line_is_looked_for_behind_a_place),
        cmocka_unit_test(a_comment_is_looked_for_behind_a_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
