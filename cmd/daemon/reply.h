/*
 * Replies on a client's socket, from the daemon or from a worker.
 */
#ifndef TMPGUARD_CMD_DAEMON_REPLY_H
#define TMPGUARD_CMD_DAEMON_REPLY_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/daemon/wire.h"
#include "core/base/text.h"

/* A reply in words; it is given up if the client does not take it at once. */
void reply_words(int client, enum wire_kind kind, uint64_t nonce,
                 const char *words);

/* A verdict that is known, with what was printed; it is given up if the client
 * does not take it at once. */
void reply_again(int client, uint64_t nonce, int code, struct text out);

/*
 * The verdict, with the `size` bytes of the file `out`. A client that does not
 * take it within ASK_TOTAL_MS is given up.
 */
void reply_answer(int client, uint64_t nonce, int code, int out, size_t size);

#endif
