#include "hooks/scan/crawl.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/scan/crawl_parts.h"

static void work(void *payload, unsigned number, struct errand *errand)
{
    struct crawl *crawl = payload;
    struct share *share = (struct share *)errand;

    if (share->count)
        crawl_read(crawl, &crawl->workers[number], share);
    else
        crawl_list(crawl, &crawl->workers[number], share->folder);
}

struct crawl *crawl_open(const struct crawl_visitor *visitor, size_t size_max,
                         unsigned threads, bool once)
{
    struct crawl *crawl = memory_new(1, sizeof(*crawl));

    crawl->visitor = visitor;
    crawl->size_max = size_max;
    crawl->once = once;
    crawl->errands = errands_open(threads, work, crawl);
    if (pthread_mutex_init(&crawl->mutex, NULL) != 0)
        abort();
    return crawl;
}

bool crawl_is_seen(struct crawl *crawl, const char *path, enum filetype type)
{
    struct buffer key = BUFFER_EMPTY;
    uint32_t before;
    bool result;

    buffer_byte(&key, (char)('0' + type));
    buffer_string(&key, path);
    pthread_mutex_lock(&crawl->mutex);
    before = intern_count(&crawl->seen);
    result = intern_add(&crawl->seen, buffer_view(&key)) < before;
    pthread_mutex_unlock(&crawl->mutex);
    buffer_release(&key);
    return result;
}

static void add_root(struct crawl *crawl, const char *path, const char *shown,
                     bool is_file)
{
    struct root *root = memory_new(1, sizeof(*root));

    root->path = memory_copy(path, strlen(path));
    root->shown = memory_copy(shown, strlen(shown));
    root->is_file = is_file;
    *ARRAY_PUSH(crawl->roots) = root;
}

void crawl_folder(struct crawl *crawl, const char *path, const char *shown)
{
    add_root(crawl, path, shown, false);
}

void crawl_file(struct crawl *crawl, const char *path, const char *shown)
{
    add_root(crawl, path, shown, true);
}

/* ---- reading ------------------------------------------------------------- */

static void start_file(struct crawl *crawl, struct root *root)
{
    enum filetype type = filetype_of_path(text_of(root->shown));
    struct crawl_file *file;

    if (crawl->once && crawl_is_seen(crawl, root->path, type))
        return;
    crawl->workers[0].files++;
    if (type == FILETYPE_OTHER)
        return;
    root->top = crawl_new_folder(root, "", "");
    file = ARRAY_PUSH(root->top->files);
    file->name = root->shown;
    file->by_shebang = type == FILETYPE_BY_SHEBANG;
    root->top->listing.count = 1;
    atomic_store(&root->top->unread, 1);
}

/* Which of two paths to a file is the first has to be certain: so no folder is
 * read at the same time as anything behind it. */
static void read_all(struct crawl *crawl)
{
    for (size_t i = 0; i < crawl->roots_count; i++) {
        struct root *root = crawl->roots[i];

        if (root->is_file)
            start_file(crawl, root);
        else
            root->top = crawl_new_folder(root, "", "");
        if (root->top)
            errands_add(crawl->errands, &root->top->listing.errand,
                        &root->top->listing.errand);
        if (!root->is_file)
            errands_run(crawl->errands);
    }
    errands_run(crawl->errands);
}

/* ---- visiting ------------------------------------------------------------ */

/* A folder on the way through all of them, and what is next in it. */
struct place {
    struct folder *folder;
    size_t file, inner;
};

struct visit {
    const struct crawl_visitor *visitor;
    struct place *places; /* the innermost is the last */
    size_t places_count, places_room;
    struct buffer path, shown;
};

static void enter(struct visit *visit, struct folder *folder)
{
    const struct crawl_visitor *visitor = visit->visitor;
    struct place *place = ARRAY_PUSH(visit->places);

    place->folder = folder;
    if (!folder->trouble)
        return;
    buffer_clear(&visit->shown);
    crawl_put_path(&visit->shown, folder->root->shown, folder->below);
    visitor->unreadable(visitor->payload,
                        visit->shown.size ? visit->shown.bytes : ".",
                        strerror(folder->trouble));
}

static void put_paths(struct visit *visit, const struct folder *folder,
                      const char *name)
{
    buffer_clear(&visit->path);
    buffer_clear(&visit->shown);
    crawl_put_path(&visit->path, folder->root->path, folder->below);
    crawl_put_path(&visit->shown, folder->root->shown, folder->below);
    if (folder->root->is_file)
        return;
    crawl_put_path(&visit->path, "", name);
    crawl_put_path(&visit->shown, "", name);
}

static void visit_file(struct visit *visit, const struct folder *folder,
                       struct crawl_file *file)
{
    const struct crawl_visitor *visitor = visit->visitor;

    if (!file->is_python && !file->err)
        return;
    put_paths(visit, folder, file->name);
    visitor->file(visitor->payload, visit->path.bytes, visit->shown.bytes,
                  file);
    free(file->err);
}

/* What comes first by its name, a file or a folder; false at the end. */
static bool step(struct visit *visit, struct place *place)
{
    struct folder *folder = place->folder, *inner = NULL;
    struct crawl_file *file = NULL;

    if (place->file < folder->files_count)
        file = &folder->files[place->file];
    if (place->inner < folder->folders_count)
        inner = folder->folders[place->inner];
    if (inner &&
        (!file || strcmp(inner->below + inner->name_at, file->name) < 0)) {
        place->inner++;
        enter(visit, inner);
    } else if (file) {
        place->file++;
        visit_file(visit, folder, file);
    }
    return file || inner;
}

static void visit_all(struct crawl *crawl)
{
    struct visit visit = { .visitor = crawl->visitor };

    for (size_t i = 0; i < crawl->roots_count; i++) {
        if (crawl->roots[i]->top)
            enter(&visit, crawl->roots[i]->top);
        while (visit.places_count) {
            struct place *place = &visit.places[visit.places_count - 1];

            if (step(&visit, place))
                continue;
            crawl_free_folder(place->folder);
            visit.places_count--;
        }
    }
    free(visit.places);
    buffer_release(&visit.path);
    buffer_release(&visit.shown);
}

size_t crawl_run(struct crawl *crawl)
{
    size_t files = 0;

    read_all(crawl);
    for (size_t i = 0; i < ERRANDS_WORKERS_MAX; i++)
        files += crawl->workers[i].files;
    visit_all(crawl);
    return files;
}

void crawl_close(struct crawl *crawl)
{
    errands_close(crawl->errands);
    for (size_t i = 0; i < ERRANDS_WORKERS_MAX; i++) {
        struct worker *worker = &crawl->workers[i];

        buffer_release(&worker->bytes);
        buffer_release(&worker->path);
        buffer_release(&worker->shown);
        dirents_release(&worker->entries);
    }
    for (size_t i = 0; i < crawl->roots_count; i++) {
        free(crawl->roots[i]->path);
        free(crawl->roots[i]->shown);
        free(crawl->roots[i]);
    }
    free(crawl->roots);
    intern_release(&crawl->seen);
    pthread_mutex_destroy(&crawl->mutex);
    free(crawl);
}
