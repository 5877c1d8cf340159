/*
 * What a scan of history knows of blobs: each distinct one is read and
 * analysed once, however many commits hold it.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_BLOBS_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_BLOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/intern.h"
#include "core/base/text.h"
#include "core/rule/finding.h"
#include "hooks/git/object.h"
#include "hooks/joint/analyse.h"
#include "hooks/joint/report.h"

struct facts;
struct memo;
struct pool;
struct repo;

/* Equal keys: finding_same. In one blob occurrences are sorted by key, then
 * by the text around them, then by place. */
struct occurrence {
    uint32_t key;
    uint32_t finding; /* in history_blobs.findings */
    uint64_t line_hash;
};

enum blob_state {
    BLOB_NEW,     /* not looked at */
    BLOB_PENDING, /* a thread is at it; blobs_finish settles it */
    BLOB_KNOWN,   /* its occurrences are all there are */
    BLOB_UNKNOWN, /* missing, damaged or over a limit: see blobs_explain */
};

struct history_blob {
    uint32_t first, count; /* in history_blobs.occurrences */
    unsigned char state;   /* enum blob_state, as Python */
    unsigned char script;  /* enum blob_state: is the shebang known? */
    bool shebang;          /* if so: is it Python's? */
    unsigned char id_size; /* private */
    bool counted;          /* in stats.files */
    char *trouble;         /* why it is unknown, until that was told */
};

struct blob_job;

/* Bytes of blobs that wait for a thread. */
#define HISTORY_PENDING_MAX ((size_t)64 << 20)

/* Start from { .repo, .analyser, .report, .codeql_compat, .later, .threads }.
 */
struct history_blobs {
    struct repo *repo;
    struct analyser *analyser;
    struct report *report;
    bool codeql_compat;
    bool later;       /* analyse in other threads, see blobs_finish */
    unsigned threads; /* as pool_open has it */
    struct intern ids, keys;
    struct history_blob *blobs;
    size_t blobs_count, blobs_room;
    struct occurrence *occurrences;
    size_t occurrences_count, occurrences_room;
    struct finding *findings;
    size_t findings_count, findings_room;
    struct memo *memo; /* private, and so is all below */
    struct pool *pool;
    struct blob_job **jobs;
    size_t jobs_count, jobs_room;
};

/* The number of the blob `id`, not looked at. */
uint32_t blobs_add(struct history_blobs *blobs, const struct object_id *id);

struct object_id blobs_id(const struct history_blobs *blobs, uint32_t number);

/*
 * Does a file of this name hold findings in this blob? Returns 1, 0, or -1 if
 * that cannot be known. While the blob is pending the answer is 1.
 */
int blobs_look(struct history_blobs *blobs, uint32_t number, struct text name);

/*
 * The number of a blob that was looked at elsewhere: its facts, which are
 * taken, or NULL and why there are none; is it Python by its first line?
 */
uint32_t blobs_know(struct history_blobs *blobs, const struct object_id *id,
                    struct facts *facts, const struct error *err, bool shebang);

/*
 * The number of a blob as it is among the other files of a tree: what it holds
 * there, *facts, which are taken, or NULL and why that is not known. Equal
 * facts have equal numbers; blobs_id is that of the blob. Where the facts are
 * those that it has alone, it is the number that it has alone.
 */
uint32_t blobs_know_joined(struct history_blobs *blobs,
                           const struct object_id *id, struct facts *facts,
                           const struct error *err);

/* Report why a blob that stands at `path` is unknown, once for a blob. */
void blobs_explain(struct history_blobs *blobs, uint32_t number,
                   const char *path);

/*
 * Wait for what is pending. Before this, what a blob that was looked at holds
 * must not be asked for if `later` is set.
 */
void blobs_finish(struct history_blobs *blobs);

/* The occurrences of a blob; the count is in the blob. */
const struct occurrence *blobs_occurrences(const struct history_blobs *blobs,
                                           uint32_t number);

void blobs_release(struct history_blobs *blobs);

#endif
