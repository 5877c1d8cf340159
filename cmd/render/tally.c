#include "cmd/render/tally.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/base/date.h"
#include "cmd/render/entry.h"
#include "cmd/terminal/terminal.h"
#include "core/base/memory.h"

#define NUMBERS_WIDTH 30 /* columns of the three numbers */
#define NAME_MIN      10
#define NAME_MAX      48

#define YEAR_SIZE 4

struct row {
    struct text name;
    size_t introduced, removed, live;
};

struct rows {
    struct row *rows;
    size_t rows_count, rows_room;
};

/* A line for each event first, summed up by `merge`. */
static void note(struct rows *rows, struct text name, size_t introduced,
                 size_t removed, size_t live)
{
    *ARRAY_PUSH(rows->rows) = (struct row){ name, introduced, removed, live };
}

static void add(struct row *sum, const struct row *row)
{
    sum->introduced += row->introduced;
    sum->removed += row->removed;
    sum->live += row->live;
}

static int compare_names(const void *one, const void *two)
{
    return text_compare(((const struct row *)one)->name,
                        ((const struct row *)two)->name);
}

static int compare_newest(const void *one, const void *two)
{
    return compare_names(two, one);
}

static int compare_most(const void *one, const void *two)
{
    const struct row *a = one, *b = two;

    if (a->introduced != b->introduced)
        return a->introduced > b->introduced ? -1 : 1;
    if (a->removed != b->removed)
        return a->removed > b->removed ? -1 : 1;
    return compare_names(one, two);
}

/* Make one row of those with the same name, and sort. */
static void merge(struct rows *rows, int (*compare)(const void *, const void *))
{
    size_t kept = 0;

    if (rows->rows_count == 0)
        return;
    qsort(rows->rows, rows->rows_count, sizeof(*rows->rows), compare_names);
    for (size_t i = 1; i < rows->rows_count; i++) {
        if (text_equal(rows->rows[kept].name, rows->rows[i].name))
            add(&rows->rows[kept], &rows->rows[i]);
        else
            rows->rows[++kept] = rows->rows[i];
    }
    rows->rows_count = kept + 1;
    qsort(rows->rows, rows->rows_count, sizeof(*rows->rows), compare);
}

/* The years are kept in `years`, which does not grow any more. */
static struct text year_of(const struct report_commit *commit, char **years)
{
    char date[DATE_SIZE];
    struct text year = { *years, YEAR_SIZE };

    memcpy(*years, date_format(date, commit->date, commit->zone), YEAR_SIZE);
    *years += YEAR_SIZE;
    return year;
}

static unsigned width_of(struct text text)
{
    struct buffer ignored = BUFFER_EMPTY;
    unsigned width = terminal_escape_cut(&ignored, text, NAME_MAX);

    buffer_release(&ignored);
    return width;
}

/* As wide as the widest name needs, as far as there is room. */
static unsigned find_width(const struct rows *rows, size_t max,
                           const struct style *style)
{
    unsigned width = NAME_MIN;
    unsigned room = style->width > NUMBERS_WIDTH + NAME_MIN
                        ? style->width - NUMBERS_WIDTH
                        : NAME_MIN;

    for (size_t i = 0; i < rows->rows_count && i < max; i++)
        if (width_of(rows->rows[i].name) > width)
            width = width_of(rows->rows[i].name);
    return width < room ? width : room;
}

static void show_row(struct buffer *out, const struct row *row, unsigned width)
{
    unsigned shown = terminal_escape_cut(out, row->name, width);

    buffer_format(out, "%*s%10zu%10zu%10zu\n", (int)(width - shown), "",
                  row->introduced, row->removed, row->live);
}

static void show_rows(struct buffer *out, const struct rows *rows, size_t max,
                      unsigned width, const char *others)
{
    struct row rest = { text_of(others), 0, 0, 0 };

    for (size_t i = 0; i < rows->rows_count; i++) {
        if (i < max)
            show_row(out, &rows->rows[i], width);
        else
            add(&rest, &rows->rows[i]);
    }
    if (rows->rows_count > max)
        show_row(out, &rest, width);
}

static void head(struct buffer *out, const char *what, unsigned width,
                 const struct style *style)
{
    struct buffer line = BUFFER_EMPTY;

    buffer_format(&line, "%-*s%10s%10s%10s", (int)width, what, "introduced",
                  "removed", "live");
    terminal_styled(out, style->color, STYLE_STRONG, line.bytes);
    buffer_byte(out, '\n');
    buffer_release(&line);
}

static void count_fold(struct rows *years, struct rows *authors,
                       const struct fold *fold, char **digits)
{
    const struct report_finding *first = fold->findings[0];
    const struct report_commit *introduced = first->introduced;
    const struct report_commit *removed = first->removed;

    if (introduced) {
        note(years, year_of(introduced, digits), 1, 0, first->live);
        note(authors, text_of(introduced->author), 1, 0, first->live);
    }
    if (removed) {
        note(years, year_of(removed, digits), 0, 1, 0);
        note(authors, text_of(removed->author), 0, 1, 0);
    }
}

static void total(struct buffer *out, const struct rows *years,
                  enum report_past past)
{
    struct row all = { TEXT_EMPTY, 0, 0, 0 };

    for (size_t i = 0; i < years->rows_count; i++)
        add(&all, &years->rows[i]);
    buffer_format(out, "%zu introduced, %zu removed, %zu live", all.introduced,
                  all.removed, all.live);
    if (all.introduced > all.removed + all.live)
        buffer_format(out, ", %zu %s", all.introduced - all.removed - all.live,
                      past == PAST_OF_ALL ? "lost in a merge"
                                          : "neither removed nor live");
    buffer_string(out, "\n\n");
}

void tally_render(struct buffer *out, const struct folds *folds,
                  enum report_past past, const struct style *style)
{
    struct rows years = { .rows = NULL }, authors = { .rows = NULL };
    char *digits = memory_new(folds->folds_count, (size_t)2 * YEAR_SIZE);
    char *next = digits;
    unsigned width;

    if (folds->folds_count == 0) {
        free(digits);
        return;
    }
    for (size_t i = 0; i < folds->folds_count; i++)
        count_fold(&years, &authors, &folds->folds[i], &next);
    merge(&years, compare_newest);
    merge(&authors, compare_most);
    width = find_width(&authors, TALLY_AUTHORS_MAX, style);
    total(out, &years, past);
    head(out, "year", width, style);
    show_rows(out, &years, TALLY_YEARS_MAX, width, "earlier");
    buffer_byte(out, '\n');
    head(out, "author", width, style);
    show_rows(out, &authors, TALLY_AUTHORS_MAX, width, "others");
    buffer_byte(out, '\n');
    free(years.rows);
    free(authors.rows);
    free(digits);
}
