/*
 * Findings from the part of a file that the parser has to see, from the file
 * condensed, and from all of it: the same ones wherever the grammar has nothing
 * to object to. It takes `a =` and the line behind it for one statement, so
 * where statements end is not compared. And the home law (home.h): who has a
 * finding names a module.
 */
#include "core/facts/scan.h"

#include "core/facts/memo.h"
#include "core/syntax/syntax.h"
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
    HOLDS(facts->findings_count == whole->findings_count);
    for (size_t i = 0; i < whole->findings_count; i++) {
        const struct finding *one = &facts->findings[i];
        const struct finding *other = &whole->findings[i];

        HOLDS(one->target == other->target);
        HOLDS(one->offset == other->offset && one->size == other->size);
        HOLDS(one->over_approximated == other->over_approximated);
    }
}

/* What libFuzzer finds has to be found again, with nothing before it. */
static bool stands_alone;

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    stands_alone = true;
    return 0;
}

/* A replay begins each file with nothing, and feeds more and more of it: one
   memo for all of that, since a new one is megabytes. */
static struct memo *memo_for(size_t size)
{
    static struct memo *memo;

    if (!memo || stands_alone || size == 0) {
        memo_close(memo);
        memo = memo_open();
    }
    return memo;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text input = { (const char *)bytes, size };
    struct facts facts, recalled, found, whole;
    struct memo *memo = memo_for(size);
    struct error err;
    int result = scan_blob(input, &facts, &err);
    int recalling = scan_recalling(input, memo, &recalled, &err);
    int finding = scan_findings(input, memo, &found, &err);

    if (scan_whole(input, &whole, &err) == 0 && is_well_formed(input)) {
        HOLDS(whole.findings_count == 0 || scan_worthwhile_alone(input));
        if (result == 0)
            check_equal(&facts, &whole);
        if (recalling == 0)
            check_equal(&recalled, &whole);
        if (finding == 0)
            check_equal(&found, &whole);
    }
    facts_release(&facts);
    facts_release(&recalled);
    facts_release(&found);
    facts_release(&whole);
    return 0;
}
