/*
 * Messages out of a stream of bytes, as the base protocol of LSP 3.17 frames
 * them: header lines, one of them Content-Length, an empty line, the body.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_STREAM_H
#define TMPGUARD_CMD_LSP_LSP_STREAM_H

#include "core/base/buffer.h"
#include "core/base/error.h"

/* A longer header, or a larger body, is no message, in bytes. */
#define LSP_HEADER_MAX ((size_t)4096)
#define LSP_BODY_MAX   ((size_t)64 << 20)

/* Start from { 0 }. */
struct lsp_stream {
    struct buffer in;
    size_t used; /* bytes of it that were messages */
};

/* What came; the bodies that were handed out are gone. */
void lsp_stream_feed(struct lsp_stream *stream, struct text bytes);

/*
 * The body of the next message, valid until the next feed. Returns 1, 0 if it
 * is not all there yet, -1 and *err (ERROR_FORMAT) if what comes is no message:
 * then nothing behind it is one.
 */
int lsp_stream_next(struct lsp_stream *stream, struct text *body,
                    struct error *err);

/* Is there the beginning of a message? */
bool lsp_stream_is_within(const struct lsp_stream *stream);

/* Append the message to *out. */
void lsp_stream_frame(struct buffer *out, struct text body);

void lsp_stream_release(struct lsp_stream *stream);

#endif
