/*
 * One finding on its way to a repair: what the shapes (shape_*.c) see of it,
 * and what they say.
 */
#ifndef TMPGUARD_CORE_FIX_REPAIR_H
#define TMPGUARD_CORE_FIX_REPAIR_H

#include "core/fix/bring.h"
#include "core/fix/uses.h"
#include "core/rule/finding.h"

enum fix_tier {
    FIX_SAFE,   /* nothing that the program does changes, but for the race */
    FIX_UNSAFE, /* something may, so that a person has to look */
    FIX_MANUAL, /* there is no edit */
};

/* What the name is used for. */
enum fix_use {
    FIX_USE_OTHER,    /* something else, or that is not seen */
    FIX_USE_OPENED,   /* opened for writing */
    FIX_USE_FOLDER,   /* made a folder */
    FIX_USE_PLACE,    /* bound as a socket, made a pipe, a link */
    FIX_USE_PASSED,   /* handed to a function, */
    FIX_USE_RETURNED, /* to a caller */
    FIX_USE_KEPT,     /* put where others see it */
    FIX_USES,
};

/* `why` is a sentence without a full stop, static; of FIX_SAFE what was done.
 */
struct verdict {
    enum fix_tier tier;
    const char *why;
    enum fix_use use;
};

/*
 * The call, and the statement `P = call`, if that is where it stands. The
 * callee is certainly the function: an attribute of the module, or a name that
 * from … import binds.
 */
struct repair {
    struct script *script;
    struct bring *bring;
    struct edits *edits;
    uint32_t call, callee, arguments;
    uint32_t value;      /* the call, or the concatenation that it starts */
    uint32_t assignment; /* `P = value`, or SYNTAX_NONE */
    uint32_t path;       /* P, an identifier, or SYNTAX_NONE */
    uint32_t target;     /* what is assigned to: P, an attribute, an item */
    uint32_t statement;  /* that holds the call */
    struct text suffix;  /* content of a literal that it is joined with */
    bool is_joined;
    bool is_old; /* it is os.tempnam or os.tmpnam, of Python 2 */
};

/* There is no edit, for that reason; what the use is stays known. */
void repair_refuse(struct verdict *verdict, const char *why);

/* Make it so that a person has to look; the first reason is the one given. */
void repair_demote(struct verdict *verdict, const char *why);

/* Replace or prepend in terms of nodes. */
void repair_replace(struct repair *repair, uint32_t node, const char *with);
void repair_insert(struct repair *repair, uint32_t node, const char *what);

/* A name for the descriptor that nobody around has: "fd", "tmp_fd", … */
const char *repair_descriptor(struct repair *repair, char *room, size_t size);

/* What the uses of P are asked about; `closed`: its file is, before that. */
struct uses_path repair_uses(struct repair *repair, uint32_t closed);

/* Is the node P, the same variable? */
bool repair_is_path(struct repair *repair, uint32_t node);

/* Is it that, or the attribute or the item in the same words? */
bool repair_is_target(struct repair *repair, uint32_t node);

/* The content of a literal without prefix, escapes and quotes in it, that is
   no part of a path; false if it is none. */
bool repair_is_plain(const struct script *script, uint32_t node,
                     struct text *content);

/* The string literal that the call is joined with goes into its suffix. */
void repair_find_suffix(struct repair *repair);

/* NULL, or that the type of P would move to a statement of its own. */
const char *repair_annotated(const struct repair *repair);

/* Have the call be one of the member, with that suffix: NULL, or why not. */
const char *repair_call_member(struct repair *repair, enum bring_member member);

/* Append what calls the member from where the callee stands: NULL, or why
   not. */
const char *repair_member_text(struct repair *repair, enum bring_member member,
                               struct buffer *out);

/*
 * Turn `TARGET = mktemp(…)` into `fd, TARGET = mkstemp(…)`: NULL, or why not.
 */
const char *repair_pair(struct repair *repair, uint32_t target,
                        const char *descriptor);

/* One more statement behind that of the call; `os.close(DESCRIPTOR)`. */
void repair_add(struct repair *repair, struct text words);
void repair_close(struct repair *repair, const char *descriptor);

/* The shapes: false if the call stands in no such place; else what becomes of
   it, with edits unless that is FIX_MANUAL. */
bool shape_opened(struct repair *repair, struct verdict *verdict);
bool shape_made(struct repair *repair, struct verdict *verdict);
bool shape_inline(struct repair *repair, struct verdict *verdict);
bool shape_below(struct repair *repair, struct verdict *verdict);
bool shape_chained(struct repair *repair, struct verdict *verdict);
bool shape_closed(struct repair *repair, struct verdict *verdict);

#endif
