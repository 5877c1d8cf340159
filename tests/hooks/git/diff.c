#include "tests/test.h"

#include <string.h>

#include "core/base/buffer.h"
#include "hooks/git/diff.h"

#define A    "1111111111111111111111111111111111111111"
#define B    "2222222222222222222222222222222222222222"
#define ZERO "0000000000000000000000000000000000000000"

/* A NUL byte behind the status and each path. */
#define ENTRY(modes, ids, status, path)                                        \
    ":" modes " " ids " " status "\0" path "\0"

/* A text in a static table. */
#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

static struct diff parsed(struct text bytes)
{
    struct diff diff = DIFF_EMPTY;
    struct error err;

    if (diff_parse(&diff, &bytes, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(0, bytes.size);
    return diff;
}

static void both_sides_of_a_change_are_read(void **state)
{
    struct diff diff =
        parsed(TEXT(ENTRY("100644 100755", A " " B, "M", "dir/a b.py")));
    const struct diff_entry *entry = &diff.entries[0];
    char hex[OBJECT_HEX_MAX];

    (void)state;
    assert_int_equal(1, diff.entries_count);
    assert_string_equal("dir/a b.py", entry->path);
    assert_null(entry->source);
    assert_int_equal(0100644, entry->before.mode);
    assert_int_equal(0100755, entry->after.mode);
    assert_string_equal(A, object_id_format(&entry->before.id, hex));
    assert_string_equal(B, object_id_format(&entry->after.id, hex));
    assert_false(entry->unmerged);
    diff_release(&diff);
}

static void entries_are_sorted_by_their_bytes(void **state)
{
    struct diff diff =
        parsed(TEXT(ENTRY("000000 100644", ZERO " " A, "A", "b.py")
                        ENTRY("100644 000000", A " " ZERO, "D", "a\n\xFF.py")
                            ENTRY("100644 100644", A " " B, "M", "a/z")));

    (void)state;
    assert_int_equal(3, diff.entries_count);
    assert_string_equal("a\n\xFF.py", diff.entries[0].path);
    assert_string_equal("a/z", diff.entries[1].path);
    assert_string_equal("b.py", diff.entries[2].path);
    for (size_t i = 0; i < 3; i++)
        assert_ptr_equal(&diff.entries[i],
                         diff_find(&diff, diff.entries[i].path));
    assert_null(diff_find(&diff, "a"));
    assert_null(diff_find(&diff, "c.py"));
    assert_null(diff_find(&diff, ""));
    diff_release(&diff);
}

static void a_rename_has_the_path_it_came_from(void **state)
{
    struct diff diff = parsed(
        TEXT(ENTRY("100644 100644", A " " B, "R087", "old.py\0new.py")
                 ENTRY("100644 100644", A " " A, "C100", "old.py\0copy.py")));

    (void)state;
    assert_string_equal("old.py", diff_find(&diff, "new.py")->source);
    assert_string_equal("old.py", diff_find(&diff, "copy.py")->source);
    assert_null(diff_find(&diff, "old.py"));
    diff_release(&diff);
}

static void a_conflict_is_known(void **state)
{
    struct diff diff =
        parsed(TEXT(ENTRY("100644 000000", A " " ZERO, "U", "a.py")));

    (void)state;
    assert_true(diff.entries[0].unmerged);
    diff_release(&diff);
}

static void ids_may_be_of_sha256(void **state)
{
    struct diff diff = parsed(
        TEXT(ENTRY("100644 100644",
                   A "111111111111111111111111 " B "222222222222222222222222",
                   "M", "a.py")));

    (void)state;
    assert_int_equal(32, diff.entries[0].before.id.size);
    diff_release(&diff);
}

static void what_is_no_entry_is_left_for_the_caller(void **state)
{
    struct diff diff = DIFF_EMPTY;
    struct text rest =
        TEXT(ENTRY("100644 100644", A " " B, "M", "a.py") "question\n");
    struct error err;

    (void)state;
    assert_int_equal(0, diff_parse(&diff, &rest, &err));
    assert_true(text_equal(TEXT("question\n"), rest));
    rest = TEXT("");
    assert_int_equal(0, diff_parse(&diff, &rest, &err));
    assert_int_equal(1, diff.entries_count);
    diff_release(&diff);
}

static void every_cut_is_an_error(void **state)
{
    static const struct text whole =
        ROW(ENTRY("100644 100644", A " " B, "R100", "old.py\0new.py"));

    (void)state;
    for (size_t size = 1; size < whole.size; size++) {
        struct diff diff = DIFF_EMPTY;
        struct text rest = text_slice(whole, 0, size);
        struct error err;

        if (diff_parse(&diff, &rest, &err) != -1)
            fail_msg("cut at %zu", size);
        assert_int_equal(0, diff.entries_count);
        diff_release(&diff);
    }
}

static const struct {
    const char *what;
    struct text bytes;
} malformed[] = {
    { "a mode of 5 digits", ROW(ENTRY("10064 100644", A " " B, "M", "a")) },
    { "a mode that is not octal",
      ROW(ENTRY("100648 100644", A " " B, "M", "a")) },
    { "an id that is cut", ROW(ENTRY("100644 100644", "1111 " B, "M", "a")) },
    { "an id of other letters",
      ROW(ENTRY("100644 100644", "g" A " " B, "M", "a")) },
    { "no status", ROW(ENTRY("100644 100644", A " " B, "", "a")) },
    { "no path", ROW(ENTRY("100644 100644", A " " B, "M", "")) },
    { "a rename without a source",
      ROW(ENTRY("100644 100644", A " " B, "R100", "\0new.py")) },
    { "a combined diff",
      ROW("::100644 100644 100644 " A " " A " " B " MM\0a\0") },
};

static void what_is_malformed_is_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(malformed) / sizeof(*malformed); i++) {
        struct diff diff = DIFF_EMPTY;
        struct text rest = malformed[i].bytes;
        struct error err;

        if (diff_parse(&diff, &rest, &err) != -1)
            fail_msg("%s is taken", malformed[i].what);
        diff_release(&diff);
    }
}

static void only_a_regular_file_has_contents(void **state)
{
    (void)state;
    assert_true(diff_is_file(&(struct diff_side){ .mode = 0100644 }));
    assert_true(diff_is_file(&(struct diff_side){ .mode = 0100755 }));
    assert_false(diff_is_file(&(struct diff_side){ .mode = 0120000 }));
    assert_false(diff_is_file(&(struct diff_side){ .mode = 0160000 }));
    assert_false(diff_is_file(&(struct diff_side){ .mode = 040000 }));
    assert_false(diff_is_file(&(struct diff_side){ .mode = 0 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sides_of_a_change_are_read),
        cmocka_unit_test(entries_are_sorted_by_their_bytes),
        cmocka_unit_test(a_rename_has_the_path_it_came_from),
        cmocka_unit_test(a_conflict_is_known),
        cmocka_unit_test(ids_may_be_of_sha256),
        cmocka_unit_test(what_is_no_entry_is_left_for_the_caller),
        cmocka_unit_test(every_cut_is_an_error),
        cmocka_unit_test(what_is_malformed_is_an_error),
        cmocka_unit_test(only_a_regular_file_has_contents),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
