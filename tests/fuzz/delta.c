/*
 * Any bytes as a base and a delta on it: the first byte says how many of the
 * rest are the base. A delta makes exactly as many bytes as it says, or none.
 */
#include "hooks/git/delta.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

#define SIZE_MAX_MADE ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    size_t base_size, said_size, made;
    struct text base, delta;
    char *out;

    if (size == 0)
        return 0;
    base_size = bytes[0] < size ? bytes[0] : size - 1;
    base = (struct text){ (const char *)bytes + 1, base_size };
    delta = (struct text){ base.bytes + base_size, size - 1 - base_size };
    if (!delta_sizes(delta, &said_size, &made) || made > SIZE_MAX_MADE)
        return 0;
    out = malloc(made ? made : 1);
    HOLDS(out != NULL);
    if (delta_apply(out, made, base, delta)) {
        HOLDS(said_size == base_size);
        HOLDS(!delta_apply(out, made - 1, base, delta));
    }
    free(out);
    return 0;
}
