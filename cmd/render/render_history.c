#include "cmd/base/date.h"
#include "cmd/render/entry.h"
#include "cmd/render/folds.h"
#include "cmd/render/render.h"
#include "cmd/render/tally.h"
#include "cmd/terminal/terminal.h"

#define ID_SHOWN 12

/* Of commits and paths; with --verbose, all are listed. */
#define LISTED_MAX 10

#define MARGIN       "     = "
#define INDENT       "       "
#define MARGIN_WIDTH 7u /* columns of either */

/* Where a line of a fold goes to. */
struct lines {
    struct buffer *out;
    const struct style *style;
    enum report_past past;
};

/* One line; it is cut where it would not fit. */
static void line(const struct lines *lines, const char *what,
                 const struct report_commit *commit)
{
    struct buffer words = BUFFER_EMPTY;
    struct text id = text_of(commit->id);
    char date[DATE_SIZE];

    if (id.size > ID_SHOWN)
        id.size = ID_SHOWN;
    buffer_format(&words, "%s ", what);
    buffer_text(&words, id);
    buffer_format(&words, " %.10s %s: %s",
                  date_format(date, commit->date, commit->zone), commit->author,
                  commit->subject);
    buffer_string(lines->out, MARGIN);
    terminal_escape_cut(lines->out, buffer_view(&words),
                        lines->style->width - MARGIN_WIDTH);
    buffer_byte(lines->out, '\n');
    buffer_release(&words);
}

static bool is_listed(const struct lines *lines, size_t i)
{
    return lines->style->verbose || i < LISTED_MAX;
}

static void omitted(const struct lines *lines, size_t count, const char *noun)
{
    if (count <= LISTED_MAX || lines->style->verbose)
        return;
    buffer_string(lines->out, INDENT);
    entry_count(lines->out, count - LISTED_MAX, noun);
    buffer_string(lines->out, " more (--verbose lists all)\n");
}

static void introductions(const struct lines *lines, const struct fold *fold)
{
    for (size_t i = 0; i < fold->findings_count; i++)
        if (fold->findings[i]->introduced && is_listed(lines, i))
            line(lines, i ? "also introduced by" : "introduced",
                 fold->findings[i]->introduced);
    omitted(lines, fold->findings_count, "commit");
}

static const struct report_commit *removal(const struct fold *fold, size_t i)
{
    const struct report_finding *finding = fold->findings[i];

    return finding->live ? finding->elsewhere : finding->removed;
}

/* One repair may end several. */
static bool is_repeated(const struct fold *fold, size_t at)
{
    struct text id = text_of(removal(fold, at)->id);

    for (size_t i = 0; i < at; i++)
        if (removal(fold, i) && text_equal(text_of(removal(fold, i)->id), id))
            return true;
    return false;
}

/* What no commit removed, and is not live all the same. */
static const char *const neither[] = {
    [PAST_OF_ALL] = "not live: a merge took another side",
    [PAST_OF_SOME] = "not live: no ref has it, and no commit here removed it",
    [PAST_OF_CHOSEN] =
        "not live: none of those chosen has it; no commit here removed it",
};

static void removals(const struct lines *lines, const struct fold *fold)
{
    const char *what = fold_is_live(fold) ? "removed elsewhere" : "removed   ";
    size_t count = 0;

    for (size_t i = 0; i < fold->findings_count; i++) {
        const struct report_commit *removed = removal(fold, i);

        if (!removed || is_repeated(fold, i))
            continue;
        if (is_listed(lines, count))
            line(lines, count ? "also removed by" : what, removed);
        count++;
    }
    omitted(lines, count, "commit");
    if (count == 0 && !fold_is_live(fold))
        buffer_format(lines->out, MARGIN "%s\n", neither[lines->past]);
}

/* All twins have the path of the first; each may have moved. */
static void other_paths(const struct lines *lines,
                        const struct report_finding *first)
{
    unsigned at = 0;
    size_t count = 0;

    for (size_t i = 0; i < first->paths_count; i++) {
        struct buffer path = BUFFER_EMPTY;
        unsigned width = 1;

        if (text_equal(text_of(first->paths[i]), text_of(first->path)) ||
            !is_listed(lines, count++))
            continue;
        width += terminal_escape_cut(&path, text_of(first->paths[i]),
                                     lines->style->width);
        if (at == 0)
            buffer_string(lines->out, MARGIN "also at");
        else if (at + width > lines->style->width)
            buffer_string(lines->out, "\n" INDENT "       ");
        if (at == 0 || at + width > lines->style->width)
            at = 2 * MARGIN_WIDTH;
        at += width;
        buffer_byte(lines->out, ' ');
        buffer_text(lines->out, buffer_view(&path));
        buffer_release(&path);
    }
    if (count)
        buffer_byte(lines->out, '\n');
    omitted(lines, count, "path");
}

static void heading(struct buffer *out, const struct style *style,
                    enum report_past past, bool live)
{
    static const char *const words[][2] = {
        { "Past: in the tree of no ref",
          "Live: in the tree of at least one ref" },
        { "Past: in the tree of none of those chosen",
          "Live: in the tree of at least one of those chosen" },
    };

    terminal_styled(out, style->color, STYLE_STRONG,
                    words[past == PAST_OF_CHOSEN][live]);
    buffer_string(out, "\n\n");
}

static void entry(struct buffer *out, const struct fold *fold,
                  const struct style *style, enum report_past past,
                  struct explained *explained)
{
    const struct lines lines = { out, style, past };
    const struct report_finding shown = fold_shown(fold);

    entry_head(out, &shown, style);
    introductions(&lines, fold);
    if (fold_is_live(fold))
        buffer_string(out, MARGIN "live\n");
    removals(&lines, fold);
    other_paths(&lines, &shown);
    if (fold_is_live(fold) && !style->quiet)
        entry_advice(out, &shown, style, explained);
    buffer_byte(out, '\n');
}

void render_history(struct buffer *out, const struct report *report,
                    const struct style *style)
{
    struct explained explained = { .excuse = false };
    struct folds folds;

    folds_make(&folds, report, style);
    for (size_t i = 0; i < folds.folds_count; i++) {
        bool live = fold_is_live(&folds.folds[i]);

        if (!style->quiet &&
            (i == 0 || fold_is_live(&folds.folds[i - 1]) != live))
            heading(out, style, report->past, live);
        entry(out, &folds.folds[i], style, report->past, &explained);
    }
    if (!style->quiet)
        tally_render(out, &folds, report->past, style);
    folds_release(&folds);
}
