#include "cmd/render/frame.h"

#include <inttypes.h>
#include <string.h>

#include "cmd/terminal/terminal.h"

#define CUT "…"
/* A call that is wider still is cut at its end. */
#define WINDOW_MIN 20

/*
 * The line is walked twice: once to learn at which columns the call starts
 * and ends, once to print what lies within the window.
 */
struct walk {
    struct text line;
    size_t at;
    uint32_t character; /* from 1, of the one at `at` */
    unsigned column;    /* from 0, where it is shown */
};

struct window {
    unsigned left, right; /* columns of the line that are shown */
    unsigned start, end;  /* columns of the call */
};

static struct text first_line(const struct report_finding *finding)
{
    struct text text = { finding->excerpt, finding->excerpt_size };
    size_t size = 0;

    if (finding->finding.range.start.line == 1 &&
        text_starts_with(text, TEXT("\xEF\xBB\xBF")))
        text = text_slice(text, 3, text.size);
    while (size < text.size && text.bytes[size] != '\n' &&
           text.bytes[size] != '\r')
        size++;
    return text_slice(text, 0, size);
}

/* Append the next character to `cell` and return its columns. */
static unsigned step(struct walk *walk, struct buffer *cell)
{
    unsigned width;

    buffer_clear(cell);
    walk->character++;
    if (walk->line.bytes[walk->at] != '\t')
        return terminal_character(cell, walk->line, &walk->at);
    walk->at++;
    width = FRAME_TAB - walk->column % FRAME_TAB;
    buffer_append(cell, "    ", width);
    return width;
}

/* Is the start of the call within the line? An excerpt may end before it. */
static bool measure(struct window *window, struct text line,
                    const struct range *range)
{
    struct walk walk = { line, 0, 1, 0 };
    struct buffer cell = BUFFER_EMPTY;
    bool one_line = range->end.line == range->start.line;

    *window = (struct window){ 0, 0, 0, 0 };
    while (walk.at < line.size) {
        if (walk.character == range->start.column)
            window->start = walk.column;
        if (one_line && walk.character == range->end.column)
            window->end = walk.column;
        walk.column += step(&walk, &cell);
    }
    window->right = walk.column;
    if (window->end <= window->start)
        window->end = walk.column;
    buffer_release(&cell);
    return range->start.column < walk.character;
}

/* Keep `room` columns, the call's start and what is before it first. */
static void narrow(struct window *window, unsigned room)
{
    if (window->right <= room)
        return;
    if (window->end + 1 > room)
        window->left = window->start > room / 3 ? window->start - room / 3 : 0;
    if (window->left > 0)
        room--;
    if (window->right - window->left > room)
        window->right = window->left + room - 1;
    if (window->end > window->right)
        window->end = window->right;
}

static void print_line(struct buffer *out, struct text line,
                       const struct window *window)
{
    struct walk walk = { line, 0, 1, 0 };
    struct buffer cell = BUFFER_EMPTY;
    bool cut = false;

    while (walk.at < line.size) {
        unsigned width = step(&walk, &cell), column = walk.column;

        walk.column += width;
        if (column >= window->left && walk.column <= window->right)
            buffer_text(out, buffer_view(&cell));
        else if (column < window->left && walk.column > window->left)
            buffer_append(out, "                ", walk.column - window->left);
        cut = cut || walk.column > window->right;
    }
    buffer_string(out, cut ? CUT "\n" : "\n");
    buffer_release(&cell);
}

static void repeat(struct buffer *out, char byte, unsigned count)
{
    memset(buffer_extend(out, count), byte, count);
}

static void print_carets(struct buffer *out, const struct window *window,
                         bool color)
{
    unsigned width =
        window->end > window->start ? window->end - window->start : 1;

    repeat(out, ' ', window->start - window->left);
    buffer_string(out, color ? STYLE_ERROR : "");
    repeat(out, '^', width);
    buffer_string(out, color ? STYLE_END "\n" : "\n");
}

static unsigned digits_of(uint32_t line)
{
    unsigned digits = 1;

    while (line >= 10) {
        line /= 10;
        digits++;
    }
    return digits < 4 ? 4 : digits;
}

unsigned frame_gutter(const struct report_finding *finding)
{
    return digits_of(finding->finding.range.start.line) + 3;
}

void frame_render(struct buffer *out, const struct report_finding *finding,
                  const struct style *style)
{
    const struct range *range = &finding->finding.range;
    unsigned gutter = frame_gutter(finding);
    unsigned room =
        style->width > gutter + WINDOW_MIN ? style->width - gutter : WINDOW_MIN;
    struct text line;
    struct window window;

    if (!finding->excerpt ||
        memchr(finding->excerpt, '\0', finding->excerpt_size))
        return;
    line = first_line(finding);
    if (!measure(&window, line, range))
        return;
    narrow(&window, room);
    buffer_format(out, "%*" PRIu32 " | ", (int)gutter - 3, range->start.line);
    if (window.left > 0)
        buffer_string(out, CUT);
    print_line(out, line, &window);
    repeat(out, ' ', gutter - 2);
    buffer_string(out, "| ");
    if (window.left > 0)
        buffer_byte(out, ' ');
    print_carets(out, &window, style->color);
}
