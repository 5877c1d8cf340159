/*
 * The two ways to an object's bytes. Loose objects and packs are read in
 * process, those that are borrowed too; what is not found there, or damaged,
 * by git the child, which may have another copy and else says what is wrong.
 * Whatever the way, the bytes are hashed: they are those of the id.
 */
#ifndef TMPGUARD_HOOKS_GIT_ODB_H
#define TMPGUARD_HOOKS_GIT_ODB_H

#include "hooks/git/object.h"

struct odb;

/* Opens no file yet. `folder` is the absolute path of the objects folder. */
struct odb *odb_open(const char *folder, size_t id_size);

/*
 * Read from another objects folder, too, before git is asked: in quarantine
 * the objects that the repository has are there. Once at most.
 */
void odb_borrow(struct odb *odb, const char *folder);

/* See object_read. */
int odb_read(struct object *object, struct odb *odb, const struct object_id *id,
             size_t size_max, struct error *err);

/* Closing NULL is fine. */
void odb_close(struct odb *odb);

#endif
