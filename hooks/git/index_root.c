#include "hooks/git/index_root.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hooks/git/index.h"

#define HEADER_SIZE    12
#define EXTENSION_HEAD 8
#define EXTENSIONS_MAX 16

/* Of an extension what is read: of TREE enough for the root's line and id. */
#define START_SIZE 96

struct file {
    int descriptor;
    uint64_t end; /* where the checksum starts */
};

static uint32_t number32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

bool index_shape_read(struct index_shape *shape, const char *path,
                      size_t id_size)
{
    struct index index;
    bool read = index_read(&index, path, id_size);

    *shape = (struct index_shape){ .id_size = id_size };
    if (read) {
        shape->version = index.layout.version;
        shape->entries_count = index.layout.entries_count;
        shape->entries_end = index.layout.entries_end;
        read = !index.layout.is_split;
    }
    index_release(&index);
    return read;
}

/* How many bytes there are of those. */
static size_t read_at(const struct file *file, unsigned char *bytes,
                      size_t size, uint64_t at)
{
    ssize_t got;

    if (file->end - at < size)
        size = (size_t)(file->end - at);
    got = pread(file->descriptor, bytes, size, (off_t)at);
    return got < 0 ? 0 : (size_t)got;
}

static bool has_header(const struct file *file, const struct index_shape *shape)
{
    unsigned char bytes[HEADER_SIZE];

    return read_at(file, bytes, HEADER_SIZE, 0) == HEADER_SIZE &&
           memcmp(bytes, "DIRC", 4) == 0 &&
           number32(bytes + 4) == shape->version &&
           number32(bytes + 8) == shape->entries_count;
}

/* The root of TREE: no name, all entries, some folders, its id. */
static bool take_root(struct object_id *tree, const unsigned char *bytes,
                      size_t size, const struct index_shape *shape)
{
    char line[32];
    int wanted = snprintf(line, sizeof(line), "%c%u ", '\0',
                          (unsigned)shape->entries_count);
    const unsigned char *id;

    if (wanted < 0 || size < (size_t)wanted ||
        memcmp(bytes, line, (size_t)wanted) != 0)
        return false;
    id = memchr(bytes, '\n', size);
    if (!id || size - (size_t)(id + 1 - bytes) < shape->id_size)
        return false;
    *tree = (struct object_id){ .size = (unsigned char)shape->id_size };
    memcpy(tree->bytes, id + 1, shape->id_size);
    return true;
}

/* One that a small letter begins changes what the entries mean, but `sdir`. */
static bool is_harmless(const unsigned char *name)
{
    return (name[0] >= 'A' && name[0] <= 'Z') || memcmp(name, "sdir", 4) == 0;
}

static bool find_root(struct object_id *tree, const struct file *file,
                      const struct index_shape *shape)
{
    unsigned char bytes[START_SIZE];
    uint64_t at = shape->entries_end;
    bool found = false;

    for (unsigned i = 0; i < EXTENSIONS_MAX && at < file->end; i++) {
        size_t size = read_at(file, bytes, sizeof(bytes), at);
        uint64_t content;

        if (size < EXTENSION_HEAD || !is_harmless(bytes))
            return false;
        content = number32(bytes + 4);
        if (content > file->end - at - EXTENSION_HEAD)
            return false;
        size -= EXTENSION_HEAD;
        if (size > content)
            size = (size_t)content;
        if (memcmp(bytes, "TREE", 4) == 0) {
            if (found || !take_root(tree, bytes + EXTENSION_HEAD, size, shape))
                return false;
            found = true;
        }
        at += EXTENSION_HEAD + content;
    }
    return found && at == file->end;
}

bool index_root(struct object_id *tree, const char *path,
                const struct index_shape *shape)
{
    struct file file = { .descriptor = open(path, O_RDONLY | O_CLOEXEC |
                                                      O_NONBLOCK | O_NOCTTY) };
    struct stat about;
    bool found = false;

    if (file.descriptor < 0)
        return false;
    if (fstat(file.descriptor, &about) == 0 && S_ISREG(about.st_mode) &&
        (uint64_t)about.st_size >= shape->entries_end + shape->id_size) {
        file.end = (uint64_t)about.st_size - shape->id_size;
        found = has_header(&file, shape) && find_root(tree, &file, shape);
    }
    close(file.descriptor);
    return found;
}
