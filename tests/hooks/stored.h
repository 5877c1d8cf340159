/*
 * zlib streams without compression, written by hand.
 */
#ifndef TMPGUARD_TESTS_HOOKS_STORED_H
#define TMPGUARD_TESTS_HOOKS_STORED_H

#include <stdint.h>

#include "core/base/buffer.h"

/* A zlib stream of one stored block: RFC 1950 and 1951. */
static inline void write_stored(struct buffer *out, struct text bytes)
{
    uint32_t a = 1, b = 0;

    for (size_t i = 0; i < bytes.size; i++) {
        a = (a + (unsigned char)bytes.bytes[i]) % 65521;
        b = (b + a) % 65521;
    }
    buffer_append(out, "\x78\x01\x01", 3);
    buffer_byte(out, (char)bytes.size);
    buffer_byte(out, (char)(bytes.size >> 8));
    buffer_byte(out, (char)~bytes.size);
    buffer_byte(out, (char)(~bytes.size >> 8));
    buffer_text(out, bytes);
    for (int shift = 24; shift >= 0; shift -= 8)
        buffer_byte(out, (char)((b << 16 | a) >> shift));
}

#endif
