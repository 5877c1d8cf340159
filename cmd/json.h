/*
 * JSON values, appended to a buffer. The output is ASCII where a terminal
 * could be meant to obey it, UTF-8 otherwise.
 */
#ifndef TMPGUARD_CMD_JSON_H
#define TMPGUARD_CMD_JSON_H

#include "core/base/buffer.h"
#include "core/base/text.h"

/* A string with its quotes; what is not UTF-8 becomes U+FFFD. */
void json_string(struct buffer *out, struct text text);

/* The bytes in base64 (RFC 4648, 4), with quotes. */
void json_base64(struct buffer *out, struct text bytes);

#endif
