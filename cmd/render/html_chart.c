#include "cmd/render/html_chart.h"

#include <stdlib.h>

#include "cmd/base/date.h"
#include "core/base/memory.h"

#define YEAR_FIRST 1970
#define YEAR_LAST  2099
#define YEAR       ((size_t)12) /* months */
#define MONTHS     ((YEAR_LAST - YEAR_FIRST + 1) * YEAR)

/* The picture, in its own units: live above, changes below. */
#define LEFT       16
#define WIDTH      900
#define RIGHT      (WIDTH - LEFT)
#define HEIGHT     300
#define LIVE_TOP   24
#define LIVE_FLOOR 170
#define ZERO       226 /* introduced grow upwards from here, removed down */
#define ROOM       40  /* for either */
#define LABELS     290

struct month {
    size_t introduced, removed, live;
};

struct chart {
    struct month *months; /* MONTHS of them */
    size_t first, last;   /* those that are drawn */
    size_t most_live, most_changes;
};

/* The digits of "2026-11-…". */
static int number(const char *digits, int count)
{
    int value = 0;

    while (count--)
        value = value * 10 + (*digits++ - '0');
    return value;
}

static size_t month_of(const struct report_commit *commit)
{
    char date[DATE_SIZE];
    int year, month;

    date_format(date, commit->date, commit->zone);
    year = number(date, 4);
    month = number(date + 5, 2);
    if (year < YEAR_FIRST)
        return 0;
    if (year > YEAR_LAST)
        return MONTHS - 1;
    return (size_t)(year - YEAR_FIRST) * YEAR + (size_t)month - 1;
}

static size_t draw_too(struct chart *chart, size_t month)
{
    if (month < chart->first)
        chart->first = month;
    if (month > chart->last)
        chart->last = month;
    return month;
}

static void count_fold(struct chart *chart, const struct fold *fold)
{
    const struct report_finding *first = fold->findings[0];
    size_t begin, end;

    if (!first->introduced)
        return;
    begin = draw_too(chart, month_of(first->introduced));
    chart->months[begin].introduced++;
    /* What a merge lost is gone at once. */
    end = first->live ? MONTHS : begin;
    if (!first->live && first->removed) {
        end = draw_too(chart, month_of(first->removed));
        chart->months[end].removed++;
    }
    for (size_t i = begin; i < end; i++)
        chart->months[i].live++;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void measure(struct chart *chart)
{
    for (size_t i = chart->first; i <= chart->last; i++) {
        const struct month *month = &chart->months[i];

        chart->most_live = larger(chart->most_live, month->live);
        chart->most_changes = larger(chart->most_changes,
                                     larger(month->introduced, month->removed));
    }
}

/* Where a month begins. */
static double across(const struct chart *chart, size_t month)
{
    double count = (double)(chart->last - chart->first + 1);

    return LEFT + (RIGHT - LEFT) * (double)(month - chart->first) / count;
}

static double share(size_t count, size_t most, double room)
{
    return most ? room * (double)count / (double)most : 0;
}

static void draw_live(struct buffer *out, const struct chart *chart)
{
    buffer_format(out, "<path class=\"live\" d=\"M%d %d", LEFT, LIVE_FLOOR);
    for (size_t i = chart->first; i <= chart->last; i++)
        buffer_format(out, "V%.1fH%.1f",
                      LIVE_FLOOR - share(chart->months[i].live,
                                         chart->most_live,
                                         LIVE_FLOOR - LIVE_TOP),
                      across(chart, i + 1));
    buffer_format(out, "V%dZ\"/>\n", LIVE_FLOOR);
}

static void draw_bar(struct buffer *out, const struct chart *chart, size_t i,
                     bool introduced)
{
    const struct month *month = &chart->months[i];
    size_t count = introduced ? month->introduced : month->removed;
    double height = share(count, chart->most_changes, ROOM);
    double width = across(chart, i + 1) - across(chart, i);

    if (!count)
        return;
    buffer_format(out,
                  "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                  "height=\"%.1f\"><title>%d-%02d: %zu %s</title></rect>\n",
                  introduced ? "new" : "gone", across(chart, i),
                  introduced ? ZERO - height : ZERO,
                  width > 1 ? width - 0.5 : 1, height,
                  YEAR_FIRST + (int)(i / YEAR), (int)(i % YEAR) + 1, count,
                  introduced ? "introduced" : "removed");
}

/* A label each so many years, so that they do not touch. */
static void draw_years(struct buffer *out, const struct chart *chart)
{
    size_t each = 1 + (chart->last - chart->first) / YEAR / 14;

    for (size_t i = chart->first; i <= chart->last; i++)
        if (i % (YEAR * each) == 0 || (i == chart->first && each == 1))
            buffer_format(out, "<text x=\"%.1f\" y=\"%d\">%d</text>\n",
                          across(chart, i), LABELS,
                          YEAR_FIRST + (int)(i / YEAR));
}

static void draw(struct buffer *out, const struct chart *chart)
{
    buffer_format(out,
                  "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\""
                  "Findings over time: at most %zu live at once; the list "
                  "below has the dates\">\n",
                  WIDTH, HEIGHT, chart->most_live);
    buffer_format(out,
                  "<text x=\"%d\" y=\"14\">live, at most %zu</text>\n"
                  "<text x=\"%d\" y=\"%d\">introduced (above) and removed "
                  "(below) each month, at most %zu</text>\n",
                  LEFT, chart->most_live, LEFT, LIVE_FLOOR + 13,
                  chart->most_changes);
    draw_live(out, chart);
    for (size_t i = chart->first; i <= chart->last; i++) {
        draw_bar(out, chart, i, true);
        draw_bar(out, chart, i, false);
    }
    buffer_format(out, "<path class=\"axis\" d=\"M%d %dH%dM%d %dH%d\"/>\n",
                  LEFT, LIVE_FLOOR, RIGHT, LEFT, ZERO, RIGHT);
    draw_years(out, chart);
    buffer_string(out, "</svg>\n");
}

void html_chart(struct buffer *out, const struct folds *folds)
{
    struct chart chart = { .first = MONTHS };

    chart.months = memory_new(MONTHS, sizeof(*chart.months));
    for (size_t i = 0; i < folds->folds_count; i++)
        count_fold(&chart, &folds->folds[i]);
    if (chart.first < MONTHS) {
        measure(&chart);
        draw(out, &chart);
    }
    free(chart.months);
}
