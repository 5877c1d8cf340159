/*
 * A baseline of arbitrary bytes: what can be read is written in a form that
 * reads the same and is written the same.
 */
#include "hooks/gate/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

static void same(const struct baseline *a, const struct baseline *b)
{
    HOLDS(a->entries_count == b->entries_count);
    for (size_t i = 0; i < a->entries_count; i++)
        HOLDS(strcmp(a->entries[i].path, b->entries[i].path) == 0 &&
              a->entries[i].target == b->entries[i].target &&
              a->entries[i].statement.high == b->entries[i].statement.high &&
              a->entries[i].statement.low == b->entries[i].statement.low);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct buffer once = BUFFER_EMPTY, twice = BUFFER_EMPTY;
    struct baseline read, again, added, gone;
    struct error err;

    if (baseline_parse(&read, "f", (struct text){ (const char *)bytes, size },
                       &err) == 0) {
        baseline_format(&read, &once);
        HOLDS(baseline_parse(&again, "f", buffer_view(&once), &err) == 0);
        same(&read, &again);
        baseline_difference(&read, &again, &added, &gone);
        HOLDS(!added.entries_count && !gone.entries_count);
        baseline_format(&again, &twice);
        HOLDS(text_equal(buffer_view(&once), buffer_view(&twice)));
        baseline_release(&again);
        baseline_release(&added);
        baseline_release(&gone);
    }
    baseline_release(&read);
    buffer_release(&once);
    buffer_release(&twice);
    return 0;
}
