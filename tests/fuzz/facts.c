#include "core/facts/facts.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text input = { (const char *)bytes, size };
    struct buffer again = BUFFER_EMPTY;
    struct facts facts;
    struct error err;

    if (facts_decode(&facts, input, &err) == 0) {
        facts_encode(&facts, &again);
        HOLDS(again.size == size);
        HOLDS(memcmp(again.bytes, bytes, size) == 0);
    } else {
        HOLDS(err.code == ERROR_FORMAT);
        HOLDS(facts.findings == NULL);
    }
    facts_release(&facts);
    buffer_release(&again);
    return 0;
}
