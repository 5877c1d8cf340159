/*
 * What makes a process the daemon: the lock in the socket's folder, held for
 * life, and the socket. Only who holds the lock takes a socket away, and only
 * one that it made.
 */
#ifndef TMPGUARD_CMD_DAEMON_DAEMON_HOME_H
#define TMPGUARD_CMD_DAEMON_DAEMON_HOME_H

#include <stdbool.h>
#include <sys/stat.h>

#include "cmd/daemon/socket_folder.h"
#include "core/base/error.h"

/* Start from DAEMON_HOME_EMPTY. */
struct daemon_home {
    struct socket_folder folder;
    int lock, listener; /* -1: none */
    bool adopted;       /* the socket was made by who started us */
    struct stat about;  /* of the socket, when it was ours */
};

#define DAEMON_HOME_EMPTY ((struct daemon_home){ .lock = -1, .listener = -1 })

/*
 * Become the daemon. Returns 1; 0 if another process is; -1 and *err.
 * `adopted` is a listening socket that systemd made, or -1.
 */
int daemon_home_take(struct daemon_home *home, int adopted, struct error *err);

/* Is the socket still what clients find under its name? */
bool daemon_home_is_ours(const struct daemon_home *home);

/* Take the socket's name away, if it is still ours. */
void daemon_home_leave(struct daemon_home *home);

/* Is there a daemon, or one that begins or ends? Asks the lock alone. */
bool daemon_home_is_taken(const struct socket_folder *folder);

/* Close the socket, then let go of the lock. Twice is fine. */
void daemon_home_release(struct daemon_home *home);

#endif
