#include "hooks/system/regular.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_SIZE ((size_t)512)
#define READ_SIZE ((size_t)64 << 10)

/* Up to `size` more bytes: how many came; less only at the end of the file. */
static ssize_t read_some(struct buffer *bytes, int fd, size_t size)
{
    size_t start = bytes->size;
    ssize_t got = 1;

    while (got != 0 && bytes->size - start < size) {
        size_t room = size - (bytes->size - start);

        got = read(fd, buffer_extend(bytes, room), room);
        bytes->size -= room - (got > 0 ? (size_t)got : 0);
        if (got < 0 && errno != EINTR)
            return -1;
    }
    return (ssize_t)(bytes->size - start);
}

/* The head of a file that may not be wanted; else as much as it has, or so much
 * that it shows to be too large. */
static size_t first_size(const struct stat *status, size_t size_max,
                         bool only_head)
{
    if (only_head || status->st_size <= 0)
        return HEAD_SIZE;
    return (size_t)status->st_size <= size_max ? (size_t)status->st_size
                                               : size_max + 1;
}

static int read_open_file(struct buffer *bytes, int fd, size_t size_max,
                          bool (*wanted)(struct text head), struct error *err)
{
    size_t start = bytes->size;
    struct stat status;
    size_t first;
    ssize_t got;
    bool ended;

    if (fstat(fd, &status) < 0)
        return error_set_errno(err, "cannot read it");
    if (!S_ISREG(status.st_mode))
        return error_set(err, ERROR_SYSTEM, "it is no regular file");
    first = first_size(&status, size_max, wanted != NULL);
    got = read_some(bytes, fd, first);
    if (got >= 0 && wanted &&
        !wanted((struct text){ bytes->bytes + start, (size_t)got }))
        return 0;
    /* All that it had when it was opened. */
    ended = got >= 0 && ((size_t)got < first || got == status.st_size);
    while (!ended && got > 0 && bytes->size - start <= size_max)
        got = read_some(bytes, fd, READ_SIZE);
    if (got < 0)
        return error_set_errno(err, "cannot read it");
    if (bytes->size - start > size_max)
        return error_set(err, ERROR_LIMIT,
                         "over the limit of %zu bytes for one file", size_max);
    return 1;
}

int regular_read(struct buffer *bytes, int folder, const char *path,
                 size_t size_max, bool (*wanted)(struct text head),
                 struct error *err)
{
    int fd = openat(folder, path,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    int result;

    if (fd < 0)
        return error_set_errno(err, "cannot open it");
    result = read_open_file(bytes, fd, size_max, wanted, err);
    close(fd);
    return result;
}
