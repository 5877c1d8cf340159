#include "tests/test.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <fts.h>
#include <pthread.h>
#include <pwd.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/daemon/witness.h"

static char top[64], file[96];

static int setup(void **state)
{
    (void)state;
    snprintf(top, sizeof(top), "/tmp/tmpguard-test.XXXXXX");
    if (!mkdtemp(top))
        return -1;
    snprintf(file, sizeof(file), "%s/file", top);
    close(creat(file, 0600));
    witness_begin("/tmp");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    witness_end();
    unlink(file);
    return rmdir(top);
}

static const struct sight *seen(const char *path, enum sight_way way)
{
    struct witness_account account = witness_tell();

    for (size_t i = 0; i < account.sights_count; i++)
        if (account.sights[i].way == way &&
            strcmp(account.sights[i].path.bytes, path) == 0)
            return &account.sights[i];
    return NULL;
}

static struct stat about;
static char link_room[16];

static void open_it(const char *path)
{
    close(open(path, O_RDONLY | O_CLOEXEC));
}

static void open_link(const char *path)
{
    close(open(path, O_RDONLY | O_NOFOLLOW));
}

/* With _FORTIFY_SOURCE it is another function. */
static void open_varied(const char *path)
{
    volatile int flags = O_RDWR;

    close(open(path, flags));
}

static void openat_it(const char *path)
{
    close(openat(-7, path, O_RDONLY));
}

static void fopen_it(const char *path)
{
    fclose(fopen(path, "re"));
}

static void stat_it(const char *path)
{
    assert_int_equal(0, stat(path, &about));
}

static void lstat_it(const char *path)
{
    assert_int_equal(0, lstat(path, &about));
}

static void fstatat_it(const char *path)
{
    assert_int_equal(0, fstatat(AT_FDCWD, path, &about, 0));
}

static void fstatat_link(const char *path)
{
    assert_int_equal(0, fstatat(AT_FDCWD, path, &about, AT_SYMLINK_NOFOLLOW));
}

static void access_it(const char *path)
{
    assert_int_equal(0, access(path, R_OK));
}

static void faccessat_it(const char *path)
{
    assert_int_equal(0, faccessat(AT_FDCWD, path, R_OK, 0));
}

static void readlink_it(const char *path)
{
    assert_int_equal(-1, readlink(path, link_room, sizeof(link_room)));
}

static void realpath_it(const char *path)
{
    free(realpath(path, NULL));
}

static const struct {
    const char *what;
    void (*look)(const char *path);
    enum sight_way way;
} looks[] = {
    { "open", open_it, SIGHT_FOLDER },
    { "open, not through a link", open_link, SIGHT_LINK },
    { "open, flags that vary", open_varied, SIGHT_FOLDER },
    { "openat", openat_it, SIGHT_FOLDER },
    { "fopen", fopen_it, SIGHT_FILE },
    { "stat", stat_it, SIGHT_FILE },
    { "lstat", lstat_it, SIGHT_LINK },
    { "fstatat", fstatat_it, SIGHT_FILE },
    { "fstatat, not through a link", fstatat_link, SIGHT_LINK },
    { "access", access_it, SIGHT_FILE },
    { "faccessat", faccessat_it, SIGHT_FILE },
    { "readlink", readlink_it, SIGHT_LINK },
    { "realpath", realpath_it, SIGHT_REAL },
};

static void each_way_to_look_at_a_file_is_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
        witness_begin("/tmp");
        looks[i].look(file);
        if (!seen(file, looks[i].way) || witness_tell().sights_count != 1 ||
            witness_tell().doubt)
            fail_msg("%s", looks[i].what);
    }
}

static int none(const struct dirent *entry)
{
    (void)entry;
    return 0;
}

static void a_folder_that_is_listed_is_seen(void **state)
{
    struct dirent **names;

    (void)state;
    closedir(opendir(top));
    assert_non_null(seen(top, SIGHT_FOLDER));
    witness_begin("/tmp");
    assert_int_equal(0, scandir(top, &names, none, alphasort));
    free(names);
    assert_non_null(seen(top, SIGHT_FOLDER));
}

static void a_path_is_seen_from_the_folder_and_once(void **state)
{
    (void)state;
    (void)stat(file + strlen("/tmp/"), &about);
    (void)stat(file + strlen("/tmp/"), &about);
    stat_it(file);
    assert_non_null(seen(file, SIGHT_FILE));
    assert_int_equal(1, witness_tell().sights_count);
}

/* What was there at first: what was read then is part of the verdict. */
static void the_first_look_counts(void **state)
{
    (void)state;
    unlink(file);
    assert_int_equal(-1, stat(file, &about));
    close(creat(file, 0600));
    stat_it(file);
    assert_int_not_equal(0, seen(file, SIGHT_FILE)->mark.trouble);
}

static void who_writes_does_not_see(void **state)
{
    (void)state;
    close(open(file, O_WRONLY | O_APPEND | O_CREAT, 0600));
    fclose(fopen(file, "ae"));
    assert_int_equal(0, witness_tell().sights_count);
}

static void *look_there(void *path)
{
    stat_it(path);
    return NULL;
}

static void other_threads_are_seen(void **state)
{
    pthread_t thread;

    (void)state;
    assert_int_equal(0, pthread_create(&thread, NULL, look_there, file));
    pthread_join(thread, NULL);
    assert_non_null(seen(file, SIGHT_FILE));
}

static void below_an_open_folder(void)
{
    int folder = open(top, O_RDONLY | O_DIRECTORY);

    assert_int_equal(0, fstatat(folder, "file", &about, 0));
    close(folder);
}

static void walk(void)
{
    char *paths[] = { top, NULL };
    FTS *tree = fts_open(paths, FTS_PHYSICAL, NULL);

    assert_non_null(fts_read(tree));
    fts_close(tree);
}

static void go(void)
{
    assert_int_equal(0, chdir("/"));
}

static void go_there(void)
{
    int folder = open("/", O_RDONLY | O_DIRECTORY);

    assert_int_equal(0, fchdir(folder));
    close(folder);
}

static void load(void)
{
    dlopen("libnone.so", RTLD_NOW);
}

static void measure(void)
{
    struct statvfs disk;

    assert_int_equal(0, statvfs("/", &disk));
}

static void ask_for_a_user(void)
{
    assert_non_null(getpwuid(0));
}

static void run(void)
{
    static char name[] = "true";
    char *arguments[] = { name, NULL };
    pid_t pid;

    assert_int_equal(
        0, posix_spawn(&pid, "/bin/true", NULL, NULL, arguments, environ));
    waitpid(pid, NULL, 0);
}

static void run_by_name(void)
{
    static char name[] = "true";
    char *arguments[] = { name, NULL };
    pid_t pid;

    assert_int_equal(
        0, posix_spawnp(&pid, "true", NULL, NULL, arguments, environ));
    waitpid(pid, NULL, 0);
}

static void what_cannot_be_followed_is_doubt(void **state)
{
    static void (*const ways[])(void) = {
        below_an_open_folder, walk, go,         go_there, load, measure,
        ask_for_a_user,       run,  run_by_name
    };

    (void)state;
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        witness_begin("/tmp");
        ways[i]();
        if (!witness_tell().doubt)
            fail_msg("number %zu", i);
    }
}

static void more_than_there_is_room_for_is_doubt(void **state)
{
    char path[128];

    (void)state;
    for (unsigned i = 0; i <= WITNESS_MAX; i++) {
        assert_null(witness_tell().doubt);
        snprintf(path, sizeof(path), "%s/%u", top, i);
        assert_int_equal(-1, access(path, F_OK));
    }
    assert_non_null(witness_tell().doubt);
    assert_int_equal(WITNESS_MAX, witness_tell().sights_count);
}

static void nobody_looks_after_the_end(void **state)
{
    (void)state;
    witness_end();
    stat_it(file);
    go();
    assert_int_equal(0, witness_tell().sights_count);
    assert_null(witness_tell().doubt);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_way_to_look_at_a_file_is_seen),
        TEST(a_folder_that_is_listed_is_seen),
        TEST(a_path_is_seen_from_the_folder_and_once),
        TEST(the_first_look_counts),
        TEST(who_writes_does_not_see),
        TEST(other_threads_are_seen),
        TEST(what_cannot_be_followed_is_doubt),
        TEST(more_than_there_is_room_for_is_doubt),
        TEST(nobody_looks_after_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
