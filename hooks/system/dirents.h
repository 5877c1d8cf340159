/*
 * The entries of one folder on disk.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_DIRENTS_H
#define TMPGUARD_HOOKS_SYSTEM_DIRENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

struct dirents_item {
    const char *name;
    size_t at; /* of the name, in `names` */
    bool is_folder;
};

/* Start from { 0 }; used again and again it keeps its memory. */
struct dirents {
    struct buffer names, block;
    struct dirents_item *items;
    size_t items_count, items_room;
    bool has_git; /* something named `.git` */
};

void dirents_clear(struct dirents *dirents);

/*
 * Add the folders and regular files in the folder `fd`, and sort all by their
 * bytes; neither links nor special files nor `.git`. Returns 0, or -1 and
 * errno: then the rest is missing.
 */
int dirents_read(struct dirents *dirents, int fd);

void dirents_release(struct dirents *dirents);

#endif
