/*
 * The lines that git gives to its hooks of a push, githooks(5):
 *
 *     pre-push     LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID
 *     pre-receive  OLD-ID NEW-ID REF
 *
 * An id of zeros is that of a ref that is not there: a branch that is new, or
 * deleted.
 */
#ifndef TMPGUARD_HOOKS_GATE_PUSH_LINE_H
#define TMPGUARD_HOOKS_GATE_PUSH_LINE_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/git/object.h"

enum push_hook { PUSH_SENDS, PUSH_RECEIVES };

struct push_line {
    struct text name; /* the ref, or as the pusher typed it */
    struct object_id old, new;
};

/*
 * Take the first line off *rest, whose ids have `id_size` bytes. Returns 1, 0
 * if nothing is left, or -1 and *err (ERROR_USAGE): it is no such line.
 */
int push_line_next(struct push_line *line, struct text *rest,
                   enum push_hook hook, size_t id_size, struct error *err);

#endif
