/*
 * A look at a path, so that it can be told later whether a program that looks
 * there would see the same. What a file holds is not looked at: another
 * content is another file, or has another time of change (ctime), which no
 * program sets as it likes.
 *
 * That takes a file that was at rest: one that changed in the same tick of
 * the clock could change once more and keep its time. And a file system of
 * this machine, with times of its own. A file that somebody has mapped to write
 * into it changes without a time: git, editors and whoever renames do not.
 */
#ifndef TMPGUARD_CMD_DAEMON_SIGHT_H
#define TMPGUARD_CMD_DAEMON_SIGHT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "core/base/text.h"

/* For so long nothing has changed in what is at rest, in nanoseconds: more
 * than a tick. Where times have no fractions it is the longer one. */
#define SIGHT_REST_NS        INT64_C(20000000)
#define SIGHT_REST_COARSE_NS INT64_C(2000000000)

enum sight_way {
    SIGHT_FILE,   /* what the path leads to */
    SIGHT_FOLDER, /* the same, and of a folder which names are in it */
    SIGHT_LINK,   /* what is there, and if that is a link, where it leads */
    SIGHT_REAL,   /* the path without links (realpath) */
};

/* What there is, by numbers that no other has. */
struct sight_mark {
    int64_t trouble; /* errno: there is nothing to see; else 0 */
    uint64_t device, inode, mode, owner;
    /* Of a folder whose names do not matter: 0. */
    uint64_t size;
    int64_t changed_ns, written_ns;
};

struct sight {
    enum sight_way way;
    struct sight_mark mark;
    struct text path, real; /* with a NUL behind them; real: "" if not wanted */
    const char *doubt;      /* why nothing can be told from it later; or NULL */
};

/* The mark of a file that `about` is of. */
struct sight_mark sight_mark_of(const struct stat *about, enum sight_way way);

bool sight_same(const struct sight_mark *a, const struct sight_mark *b);

/* Look at an absolute path. Its strings are the sight's own. */
void sight_take(struct sight *sight, enum sight_way way, const char *path);

void sight_release(struct sight *sight);

/* Would a look be the same now? */
bool sight_holds(const struct sight *sight);

/* The clock of the files against one that nobody sets, in nanoseconds: times
 * tell nothing when that was set anew. */
int64_t sight_clock_ns(void);

#endif
