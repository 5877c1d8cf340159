/*
 * A call that opens a path for writing: open(P, "w"), io.open(P, "w").
 */
#ifndef TMPGUARD_CORE_FIX_OPENING_H
#define TMPGUARD_CORE_FIX_OPENING_H

#include "core/fix/script.h"

struct opening {
    uint32_t call, callee, path, mode; /* nodes; mode is a string */
    uint32_t keyword;                  /* `mode=…`, or SYNTAX_NONE */
    bool takes_number; /* as it is called, it may be given a descriptor */
    bool has_encoding, has_errors, has_buffering; /* keywords behind; */
    bool has_more;     /* a third argument without one */
    bool is_exclusive; /* mode x */
    bool reads;        /* mode r, or none: why it is not understood */
};

/*
 * Is the node a call that opens something? NULL, and *opening; or why it is
 * none that a repair understands.
 */
const char *opening_read(struct opening *opening, struct script *script,
                         uint32_t node);

#endif
