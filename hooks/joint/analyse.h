/*
 * The join of core/ and store/: the facts of a blob, from the cache where it
 * knows them and by analysis where not. Each blob costs one or the other once
 * a run.
 */
#ifndef TMPGUARD_HOOKS_JOINT_ANALYSE_H
#define TMPGUARD_HOOKS_JOINT_ANALYSE_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/facts/facts.h"
#include "hooks/git/object.h"
#include "hooks/joint/report.h"

struct store;

/*
 * A larger blob is incomplete without being read: 64 MiB, in bytes. Between
 * SCAN_SIZE_MAX and this a blob is searched for the words that a finding
 * needs; without them it is clean, with them incomplete.
 */
#define ANALYSE_READ_MAX ((size_t)64 << 20)

/* A cache that another process owns: as store_get (1 or 0) and store_put; and
 * as scan_blob, where that is done in another process, too. */
struct analyse_rows {
    int (*get)(void *payload, struct text key, struct buffer *value);
    void (*put)(void *payload, struct text key, struct text value);
    int (*scan)(void *payload, struct text bytes, struct facts *facts,
                struct error *err);
    void *payload;
};

/* Start from { .store = … }; store may be NULL: then without a cache. */
struct analyser {
    struct store *store;
    const struct analyse_rows *rows; /* in place of the store, or NULL */
    struct report_stats *stats; /* parsed and cache_hits are counted here */
    bool recache;  /* ask the cache nothing, but keep what comes of it */
    bool verify;   /* and compare that with what the cache had: see `differs` */
    char *trouble; /* why the cache was given up; owned, or NULL */
    char *differs; /* the first object of which it said something else */
    uint64_t verified; /* how many values were compared */
    bool alone; /* only findings that files have by themselves count: the facts
                   of what has none may be empty, and are not kept then */
};

/*
 * The facts of the Python blob `id`. A cache hit needs no object; otherwise
 * the bytes are read and analysed, and what is complete is kept.
 *
 * Returns 0, or -1 with empty facts and *err: the blob is incomplete, for the
 * reason in *err.
 */
int analyse_object(struct analyser *analyser, struct repo *repo,
                   const struct object_id *id, struct facts *facts,
                   struct error *err);

/*
 * The two ends of it, for who does scan_blob in between, in another thread.
 * The first returns 1 and the facts where they are known without that; 0 and
 * *object, the caller's to release, whose bytes are to be scanned; -1 and
 * *err. The other keeps the facts that scan_blob found.
 */
int analyse_begin(struct analyser *analyser, struct repo *repo,
                  const struct object_id *id, struct facts *facts,
                  struct object *object, struct error *err);
void analyse_end(struct analyser *analyser, const struct object_id *id,
                 const struct facts *facts);

/* 1 and the facts, if the cache has them, or 0: then *facts is as it was. */
int analyse_known(struct analyser *analyser, const struct object_id *id,
                  struct facts *facts);

/*
 * The same for a blob that is Python only if its first line says so. Returns
 * 1, 0 and no facts if it does not, -1 and *err.
 */
int analyse_script(struct analyser *analyser, struct repo *repo,
                   const struct object_id *id, struct facts *facts,
                   struct error *err);

/*
 * The same for the file at `path` of a commit. Returns 1, 0 and no facts if
 * it is not Python (by its name, or its first line if the name does not tell),
 * -1 and *err.
 */
int analyse_file(struct analyser *analyser, struct repo *repo, const char *path,
                 const struct object_id *blob, struct facts *facts,
                 struct error *err);

/* Append the bytes of a blob. Returns 0, or -1 and *err. */
int analyse_read(struct repo *repo, const struct object_id *id,
                 struct buffer *bytes, struct error *err);

/* The facts of bytes that are at hand, such as a file's on disk. */
int analyse_bytes(struct analyser *analyser, struct text bytes,
                  struct facts *facts, struct error *err);

/*
 * What else is derived from objects and costs time: bytes under a kind and an
 * id, as far as the cache has them. Whoever recalls trusts none of them.
 */
#define ANALYSE_KIND_TREE     'T' /* see seeds.h */
#define ANALYSE_KIND_TRACE    'L' /* see trace.h */
#define ANALYSE_KIND_UNWANTED 'U' /* see joint_search.identity */
#define ANALYSE_KIND_HISTORY  'H' /* see history_pieces.h */

int analyse_recall(struct analyser *analyser, char kind,
                   const struct object_id *id, struct buffer *value);
void analyse_remember(struct analyser *analyser, char kind,
                      const struct object_id *id, struct text value);

/* Is it the key of the facts of a blob, by this analyser? Then *id is its. */
bool analyse_is_facts(struct text key, struct object_id *id);

/* Release what the analyser holds; not the store. */
void analyser_release(struct analyser *analyser);

#endif
