/*
 * The trees of a history and, once they are reduced (history_reduce.h), their
 * files with findings.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_TREES_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_TREES_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/intern.h"
#include "hooks/history/history_blobs.h"
#include "hooks/history/history_forms.h"

/* Deeper folders and larger tree objects are incomplete. */
#define HISTORY_DEPTH_MAX     1000
#define HISTORY_TREE_SIZE_MAX ((size_t)64 << 20) /* bytes */

/* One commit with more files that have findings is incomplete: few objects
 * can make a tree of endless size. */
#define HISTORY_FILES_MAX 1000000

/* Of a file: its blob. What could not be read, a folder too: */
#define TREES_UNKNOWN UINT32_MAX

struct sweep;

/* Made by trees_begin. */
struct history_trees {
    struct history_blobs *blobs;
    struct sweep *sweep; /* of the packs; NULL: trees are read one by one */
    struct intern ids;   /* of tree objects; may be added to */
    struct intern names; /* one component of a path */
    struct intern paths; /* of what trees_flatten met */
    struct forms forms;
    uint32_t *reduced; /* of each id; private */
    size_t reduced_count, reduced_room;
    uint32_t *swept;  /* of each place in the sweep's log; private */
    uint32_t *places; /* of the first ids: where they are there; private */
    uint32_t places_count;
    struct intern lost; /* unreadable ones that were reported */
};

void trees_begin(struct history_trees *trees, struct history_blobs *blobs);

/* Take trees from a sweep, which outlives it, whose names are taken. Nothing
 * was reduced or named so far. */
void trees_use_sweep(struct history_trees *trees, struct sweep *sweep);

/* A file, or TREES_UNKNOWN, of a reduced tree. */
struct tree_file {
    uint32_t path; /* in `paths` */
    uint32_t blob; /* in blobs, or TREES_UNKNOWN */
};

/* A list of them, sorted by path number, each path once. Start from { 0 }. */
struct tree_files {
    struct tree_file *files;
    size_t files_count, files_room;
};

/* The id of a number. */
struct object_id trees_id(const struct history_trees *trees, uint32_t tree);

/* Read a tree object. Returns 0, or -1 and *err, which may be NULL. */
int trees_read(const struct history_trees *trees, const struct object_id *id,
               struct object *object, struct error *err);

/*
 * Replace *files by the files of a reduced tree. What cannot be read stands
 * for itself as TREES_UNKNOWN, and is reported when it is met first. Returns
 * 0, or -1 if there are more than HISTORY_FILES_MAX: then it is as if the root
 * were unreadable.
 */
int trees_flatten(struct history_trees *trees, uint32_t reduced,
                  struct tree_files *files);

/* The file's blob, or TREES_UNKNOWN; 0 if it is not there, else 1. */
int trees_find(const struct history_trees *trees, uint32_t reduced,
               uint32_t path, uint32_t *blob);

/*
 * The reduced tree with another blob at `path`, or with TREES_UNKNOWN none.
 * Where a folder on the way cannot be read it is as before.
 */
uint32_t trees_put(struct history_trees *trees, uint32_t reduced,
                   struct text path, uint32_t blob);

/* Does the tree object hold anything at this path? Yes, if unreadable. */
int trees_has_path(const struct history_trees *trees, uint32_t tree,
                   uint32_t path);

/* Sort by path; of a path that is there twice the first stays. */
void tree_files_sort(struct tree_files *files);

void trees_release(struct history_trees *trees);

#endif
