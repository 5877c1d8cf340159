/*
 * Facts from the part of a file that the parser has to see, and from all of
 * it: the same wherever Python's grammar has nothing to object to.
 */
#include "core/scan.h"

#include <string.h>

#include "core/syntax.h"
#include "tests/fuzz/fuzz.h"

#define PARSE_TIME_MS 10000

static bool is_well_formed(struct text bytes)
{
    struct deadline deadline = deadline_in(PARSE_TIME_MS);
    struct source source;
    struct syntax tree;
    struct error err;
    bool result;

    if (source_open(&source, bytes, &err) < 0)
        return false;
    result = syntax_parse(&tree, &source, &deadline, &err) == 0 &&
             tree.errors_count == 0;
    syntax_release(&tree);
    source_close(&source);
    return result;
}

static void check_equal(const struct facts *facts, const struct facts *whole)
{
    struct buffer one = BUFFER_EMPTY, other = BUFFER_EMPTY;

    facts_encode(facts, &one);
    facts_encode(whole, &other);
    HOLDS(one.size == other.size);
    HOLDS(memcmp(one.bytes, other.bytes, one.size) == 0);
    buffer_release(&one);
    buffer_release(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text input = { (const char *)bytes, size };
    struct facts facts, whole;
    struct error err;
    int result = scan_blob(input, &facts, &err);

    if (scan_whole(input, &whole, &err) == 0 && result == 0 &&
        is_well_formed(input))
        check_equal(&facts, &whole);
    facts_release(&facts);
    facts_release(&whole);
    return 0;
}
