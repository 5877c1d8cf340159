#include "hooks/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory.h"

#define HEAD_SIZE ((size_t)512)
#define READ_SIZE ((size_t)64 << 10)

struct place {
    char *path, *shown;
    bool is_folder;
};

struct walk {
    const struct walk_visitor *visitor;
    struct place *pending; /* the next one is the last */
    size_t pending_count, pending_room;
};

static char *join(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_string(&path, folder);
    if (path.size && path.bytes[path.size - 1] != '/')
        buffer_byte(&path, '/');
    buffer_string(&path, name);
    return buffer_detach(&path);
}

/* S_IFDIR, S_IFREG, or something else. */
static mode_t kind_of(DIR *folder, const struct dirent *entry)
{
    struct stat status;

    if (entry->d_type == DT_DIR)
        return S_IFDIR;
    if (entry->d_type == DT_REG)
        return S_IFREG;
    if (entry->d_type != DT_UNKNOWN ||
        fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return 0;
    return status.st_mode & S_IFMT;
}

static bool is_passed_over(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
           strcmp(name, ".git") == 0;
}

static void note(struct walk *walk, const struct place *folder, DIR *stream,
                 const struct dirent *entry)
{
    mode_t kind = kind_of(stream, entry);
    struct place *place;

    if (is_passed_over(entry->d_name) || (kind != S_IFDIR && kind != S_IFREG))
        return;
    place = ARRAY_PUSH(walk->pending);
    place->path = join(folder->path, entry->d_name);
    place->shown = join(folder->shown, entry->d_name);
    place->is_folder = kind == S_IFDIR;
}

static int backwards(const void *one, const void *two)
{
    const struct place *a = one, *b = two;

    return strcmp(b->path, a->path);
}

static void list(struct walk *walk, const struct place *folder)
{
    size_t start = walk->pending_count;
    DIR *stream = opendir(folder->path);
    const struct dirent *entry;

    errno = stream ? 0 : errno;
    while (stream && (entry = readdir(stream))) {
        note(walk, folder, stream, entry);
        errno = 0;
    }
    if (errno)
        walk->visitor->unreadable(walk->visitor->payload,
                                  folder->shown[0] ? folder->shown : ".",
                                  strerror(errno));
    if (stream)
        closedir(stream);
    if (walk->pending_count > start)
        qsort(walk->pending + start, walk->pending_count - start,
              sizeof(*walk->pending), backwards);
}

static void visit(struct walk *walk, const struct place *place)
{
    const struct walk_visitor *visitor = walk->visitor;

    if (!place->is_folder)
        visitor->file(visitor->payload, place->path, place->shown);
    else if (visitor->enter(visitor->payload, place->path, place->shown))
        list(walk, place);
}

void walk_folder(const char *path, const char *shown,
                 const struct walk_visitor *visitor)
{
    struct walk walk = { .visitor = visitor };
    struct place first = { memory_copy(path, strlen(path)),
                           memory_copy(shown, strlen(shown)), true };

    list(&walk, &first);
    free(first.path);
    free(first.shown);
    while (walk.pending_count) {
        struct place place = walk.pending[--walk.pending_count];

        visit(&walk, &place);
        free(place.path);
        free(place.shown);
    }
    free(walk.pending);
}

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

int walk_read(struct buffer *bytes, const char *path, size_t size_max,
              bool (*wanted)(struct text head), struct error *err)
{
    int fd =
        open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    int result;

    if (fd < 0)
        return error_set_errno(err, "cannot open it");
    result = read_open_file(bytes, fd, size_max, wanted, err);
    close(fd);
    return result;
}
