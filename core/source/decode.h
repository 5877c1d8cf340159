/*
 * Which encoding a Python file's bytes are in, and UTF-8 for those that are
 * not one byte a unit.
 *
 * A byte order mark decides, then a declaration in line 1 or, below a blank
 * line or a comment, in line 2 (the Python language reference, 2.1.4). Without
 * either a file is UTF-8.
 */
#ifndef TMPGUARD_CORE_SOURCE_DECODE_H
#define TMPGUARD_CORE_SOURCE_DECODE_H

#include <stdint.h>

#include "core/base/text.h"
#include "core/source/codec.h"

/* The mark of UTF-8; it stays in the text. */
#define DECODE_MARK TEXT("\xef\xbb\xbf")

struct encoding {
    uint32_t unit;    /* bytes of a code unit: 1; 2 for UTF-16; 4 for UTF-32 */
    bool big_endian;  /* of UTF-16 and UTF-32 */
    bool single_byte; /* declared, and not as UTF-8: latin-1 and all others */
    enum leads leads;
    const char *hides, *letters; /* see codec.h */
    struct text name;            /* declared, or empty */
};

struct encoding decode_encoding(struct text bytes);

/*
 * Is the file declared to be in another encoding than UTF-8 in which it may say
 * what its bytes, taken for ASCII, do not? Errs on the side of yes: only what
 * stands outside of strings and comments matters. For nearly every file the
 * first byte decides.
 */
bool decode_may_hide(struct text bytes);

/*
 * UTF-8 of bytes in UTF-16 or UTF-32, without the byte order mark; the caller
 * frees it. What is no character (an unpaired surrogate, a number out of
 * range, a unit cut short by the end) is U+FFFD.
 */
char *decode_to_utf8(struct text bytes, struct encoding encoding, size_t *size);

/*
 * The size of the character at bytes[at]: a whole UTF-8 sequence, or 1 for a
 * byte that is part of none.
 */
size_t decode_step(struct text bytes, size_t at);

/* 2 if there is a pair at bytes[at], else 1. */
size_t decode_pair(struct text bytes, size_t at, enum leads leads);

#endif
