/* Processes that are killed, disks that are full, files one may not write. */
#include "tests/test.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "tests/store/scratch.h"

#define ENTRY_SIZE 300
#define KILLS      20
#define NOBODY     65534

/* What a child reports by its exit status. */
enum outcome {
    OUTCOME_AS_WANTED,
    OUTCOME_OTHERWISE,
    OUTCOME_CANNOT_TRY,
};

typedef enum outcome deed(const struct scratch *scratch);

static enum outcome in_a_child(const struct scratch *scratch, deed *act)
{
    int status;
    pid_t child = fork();

    if (child == 0)
        _exit((int)act(scratch));
    assert_int_equal(child, waitpid(child, &status, 0));
    return WIFEXITED(status) ? (enum outcome)WEXITSTATUS(status)
                             : OUTCOME_OTHERWISE;
}

static void goes_as_wanted(const struct scratch *scratch, deed *act,
                           const char *needed)
{
    enum outcome outcome = in_a_child(scratch, act);

    if (outcome == OUTCOME_CANNOT_TRY) {
        print_message("skipped: needs %s\n", needed);
        skip();
    }
    assert_int_equal(OUTCOME_AS_WANTED, outcome);
}

_Noreturn static void put_for_ever(const struct scratch *scratch)
{
    struct store *store = scratch_open(scratch);
    struct error err;

    for (unsigned i = 0;; i += 100) {
        scratch_put_many(store, i % 10000, i % 10000 + 100, ENTRY_SIZE);
        store_flush(store, &err);
    }
}

static void a_killed_writer_leaves_sound_rows_or_none(void **state)
{
    struct scratch *scratch = *state;
    unsigned found = 0;

    for (int i = 0; i < KILLS; i++) {
        struct store *store;
        struct error err;
        uint64_t dropped;
        int status;
        pid_t child = fork();

        if (child == 0)
            put_for_ever(scratch);
        usleep((useconds_t)(5000 + i * 3000));
        assert_int_equal(0, kill(child, SIGKILL));
        assert_int_equal(child, waitpid(child, &status, 0));
        assert_true(WIFSIGNALED(status));
        store = scratch_open(scratch);
        found += scratch_get_many(store, 0, 10000, ENTRY_SIZE);
        assert_int_equal(0, store_verify(store, &dropped, &err));
        assert_int_equal(0, dropped);
        assert_int_equal(0, scratch_stats(store).ever.quarantined);
        store_close(store);
    }
    assert_true(found > 0);
}

static void flushed_entries_survive_a_kill(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;
    int status;
    pid_t child = fork();

    if (child == 0) {
        struct error err;

        store = scratch_open(scratch);
        scratch_put_many(store, 0, 10, ENTRY_SIZE);
        store_flush(store, &err);
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    store = scratch_open(scratch);
    assert_int_equal(10, scratch_get_many(store, 0, 10, ENTRY_SIZE));
    store_close(store);
}

static enum outcome become_nobody(const struct scratch *scratch)
{
    char home[160], secret[160];

    if (geteuid() != 0)
        return OUTCOME_AS_WANTED;
    scratch_name(home, sizeof(home), scratch->root, "home");
    scratch_name(secret, sizeof(secret), scratch->state, SECRET_FILE);
    if (chown(scratch->root, NOBODY, NOBODY) < 0 ||
        chown(home, NOBODY, NOBODY) < 0 ||
        chown(scratch->state, NOBODY, NOBODY) < 0 ||
        chown(secret, NOBODY, NOBODY) < 0 ||
        chown(scratch->folder, NOBODY, NOBODY) < 0 ||
        chown(scratch->database, NOBODY, NOBODY) < 0 ||
        setresuid(NOBODY, NOBODY, NOBODY) < 0)
        return OUTCOME_CANNOT_TRY;
    return OUTCOME_AS_WANTED;
}

static enum outcome cannot_open(const struct scratch *scratch)
{
    struct store_place place = scratch_place(scratch);
    struct store *store;
    struct error err;

    if (store_open(&store, &place, &err) == 0 || store)
        return OUTCOME_OTHERWISE;
    return OUTCOME_AS_WANTED;
}

static enum outcome open_in_a_read_only_folder(const struct scratch *scratch)
{
    if (become_nobody(scratch) != OUTCOME_AS_WANTED)
        return OUTCOME_CANNOT_TRY;
    if (chmod(scratch->folder, 0500) < 0)
        return OUTCOME_OTHERWISE;
    return cannot_open(scratch);
}

static void a_read_only_folder_is_no_cache(void **state)
{
    struct scratch *scratch = *state;
    char lock[160];

    store_close(scratch_open(scratch));
    scratch_name(lock, sizeof(lock), scratch->folder, FOLDER_LOCK_NAME);
    assert_int_equal(0, unlink(lock));
    goes_as_wanted(scratch, open_in_a_read_only_folder, "another user");
    chmod(scratch->folder, 0700);
}

static enum outcome open_a_read_only_file(const struct scratch *scratch)
{
    char lock[160];

    if (become_nobody(scratch) != OUTCOME_AS_WANTED)
        return OUTCOME_CANNOT_TRY;
    scratch_name(lock, sizeof(lock), scratch->folder, FOLDER_LOCK_NAME);
    unlink(lock);
    if (chmod(scratch->database, 0400) < 0)
        return OUTCOME_OTHERWISE;
    return cannot_open(scratch);
}

static void a_read_only_file_is_no_cache(void **state)
{
    struct scratch *scratch = *state;

    store_close(scratch_open(scratch));
    goes_as_wanted(scratch, open_a_read_only_file, "another user");
}

/* Writes past the limit fail, much as they do on a full disk. */
static enum outcome write_past_a_limit(const struct scratch *scratch)
{
    struct rlimit most = { 300000, 300000 };
    struct store *store = scratch_open(scratch);
    struct store_stats stats;
    struct error err;

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &most) < 0)
        return OUTCOME_CANNOT_TRY;
    scratch_put_many(store, 100, 5000, ENTRY_SIZE);
    if (store_flush(store, &err) < 0)
        return OUTCOME_OTHERWISE;
    scratch_put_many(store, 100, 110, ENTRY_SIZE);
    if (scratch_get_many(store, 0, 10, ENTRY_SIZE) != 10)
        return OUTCOME_OTHERWISE;
    stats = scratch_stats(store);
    if (stats.run.skipped != 4910 || stats.run.writes != 0 ||
        stats.run.quarantined != 0)
        return OUTCOME_OTHERWISE;
    store_close(store);
    return OUTCOME_AS_WANTED;
}

static void where_nothing_can_be_written_reading_goes_on(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);

    scratch_put_many(store, 0, 10, ENTRY_SIZE);
    store_close(store);
    goes_as_wanted(scratch, write_past_a_limit, "a file size limit");
    store = scratch_open(scratch);
    assert_int_equal(10, scratch_get_many(store, 0, 10, ENTRY_SIZE));
    assert_int_equal(0, scratch_stats(store).ever.quarantined);
    store_close(store);
}

/* A disk of this size, in a mount namespace of the child's own. */
static enum outcome mount_small(const struct scratch *scratch, const char *size)
{
    char options[64];

    snprintf(options, sizeof(options), "mode=0700,size=%s", size);
    if ((unshare(CLONE_NEWNS) < 0 &&
         unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
        mount("tmpfs", scratch->folder, "tmpfs", 0, options) < 0)
        return OUTCOME_CANNOT_TRY;
    return OUTCOME_AS_WANTED;
}

static enum outcome skip_on_a_small_disk(const struct scratch *scratch)
{
    struct store *store;
    struct store_stats stats;

    if (mount_small(scratch, "100m") != OUTCOME_AS_WANTED)
        return OUTCOME_CANNOT_TRY;
    store = scratch_open(scratch);
    scratch_put_many(store, 0, 100, ENTRY_SIZE);
    stats = scratch_stats(store);
    store_close(store);
    return stats.run.skipped == 100 && stats.entries == 0 ? OUTCOME_AS_WANTED
                                                          : OUTCOME_OTHERWISE;
}

static void the_last_of_the_disk_is_left_alone(void **state)
{
    struct scratch *scratch = *state;

    store_close(scratch_open(scratch));
    goes_as_wanted(scratch, skip_on_a_small_disk, "mount namespaces");
}

static enum outcome open_on_a_full_disk(const struct scratch *scratch)
{
    char name[160];
    int file;

    if (mount_small(scratch, "64k") != OUTCOME_AS_WANTED)
        return OUTCOME_CANNOT_TRY;
    scratch_name(name, sizeof(name), scratch->folder, "filler");
    file = open(name, O_WRONLY | O_CREAT, 0600);
    while (write(file, name, sizeof(name)) > 0)
        ;
    close(file);
    return cannot_open(scratch);
}

static void a_disk_that_is_full_from_the_start_is_no_cache(void **state)
{
    struct scratch *scratch = *state;

    store_close(scratch_open(scratch));
    goes_as_wanted(scratch, open_on_a_full_disk, "mount namespaces");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(a_killed_writer_leaves_sound_rows_or_none),
        SCRATCH_TEST(flushed_entries_survive_a_kill),
        SCRATCH_TEST(a_read_only_folder_is_no_cache),
        SCRATCH_TEST(a_read_only_file_is_no_cache),
        SCRATCH_TEST(where_nothing_can_be_written_reading_goes_on),
        SCRATCH_TEST(the_last_of_the_disk_is_left_alone),
        SCRATCH_TEST(a_disk_that_is_full_from_the_start_is_no_cache),
    };

    return cmocka_run_group_tests_name("store/crash", tests, NULL, NULL);
}
