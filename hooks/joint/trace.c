/*
 * The encoding: a text is its size as a 32-bit word, little end first, then
 * its bytes; a trace is a text for each path and one for what stood there,
 * and an empty one in the end.
 */
#include "hooks/joint/trace.h"

void trace_put(struct buffer *out, struct text text)
{
    for (int shift = 0; shift < 32; shift += 8)
        buffer_byte(out, (char)(text.size >> shift & 0xff));
    buffer_text(out, text);
}

bool trace_take(struct text *text, struct text *rest)
{
    size_t size = 0;

    if (rest->size < 4)
        return false;
    for (size_t i = 4; i > 0; i--)
        size = size << 8 | (unsigned char)rest->bytes[i - 1];
    if (size > rest->size - 4)
        return false;
    *text = text_slice(*rest, 4, 4 + size);
    *rest = text_slice(*rest, 4 + size, rest->size);
    return true;
}

bool trace_write(struct buffer *out, const struct intern *paths,
                 trace_identify *identify, void *context)
{
    struct buffer identity = BUFFER_EMPTY;
    bool known = true;

    for (uint32_t i = 0; known && i < intern_count(paths); i++) {
        struct text path = intern_text(paths, i);

        buffer_clear(&identity);
        /* The root stands for itself. */
        if (path.size == 0)
            continue;
        known = identify(context, path, &identity) == 1;
        trace_put(out, path);
        trace_put(out, buffer_view(&identity));
    }
    trace_put(out, TEXT_EMPTY);
    buffer_release(&identity);
    return known;
}

bool trace_holds(struct text *rest, trace_identify *identify, void *context)
{
    struct buffer identity = BUFFER_EMPTY;
    struct text path, before;
    bool holds;

    while ((holds = trace_take(&path, rest)) && path.size) {
        buffer_clear(&identity);
        holds = trace_take(&before, rest) &&
                identify(context, path, &identity) == 1 &&
                text_equal(before, buffer_view(&identity));
        if (!holds)
            break;
    }
    buffer_release(&identity);
    return holds;
}
