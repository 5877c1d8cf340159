/*
 * What a run found, in the order in which it is shown. Filled by the checks
 * and scans of this layer, rendered by cmd/.
 */
#ifndef TMPGUARD_HOOKS_JOINT_REPORT_H
#define TMPGUARD_HOOKS_JOINT_REPORT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/facts/unused.h"
#include "core/fix/hint.h"
#include "core/fix/remedy.h"

/* Who changed what when; strings owned, dates in seconds since 1970, UTC. */
struct report_commit {
    char *id;      /* hexadecimal */
    char *author;  /* "Name <mail>" */
    char *subject; /* first line of the message */
    int64_t date;  /* of the author */
    int32_t zone;  /* of the author, minutes east of UTC */
};

struct report_finding {
    char *path;  /* bytes, '/'-separated, relative to the root; never NULL */
    char *opens; /* the path that opens the file on disk; NULL if none does */
    struct finding finding;
    bool blocks;
    bool known;              /* from the baseline */
    enum suppression denied; /* a comment that the policy does not let excuse */
    /*
     * The lines of the file from finding.range.start.line to range.end.line,
     * at most REPORT_EXCERPT_MAX bytes, as they stand; NULL if not at hand, or
     * if the call begins behind them.
     */
    char *excerpt;
    size_t excerpt_size;
    struct remedy *remedy; /* if repairs were asked for and there is one */
    const char *hint;      /* hint.h, static; NULL if there is none */

    /* With --history only; NULL otherwise. */
    struct report_commit *introduced; /* NULL without --history */
    struct report_commit *removed;    /* NULL while it is live */
    struct report_commit *elsewhere;  /* live, and removed on another branch */
    bool live;
    char **paths; /* where it stood, sorted, without duplicates */
    size_t paths_count, paths_room;
    /*
     * Those with the same path, function, line_hash, line_count and twin are
     * one call that several commits introduced, on branches that did not know
     * of each other.
     */
    uint32_t twin;
    /* The same where it is now, if it moved and is live: path, finding and
     * excerpt alone. */
    struct report_finding *now;
};

#define REPORT_EXCERPT_MAX ((size_t)4096)

/* So many bytes of files are looked at for repairs: 4 MiB, which take some
 * three seconds where every few lines hold a call that is repaired. */
#define REPORT_REMEDY_MAX ((size_t)4 << 20)

/* So many for hints: half a megabyte, a tenth of a second of parsing, since
 * nobody reads the hints of more than a few files. */
#define REPORT_HINT_MAX ((size_t)512 << 10)

/* Something that was to be read and could not be: never clean. */
struct report_incomplete {
    char *path;   /* or another name of what it is; never NULL */
    char *reason; /* one line a person can act on */
};

/* A comment that excuses nothing (see unused.h). */
struct report_unused {
    char *path;
    struct unused_comment comment;
};

/* What a person may want to know, and no verdict depends on. */
struct report_note {
    char *path;
    char *words;
};

/* What the live findings of a history are in the tree of, and what those are
 * that are neither live nor removed. */
enum report_past {
    PAST_OF_ALL,    /* of a ref; lost in a merge */
    PAST_OF_SOME,   /* of a ref; not all commits that lead to refs are looked
                       at, or others, too: reflogs */
    PAST_OF_CHOSEN, /* of a revision or ref that was chosen */
};

struct report_stats {
    uint64_t files;        /* looked at, of any kind */
    uint64_t python_files; /* of them Python */
    uint64_t parsed;       /* blobs analysed in this run */
    uint64_t cache_hits;   /* blobs whose facts came from the cache */
    uint64_t commits;      /* with --history */
    double milliseconds;   /* wall time of the run */
};

/* Start from REPORT_EMPTY. */
struct report {
    struct report_finding *findings;
    size_t findings_count, findings_room;
    struct report_incomplete *incomplete;
    size_t incomplete_count, incomplete_room;
    struct report_unused *unused;
    size_t unused_count, unused_room;
    struct report_note *notes;
    size_t notes_count, notes_room;
    size_t remedy_left; /* of REPORT_REMEDY_MAX; 0: no repairs are asked for */
    size_t hint_left;   /* of REPORT_HINT_MAX; 0: no hints are asked for */
    bool unused_asked;  /* what is not in `unused` is known to be used */
    bool history;       /* findings carry commits */
    enum report_past past; /* whose they are */
    bool first_push;       /* to where nothing was: a baseline in it counts */
    bool late;             /* the deadline passed before all was checked */
    /* There is, or may be, something that blocks: for other threads to see. */
    atomic_bool doubtful;
    char *baseline; /* the file, if one was applied; owned */
    size_t stale;   /* entries of it that no finding needed */
    struct report_stats stats;
    char *cache_trouble; /* why the cache was not used; NULL if it was */
};

#define REPORT_EMPTY ((struct report){ .findings = NULL })

/* A new finding at `path`; strings are copied, the rest is zero. */
struct report_finding *report_add(struct report *report, const char *path,
                                  const struct finding *finding);

/* Note that something could not be read or analysed. Strings are copied. */
void report_incomplete(struct report *report, const char *path,
                       const char *reason);

/* Note something harmless. Strings are copied. */
void report_note(struct report *report, const char *path, const char *words);

/* Note the comments of a file that excuse nothing. */
void report_unused(struct report *report, const char *path,
                   const struct unused *unused);

/* What excuses the finding does not, by the policy. */
void report_deny(struct report_finding *finding);

/* It moved: note where it is. Returns the finding there, for its excerpt. */
struct report_finding *report_now(struct report_finding *finding,
                                  const char *path, const struct finding *now);

/* Keep the lines of `bytes` that the finding covers as its excerpt. */
void report_excerpt(struct report_finding *finding, const char *bytes,
                    size_t size);

/*
 * Sort: path, line, column, function, then introducing date and commit;
 * comments by path and place.
 */
void report_sort(struct report *report);

/* Take out what is in files of which `is_out` says so. */
typedef bool report_is_out(void *payload, const char *path);
void report_leave_out(struct report *report, report_is_out *is_out,
                      void *payload);

/* Does any finding block? */
bool report_blocks(const struct report *report);

void report_release(struct report *report);

#endif
