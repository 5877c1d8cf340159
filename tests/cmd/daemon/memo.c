#include "tests/test.h"

#include <string.h>

#include "cmd/daemon/memo.h"

#define SIGHT(name, number)                                                    \
    {                                                                          \
        .way = SIGHT_LINK, .path = TEXT(name), .real = TEXT_EMPTY, .mark = {   \
            .inode = (number)                                                  \
        }                                                                      \
    }

static struct memo made(void)
{
    struct memo memo = {
        .code = 1,
        .clock_ns = -5,
        .tree = { .size = 20, .bytes = { 1, 2, 3 } },
        .shape = { 2, 100000, 9600012, 20 },
        .index = { .inode = 7, .size = 9 },
        .rests = true,
        .git_dir = TEXT("/r/.git"),
        .common_dir = TEXT("/c/.git"),
        .root = TEXT("/r"),
        .index_path = TEXT("/r/.git/index"),
        .out = { "a\0b\n", 4 },
    };

    return memo;
}

static void encode(struct buffer *bytes)
{
    const struct sight sights[] = { SIGHT("/r/.git/HEAD", 3),
                                    SIGHT("/r/.git/index", 4), SIGHT("/r", 5) };
    struct memo memo = made();

    memo_encode(bytes, &memo, sights, 3);
}

static void a_memo_comes_back_without_what_it_says_of_the_index(void **state)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct sight sight;
    struct memo memo;

    (void)state;
    encode(&bytes);
    assert_int_equal(0, memo_decode(&memo, buffer_view(&bytes)));
    assert_true(memo.code == 1 && memo.clock_ns == -5 && memo.rests);
    assert_int_equal(20, memo.tree.size);
    assert_int_equal(3, memo.tree.bytes[2]);
    assert_true(memo.shape.entries_end == 9600012 && memo.index.inode == 7);
    assert_string_equal("/r/.git", memo.git_dir.bytes);
    assert_string_equal("/c/.git", memo.common_dir.bytes);
    assert_string_equal("/r", memo.root.bytes);
    assert_string_equal("/r/.git/index", memo.index_path.bytes);
    assert_true(text_equal(made().out, memo.out));
    assert_int_equal(1, memo_next_sight(&sight, &memo.sights));
    assert_string_equal("/r/.git/HEAD", sight.path.bytes);
    assert_int_equal(1, memo_next_sight(&sight, &memo.sights));
    assert_string_equal("/r", sight.path.bytes);
    assert_true(sight.way == SIGHT_LINK && sight.mark.inode == 5);
    assert_int_equal(0, memo_next_sight(&sight, &memo.sights));
    buffer_release(&bytes);
}

/* All sights of it, or -1. */
static int count(struct memo *memo)
{
    struct sight sight;
    int found = 0, more;

    while ((more = memo_next_sight(&sight, &memo->sights)) == 1)
        found++;
    return more < 0 ? -1 : found;
}

static void a_memo_that_is_cut_is_none(void **state)
{
    struct buffer bytes = BUFFER_EMPTY;
    unsigned whole = 0;

    (void)state;
    encode(&bytes);
    for (size_t size = 0; size < bytes.size; size++) {
        struct memo memo;

        if (memo_decode(&memo, text_slice(buffer_view(&bytes), 0, size)) == 0)
            whole += count(&memo) >= 0;
    }
    /* Between two sights nobody can tell. */
    assert_int_equal(2, whole);
    buffer_release(&bytes);
}

static void what_is_too_long_or_of_no_tree_is_none(void **state)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct memo memo = made();

    (void)state;
    memo.tree.size = 0;
    memo_encode(&bytes, &memo, NULL, 0);
    assert_int_equal(-1, memo_decode(&memo, buffer_view(&bytes)));
    buffer_clear(&bytes);
    memo = made();
    memo_encode(&bytes, &memo, NULL, 0);
    memset(buffer_extend(&bytes, MEMO_SIZE_MAX - bytes.size), 0,
           MEMO_SIZE_MAX - bytes.size);
    assert_int_equal(0, memo_decode(&memo, buffer_view(&bytes)));
    buffer_byte(&bytes, '\0');
    assert_int_equal(-1, memo_decode(&memo, buffer_view(&bytes)));
    buffer_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_memo_comes_back_without_what_it_says_of_the_index),
        cmocka_unit_test(a_memo_that_is_cut_is_none),
        cmocka_unit_test(what_is_too_long_or_of_no_tree_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
