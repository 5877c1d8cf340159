#include "cmd/render/render.h"

#include "cmd/render/entry.h"
#include "cmd/render/folds.h"
#include "cmd/terminal/terminal.h"

static void findings(struct buffer *out, const struct report *report,
                     const struct style *style)
{
    struct explained explained = { .excuse = false };

    for (size_t i = 0; i < report->findings_count; i++) {
        if (!entry_is_shown(&report->findings[i], style))
            continue;
        entry_head(out, &report->findings[i], style);
        entry_advice(out, &report->findings[i], style, &explained);
        buffer_byte(out, '\n');
    }
}

/* What is the same call on several branches is one finding. */
static size_t count_folds(const struct report *report)
{
    const struct style plain = { .show_suppressed = false };
    struct folds folds;
    size_t count;

    folds_make(&folds, report, &plain);
    count = folds.folds_count;
    folds_release(&folds);
    return count;
}

static void counts(struct buffer *out, const struct report *report)
{
    size_t suppressed = entry_suppressed(report);
    size_t found = report->history ? count_folds(report) : entry_open(report);

    entry_looked_at(out, report);
    buffer_string(out, " checked, ");
    if (found)
        entry_count(out, found, "finding");
    else
        buffer_string(out, "no findings");
    if (suppressed)
        buffer_format(out, ", %zu suppressed", suppressed);
    if (report->baseline)
        buffer_format(out, ", %zu known from the baseline",
                      entry_known(report));
    if (report->unused_asked) {
        buffer_string(out, ", ");
        entry_count(out, report->unused_count, "unused suppression");
    }
    if (report->incomplete_count)
        buffer_format(out, ", %zu incomplete", report->incomplete_count);
}

static void stale(struct buffer *out, const struct report *report)
{
    if (!report->stale)
        return;
    buffer_format(out, "%zu entr%s of ", report->stale,
                  report->stale == 1 ? "y" : "ies");
    terminal_escape(out, text_of(report->baseline));
    buffer_format(out, " %s stale: 'tmpguard baseline prune' takes %s out\n",
                  report->stale == 1 ? "is" : "are",
                  report->stale == 1 ? "it" : "them");
}

static void summary(struct buffer *out, const struct report *report,
                    const struct style *style)
{
    const struct report_stats *stats = &report->stats;

    counts(out, report);
    buffer_format(out, " (%.1f ms)\n", stats->milliseconds);
    stale(out, report);
    if (!style->verbose)
        return;
    entry_count(out, stats->files, report->history ? "file version" : "file");
    buffer_string(out, " of any kind, ");
    entry_count(out, stats->parsed, "blob");
    buffer_string(out, " analysed, ");
    entry_count(out, stats->cache_hits, "blob");
    buffer_string(out, " known from the cache\n");
    if (!report->cache_trouble)
        return;
    buffer_string(out, "the cache was not used: ");
    terminal_escape(out, text_of(report->cache_trouble));
    buffer_byte(out, '\n');
}

static bool is_silent(const struct report *report, const struct style *style)
{
    if (!style->quiet || report->incomplete_count > 0 ||
        report->unused_count > 0)
        return false;
    for (size_t i = 0; i < report->findings_count; i++)
        if (entry_is_shown(&report->findings[i], style))
            return false;
    return true;
}

static void close_with(struct buffer *out, const char *words,
                       const struct style *style)
{
    if (!words)
        return;
    terminal_styled(out, style->color, STYLE_STRONG, words);
    buffer_byte(out, '\n');
}

static void render_lines(struct buffer *out, const struct report *report,
                         const struct style *style)
{
    if (is_silent(report, style))
        return;
    if (report->history)
        render_history(out, report, style);
    else
        findings(out, report, style);
    if (!style->quiet)
        entry_notes(out, report, style);
    entry_unused(out, report, style);
    entry_incomplete(out, report, style);
    /* Of a history, --quiet shows the findings and what is incomplete. */
    if (!report->history || !style->quiet)
        summary(out, report, style);
    if (report->incomplete_count)
        buffer_string(out, "Not everything could be checked: nothing is known "
                           "about what is incomplete above.\n");
    close_with(out,
               report_blocks(report)      ? style->closing
               : report->incomplete_count ? style->unfinished
                                          : NULL,
               style);
}

void render_text(struct buffer *out, const struct report *report,
                 const struct style *style)
{
    struct buffer lines = BUFFER_EMPTY;
    struct text rest;

    if (!style->prefix) {
        render_lines(out, report, style);
        return;
    }
    render_lines(&lines, report, style);
    rest = buffer_view(&lines);
    while (rest.size) {
        size_t end = text_find(rest, '\n', 0);

        buffer_string(out, style->prefix);
        buffer_text(out, text_slice(rest, 0, end));
        buffer_byte(out, '\n');
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    buffer_release(&lines);
}
