/*
 * The gits of a machine: those in PATH, and where programs that bring their
 * own, and package managers, are known to put them.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_GITS_H
#define TMPGUARD_HOOKS_INSTALL_GITS_H

#include <stdbool.h>
#include <stddef.h>

struct git {
    char *path;    /* absolute, as it was found */
    char *version; /* "2.39.5", or NULL: it does not run */
    unsigned long major, minor;
};

/* The first one is the first of PATH that runs. Start from GITS_EMPTY. */
struct gits {
    struct git *items;
    size_t items_count, items_room;
};

#define GITS_EMPTY ((struct gits){ .items = NULL })

/*
 * Find them. `path`: what PATH is; `home`: this user's folder, or NULL. The
 * same file by another name is not named again.
 */
void gits_find(struct gits *gits, const char *path, const char *home);

/* The first one of `path` alone, if there is one. */
void gits_find_first(struct gits *gits, const char *path);

/* Add one by its absolute path, whether it is there or not. */
void gits_add(struct gits *gits, const char *path);

/* Is it of this version or of a newer one? */
bool git_is(const struct git *git, unsigned long major, unsigned long minor);

void gits_release(struct gits *gits);

#endif
