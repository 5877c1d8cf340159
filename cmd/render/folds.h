/*
 * What a history shows as one: a finding with its twins (see report.h).
 */
#ifndef TMPGUARD_CMD_RENDER_FOLDS_H
#define TMPGUARD_CMD_RENDER_FOLDS_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/render/render.h"
#include "hooks/joint/report.h"

/* The first is the newest live one, or the newest; the others are sorted,
 * newest first. */
struct fold {
    const struct report_finding **findings;
    size_t findings_count; /* at least 1 */
};

struct folds {
    struct fold *folds;
    size_t folds_count, folds_room;
    const struct report_finding **order; /* private: what folds point into */
};

/*
 * Fold what `style` shows: of a history live ones on top, newest first; else
 * each is one, in the order of the report.
 */
void folds_make(struct folds *folds, const struct report *report,
                const struct style *style);

bool fold_is_live(const struct fold *fold);

/* Its first finding, where it is now if it is live; nothing of it is owned. */
struct report_finding fold_shown(const struct fold *fold);

void folds_release(struct folds *folds);

#endif
