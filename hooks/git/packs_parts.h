/*
 * What packs.c opens, packs_walk.c walks and packs_read.c reads.
 */
#ifndef TMPGUARD_HOOKS_GIT_PACKS_PARTS_H
#define TMPGUARD_HOOKS_GIT_PACKS_PARTS_H

#include "hooks/git/loose.h"
#include "hooks/git/packs.h"
#include "hooks/system/id_table.h"

/* A list of the table: one pack, or the loose objects of one folder. */
struct packs_list {
    bool loose;
    struct pack pack;
    struct forest *forest; /* NULL until it is walked */
    const char *folder;    /* of loose objects */
    struct loose_list ids;
    unsigned char *types; /* of loose objects, by entry; 0: not known yet */
};

struct packs {
    struct id_table table;
    struct packs_list *lists;
    size_t lists_count, lists_room;
    struct paths folders, gaps;
    size_t id_size;
    bool numbered; /* else the table is empty, and no list is loose */
};

/* Have the forest of a pack, opened by so many threads. */
void packs_list_forest(struct packs_list *list, unsigned threads);

#endif
