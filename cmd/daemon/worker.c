#include "cmd/daemon/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/daemon/analyst.h"
#include "cmd/daemon/ask.h"
#include "cmd/daemon/channel.h"
#include "cmd/daemon/confine.h"
#include "cmd/daemon/detach.h"
#include "cmd/daemon/keepsake.h"
#include "cmd/daemon/reply.h"
#include "cmd/daemon/request.h"
#include "cmd/daemon/sandbox.h"
#include "cmd/daemon/shadow.h"
#include "cmd/daemon/witness.h"
#include "cmd/session/command.h"
#include "cmd/session/session.h"
#include "cmd/terminal/terminal.h"
#include "core/base/memory.h"
#include "hooks/git/repo.h"

#define LOWEST 19 /* priority */

struct worker {
    const struct worker_heritage *heritage;
    struct channel channel;
    struct analyst analyst;
    struct shadow shadow;
    struct wire_request request;
    uint64_t nonce;
    int client; /* -1: nobody waits for the verdict */
    bool complete;
    struct keepsake keepsake;
};

/* ---- rows ---------------------------------------------------------------- */

/* What is not sent whole now would be sent with the next: the daemon's reply
 * to one question would be taken for that to another. */
static void say(struct worker *worker, enum channel_kind kind,
                struct text first, struct text second)
{
    if (channel_send(&worker->channel, kind, first, second, -1) < 0)
        _exit(WORKER_BADLY);
}

static int ask_row(struct worker *worker, struct text key, struct buffer *value)
{
    struct channel_message reply;
    struct text known;

    if (rack_get(worker->heritage->rack, key, &known)) {
        buffer_text(value, known);
        return 1;
    }
    say(worker, CHANNEL_GET, key, TEXT_EMPTY);
    if (channel_wait(&worker->channel, &reply, NULL) < 0 ||
        reply.kind != CHANNEL_VALUE || reply.payload.size < 1)
        _exit(WORKER_BADLY);
    if (reply.payload.bytes[0] != 1)
        return 0;
    buffer_text(value, text_slice(reply.payload, 1, reply.payload.size));
    return 1;
}

static int get_row(void *payload, struct text key, struct buffer *value)
{
    struct worker *worker = payload;
    size_t before = value->size;

    if (!ask_row(worker, key, value))
        return 0;
    shadow_note(&worker->shadow, key,
                text_slice(buffer_view(value), before, value->size));
    return 1;
}

static void put_row(void *payload, struct text key, struct text value)
{
    struct worker *worker = payload;
    struct buffer head = BUFFER_EMPTY;

    buffer_byte(&head, (char)key.size);
    buffer_text(&head, key);
    say(worker, CHANNEL_PUT, buffer_view(&head), value);
    buffer_release(&head);
}

static int scan(void *payload, struct text bytes, struct facts *facts,
                struct error *err)
{
    struct worker *worker = payload;

    return analyst_scan(&worker->analyst, bytes, facts, err);
}

/* ---- the job ------------------------------------------------------------- */

/* The client's folder, and no other that has its name here. */
static bool enter(const struct wire_request *request)
{
    struct wire_place here;

    return chdir(request->path) == 0 && request_place(&here, ".") == 0 &&
           wire_same_place(&here, &request->folder);
}

/* The client's variables and no others; they stay where they were read. */
static void take_environment(char *at, size_t size)
{
    struct {
        char **items;
        size_t items_count, items_room;
    } variables = { .items = NULL };
    const char *end = at + size;

    for (; at < end; at += strlen(at) + 1)
        *ARRAY_PUSH(variables.items) = at;
    *ARRAY_PUSH(variables.items) = NULL;
    environ = variables.items;
}

static bool is_recorded(const struct worker *worker)
{
    return worker->request.flags & WIRE_RECORD && worker->client >= 0;
}

/* Nothing is written but the record of what passed, if it is asked for. */
static void close_files(void *payload, const struct session *session)
{
    const struct worker *worker = payload;

    sandbox_files(is_recorded(worker) ? repo_common_dir(session->repo) : NULL);
}

/* Only what is complete counts, and only where the policy lets a daemon
 * answer. */
static void look(void *payload, const struct session *session)
{
    struct worker *worker = payload;

    if (!session->repo || policy_level(&session->policy, POLICY_DAEMON) != 0)
        return;
    worker->complete = !session->report.incomplete_count;
    witness_end();
    keepsake_take(&worker->keepsake, session);
    say(worker, CHANNEL_REPO, text_of(repo_git_dir(session->repo)), TEXT_EMPTY);
}

static int check(struct worker *worker)
{
    const struct wire_request *request = &worker->request;
    const struct analyse_rows rows = { get_row, put_row, scan, worker };
    bool colored = request->flags & WIRE_TERMINAL && terminal_wants_color();
    const struct session_host host = {
        .rows = &rows,
        .width = request->flags & WIRE_TERMINAL
                     ? terminal_width_of(request->width)
                     : 0,
        .links = request->flags & WIRE_LINKS,
        .rehearses = worker->client < 0,
        .begin = close_files,
        .end = look,
        .payload = worker,
    };
    const struct options options = {
        .command = "check",
        .staged = true,
        .record = request->flags & WIRE_RECORD,
        .color = colored ? COLOR_ALWAYS : COLOR_NEVER,
        .host = &host,
    };

    return cmd_check(&options);
}

/* The client first: the rest is for the next one. */
static void answer(struct worker *worker, int code, size_t size)
{
    struct buffer memo = BUFFER_EMPTY;

    if (worker->client >= 0)
        reply_answer(worker->client, worker->nonce, code, STDOUT_FILENO, size);
    keepsake_tell(&worker->keepsake, &memo, code, STDOUT_FILENO, size);
    if (memo.size)
        say(worker, CHANNEL_MEMO, buffer_view(&memo), TEXT_EMPTY);
    buffer_release(&memo);
}

static void tell_checked(void *payload, struct text key, bool same)
{
    struct worker *worker = payload;

    say(worker, CHANNEL_CHECKED, same ? TEXT("s") : TEXT("d"), key);
}

/* Nobody waits for this. */
static void look_again(struct worker *worker)
{
    const struct analyse_rows rows = { get_row, put_row, scan, worker };

    if (!worker->shadow.count)
        return;
    (void)setpriority(PRIO_PGRP, 0, LOWEST);
    shadow_look(&worker->shadow, &rows, tell_checked, worker);
}

static int finish(struct worker *worker, int code)
{
    struct stat out, err;

    fflush(NULL);
    say(worker, CHANNEL_DONE, TEXT_EMPTY, TEXT_EMPTY);
    if (worker->complete && code <= WIRE_CODE_MAX &&
        fstat(STDOUT_FILENO, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 &&
        err.st_size == 0)
        answer(worker, code, (size_t)out.st_size);
    else if (worker->client >= 0)
        reply_words(worker->client, WIRE_NO, worker->nonce,
                    "the verdict is not complete");
    look_again(worker);
    analyst_end(&worker->analyst);
    return worker->analyst.failed ? WORKER_BADLY : WORKER_WELL;
}

/* The payload: the nonce, then the request. */
static bool take_job(struct worker *worker, struct buffer *job)
{
    struct channel_message message;

    if (channel_wait(&worker->channel, &message, &worker->client) < 0 ||
        message.kind != CHANNEL_JOB ||
        message.payload.size < sizeof(worker->nonce))
        return false;
    memcpy(&worker->nonce, message.payload.bytes, sizeof(worker->nonce));
    buffer_text(job, text_slice(message.payload, sizeof(worker->nonce),
                                message.payload.size));
    return wire_get_request(&worker->request, (const unsigned char *)job->bytes,
                            job->size) == 0;
}

/* ---- the process --------------------------------------------------------- */

/* Standard streams: nothing comes in, what goes out is kept in memory. */
static bool set_streams(void)
{
    int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int out = memfd_create("out", MFD_CLOEXEC);
    int err = memfd_create("err", MFD_CLOEXEC);
    bool set = in >= 0 && out >= 0 && err >= 0 &&
               dup2(in, STDIN_FILENO) == STDIN_FILENO &&
               dup2(out, STDOUT_FILENO) == STDOUT_FILENO &&
               dup2(err, STDERR_FILENO) == STDERR_FILENO;

    close(in);
    close(out);
    close(err);
    return set;
}

/* All but the standard streams, and `kept`, which becomes 3. */
static int keep_only(int kept)
{
    int low = dup2(kept, 3);

    if (low == 3 &&
        (fcntl(3, F_SETFD, FD_CLOEXEC) < 0 || close_range(4, ~0u, 0) < 0))
        return -1;
    return low;
}

static void set_signals(void)
{
    detach_signals();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

_Noreturn void worker_run(const struct worker_heritage *heritage)
{
    struct worker worker = { .heritage = heritage,
                             .channel = { .descriptor = -1 },
                             .analyst = ANALYST_EMPTY,
                             .shadow = { .hits = ask_nonce() },
                             .client = -1 };
    struct buffer job = BUFFER_EMPTY;
    const char *first;

    set_signals();
    worker.channel.descriptor = keep_only(heritage->channel);
    if (worker.channel.descriptor < 0 || !set_streams() || confine() < 0)
        _exit(WORKER_BADLY);
    sandbox_reader();
    if (!take_job(&worker, &job))
        _exit(worker.client < 0 && !job.size ? WORKER_WELL : WORKER_BADLY);
    first = worker.request.variables;
    if (!enter(&worker.request))
        _exit(WORKER_BADLY);
    umask((mode_t)worker.request.mask);
    witness_begin(worker.request.path);
    take_environment(job.bytes + (first - job.bytes),
                     worker.request.variables_size);
    _exit(finish(&worker, check(&worker)));
}
