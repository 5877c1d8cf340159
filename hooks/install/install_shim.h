/*
 * The texts that run tmpguard when git runs a hook, and telling whose a hook
 * that is already there is.
 *
 * A shim is a script in a hooks folder. Its second line holds the hash of
 * what follows, so that one that somebody edited is never taken for ours:
 *
 *     # tmpguard-shim v1 sha256:<64 hexadecimal digits>
 *
 * It first runs what stood in its place, whose failure is the hook's, and
 * then tmpguard. If the program is gone it says so and fails.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_SHIM_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_SHIM_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/install/install.h"

/* What follows the name of a hook that was there before. */
#define SHIM_BEFORE ".pre-tmpguard"

/* A hook of git that may be passed on; `check`: what tmpguard does in it. */
struct shim_event {
    const char *name;
    const char *check; /* NULL: nothing */
    bool reads;        /* the lines on standard input */
};

/*
 * All hooks that a hooks folder for everything has to have: git looks in no
 * other one. Left out are those whose presence alone changes what git does
 * (push-to-checkout, proc-receive) and those that it calls all the time
 * (reference-transaction, post-index-change, fsmonitor-watchman).
 */
const struct shim_event *shim_events(size_t *count);

/* The same for what it is installed for: a server checks what is pushed to it,
 * and nothing else. */
const struct shim_event *shim_events_of(enum install_reach reach,
                                        size_t *count);

/*
 * Append the shim that stands beside what it runs first: the event's name and
 * SHIM_BEFORE. `program` is tmpguard's absolute path.
 */
void shim_beside(struct buffer *out, const struct shim_event *event,
                 const char *program);

/*
 * Append the shim of a hooks folder that stands before another one: `folder`,
 * or with NULL the repository's own.
 */
void shim_before(struct buffer *out, const struct shim_event *event,
                 const char *program, const char *folder);

/* Append the one line that is the command of a configured hook, for all
 * events that tmpguard checks. */
void shim_command(struct buffer *out, const char *program);
void shim_server_command(struct buffer *out, const char *program);

enum shim_kind {
    SHIM_ABSENT,
    SHIM_OURS,    /* of this or of another version */
    SHIM_CRLF,    /* the same, but lines end as on Windows: it cannot run */
    SHIM_EDITED,  /* was ours */
    SHIM_FOREIGN, /* a dangling link is, too */
};

/* Whose are the bytes of a hook? Never SHIM_ABSENT. */
enum shim_kind shim_kind_of(struct text bytes);

/* Append the bytes without the "\r" of line ends. */
void shim_strip_returns(struct buffer *out, struct text bytes);

/* The program that a shim, or the command of a configured hook, runs; a string
 * for free(), NULL: none is named. */
char *shim_program(struct text bytes);

/* Would this version write the same shim, or command, for that program? */
bool shim_is_current(struct text bytes, const struct shim_event *event);
bool shim_command_is_current(struct text command);

/* Are there unchanged shims in the folder for all events that are checked? */
bool shim_all_ours(const char *folder);

/* Whose is the hook at `path`? Returns 0, or -1 and *err: it is no file. */
int shim_look(enum shim_kind *kind, const char *path, struct error *err);

#endif
