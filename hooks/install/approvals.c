#include "hooks/install/approvals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/facts/edition.h"
#include "hooks/system/disk.h"

#define FOLDER "/tmpguard"
#define RECORD FOLDER "/approved"
#define FULL   RECORD ".1"

#define SECONDS_DIGITS 12

static char *join(const char *git_dir, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s%s", git_dir, name);
    return buffer_detach(&path);
}

static int open_record(const char *git_dir, const char *path)
{
    static const int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC |
                             O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
    int fd = open(path, flags, 0666);

    if (fd < 0 && errno == ENOENT) {
        char *folder = join(git_dir, FOLDER);

        mkdir(folder, 0777);
        free(folder);
        fd = open(path, flags, 0666);
    }
    return fd;
}

/* Whoever has the old one open still writes to it, and is read there. */
static int turn_over(int fd, const char *git_dir, const char *path)
{
    char *full = join(git_dir, FULL);

    close(fd);
    rename(path, full);
    free(full);
    return open_record(git_dir, path);
}

void approvals_add(const char *git_dir, const struct object_id *tree)
{
    char hex[OBJECT_HEX_MAX], line[256];
    char *path = join(git_dir, RECORD);
    int fd = open_record(git_dir, path);
    int size =
        snprintf(line, sizeof(line), "%s " TMPGUARD_VERSION "/%s %lld\n",
                 object_id_format(tree, hex), edition(), (long long)time(NULL));
    struct stat about;

    if (fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
        if (about.st_size > (off_t)APPROVALS_SIZE_MAX)
            fd = turn_over(fd, git_dir, path);
        /* One write, so that lines of several commits do not mix. */
        if (fd >= 0)
            (void)!write(fd, line, (size_t)size);
    }
    if (fd >= 0)
        close(fd);
    free(path);
}

/* What the line ends with; 0: it does not end with a time. */
static int64_t seconds_of(struct text line)
{
    int64_t seconds = 0;
    size_t at = line.size;

    while (at > 0 && line.bytes[at - 1] != ' ')
        at--;
    if (line.size - at > SECONDS_DIGITS)
        return 0;
    for (; at < line.size; at++) {
        if (line.bytes[at] < '0' || line.bytes[at] > '9')
            return 0;
        seconds = seconds * 10 + (line.bytes[at] - '0');
    }
    return seconds;
}

static void take_line(struct approvals *approvals, struct text line)
{
    struct object_id id;
    int64_t seconds = seconds_of(line);

    line.size = text_find(line, ' ', 0);
    if (object_id_parse(&id, line) < 0)
        return;
    *ARRAY_PUSH(approvals->trees) = id;
    if (seconds && (!approvals->since || seconds < approvals->since))
        approvals->since = seconds;
}

static int compare(const void *a, const void *b)
{
    return object_id_compare(a, b);
}

static void take_lines(struct approvals *approvals, struct text rest)
{
    while (rest.size) {
        size_t end = text_find(rest, '\n', 0);

        take_line(approvals, text_slice(rest, 0, end));
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    if (approvals->trees_count)
        qsort(approvals->trees, approvals->trees_count,
              sizeof(*approvals->trees), compare);
}

/* 1, 0 if there is none, -1 and *err. */
static int read_lines(struct approvals *approvals, const char *path,
                      struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    int found = disk_read(&bytes, path, err);

    if (found == 1)
        take_lines(approvals, buffer_view(&bytes));
    buffer_release(&bytes);
    return found;
}

int approvals_read_file(struct approvals *approvals, const char *path,
                        struct error *err)
{
    int found = read_lines(approvals, path, err);

    if (found == 0)
        return error_set(err, ERROR_USAGE,
                         "%.300s: there is no such file: it is what "
                         "another clone has as .git/tmpguard/approved",
                         path);
    return found < 0 ? -1 : 0;
}

int approvals_read(struct approvals *approvals, const char *git_dir,
                   struct error *err)
{
    static const char *const names[] = { FULL, RECORD };
    int found = 0;

    for (size_t i = 0; found >= 0 && i < sizeof(names) / sizeof(*names); i++) {
        char *path = join(git_dir, names[i]);

        found = read_lines(approvals, path, err);
        free(path);
    }
    return found < 0 ? -1 : 0;
}

bool approvals_have(const struct approvals *approvals,
                    const struct object_id *tree)
{
    return approvals->trees_count &&
           bsearch(tree, approvals->trees, approvals->trees_count,
                   sizeof(*approvals->trees), compare);
}

void approvals_release(struct approvals *approvals)
{
    free(approvals->trees);
    *approvals = APPROVALS_EMPTY;
}

void approvals_forget(const char *git_dir)
{
    static const char *const names[] = { RECORD, FULL };
    char *folder = join(git_dir, FOLDER);

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        char *path = join(git_dir, names[i]);

        unlink(path);
        free(path);
    }
    rmdir(folder);
    free(folder);
}
