#include "hooks/git/delta.h"

#include <stdint.h>
#include <string.h>

#define COPY        0x80u
#define COPY_OFFSET 4        /* bits: which bytes of the offset follow */
#define COPY_SIZE   3        /* bits above: which of the size */
#define COPY_ZERO   0x10000u /* what a size of zero means */

/* Seven bits a byte, the least significant first. */
static bool take_size(size_t *size, struct text *rest)
{
    unsigned shift = 0;
    unsigned char byte;

    *size = 0;
    do {
        if (rest->size == 0 || shift > 56)
            return false;
        byte = (unsigned char)*rest->bytes++;
        rest->size--;
        *size |= (size_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return true;
}

bool delta_sizes(struct text delta, size_t *base_size, size_t *size)
{
    return take_size(base_size, &delta) && take_size(size, &delta);
}

/* Both numbers of a copy, where there are bytes enough for any. */
static void take_copy(uint32_t *offset, uint32_t *size, struct text *rest,
                      unsigned code)
{
    const unsigned char *at = (const unsigned char *)rest->bytes;
    uint32_t from = 0, count = 0;

    if (code & 1)
        from = *at++;
    if (code & 2)
        from |= (uint32_t)*at++ << 8;
    if (code & 4)
        from |= (uint32_t)*at++ << 16;
    if (code & 8)
        from |= (uint32_t)*at++ << 24;
    if (code & 16)
        count = *at++;
    if (code & 32)
        count |= (uint32_t)*at++ << 8;
    if (code & 64)
        count |= (uint32_t)*at++ << 16;
    *offset = from;
    *size = count;
    rest->size -= (size_t)((const char *)at - rest->bytes);
    rest->bytes = (const char *)at;
}

/* The bytes of a number that `bits` name; the others are zero. */
static bool take_bytes(uint32_t *number, struct text *rest, unsigned bits,
                       unsigned count)
{
    *number = 0;
    for (unsigned i = 0; i < count; i++) {
        if (!(bits >> i & 1))
            continue;
        if (rest->size == 0)
            return false;
        *number |= (uint32_t)(unsigned char)*rest->bytes++ << 8 * i;
        rest->size--;
    }
    return true;
}

/* The bytes that the next instruction gives; never none. */
static bool take_part(struct text *part, struct text *rest, struct text base)
{
    unsigned code = (unsigned char)*rest->bytes++;
    uint32_t offset, size;

    rest->size--;
    if (!(code & COPY)) {
        *part = (struct text){ rest->bytes, code };
        if (code == 0 || code > rest->size)
            return false;
        rest->bytes += code;
        rest->size -= code;
        return true;
    }
    if (rest->size >= COPY_OFFSET + COPY_SIZE)
        take_copy(&offset, &size, rest, code);
    else if (!take_bytes(&offset, rest, code, COPY_OFFSET) ||
             !take_bytes(&size, rest, code >> COPY_OFFSET, COPY_SIZE))
        return false;
    if (size == 0)
        size = COPY_ZERO;
    if (offset > base.size || size > base.size - offset)
        return false;
    *part = (struct text){ base.bytes + offset, size };
    return true;
}

bool delta_open(struct delta_reader *reader, struct text base,
                struct text delta)
{
    size_t base_size, size;

    *reader = (struct delta_reader){ base, delta };
    return take_size(&base_size, &reader->rest) &&
           take_size(&size, &reader->rest) && base_size == base.size;
}

int delta_next(struct delta_reader *reader, struct text *part)
{
    if (reader->rest.size == 0)
        return 0;
    return take_part(part, &reader->rest, reader->base) ? 1 : -1;
}

bool delta_apply(char *out, size_t size, struct text base, struct text delta)
{
    size_t base_size, result_size;
    struct text part;

    if (!take_size(&base_size, &delta) || !take_size(&result_size, &delta) ||
        base_size != base.size || result_size != size)
        return false;
    while (delta.size) {
        if (!take_part(&part, &delta, base) || part.size > size)
            return false;
        memcpy(out, part.bytes, part.size);
        out += part.size;
        size -= part.size;
    }
    return size == 0;
}
