#include "store/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/base/memory.h"

#define LOCK_TRIES 3

/* Locks, or whole writes, do not hold on these. */
static const unsigned remote_types[] = { NFS_SUPER_MAGIC,  SMB_SUPER_MAGIC,
                                         CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC,
                                         AFS_SUPER_MAGIC,  CODA_SUPER_MAGIC,
                                         CEPH_SUPER_MAGIC, V9FS_MAGIC,
                                         FUSE_SUPER_MAGIC };

static int make_one(const char *path, struct error *err)
{
    if (mkdir(path, 0700) < 0 && errno != EEXIST)
        return error_set_errno(err, "%s: cannot make the cache folder", path);
    return 0;
}

/* `path` up to its last name, for free(); NULL if there is nothing above. */
static char *parent_of(const char *path)
{
    size_t size = strlen(path);

    while (size > 1 && path[size - 1] == '/')
        size--;
    while (size > 0 && path[size - 1] != '/')
        size--;
    while (size > 0 && path[size - 1] == '/')
        size--;
    return size ? memory_copy(path, size) : NULL;
}

int folder_make(const char *path, unsigned parents, struct error *err)
{
    struct stat about;
    char *parent;
    int result = 0;

    if (stat(path, &about) == 0)
        return 0;
    parent = parents ? parent_of(path) : NULL;
    if (parent)
        result = folder_make(parent, parents - 1, err);
    free(parent);
    return result < 0 ? -1 : make_one(path, err);
}

static bool is_remote(int descriptor)
{
    struct statfs about;

    if (fstatfs(descriptor, &about) < 0)
        return true;
    for (size_t i = 0; i < sizeof(remote_types) / sizeof(*remote_types); i++)
        if ((unsigned)about.f_type == remote_types[i])
            return true;
    return false;
}

int folder_check(int descriptor, const char *path, struct error *err)
{
    struct stat about;

    if (fstat(descriptor, &about) < 0)
        return error_set_errno(err, "%s", path);
    if (about.st_uid != geteuid())
        return error_set(err, ERROR_STORE, "%s: belongs to another user", path);
    if (about.st_mode & (S_IWGRP | S_IWOTH))
        return error_set(err, ERROR_STORE,
                         "%s: others may write there; chmod go-w it", path);
    if (is_remote(descriptor))
        return error_set(err, ERROR_STORE, "%s: on a network file system",
                         path);
    return 0;
}

bool folder_is_ours(const struct stat *about)
{
    return S_ISREG(about->st_mode) && about->st_uid == geteuid() &&
           about->st_nlink <= 1 && !(about->st_mode & (S_IWGRP | S_IWOTH));
}

static int open_lock(int folder, const char *path, struct error *err)
{
    struct stat about;
    int lock = openat(folder, FOLDER_LOCK_NAME,
                      O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
                          O_CLOEXEC,
                      0600);

    if (lock < 0)
        return error_set_errno(err, "%s/%s", path, FOLDER_LOCK_NAME);
    if (fstat(lock, &about) == 0 && folder_is_ours(&about))
        return lock;
    close(lock);
    return error_set(err, ERROR_STORE,
                     "%s/%s: not a regular file of this user alone", path,
                     FOLDER_LOCK_NAME);
}

/* The last owner may have deleted the file between our open and our flock. */
static bool is_in_place(int folder, int lock)
{
    struct stat held, there;

    return fstat(lock, &held) == 0 &&
           fstatat(folder, FOLDER_LOCK_NAME, &there, AT_SYMLINK_NOFOLLOW) ==
               0 &&
           held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

static int take_lock(int folder, const char *path, struct error *err)
{
    for (int i = 0; i < LOCK_TRIES; i++) {
        int lock = open_lock(folder, path, err);

        if (lock < 0)
            return -1;
        if (flock(lock, LOCK_EX | LOCK_NB) < 0) {
            close(lock);
            break;
        }
        if (is_in_place(folder, lock))
            return lock;
        close(lock);
    }
    return error_set(err, ERROR_STORE, "%s: in use by another process", path);
}

int folder_open(struct folder *folder, const char *path, struct error *err)
{
    *folder = FOLDER_CLOSED;
    folder->descriptor =
        open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder->descriptor < 0)
        return error_set_errno(err, "%s: cannot open the cache folder", path);
    if (folder_check(folder->descriptor, path, err) < 0)
        return -1;
    folder->path = realpath(path, NULL);
    if (!folder->path)
        return error_set_errno(err, "%s", path);
    folder->lock = take_lock(folder->descriptor, path, err);
    return folder->lock < 0 ? -1 : 0;
}

bool folder_space_enough(uint64_t available, uint64_t total)
{
    return available >= FOLDER_FREE_MIN && available >= total / 100;
}

bool folder_has_space(const struct folder *folder)
{
    struct statvfs disk;

    if (fstatvfs(folder->descriptor, &disk) < 0)
        return false;
    return folder_space_enough((uint64_t)disk.f_bavail * disk.f_frsize,
                               (uint64_t)disk.f_blocks * disk.f_frsize);
}

void folder_close(struct folder *folder)
{
    if (folder->lock >= 0)
        close(folder->lock);
    if (folder->descriptor >= 0)
        close(folder->descriptor);
    free(folder->path);
    *folder = FOLDER_CLOSED;
}
