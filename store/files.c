#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"

/* SQLite replays these onto whatever database they stand beside. */
static const char *const sidecars[] = {
    FILES_DATABASE "-wal",
    FILES_DATABASE "-journal",
    FILES_DATABASE "-shm",
};

#define SIDECAR_COUNT (sizeof(sidecars) / sizeof(*sidecars))

static int check_one(const struct folder *folder, const char *name,
                     struct error *err)
{
    struct stat about;

    if (fstatat(folder->descriptor, name, &about, AT_SYMLINK_NOFOLLOW) < 0) {
        if (errno == ENOENT)
            return 0;
        return error_set_errno(err, "%s/%s", folder->path, name);
    }
    if (!folder_is_ours(&about))
        return error_set(err, ERROR_STORE,
                         "%s/%s: not a regular file of this user alone",
                         folder->path, name);
    return 0;
}

int files_check(const struct folder *folder, struct error *err)
{
    for (size_t i = 0; i < SIDECAR_COUNT; i++)
        if (check_one(folder, sidecars[i], err) < 0)
            return -1;
    return check_one(folder, FILES_DATABASE, err);
}

int files_kind(const struct folder *folder, enum header_kind *kind,
               struct error *err)
{
    unsigned char bytes[HEADER_SIZE];
    ssize_t size;
    int file =
        openat(folder->descriptor, FILES_DATABASE,
               O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (file < 0 && errno == ENOENT) {
        *kind = HEADER_EMPTY;
        return 0;
    }
    if (file < 0)
        return error_set_errno(err, "%s/%s", folder->path, FILES_DATABASE);
    size = pread(file, bytes, sizeof(bytes), 0);
    if (size < 0)
        error_set_errno(err, "%s/%s", folder->path, FILES_DATABASE);
    close(file);
    if (size < 0)
        return -1;
    *kind = header_kind(bytes, (size_t)size);
    return 0;
}

static int remove_one(const struct folder *folder, const char *name,
                      struct error *err)
{
    if (unlinkat(folder->descriptor, name, 0) < 0 && errno != ENOENT)
        return error_set_errno(err, "%s/%s: cannot delete", folder->path, name);
    return 0;
}

static int remove_sidecars(const struct folder *folder, struct error *err)
{
    for (size_t i = 0; i < SIDECAR_COUNT; i++)
        if (remove_one(folder, sidecars[i], err) < 0)
            return -1;
    return 0;
}

int files_begin(const struct folder *folder, struct error *err)
{
    int file;

    if (remove_sidecars(folder, err) < 0 ||
        remove_one(folder, FILES_DATABASE, err) < 0)
        return -1;
    file = openat(folder->descriptor, FILES_DATABASE,
                  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return error_set_errno(err, "%s/%s: cannot begin it", folder->path,
                               FILES_DATABASE);
    close(file);
    return 0;
}

int files_set_aside(const struct folder *folder, struct error *err)
{
    if (remove_sidecars(folder, err) < 0)
        return -1;
    if (renameat(folder->descriptor, FILES_DATABASE, folder->descriptor,
                 FILES_BAD) < 0)
        return error_set_errno(err, "%s/%s: damaged, cannot set it aside",
                               folder->path, FILES_DATABASE);
    return 0;
}

int files_remove(const struct folder *folder, struct error *err)
{
    if (remove_sidecars(folder, err) < 0 ||
        remove_one(folder, FILES_DATABASE, err) < 0 ||
        remove_one(folder, FILES_BAD, err) < 0)
        return -1;
    return remove_one(folder, FOLDER_LOCK_NAME, err);
}

char *files_path(const struct folder *folder)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/%s", folder->path, FILES_DATABASE);
    return buffer_detach(&path);
}
