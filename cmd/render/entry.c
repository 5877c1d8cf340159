#include "cmd/render/entry.h"

#include <inttypes.h>
#include <stdio.h>

#include "cmd/render/frame.h"
#include "cmd/terminal/prose.h"
#include "cmd/terminal/terminal.h"
#include "cmd/terminal/uri.h"

#define LINK     "\033]8;;"
#define LINK_END "\033\\"

#define EXCUSE "To excuse it: # tmpguard: ignore[" RULE_ID "] reason"

static void open_link(struct buffer *out, const char *path,
                      const struct style *style)
{
    struct buffer whole = BUFFER_EMPTY;

    buffer_format(&whole, "%s/%s", style->root, path);
    buffer_string(out, LINK);
    uri_append(out, whole.bytes);
    buffer_string(out, LINK_END);
    buffer_release(&whole);
}

/* `PATH:LINE:COLUMN: ` */
static void place(struct buffer *out, const char *path,
                  const struct position *start, const struct style *style)
{
    bool link = style->links && path[0] != '/';

    if (style->color)
        buffer_string(out, STYLE_STRONG);
    if (link)
        open_link(out, path, style);
    terminal_escape(out, text_of(path));
    buffer_format(out, ":%" PRIu32 ":%" PRIu32, start->line, start->column);
    if (link)
        buffer_string(out, LINK LINK_END);
    buffer_byte(out, ':');
    if (style->color)
        buffer_string(out, STYLE_END);
    buffer_byte(out, ' ');
}

static void headline(struct buffer *out, const struct report_finding *finding,
                     const struct style *style)
{
    bool excused = finding->finding.suppression != SUPPRESSION_NONE;
    bool quiet = excused || finding->known;
    struct style own = *style;

    /* What is past stands there no longer. */
    own.links = style->links && (finding->live || !finding->introduced);
    place(out, finding->path, &finding->finding.range.start, &own);
    terminal_styled(out, style->color, quiet ? STYLE_DIM : STYLE_ERROR,
                    quiet ? "note:" : "error:");
    buffer_format(out, " %s [" RULE_ID "]",
                  rule_target(finding->finding.target)->message);
    if (excused)
        buffer_format(out, " (suppressed: %s)",
                      suppression_name(finding->finding.suppression));
    else if (finding->known)
        buffer_string(out, " (known: baseline)");
    buffer_byte(out, '\n');
}

void entry_head(struct buffer *out, const struct report_finding *finding,
                const struct style *style)
{
    headline(out, finding, style);
    frame_render(out, finding, style);
}

static void advise(struct buffer *out, const struct report_finding *finding,
                   const struct style *style, const char *words)
{
    char margin[32];
    unsigned width = style->width < PROSE_WIDTH ? style->width : PROSE_WIDTH;

    snprintf(margin, sizeof(margin), "%*s= ", (int)frame_gutter(finding) - 2,
             "");
    prose_append(out, margin, words, width);
}

void entry_advice(struct buffer *out, const struct report_finding *finding,
                  const struct style *style, struct explained *explained)
{
    const struct target_info *target = rule_target(finding->finding.target);

    if (finding->finding.suppression != SUPPRESSION_NONE || finding->known)
        return;
    if (finding->denied != SUPPRESSION_NONE) {
        char words[96];

        snprintf(words, sizeof(words),
                 "The policy does not let the comment (%s) excuse it.",
                 suppression_name(finding->denied));
        advise(out, finding, style, words);
    }
    if (!explained->targets[finding->finding.target])
        advise(out, finding, style, target->reason);
    advise(out, finding, style, finding->hint ? finding->hint : target->remedy);
    if (!explained->excuse && !style->inexcusable)
        buffer_format(out, "%*s= " EXCUSE "\n", (int)frame_gutter(finding) - 2,
                      "");
    explained->targets[finding->finding.target] = true;
    explained->excuse = true;
}

/* "PATH: WHAT WORDS": `what` is the only part that is not escaped. */
static void remark(struct buffer *out, const char *path, const char *what,
                   const char *words, const char *colour,
                   const struct style *style)
{
    terminal_escape(out, text_of(path));
    buffer_string(out, ": ");
    terminal_styled(out, style->color, colour, what);
    buffer_byte(out, ' ');
    terminal_escape(out, text_of(words));
    buffer_byte(out, '\n');
}

void entry_incomplete(struct buffer *out, const struct report *report,
                      const struct style *style)
{
    for (size_t i = 0; i < report->incomplete_count; i++)
        remark(out, report->incomplete[i].path,
               "incomplete:", report->incomplete[i].reason, STYLE_ERROR, style);
    if (report->incomplete_count)
        buffer_byte(out, '\n');
}

void entry_notes(struct buffer *out, const struct report *report,
                 const struct style *style)
{
    for (size_t i = 0; i < report->notes_count; i++)
        remark(out, report->notes[i].path, "note:", report->notes[i].words,
               STYLE_DIM, style);
    if (report->notes_count)
        buffer_byte(out, '\n');
}

void entry_unused(struct buffer *out, const struct report *report,
                  const struct style *style)
{
    for (size_t i = 0; i < report->unused_count; i++) {
        const struct report_unused *unused = &report->unused[i];

        place(out, unused->path, &unused->comment.range.start, style);
        terminal_styled(out, style->color, STYLE_ERROR, "error:");
        buffer_format(out, " %s [unused-suppression]\n",
                      unused_message(&unused->comment));
    }
    if (report->unused_count)
        buffer_byte(out, '\n');
}

bool entry_is_shown(const struct report_finding *finding,
                    const struct style *style)
{
    return style->show_suppressed ||
           (finding->finding.suppression == SUPPRESSION_NONE &&
            !finding->known);
}

void entry_count(struct buffer *out, uint64_t count, const char *noun)
{
    buffer_format(out, "%" PRIu64 " %s%s", count, noun, count == 1 ? "" : "s");
}

/* Other files are none of its business. */
void entry_looked_at(struct buffer *out, const struct report *report)
{
    const struct report_stats *stats = &report->stats;

    if (report->history)
        entry_count(out, stats->commits, "commit");
    /* Of a range, nobody counts them. */
    if (report->history && report->past == PAST_OF_ALL) {
        buffer_string(out, " and ");
        entry_count(out, stats->python_files, "version");
        buffer_string(out, " of Python files");
    } else if (!report->history) {
        entry_count(out, stats->python_files, "Python file");
    }
}

size_t entry_known(const struct report *report)
{
    size_t count = 0;

    for (size_t i = 0; i < report->findings_count; i++)
        count += report->findings[i].known;
    return count;
}

size_t entry_suppressed(const struct report *report)
{
    size_t count = 0;

    for (size_t i = 0; i < report->findings_count; i++)
        count += report->findings[i].finding.suppression != SUPPRESSION_NONE;
    return count;
}

size_t entry_open(const struct report *report)
{
    return report->findings_count - entry_suppressed(report) -
           entry_known(report);
}
