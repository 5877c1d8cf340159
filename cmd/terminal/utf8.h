/*
 * UTF-8, one code point at a time, and how wide a terminal shows it.
 */
#ifndef TMPGUARD_CMD_TERMINAL_UTF8_H
#define TMPGUARD_CMD_TERMINAL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/text.h"

#define UTF8_REPLACEMENT 0xFFFDu

struct code_point {
    uint32_t value; /* UTF8_REPLACEMENT if not valid */
    size_t size;    /* bytes: at least 1 */
    bool valid;     /* no surrogate, no overlong form, not over U+10FFFF */
};

/*
 * The code point at `at`, which is within the text. An ill-formed sequence is
 * as long as Unicode recommends for its replacement (3.9, maximal subparts).
 */
struct code_point utf8_next(struct text text, size_t at);

bool utf8_is_valid(struct text text);

/* Columns on a terminal: 0 (combining), 1, or 2 (East Asian wide, emoji). */
unsigned utf8_width(uint32_t value);

/*
 * Must it not reach a terminal? C0, DEL, C1, the bidirectional controls, line
 * and paragraph separator, and the byte order mark.
 */
bool utf8_is_control(uint32_t value);

#endif
