/*
 * All trees of a repository's packs, each as what it has other than the one
 * that the pack keeps it as a difference from: only folders, and files that
 * may be Python. A tree has a place in the log: those that belong together lie
 * near each other, which the numbers of objects do not.
 */
#ifndef TMPGUARD_HOOKS_GIT_TREE_LOG_H
#define TMPGUARD_HOOKS_GIT_TREE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/intern.h"
#include "core/source/filetype.h"
#include "hooks/git/object.h"

#define TREE_LOG_NONE UINT32_MAX

/* The numbers of objects, or TREE_LOG_NONE, by their ids, which lie one behind
 * the other; called by several threads. */
typedef void tree_log_find(const void *objects, const unsigned char *ids,
                           size_t count, uint32_t *numbers);

struct tree_log_change {
    uint32_t name : 30;  /* in tree_log.names */
    uint32_t folder : 1; /* else a file */
    uint32_t placed : 1; /* a folder that is in the log: child is its place */
    uint32_t child; /* its object; TREE_LOG_NONE: no entry of this name now */
};

struct tree_log_record {
    uint32_t object;
    uint32_t base; /* a place, or TREE_LOG_NONE: then it began empty */
    uint32_t count;
    const struct tree_log_change *changes; /* each name and kind once */
};

struct tree_log_worker;

/* Start from { .id_size, .objects_count, .find, .objects }. */
struct tree_log {
    size_t id_size;
    uint32_t objects_count; /* numbers that `find` gives are below it */
    tree_log_find *find;
    const void *objects;

    /* Filled by tree_log_end: */
    uint32_t count;           /* of trees in the log: places are below it */
    struct intern names;      /* of entries */
    unsigned char *filetypes; /* enum filetype, of each name */
    /* Objects that are in no pack: the ids of the numbers from objects_count
     * on. */
    struct intern missing;

    /* Private. */
    struct tree_log_worker *workers;
    unsigned workers_count;
    uint32_t *places;               /* by object: plus one; 0: not there */
    struct tree_log_entry *entries; /* by place */
};

/* Get ready for so many threads. */
void tree_log_begin(struct tree_log *log, unsigned threads);

/*
 * Look at the tree number `number`; `base` is empty and `base_data` NULL if it
 * is no difference, else base_data is what this function returned for it. A
 * tree that is damaged or odd (see tree_changes) is not recorded. Returns what
 * to hand over for differences from this tree, to be given to tree_log_leave.
 * `worker` is one thread's alone.
 */
void *tree_log_enter(struct tree_log *log, unsigned worker, uint32_t number,
                     struct text bytes, uint32_t base, struct text base_bytes,
                     void *base_data);
void tree_log_leave(struct tree_log *log, unsigned worker, void *data);

/* All have been looked at. */
void tree_log_end(struct tree_log *log);

/* The place of an object, or TREE_LOG_NONE if it was not recorded. */
uint32_t tree_log_place(const struct tree_log *log, uint32_t object);

/* What was recorded there. */
struct tree_log_record tree_log_get(const struct tree_log *log, uint32_t place);

/* All changes that are recorded, of all trees: `part` by part, from 0; NULL
 * behind the last one. */
const struct tree_log_change *tree_log_changes(const struct tree_log *log,
                                               unsigned part, size_t *count);

void tree_log_release(struct tree_log *log);

#endif
