/*
 * A path is looked at before the library does. If it changes in between, what
 * was noted is what it no longer is, and the next look will differ from it.
 */
#include "cmd/daemon/witness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <pthread.h>
#include <pwd.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "core/base/buffer.h"

static struct {
    pthread_mutex_t lock;
    bool open;
    const char *folder;
    struct sight sights[WITNESS_MAX];
    size_t sights_count;
    const char *doubt;
} witness = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* Looking is looking, too. */
static _Thread_local bool looks;

/* ---- notes --------------------------------------------------------------- */

static void doubt(const char *why)
{
    pthread_mutex_lock(&witness.lock);
    if (witness.open)
        witness.doubt = why;
    pthread_mutex_unlock(&witness.lock);
}

static bool is_noted(const char *path, enum sight_way way)
{
    for (size_t i = 0; i < witness.sights_count; i++)
        if (witness.sights[i].way == way &&
            strcmp(witness.sights[i].path.bytes, path) == 0)
            return true;
    return false;
}

static void note_absolute(const char *path, enum sight_way way)
{
    pthread_mutex_lock(&witness.lock);
    if (is_noted(path, way))
        ;
    else if (witness.sights_count == WITNESS_MAX)
        witness.doubt = "too many paths";
    else
        sight_take(&witness.sights[witness.sights_count++], way, path);
    pthread_mutex_unlock(&witness.lock);
}

static void note(int folder, const char *path, enum sight_way way)
{
    struct buffer whole = BUFFER_EMPTY;
    int before = errno;

    if (!witness.open || looks || !path)
        return;
    looks = true;
    if (path[0] == '/') {
        note_absolute(path, way);
    } else if (folder == AT_FDCWD) {
        buffer_format(&whole, "%s/%s", witness.folder, path);
        note_absolute(whole.bytes, way);
        buffer_release(&whole);
    } else {
        doubt("a path below an open folder");
    }
    looks = false;
    errno = before;
}

void witness_begin(const char *folder)
{
    for (size_t i = 0; i < witness.sights_count; i++)
        sight_release(&witness.sights[i]);
    witness.sights_count = 0;
    witness.doubt = NULL;
    witness.folder = folder;
    witness.open = true;
}

void witness_end(void)
{
    witness.open = false;
}

struct witness_account witness_tell(void)
{
    return (struct witness_account){ witness.sights, witness.sights_count,
                                     witness.doubt };
}

/* ---- in front of the library --------------------------------------------- */

/* The two names that the linker gives a function that is wrapped. */
#define IN_FRONT_OF(name) __asm__("__wrap_" name)
#define BEHIND(name)      __asm__("__real_" name)

/* Who writes does not see what was there. */
static enum sight_way way_of(int flags)
{
    return flags & O_NOFOLLOW ? SIGHT_LINK : SIGHT_FOLDER;
}

static bool reads(int flags)
{
    return (flags & O_ACCMODE) != O_WRONLY;
}

static mode_t mode_of(int flags, va_list rest)
{
    bool makes = flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE;

    return makes ? va_arg(rest, mode_t) : 0;
}

int behind_open(const char *path, int flags, ...) BEHIND("open");
int witness_open(const char *path, int flags, ...) IN_FRONT_OF("open");
int witness_open(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = mode_of(flags, rest);
    va_end(rest);
    if (reads(flags))
        note(AT_FDCWD, path, way_of(flags));
    return behind_open(path, flags, mode);
}

int behind_openat(int folder, const char *path, int flags, ...)
    BEHIND("openat");
int witness_openat(int folder, const char *path, int flags, ...)
    IN_FRONT_OF("openat");
int witness_openat(int folder, const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = mode_of(flags, rest);
    va_end(rest);
    if (reads(flags))
        note(folder, path, way_of(flags));
    return behind_openat(folder, path, flags, mode);
}

/* What a build with _FORTIFY_SOURCE makes of flags that vary. */
int behind_open_2(const char *path, int flags) BEHIND("__open_2")
    __attribute__((weak));
int witness_open_2(const char *path, int flags) IN_FRONT_OF("__open_2");
int witness_open_2(const char *path, int flags)
{
    if (reads(flags))
        note(AT_FDCWD, path, way_of(flags));
    return behind_open_2(path, flags);
}

int behind_openat_2(int folder, const char *path, int flags)
    BEHIND("__openat_2") __attribute__((weak));
int witness_openat_2(int folder, const char *path, int flags)
    IN_FRONT_OF("__openat_2");
int witness_openat_2(int folder, const char *path, int flags)
{
    if (reads(flags))
        note(folder, path, way_of(flags));
    return behind_openat_2(folder, path, flags);
}

FILE *behind_fopen(const char *path, const char *mode) BEHIND("fopen");
FILE *witness_fopen(const char *path, const char *mode) IN_FRONT_OF("fopen");
FILE *witness_fopen(const char *path, const char *mode)
{
    if (mode[0] == 'r')
        note(AT_FDCWD, path, SIGHT_FILE);
    return behind_fopen(path, mode);
}

int behind_stat(const char *path, struct stat *about) BEHIND("stat");
int witness_stat(const char *path, struct stat *about) IN_FRONT_OF("stat");
int witness_stat(const char *path, struct stat *about)
{
    note(AT_FDCWD, path, SIGHT_FILE);
    return behind_stat(path, about);
}

int behind_lstat(const char *path, struct stat *about) BEHIND("lstat");
int witness_lstat(const char *path, struct stat *about) IN_FRONT_OF("lstat");
int witness_lstat(const char *path, struct stat *about)
{
    note(AT_FDCWD, path, SIGHT_LINK);
    return behind_lstat(path, about);
}

int behind_fstatat(int folder, const char *path, struct stat *about, int flags)
    BEHIND("fstatat");
int witness_fstatat(int folder, const char *path, struct stat *about, int flags)
    IN_FRONT_OF("fstatat");
int witness_fstatat(int folder, const char *path, struct stat *about, int flags)
{
    note(folder, path, flags & AT_SYMLINK_NOFOLLOW ? SIGHT_LINK : SIGHT_FILE);
    return behind_fstatat(folder, path, about, flags);
}

int behind_access(const char *path, int mode) BEHIND("access");
int witness_access(const char *path, int mode) IN_FRONT_OF("access");
int witness_access(const char *path, int mode)
{
    note(AT_FDCWD, path, SIGHT_FILE);
    return behind_access(path, mode);
}

int behind_faccessat(int folder, const char *path, int mode, int flags)
    BEHIND("faccessat");
int witness_faccessat(int folder, const char *path, int mode, int flags)
    IN_FRONT_OF("faccessat");
int witness_faccessat(int folder, const char *path, int mode, int flags)
{
    note(folder, path, flags & AT_SYMLINK_NOFOLLOW ? SIGHT_LINK : SIGHT_FILE);
    return behind_faccessat(folder, path, mode, flags);
}

ssize_t behind_readlink(const char *path, char *to, size_t size)
    BEHIND("readlink");
ssize_t witness_readlink(const char *path, char *to, size_t size)
    IN_FRONT_OF("readlink");
ssize_t witness_readlink(const char *path, char *to, size_t size)
{
    note(AT_FDCWD, path, SIGHT_LINK);
    return behind_readlink(path, to, size);
}

char *behind_realpath(const char *path, char *to) BEHIND("realpath");
char *witness_realpath(const char *path, char *to) IN_FRONT_OF("realpath");
char *witness_realpath(const char *path, char *to)
{
    note(AT_FDCWD, path, SIGHT_REAL);
    return behind_realpath(path, to);
}

DIR *behind_opendir(const char *path) BEHIND("opendir");
DIR *witness_opendir(const char *path) IN_FRONT_OF("opendir");
DIR *witness_opendir(const char *path)
{
    note(AT_FDCWD, path, SIGHT_FOLDER);
    return behind_opendir(path);
}

typedef int filter_entry(const struct dirent *entry);
typedef int compare_entries(const struct dirent **a, const struct dirent **b);
int behind_scandir(const char *path, struct dirent ***names,
                   filter_entry *filter, compare_entries *compare)
    BEHIND("scandir");
int witness_scandir(const char *path, struct dirent ***names,
                    filter_entry *filter, compare_entries *compare)
    IN_FRONT_OF("scandir");
int witness_scandir(const char *path, struct dirent ***names,
                    filter_entry *filter, compare_entries *compare)
{
    note(AT_FDCWD, path, SIGHT_FOLDER);
    return behind_scandir(path, names, filter, compare);
}

/* ---- what is not followed ------------------------------------------------ */

typedef int compare_walks(const FTSENT **a, const FTSENT **b);
FTS *behind_fts_open(char *const *paths, int options, compare_walks *compare)
    BEHIND("fts_open");
FTS *witness_fts_open(char *const *paths, int options, compare_walks *compare)
    IN_FRONT_OF("fts_open");
FTS *witness_fts_open(char *const *paths, int options, compare_walks *compare)
{
    doubt("a walk through folders");
    return behind_fts_open(paths, options, compare);
}

int behind_statvfs(const char *path, struct statvfs *about) BEHIND("statvfs");
int witness_statvfs(const char *path, struct statvfs *about)
    IN_FRONT_OF("statvfs");
int witness_statvfs(const char *path, struct statvfs *about)
{
    doubt("how full a disk is");
    return behind_statvfs(path, about);
}

int behind_chdir(const char *path) BEHIND("chdir");
int witness_chdir(const char *path) IN_FRONT_OF("chdir");
int witness_chdir(const char *path)
{
    doubt("another folder");
    return behind_chdir(path);
}

int behind_fchdir(int folder) BEHIND("fchdir");
int witness_fchdir(int folder) IN_FRONT_OF("fchdir");
int witness_fchdir(int folder)
{
    doubt("another folder");
    return behind_fchdir(folder);
}

void *behind_dlopen(const char *path, int flags) BEHIND("dlopen");
void *witness_dlopen(const char *path, int flags) IN_FRONT_OF("dlopen");
void *witness_dlopen(const char *path, int flags)
{
    doubt("a library");
    return behind_dlopen(path, flags);
}

struct passwd *behind_getpwuid(uid_t user) BEHIND("getpwuid");
struct passwd *witness_getpwuid(uid_t user) IN_FRONT_OF("getpwuid");
struct passwd *witness_getpwuid(uid_t user)
{
    doubt("a list of users");
    return behind_getpwuid(user);
}

/* Of fork alone nothing is known: what a worker forks reads no files. */
#define SPAWN_PARAMETERS                                                       \
    pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,   \
        const posix_spawnattr_t *attributes, char *const *arguments,           \
        char *const *variables

int behind_posix_spawn(SPAWN_PARAMETERS) BEHIND("posix_spawn");
int witness_posix_spawn(SPAWN_PARAMETERS) IN_FRONT_OF("posix_spawn");
int witness_posix_spawn(SPAWN_PARAMETERS)
{
    doubt("another program");
    return behind_posix_spawn(pid, path, actions, attributes, arguments,
                              variables);
}

int behind_posix_spawnp(SPAWN_PARAMETERS) BEHIND("posix_spawnp");
int witness_posix_spawnp(SPAWN_PARAMETERS) IN_FRONT_OF("posix_spawnp");
int witness_posix_spawnp(SPAWN_PARAMETERS)
{
    doubt("another program");
    return behind_posix_spawnp(pid, path, actions, attributes, arguments,
                               variables);
}
