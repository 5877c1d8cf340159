/*
 * Between server.c, the loop, and server_guest.c, what clients ask for.
 */
#ifndef TMPGUARD_CMD_DAEMON_SERVER_PARTS_H
#define TMPGUARD_CMD_DAEMON_SERVER_PARTS_H

#include "cmd/daemon/server.h"

/* Read what a client says, and do it when it is all there. */
void server_hear(struct server *server, struct guest *guest);

/* Was this program replaced on disk? */
bool server_is_outdated(const struct server *server);

/* End when the requests there are have been answered; with a socket of our own
 * no new client finds us. */
void server_leave(struct server *server, const char *reason);

#endif
