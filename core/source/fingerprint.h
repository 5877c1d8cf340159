/*
 * CodeQL's primaryLocationLineHash: what a code scanning alert is known by
 * when its line moves.
 *
 * The hash of a line covers the 100 characters from the line's first one on,
 * across line ends: h = 37 * h + c modulo 2^64, where c is a UTF-16 code unit.
 * Blanks and tabs are left out, CR and CRLF are LF, and the text is followed
 * by one 0xFFFF and as many zeros as are needed. A line's number in the report
 * counts how often its hash came up from the file's first line on.
 */
#ifndef TMPGUARD_CORE_SOURCE_FINGERPRINT_H
#define TMPGUARD_CORE_SOURCE_FINGERPRINT_H

#include <stdint.h>

#include "core/source/source.h"

/* Printed as "%" PRIx64 ":%" PRIu32. The count of a line starts at 1. */
struct fingerprint {
    uint32_t line; /* from 1 */
    uint32_t count;
    uint64_t hash;
};

/*
 * Fill hash and count of `wanted`, which are lines of the source, sorted; a
 * line may be wanted twice.
 *
 * The text of the source is decoded as UTF-8 with U+FFFD for what is none, as
 * JavaScript does it, or byte by byte if it is single_byte. A byte order mark
 * counts. Linear in the text up to the last line wanted.
 */
void fingerprint_lines(const struct source *source, struct fingerprint *wanted,
                       size_t count);

#endif
