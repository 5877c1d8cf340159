/*
 * A language server, LSP 3.17: messages in, messages out. It reads and writes
 * no descriptor; of the disk it reads what holds where a document is.
 *
 * Messages are worked on in the order in which they come. Documents are looked
 * at once there is nothing else to do, so that what is typed fast is looked at
 * once. Nothing that was not looked at is called clean: it has a diagnostic.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_SERVER_H
#define TMPGUARD_CMD_LSP_LSP_SERVER_H

#include "core/base/buffer.h"

struct lsp_server;

struct lsp_server *lsp_server_open(void);
void lsp_server_close(struct lsp_server *server);

/* A message came. */
void lsp_server_take(struct lsp_server *server, struct text body);

/* Work on all that came, and append what there is to say to *out. */
void lsp_server_work(struct lsp_server *server, struct buffer *out);

enum lsp_end {
    LSP_GOES_ON,
    LSP_ENDED,       /* it was told to, after the shutdown that comes before */
    LSP_ENDED_EARLY, /* without one */
};

/* What is behind the message that ends it is not worked on. */
enum lsp_end lsp_server_ended(const struct lsp_server *server);

#endif
