/*
 * Any bytes as the file of a loose object, and as what is deflated in one: an
 * object has the size that its head says, and not more than the limit.
 */
#include "hooks/git/loose.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/hooks/stored.h"

#define SIZE_LIMIT ((size_t)1 << 12)

static void read_one(struct inflater *inflater, struct text deflated)
{
    struct object object;
    struct error err;

    if (loose_parse(&object, inflater, deflated, SIZE_LIMIT, &err) == 1)
        HOLDS(object.bytes.size <= SIZE_LIMIT && object.type >= OBJECT_COMMIT &&
              object.type <= OBJECT_TAG);
    else
        HOLDS(!object.owner);
    object_release(&object);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text input = { (const char *)bytes, size };
    struct inflater *inflater = inflater_open();
    struct buffer deflated = BUFFER_EMPTY;

    read_one(inflater, input);
    if (size <= UINT16_MAX) {
        write_stored(&deflated, input);
        read_one(inflater, buffer_view(&deflated));
    }
    buffer_release(&deflated);
    inflater_close(inflater);
    return 0;
}
