#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hooks/scan/reader.h"

#define FILES 300 /* more than are read at once */

struct seen {
    unsigned next; /* the number of the file that has to come */
    unsigned wanted, missing, large;
};

static bool is_even(void *payload, struct reader_file *file)
{
    struct text bytes = buffer_view(&file->bytes);

    (void)payload;
    return bytes.size > 0 && (bytes.bytes[bytes.size - 1] - '0') % 2 == 0;
}

static void note(void *payload, const struct reader_file *file)
{
    struct seen *seen = payload;
    char name[32];

    snprintf(name, sizeof(name), "%u", seen->next++);
    assert_string_equal(name, file->shown);
    seen->wanted += file->is_wanted;
    seen->missing += file->found < 0;
    seen->large += file->is_large;
    if (file->is_wanted && !file->is_large)
        assert_true(text_equal(text_of(name), buffer_view(&file->bytes)));
    if (file->found < 0)
        assert_non_null(strstr(file->err.message, "cannot open it"));
}

/* A folder with files "0", "1", … that hold their numbers. */
static void make_files(char folder[64])
{
    strcpy(folder, "/tmp/tmpguard-reader.XXXXXX");
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < FILES; i++) {
        char path[96];
        FILE *file;

        snprintf(path, sizeof(path), "%s/%d", folder, i);
        file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "%d", i);
        fclose(file);
    }
}

static void remove_files(const char *folder)
{
    for (int i = 0; i < FILES; i++) {
        char path[96];

        snprintf(path, sizeof(path), "%s/%d", folder, i);
        unlink(path);
    }
    rmdir(folder);
}

static void give(struct reader *reader, const char *folder, int number)
{
    char path[96], shown[32];

    snprintf(path, sizeof(path), "%s/%d", folder, number);
    snprintf(shown, sizeof(shown), "%d", number);
    reader_give(reader, path, shown, false);
}

static void check_order(unsigned threads)
{
    struct seen seen = { 0 };
    const struct reader_visitor visitor = { is_even, note, &seen };
    struct reader *reader = reader_open(&visitor, 1 << 20, threads);
    char folder[64], path[96];

    make_files(folder);
    snprintf(path, sizeof(path), "%s/7", folder);
    unlink(path);
    for (int i = 0; i < FILES; i++)
        give(reader, folder, i);
    reader_close(reader);
    remove_files(folder);
    assert_int_equal(FILES, seen.next);
    assert_int_equal(FILES / 2, seen.wanted);
    assert_int_equal(1, seen.missing);
}

static void files_come_in_order_with_the_bytes_that_are_wanted(void **state)
{
    (void)state;
    check_order(1);
    check_order(2);
}

static void a_single_file_is_read_and_none_is_fine(void **state)
{
    struct seen seen = { 0 };
    const struct reader_visitor visitor = { is_even, note, &seen };
    struct reader *reader = reader_open(&visitor, 1 << 20, 2);
    char folder[64];

    (void)state;
    make_files(folder);
    give(reader, folder, 0);
    reader_close(reader);
    reader_close(reader_open(&visitor, 1, 1));
    reader_close(NULL);
    remove_files(folder);
    assert_int_equal(1, seen.next);
    assert_int_equal(1, seen.wanted);
}

static void a_large_file_is_wanted_without_its_bytes(void **state)
{
    struct seen seen = { 0 };
    const struct reader_visitor visitor = { is_even, note, &seen };
    struct reader *reader = reader_open(&visitor, 2 * READER_KEEP_MAX, 0);
    char folder[64], path[96];
    FILE *file;

    (void)state;
    make_files(folder);
    snprintf(path, sizeof(path), "%s/0", folder);
    file = fopen(path, "r+");
    assert_non_null(file);
    fseek(file, (long)READER_KEEP_MAX, SEEK_SET);
    fputc('2', file);
    fclose(file);
    give(reader, folder, 0);
    reader_close(reader);
    remove_files(folder);
    assert_int_equal(1, seen.large);
    assert_int_equal(1, seen.wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_come_in_order_with_the_bytes_that_are_wanted),
        cmocka_unit_test(a_single_file_is_read_and_none_is_fine),
        cmocka_unit_test(a_large_file_is_wanted_without_its_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
