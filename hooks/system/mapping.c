#include "hooks/system/mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int map(struct text *bytes, int file, const char *path,
               struct error *err)
{
    struct stat stat;
    void *start;

    if (fstat(file, &stat) < 0)
        return error_set_errno(err, "%s", path);
    if (!S_ISREG(stat.st_mode))
        return error_set(err, ERROR_SYSTEM, "%s: not a regular file", path);
    if (stat.st_size == 0)
        return 1;
    start = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (start == MAP_FAILED)
        return error_set_errno(err, "%s", path);
    *bytes = (struct text){ start, (size_t)stat.st_size };
    return 1;
}

int mapping_open(struct text *bytes, const char *path, struct error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int result;

    *bytes = TEXT_EMPTY;
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    if (file < 0)
        return error_set_errno(err, "%s", path);
    result = map(bytes, file, path, err);
    close(file);
    return result;
}

void mapping_close(struct text *bytes)
{
    union {
        const char *bytes;
        void *start;
    } mapped = { .bytes = bytes->bytes };

    if (bytes->size)
        munmap(mapped.start, bytes->size);
    *bytes = TEXT_EMPTY;
}
