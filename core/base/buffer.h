/*
 * A growing run of bytes that we own. Start from BUFFER_EMPTY; the bytes are
 * always followed by a NUL that does not count.
 */
#ifndef TMPGUARD_CORE_BASE_BUFFER_H
#define TMPGUARD_CORE_BASE_BUFFER_H

#include <stddef.h>

#include "core/base/text.h"

struct buffer {
    char *bytes; /* NULL while nothing was ever added */
    size_t size, room;
};

#define BUFFER_EMPTY ((struct buffer){ NULL, 0, 0 })

void buffer_append(struct buffer *buffer, const void *bytes, size_t size);
void buffer_text(struct buffer *buffer, struct text text);
void buffer_string(struct buffer *buffer, const char *string);
void buffer_byte(struct buffer *buffer, char byte);
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for `size` more bytes: where to write them; they count at once. */
char *buffer_extend(struct buffer *buffer, size_t size);

/* Forget the bytes, keep the memory. */
void buffer_clear(struct buffer *buffer);

/* What is in it, valid until the next change. */
struct text buffer_view(const struct buffer *buffer);

/* Hand the bytes over as a C string for free(); the buffer is empty again. */
char *buffer_detach(struct buffer *buffer);

/* Give the memory back. Releasing an empty buffer, or twice, is fine. */
void buffer_release(struct buffer *buffer);

#endif
