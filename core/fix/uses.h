/*
 * What is done with a variable that a repair changes: with a file object that
 * has another name or class now, with a path whose file exists now.
 */
#ifndef TMPGUARD_CORE_FIX_USES_H
#define TMPGUARD_CORE_FIX_USES_H

#include "core/fix/edits.h"
#include "core/fix/script.h"

/* A file object: `target` is the identifier that binds it. */
struct uses_file {
    struct script *script;
    uint32_t target;
    uint32_t body;    /* where it is used: a with statement; or SYNTAX_NONE */
    bool keeps_name;  /* its name is the path, as before */
    struct text path; /* else what stands for its name then */
};

/*
 * NULL if the repair changes nothing about the object's uses; then edits make
 * its name what it was. Else why not, in a sentence.
 */
const char *uses_of_file(const struct uses_file *file, struct edits *edits);

/* A path that `target` binds: of a file that is closed before `closed`. */
struct uses_path {
    struct script *script;
    uint32_t target;
    uint32_t closed;   /* an offset */
    uint32_t but;      /* a use that does not count, or SYNTAX_NONE */
    bool is_relocated; /* it may be absolute now, and was not */
    bool may_fail;     /* it may not be bound now, and was */
};

/* The first use that counts, an identifier; or SYNTAX_NONE. */
uint32_t uses_first(const struct uses_path *path);

/* NULL, or what the path is used for that a file must not stand in its way. */
const char *uses_forbid_file(const struct uses_path *path);

/* NULL, or what is made of the value of the node, which stands for a path. */
const char *uses_made_at(const struct script *script, uint32_t node);

/* NULL if all uses take it for the name of a file that is there, or why not. */
const char *uses_as_file(const struct uses_path *path);

/* NULL, or why something may be different. */
const char *uses_of_path(const struct uses_path *path);

#endif
