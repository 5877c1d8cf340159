/*
 * The two ways to an object's bytes. Packs are read in process once many
 * objects are wanted; everything else (loose objects, what is damaged, one of
 * the first reads) by git the child. Whatever the way, the bytes are hashed.
 * libgit2 1.5 has no part in it: it spins on a truncated loose object, writes
 * past its memory on one whose header lies, and reads past a pack whose index
 * points there.
 */
#ifndef TMPGUARD_HOOKS_ODB_H
#define TMPGUARD_HOOKS_ODB_H

#include "hooks/object.h"

struct odb;

/* Opens no file yet. `folder` is the absolute path of the objects folder. */
struct odb *odb_open(const char *folder, size_t id_size);

/* See object_read. */
int odb_read(struct object *object, struct odb *odb, const struct object_id *id,
             size_t size_max, struct error *err);

/* Closing NULL is fine. */
void odb_close(struct odb *odb);

#endif
