/*
 * JSON values, appended to a buffer. The output is ASCII where a terminal
 * could be meant to obey it, UTF-8 otherwise.
 */
#ifndef TMPGUARD_CMD_TERMINAL_JSON_H
#define TMPGUARD_CMD_TERMINAL_JSON_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/text.h"

/* A string with its quotes; what is not UTF-8 becomes U+FFFD. */
void json_string(struct buffer *out, struct text text);

/* The bytes in base64 (RFC 4648, 4), with quotes. */
void json_base64(struct buffer *out, struct text bytes);

/*
 * A value under way, with its commas: { "a": 1, "b": ["c"] }. Start from
 * JSON_TO. Below, `name` is that of a member, and NULL in an array.
 */
struct json {
    struct buffer *out;
    bool begun;      /* there is something in the innermost object or array */
    int indentation; /* of the new line that comes next; -1: none does */
};

#define JSON_TO(buffer) ((struct json){ (buffer), false, -1 })

/* What comes next, a close too, stands on a line of its own. */
void json_break(struct json *json, int indentation);

/* Begin an object, `bracket` is '{', or an array, '['; and end it. */
void json_open(struct json *json, const char *name, char bracket);
void json_close(struct json *json, char bracket);

/* An object whose name may be anything. */
void json_open_text(struct json *json, struct text name, char bracket);

/* A string; of words NULL is null. */
void json_text(struct json *json, const char *name, struct text value);
void json_words(struct json *json, const char *name, const char *value);

/* Bytes in base64. */
void json_bytes(struct json *json, const char *name, struct text value);

/* A number, or what else is one word. */
void json_value(struct json *json, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void json_bool(struct json *json, const char *name, bool value);
void json_null(struct json *json, const char *name);

#endif
