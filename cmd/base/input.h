/*
 * Standard input: a file to scan, or the lines that git gives to its hooks.
 */
#ifndef TMPGUARD_CMD_BASE_INPUT_H
#define TMPGUARD_CMD_BASE_INPUT_H

#include "core/base/buffer.h"
#include "core/base/error.h"

/* Lines of a push: a ref each, so this is far beyond what git sends. */
#define INPUT_LINES_MAX ((size_t)64 << 20)

/*
 * Append standard input to *bytes. Returns 0, or -1 and *err: ERROR_SYSTEM if
 * it cannot be read, ERROR_LIMIT if it has more than `size_max` bytes.
 */
int input_read(struct buffer *bytes, size_t size_max, struct error *err);

#endif
