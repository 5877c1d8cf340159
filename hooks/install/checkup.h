/*
 * What a look at an installation found: one entry for each thing that was
 * looked at, with its state and, where it is not well, the repair. The same
 * thing seen with several gits or in several worktrees is one entry.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_CHECKUP_H
#define TMPGUARD_HOOKS_INSTALL_CHECKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "hooks/system/disk.h"

enum checkup_state { CHECKUP_OK, CHECKUP_WARN, CHECKUP_FAIL };

struct checkup_entry {
    const char *id; /* what was looked at: "hook.executable"; constant */
    enum checkup_state state;
    char *detail;              /* one line */
    char *repair;              /* commands for a shell, or NULL */
    char *advice;              /* what to do, in words, or NULL */
    struct paths gits, places; /* where: paths of gits, of worktrees */
};

/* Start from CHECKUP_EMPTY. */
struct checkup {
    struct checkup_entry *entries;
    size_t entries_count, entries_room;
    /* With which git, in which worktree the next entries were seen, or NULL;
     * set by who adds them. */
    const char *git, *place;
    size_t last; /* the entry that was added last */
};

#define CHECKUP_EMPTY ((struct checkup){ .entries = NULL })

/*
 * Add an entry, or the git and the place to one that says the same. `repair`
 * is copied and may be NULL; `format` is printf's.
 */
void checkup_add(struct checkup *checkup, const char *id,
                 enum checkup_state state, const char *repair,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));

/* What to do about the last one, in words; printf's. */
void checkup_advise(struct checkup *checkup, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The worst state of all entries. */
enum checkup_state checkup_worst(const struct checkup *checkup);

/* "ok", "warn" or "fail". */
const char *checkup_name(enum checkup_state state);

void checkup_release(struct checkup *checkup);

#endif
