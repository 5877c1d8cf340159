/* What a worker does: list a folder, or read some of its files. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/scan/crawl_parts.h"
#include "hooks/system/regular.h"

/* So many files are a share. */
#define SHARE 32

/* The memory of a larger file is not kept for the next one, in bytes. */
#define KEEP_MAX ((size_t)4 << 20)

void crawl_put_path(struct buffer *out, const char *base, const char *below)
{
    buffer_string(out, base);
    if (below[0] && out->size && out->bytes[out->size - 1] != '/')
        buffer_byte(out, '/');
    buffer_string(out, below);
}

struct folder *crawl_new_folder(const struct root *root, const char *below,
                                const char *name)
{
    struct folder *folder = memory_new(1, sizeof(*folder));
    struct buffer path = BUFFER_EMPTY;

    crawl_put_path(&path, below, name);
    folder->root = root;
    folder->name_at = path.size - strlen(name);
    folder->below = buffer_detach(&path);
    folder->listing.folder = folder;
    folder->fd = AT_FDCWD;
    return folder;
}

void crawl_free_folder(struct folder *folder)
{
    if (!folder)
        return;
    free(folder->below);
    free(folder->shares);
    free(folder->names);
    free(folder->files);
    free(folder->folders);
    free(folder);
}

/* ---- listing ------------------------------------------------------------- */

static void put_paths(struct worker *worker, const struct folder *folder)
{
    buffer_clear(&worker->path);
    buffer_clear(&worker->shown);
    crawl_put_path(&worker->path, folder->root->path, folder->below);
    crawl_put_path(&worker->shown, folder->root->shown, folder->below);
}

/* A folder that was given is never passed over. */
static bool is_passed_over(struct crawl *crawl, const struct worker *worker,
                           const struct folder *folder)
{
    const struct crawl_visitor *visitor = crawl->visitor;
    bool result;

    if (!folder->below[0] || (!worker->entries.has_git && !folder->trouble))
        return false;
    pthread_mutex_lock(&crawl->mutex);
    result = visitor->passes(visitor->payload, worker->path.bytes,
                             worker->shown.bytes);
    pthread_mutex_unlock(&crawl->mutex);
    return result;
}

static bool is_seen(struct crawl *crawl, struct worker *worker,
                    const char *name, enum filetype type)
{
    size_t size = worker->path.size;
    bool result;

    if (!crawl->once)
        return false;
    crawl_put_path(&worker->path, "", name);
    result = crawl_is_seen(crawl, worker->path.bytes, type);
    worker->path.size = size;
    worker->path.bytes[size] = '\0';
    return result;
}

static void take_file(struct crawl *crawl, struct worker *worker,
                      struct folder *folder, const char *name)
{
    enum filetype type = filetype_of_path(text_of(name));
    struct crawl_file *file;

    if (is_seen(crawl, worker, name, type))
        return;
    worker->files++;
    if (type == FILETYPE_OTHER)
        return;
    file = ARRAY_PUSH(folder->files);
    file->name = name;
    file->by_shebang = type == FILETYPE_BY_SHEBANG;
}

/* There will be no more of it, and there may be very many folders. */
static void trim(struct folder *folder)
{
    if (folder->files_count)
        folder->files = memory_resize(folder->files, folder->files_count,
                                      sizeof(*folder->files));
    if (folder->folders_count)
        folder->folders = memory_resize(folder->folders, folder->folders_count,
                                        sizeof(struct folder *));
    if (folder->files_count + folder->folders_count == 0) {
        free(folder->names);
        folder->names = NULL;
    }
}

static void take_entries(struct crawl *crawl, struct worker *worker,
                         struct folder *folder)
{
    const struct dirents *entries = &worker->entries;

    folder->names = memory_copy(entries->names.bytes, entries->names.size);
    for (size_t i = 0; i < entries->items_count; i++) {
        const char *name = folder->names + entries->items[i].at;

        if (entries->items[i].is_folder)
            *ARRAY_PUSH(folder->folders) =
                crawl_new_folder(folder->root, folder->below, name);
        else
            take_file(crawl, worker, folder, name);
    }
    trim(folder);
}

/* What is added last is run first: the files, so that the folder can be
 * closed. */
static void add_errands(struct crawl *crawl, struct folder *folder)
{
    size_t shares = (folder->files_count + SHARE - 1) / SHARE;

    for (size_t i = 0; i + 1 < folder->folders_count; i++)
        folder->folders[i]->listing.errand.next =
            &folder->folders[i + 1]->listing.errand;
    if (folder->folders_count)
        errands_add(
            crawl->errands, &folder->folders[0]->listing.errand,
            &folder->folders[folder->folders_count - 1]->listing.errand);
    if (shares == 0)
        return;
    folder->shares = memory_new(shares, sizeof(*folder->shares));
    for (size_t i = 0; i < shares; i++) {
        struct share *share = &folder->shares[i];

        share->folder = folder;
        share->first = i * SHARE;
        share->count = i + 1 < shares ? SHARE : folder->files_count - i * SHARE;
        if (i + 1 < shares)
            share->errand.next = &folder->shares[i + 1].errand;
    }
    atomic_store(&folder->unread, shares);
    if (shares > 1)
        errands_add(crawl->errands, &folder->shares[1].errand,
                    &folder->shares[shares - 1].errand);
}

static void open_and_read(struct worker *worker, struct folder *folder)
{
    int fd = open(worker->path.bytes,
                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    dirents_clear(&worker->entries);
    if (fd < 0 || dirents_read(&worker->entries, fd) < 0)
        folder->trouble = errno;
    folder->fd = fd;
}

void crawl_list(struct crawl *crawl, struct worker *worker,
                struct folder *folder)
{
    put_paths(worker, folder);
    open_and_read(worker, folder);
    if (is_passed_over(crawl, worker, folder))
        folder->trouble = 0;
    else
        take_entries(crawl, worker, folder);
    add_errands(crawl, folder);
    if (folder->shares)
        crawl_read(crawl, worker, &folder->shares[0]);
    else if (folder->fd >= 0)
        close(folder->fd);
}

/* ---- reading ------------------------------------------------------------- */

static void read_file(struct crawl *crawl, struct worker *worker, int folder,
                      struct crawl_file *file, const char *path)
{
    const struct crawl_visitor *visitor = crawl->visitor;
    struct error err;
    int found;

    buffer_clear(&worker->bytes);
    found = regular_read(&worker->bytes, folder, path, crawl->size_max,
                         file->by_shebang ? filetype_has_shebang : NULL, &err);
    if (found < 0) {
        file->err = memory_new(1, sizeof(err));
        *file->err = err;
    }
    file->is_python = found == 1;
    if (found == 1)
        visitor->look(visitor->payload, buffer_view(&worker->bytes), file);
    if (worker->bytes.room > KEEP_MAX)
        buffer_release(&worker->bytes);
}

void crawl_read(struct crawl *crawl, struct worker *worker,
                const struct share *share)
{
    struct folder *folder = share->folder;

    for (size_t i = share->first; i < share->first + share->count; i++) {
        struct crawl_file *file = &folder->files[i];

        read_file(crawl, worker, folder->fd, file,
                  folder->root->is_file ? folder->root->path : file->name);
    }
    if (atomic_fetch_sub(&folder->unread, 1) == 1 && folder->fd >= 0)
        close(folder->fd);
}
