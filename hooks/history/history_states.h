/*
 * What one commit holds: its files with findings and, for each finding, the
 * entries that it continues. States and their files are shared between
 * commits and never change once made.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_STATES_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_STATES_H

#include <stddef.h>
#include <stdint.h>

struct file_state {
    uint32_t uses;
    uint32_t path; /* in history_trees.paths */
    uint32_t blob; /* what the tree has; TREES_UNKNOWN too */
    uint32_t held; /* the blob that the occurrences are of */
    uint32_t count;
    uint32_t sets[]; /* of entries, one for each occurrence of `held` */
};

/* Files are sorted by path, each path once. */
struct state {
    uint32_t uses;
    size_t count;
    struct file_state *files[];
};

/* New, with one use; the sets are SETS_EMPTY. */
struct file_state *file_state_new(uint32_t path, uint32_t blob, uint32_t held,
                                  uint32_t count);

/* One use more, or one less; with the last the memory goes. NULL is fine for
 * state_release. */
struct file_state *file_state_share(struct file_state *file);
void file_state_release(struct file_state *file);

/* New, with one use and room for `count` files, all NULL. */
struct state *state_new(size_t count);
struct state *state_share(struct state *state);
void state_release(struct state *state);

/* Which of the files has this path, or STATE_NONE. */
#define STATE_NONE SIZE_MAX
size_t state_find(const struct state *state, uint32_t path);

#endif
