/*
 * Where the daemon's socket is: the first folder of a short list that is this
 * user's alone, on a local disk, and short enough for a socket's name. The
 * daemon and its clients look in the same order; only the daemon makes one.
 * The C library is enough.
 *
 *   $XDG_RUNTIME_DIR/tmpguard, /run/user/UID/tmpguard   of the session
 *   $HOME/.cache/tmpguard                               with the host's name
 *   /tmp/tmpguard-UID
 */
#ifndef TMPGUARD_CMD_DAEMON_SOCKET_FOLDER_H
#define TMPGUARD_CMD_DAEMON_SOCKET_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* Usable bytes of a socket's name, with the NUL: sizeof sun_path. */
#define SOCKET_PATH_SIZE 108

/* What the environment says; NULL: nothing. */
struct socket_surroundings {
    const char *runtime; /* XDG_RUNTIME_DIR */
    const char *home;    /* HOME */
};

void socket_surroundings(struct socket_surroundings *around);

struct socket_folder {
    char path[SOCKET_PATH_SIZE];   /* of the folder */
    char socket[SOCKET_PATH_SIZE]; /* of the socket, there or not */
    char lock[SOCKET_PATH_SIZE];   /* of the file that the daemon locks */
};

/*
 * Find it. `make`: make the folder if it is not there (mode 0700). Returns 1;
 * 0 if there is none yet, with the names it would have; -1 if no place is
 * good enough. Whatever is there with another owner, or open to others, is
 * left as it is and passed over.
 */
int socket_folder_find(struct socket_folder *folder,
                       const struct socket_surroundings *around, bool make);

#endif
