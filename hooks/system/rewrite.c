#include "hooks/system/rewrite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/system/disk.h"
#include "hooks/system/regular.h"

static int check(const char *path, struct stat *about, struct error *err)
{
    if (lstat(path, about) < 0)
        return error_set_errno(err, "cannot look at it");
    if (!S_ISREG(about->st_mode))
        return error_set(err, ERROR_SYSTEM,
                         "it is no regular file, and no link is followed");
    if (about->st_nlink > 1)
        return error_set(err, ERROR_SYSTEM,
                         "it has other names (hard links), which would keep "
                         "what was there");
    return access(path, W_OK) < 0
               ? error_set_errno(err, "it must not be written")
               : 0;
}

static int check_same(const char *path, struct text before, struct error *err)
{
    struct buffer now = BUFFER_EMPTY;
    int result = regular_read(&now, AT_FDCWD, path, before.size + 1, NULL, err);

    /* One that is larger now is not read. */
    if ((result < 0 && err->code == ERROR_LIMIT) ||
        (result >= 0 && !text_equal(buffer_view(&now), before)))
        result = error_set(err, ERROR_SYSTEM, "it was changed meanwhile");
    buffer_release(&now);
    return result < 0 ? -1 : 0;
}

/* Like the old one, and on the disk. */
static int fill(int fd, struct text after, const struct stat *about,
                struct error *err)
{
    if (disk_write_all(fd, after) < 0)
        return error_set_errno(err, "cannot write beside it");
    if ((about->st_uid != geteuid() || about->st_gid != getegid()) &&
        fchown(fd, about->st_uid, about->st_gid) < 0)
        return error_set_errno(err, "cannot keep its owner");
    if (fchmod(fd, about->st_mode & 07777) < 0 || fsync(fd) < 0)
        return error_set_errno(err, "cannot write beside it");
    return 0;
}

/* The rename shall last, too; the file is whole in any case. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? memory_copy(path, (size_t)(slash - path) + 1)
                         : memory_copy(".", 1);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

static int put(int fd, const char *name, const char *path,
               const struct stat *about, struct text before, struct text after,
               struct error *err)
{
    int result = fill(fd, after, about, err);

    if (result == 0)
        result = check_same(path, before, err);
    if (result == 0 && rename(name, path) < 0)
        result = error_set_errno(err, "cannot put it in place");
    close(fd);
    if (result < 0)
        unlink(name);
    else
        sync_folder(path);
    return result;
}

int rewrite_file(const char *path, struct text before, struct text after,
                 struct error *err)
{
    struct buffer name = BUFFER_EMPTY;
    struct stat about;
    int fd, result = -1;

    if (check(path, &about, err) < 0)
        return -1;
    buffer_format(&name, "%s.XXXXXX", path);
    fd = mkostemp(name.bytes, O_CLOEXEC);
    if (fd < 0)
        error_set_errno(err, "cannot make a file beside it");
    else
        result = put(fd, name.bytes, path, &about, before, after, err);
    buffer_release(&name);
    return result;
}
