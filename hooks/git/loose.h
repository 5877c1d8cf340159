/*
 * Loose objects: one file each, a zlib stream of "blob 12", a NUL byte and the
 * bytes, named by the id (gitrepository-layout(5)).
 */
#ifndef TMPGUARD_HOOKS_GIT_LOOSE_H
#define TMPGUARD_HOOKS_GIT_LOOSE_H

#include "core/base/error.h"
#include "hooks/git/inflate.h"
#include "hooks/git/object.h"
#include "hooks/system/disk.h"

/* Ids, one behind the other. Start from { 0 }. */
struct loose_list {
    unsigned char *ids;
    uint32_t count;
    size_t ids_room; /* bytes; private */
};

/*
 * List the loose objects of an objects folder, sorted. What cannot be listed
 * is appended to *gaps, in words.
 */
void loose_list(struct loose_list *list, const char *folder, size_t id_size,
                struct paths *gaps);

void loose_list_release(struct loose_list *list);

/*
 * Read one of an objects folder. Returns 1 and *object, for object_release; 0
 * if there is no such file; -1 and *err: ERROR_LIMIT if it has more than
 * size_max bytes, found without asking for more memory than that. The bytes
 * are not hashed.
 */
int loose_read(struct object *object, struct inflater *inflater,
               const char *folder, const struct object_id *id, size_t size_max,
               struct error *err);

/* The same for the bytes of such a file. */
int loose_parse(struct object *object, struct inflater *inflater,
                struct text deflated, size_t size_max, struct error *err);

#endif
