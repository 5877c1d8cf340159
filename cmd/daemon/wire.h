/*
 * What tmpguard-hook and the daemon say to each other on the socket: frames of
 * a fixed head and a bounded payload. Nothing here allocates, and nothing
 * needs more than the C library: the thin client is made of it.
 *
 *   head      4 bytes "tmpG", 1 major version, 1 kind, 2 zero,
 *             4 size of the payload, 8 nonce; numbers are little-endian
 *   request   11 numbers of 8 bytes (struct wire_request), the folder, then
 *             the variables "NAME=VALUE", each with a NUL
 *   answer    8 exit code, then what goes to standard output; who has to say
 *             something on standard error does not answer
 */
#ifndef TMPGUARD_CMD_DAEMON_WIRE_H
#define TMPGUARD_CMD_DAEMON_WIRE_H

#include <stddef.h>
#include <stdint.h>

#define WIRE_MAJOR       1
#define WIRE_HEAD_SIZE   ((size_t)20)
#define WIRE_FIXED_SIZE  ((size_t)88) /* of a request: its numbers */
#define WIRE_REQUEST_MAX ((size_t)64 << 10)
#define WIRE_ANSWER_MAX  ((size_t)4 << 20)
#define WIRE_WORDS_MAX   ((size_t)1024) /* of a reply in words */
#define WIRE_CODE_MAX    1              /* what exit code an answer may have */

enum wire_kind {
    /* Requests. */
    WIRE_CHECK = 1, /* what is staged */
    WIRE_WATCH,     /* remember the repository, get ready for it */
    WIRE_STATUS,
    WIRE_STOP,
    /* Replies. */
    WIRE_ANSWER = 17, /* the verdict, complete */
    WIRE_NO,          /* go on alone; the payload says why, in words */
    WIRE_STATE,       /* to WIRE_STATUS, WIRE_STOP and WIRE_WATCH: words */
};

struct wire_head {
    enum wire_kind kind;
    uint32_t size; /* of the payload: within the kind's bound */
    uint64_t nonce;
};

/* A file or folder, by what no other has at the same time. */
struct wire_place {
    uint64_t device, inode;
};

/* The program that would do the work without a daemon. */
struct wire_program {
    struct wire_place place;
    uint64_t size, time; /* time of the last change, in nanoseconds */
};

enum {
    WIRE_TERMINAL = 1, /* standard output is one */
    WIRE_RECORD = 2,   /* --record */
    WIRE_LINKS = 4,    /* the terminal makes links */
    WIRE_FLAGS = 7,
};

struct wire_request {
    struct wire_program program;
    struct wire_place root, folder; /* "/" and the current folder */
    uint64_t mounts;                /* the name space of mounts */
    uint32_t flags, width;          /* columns of standard output, or 0 */
    uint64_t mask;                  /* umask: of the modes of new files */
    const char *path;               /* of the current folder, absolute */
    /* "NAME=VALUE", each with its NUL. */
    const char *variables;
    size_t variables_size;
};

struct wire_answer {
    int code;
    const char *out;
    size_t out_size;
};

/* Write a head of WIRE_HEAD_SIZE bytes. */
void wire_put_head(unsigned char *bytes, const struct wire_head *head);

/* Read one. Returns 0, or -1: not ours, another major version, no such kind,
 * or a size over the kind's bound. */
int wire_get_head(struct wire_head *head, const unsigned char *bytes);

/* Write the WIRE_FIXED_SIZE bytes that a request begins with. */
void wire_put_request(unsigned char *bytes, const struct wire_request *request);

/*
 * Read a payload of `size` bytes; what is pointed to is in it. Returns 0, or
 * -1 if it is none. Each variable has a name, and a '=' behind it.
 */
int wire_get_request(struct wire_request *request, const unsigned char *bytes,
                     size_t size);

/* The same for an answer: the 8 bytes that it begins with, and a payload. */
#define WIRE_ANSWER_FIXED ((size_t)8)
void wire_put_answer(unsigned char *bytes, int code);
int wire_get_answer(struct wire_answer *answer, const unsigned char *bytes,
                    size_t size);

/* Is it the same file or folder? */
int wire_same_place(const struct wire_place *a, const struct wire_place *b);

/* Does the daemon of `mine` answer in place of `theirs`? */
int wire_same_program(const struct wire_program *mine,
                      const struct wire_program *theirs);

#endif
