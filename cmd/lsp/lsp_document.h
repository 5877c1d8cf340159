/*
 * A document that an editor has open: its text as it is there, and what was
 * found in it.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_DOCUMENT_H
#define TMPGUARD_CMD_LSP_LSP_DOCUMENT_H

#include "cmd/lsp/lsp_home.h"
#include "cmd/lsp/lsp_text.h"
#include "core/facts/facts.h"

struct lsp_repairs;
struct memo;

/* Start from { 0 }. */
struct lsp_document {
    char *uri;
    char *path;     /* NULL: it is no file */
    bool is_python; /* the editor says so: asked if there is no file */
    int64_t version;
    struct buffer text; /* UTF-8 */
    const char *lost;   /* why the text is not what the editor has, or NULL */
    bool is_changed;    /* since it was looked at */
    bool is_told;       /* what was found then was told */
    bool is_placed;     /* other files were asked what they give it, */
    bool is_given;      /* and that changes what is found in it: */
    struct intern givers;
    struct lsp_home home;

    /* What was found, once it was looked at. */
    struct facts facts;
    char *trouble; /* why it could not be looked at, or NULL */
    struct lsp_lines lines;
    /* What was looked at: the text, perhaps behind a mark of so many bytes:
       whatever encoding the file declares, here it is UTF-8. */
    struct buffer marked;
    size_t mark;
    struct lsp_repairs *repairs; /* once they were asked for */
};

/* A new one, without text. */
void lsp_document_open(struct lsp_document *document, struct text uri);
void lsp_document_close(struct lsp_document *document);

/* Look at it, if it was changed. */
void lsp_document_look(struct lsp_document *document, struct memo *memo);

/*
 * What such bytes would hold in its place: with what other files give it, where
 * that made a difference when it was opened or saved. Returns 0, or -1, *err.
 */
int lsp_document_scan(const struct lsp_document *document, struct text bytes,
                      struct memo *memo, struct facts *facts,
                      struct error *err);

/* Is the finding one to show, by the policy? */
bool lsp_document_shows(const struct lsp_document *document,
                        const struct finding *finding);

/* What was looked at. */
struct text lsp_document_bytes(const struct lsp_document *document);

/* Where bytes of that are in the text. */
struct lsp_range lsp_document_range(const struct lsp_document *document,
                                    enum lsp_encoding encoding, size_t start,
                                    size_t end);

#endif
