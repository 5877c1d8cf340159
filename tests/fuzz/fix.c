/*
 * Any bytes as a Python file, repaired: what comes of it parses, has the
 * findings that were not repaired and no other, and a second repair changes
 * nothing. All bytes outside of the edits are as they were.
 */
#include "core/fix/fix.h"

#include <string.h>

#include "core/facts/scan.h"
#include "core/fix/script.h"
#include "tests/fuzz/fuzz.h"

/* In a sanitized program, too. */
#define TIME_MAX_MS 10000

static size_t errors_of(struct text text)
{
    struct deadline deadline = deadline_in(TIME_MAX_MS);
    struct script script;
    struct error err;
    size_t errors;

    HOLDS(script_open(&script, text, &deadline, &err) == 0);
    errors = script.tree.errors_count;
    script_close(&script);
    return errors;
}

/* The edits stand in order, within the file, and are what changes it. */
static void check_edits(const struct fix *fix, struct text text)
{
    struct text after = buffer_view(&fix->after);
    size_t at = 0, from = 0;

    for (size_t i = 0; i < fix->edits.items_count; i++) {
        const struct edit *edit = &fix->edits.items[i];
        struct text with = edits_text(&fix->edits, edit);

        HOLDS(edit->start >= from && edit->start <= edit->end);
        HOLDS(edit->end <= text.size);
        HOLDS(text_equal(text_slice(text, from, edit->start),
                         text_slice(after, at, at + edit->start - from)));
        at += edit->start - from;
        HOLDS(text_equal(with, text_slice(after, at, at + with.size)));
        at += with.size;
        from = edit->end;
    }
    HOLDS(text_equal(text_slice(text, from, text.size),
                     text_slice(after, at, after.size)));
}

static bool is_repaired(const struct fix *fix, const struct facts *facts,
                        const struct finding *finding)
{
    for (size_t i = 0; i < facts->findings_count; i++)
        if (!fix->items[i].done && finding_same(&facts->findings[i], finding))
            return false;
    return true;
}

static void check_after(const struct fix *fix, const struct facts *facts,
                        const struct fix_options *options)
{
    struct text after = buffer_view(&fix->after);
    struct facts left;
    struct fix again;
    struct error err;

    HOLDS(errors_of(after) == 0);
    HOLDS(scan_blob(after, &left, &err) == 0);
    HOLDS(left.findings_count + fix->done == facts->findings_count);
    for (size_t i = 0; i < left.findings_count; i++)
        HOLDS(!is_repaired(fix, facts, &left.findings[i]));
    HOLDS(fix_file(&again, after, left.findings, left.findings_count, options,
                   &err) == 0);
    HOLDS(again.done == 0);
    HOLDS(again.after.size == 0);
    fix_release(&again);
    facts_release(&left);
}

static void repair(struct text text, const struct facts *facts,
                   const struct fix_options *options)
{
    struct error err;
    struct fix fix;
    size_t done = 0;

    if (fix_file(&fix, text, facts->findings, facts->findings_count, options,
                 &err) == 0) {
        HOLDS(fix.items_count == facts->findings_count);
        for (size_t i = 0; i < fix.items_count; i++) {
            HOLDS(fix.items[i].verdict.why != NULL);
            HOLDS(!fix.items[i].done ||
                  fix.items[i].verdict.tier != FIX_MANUAL);
            done += fix.items[i].done;
        }
        HOLDS(done == fix.done);
        HOLDS((done > 0) == (fix.after.size > 0));
        if (done) {
            check_edits(&fix, text);
            check_after(&fix, facts, options);
        }
    } else {
        HOLDS(err.code == ERROR_LIMIT);
    }
    fix_release(&fix);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const struct fix_options options[] = {
        { .unsafe = false },
        { .unsafe = true },
        { .unsafe = true, .keeps = true },
    };
    struct text text = { (const char *)bytes, size };
    struct facts facts;
    struct error err;

    if (scan_blob(text, &facts, &err) == 0)
        for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
            repair(text, &facts, &options[i]);
    facts_release(&facts);
    return 0;
}
