/*
 * Paths as URI references (RFC 3986): what is not unreserved or '/' is
 * percent-encoded, byte by byte, so that nothing is lost.
 */
#ifndef TMPGUARD_CMD_TERMINAL_URI_H
#define TMPGUARD_CMD_TERMINAL_URI_H

#include <stdbool.h>

#include "core/base/buffer.h"

/* Append a path; an absolute one as file:///… */
void uri_append(struct buffer *out, const char *path);

/* Is the path relative to the root of what was looked at, and below it? */
bool uri_is_below(const char *path);

#endif
