/*
 * The parts of the crawl, for crawl*.c alone.
 */
#ifndef TMPGUARD_HOOKS_SCAN_CRAWL_PARTS_H
#define TMPGUARD_HOOKS_SCAN_CRAWL_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "core/base/intern.h"
#include "core/source/filetype.h"
#include "hooks/scan/crawl.h"
#include "hooks/system/dirents.h"
#include "hooks/system/errands.h"

/* What was given: a folder, or a file, which is all of `top` then. */
struct root {
    char *path, *shown;
    bool is_file;
    struct folder *top; /* with one file, if it is a file that counts */
};

/* Some files of a folder; of none: the folder is to be listed. */
struct share {
    struct errand errand;
    struct folder *folder;
    size_t first, count;
};

/*
 * A folder, once listed. `fd` is open while shares are unread; newer errands
 * go first, so few folders are.
 */
struct folder {
    const struct root *root;
    char *below;     /* its path, relative to the root's; "" for that itself */
    size_t name_at;  /* of its last part */
    int fd, trouble; /* trouble: errno, if it could not be listed */
    struct share listing, *shares;
    atomic_size_t unread; /* shares */
    char *names;          /* of the files */
    struct crawl_file *files;
    size_t files_count, files_room;
    struct folder **folders;
    size_t folders_count, folders_room;
};

/* What one thread works with. */
struct worker {
    struct buffer bytes, path, shown;
    struct dirents entries;
    size_t files; /* that it met, of any kind */
};

struct crawl {
    const struct crawl_visitor *visitor;
    size_t size_max;
    bool once;
    struct root **roots;
    size_t roots_count, roots_room;
    struct errands *errands;
    struct worker workers[ERRANDS_WORKERS_MAX];
    pthread_mutex_t mutex; /* of `seen`, and around `passes` */
    struct intern seen;    /* files, by kind and path */
};

/* ---- crawl.c ---------------------------------------------------------------
 */

/* Was the file met before, by another path? A link that was named may have
 * another kind of name than the file that it leads to. */
bool crawl_is_seen(struct crawl *crawl, const char *path, enum filetype type);

/* ---- crawl_folder.c --------------------------------------------------------
 */

struct folder *crawl_new_folder(const struct root *root, const char *below,
                                const char *name);

/* The folder itself; not what is below it. NULL is fine. */
void crawl_free_folder(struct folder *folder);

/* Append `base` and, if that is not "", a path below it. */
void crawl_put_path(struct buffer *out, const char *base, const char *below);

/* List a folder: what is in it becomes errands. */
void crawl_list(struct crawl *crawl, struct worker *worker,
                struct folder *folder);

/* Read some files of a folder that was listed. */
void crawl_read(struct crawl *crawl, struct worker *worker,
                const struct share *share);

#endif
