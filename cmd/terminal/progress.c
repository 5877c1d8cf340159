#include "cmd/terminal/progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/terminal/terminal.h"

#define FIRST_MS 1000
#define EACH_MS  100
#define BAR      20
#define CLEAR    "\r\033[K"

double progress_clock_ms(void)
{
    struct timespec now = { 0, 0 };

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void progress_start(struct progress *progress, bool quiet)
{
    const char *term = getenv("TERM");

    progress->active = !quiet && term && strcmp(term, "dumb") != 0 &&
                       terminal_is(STDERR_FILENO);
    progress->drawn = false;
    progress->what = NULL;
    progress->next_ms = (int64_t)progress_clock_ms() + FIRST_MS;
}

static void bar(struct buffer *out, const struct progress_point *point)
{
    unsigned filled =
        (unsigned)((double)point->done / (double)point->total * BAR);

    buffer_byte(out, '[');
    for (unsigned i = 0; i < BAR; i++)
        buffer_byte(out, i < filled ? '=' : i == filled ? '>' : ' ');
    buffer_string(out, "] ");
}

/* As if the rest took as long, for each, as what is done. */
static void estimate(struct buffer *out, const struct progress_point *point)
{
    double left = (double)point->elapsed_ms / 1000 *
                  (double)(point->total - point->done) / (double)point->done;
    uint64_t seconds = left < 1e9 ? (uint64_t)(left + 0.999) : 0;

    if (seconds >= 100)
        buffer_format(out, ", %" PRIu64 " min left", (seconds + 59) / 60);
    else if (seconds > 0)
        buffer_format(out, ", %" PRIu64 " s left", seconds);
}

static void compose(struct buffer *out, const struct progress_point *point,
                    bool with_bar, bool with_estimate)
{
    buffer_format(out, "%s ", point->what);
    if (point->total && with_bar)
        bar(out, point);
    buffer_format(out, "%" PRIu64, point->done);
    if (point->total)
        buffer_format(out, " of %" PRIu64, point->total);
    if (point->total && point->done && point->elapsed_ms >= FIRST_MS &&
        with_estimate)
        estimate(out, point);
}

void progress_line(struct buffer *out, const struct progress_point *point,
                   unsigned width)
{
    struct progress_point shown = *point;
    struct buffer line = BUFFER_EMPTY;

    if (shown.total && shown.done > shown.total)
        shown.done = shown.total;
    for (int shorter = 0; shorter < 3; shorter++) {
        buffer_clear(&line);
        compose(&line, &shown, shorter < 1, shorter < 2);
        if (line.size <= width)
            break;
    }
    if (line.size <= width)
        buffer_text(out, buffer_view(&line));
    buffer_release(&line);
}

/* Progress is no result: that it cannot be shown does not matter. */
static void show(struct text text)
{
    ssize_t size = write(STDERR_FILENO, text.bytes, text.size);

    (void)size;
}

void progress_update(void *payload, const char *what, uint64_t done,
                     uint64_t total)
{
    struct progress *progress = payload;
    struct progress_point point = { what, done, total, 0 };
    struct buffer line = BUFFER_EMPTY;
    int64_t now;

    if (!progress->active)
        return;
    now = (int64_t)progress_clock_ms();
    if (!progress->what || strcmp(progress->what, what) != 0 ||
        done < progress->done) {
        progress->what = what;
        progress->since_ms = now;
    }
    progress->done = done;
    if (now < progress->next_ms)
        return;
    progress->next_ms = now + EACH_MS;
    progress->drawn = true;
    buffer_string(&line, CLEAR);
    point.elapsed_ms = now - progress->since_ms;
    /* In the last column some terminals begin a new line. */
    progress_line(&line, &point, terminal_width(STDERR_FILENO) - 1);
    show(buffer_view(&line));
    buffer_release(&line);
}

void progress_end(struct progress *progress)
{
    if (progress->drawn)
        show(TEXT(CLEAR));
    progress->drawn = false;
    progress->active = false;
}
