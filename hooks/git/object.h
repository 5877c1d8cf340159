/*
 * Objects of git's database: ids, and the bytes of blobs, trees and commits,
 * verified against their id. Formats: gitformat-pack(5), git-mktree(1).
 */
#ifndef TMPGUARD_HOOKS_GIT_OBJECT_H
#define TMPGUARD_HOOKS_GIT_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/text.h"

struct repo;

#define OBJECT_ID_MAX  32 /* bytes: 20 for SHA-1, 32 for SHA-256 */
#define OBJECT_HEX_MAX (2 * OBJECT_ID_MAX + 1)

/* Bytes behind `size` are zero, so ids compare with object_id_compare. */
struct object_id {
    unsigned char bytes[OBJECT_ID_MAX];
    unsigned char size;
};

enum object_type {
    OBJECT_COMMIT = 1, /* git's own numbers */
    OBJECT_TREE = 2,
    OBJECT_BLOB = 3,
    OBJECT_TAG = 4,
};

int object_id_compare(const struct object_id *a, const struct object_id *b);
bool object_id_is_zero(const struct object_id *id);

/* Write the hexadecimal form, NUL-terminated; returns `hex`. */
char *object_id_format(const struct object_id *id, char hex[OBJECT_HEX_MAX]);

/* Read 40 or 64 hexadecimal digits. Returns 0, or -1 if it is not that. */
int object_id_parse(struct object_id *id, struct text hex);

/* What is hashed before an object's bytes: "blob 12" and a NUL, in `head`. */
#define OBJECT_HEAD_MAX 40
struct text object_head(char head[OBJECT_HEAD_MAX], enum object_type type,
                        size_t size);

/* The id of these bytes, without a repository; size: 20 SHA-1, 32 SHA-256. */
void object_id_of(struct object_id *id, enum object_type type,
                  struct text bytes, size_t size);

/* The bytes of one object. Start from OBJECT_EMPTY. */
struct object {
    enum object_type type;
    struct text bytes;
    /* Memory that `bytes` points into, and how to free it; private. */
    void *owner;
    void (*give_back)(void *owner);
};

#define OBJECT_EMPTY ((struct object){ .bytes = { "", 0 }, .owner = NULL })

/*
 * Read the object `id`. Returns
 *    1  and *object, whose bytes are those of the id (checked),
 *    0  if the database does not hold it (missing, or promised by a partial
 *       clone: it is never fetched),
 *   -1  and *err: ERROR_LIMIT if it has more than size_max bytes (read from
 *       its header, before inflating), ERROR_GIT if it is damaged.
 * One repo belongs to one thread at a time.
 */
int object_read(struct object *object, struct repo *repo,
                const struct object_id *id, size_t size_max, struct error *err);

/* Give the bytes back. Releasing an empty object, or twice, is fine. */
void object_release(struct object *object);

/* File modes of tree and index entries. */
#define OBJECT_MODE_TREE    040000u
#define OBJECT_MODE_SYMLINK 0120000u
#define OBJECT_MODE_GITLINK 0160000u
#define OBJECT_MODE_TYPE    0170000u
#define OBJECT_MODE_REGULAR 0100000u /* & OBJECT_MODE_TYPE */

struct tree_entry {
    uint32_t mode;
    struct text name; /* points into the tree's bytes */
    struct object_id id;
};

/*
 * Take the next entry off the raw bytes of a tree. Returns 1 and *entry with
 * *rest moved on, 0 at the end, -1 if the bytes are no tree.
 */
int tree_next(struct tree_entry *entry, struct text *rest, size_t id_size);

/* The commit's own words; texts point into its bytes. */
struct commit_view {
    struct object_id tree;
    struct text parents; /* the raw "parent …" lines, for commit_next_parent */
    struct text author;  /* "Name <mail>" */
    int64_t date;        /* of the author, seconds since 1970 */
    int32_t zone;        /* minutes east of UTC */
    int64_t committed;   /* the committer's date */
    struct text subject; /* first line of the message */
};

/* Returns 0, or -1 if the bytes are no commit. */
int commit_parse(struct commit_view *commit, struct text bytes);

/* Take the next parent off commit.parents: 1 and *id, 0 at the end. (A parent
 * line that is not one makes commit_parse fail, so there is no -1.) */
int commit_next_parent(struct object_id *id, struct text *parents);

#endif
