#include "cmd/daemon/crew.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"
#include "cmd/daemon/worker.h"
#include "core/base/memory.h"

#define RETRY_MS 1000
#define LOWEST   19 /* priority */
#define PLACES   (CREW_MAX + CREW_SPARE)

void crew_open(struct crew *crew, struct keeper *keeper)
{
    *crew = (struct crew){ .keeper = keeper };
    for (size_t i = 0; i < PLACES; i++)
        crew->workers[i].channel.descriptor = -1;
}

static struct worker_process *find_spare(struct crew *crew)
{
    for (size_t i = 0; i < PLACES; i++)
        if (crew->workers[i].pid && !crew->workers[i].busy &&
            crew->workers[i].channel.descriptor >= 0)
            return &crew->workers[i];
    return NULL;
}

static struct worker_process *find_free(struct crew *crew)
{
    for (size_t i = 0; i < PLACES; i++)
        if (!crew->workers[i].pid)
            return &crew->workers[i];
    return NULL;
}

static size_t count_busy(const struct crew *crew)
{
    size_t count = 0;

    for (size_t i = 0; i < PLACES; i++)
        count += crew->workers[i].pid && crew->workers[i].busy;
    return count;
}

/* A group of its own, so that its children can be ended with it; and it ends
 * when the daemon does. */
static _Noreturn void become_worker(const struct crew *crew, int channel,
                                    pid_t daemon)
{
    const struct worker_heritage heritage = { channel, &crew->keeper->rack };

    setpgid(0, 0);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != daemon)
        _exit(WORKER_BADLY);
    worker_run(&heritage);
}

static struct worker_process *hire(struct crew *crew)
{
    struct worker_process *worker = find_free(crew);
    pid_t daemon = getpid(), pid = -1;
    int ends[2];

    if (!worker || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return NULL;
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
        pid = fork();
    if (pid == 0)
        become_worker(crew, ends[1], daemon);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return NULL;
    }
    setpgid(pid, pid);
    *worker = (struct worker_process){ .pid = pid,
                                       .channel = { .descriptor = ends[0] },
                                       .version = crew->keeper->version };
    return worker;
}

static void end(const struct worker_process *worker)
{
    if (kill(-worker->pid, SIGKILL) < 0)
        kill(worker->pid, SIGKILL);
}

/* One that does not know the latest rows is sent away, unless somebody is at
 * work, who may add more: it sees the end of its channel. */
void crew_ready(struct crew *crew)
{
    struct worker_process *spare = find_spare(crew);

    if (spare &&
        (spare->version == crew->keeper->version || count_busy(crew) > 0))
        return;
    if (ask_clock_ms() < crew->wait_ms)
        return;
    if (spare)
        channel_close(&spare->channel);
    hire(crew);
}

static struct worker_process *choose(struct crew *crew)
{
    struct worker_process *spare = find_spare(crew);

    if (count_busy(crew) >= CREW_MAX)
        return NULL;
    return spare ? spare : hire(crew);
}

uint64_t crew_give(struct crew *crew, const struct crew_job *job)
{
    struct worker_process *worker = choose(crew);
    struct text nonce = { (const char *)&job->nonce, sizeof(job->nonce) };

    if (!worker)
        return 0;
    buffer_text(&worker->request, job->request);
    worker->busy = true;
    worker->ahead = job->client < 0;
    worker->job = ++crew->jobs;
    worker->end_ms =
        ask_clock_ms() + (job->client >= 0 ? CREW_ANSWER_MS : CREW_AHEAD_MS);
    if (channel_send(&worker->channel, CHANNEL_JOB, nonce, job->request,
                     job->client) < 0) {
        end(worker);
        return 0;
    }
    return worker->job;
}

/* ---- listening ----------------------------------------------------------- */

static void give_row(struct crew *crew, struct worker_process *worker,
                     struct text key)
{
    struct buffer value = BUFFER_EMPTY;

    buffer_byte(&value, 0);
    if (key.size <= STORE_KEY_MAX && keeper_get(crew->keeper, key, &value))
        value.bytes[0] = 1;
    if (channel_send(&worker->channel, CHANNEL_VALUE, buffer_view(&value),
                     TEXT_EMPTY, -1) < 0)
        end(worker);
    buffer_release(&value);
}

/* Kept for later: its size, then what came. */
static void note_row(struct worker_process *worker, struct text row)
{
    size_t size = row.size;

    if (worker->rows.size + row.size > CREW_ROWS_MAX)
        return;
    buffer_append(&worker->rows, &size, sizeof(size));
    buffer_text(&worker->rows, row);
}

static void note_checked(struct worker_process *worker, struct text told)
{
    worker->checked++;
    if (told.size < 1 || told.bytes[0] == 's')
        return;
    buffer_clear(&worker->differs);
    buffer_text(&worker->differs, text_slice(told, 1, told.size));
}

static bool obey(struct crew *crew, struct worker_process *worker,
                 const struct channel_message *message)
{
    switch (message->kind) {
    case CHANNEL_GET:
        give_row(crew, worker, message->payload);
        return true;
    case CHANNEL_PUT:
        note_row(worker, message->payload);
        return true;
    case CHANNEL_REPO:
        free(worker->git_dir);
        worker->git_dir =
            memory_copy(message->payload.bytes, message->payload.size);
        return true;
    case CHANNEL_MEMO:
        buffer_clear(&worker->memo);
        buffer_text(&worker->memo, message->payload);
        return true;
    case CHANNEL_CHECKED:
        note_checked(worker, message->payload);
        return true;
    case CHANNEL_DONE:
        worker->done = true;
        worker->end_ms = ask_clock_ms() + CREW_AHEAD_MS;
        return true;
    case CHANNEL_JOB:
    case CHANNEL_VALUE:
        break;
    }
    return false;
}

/* -1: nothing more will come. */
static int listen_to(struct crew *crew, struct worker_process *worker)
{
    struct channel_message message;
    int more = channel_fill(&worker->channel, NULL), found;

    while ((found = channel_next(&worker->channel, &message)) == 1)
        if (!obey(crew, worker, &message))
            break;
    if (found != 0)
        end(worker);
    return more;
}

/* All that it has said by now. */
static void drain(struct crew *crew, struct worker_process *worker)
{
    while (worker->channel.descriptor >= 0 && listen_to(crew, worker) == 1)
        continue;
}

void crew_serve(struct crew *crew, struct worker_process *worker)
{
    if (channel_flush(&worker->channel) < 0 || listen_to(crew, worker) < 0)
        channel_close(&worker->channel);
}

/* What it finds is wanted all the same, but there is no hurry any more. */
static void demote(struct worker_process *worker)
{
    (void)setpriority(PRIO_PGRP, (id_t)worker->pid, LOWEST);
    worker->ahead = true;
    worker->end_ms = ask_clock_ms() + CREW_AHEAD_MS;
}

static bool is_ahead(const struct crew *crew)
{
    for (size_t i = 0; i < PLACES; i++)
        if (crew->workers[i].pid && crew->workers[i].ahead)
            return true;
    return false;
}

void crew_cancel(struct crew *crew, uint64_t job)
{
    for (size_t i = 0; i < PLACES; i++) {
        struct worker_process *worker = &crew->workers[i];

        if (!worker->pid || worker->job != job)
            continue;
        drain(crew, worker);
        if (!worker->done && is_ahead(crew))
            end(worker);
        else if (!worker->done)
            demote(worker);
    }
}

int64_t crew_expire(struct crew *crew, int64_t now_ms)
{
    int64_t next = -1;

    for (size_t i = 0; i < PLACES; i++) {
        struct worker_process *worker = &crew->workers[i];

        if (!worker->pid || !worker->busy)
            continue;
        if (now_ms >= worker->end_ms)
            end(worker);
        else if (next < 0 || worker->end_ms < next)
            next = worker->end_ms;
    }
    return next;
}

/* ---- the end of one ------------------------------------------------------ */

static void keep_rows(struct crew *crew, struct text rows)
{
    while (rows.size > sizeof(size_t)) {
        size_t size, key_size;
        struct text row;

        memcpy(&size, rows.bytes, sizeof(size));
        row = text_slice(rows, sizeof(size), sizeof(size) + size);
        rows = text_slice(rows, sizeof(size) + size, rows.size);
        key_size = row.size ? (unsigned char)row.bytes[0] : 0;
        if (key_size < 1 || key_size > STORE_KEY_MAX || row.size < 1 + key_size)
            continue;
        keeper_put(crew->keeper, text_slice(row, 1, 1 + key_size),
                   text_slice(row, 1 + key_size, row.size));
    }
}

static struct worker_process *find_pid(struct crew *crew, pid_t pid)
{
    for (size_t i = 0; i < PLACES; i++)
        if (crew->workers[i].pid == pid)
            return &crew->workers[i];
    return NULL;
}

/* What it sent before its end is still there to be read. */
static void take_over(struct crew *crew, struct worker_process *worker,
                      struct crew_end *ended)
{
    drain(crew, worker);
    ended->well = WIFEXITED(ended->status) &&
                  WEXITSTATUS(ended->status) == WORKER_WELL && worker->done;
    if (ended->well && !worker->distrusted)
        keep_rows(crew, buffer_view(&worker->rows));
    ended->checked = ended->well ? worker->checked : 0;
    ended->differs = worker->differs;
    if (!ended->well)
        buffer_release(&ended->differs);
    ended->job = worker->job;
    ended->ahead = worker->ahead;
    ended->git_dir = worker->git_dir;
    ended->request = worker->request;
    ended->memo = worker->memo;
    if (worker->distrusted)
        buffer_release(&ended->memo);
    if (!worker->job && !(WIFEXITED(ended->status) &&
                          WEXITSTATUS(ended->status) == WORKER_WELL))
        crew->wait_ms = ask_clock_ms() + RETRY_MS;
    channel_close(&worker->channel);
    buffer_release(&worker->rows);
    *worker = (struct worker_process){ .channel = { .descriptor = -1 } };
}

/* Its children go first, while its number is still its own. */
bool crew_reap(struct crew *crew, struct crew_end *ended)
{
    struct worker_process *worker;
    siginfo_t info = { .si_pid = 0 };

    *ended = (struct crew_end){ .job = 0 };
    if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0 ||
        info.si_pid == 0)
        return false;
    kill(-info.si_pid, SIGKILL);
    waitpid(info.si_pid, &ended->status, 0);
    worker = find_pid(crew, info.si_pid);
    if (worker)
        take_over(crew, worker, ended);
    return true;
}

void crew_forget(struct crew_end *ended)
{
    free(ended->git_dir);
    buffer_release(&ended->request);
    buffer_release(&ended->memo);
    buffer_release(&ended->differs);
    ended->git_dir = NULL;
}

void crew_distrust(struct crew *crew)
{
    for (size_t i = 0; i < PLACES; i++) {
        struct worker_process *worker = &crew->workers[i];

        worker->distrusted = worker->pid != 0;
        if (worker->pid && !worker->busy)
            channel_close(&worker->channel);
    }
}

void crew_close(struct crew *crew)
{
    for (size_t i = 0; i < PLACES; i++) {
        struct worker_process *worker = &crew->workers[i];

        if (!worker->pid)
            continue;
        end(worker);
        while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
        channel_close(&worker->channel);
        buffer_release(&worker->rows);
        buffer_release(&worker->request);
        buffer_release(&worker->memo);
        buffer_release(&worker->differs);
        free(worker->git_dir);
        worker->pid = 0;
    }
}
