#include <stdlib.h>

#include "cmd/date.h"
#include "cmd/entry.h"
#include "cmd/render.h"
#include "cmd/terminal.h"
#include "core/memory.h"

#define ID_SHOWN 12

/* Live ones on top, newest first; what is equal stays in report order. */
static int compare(const void *one, const void *two)
{
    const struct report_finding *a = *(const struct report_finding *const *)one;
    const struct report_finding *b = *(const struct report_finding *const *)two;

    if (a->live != b->live)
        return a->live ? -1 : 1;
    if (a->introduced && b->introduced &&
        a->introduced->date != b->introduced->date)
        return a->introduced->date > b->introduced->date ? -1 : 1;
    return a < b ? -1 : a > b;
}

static const struct report_finding **sorted(const struct report *report)
{
    const struct report_finding **order =
        memory_new(report->findings_count, sizeof(*order));

    for (size_t i = 0; i < report->findings_count; i++)
        order[i] = &report->findings[i];
    qsort(order, report->findings_count, sizeof(*order), compare);
    return order;
}

static void commit(struct buffer *out, const char *what,
                   const struct report_commit *commit)
{
    struct text id = text_of(commit->id), author = text_of(commit->author);
    char date[DATE_SIZE];

    if (id.size > ID_SHOWN)
        id.size = ID_SHOWN;
    buffer_format(out, "     = %s ", what);
    terminal_escape(out, id);
    buffer_format(out, " %.10s ",
                  date_format(date, commit->date, commit->zone));
    terminal_escape(out, author);
    buffer_string(out, ": ");
    terminal_escape(out, text_of(commit->subject));
    buffer_byte(out, '\n');
}

static void end_of_life(struct buffer *out,
                        const struct report_finding *finding)
{
    if (finding->live)
        buffer_string(out, "     = live\n");
    else if (finding->removed)
        commit(out, "removed   ", finding->removed);
    else
        buffer_string(out, "     = not live: a merge took another side\n");
}

static void other_paths(struct buffer *out,
                        const struct report_finding *finding)
{
    if (finding->paths_count < 2)
        return;
    buffer_string(out, "     = also at");
    for (size_t i = 0; i < finding->paths_count; i++) {
        if (text_equal(text_of(finding->paths[i]), text_of(finding->path)))
            continue;
        buffer_byte(out, ' ');
        terminal_escape(out, text_of(finding->paths[i]));
    }
    buffer_byte(out, '\n');
}

static void heading(struct buffer *out, const struct style *style, bool live)
{
    terminal_styled(out, style->color, STYLE_STRONG,
                    live ? "Live: in the tree of at least one ref"
                         : "Past: no longer in any tree");
    buffer_string(out, "\n\n");
}

static void entry(struct buffer *out, const struct report_finding *finding,
                  const struct style *style, struct explained *explained)
{
    entry_head(out, finding, style);
    if (finding->introduced)
        commit(out, "introduced", finding->introduced);
    end_of_life(out, finding);
    other_paths(out, finding);
    if (finding->live)
        entry_advice(out, finding, style, explained);
    buffer_byte(out, '\n');
}

void render_history(struct buffer *out, const struct report *report,
                    const struct style *style)
{
    const struct report_finding **order;
    const struct report_finding *last = NULL;
    struct explained explained = { .excuse = false };

    if (report->findings_count == 0)
        return;
    order = sorted(report);
    for (size_t i = 0; i < report->findings_count; i++) {
        if (!entry_is_shown(order[i], style))
            continue;
        if (!last || last->live != order[i]->live)
            heading(out, style, order[i]->live);
        entry(out, order[i], style, &explained);
        last = order[i];
    }
    free(order);
}
