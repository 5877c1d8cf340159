#include "cmd/daemon/analyst.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/daemon/sandbox.h"
#include "core/base/buffer.h"
#include "hooks/joint/analyse.h"

/* Its only descriptor. */
#define PLACE 0

/* Facts of more bytes than this are none: nothing is that large. */
#define FACTS_MAX ((size_t)256 << 20)

/* To it: the size, then the bytes. From it: this, then facts or words. */
struct answer {
    uint32_t failed, code, size;
};

static int send_all(int descriptor, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t sent = write(descriptor, at, size);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return -1;
        at += sent;
        size -= (size_t)sent;
    }
    return 0;
}

static int take_all(int descriptor, void *bytes, size_t size)
{
    char *at = bytes;

    while (size > 0) {
        ssize_t got = read(descriptor, at, size);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return -1;
        at += got;
        size -= (size_t)got;
    }
    return 0;
}

static int send_sized(int descriptor, const void *head, size_t head_size,
                      struct text bytes)
{
    if (send_all(descriptor, head, head_size) < 0)
        return -1;
    return send_all(descriptor, bytes.bytes, bytes.size);
}

/* ---- there --------------------------------------------------------------- */

static int answer(const struct analyst *analyst, struct text bytes)
{
    struct buffer out = BUFFER_EMPTY;
    struct answer head = { .failed = 0 };
    struct facts facts;
    struct error err;
    int sent;

    if (analyst->scan(bytes, &facts, &err) < 0) {
        head = (struct answer){ .failed = 1, .code = err.code };
        buffer_string(&out, err.message);
    } else {
        facts_encode(&facts, &out);
        facts_release(&facts);
    }
    head.size = (uint32_t)out.size;
    sent = send_sized(PLACE, &head, sizeof(head), buffer_view(&out));
    buffer_release(&out);
    return sent;
}

static int serve(const struct analyst *analyst)
{
    struct buffer bytes = BUFFER_EMPTY;
    uint32_t size;
    int result = -1;

    if (take_all(PLACE, &size, sizeof(size)) == 0 && size <= ANALYSE_READ_MAX &&
        take_all(PLACE, buffer_extend(&bytes, size), size) == 0)
        result = answer(analyst, buffer_view(&bytes));
    buffer_release(&bytes);
    return result;
}

static _Noreturn void think(const struct analyst *analyst, int socket,
                            pid_t worker)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != worker ||
        dup2(socket, PLACE) != PLACE || close_range(PLACE + 1, ~0u, 0) < 0)
        _exit(1);
    sandbox_thinker();
    while (serve(analyst) == 0)
        continue;
    _exit(0);
}

/* ---- here ---------------------------------------------------------------- */

static int begin(struct analyst *analyst)
{
    pid_t worker = getpid();
    int ends[2];

    if (analyst->failed ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return -1;
    analyst->pid = fork();
    if (analyst->pid == 0)
        think(analyst, ends[1], worker);
    close(ends[1]);
    if (analyst->pid < 0) {
        close(ends[0]);
        return -1;
    }
    analyst->socket = ends[0];
    return 0;
}

static int ask(const struct analyst *analyst, struct text bytes,
               struct answer *head, struct buffer *words)
{
    uint32_t size = (uint32_t)bytes.size;

    if (send_sized(analyst->socket, &size, sizeof(size), bytes) < 0 ||
        take_all(analyst->socket, head, sizeof(*head)) < 0 ||
        head->size > FACTS_MAX)
        return -1;
    return take_all(analyst->socket, buffer_extend(words, head->size),
                    head->size);
}

static int read_answer(const struct answer *head, struct text words,
                       struct facts *facts, struct error *err)
{
    if (!head->failed)
        return facts_decode(facts, words, err);
    return error_set(err,
                     head->code <= ERROR_FORMAT ? (enum error_code)head->code
                                                : ERROR_SYSTEM,
                     "%.*s", (int)words.size, words.bytes ? words.bytes : "");
}

int analyst_scan(struct analyst *analyst, struct text bytes,
                 struct facts *facts, struct error *err)
{
    struct buffer words = BUFFER_EMPTY;
    struct answer head;
    int result;

    *facts = FACTS_EMPTY;
    if (bytes.size > ANALYSE_READ_MAX ||
        (analyst->socket < 0 && begin(analyst) < 0) ||
        ask(analyst, bytes, &head, &words) < 0) {
        analyst_end(analyst);
        analyst->failed = true;
        result = error_set(err, ERROR_SYSTEM, "its analysis ended early");
    } else {
        result = read_answer(&head, buffer_view(&words), facts, err);
    }
    buffer_release(&words);
    return result;
}

void analyst_end(struct analyst *analyst)
{
    if (analyst->socket < 0)
        return;
    close(analyst->socket);
    analyst->socket = -1;
    kill(analyst->pid, SIGKILL);
    while (waitpid(analyst->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}
