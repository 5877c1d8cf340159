#include "hooks/system/varint.h"

void varint_put(struct buffer *out, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        buffer_byte(out, (char)(number | 0x80));
    buffer_byte(out, (char)number);
}

void varint_put_text(struct buffer *out, struct text text)
{
    varint_put(out, text.size);
    buffer_text(out, text);
}

struct text varint_take_bytes(struct varint_reader *reader, uint64_t size)
{
    struct text bytes = TEXT_EMPTY;
    size_t left = reader->rest.size;

    reader->bad |= size > left;
    if (reader->bad)
        return bytes;
    bytes = text_slice(reader->rest, 0, (size_t)size);
    reader->rest = text_slice(reader->rest, (size_t)size, left);
    return bytes;
}

uint64_t varint_take(struct varint_reader *reader)
{
    uint64_t number = 0;

    for (unsigned shift = 0; shift < 64; shift += 7) {
        struct text byte = varint_take_bytes(reader, 1);
        unsigned bits = byte.size ? (unsigned char)byte.bytes[0] : 0;

        number |= (uint64_t)(bits & 0x7f) << shift;
        if (reader->bad)
            return 0;
        if (!(bits & 0x80))
            return number;
    }
    reader->bad = true;
    return 0;
}

uint32_t varint_take_below(struct varint_reader *reader, uint64_t end)
{
    uint64_t number = varint_take(reader);

    reader->bad |= number >= end || number > UINT32_MAX;
    return reader->bad ? 0 : (uint32_t)number;
}

uint32_t varint_take_count(struct varint_reader *reader)
{
    uint64_t count = varint_take(reader);

    reader->bad |= count > reader->rest.size || count > UINT32_MAX;
    return reader->bad ? 0 : (uint32_t)count;
}

struct text varint_take_text(struct varint_reader *reader)
{
    return varint_take_bytes(reader, varint_take(reader));
}
