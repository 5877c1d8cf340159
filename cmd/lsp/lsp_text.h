/*
 * The text of a document in UTF-8, and its places as LSP 3.17 counts them:
 * lines from 0, which end with LF, CRLF or CR; in a line, from 0, code units of
 * an encoding that client and server agreed on.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_TEXT_H
#define TMPGUARD_CMD_LSP_LSP_TEXT_H

#include <stdint.h>

#include "core/base/buffer.h"

enum lsp_encoding { LSP_UTF16, LSP_UTF8 };

struct lsp_place {
    uint32_t line, character;
};

/* The end is exclusive. */
struct lsp_range {
    struct lsp_place start, end;
};

/* Where the lines of a text start. Start from LSP_LINES_EMPTY. */
struct lsp_lines {
    uint32_t *starts;
    size_t starts_count, starts_room;
};

#define LSP_LINES_EMPTY ((struct lsp_lines){ .starts = NULL })

/* Of a text of less than 4 GiB; what was there is gone. */
void lsp_lines_find(struct lsp_lines *lines, struct text text);
void lsp_lines_release(struct lsp_lines *lines);

/* The place of a byte, one at which a character starts. */
struct lsp_place lsp_text_place(struct text text, const struct lsp_lines *lines,
                                enum lsp_encoding encoding, size_t offset);

/*
 * The byte at a place: behind the end of a line it is that end, behind the
 * last line the end of the text, within a character where that starts.
 */
size_t lsp_text_offset(struct text text, enum lsp_encoding encoding,
                       struct lsp_place place);

/* Replace what stands in the range; false if it ends before it starts. */
bool lsp_text_replace(struct buffer *text, enum lsp_encoding encoding,
                      const struct lsp_range *range, struct text with);

#endif
