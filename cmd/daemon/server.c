#include "cmd/daemon/server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cmd/base/environment.h"
#include "cmd/daemon/ask.h"
#include "cmd/daemon/request.h"
#include "cmd/daemon/sandbox.h"
#include "cmd/daemon/server_parts.h"
#include "hooks/joint/analyse.h"

/* Socket, signals and events; clients; workers. */
#define FIXED    3
#define POLL_MAX (FIXED + GUESTS_MAX + CREW_MAX + CREW_SPARE)

static int64_t earlier(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return a < 0 ? b : a;
    return a < b ? a : b;
}

void server_leave(struct server *server, const char *reason)
{
    if (server->leaving)
        return;
    journal_note(&server->journal, "ends: %s", reason);
    server->leaving = true;
    server->asked_ms = ask_clock_ms();
    daemon_home_leave(&server->home);
}

/* ---- what is ready ------------------------------------------------------- */

static void accept_all(struct server *server)
{
    struct guest *guest;

    if (!server->leaving && !daemon_home_is_ours(&server->home))
        server_leave(server, "its socket was taken away");
    while (guests_accept(&server->guests, server->home.listener, &guest) == 1)
        if (guest)
            server_hear(server, guest);
}

static void watch(struct server *server, const struct crew_end *ended)
{
    const unsigned char *bytes = (const unsigned char *)ended->request.bytes;
    struct wire_request request;

    if (!ended->git_dir ||
        wire_get_request(&request, bytes, ended->request.size) < 0)
        return;
    if (warmth_remember(&server->warmth, ended->git_dir, &request) < 0 &&
        !server->limited) {
        server->limited = true;
        journal_note(&server->journal,
                     "cannot watch a repository: %s; see "
                     "/proc/sys/fs/inotify/max_user_watches",
                     strerror(errno));
    }
}

static void take_checked(struct server *server, const struct crew_end *ended)
{
    struct text key = buffer_view(&ended->differs);
    char hex[OBJECT_HEX_MAX];
    struct object_id id;

    server->checked += ended->checked;
    if (!analyse_is_facts(key, &id))
        return;
    server->differed++;
    journal_note(&server->journal,
                 "the cache said something else of object %s than its analysis "
                 "does now: it is set aside",
                 object_id_format(&id, hex));
    crew_distrust(&server->crew);
    keeper_distrust(&server->keeper);
    recall_release(&server->recall);
    server->recall = RECALL_EMPTY;
}

static void reap(struct server *server)
{
    struct crew_end ended;

    while (crew_reap(&server->crew, &ended)) {
        struct guest *guest = guests_find(&server->guests, ended.job);

        if (ended.job && !ended.well)
            journal_note(&server->journal,
                         "a worker ended without a verdict, status %d",
                         ended.status);
        server->prepared += ended.well && ended.ahead;
        take_checked(server, &ended);
        watch(server, &ended);
        if (ended.well && !ended.differs.size && ended.memo.size)
            recall_keep(&server->recall, buffer_view(&ended.request),
                        buffer_view(&ended.memo));
        if (guest)
            guest_close(guest);
        crew_forget(&ended);
    }
}

static void take_signals(struct server *server)
{
    struct signalfd_siginfo info;

    while (read(server->signals, &info, sizeof(info)) == sizeof(info))
        if (info.ssi_signo != SIGCHLD)
            server_leave(server, "a signal");
    reap(server);
}

static void take_events(struct server *server)
{
    if (warmth_read(&server->warmth) < 0)
        journal_note(&server->journal, "events were lost: nothing is watched "
                                       "until it is asked for again");
}

/* ---- what is due --------------------------------------------------------- */

static int64_t get_warm(struct server *server, int64_t now_ms)
{
    int64_t next_ms = -1;
    struct text request;

    while ((request = warmth_due(&server->warmth, now_ms, &next_ms)).size) {
        const struct crew_job job = { -1, 0, request };

        crew_give(&server->crew, &job);
    }
    return next_ms;
}

/* The store belongs to others while nobody needs it here: a client that went
 * on alone, for one. */
static int64_t rest(struct server *server, int64_t now_ms)
{
    if (!server->keeper.store)
        return -1;
    if (now_ms < server->keeper.used_ms + SERVER_REST_MS)
        return server->keeper.used_ms + SERVER_REST_MS;
    keeper_rest(&server->keeper);
    return -1;
}

static void look_around(struct server *server, int64_t now_ms)
{
    if (server->leaving)
        return;
    if (now_ms >= server->asked_ms + server->idle_ms)
        server_leave(server, "nobody asked");
    if (now_ms < server->looked_ms + SERVER_LOOK_MS)
        return;
    server->looked_ms = now_ms;
    if (!daemon_home_is_ours(&server->home))
        server_leave(server, "its socket was taken away");
    else if (server_is_outdated(server))
        server_leave(server, "the program was replaced");
}

/* Do what is due. Returns how long nothing will be, in milliseconds. */
static int do_due(struct server *server)
{
    int64_t now_ms = ask_clock_ms(), next_ms;

    look_around(server, now_ms);
    next_ms = earlier(crew_expire(&server->crew, now_ms),
                      guests_expire(&server->guests, now_ms));
    if (server->leaving)
        return (int)(earlier(next_ms, now_ms + 50) - now_ms);
    next_ms = earlier(next_ms, get_warm(server, now_ms));
    next_ms = earlier(next_ms, rest(server, now_ms));
    next_ms = earlier(next_ms, server->asked_ms + server->idle_ms);
    next_ms = earlier(next_ms, server->looked_ms + SERVER_LOOK_MS);
    crew_ready(&server->crew);
    return next_ms <= now_ms ? 0 : (int)(next_ms - now_ms);
}

/* ---- the loop ------------------------------------------------------------ */

static size_t list(const struct server *server, struct pollfd *ready)
{
    size_t count = FIXED;

    ready[0] = (struct pollfd){ server->home.listener, POLLIN, 0 };
    ready[1] = (struct pollfd){ server->signals, POLLIN, 0 };
    ready[2] = (struct pollfd){ server->warmth.descriptor, POLLIN, 0 };
    for (size_t i = 0; i < GUESTS_MAX; i++)
        ready[count++] =
            (struct pollfd){ server->guests.guests[i].socket, POLLIN, 0 };
    for (size_t i = 0; i < CREW_MAX + CREW_SPARE; i++) {
        const struct channel *channel = &server->crew.workers[i].channel;

        ready[count++] = (struct pollfd){
            channel->descriptor,
            (short)(POLLIN | (channel_waits(channel) ? POLLOUT : 0)), 0
        };
    }
    return count;
}

/* Workers before their clients: what is done is known to be done. */
static void serve(struct server *server, const struct pollfd *ready)
{
    const struct pollfd *of_guests = ready + FIXED;
    const struct pollfd *of_workers = of_guests + GUESTS_MAX;

    for (size_t i = 0; i < CREW_MAX + CREW_SPARE; i++)
        if (of_workers[i].revents)
            crew_serve(&server->crew, &server->crew.workers[i]);
    if (ready[1].revents)
        take_signals(server);
    for (size_t i = 0; i < GUESTS_MAX; i++)
        if (of_guests[i].revents &&
            server->guests.guests[i].socket == of_guests[i].fd)
            server_hear(server, &server->guests.guests[i]);
    if (ready[2].revents)
        take_events(server);
    if (ready[0].revents)
        accept_all(server);
}

static bool is_over(const struct server *server)
{
    return server->leaving &&
           (!guests_count(&server->guests) ||
            ask_clock_ms() >= server->asked_ms + SERVER_DRAIN_MS);
}

static void loop(struct server *server)
{
    struct pollfd ready[POLL_MAX];

    while (!is_over(server)) {
        int time_ms = do_due(server);
        size_t count = list(server, ready);
        int found = poll(ready, (nfds_t)count, time_ms);

        if (found > 0)
            serve(server, ready);
        else if (found < 0 && errno != EINTR)
            server_leave(server, "poll fails");
    }
}

/* ---- begin and end ------------------------------------------------------- */

static int open_signals(struct server *server)
{
    static const int numbers[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP };
    sigset_t signals;

    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        sigaddset(&signals, numbers[i]);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0)
        return -1;
    server->signals = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    return server->signals < 0 ? -1 : 0;
}

static int begin(struct server *server, struct error *err)
{
    bool has_cache = environment_cache(&server->cache);

    journal_open(&server->journal, server->cache.state);
    if (has_cache)
        server->keeper = (struct keeper){ .place = server->cache.place };
    server->program_path = environment_program();
    if (!server->program_path ||
        request_program(&server->program, "/proc/self/exe") < 0 ||
        request_roots(&server->roots) < 0)
        return error_set(err, ERROR_SYSTEM,
                         "the program cannot be found in /proc");
    if (open_signals(server) < 0)
        return error_set_errno(err, "cannot wait for signals");
    guests_open(&server->guests);
    warmth_open(&server->warmth);
    crew_open(&server->crew, &server->keeper);
    server->asked_ms = server->looked_ms = ask_clock_ms();
    return 0;
}

int server_run(struct server *server, struct error *err)
{
    int result = begin(server, err);

    if (result == 0) {
        journal_note(&server->journal,
                     "begins, version " TMPGUARD_VERSION "; sandbox: %s",
                     sandbox_words(sandbox_kinds()));
        loop(server);
        /* Who came between the last look and now goes on alone. */
        guests_close(&server->guests);
        crew_close(&server->crew);
        warmth_close(&server->warmth);
        recall_release(&server->recall);
        close(server->signals);
    }
    keeper_release(&server->keeper);
    journal_close(&server->journal);
    environment_cache_release(&server->cache);
    free(server->program_path);
    return result;
}
