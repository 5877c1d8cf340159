/*
 * The past as a picture: an SVG of how many findings were live, and how many
 * were introduced and removed, month by month.
 */
#ifndef TMPGUARD_CMD_RENDER_HTML_CHART_H
#define TMPGUARD_CMD_RENDER_HTML_CHART_H

#include "cmd/render/folds.h"
#include "core/base/buffer.h"

/*
 * Append it; nothing if no fold says when it was introduced. Dates before 1970
 * or after 2099 are drawn at the edge.
 */
void html_chart(struct buffer *out, const struct folds *folds);

#endif
