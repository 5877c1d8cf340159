/*
 * Blobs and trees of a sandbox's repository, as a scan of history sees them.
 */
#ifndef TMPGUARD_TESTS_HOOKS_LOOKED_H
#define TMPGUARD_TESTS_HOOKS_LOOKED_H

#include "tests/hooks/past.h"

#include "hooks/history/history_reduce.h"

struct looked {
    struct report report;
    struct analyser analyser;
    struct history_blobs blobs;
    struct history_trees trees;
};

static inline void look(struct looked *looked, void **state)
{
    *looked = (struct looked){ .report = REPORT_EMPTY };
    looked->analyser.stats = &looked->report.stats;
    looked->blobs.repo = opened(*state);
    looked->blobs.analyser = &looked->analyser;
    looked->blobs.report = &looked->report;
    trees_begin(&looked->trees, &looked->blobs);
}

static inline void look_away(struct looked *looked)
{
    trees_release(&looked->trees);
    blobs_release(&looked->blobs);
    analyser_release(&looked->analyser);
    report_release(&looked->report);
}

static inline uint32_t tree_of(struct looked *looked, const char *revision)
{
    struct object_id id = id_of(revision);

    return intern_add(&looked->trees.ids,
                      (struct text){ (const char *)id.bytes, id.size });
}

static inline uint32_t path_of(struct looked *looked, const char *path)
{
    return intern_add(&looked->trees.paths, text_of(path));
}

/* Take the object of a revision out of the repository. */
static inline void lose_object(const char *revision)
{
    struct buffer command = BUFFER_EMPTY;

    buffer_format(&command,
                  "rm -f .git/objects/$(git rev-parse %s | sed 's|^..|&/|')",
                  revision);
    sh(command.bytes);
    buffer_release(&command);
}

#endif
