#include "hooks/gate/baseline_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "hooks/system/disk.h"

#define MODE 0666 /* less the user's mask */

/* 1 and *about if there is a file, 0 if nothing, -1 and *err. */
static int look(struct stat *about, const char *path, struct error *err)
{
    if (lstat(path, about) < 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? 0
                   : error_set_errno(err, "%.300s", path);
    if (S_ISLNK(about->st_mode))
        return error_set(err, ERROR_USAGE, "%.300s: it is a symbolic link",
                         path);
    if (!S_ISREG(about->st_mode))
        return error_set(err, ERROR_USAGE, "%.300s: it is not a regular file",
                         path);
    return 1;
}

int baseline_read(struct baseline *baseline, const char *path,
                  struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct stat about;
    int found = look(&about, path, err);

    *baseline = BASELINE_EMPTY;
    if (found == 1)
        found = disk_read(&bytes, path, err);
    if (found == 1 &&
        baseline_parse(baseline, path, buffer_view(&bytes), err) < 0)
        found = -1;
    buffer_release(&bytes);
    return found;
}

bool baseline_is_one(const char *path)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;
    bool is = disk_read(&bytes, path, &err) == 1 &&
              text_starts_with(buffer_view(&bytes), TEXT(BASELINE_HEADER));

    buffer_release(&bytes);
    return is;
}

static mode_t usual_mode(void)
{
    mode_t mask = umask(0);

    umask(mask);
    return MODE & ~mask;
}

int baseline_write(const struct baseline *baseline, const char *path,
                   struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct stat about;
    int found = look(&about, path, err), result;

    if (found < 0)
        return -1;
    baseline_format(baseline, &bytes);
    if (bytes.size > DISK_SIZE_MAX)
        result =
            error_set(err, ERROR_LIMIT, "%.300s: over the limit of %zu bytes",
                      path, DISK_SIZE_MAX);
    else
        result = disk_write(path, buffer_view(&bytes),
                            found ? about.st_mode & 07777 : usual_mode(), err);
    buffer_release(&bytes);
    return result;
}
