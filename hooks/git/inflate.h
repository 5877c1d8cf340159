/*
 * zlib streams whose inflated size is known, by libdeflate. Each is checked
 * against its Adler-32.
 */
#ifndef TMPGUARD_HOOKS_GIT_INFLATE_H
#define TMPGUARD_HOOKS_GIT_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/text.h"

/* One belongs to one thread at a time. */
struct inflater;

struct inflater *inflater_open(void);

/*
 * Inflate the stream at the start of *deflated, whatever follows it, to
 * exactly `size` bytes at `out`, and cut *deflated to the stream. False if it
 * is anything else: what is at `out` is then undefined.
 */
bool inflate_exact(struct inflater *inflater, struct text *deflated, char *out,
                   size_t size);

/* The CRC-32 that zip, png and git have, of all the bytes. */
uint32_t inflate_checksum(struct text bytes);

enum inflate_result { INFLATE_DONE, INFLATE_LARGER, INFLATE_DAMAGED };

/* The same for at most `room` bytes, all of `deflated`; *size are written. */
enum inflate_result inflate_all(struct inflater *inflater, struct text deflated,
                                char *out, size_t room, size_t *size);

/* Closing NULL is fine. */
void inflater_close(struct inflater *inflater);

#endif
