/*
 * The comments of arbitrary Python: the first bytes say where findings stand,
 * the rest is the file.
 */
#include "core/source/suppress.h"

#include <string.h>

#include "core/facts/unused.h"
#include "tests/fuzz/fuzz.h"

#define FINDINGS     4
#define FINDING_SIZE 4

/* What is blanked of a comment; none of its bytes means anything. */
#define NEUTRAL 'x'

static struct finding finding_of(const uint8_t *bytes)
{
    struct finding finding = { .statement_first = 1U + bytes[0] };

    finding.range.start.line = finding.statement_first + bytes[1] % 8;
    finding.range.end.line = finding.range.start.line + bytes[2] % 8;
    finding.statement_last = finding.range.end.line + bytes[3] % 8;
    return finding;
}

static void find_all(enum suppression forms[FINDINGS],
                     const struct source *source,
                     const struct finding *findings)
{
    struct suppress suppress;

    suppress_open(&suppress, source);
    for (size_t i = 0; i < FINDINGS; i++) {
        const struct suppress_lines lines = {
            findings[i].range.start.line,
            findings[i].range.end.line,
            findings[i].statement_first,
            findings[i].statement_last,
        };

        forms[i] = suppress_find(&suppress, &lines);
        HOLDS(forms[i] < SUPPRESSION_COUNT);
    }
    suppress_close(&suppress);
}

struct comments {
    const struct source *source;
    const struct unused *unused;
    struct comment comment;
    char *changed; /* a copy of the source's text */
};

static bool is_unused(const struct comments *comments,
                      const struct directive *directive)
{
    struct position at = source_position(
        comments->source, comments->comment.start + directive->start);

    for (size_t i = 0; i < comments->unused->items_count; i++) {
        const struct unused_comment *item = &comments->unused->items[i];

        if (item->kind == DIRECTIVE_RULE && item->form == directive->form &&
            item->range.start.line == at.line &&
            item->range.start.column == at.column)
            return true;
    }
    return false;
}

static void blank(void *payload, const struct directive *directive)
{
    struct comments *comments = payload;
    size_t size = comments->comment.end - comments->comment.start;

    HOLDS(directive->kind != DIRECTIVE_NONE);
    HOLDS(directive->start > 0 && directive->start < directive->end);
    HOLDS(directive->end <= size);
    if (directive->kind == DIRECTIVE_RULE && is_unused(comments, directive))
        memset(comments->changed + comments->comment.start + directive->start,
               NEUTRAL, directive->end - directive->start);
}

/* Without the comments that are unused the same findings are excused. */
static void check(struct source *source, const struct unused *unused,
                  const struct finding *findings)
{
    enum suppression before[FINDINGS], after[FINDINGS];
    struct comments comments = { .source = source, .unused = unused };
    struct text text = source->text;

    find_all(before, source, findings);
    comments.changed = malloc(text.size + 1);
    HOLDS(comments.changed != NULL);
    memcpy(comments.changed, text.bytes, text.size);
    for (size_t i = 0; i < source->comments_count; i++) {
        comments.comment = source->comments[i];
        directive_each(
            text_slice(text, comments.comment.start, comments.comment.end),
            blank, &comments);
    }
    source->text.bytes = comments.changed;
    find_all(after, source, findings);
    source->text = text;
    HOLDS(memcmp(before, after, sizeof(before)) == 0);
    free(comments.changed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct finding findings[FINDINGS];
    struct source source;
    struct unused unused;
    struct error err;
    struct text input;

    if (size < sizeof(findings) / sizeof(*findings) * FINDING_SIZE)
        return 0;
    for (size_t i = 0; i < FINDINGS; i++, bytes += FINDING_SIZE)
        findings[i] = finding_of(bytes);
    input = (struct text){ (const char *)bytes,
                           size - (size_t)FINDINGS * FINDING_SIZE };
    if (source_open(&source, input, &err) < 0)
        return 0;
    HOLDS(unused_find(&unused, input, findings, FINDINGS, &err) == 0);
    check(&source, &unused, findings);
    unused_release(&unused);
    source_close(&source);
    return 0;
}
