/*
 * The two ways to an object's bytes. Packs are read by libgit2, in process.
 * Everything else (loose objects, alternates, SHA-256) is read by git the
 * child: libgit2 1.5 spins on a truncated loose object and writes past its
 * memory on one whose header lies. Whatever the way, the bytes are hashed.
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
