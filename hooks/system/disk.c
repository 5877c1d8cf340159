#include "hooks/system/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"

void paths_release(struct paths *paths)
{
    for (size_t i = 0; i < paths->items_count; i++)
        free(paths->items[i]);
    free(paths->items);
    *paths = (struct paths){ .items = NULL };
}

static int read_open(struct buffer *bytes, int fd, const char *path,
                     struct error *err)
{
    struct stat about;
    size_t done = 0, size;
    char *to;

    if (fstat(fd, &about) < 0)
        return error_set_errno(err, "%s", path);
    if (!S_ISREG(about.st_mode))
        return error_set(err, ERROR_USAGE, "%s is not a regular file", path);
    size = (size_t)about.st_size;
    if (size > DISK_SIZE_MAX)
        return error_set(err, ERROR_LIMIT, "%s: over the limit of %zu bytes",
                         path, DISK_SIZE_MAX);
    to = buffer_extend(bytes, size);
    while (done < size) {
        ssize_t n = read(fd, to + done, size - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set_errno(err, "cannot read %s", path);
        if (n == 0)
            return error_set(err, ERROR_SYSTEM, "%s became shorter", path);
        done += (size_t)n;
    }
    return 1;
}

int disk_read(struct buffer *bytes, const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int result;

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    if (fd < 0)
        return error_set_errno(err, "cannot read %s", path);
    result = read_open(bytes, fd, path, err);
    close(fd);
    return result;
}

bool disk_holds(const char *path, struct text bytes)
{
    struct buffer found = BUFFER_EMPTY;
    struct error err;
    bool same = disk_read(&found, path, &err) == 1 &&
                text_equal(buffer_view(&found), bytes);

    buffer_release(&found);
    return same;
}

bool disk_has(const char *path)
{
    struct stat about;

    return lstat(path, &about) == 0;
}

int disk_write_all(int fd, struct text bytes)
{
    size_t done = 0;

    while (done < bytes.size) {
        ssize_t n = write(fd, bytes.bytes + done, bytes.size - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        done += (size_t)n;
    }
    return 0;
}

/* Fill the new file and rename it. Closes it in any case. */
static int put(int fd, const char *name, const char *path, struct text bytes,
               mode_t mode, struct error *err)
{
    int result = -1;

    if (fd >= 0 && fchmod(fd, mode) == 0 && disk_write_all(fd, bytes) == 0 &&
        fsync(fd) == 0 && rename(name, path) == 0)
        result = 0;
    if (result < 0)
        error_set_errno(err, "cannot write %s", path);
    if (result < 0 && fd >= 0)
        unlink(name);
    if (fd >= 0)
        close(fd);
    return result;
}

int disk_write(const char *path, struct text bytes, mode_t mode,
               struct error *err)
{
    struct buffer name = BUFFER_EMPTY;
    int result;

    buffer_format(&name, "%s.XXXXXX", path);
    result = put(mkostemp(name.bytes, O_CLOEXEC), name.bytes, path, bytes, mode,
                 err);
    buffer_release(&name);
    return result;
}

int disk_write_locked(const char *path, struct text bytes, mode_t mode,
                      struct error *err)
{
    struct buffer name = BUFFER_EMPTY;
    int result;

    buffer_format(&name, "%s.lock", path);
    result =
        put(open(name.bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600),
            name.bytes, path, bytes, mode, err);
    buffer_release(&name);
    return result;
}

/* How much of the path is the folder it stands in; 0: there is none. */
static size_t parent_size(const char *path, size_t size)
{
    while (size > 0 && path[size - 1] == '/')
        size--;
    while (size > 0 && path[size - 1] != '/')
        size--;
    while (size > 1 && path[size - 1] == '/')
        size--;
    return size;
}

char *disk_join(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/%s", folder, name);
    return buffer_detach(&path);
}

void disk_missing(struct paths *missing, const char *path)
{
    size_t size = parent_size(path, strlen(path));
    char *parent;

    if (disk_has(path))
        return;
    if (size > 0) {
        parent = memory_copy(path, size);
        disk_missing(missing, parent);
        free(parent);
    }
    *ARRAY_PUSH(missing->items) = memory_copy(path, strlen(path));
}

int disk_make_folders(const char *path, struct error *err)
{
    struct paths missing = { .items = NULL };
    int result = 0;

    disk_missing(&missing, path);
    for (size_t i = 0; i < missing.items_count && result == 0; i++)
        if (mkdir(missing.items[i], 0777) < 0 && errno != EEXIST)
            result = error_set_errno(err, "cannot make %s", missing.items[i]);
    paths_release(&missing);
    return result;
}

int disk_remove(const char *path, struct error *err)
{
    if (unlink(path) < 0 && errno != ENOENT && errno != ENOTDIR)
        return error_set_errno(err, "cannot delete %s", path);
    return 0;
}

char *disk_resolve(const char *path)
{
    char *resolved = realpath(path, NULL), *parent;
    struct buffer made = BUFFER_EMPTY;
    size_t size = parent_size(path, strlen(path));

    if (resolved || size == 0)
        return resolved ? resolved : memory_copy(path, strlen(path));
    resolved = memory_copy(path, size);
    parent = disk_resolve(resolved);
    buffer_format(&made, "%s/%s", strcmp(parent, "/") == 0 ? "" : parent,
                  path + size + strspn(path + size, "/"));
    free(resolved);
    free(parent);
    return buffer_detach(&made);
}

bool disk_is_below(const char *path, const char *folder)
{
    char *inner = disk_resolve(path), *outer = disk_resolve(folder);
    size_t size = strlen(outer);
    bool below = strncmp(inner, outer, size) == 0 &&
                 (inner[size] == '/' || inner[size] == '\0');

    free(inner);
    free(outer);
    return below;
}
