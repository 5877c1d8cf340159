/*
 * Numbers and texts one behind the other: numbers in LEB128 (seven bits a
 * byte, the lowest first), texts behind their sizes. The reader trusts none of
 * the bytes.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_VARINT_H
#define TMPGUARD_HOOKS_SYSTEM_VARINT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"

void varint_put(struct buffer *out, uint64_t number);
void varint_put_text(struct buffer *out, struct text text);

/* What is left to be read. Once something was not there, or not as it should
 * be, it is bad, and all that is taken is zero and empty. */
struct varint_reader {
    struct text rest;
    bool bad;
};

uint64_t varint_take(struct varint_reader *reader);

/* A number that must be below `end`. */
uint32_t varint_take_below(struct varint_reader *reader, uint64_t end);

/* How many things follow that have one byte each, or more. */
uint32_t varint_take_count(struct varint_reader *reader);

struct text varint_take_bytes(struct varint_reader *reader, uint64_t size);
struct text varint_take_text(struct varint_reader *reader);

#endif
