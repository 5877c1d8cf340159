/*
 * What a client tells the daemon: where it stands, who would do the work
 * without it, and the variables that the work reads. The C library is enough.
 */
#ifndef TMPGUARD_CMD_DAEMON_REQUEST_H
#define TMPGUARD_CMD_DAEMON_REQUEST_H

#include <limits.h>
#include <stdbool.h>
#include <sys/uio.h>

#include "cmd/daemon/wire.h"

/* More variables than this, and the client goes on alone. */
#define REQUEST_VARIABLES_MAX 200

/* A request to be sent: the pieces of a frame, none of them copied. */
struct request {
    struct wire_request wire;
    char folder[PATH_MAX];
    unsigned char head[WIRE_HEAD_SIZE + WIRE_FIXED_SIZE];
    struct iovec pieces[REQUEST_VARIABLES_MAX + 2];
    int pieces_count;
    size_t size; /* of all pieces */
};

/*
 * Make one of a kind, for `program`, the path of tmpguard. Returns 0, or -1:
 * the current folder, the program or the variables are such that no daemon
 * can stand in for it.
 */
int request_make(struct request *request, enum wire_kind kind,
                 const char *program, unsigned flags, uint64_t nonce);

/* Which program a file is. Returns 0, or -1. */
int request_program(struct wire_program *program, const char *path);

/* Where a path leads. Returns 0, or -1. */
int request_place(struct wire_place *place, const char *path);

/* Where this process is: "/", and its name space of mounts. 0, or -1. */
int request_roots(struct wire_request *request);

/* Does the work read a variable of that name ("NAME=VALUE")? */
bool request_wants(const char *variable);

/* Does the variable change what a process does, so that none can stand in? */
bool request_minds(const char *variable);

#endif
