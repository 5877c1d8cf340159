/*
 * One page that needs nothing else: no network, no script to be read. It is
 * well-formed XML, too, so that a test can read it back.
 */
#include <inttypes.h>

#include "cmd/base/date.h"
#include "cmd/base/guide.h"
#include "cmd/render/entry.h"
#include "cmd/render/folds.h"
#include "cmd/render/frame.h"
#include "cmd/render/html_chart.h"
#include "cmd/render/html_page.h"
#include "cmd/render/render.h"
#include "cmd/terminal/xml.h"

#define ID_SHOWN    12
#define DAY_SIZE    10 /* of "2026-11-24" */
#define FRAME_WIDTH 100
#define DAY_SECONDS ((int64_t)24 * 60 * 60)

struct page {
    struct buffer *out;
    const struct report *report;
    const struct style *style;
};

static const char *state_of(const struct page *page,
                            const struct report_finding *entry)
{
    if (entry->finding.suppression != SUPPRESSION_NONE)
        return "excused";
    if (entry->known)
        return "known";
    return page->report->history && !entry->live ? "past" : "live";
}

/* A cell that is sorted by `key`. */
static void open_cell(struct buffer *out, const char *key)
{
    buffer_string(out, "<td");
    xml_attribute(out, "data-key", key);
    buffer_byte(out, '>');
}

static void words(struct buffer *out, const char *text)
{
    xml_text(out, text_of(text));
}

static void cell_place(const struct page *page,
                       const struct report_finding *entry)
{
    struct style plain = { .width = FRAME_WIDTH };
    struct buffer frame = BUFFER_EMPTY, key = BUFFER_EMPTY;
    const struct position *start = &entry->finding.range.start;

    buffer_format(&key, "%s:%" PRIu32, entry->path, start->line);
    open_cell(page->out, key.bytes);
    buffer_string(page->out, "<code>");
    words(page->out, entry->path);
    buffer_format(page->out, ":%" PRIu32 ":%" PRIu32 "</code>", start->line,
                  start->column);
    frame_render(&frame, entry, &plain);
    if (frame.size) {
        buffer_string(page->out, "<pre tabindex=\"0\">");
        xml_text(page->out, buffer_view(&frame));
        buffer_string(page->out, "</pre>");
    }
    buffer_string(page->out, "</td>");
    buffer_release(&frame);
    buffer_release(&key);
}

/* Of the author, without the address. */
static struct text name_of(const struct report_commit *commit)
{
    struct text author = text_of(commit->author);
    size_t end = text_find(author, '<', 0);

    return end > 1 && end < author.size ? text_slice(author, 0, end - 1)
                                        : author;
}

static void commit(struct buffer *out, const struct report_commit *commit)
{
    struct text id = text_of(commit->id);
    char date[DATE_SIZE];

    date_format(date, commit->date, commit->zone);
    buffer_format(out, "<div><time datetime=\"%s\">%.*s</time> <code>", date,
                  DAY_SIZE, date);
    xml_text(out, text_slice(id, 0, id.size < ID_SHOWN ? id.size : ID_SHOWN));
    buffer_string(out, "</code> ");
    xml_text(out, name_of(commit));
    buffer_string(out, ": ");
    words(out, commit->subject);
    buffer_string(out, "</div>");
}

/* The commits that introduced it, or those that removed it. */
static void cell_commits(struct buffer *out, const struct fold *fold,
                         bool introduced)
{
    const struct report_finding *first = fold->findings[0];
    const struct report_commit *one =
        introduced ? first->introduced : first->removed;
    char date[DATE_SIZE] = "";

    open_cell(out, one ? date_format(date, one->date, 0) : "");
    for (size_t i = 0; i < fold->findings_count; i++) {
        one = introduced ? fold->findings[i]->introduced
                         : fold->findings[i]->removed;
        if (one)
            commit(out, one);
    }
    buffer_string(out, "</td>");
}

/* In days: until it was removed, or until now. */
static void cell_age(const struct page *page,
                     const struct report_finding *first)
{
    int64_t end = first->removed ? first->removed->date : page->style->now;
    int64_t days = 0;

    if (first->introduced && (first->removed || first->live))
        days = (end - first->introduced->date) / DAY_SECONDS;
    buffer_format(page->out, "<td class=\"whole\" data-key=\"%" PRId64 "\">",
                  days);
    if (days > 0)
        entry_count(page->out, (uint64_t)days, "day");
    buffer_string(page->out, "</td>");
}

static void row(const struct page *page, const struct fold *fold)
{
    const struct report_finding *first = fold->findings[0];
    const struct report_finding shown = fold_shown(fold);
    const char *state = state_of(page, first);
    struct buffer *out = page->out;

    buffer_format(out, "<tr data-state=\"%s\"><td class=\"whole\">%s</td>",
                  state, state);
    cell_place(page, &shown);
    buffer_string(out, "<td class=\"whole\"><code>");
    words(out, rule_target(first->finding.target)->name);
    buffer_string(out, "</code></td>");
    if (page->report->history) {
        cell_commits(out, fold, true);
        cell_commits(out, fold, false);
        cell_age(page, first);
    }
    buffer_string(out, "</tr>\n");
}

static void option(struct buffer *out, const char *state)
{
    buffer_format(out, "<option>%s</option>", state);
}

/* Only the script shows it. */
static void form(const struct page *page)
{
    buffer_string(page->out,
                  "<form hidden=\"\"><label>Filter <input name=\"words\" "
                  "type=\"search\"/></label><label>State <select "
                  "name=\"state\"><option value=\"\">all</option>");
    option(page->out, "live");
    if (page->report->history)
        option(page->out, "past");
    if (page->style->show_suppressed) {
        option(page->out, "excused");
        option(page->out, "known");
    }
    buffer_string(page->out, "</select></label><output id=\"shown\"></output>"
                             "</form>\n");
}

static void table(const struct page *page, const struct folds *folds)
{
    buffer_string(page->out, "<h2>Findings</h2>\n");
    form(page);
    buffer_string(page->out,
                  "<div class=\"wide\"><table><thead><tr><th scope=\"col\">"
                  "State</th><th scope=\"col\">Place</th><th scope=\"col\">"
                  "Function</th>");
    if (page->report->history)
        buffer_string(page->out,
                      "<th scope=\"col\">Introduced</th><th scope=\"col\">"
                      "Removed</th><th scope=\"col\">Age</th>");
    buffer_string(page->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < folds->folds_count; i++)
        row(page, &folds->folds[i]);
    buffer_string(page->out, "</tbody></table></div>\n");
}

static void list(const struct page *page)
{
    const struct report *report = page->report;
    struct buffer *out = page->out;

    if (report->incomplete_count)
        buffer_string(out, "<h2 class=\"bad\">Incomplete</h2>\n<p>Nothing is "
                           "known about what is listed here.</p>\n<ul>\n");
    for (size_t i = 0; i < report->incomplete_count; i++) {
        buffer_string(out, "<li><code>");
        words(out, report->incomplete[i].path);
        buffer_string(out, "</code>: ");
        words(out, report->incomplete[i].reason);
        buffer_string(out, "</li>\n");
    }
    if (report->incomplete_count)
        buffer_string(out, "</ul>\n");
}

static void unused(const struct page *page)
{
    const struct report *report = page->report;
    struct buffer *out = page->out;

    if (report->unused_count)
        buffer_string(out, "<h2>Unused suppressions</h2>\n<ul>\n");
    for (size_t i = 0; i < report->unused_count; i++) {
        const struct report_unused *entry = &report->unused[i];

        buffer_string(out, "<li><code>");
        words(out, entry->path);
        buffer_format(out, ":%" PRIu32 ":%" PRIu32 "</code>: ",
                      entry->comment.range.start.line,
                      entry->comment.range.start.column);
        words(out, unused_message(&entry->comment));
        buffer_string(out, "</li>\n");
    }
    if (report->unused_count)
        buffer_string(out, "</ul>\n");
}

static void counts(const struct page *page, const struct folds *folds)
{
    const struct report *report = page->report;
    struct buffer *out = page->out;
    size_t live = 0;

    for (size_t i = 0; i < folds->folds_count; i++)
        live += fold_is_live(&folds->folds[i]);
    buffer_string(out, "<p>");
    if (report->history) {
        buffer_format(out, "<strong>%zu live</strong>, %zu past, in ", live,
                      folds->folds_count - live);
    } else {
        buffer_string(out, "<strong>");
        entry_count(out, entry_open(report), "finding");
        buffer_string(out, "</strong> in ");
    }
    entry_looked_at(out, report);
    buffer_format(out, "; %zu suppressed, %zu incomplete.</p>\n",
                  entry_suppressed(report), report->incomplete_count);
}

static void advice(struct buffer *out)
{
    buffer_string(out, "<h2>What to do</h2>\n<p>");
    words(out, GUIDE_ABOUT);
    buffer_string(out, "</p>\n<ul>\n");
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *target = rule_target((enum target)i);

        buffer_format(out, "<li><code>%s</code>: ", target->name);
        words(out, target->remedy);
        buffer_string(out, "</li>\n");
    }
    buffer_string(out, "</ul>\n");
}

static void head(struct buffer *out)
{
    buffer_string(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\"/><meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\"/>\n<title>tmpguard: insecure temporary "
        "files</title>\n<style>" HTML_STYLE "</style></head>\n<body><main>\n"
        "<h1>Insecure temporary files</h1>\n");
}

static void body(const struct page *page, const struct folds *folds)
{
    head(page->out);
    counts(page, folds);
    list(page);
    html_chart(page->out, folds);
    if (folds->folds_count)
        table(page, folds);
    unused(page);
    advice(page->out);
    buffer_string(page->out, "<p class=\"dim\">Rule " RULE_ID
                             ", tmpguard " TMPGUARD_VERSION
                             ".</p>\n</main><script>" HTML_SCRIPT
                             "</script></body></html>\n");
}

void render_html(struct buffer *out, const struct report *report,
                 const struct style *style)
{
    const struct page page = { out, report, style };
    struct folds folds;

    folds_make(&folds, report, style);
    body(&page, &folds);
    folds_release(&folds);
}
