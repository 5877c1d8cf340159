#include "hooks/index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <git2/index.h>

#include "core/buffer.h"
#include "core/memory.h"
#include "hooks/libgit2.h"

#define STAGE(entry) GIT_INDEX_ENTRY_STAGE(entry)

static bool read_bytes(struct buffer *bytes, int fd)
{
    struct stat status;
    ssize_t got;

    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) ||
        status.st_size > (off_t)INDEX_SIZE_MAX)
        return false;
    got = read(fd, buffer_extend(bytes, (size_t)status.st_size + 1),
               (size_t)status.st_size + 1);
    if (got != status.st_size)
        return false;
    bytes->size--;
    return true;
}

static bool read_file(struct buffer *bytes, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool read = fd >= 0 && read_bytes(bytes, fd);

    if (fd >= 0)
        close(fd);
    return read;
}

/* libgit2 wants a file: one that holds the bytes that were checked, whatever
 * becomes of the index meanwhile. */
static bool open_bytes(git_index **git, const struct buffer *bytes)
{
    char path[64];
    int fd = memfd_create("index", MFD_CLOEXEC);
    bool opened = false;

    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (fd >= 0 && write(fd, bytes->bytes, bytes->size) == (ssize_t)bytes->size)
        opened = git_index_open(git, path) == 0;
    if (fd >= 0)
        close(fd);
    return opened;
}

/* Is it an entry that git would write behind `last` (NULL: the first)? */
static bool is_good(const git_index_entry *entry, const git_index_entry *last)
{
    int order = last ? strcmp(last->path, entry->path) : -1;

    if (order > 0 ||
        (order == 0 && (STAGE(last) == 0 || STAGE(last) >= STAGE(entry))))
        return false;
    return entry->mode == GIT_FILEMODE_BLOB ||
           entry->mode == GIT_FILEMODE_BLOB_EXECUTABLE ||
           entry->mode == GIT_FILEMODE_LINK ||
           entry->mode == GIT_FILEMODE_COMMIT;
}

static void add_entry(struct index *index, const git_index_entry *entry)
{
    struct index_entry *made = &index->entries[index->entries_count++];

    made->path = entry->path;
    made->mode = entry->mode;
    made->id.size = INDEX_ID_SIZE;
    memcpy(made->id.bytes, entry->id.id, INDEX_ID_SIZE);
    made->unmerged = STAGE(entry) != 0;
}

static bool take_entries(struct index *index)
{
    size_t count = git_index_entrycount(index->git);
    const git_index_entry *last = NULL;

    if (count != index->layout.entries_count)
        return false;
    index->entries = memory_new(count, sizeof(*index->entries));
    for (size_t i = 0; i < count; i++) {
        const git_index_entry *entry = git_index_get_byindex(index->git, i);

        if (!is_good(entry, last))
            return false;
        if (!(entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD))
            add_entry(index, entry);
        last = entry;
    }
    return true;
}

bool index_read(struct index *index, const char *path)
{
    struct buffer bytes = BUFFER_EMPTY;
    git_index *git = NULL;
    bool read;

    *index = INDEX_EMPTY;
    read = read_file(&bytes, path) &&
           index_layout_read(&index->layout, buffer_view(&bytes)) &&
           libgit2_start_light() && open_bytes(&git, &bytes);
    index->bytes = buffer_detach(&bytes);
    index->git = git;
    if (read && take_entries(index))
        return true;
    index_release(index);
    return false;
}

void index_release(struct index *index)
{
    git_index_free(index->git);
    index_layout_release(&index->layout);
    free(index->entries);
    free(index->bytes);
    *index = INDEX_EMPTY;
}
