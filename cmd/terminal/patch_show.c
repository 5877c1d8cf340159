#include "cmd/terminal/patch_show.h"

#include "cmd/terminal/terminal.h"

/* What a line is, by its first character, inside of a hunk. */
static const char *style_of(struct text line, size_t *old, size_t *new)
{
    char first = line.size ? line.bytes[0] : ' ';

    if (*old == 0 && *new == 0)
        return first == '@' ? STYLE_DIM : STYLE_STRONG;
    if (first == '\\')
        return STYLE_DIM;
    if (first != '+' && *old > 0)
        --*old;
    if (first != '-' && *new > 0)
        --*new;
    return first == '+' ? STYLE_ADDED : first == '-' ? STYLE_REMOVED : NULL;
}

/* The count in "-1,5" or "+1" from `at` on; it is 1 if it is not said. */
static size_t count_of(struct text line, char sign)
{
    size_t at = text_find(line, sign, 0), count = 0;

    while (at < line.size && line.bytes[at] != ',' && line.bytes[at] != ' ')
        at++;
    if (at == line.size || line.bytes[at] == ' ')
        return 1;
    for (at++; at < line.size && line.bytes[at] >= '0' && line.bytes[at] <= '9';
         at++)
        count = count * 10 + (size_t)(line.bytes[at] - '0');
    return count;
}

static void show_line(struct buffer *out, struct text line, const char *style,
                      bool color)
{
    size_t from = 0, end = line.size;

    if (end > 0 && line.bytes[end - 1] == '\r')
        end--;
    if (color && style)
        buffer_string(out, style);
    while (from <= end) {
        size_t tab = text_find(line, '\t', from);

        tab = tab < end ? tab : end;
        terminal_escape(out, text_slice(line, from, tab));
        if (tab < end)
            buffer_byte(out, '\t');
        from = tab + 1;
    }
    if (color && style)
        buffer_string(out, STYLE_END);
    buffer_byte(out, '\n');
}

void patch_show(struct buffer *out, struct text patch, bool color)
{
    size_t old = 0, new = 0;

    for (size_t from = 0; from < patch.size;) {
        size_t end = text_find(patch, '\n', from);
        struct text line = text_slice(patch, from, end);
        bool is_head =
            old == 0 && new == 0 && text_starts_with(line, TEXT("@"));

        show_line(out, line, style_of(line, &old, &new), color);
        if (is_head) {
            old = count_of(line, '-');
            new = count_of(line, '+');
        }
        from = end + 1;
    }
}
