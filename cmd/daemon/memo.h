/*
 * What a worker leaves behind of a check: the answer, and all that it was made
 * from. As long as that is unchanged the answer is, too.
 *
 * It is made from the tree that is staged and from other files. Of the index
 * nothing matters but that tree: git writes it anew before it calls the hook,
 * and knows the tree then (hooks/git/index_root.h).
 */
#ifndef TMPGUARD_CMD_DAEMON_MEMO_H
#define TMPGUARD_CMD_DAEMON_MEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/daemon/sight.h"
#include "core/base/buffer.h"
#include "core/base/text.h"
#include "hooks/git/index_root.h"
#include "hooks/git/object.h"

/* A longer one is not kept, in bytes. */
#define MEMO_SIZE_MAX ((size_t)256 << 10)

/* Nor is one with more to print: it must pass a socket at once. */
#define MEMO_OUT_MAX ((size_t)64 << 10)

struct memo {
    uint32_t code;    /* exit code */
    int64_t clock_ns; /* sight_clock_ns */
    struct object_id tree;
    struct index_shape shape;
    struct sight_mark index; /* of the index file that was read */
    bool rests;              /* it tells whether that is the same file */
    /* With a NUL behind each, absolute. */
    struct text git_dir, common_dir, root, index_path;
    struct text out;    /* what was printed */
    struct text sights; /* for memo_next_sight */
};

/* Append it: `sights` go into it, but for those of the index. */
void memo_encode(struct buffer *out, const struct memo *memo,
                 const struct sight *sights, size_t sights_count);

/* Read one; what is pointed to is in the bytes. Returns 0, or -1. */
int memo_decode(struct memo *memo, struct text bytes);

/* Take the next sight from what is left of them: 1, 0 at the end, -1. */
int memo_next_sight(struct sight *sight, struct text *rest);

#endif
