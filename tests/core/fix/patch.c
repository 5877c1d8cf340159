#include "tests/test.h"

#include "core/fix/patch.h"

/* In `before` each "[old|new]" is an edit. */
static void check(const char *path, const char *before, const char *want)
{
    struct edits edits = EDITS_EMPTY;
    struct buffer text = BUFFER_EMPTY, out = BUFFER_EMPTY;
    uint32_t start = 0;
    struct buffer new = BUFFER_EMPTY;
    bool is_new = false;

    for (; *before; before++) {
        if (*before == '[') {
            start = (uint32_t)text.size;
        } else if (*before == '|') {
            is_new = true;
        } else if (*before == ']') {
            edits_replace(&edits, start, (uint32_t)text.size,
                          buffer_view(&new));
            buffer_clear(&new);
            is_new = false;
        } else {
            buffer_byte(is_new ? &new : &text, *before);
        }
    }
    assert_true(edits_settle(&edits));
    patch_append(&out, text_of(path), buffer_view(&text), &edits);
    assert_string_equal(want, out.size ? out.bytes : "");
    buffer_release(&text);
    buffer_release(&out);
    buffer_release(&new);
    edits_release(&edits);
}

static void three_lines_stand_around_a_change(void **state)
{
    (void)state;
    check("a.py", "1\n2\n3\n4\n5[a|b]\n6\n7\n8\n9\n",
          "--- a/a.py\n+++ b/a.py\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5a\n+5b\n 6\n"
          " 7\n 8\n");
}

static void a_line_put_in_changes_no_other(void **state)
{
    (void)state;
    check("a.py", "1\n[|new\n]2\n",
          "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,3 @@\n 1\n+new\n 2\n");
}

static void a_line_taken_out(void **state)
{
    (void)state;
    check("a.py", "1\n[2\n|]3\n",
          "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,2 @@\n 1\n-2\n 3\n");
}

static void an_end_without_a_line_end_is_kept(void **state)
{
    (void)state;
    check("a.py", "1\n2[|3]",
          "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at "
          "end of file\n+23\n\\ No newline at end of file\n");
}

static void far_changes_are_hunks_of_their_own(void **state)
{
    (void)state;
    check(
        "a b.py", "1\n[|x\n]2\n3\n4\n5\n6\n7\n8\n9\n10\n[11|y]\n",
        "--- a/a b.py\t\n+++ b/a b.py\t\n@@ -1,4 +1,5 @@\n 1\n+x\n 2\n 3\n 4\n"
        "@@ -8,4 +9,4 @@\n 8\n 9\n 10\n-11\n+y\n");
}

static void odd_names_are_quoted(void **state)
{
    (void)state;
    check("a\n\xc3\xa9\"", "[|x]\n",
          "--- \"a/a\\012\\303\\251\\\"\"\n+++ \"b/a\\012\\303\\251\\\"\"\n@@ "
          "-1,1 +1,1 @@\n-\n+x\n");
}

static void nothing_changed_is_no_diff(void **state)
{
    (void)state;
    check("a.py", "1\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_lines_stand_around_a_change),
        cmocka_unit_test(a_line_put_in_changes_no_other),
        cmocka_unit_test(a_line_taken_out),
        cmocka_unit_test(an_end_without_a_line_end_is_kept),
        cmocka_unit_test(far_changes_are_hunks_of_their_own),
        cmocka_unit_test(odd_names_are_quoted),
        cmocka_unit_test(nothing_changed_is_no_diff),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
