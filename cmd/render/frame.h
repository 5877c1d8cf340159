/*
 * The code frame: the line of a finding, with carets under the call.
 *
 *     12 |     name = tempfile.mktemp()
 *        |            ^^^^^^^^^^^^^^^^^
 */
#ifndef TMPGUARD_CMD_RENDER_FRAME_H
#define TMPGUARD_CMD_RENDER_FRAME_H

#include "cmd/render/render.h"
#include "core/base/buffer.h"
#include "hooks/joint/report.h"

/* A tab leads to the next multiple of this many columns. */
#define FRAME_TAB 4

/*
 * Append both lines; nothing if the finding has no excerpt, one that ends
 * before the call, or one that is not text of one byte units. Of a call over
 * several lines the first is shown. A line that is wider than style->width is
 * cut around the call.
 */
void frame_render(struct buffer *out, const struct report_finding *finding,
                  const struct style *style);

/* Columns of the gutter, up to and including "| ". */
unsigned frame_gutter(const struct report_finding *finding);

#endif
