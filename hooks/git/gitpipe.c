#include "hooks/git/gitpipe.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/system/process.h"

#define READ_SIZE  ((size_t)64 << 10)
#define LINE_SIZE  256
#define MARK_SIZE  40
#define REASON_MAX 320

/* All of git's answer, however it comes: 1 at its end, 0 on success. */
static int read_some(int fd, void *bytes, size_t size, size_t *got)
{
    ssize_t n;

    do
        n = read(fd, bytes, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return -1;
    *got = (size_t)n;
    return n == 0;
}

static int read_all(struct buffer *out, int fd, struct error *err)
{
    size_t start = out->size;

    for (;;) {
        size_t got = 0;
        int ended =
            read_some(fd, buffer_extend(out, READ_SIZE), READ_SIZE, &got);

        out->size -= READ_SIZE - got;
        out->bytes[out->size] = '\0';
        if (ended < 0)
            return error_set_errno(err, "cannot read from git");
        if (ended)
            return 0;
        if (out->size - start > GITPIPE_OUTPUT_MAX)
            return error_set(err, ERROR_LIMIT,
                             "git's answer is over the limit of %zu bytes",
                             GITPIPE_OUTPUT_MAX);
    }
}

/* A file, not a pipe: git may read it whenever it likes. */
static int input_open(struct text input)
{
    int fd;
    size_t done = 0;

    if (!input.size)
        return process_lift(open("/dev/null", O_RDONLY | O_CLOEXEC));
    fd = process_lift(memfd_create("input", MFD_CLOEXEC));
    while (fd >= 0 && done < input.size) {
        ssize_t n = write(fd, input.bytes + done, input.size - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        done += (size_t)n;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

static int verdict(struct process *process, int read_failed,
                   const char *command, struct error *err)
{
    char reason[REASON_MAX];
    int status;

    if (read_failed)
        process_kill(process);
    status = process_wait(process);
    if (read_failed)
        return -1;
    if (status == 0 || status == 1)
        return status;
    process_reason(process, 0, reason, sizeof(reason));
    if (!reason[0])
        return error_set(err, ERROR_GIT, "git %s ended with status %d", command,
                         status);
    return error_set(err, ERROR_GIT, "%s (git %s)", reason, command);
}

int gitpipe_run(struct buffer *out, const char *const *arguments,
                struct text input, struct error *err)
{
    return gitpipe_run_noting(out, NULL, arguments, input, err);
}

int gitpipe_run_noting(struct buffer *out, struct buffer *complaints,
                       const char *const *arguments, struct text input,
                       struct error *err)
{
    struct process process = PROCESS_EMPTY;
    int ends[2] = { -1, -1 }, in = input_open(input), result = -1;

    if (in < 0 || pipe2(ends, O_CLOEXEC) < 0) {
        error_set_errno(err, "cannot talk to git");
        goto done;
    }
    ends[0] = process_lift(ends[0]);
    ends[1] = process_lift(ends[1]);
    if (process_start(&process, arguments, in, ends[1], err) < 0)
        goto done;
    close(ends[1]);
    ends[1] = -1;
    result = verdict(&process, read_all(out, ends[0], err), arguments[0], err);
    if (complaints)
        process_complaints_read(&process, complaints);

done:
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
    if (in >= 0)
        close(in);
    process_release(&process);
    return result;
}

/*
 * A damaged loose object makes git write more, or fewer, bytes than the size
 * it announced. So each request is followed by one for a name that only we
 * know: whatever stands before that answer, and nothing else, is the object.
 */
struct gitpipe_batch {
    struct process process;
    int fd;                    /* a socket that is both its streams; -1: none */
    off_t heard;               /* of its standard error */
    char mark[MARK_SIZE];      /* "?" and random digits */
    char echo[MARK_SIZE + 16]; /* the line that answers it */
    size_t echo_size;
    size_t at, end;
    char bytes[READ_SIZE];
};

static void make_mark(struct gitpipe_batch *batch)
{
    uint64_t random[2] = { 0, 0 };
    int size;

    /* At start-up the kernel may have none yet; then a fixed one must do. */
    (void)!getrandom(random, sizeof(random), GRND_NONBLOCK);
    snprintf(batch->mark, sizeof(batch->mark), "?%016" PRIx64 "%016" PRIx64,
             random[0], random[1]);
    size =
        snprintf(batch->echo, sizeof(batch->echo), "%s missing\n", batch->mark);
    batch->echo_size = (size_t)size;
}

struct gitpipe_batch *gitpipe_batch_open(void)
{
    struct gitpipe_batch *batch = memory_new(1, sizeof(*batch));

    batch->process = PROCESS_EMPTY;
    batch->fd = -1;
    make_mark(batch);
    return batch;
}

/* A socket, since writing to one whose other end is gone can be told not to
 * raise SIGPIPE. */
static int batch_start(struct gitpipe_batch *batch, struct error *err)
{
    static const char *const arguments[] = { "cat-file", "--batch", NULL };
    int ends[2], started;

    if (batch->fd >= 0)
        return 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return error_set_errno(err, "cannot talk to git");
    ends[0] = process_lift(ends[0]);
    ends[1] = process_lift(ends[1]);
    started = process_start(&batch->process, arguments, ends[1], ends[1], err);
    close(ends[1]);
    if (started < 0) {
        close(ends[0]);
        return -1;
    }
    batch->fd = ends[0];
    batch->at = batch->end = 0;
    batch->heard = 0;
    return 0;
}

/* After this the next read starts a new child: whatever the old one still
 * had to say is not taken for an answer. */
static void batch_stop(struct gitpipe_batch *batch)
{
    process_kill(&batch->process);
    if (batch->fd >= 0)
        close(batch->fd);
    batch->fd = -1;
    process_release(&batch->process);
}

static int batch_failed(struct gitpipe_batch *batch, const char *what,
                        struct error *err)
{
    char reason[REASON_MAX];

    process_reason(&batch->process, batch->heard, reason, sizeof(reason));
    batch_stop(batch);
    return error_set(err, ERROR_GIT, "%s%s%s (git fsck tells more)", what,
                     reason[0] ? ": " : "", reason);
}

static int batch_send(struct gitpipe_batch *batch, const struct object_id *id,
                      struct error *err)
{
    char hex[OBJECT_HEX_MAX], lines[OBJECT_HEX_MAX + MARK_SIZE + 2];
    int length = snprintf(lines, sizeof(lines), "%s\n%s\n",
                          object_id_format(id, hex), batch->mark);
    size_t size = (size_t)length, done = 0;

    while (done < size) {
        ssize_t n = send(batch->fd, lines + done, size - done, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return batch_failed(batch, "git cat-file went away", err);
        done += (size_t)n;
    }
    return 0;
}

static int batch_fill(struct gitpipe_batch *batch)
{
    if (batch->at < batch->end)
        return 0;
    batch->at = batch->end = 0;
    return read_some(batch->fd, batch->bytes, READ_SIZE, &batch->end) ? -1 : 0;
}

static int batch_line(struct gitpipe_batch *batch, char line[LINE_SIZE])
{
    size_t size = 0;

    while (size + 1 < LINE_SIZE && batch_fill(batch) == 0) {
        char byte = batch->bytes[batch->at++];

        if (byte == '\n') {
            line[size] = '\0';
            return 0;
        }
        line[size++] = byte;
    }
    return -1;
}

/* Has the answer to the mark come, at the end of these bytes? */
static bool is_echoed(const struct gitpipe_batch *batch, const char *bytes,
                      size_t size)
{
    return size >= batch->echo_size &&
           memcmp(bytes + size - batch->echo_size, batch->echo,
                  batch->echo_size) == 0;
}

/* Exactly `size` bytes, of which the last are the echo. */
static int batch_bytes(struct gitpipe_batch *batch, char *bytes, size_t size)
{
    size_t done = 0;

    while (done < size && !is_echoed(batch, bytes, done)) {
        size_t part;

        if (batch_fill(batch) < 0)
            return -1;
        part = batch->end - batch->at;
        if (part > size - done)
            part = size - done;
        memcpy(bytes + done, batch->bytes + batch->at, part);
        batch->at += part;
        done += part;
    }
    return done == size && is_echoed(batch, bytes, done) &&
                   batch->at == batch->end
               ? 0
               : -1;
}

static int type_of(enum object_type *type, const char *name)
{
    static const struct {
        const char *name;
        enum object_type type;
    } types[] = {
        { "commit", OBJECT_COMMIT },
        { "tree", OBJECT_TREE },
        { "blob", OBJECT_BLOB },
        { "tag", OBJECT_TAG },
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(types[i].name, name) == 0) {
            *type = types[i].type;
            return 0;
        }
    return -1;
}

/* "<id> <type> <size>" or "<id> missing": 1, 0, or -1 for anything else. */
static int parse_answer(const char *line, const struct object_id *id,
                        enum object_type *type, size_t *size)
{
    char hex[OBJECT_HEX_MAX], name[16];
    size_t length = strlen(object_id_format(id, hex));
    char *rest;
    int end = 0;

    if (strncmp(line, hex, length) != 0)
        return -1;
    line += length;
    if (strcmp(line, " missing") == 0)
        return 0;
    if (sscanf(line, " %15s %n", name, &end) != 1 || type_of(type, name) < 0 ||
        line[end] < '0' || line[end] > '9')
        return -1;
    errno = 0;
    *size = strtoul(line + end, &rest, 10);
    return errno || *rest ? -1 : 1;
}

/* git calls an object that it cannot open missing, and complains aside; not
 * so for what a partial clone was promised. */
static int batch_missing(struct gitpipe_batch *batch, struct error *err)
{
    char echo[MARK_SIZE + 16];

    if (batch_bytes(batch, echo, batch->echo_size) < 0 ||
        process_complaints(&batch->process) > batch->heard)
        return batch_failed(batch, "the object is damaged", err);
    return 0;
}

int gitpipe_batch_read(struct gitpipe_batch *batch, const struct object_id *id,
                       size_t size_max, enum object_type *type, char **bytes,
                       size_t *size, struct error *err)
{
    char line[LINE_SIZE];
    size_t room;
    int found;

    if (size_max > GITPIPE_OUTPUT_MAX)
        size_max = GITPIPE_OUTPUT_MAX;
    if (batch_start(batch, err) < 0 || batch_send(batch, id, err) < 0)
        return -1;
    if (batch_line(batch, line) < 0)
        return batch_failed(batch, "git cat-file gave no answer", err);
    found = parse_answer(line, id, type, size);
    if (found < 0)
        return batch_failed(batch, "git cat-file gave a strange answer", err);
    if (found == 0)
        return batch_missing(batch, err);
    if (*size > size_max) {
        batch_stop(batch);
        return error_set(err, ERROR_LIMIT,
                         "%zu bytes are over the limit of %zu", *size,
                         size_max);
    }
    room = *size + 1 + batch->echo_size;
    *bytes = memory_new(room, 1);
    if (batch_bytes(batch, *bytes, room) == 0 && (*bytes)[*size] == '\n') {
        (*bytes)[*size] = '\0';
        return 1;
    }
    free(*bytes);
    *bytes = NULL;
    return batch_failed(batch, "the object is damaged", err);
}

void gitpipe_batch_close(struct gitpipe_batch *batch)
{
    if (!batch)
        return;
    batch_stop(batch);
    free(batch);
}
