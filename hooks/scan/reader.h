/*
 * Reading many files on disk with several threads. Who asks for them gets them
 * in the order of asking, and in their own thread.
 */
#ifndef TMPGUARD_HOOKS_SCAN_READER_H
#define TMPGUARD_HOOKS_SCAN_READER_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "hooks/joint/imports.h"

struct reader_file {
    char *opens, *shown; /* the path that opens it, and the one to show */
    bool by_shebang;     /* it is Python only if its first line says so */
    /* what came of it */
    int found;           /* 1; 0: it is no Python; -1: err says why */
    bool is_wanted;      /* then its bytes are here, */
    struct buffer bytes; /* unless they are more than READER_KEEP_MAX */
    bool is_large;
    struct error err;
    struct imports_words imports; /* `wanted` fills them, if anybody asks */
    void *work; /* what `wanted` leaves for `visit`, which frees it; or NULL */
};

/* Larger files are wanted without their bytes, in bytes. */
#define READER_KEEP_MAX ((size_t)4 << 20)

struct reader_visitor {
    /* Are the file's bytes of interest? Asked in any thread. */
    bool (*wanted)(void *payload, struct reader_file *file);
    void (*visit)(void *payload, const struct reader_file *file);
    void *payload;
};

struct reader;

/* The visitor must outlive it. Files over `size_max` bytes are errors. So many
 * threads read, 0: as many as there are processors. */
struct reader *reader_open(const struct reader_visitor *visitor,
                           size_t size_max, unsigned threads);

/* Have a file read and visited, now or later. */
void reader_give(struct reader *reader, const char *opens, const char *shown,
                 bool by_shebang);

/* Visit what was not visited yet. NULL is fine. */
void reader_close(struct reader *reader);

#endif
