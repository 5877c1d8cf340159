/*
 * All objects of a repository, read in process: those of its packs, its loose
 * ones, and those that it borrows from others (alternates). Each has a number,
 * however often it is there.
 *
 * What this does not cover is told by packs_gaps: an index of version 1, a
 * pack without an index, a folder that cannot be read. An object that is not
 * found here may then still be known to git, which is to be asked; so it may
 * where GIT_ALTERNATE_OBJECT_DIRECTORIES is set, or somebody adds a pack after
 * packs_open.
 */
#ifndef TMPGUARD_HOOKS_GIT_PACKS_H
#define TMPGUARD_HOOKS_GIT_PACKS_H

#include "hooks/git/forest.h"
#include "hooks/git/object.h"
#include "hooks/system/disk.h"

#define PACKS_NONE UINT32_MAX

struct packs;

/*
 * Open those of an objects folder, for a walk by so many threads (see
 * pool_threads): the heads of the largest pack's entries are looked at while
 * objects are numbered.
 * `id_size`: 20 SHA-1, 32 SHA-256. Returns 0, or -1 and *err: there are too
 * many objects.
 */
int packs_open(struct packs **packs, const char *folder, size_t id_size,
               unsigned threads, struct error *err);

/*
 * Open the packs alone, for packs_read_id and packs_has: at once, however many
 * objects there are, for none is numbered. What is loose is not found.
 */
struct packs *packs_open_unnumbered(const char *folder, size_t id_size);

/* Closing NULL is fine. */
void packs_close(struct packs *packs);

/* How many objects there are: numbers are below it, in the order of ids. */
uint32_t packs_count(const struct packs *packs);

/* The number of an id, or PACKS_NONE; and the id of a number. */
uint32_t packs_find(const struct packs *packs, const struct object_id *id);
void packs_find_all(const struct packs *packs, const unsigned char *ids,
                    size_t count, uint32_t *numbers);
void packs_id(const struct packs *packs, uint32_t number, struct object_id *id);

/* The objects folder, and those that it borrows from; valid until packs_close.
 */
const struct paths *packs_folders(const struct packs *packs);

/* What is not covered, each in words; valid until packs_close. */
const struct paths *packs_gaps(const struct packs *packs);

/*
 * About how many objects of these types (FOREST_TYPE) a walk will meet: those
 * that are there twice, and loose ones of any type, count. Looks at the heads
 * of all entries, which the walk then need not do.
 */
uint64_t packs_expect(struct packs *packs, unsigned types, unsigned threads);

/*
 * Walk everything as forest_walk does, pack by pack, then what is loose: each
 * object is entered or skipped once, even if it is there twice. Loose objects
 * are hashed: one that is not that of its name is damaged. In `walk` and
 * for the visitor, `wanted` and numbers are those of packs; walk->numbers and
 * visitor->find are not looked at. One walk at a time.
 */
void packs_walk(struct packs *packs, const struct forest_walk *walk,
                const struct forest_visitor *visitor);

/* No walk comes any more, and nothing is read: give back what only these need,
 * beside the finding of numbers and ids. */
void packs_end_walks(struct packs *packs);

/* For reading one by one, beside walks too: one for each thread. */
struct packs_reader;

struct packs_reader *packs_reader_open(const struct packs *packs);

/*
 * Read one object. Returns 1 and *object, for object_release; -1 and *err:
 * ERROR_LIMIT if it, or what it is made of, has more than size_max bytes,
 * ERROR_GIT if it is damaged. The bytes are not hashed.
 */
int packs_read(struct object *object, struct packs_reader *reader,
               uint32_t number, size_t size_max, struct error *err);

/* The same by id, of unnumbered packs: 0 if none of them has it. */
int packs_read_id(struct object *object, struct packs_reader *reader,
                  const struct object_id *id, size_t size_max,
                  struct error *err);

/* Has one of the unnumbered packs an object of this id? */
bool packs_has(const struct packs *packs, const struct object_id *id);

/* Closing NULL is fine. */
void packs_reader_close(struct packs_reader *reader);

#endif
