/*
 * Our own sentences, set in lines.
 */
#ifndef TMPGUARD_CMD_TERMINAL_PROSE_H
#define TMPGUARD_CMD_TERMINAL_PROSE_H

#include "core/base/buffer.h"

/*
 * Append `words`, UTF-8 without controls, broken at blanks into lines of at
 * most `width` columns. The first begins with `first`, the others with as
 * many blanks; each ends with a newline. A longer word stands alone.
 */
void prose_append(struct buffer *out, const char *first, const char *words,
                  unsigned width);

/* Longer lines are tiring to read. */
#define PROSE_WIDTH 80

#endif
