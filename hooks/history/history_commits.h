/*
 * The graph of commits that a scan of history walks, read from the objects
 * themselves: no replace refs, no grafts, no commit-graph file.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_COMMITS_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_COMMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/intern.h"
#include "hooks/git/object.h"
#include "hooks/joint/report.h"

struct repo;
struct sweep;

/* A larger commit object is damage, in bytes. */
#define COMMIT_SIZE_MAX ((size_t)4 << 20)

enum {
    COMMIT_READ = 1 << 0,
    COMMIT_MISSING = 1 << 1, /* or damaged: nothing else is known */
    COMMIT_CUT = 1 << 2,     /* a parent is missing */
    COMMIT_HIDDEN = 1 << 3,  /* reached by what a range takes away */
    COMMIT_WANTED = 1 << 4,  /* to be walked */
    COMMIT_TIP = 1 << 5,     /* what is in its tree is live */
    COMMIT_MAIN = 1 << 6,    /* reached by HEAD, or by the first revision */
    COMMIT_LEFT = 1 << 7,    /* for A...B */
    COMMIT_RIGHT = 1 << 8,
    COMMIT_NAMED = 1 << 9,   /* reported as the one that introduced something */
    COMMIT_GONE = 1 << 10,   /* a snapshot has it, and it cannot be read now */
    COMMIT_BESIDE = 1 << 11, /* walked for what becomes of the others */
    COMMIT_LOGGED = 1 << 12, /* asked for since a reflog names it */
};

/* Walked, and what they do is not listed. */
#define COMMIT_UNASKED (COMMIT_HIDDEN | COMMIT_BESIDE)

#define COMMIT_TREE_UNREAD UINT32_MAX
#define COMMIT_NONE        UINT32_MAX

struct history_commit {
    int64_t committed; /* the committer's date */
    uint32_t parents;  /* where they start in history_commits.parents */
    uint32_t parents_count;
    uint32_t tree; /* its number in `trees`, or COMMIT_TREE_UNREAD */
    uint32_t root; /* in a snapshot, see there; 0: not there */
    uint32_t flags;
};

/* Start from { .repo, .sweep, .trees }. Commits have the numbers of `ids`. */
struct history_commits {
    struct repo *repo;
    struct sweep *sweep;  /* of the packs; NULL: all are read one by one */
    struct intern *trees; /* ids of trees */
    struct intern ids;
    struct history_commit *commits;
    size_t commits_count, commits_room;
    uint32_t *parents; /* numbers of commits */
    size_t parents_count, parents_room;
    bool deep;         /* walk beyond hidden commits */
    bool first_parent; /* of wanted ones: there are no other parents */
    int64_t since;     /* older ones are hidden, once they are wanted */
    size_t fresh;      /* that no snapshot had */
    /*
     * The wanted commits that could be read, parents before children, else
     * older first: a function of the graph alone. Made by commits_sort.
     */
    uint32_t *order;
    size_t order_count;
};

/* The number of the commit `id`; it need not exist. */
uint32_t commits_add(struct history_commits *commits,
                     const struct object_id *id);

/* The id of a number. */
struct object_id commits_id(const struct history_commits *commits,
                            uint32_t number);

/* Is there, as far as is known without reading it, a commit of this id? */
bool commits_know(const struct history_commits *commits,
                  const struct object_id *id);

/* The number of a commit's tree, or COMMIT_TREE_UNREAD if the commit, which a
 * snapshot knows, is no longer there. */
uint32_t commits_tree(struct history_commits *commits, uint32_t number);

/*
 * Set `flag` on a commit and all its ancestors, not going beyond those that
 * have one of `stop`, nor beyond those that have `flag` already. What cannot
 * be read is MISSING, its children are CUT.
 */
void commits_mark(struct history_commits *commits, uint32_t from, uint32_t flag,
                  uint32_t stop);

/*
 * Its parents that are walked too: their numbers and how many. None for a
 * hidden commit unless `deep`; MISSING ones are among them.
 */
const uint32_t *commits_parents(const struct history_commits *commits,
                                uint32_t number, size_t *count);

/*
 * For who goes through the order: of each commit, how many in it have it as a
 * parent. Owned by the caller.
 */
uint32_t *commits_uses(const struct history_commits *commits);

/* Fill order with what is WANTED. */
void commits_sort(struct history_commits *commits);

/*
 * Visit the best common ancestors of the commits `some` on one side and
 * `other` on the other, as git merge-base has them; all must be in order.
 */
typedef void commits_visit(uint32_t number, void *payload);
void commits_each_base(const struct history_commits *commits,
                       const uint32_t *some, size_t some_count, uint32_t other,
                       commits_visit *visit, void *payload);

/* Note in *report that something is not known of a commit. */
void commits_report_why(const struct history_commits *commits, uint32_t number,
                        const char *reason, struct report *report);

/* Note in *report that a commit of the order, or a parent of it, is not there.
 */
void commits_report(struct history_commits *commits, uint32_t number,
                    struct report *report);

void commits_release(struct history_commits *commits);

#endif
