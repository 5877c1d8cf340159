/*
 * A patch for people: in colours, and with nothing in it that a terminal would
 * obey, so that it is no patch any more.
 */
#ifndef TMPGUARD_CMD_TERMINAL_PATCH_SHOW_H
#define TMPGUARD_CMD_TERMINAL_PATCH_SHOW_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/text.h"

/* Append the lines of a unified diff. Tabs stay, and CRLF is a line end. */
void patch_show(struct buffer *out, struct text patch, bool color);

#endif
