#include "cmd/progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/terminal.h"

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
    progress->next_ms = (int64_t)progress_clock_ms() + FIRST_MS;
}

void progress_line(struct buffer *out, const char *what, uint64_t done,
                   uint64_t total)
{
    unsigned filled;

    buffer_string(out, what);
    if (total == 0) {
        buffer_format(out, " %" PRIu64, done);
        return;
    }
    if (done > total)
        done = total;
    filled = (unsigned)((double)done / (double)total * BAR);
    buffer_string(out, " [");
    for (unsigned i = 0; i < BAR; i++)
        buffer_byte(out, i < filled ? '=' : i == filled ? '>' : ' ');
    buffer_format(out, "] %" PRIu64 " of %" PRIu64, done, total);
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
    struct buffer line = BUFFER_EMPTY;
    int64_t now;

    if (!progress->active)
        return;
    now = (int64_t)progress_clock_ms();
    if (now < progress->next_ms)
        return;
    progress->next_ms = now + EACH_MS;
    progress->drawn = true;
    buffer_string(&line, CLEAR);
    progress_line(&line, what, done, total);
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
