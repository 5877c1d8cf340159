#include "core/facts/unused.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/source/literal.h"
#include "core/source/source.h"
#include "core/source/suppress.h"

/* What is in every comment that could be reported. */
static const char *const words[] = { "tmpguard", RULE_ID, "306", "mktemp_q" };

/* A comment that is unused unless a finding uses it; offsets into the text. */
struct candidate {
    struct directive directive;
    uint32_t line;
    bool alone, used;
};

struct candidates {
    const struct source *source;
    struct candidate *items;
    size_t items_count, items_room;
    /* The comment at hand. */
    struct comment comment;
    uint32_t line, line_start;
};

static bool mentions(struct text bytes)
{
    if (decode_encoding(bytes).unit > 1)
        return true;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (memmem(bytes.bytes, bytes.size, words[i], strlen(words[i])))
            return true;
    return false;
}

/* One of a form and kind a line is enough. */
static bool is_there(const struct candidates *candidates,
                     const struct directive *directive)
{
    for (size_t i = candidates->items_count; i > 0; i--) {
        const struct candidate *one = &candidates->items[i - 1];

        if (one->line != candidates->line)
            return false;
        if (one->directive.form == directive->form &&
            one->directive.kind == directive->kind)
            return true;
    }
    return false;
}

/* Could another tool see a call on the line? */
static bool is_needed(const struct candidates *candidates,
                      enum suppression form)
{
    return (form == SUPPRESSION_NOQA || form == SUPPRESSION_NOSEC) &&
           literal_scan(text_slice(candidates->source->text,
                                   candidates->line_start,
                                   candidates->comment.start));
}

static void add(void *payload, const struct directive *directive)
{
    struct candidates *candidates = payload;
    struct candidate *added;

    if (directive->kind == DIRECTIVE_ALL || is_there(candidates, directive))
        return;
    added = ARRAY_PUSH(candidates->items);
    added->directive = *directive;
    added->directive.start += candidates->comment.start;
    added->directive.end += candidates->comment.start;
    added->line = candidates->line;
    added->alone = suppress_stands_alone(
        candidates->source, candidates->line_start, &candidates->comment);
    added->used = is_needed(candidates, directive->form);
}

static void collect(struct candidates *candidates)
{
    const struct source *source = candidates->source;
    uint32_t line = 0;

    for (size_t i = 0; i < source->comments_count; i++) {
        candidates->comment = source->comments[i];
        while (line + 1 < source->lines_count &&
               source->lines[line + 1] <= candidates->comment.start)
            line++;
        candidates->line = line + 1;
        candidates->line_start = source->lines[line];
        directive_each(text_slice(source->text, candidates->comment.start,
                                  candidates->comment.end),
                       add, candidates);
    }
}

/* The first candidate on the line or behind it. */
static size_t first_from(const struct candidates *candidates, uint32_t line)
{
    struct bound found = bound_in(0, candidates->items_count);

    while (bound_open(&found))
        bound_step(&found, candidates->items[found.middle].line < line);
    return found.low;
}

static void use(struct candidates *candidates, enum suppression form,
                const struct suppress_place *place)
{
    uint32_t first = place->first - place->above;

    for (size_t i = first_from(candidates, first); i < candidates->items_count;
         i++) {
        struct candidate *one = &candidates->items[i];
        bool above = one->line < place->first;

        if (one->line > place->last)
            return;
        if (one->directive.form == form &&
            (above ? one->alone : place->anyhow || !one->alone))
            one->used = true;
    }
}

static bool same_statement(const struct finding *a, const struct finding *b)
{
    return a->statement_first == b->statement_first &&
           a->statement_last == b->statement_last;
}

/* A statement may be long and hold very many calls: it is looked at once. */
static void use_all(struct candidates *candidates,
                    const struct finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = &findings[i];
        const struct suppress_lines lines = {
            finding->range.start.line,
            finding->range.end.line,
            finding->statement_first,
            finding->statement_last,
        };
        const struct suppress_places places = suppress_places(&lines);

        for (int form = SUPPRESSION_NONE + 1; form < SUPPRESSION_COUNT; form++)
            if (form != SUPPRESSION_TMPGUARD || i == 0 ||
                !same_statement(finding, finding - 1))
                use(candidates, (enum suppression)form, &places.of[form]);
    }
}

/* A comment that cannot excuse anything is used by nothing. */
static void take(struct unused *unused, const struct candidates *candidates)
{
    for (size_t i = 0; i < candidates->items_count; i++) {
        const struct candidate *one = &candidates->items[i];
        const struct directive *directive = &one->directive;

        if (one->used && directive->kind == DIRECTIVE_RULE)
            continue;
        *ARRAY_PUSH(unused->items) = (struct unused_comment){
            directive->form,
            directive->kind,
            { source_position(candidates->source, directive->start),
              source_position(candidates->source, directive->end) },
        };
    }
}

int unused_find(struct unused *unused, struct text bytes,
                const struct finding *findings, size_t count, struct error *err)
{
    struct source source;
    struct candidates candidates = { .source = &source };

    *unused = UNUSED_EMPTY;
    if (!mentions(bytes))
        return 0;
    if (bytes.size > SCAN_SIZE_MAX)
        return scan_too_large(err);
    if (source_open(&source, bytes, err) < 0)
        return -1;
    collect(&candidates);
    use_all(&candidates, findings, count);
    take(unused, &candidates);
    free(candidates.items);
    source_close(&source);
    return 0;
}

const char *unused_problem(const struct unused_comment *comment)
{
    if (comment->kind == DIRECTIVE_UNKNOWN)
        return "unknown-rule";
    return comment->kind == DIRECTIVE_MALFORMED ? "malformed" : "unused";
}

#define IS_UNUSED(what) "Unused \"" what "\" comment: it excuses no finding."

const char *unused_message(const struct unused_comment *comment)
{
    static const char *const unused[SUPPRESSION_COUNT] = {
        [SUPPRESSION_TMPGUARD] = IS_UNUSED("tmpguard: ignore"),
        [SUPPRESSION_LGTM] = IS_UNUSED("lgtm[" RULE_ID "]"),
        [SUPPRESSION_CODEQL] = IS_UNUSED("codeql[" RULE_ID "]"),
        [SUPPRESSION_NOQA] = IS_UNUSED("noqa: S306"),
        [SUPPRESSION_NOSEC] = IS_UNUSED("nosec B306"),
    };

    if (comment->kind == DIRECTIVE_UNKNOWN)
        return "Unknown rule in a \"tmpguard: ignore\" comment: there is "
               "only " RULE_ID ".";
    if (comment->kind == DIRECTIVE_MALFORMED)
        return "Malformed \"tmpguard: ignore\" comment, it excuses nothing: "
               "write \"tmpguard: ignore[" RULE_ID "] reason\".";
    return unused[comment->form];
}

void unused_release(struct unused *unused)
{
    free(unused->items);
    *unused = UNUSED_EMPTY;
}
