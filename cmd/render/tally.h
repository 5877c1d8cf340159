/*
 * The end of a history: how many findings were introduced, removed and live,
 * by year and by author.
 */
#ifndef TMPGUARD_CMD_RENDER_TALLY_H
#define TMPGUARD_CMD_RENDER_TALLY_H

#include "cmd/render/folds.h"
#include "cmd/render/render.h"
#include "core/base/buffer.h"

/* So many years and so many authors are shown; the others are one line. */
#define TALLY_YEARS_MAX   10
#define TALLY_AUTHORS_MAX 5

/*
 * Append it; nothing for no folds. A fold counts once: where and by whom it
 * was introduced, and, unless it is live, removed, is what its first finding
 * says. No line is wider than style->width, unless that is under 40.
 */
void tally_render(struct buffer *out, const struct folds *folds,
                  enum report_past past, const struct style *style);

#endif
