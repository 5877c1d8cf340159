#include "cmd/terminal/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd/terminal/links.h"
#include "cmd/terminal/utf8.h"

unsigned terminal_character(struct buffer *out, struct text text, size_t *at)
{
    struct code_point point = utf8_next(text, *at);
    unsigned char byte = (unsigned char)text.bytes[*at];

    if (point.valid && !utf8_is_control(point.value)) {
        buffer_append(out, text.bytes + *at, point.size);
        *at += point.size;
        return utf8_width(point.value);
    }
    if (!point.valid || byte < 0x80) {
        buffer_format(out, "\\x%02x", (unsigned)byte);
        *at += 1;
        return 4;
    }
    buffer_format(out, "\\u%04x", (unsigned)point.value);
    *at += point.size;
    return 6;
}

void terminal_escape(struct buffer *out, struct text text)
{
    for (size_t at = 0; at < text.size;)
        terminal_character(out, text, &at);
}

unsigned terminal_escape_cut(struct buffer *out, struct text text,
                             unsigned width)
{
    size_t kept = out->size;
    unsigned columns = 0, kept_columns = 0;

    for (size_t at = 0; at < text.size;) {
        columns += terminal_character(out, text, &at);
        if (columns > width) {
            out->size = kept;
            buffer_string(out, "…");
            return kept_columns + 1;
        }
        if (columns < width) {
            kept = out->size;
            kept_columns = columns;
        }
    }
    return columns;
}

bool terminal_is(int descriptor)
{
    return isatty(descriptor) == 1;
}

unsigned terminal_width_of(unsigned columns)
{
    return columns == 0 || columns > TERMINAL_WIDTH_MAX ? TERMINAL_WIDTH_MAX
                                                        : columns;
}

unsigned terminal_width(int descriptor)
{
    struct winsize size;

    if (!terminal_is(descriptor) || ioctl(descriptor, TIOCGWINSZ, &size) < 0)
        return TERMINAL_WIDTH_MAX;
    return terminal_width_of(size.ws_col);
}

bool terminal_wants_color(void)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

    return !(none && none[0]) && term && strcmp(term, "dumb") != 0;
}

bool terminal_colors(enum color_when when, int descriptor)
{
    if (when != COLOR_AUTO)
        return when == COLOR_ALWAYS;
    return terminal_wants_color() && terminal_is(descriptor);
}

bool terminal_links(int descriptor)
{
    return terminal_is(descriptor) && links_are_made();
}

void terminal_styled(struct buffer *out, bool color, const char *style,
                     const char *string)
{
    if (color)
        buffer_string(out, style);
    buffer_string(out, string);
    if (color)
        buffer_string(out, STYLE_END);
}
