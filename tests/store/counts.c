#include "tests/test.h"

#include "store/counts.h"
#include "tests/store/scratch.h"

static int open_file(const struct scratch *scratch)
{
    int file = open(scratch->other, O_RDWR | O_CREAT, 0600);

    assert_true(file >= 0);
    return file;
}

static void what_is_added_is_there(void **state)
{
    const struct counts first = { .hits = 1, .quarantined = 2 };
    const struct counts second = { .hits = 10, .rejected = UINT64_MAX / 2 };
    int file = open_file(*state);
    struct counts sum;

    assert_int_equal(0, counts_read(file).hits);
    counts_add(file, &first);
    counts_add(file, &second);
    sum = counts_read(file);
    assert_int_equal(11, sum.hits);
    assert_int_equal(2, sum.quarantined);
    assert_true(sum.rejected == UINT64_MAX / 2);
    assert_int_equal(0, sum.misses + sum.writes + sum.skipped + sum.evicted);
    close(file);
}

static void nothing_is_not_written(void **state)
{
    const struct counts none = { .hits = 0 };
    int file = open_file(*state);
    struct stat about;

    counts_add(file, &none);
    assert_int_equal(0, fstat(file, &about));
    assert_int_equal(0, about.st_size);
    close(file);
}

static void other_bytes_count_for_nothing(void **state)
{
    const struct counts one = { .hits = 1 };
    struct scratch *scratch = *state;
    struct buffer bytes;
    int file;

    scratch_write(scratch->other, TEXT("17\n"));
    file = open_file(scratch);
    assert_int_equal(0, counts_read(file).hits);
    counts_add(file, &one);
    assert_int_equal(1, counts_read(file).hits);
    bytes = scratch_read(scratch->other);
    for (size_t i = 0; i < bytes.size; i++) {
        char kept = bytes.bytes[i];

        bytes.bytes[i] = 'x';
        scratch_write(scratch->other, buffer_view(&bytes));
        assert_in_range(counts_read(file).hits, 0, 1);
        bytes.bytes[i] = kept;
    }
    buffer_release(&bytes);
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(what_is_added_is_there),
        SCRATCH_TEST(nothing_is_not_written),
        SCRATCH_TEST(other_bytes_count_for_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
