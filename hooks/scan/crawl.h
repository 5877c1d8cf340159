/*
 * Reading the files of folders on disk with several threads: who lists a
 * folder reads its files, so that little goes from one thread to another.
 * What comes of them is visited afterwards, in order, by one.
 */
#ifndef TMPGUARD_HOOKS_SCAN_CRAWL_H
#define TMPGUARD_HOOKS_SCAN_CRAWL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/joint/imports.h"

/* A Python file. */
struct crawl_file {
    const char *name;  /* in its folder */
    bool by_shebang;   /* it was Python only if its first line said so */
    bool is_python;    /* and was read */
    struct error *err; /* why it could not be read, or NULL */
    /* What `look` leaves for `file`, which frees it. */
    struct imports_words imports;
    void *work;
};

struct crawl_visitor {
    /* Its bytes, in any thread; they are gone afterwards. */
    void (*look)(void *payload, struct text bytes, struct crawl_file *file);
    /* Is this folder, which has a `.git`, passed over? In any thread, one at a
     * time. */
    bool (*passes)(void *payload, const char *path, const char *shown);
    /* Afterwards, in order: the path that opens it, and the one to show. */
    void (*file)(void *payload, const char *path, const char *shown,
                 const struct crawl_file *file);
    /* A folder of which something could not be listed, and why. */
    void (*unreadable)(void *payload, const char *shown, const char *reason);
    void *payload;
};

struct crawl;

/*
 * The visitor must outlive it. Files over `size_max` bytes are errors. So many
 * threads read, 0: as many as there are processors. With `once`, a file that
 * several paths lead to is one file, that of the first.
 */
struct crawl *crawl_open(const struct crawl_visitor *visitor, size_t size_max,
                         unsigned threads, bool once);

/*
 * A folder and those below it, but none named `.git`: what is shown begins
 * with `shown`; "" shows what is relative to the folder. Symbolic links and
 * special files are passed over.
 */
void crawl_folder(struct crawl *crawl, const char *path, const char *shown);

/* A file, whose kind is that of the name shown. */
void crawl_file(struct crawl *crawl, const char *path, const char *shown);

/* Read and visit all of them. Returns how many files there are of any kind. */
size_t crawl_run(struct crawl *crawl);

void crawl_close(struct crawl *crawl);

#endif
