/*
 * What a worker has to remember of its check, to leave a memo of it behind.
 */
#ifndef TMPGUARD_CMD_DAEMON_KEEPSAKE_H
#define TMPGUARD_CMD_DAEMON_KEEPSAKE_H

#include "cmd/session/session.h"
#include "core/base/buffer.h"
#include "hooks/git/object.h"

/* Start from { 0 }. */
struct keepsake {
    struct object_id tree; /* size 0: there is nothing to remember */
    size_t id_size;
    struct buffer git_dir, common_dir, root, index_path;
};

/* Before the session closes: of which repository, and which tree. */
void keepsake_take(struct keepsake *keepsake, const struct session *session);

/*
 * Append the memo of a check that ended with this code and printed the first
 * `size` bytes of the file `out`; of what witness.h has seen. Nothing is
 * appended if somebody could rely on it in vain.
 */
void keepsake_tell(const struct keepsake *keepsake, struct buffer *memo,
                   int code, int out, size_t size);

#endif
