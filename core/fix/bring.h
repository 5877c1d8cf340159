/*
 * Names that repaired code needs, from modules that its file imports: members
 * of tempfile in place of the one that goes, and os.
 */
#ifndef TMPGUARD_CORE_FIX_BRING_H
#define TMPGUARD_CORE_FIX_BRING_H

#include "core/fix/edits.h"
#include "core/fix/script.h"

/* Members of tempfile. */
enum bring_member { BRING_MKSTEMP, BRING_MKDTEMP, BRING_NAMED, BRING_MEMBERS };

/* A call that is repaired: where its name comes from, what stands for it. */
struct bring_want {
    uint32_t callee; /* an identifier that `from tempfile import` binds */
    uint32_t import; /* the identifier there; SYNTAX_NONE: it is there */
    enum bring_member member;
};

/* A module that is imported before a statement. */
struct bring_module {
    const char *name;
    uint32_t before;
};

/* Start from { .script = … }. */
struct bring {
    struct script *script;
    bool keeps; /* others may import what is imported here */
    bool drops; /* bring_finish took an import away */
    struct bring_want *wants;
    size_t wants_count, wants_room;
    struct bring_module *modules;
    size_t modules_count, modules_room;
};

/* What came after so many wants is forgotten. */
struct bring_mark {
    size_t wants, modules;
};

struct bring_mark bring_mark(const struct bring *bring);
void bring_back(struct bring *bring, struct bring_mark mark);

/* "mkstemp", … */
const char *bring_name(enum bring_member member);

/*
 * Have a callee, which is certainly a function of tempfile, call the member
 * instead: NULL, or why that cannot be. Without edits, the caller names it.
 */
const char *bring_member(struct bring *bring, uint32_t callee,
                         enum bring_member member, struct edits *edits);

/*
 * Have `os`, `tempfile` in reach of the callee's place, from where its module
 * is: NULL, or why not.
 */
const char *bring_os(struct bring *bring, uint32_t callee);
const char *bring_tempfile(struct bring *bring, uint32_t callee);

/* The imports of all that was wanted. */
void bring_finish(struct bring *bring, struct edits *edits);

/* Give the memory back; releasing twice is fine. */
void bring_release(struct bring *bring);

#endif
