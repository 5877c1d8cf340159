#include "store/header.h"

#include <stdint.h>
#include <string.h>

/* https://www.sqlite.org/fileformat.html, section 1.3. */
#define MAGIC          "SQLite format 3"
#define USER_VERSION   60
#define APPLICATION_ID 68

static uint32_t number(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | bytes[3];
}

enum header_kind header_kind(const unsigned char *bytes, size_t size)
{
    uint32_t version;

    if (size == 0)
        return HEADER_EMPTY;
    if (size < HEADER_SIZE || memcmp(bytes, MAGIC, sizeof(MAGIC)) != 0)
        return HEADER_DAMAGED;
    if (number(bytes + APPLICATION_ID) != HEADER_APPLICATION_ID)
        return HEADER_FOREIGN;
    version = number(bytes + USER_VERSION);
    if (version > HEADER_SCHEMA_VERSION)
        return HEADER_NEWER;
    return version < HEADER_SCHEMA_VERSION ? HEADER_OLDER : HEADER_OURS;
}
