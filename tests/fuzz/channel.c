/*
 * Any bytes, in pieces, as what a worker sends to the daemon: messages lie
 * within what came, none is larger than allowed, and none is seen twice. Then
 * the daemon takes them: rows are kept only of a worker that ended well, and an
 * answer that it leaves behind lies within its memo, and is given again only
 * if all of it can be read.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/daemon/channel.h"
#include "cmd/daemon/crew.h"
#include "cmd/daemon/recall.h"
#include "cmd/daemon/worker.h"
#include "hooks/joint/analyse.h"
#include "tests/fuzz/fuzz.h"

static struct keeper keeper;
static struct crew crew;

/* What there is to be known of the messages. */
struct told {
    bool done, refused;
};

static bool is_within(struct text part, struct text whole)
{
    return part.size == 0 ||
           (part.bytes >= whole.bytes &&
            part.bytes + part.size <= whole.bytes + whole.size);
}

/* ---- messages ------------------------------------------------------------ */

/* The size of all messages, with their heads. */
static size_t take(struct channel *channel, struct told *told)
{
    struct channel_message message;
    size_t size = 0;
    int found = 0;

    while (!told->refused && (found = channel_next(channel, &message)) == 1) {
        HOLDS(message.payload.size <= CHANNEL_MESSAGE_MAX);
        HOLDS(is_within(message.payload, buffer_view(&channel->in)));
        HOLDS(message.kind >= CHANNEL_JOB && message.kind <= CHANNEL_DONE);
        size += CHANNEL_HEAD_SIZE + message.payload.size;
        told->done |= message.kind == CHANNEL_DONE;
        told->refused = message.kind <= CHANNEL_VALUE;
    }
    told->refused |= found < 0;
    return size;
}

static struct told listen_alone(const uint8_t *bytes, size_t size, size_t piece)
{
    struct told told = { .done = false };
    struct channel channel;
    size_t taken = 0;
    int ends[2];

    HOLDS(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    channel = (struct channel){ .descriptor = ends[0] };
    for (size_t at = 0; at < size && !told.refused; at += piece) {
        size_t rest = size - at < piece ? size - at : piece;

        HOLDS(write(ends[1], bytes + at, rest) == (ssize_t)rest);
        HOLDS(channel_fill(&channel, NULL) == 1);
        taken += take(&channel, &told);
        HOLDS(taken <= at + rest);
    }
    close(ends[1]);
    channel_close(&channel);
    return told;
}

/* ---- what the daemon makes of them --------------------------------------- */

/* A worker that is no process: the linker puts these in the place of the C
 * library's. It ends well unless it is killed. */
#define WORKER 1

static bool over, reaped;
static int status; /* how it ended */

int __wrap_kill(pid_t pid, int number);
int __wrap_kill(pid_t pid, int number)
{
    HOLDS((pid == WORKER || pid == -WORKER) && number == SIGKILL);
    if (!over)
        status = SIGKILL;
    return 0;
}

int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int options);
int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    HOLDS(type == P_ALL && id == 0 && options & WNOWAIT);
    info->si_pid = reaped ? 0 : WORKER;
    over = true;
    return 0;
}

pid_t __wrap_waitpid(pid_t pid, int *how, int options);
pid_t __wrap_waitpid(pid_t pid, int *how, int options)
{
    HOLDS(pid == WORKER && options == 0);
    *how = status;
    reaped = true;
    return pid;
}

/* With a NUL behind it that is within, too. */
static bool is_string(struct text part, struct text whole)
{
    return part.bytes >= whole.bytes &&
           part.bytes + part.size < whole.bytes + whole.size &&
           strlen(part.bytes) == part.size;
}

static void check_memo(struct text bytes)
{
    struct memo memo;
    struct sight sight;
    struct text rest;

    if (memo_decode(&memo, bytes) < 0)
        return;
    HOLDS(is_within(memo.out, bytes) && is_within(memo.sights, bytes));
    HOLDS(is_string(memo.git_dir, bytes) && is_string(memo.common_dir, bytes));
    HOLDS(is_string(memo.root, bytes) && is_string(memo.index_path, bytes));
    rest = memo.sights;
    while (memo_next_sight(&sight, &rest) == 1)
        HOLDS(is_string(sight.path, bytes) && is_string(sight.real, bytes));
}

/* Nothing here has the files that it tells of. */
static void remember(struct text bytes)
{
    static struct recall recall;
    unsigned char payload[WIRE_FIXED_SIZE + 2] = { 0 };
    struct wire_request request = { .path = "/" };
    struct memo memo;

    wire_put_request(payload, &request);
    payload[WIRE_FIXED_SIZE] = '/';
    HOLDS(wire_get_request(&request, payload, sizeof(payload)) == 0);
    recall_keep(&recall,
                (struct text){ (const char *)payload, sizeof(payload) }, bytes);
    HOLDS(recall.uses == (memo_decode(&memo, bytes) == 0));
    HOLDS(!recall_find(&recall, &request, &memo));
    recall_release(&recall);
    recall = RECALL_EMPTY;
}

static void take_leave(const struct told *told)
{
    struct crew_end end;
    struct object_id id;

    HOLDS(crew_reap(&crew, &end));
    HOLDS(end.well == (told->done && !told->refused));
    HOLDS(end.well || (keeper.version == 0 && !end.differs.size));
    if (end.memo.size) {
        check_memo(buffer_view(&end.memo));
        remember(buffer_view(&end.memo));
    }
    if (end.differs.size)
        analyse_is_facts(buffer_view(&end.differs), &id);
    crew_forget(&end);
    HOLDS(!crew_reap(&crew, &end));
}

static void listen_as_daemon(const uint8_t *bytes, size_t size, size_t piece,
                             const struct told *told)
{
    struct worker_process *worker = &crew.workers[0];
    int ends[2];

    keeper = (struct keeper){ .version = 0 };
    crew_open(&crew, &keeper);
    HOLDS(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    over = reaped = false;
    status = WORKER_WELL;
    *worker = (struct worker_process){ .pid = WORKER,
                                       .channel = { .descriptor = ends[0] },
                                       .busy = true,
                                       .job = 1 };
    for (size_t at = 0; at < size; at += piece) {
        size_t rest = size - at < piece ? size - at : piece;

        HOLDS(write(ends[1], bytes + at, rest) == (ssize_t)rest);
        crew_serve(&crew, worker);
    }
    close(ends[1]);
    take_leave(told);
    crew_close(&crew);
    keeper_release(&keeper);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    size_t piece = size ? 1 + bytes[size - 1] : 1;
    struct told told = listen_alone(bytes, size, piece);

    listen_as_daemon(bytes, size, piece, &told);
    return 0;
}
