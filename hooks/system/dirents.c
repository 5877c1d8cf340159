#include "hooks/system/dirents.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/memory.h"

#define BLOCK_SIZE ((size_t)32 << 10)

/* S_IFDIR, S_IFREG, or something else. */
static mode_t kind_of(int fd, const struct dirent64 *entry)
{
    struct stat status;

    if (entry->d_type == DT_DIR)
        return S_IFDIR;
    if (entry->d_type == DT_REG)
        return S_IFREG;
    if (entry->d_type != DT_UNKNOWN ||
        fstatat(fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return 0;
    return status.st_mode & S_IFMT;
}

static void note(struct dirents *dirents, int fd, const struct dirent64 *entry)
{
    const char *name = entry->d_name;
    struct dirents_item *item;
    mode_t kind;

    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return;
    if (strcmp(name, ".git") == 0) {
        dirents->has_git = true;
        return;
    }
    kind = kind_of(fd, entry);
    if (kind != S_IFDIR && kind != S_IFREG)
        return;
    item = ARRAY_PUSH(dirents->items);
    item->at = dirents->names.size;
    item->is_folder = kind == S_IFDIR;
    buffer_append(&dirents->names, name, strlen(name) + 1);
}

static int compare(const void *one, const void *two)
{
    const struct dirents_item *a = one, *b = two;

    return strcmp(a->name, b->name);
}

static void sort(struct dirents *dirents)
{
    for (size_t i = 0; i < dirents->items_count; i++)
        dirents->items[i].name = dirents->names.bytes + dirents->items[i].at;
    if (dirents->items_count)
        qsort(dirents->items, dirents->items_count, sizeof(*dirents->items),
              compare);
}

void dirents_clear(struct dirents *dirents)
{
    buffer_clear(&dirents->names);
    dirents->items_count = 0;
    dirents->has_git = false;
}

int dirents_read(struct dirents *dirents, int fd)
{
    ssize_t size;
    int reason;

    buffer_clear(&dirents->block);
    buffer_extend(&dirents->block, BLOCK_SIZE);
    while ((size = getdents64(fd, dirents->block.bytes, BLOCK_SIZE)) > 0)
        for (ssize_t at = 0; at < size;) {
            const void *place = dirents->block.bytes + at;
            const struct dirent64 *entry = place;

            note(dirents, fd, entry);
            at += entry->d_reclen;
        }
    reason = errno;
    sort(dirents);
    errno = reason;
    return size < 0 ? -1 : 0;
}

void dirents_release(struct dirents *dirents)
{
    buffer_release(&dirents->names);
    buffer_release(&dirents->block);
    free(dirents->items);
    *dirents = (struct dirents){ .items = NULL };
}
