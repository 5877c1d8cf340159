#include "hooks/git/inflate.h"

#include <stdlib.h>

#include <libdeflate.h>

/* struct inflater is libdeflate's own, by another name. */
static struct libdeflate_decompressor *own(struct inflater *inflater)
{
    return (struct libdeflate_decompressor *)(void *)inflater;
}

struct inflater *inflater_open(void)
{
    struct libdeflate_decompressor *made = libdeflate_alloc_decompressor();

    if (!made)
        abort();
    return (struct inflater *)(void *)made;
}

bool inflate_exact(struct inflater *inflater, struct text *deflated, char *out,
                   size_t size)
{
    return libdeflate_zlib_decompress_ex(
               own(inflater), deflated->bytes, deflated->size, out, size,
               &deflated->size, NULL) == LIBDEFLATE_SUCCESS;
}

uint32_t inflate_checksum(struct text bytes)
{
    return libdeflate_crc32(0, bytes.bytes, bytes.size);
}

enum inflate_result inflate_all(struct inflater *inflater, struct text deflated,
                                char *out, size_t room, size_t *size)
{
    size_t used;
    enum libdeflate_result result = libdeflate_zlib_decompress_ex(
        own(inflater), deflated.bytes, deflated.size, out, room, &used, size);

    if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
        return INFLATE_LARGER;
    return result == LIBDEFLATE_SUCCESS && used == deflated.size
               ? INFLATE_DONE
               : INFLATE_DAMAGED;
}

void inflater_close(struct inflater *inflater)
{
    libdeflate_free_decompressor(own(inflater));
}
