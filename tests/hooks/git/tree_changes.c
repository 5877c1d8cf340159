#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "hooks/git/tree_changes.h"

#define ID_SIZE 20

/* One letter is one entry: a file in lower case, a folder in upper case, of
 * the name in lower case; the id is the digit behind it. */
static struct buffer tree_of(const char *letters)
{
    struct buffer tree = BUFFER_EMPTY;

    for (; *letters; letters += 2) {
        char folder = *letters >= 'A' && *letters <= 'Z';
        char name = folder ? (char)(*letters - 'A' + 'a') : *letters;

        buffer_format(&tree, "%s %c", folder ? "40000" : "100644", name);
        buffer_byte(&tree, '\0');
        for (int i = 0; i < ID_SIZE; i++)
            buffer_byte(&tree, letters[1]);
    }
    return tree;
}

/* Write each visit as in tree_of, a '-' before what is gone. */
static void note(void *payload, const struct tree_entry *entry, bool gone)
{
    struct buffer *notes = payload;
    bool folder = (entry->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE;
    char name = entry->name.bytes[0];

    buffer_format(notes, "%s%c", gone ? "-" : "",
                  folder ? name - 'a' + 'A' : name);
    if (!gone)
        buffer_byte(notes, (char)entry->id.bytes[0]);
}

static int changes(const char *before, const char *after, struct buffer *notes)
{
    struct buffer base = tree_of(before), now = tree_of(after);
    struct tree_starts none = { .at = NULL }, old = none, new = none,
                       alone = none;
    struct buffer ignored = BUFFER_EMPTY;
    int result;

    assert_int_equal(0, tree_changes(TEXT_EMPTY, &none, buffer_view(&base),
                                     &old, ID_SIZE, note, &ignored));
    result = tree_changes(buffer_view(&base), &old, buffer_view(&now), &new,
                          ID_SIZE, note, notes);
    assert_int_equal(result, tree_changes(TEXT_EMPTY, &none, buffer_view(&now),
                                          &alone, ID_SIZE, note, &ignored));
    if (result == 0) {
        assert_int_equal(alone.at_count, new.at_count);
        if (new.at_count)
            assert_memory_equal(alone.at, new.at,
                                new.at_count * sizeof(*new.at));
    }
    tree_starts_release(&old);
    tree_starts_release(&new);
    tree_starts_release(&alone);
    buffer_release(&base);
    buffer_release(&now);
    buffer_release(&ignored);
    return result;
}

static void expect(const char *before, const char *after, const char *want)
{
    struct buffer notes = BUFFER_EMPTY;

    buffer_string(&notes, "");
    assert_int_equal(0, changes(before, after, &notes));
    if (strcmp(notes.size ? notes.bytes : "", want) != 0)
        fail_msg("%s to %s: got %s, want %s", before, after, notes.bytes, want);
    buffer_release(&notes);
}

static void only_entries_that_differ_are_visited(void **state)
{
    (void)state;
    expect("", "", "");
    expect("a1", "a1", "");
    expect("", "a1B2", "a1B2");
    expect("a1B2", "", "-a-B");
    expect("a1b2c3", "a1b4c3", "b4");
    expect("a1b2c3", "a4b2c3", "a4");
    expect("a1b2c3", "a1b2c4", "c4");
    expect("a1b2c3", "a1c3", "-b");
    expect("a1c3", "a1b2c3", "b2");
    expect("a1b2", "a1b2c3", "c3");
    expect("b2c3", "a1b2c3", "a1");
    expect("a1b2c3d4", "a5b2c3d6", "a5d6");
    expect("a1b2", "a1b2c3d4", "c3d4");
    expect("a1b2c3d4", "a1b2", "-c-d");
}

static void a_folder_and_a_file_of_one_name_are_two_entries(void **state)
{
    (void)state;
    expect("a1", "A1", "-aA1");
    expect("a1A2", "a1A3", "A3");
    expect("A1b1", "a1b1", "a1-A");
}

static void what_is_out_of_order_or_twice_is_refused(void **state)
{
    struct buffer notes = BUFFER_EMPTY;

    (void)state;
    assert_int_equal(-1, changes("a1c3", "a1a2c3", &notes));
    assert_int_equal(-1, changes("a1c3", "a1c3c3", &notes));
    assert_int_equal(-1, changes("a1c3", "c3a1", &notes));
    assert_int_equal(-1, changes("b1c3", "d1b1c3", &notes));
    assert_int_equal(-1, changes("", "b1a1", &notes));
    buffer_release(&notes);
}

/* The sorted letters that the bits of `mask` choose, with few ids. */
static void choose(char *letters, unsigned mask, unsigned seed)
{
    for (int i = 0; i < 12; i++) {
        seed = seed * 1103515245 + 12345;
        if (!(mask >> i & 1))
            continue;
        *letters++ = i % 3 == 1 ? (char)('A' + i) : (char)('a' + i);
        *letters++ = seed >> 16 & 7 ? '1' : '2';
    }
    *letters = '\0';
}

/* In text: what is there before and after, entry by entry. */
static void compare_slowly(const char *before, const char *after,
                           struct buffer *want)
{
    while (*before || *after) {
        int one = *before ? *before | 0x20 : 0x7f;
        int two = *after ? *after | 0x20 : 0x7f;

        if (one < two)
            buffer_format(want, "-%c", *before);
        else if (one > two || before[1] != after[1])
            buffer_format(want, "%c%c", after[0], after[1]);
        before += one <= two ? 2 : 0;
        after += two <= one ? 2 : 0;
    }
}

static void any_two_trees_are_compared_as_entry_by_entry(void **state)
{
    unsigned seed = 1;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char before[32], after[32];
        struct buffer want = BUFFER_EMPTY;
        unsigned mask;

        seed = seed * 1103515245 + 12345;
        mask = seed >> 16;
        choose(before, mask, seed);
        seed = seed * 1103515245 + 12345;
        choose(after, i % 2 ? mask ^ (1U << (seed >> 20 & 7)) : seed >> 16,
               seed);
        buffer_string(&want, "");
        compare_slowly(before, after, &want);
        expect(before, after, want.size ? want.bytes : "");
        buffer_release(&want);
    }
}

/* Each byte of a tree, changed: it is refused, or read as if on its own. */
static void damage_is_refused_or_means_the_same_with_any_base(void **state)
{
    struct buffer base = tree_of("a1B2c3d4");
    struct tree_starts none = { .at = NULL }, old = none;
    struct buffer ignored = BUFFER_EMPTY;

    (void)state;
    assert_int_equal(0, tree_changes(TEXT_EMPTY, &none, buffer_view(&base),
                                     &old, ID_SIZE, note, &ignored));
    for (size_t i = 0; i < base.size * 256; i++) {
        char *copy = malloc(base.size);
        struct text now = { copy, base.size };
        struct tree_starts new = none, alone = none;
        int result;

        memcpy(copy, base.bytes, base.size);
        copy[i / 256] = (char)(i % 256);
        result = tree_changes(buffer_view(&base), &old, now, &new, ID_SIZE,
                              note, &ignored);
        assert_int_equal(result, tree_changes(TEXT_EMPTY, &none, now, &alone,
                                              ID_SIZE, note, &ignored));
        if (result == 0) {
            assert_int_equal(alone.at_count, new.at_count);
            assert_memory_equal(alone.at, new.at,
                                new.at_count * sizeof(*new.at));
        }
        tree_starts_release(&new);
        tree_starts_release(&alone);
        free(copy);
    }
    tree_starts_release(&old);
    buffer_release(&base);
    buffer_release(&ignored);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_entries_that_differ_are_visited),
        cmocka_unit_test(a_folder_and_a_file_of_one_name_are_two_entries),
        cmocka_unit_test(what_is_out_of_order_or_twice_is_refused),
        cmocka_unit_test(any_two_trees_are_compared_as_entry_by_entry),
        cmocka_unit_test(damage_is_refused_or_means_the_same_with_any_base),
    };

    return cmocka_run_group_tests_name("hooks/git/tree_changes", tests, NULL,
                                       NULL);
}
