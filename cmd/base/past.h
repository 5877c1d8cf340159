/*
 * `scan --history`: from the command line to what hooks/history/history.h is
 * asked.
 */
#ifndef TMPGUARD_CMD_BASE_PAST_H
#define TMPGUARD_CMD_BASE_PAST_H

#include "cmd/base/options.h"
#include "hooks/history/history.h"

/* Release it; what it points at belongs to the options. */
struct past {
    struct history_options history;
    enum report_past kind;
    struct history_refs *refs;
    size_t refs_count, refs_room;
};

/* Revisions, refs, dates and paths. */
void past_read(struct past *past, const struct options *options);

void past_release(struct past *past);

#endif
