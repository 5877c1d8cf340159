#include "core/base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

char *buffer_extend(struct buffer *buffer, size_t size)
{
    size_t needed = buffer->size + size + 1;
    char *start;

    if (needed > buffer->room) {
        buffer->room = needed > buffer->room * 2 ? needed : buffer->room * 2;
        buffer->bytes = memory_resize(buffer->bytes, buffer->room, 1);
    }
    start = buffer->bytes + buffer->size;
    buffer->size += size;
    buffer->bytes[buffer->size] = '\0';
    return start;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t size)
{
    if (size)
        memcpy(buffer_extend(buffer, size), bytes, size);
}

void buffer_text(struct buffer *buffer, struct text text)
{
    buffer_append(buffer, text.bytes, text.size);
}

void buffer_string(struct buffer *buffer, const char *string)
{
    buffer_append(buffer, string, strlen(string));
}

void buffer_byte(struct buffer *buffer, char byte)
{
    *buffer_extend(buffer, 1) = byte;
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    int size;

    va_start(arguments, format);
    va_copy(again, arguments);
    size = vsnprintf(NULL, 0, format, arguments);
    if (size > 0)
        vsnprintf(buffer_extend(buffer, (size_t)size), (size_t)size + 1, format,
                  again);
    va_end(again);
    va_end(arguments);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

struct text buffer_view(const struct buffer *buffer)
{
    return buffer->bytes ? (struct text){ buffer->bytes, buffer->size }
                         : TEXT_EMPTY;
}

char *buffer_detach(struct buffer *buffer)
{
    char *bytes = buffer->bytes ? buffer->bytes : memory_copy("", 0);

    *buffer = BUFFER_EMPTY;
    return bytes;
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = BUFFER_EMPTY;
}
