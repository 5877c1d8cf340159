#include "cmd/lsp/lsp_stream.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#define NO_SIZE SIZE_MAX
#define END     TEXT("\r\n\r\n")
#define NAME    "Content-Length:"

void lsp_stream_feed(struct lsp_stream *stream, struct text bytes)
{
    struct buffer *in = &stream->in;

    if (stream->used) {
        in->size -= stream->used;
        memmove(in->bytes, in->bytes + stream->used, in->size);
        stream->used = 0;
    }
    buffer_text(in, bytes);
}

static int broken(struct error *err, const char *why)
{
    return error_set(err, ERROR_FORMAT, "what comes is no message: %s", why);
}

/* A number of at most nine digits, between blanks. */
static int read_size(struct text value, size_t *size, struct error *err)
{
    size_t at = 0, number = 0, digits = 0;

    while (at < value.size &&
           (value.bytes[at] == ' ' || value.bytes[at] == '\t'))
        at++;
    for (; at < value.size && value.bytes[at] >= '0' && value.bytes[at] <= '9';
         at++, digits++) {
        number = number * 10 + (size_t)(value.bytes[at] - '0');
        if (digits == 9)
            return broken(err, "its length is no length");
    }
    while (at < value.size &&
           (value.bytes[at] == ' ' || value.bytes[at] == '\t'))
        at++;
    if (digits == 0 || at < value.size || (*size != NO_SIZE && *size != number))
        return broken(err, "its length is no length");
    if (number > LSP_BODY_MAX)
        return error_set(err, ERROR_LIMIT,
                         "a message of %zu bytes is over the "
                         "limit",
                         number);
    *size = number;
    return 0;
}

static int read_line(struct text line, size_t *size, struct error *err)
{
    const size_t name = sizeof(NAME) - 1;

    if (text_find(line, ':', 0) == line.size)
        return broken(err, "a header without a colon");
    if (line.size < name || strncasecmp(line.bytes, NAME, name) != 0)
        return 0;
    return read_size(text_slice(line, name, line.size), size, err);
}

/* The size of the body; lines of the header end with CR LF. */
static int read_header(struct text header, size_t *size, struct error *err)
{
    *size = NO_SIZE;
    for (size_t at = 0; at < header.size;) {
        size_t end = text_find(header, '\r', at);

        if (read_line(text_slice(header, at, end), size, err) < 0)
            return -1;
        at = end + 2;
    }
    return *size == NO_SIZE ? broken(err, "a header without Content-Length")
                            : 0;
}

/* Every CR has its LF, so that lines can be told apart by one of them. */
static bool is_in_lines(struct text header)
{
    for (size_t i = 0; i < header.size; i++)
        if ((header.bytes[i] == '\r') !=
            (i + 1 < header.size && header.bytes[i + 1] == '\n'))
            return false;
    return header.size == 0 || header.bytes[0] != '\n';
}

int lsp_stream_next(struct lsp_stream *stream, struct text *body,
                    struct error *err)
{
    struct text left =
        text_slice(buffer_view(&stream->in), stream->used, stream->in.size);
    size_t looked = left.size < LSP_HEADER_MAX ? left.size : LSP_HEADER_MAX;
    const char *end =
        looked ? memmem(left.bytes, looked, END.bytes, END.size) : NULL;
    size_t header = end ? (size_t)(end - left.bytes) : 0, size;

    if (!end && looked < LSP_HEADER_MAX)
        return 0;
    if (!end || !is_in_lines(text_slice(left, 0, header)))
        return broken(err, "its header has no end");
    if (read_header(text_slice(left, 0, header), &size, err) < 0)
        return -1;
    header += END.size;
    if (left.size - header < size)
        return 0;
    *body = text_slice(left, header, header + size);
    stream->used += header + size;
    return 1;
}

bool lsp_stream_is_within(const struct lsp_stream *stream)
{
    return stream->used < stream->in.size;
}

void lsp_stream_frame(struct buffer *out, struct text body)
{
    buffer_format(out, NAME " %zu\r\n\r\n", body.size);
    buffer_text(out, body);
}

void lsp_stream_release(struct lsp_stream *stream)
{
    buffer_release(&stream->in);
    *stream = (struct lsp_stream){ .used = 0 };
}
