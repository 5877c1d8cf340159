#include "cmd/daemon/daemon_start.h"

#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/base/environment.h"
#include "cmd/daemon/ask.h"
#include "cmd/daemon/confine.h"
#include "cmd/daemon/daemon_home.h"
#include "cmd/daemon/daemon_talk.h"
#include "cmd/daemon/detach.h"
#include "cmd/daemon/environment_daemon.h"
#include "cmd/daemon/server.h"
#include "core/base/memory.h"
#include "hooks/system/trial.h"

/* How long `start` waits for the daemon, and for the end of another one. */
#define START_MS 5000

/* Through this descriptor the daemon says how its start went: "+" if it
 * listens, "=" if another one does, else why not. */
#define READY        "TMPGUARD_DAEMON_READY"
#define READY_NUMBER "3"
#define READY_SAYS   READY "=" READY_NUMBER
#define LISTENS      "+"
#define RUNS         "="

static int read_idle(int64_t *idle_ms, const char *idle, struct error *err)
{
    char *end;
    long seconds = idle ? strtol(idle, &end, 10) : SERVER_IDLE_S;

    if (idle && (idle[0] < '0' || idle[0] > '9' || *end || seconds < 1 ||
                 seconds > 30L * 24 * 3600))
        return error_set(err, ERROR_USAGE,
                         "--idle: '%s' is no number of seconds, 1 or more",
                         idle);
    *idle_ms = (int64_t)seconds * 1000;
    return 0;
}

/* ---- the one who starts -------------------------------------------------- */

/* Up to the end of the pipe, or of the time. */
static void read_words(int pipe_end, char *words, size_t size)
{
    int64_t end_ms = ask_clock_ms() + START_MS;
    size_t done = 0;
    ssize_t got = 1;

    while (got > 0 && done < size - 1 && ask_clock_ms() < end_ms) {
        struct pollfd ready = { pipe_end, POLLIN, 0 };

        if (poll(&ready, 1, (int)(end_ms - ask_clock_ms())) < 1)
            break;
        got = read(pipe_end, words + done, size - 1 - done);
        done += got > 0 ? (size_t)got : 0;
    }
    words[done] = '\0';
}

static int launch(const char *program, const char *idle, int ready)
{
    const char *const arguments[] = { "tmpguard", "daemon",
                                      "run",      idle ? "--idle" : NULL,
                                      idle,       NULL };
    char **variables = environment_of_daemon(READY_SAYS);
    const struct detach detach = { program, arguments, variables, false,
                                   ready };
    int result = detach_run(&detach);

    trial_environment_release(variables);
    return result;
}

static int start(const char *idle, struct error *err)
{
    char *program = environment_program();
    char words[512] = "";
    int ends[2];

    if (!program || pipe2(ends, O_CLOEXEC) < 0) {
        free(program);
        return error_set(err, ERROR_SYSTEM, "the program is not to be found");
    }
    if (launch(program, idle, ends[1]) == 0) {
        close(ends[1]);
        read_words(ends[0], words, sizeof(words));
    } else {
        close(ends[1]);
    }
    close(ends[0]);
    free(program);
    if (strcmp(words, LISTENS) == 0 || strcmp(words, RUNS) == 0)
        return words[0] == LISTENS[0];
    return error_set(err, ERROR_SYSTEM, "%s",
                     words[0] ? words : "it says nothing");
}

int daemon_start(const char *idle, struct error *err)
{
    struct daemon_state state;
    int64_t idle_ms;

    if (read_idle(&idle_ms, idle, err) < 0)
        return -1;
    daemon_talk_state(&state);
    if (state.runs && !state.is_other)
        return 0;
    if (state.runs && daemon_talk_stop(START_MS, err) < 0)
        return -1;
    return start(idle, err);
}

void daemon_start_later(void)
{
    static const char *const arguments[] = { "tmpguard", "daemon", "start",
                                             NULL };
    char *program = environment_program();
    const struct detach detach = { program, arguments, NULL, true, -1 };

    if (program)
        (void)detach_run(&detach);
    free(program);
}

/* ---- the daemon ---------------------------------------------------------- */

/* systemd's protocol: descriptor 3 is a socket, if the process is meant. */
static int adopted_socket(void)
{
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    bool mine = pid && count && strtol(pid, NULL, 10) == (long)getpid() &&
                strtol(count, NULL, 10) == 1;

    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    return mine ? 3 : -1;
}

static void say(const char *words)
{
    const char *ready = getenv(READY);

    if (!ready || strcmp(ready, READY_NUMBER) != 0)
        return;
    unsetenv(READY);
    (void)!write(DETACH_KEPT, words, strlen(words));
    close(DETACH_KEPT);
}

static int be_daemon(struct server *server, struct error *err)
{
    int taken = daemon_home_take(&server->home, adopted_socket(), err);

    if (taken <= 0) {
        say(taken == 0 ? RUNS : err->message);
        return taken;
    }
    say(LISTENS);
    taken = server_run(server, err);
    daemon_home_leave(&server->home);
    return taken < 0 ? -1 : 1;
}

int daemon_run(const char *idle, struct error *err)
{
    struct server *server = memory_new(1, sizeof(*server));
    int result;

    server->home = DAEMON_HOME_EMPTY;
    if (read_idle(&server->idle_ms, idle, err) < 0) {
        say(err->message);
        free(server);
        return -1;
    }
    umask(077);
    confine_dumps();
    result = chdir("/") < 0 ? error_set_errno(err, "cannot go to /")
                            : be_daemon(server, err);
    daemon_home_release(&server->home);
    free(server);
    return result;
}
