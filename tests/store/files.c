#include "tests/test.h"

#include "tests/store/scratch.h"

static struct folder opened(const struct scratch *scratch)
{
    struct folder folder;
    struct error err;

    assert_int_equal(0, folder_make(scratch->folder, 1, &err));
    if (folder_open(&folder, scratch->folder, &err) < 0)
        fail_msg("%s", err.message);
    return folder;
}

/* A file in the cache's folder with some bytes, mode 0600. */
static void make(const struct scratch *scratch, const char *file)
{
    char name[160];

    scratch_name(name, sizeof(name), scratch->folder, file);
    scratch_write(name, TEXT("bytes"));
}

static void what_is_absent_or_ours_is_fine(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder = opened(scratch);
    struct error err;

    assert_int_equal(0, files_check(&folder, &err));
    make(scratch, FILES_DATABASE);
    make(scratch, FILES_DATABASE "-wal");
    make(scratch, FILES_DATABASE "-journal");
    make(scratch, FILES_DATABASE "-shm");
    assert_int_equal(0, files_check(&folder, &err));
    folder_close(&folder);
}

static void whatever_else_stands_there_or_beside_is_refused(void **state)
{
    static const char *const names[] = {
        FILES_DATABASE,
        FILES_DATABASE "-wal",
        FILES_DATABASE "-journal",
        FILES_DATABASE "-shm",
    };
    struct scratch *scratch = *state;
    struct folder folder = opened(scratch);
    struct error err;

    scratch_write(scratch->other, TEXT("other"));
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        char name[160];

        scratch_name(name, sizeof(name), scratch->folder, names[i]);
        assert_int_equal(0, symlink(scratch->other, name));
        assert_int_equal(-1, files_check(&folder, &err));
        assert_int_equal(0, unlink(name));
        assert_int_equal(0, link(scratch->other, name));
        assert_int_equal(-1, files_check(&folder, &err));
        assert_int_equal(0, unlink(name));
        assert_int_equal(0, mkdir(name, 0700));
        assert_int_equal(-1, files_check(&folder, &err));
        assert_int_equal(0, rmdir(name));
        scratch_write(name, TEXT("bytes"));
        assert_int_equal(0, chmod(name, 0620));
        assert_int_equal(-1, files_check(&folder, &err));
        assert_int_equal(0, unlink(name));
        assert_int_equal(0, files_check(&folder, &err));
    }
    folder_close(&folder);
}

static void the_kind_of_the_file_is_told_by_its_bytes(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder = opened(scratch);
    enum header_kind kind = HEADER_OURS;
    struct error err;

    assert_int_equal(0, files_kind(&folder, &kind, &err));
    assert_int_equal(HEADER_EMPTY, kind);
    make(scratch, FILES_DATABASE);
    assert_int_equal(0, files_kind(&folder, &kind, &err));
    assert_int_equal(HEADER_DAMAGED, kind);
    assert_int_equal(0, unlink(scratch->database));
    scratch_sql(scratch->database, "CREATE TABLE t (a)");
    assert_int_equal(0, files_kind(&folder, &kind, &err));
    assert_int_equal(HEADER_FOREIGN, kind);
    folder_close(&folder);
}

static void
a_beginning_is_an_empty_file_of_ours_and_nothing_beside(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder = opened(scratch);
    struct stat about;
    struct error err;
    mode_t mask = umask(0);

    make(scratch, FILES_DATABASE);
    make(scratch, FILES_DATABASE "-wal");
    make(scratch, "kept");
    assert_int_equal(0, files_begin(&folder, &err));
    umask(mask);
    assert_int_equal(0, lstat(scratch->database, &about));
    assert_int_equal(0, about.st_size);
    assert_int_equal(S_IFREG | 0600, about.st_mode);
    assert_false(scratch_has(scratch, FILES_DATABASE "-wal"));
    assert_true(scratch_has(scratch, "kept"));
    folder_close(&folder);
}

static void a_link_in_its_place_is_replaced_not_followed(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder = opened(scratch);
    struct buffer other;
    struct error err;

    scratch_write(scratch->other, TEXT("other"));
    assert_int_equal(0, symlink(scratch->other, scratch->database));
    assert_int_equal(0, files_begin(&folder, &err));
    other = scratch_read(scratch->other);
    assert_string_equal("other", other.bytes);
    buffer_release(&other);
    folder_close(&folder);
}

static void setting_aside_moves(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder = opened(scratch);
    struct error err;

    make(scratch, FILES_DATABASE);
    make(scratch, FILES_DATABASE "-journal");
    make(scratch, FILES_BAD);
    assert_int_equal(0, files_set_aside(&folder, &err));
    assert_false(scratch_has(scratch, FILES_DATABASE));
    assert_false(scratch_has(scratch, FILES_DATABASE "-journal"));
    assert_true(scratch_has(scratch, FILES_BAD));
    assert_int_equal(-1, files_set_aside(&folder, &err));
    folder_close(&folder);
}

static void removing_takes_all_of_ours_and_nothing_else(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder = opened(scratch);
    struct error err;

    make(scratch, FILES_DATABASE);
    make(scratch, FILES_DATABASE "-shm");
    make(scratch, FILES_BAD);
    make(scratch, "kept");
    assert_int_equal(0, files_remove(&folder, &err));
    assert_int_equal(0, files_remove(&folder, &err));
    folder_close(&folder);
    assert_true(scratch_has(scratch, "kept"));
    assert_false(scratch_has(scratch, FILES_DATABASE));
    assert_false(scratch_has(scratch, FILES_DATABASE "-shm"));
    assert_false(scratch_has(scratch, FILES_BAD));
    assert_false(scratch_has(scratch, FOLDER_LOCK_NAME));
}

static void the_path_is_absolute(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder = opened(scratch);
    char *path = files_path(&folder);

    assert_string_equal(scratch->database, path);
    free(path);
    folder_close(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(what_is_absent_or_ours_is_fine),
        SCRATCH_TEST(whatever_else_stands_there_or_beside_is_refused),
        SCRATCH_TEST(the_kind_of_the_file_is_told_by_its_bytes),
        SCRATCH_TEST(a_beginning_is_an_empty_file_of_ours_and_nothing_beside),
        SCRATCH_TEST(a_link_in_its_place_is_replaced_not_followed),
        SCRATCH_TEST(setting_aside_moves),
        SCRATCH_TEST(removing_takes_all_of_ours_and_nothing_else),
        SCRATCH_TEST(the_path_is_absolute),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
