#include "hooks/system/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/system/process.h"

#define VERSION_TIMEOUT_MS 10000

static size_t count(const char *const *strings)
{
    size_t n = 0;

    while (strings[n])
        n++;
    return n;
}

/* posix_spawn wants strings that it could write to. */
static char **copy_all(const char *const *strings)
{
    size_t size = count(strings);
    char **made = memory_new(size + 1, sizeof(*made));

    for (size_t i = 0; strings[i] && i < size; i++)
        made[i] = memory_copy(strings[i], strlen(strings[i]));
    return made;
}

/* The standard streams of the child; memory files for what it writes, so that
 * a process it leaves behind keeps nobody waiting. */
struct streams {
    int in, out, errors;
};

static int streams_open(struct streams *streams, const char *input,
                        struct error *err)
{
    const char *path = input ? input : "/dev/null";

    streams->in = process_lift(open(path, O_RDONLY | O_CLOEXEC));
    streams->out = process_lift(memfd_create("output", MFD_CLOEXEC));
    streams->errors = process_lift(memfd_create("errors", MFD_CLOEXEC));
    if (streams->in < 0 || streams->out < 0 || streams->errors < 0)
        return error_set_errno(err, "cannot open %s", path);
    return 0;
}

static void streams_close(struct streams *streams)
{
    const int all[] = { streams->in, streams->out, streams->errors };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (all[i] >= 0)
            close(all[i]);
}

static int set_up(posix_spawn_file_actions_t *actions,
                  const struct streams *streams, const char *folder)
{
    int failed =
        posix_spawn_file_actions_adddup2(actions, streams->in, STDIN_FILENO);

    if (!failed)
        failed = posix_spawn_file_actions_adddup2(actions, streams->out,
                                                  STDOUT_FILENO);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(actions, streams->errors,
                                                  STDERR_FILENO);
    if (!failed)
        failed = posix_spawn_file_actions_addclosefrom_np(actions,
                                                          STDERR_FILENO + 1);
    if (!failed)
        failed = posix_spawn_file_actions_addchdir_np(actions, folder);
    return failed;
}

/* A group of its own, so that what it started ends with it. SIGPIPE is as
 * usual again: hooks are shell scripts. */
static int spawn(pid_t *pid, const struct trial *trial,
                 const struct streams *streams)
{
    char **arguments = copy_all(trial->arguments);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t usual;
    int failed;

    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawnattr_init(&attributes) != 0)
        abort();
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGXFSZ);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    failed = set_up(&actions, streams, trial->folder);
    if (!failed)
        failed = posix_spawn(pid, arguments[0], &actions, &attributes,
                             arguments, trial->environment);
    trial_environment_release(arguments);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

/* A kernel without pidfd_open waits without a limit. */
static bool is_late(pid_t pid, int timeout_ms)
{
    struct pollfd ended = { .fd = pidfd_open(pid, 0), .events = POLLIN };
    int found;

    if (ended.fd < 0)
        return false;
    do
        found = poll(&ended, 1, timeout_ms);
    while (found < 0 && errno == EINTR);
    close(ended.fd);
    return found == 0;
}

static void await(struct trial_answer *answer, pid_t pid, int timeout_ms)
{
    int status = 0;

    answer->late = is_late(pid, timeout_ms);
    if (answer->late)
        kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) {
            answer->status = 128;
            return;
        }
    answer->status =
        WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void take(struct buffer *out, int fd)
{
    char *bytes = buffer_extend(out, TRIAL_OUTPUT_MAX);
    ssize_t got = pread(fd, bytes, TRIAL_OUTPUT_MAX, 0);

    out->size -= TRIAL_OUTPUT_MAX - (got > 0 ? (size_t)got : 0);
    out->bytes[out->size] = '\0';
}

int trial_run(struct trial_answer *answer, const struct trial *trial,
              struct error *err)
{
    struct streams streams;
    int failed, result;
    pid_t pid = -1;

    *answer =
        (struct trial_answer){ .out = BUFFER_EMPTY, .errors = BUFFER_EMPTY };
    result = streams_open(&streams, trial->input, err);
    if (result == 0 && (failed = spawn(&pid, trial, &streams)) != 0) {
        errno = failed;
        result = error_set_errno(err, "cannot run %s", trial->arguments[0]);
    }
    if (result == 0) {
        await(answer, pid, trial->timeout_ms);
        take(&answer->out, streams.out);
        take(&answer->errors, streams.errors);
    }
    streams_close(&streams);
    return result;
}

void trial_answer_release(struct trial_answer *answer)
{
    buffer_release(&answer->out);
    buffer_release(&answer->errors);
}

static bool is_named(const char *variable, const char *const *names)
{
    size_t size = strcspn(variable, "=");

    for (size_t i = 0; names[i]; i++)
        if (strcspn(names[i], "=") == size &&
            strncmp(variable, names[i], size) == 0)
            return true;
    return false;
}

char **trial_environment(const char *const *without, const char *const *with)
{
    const char *const *mine = (const char *const *)environ;
    char **made = memory_new(count(mine) + count(with) + 1, sizeof(*made));
    size_t n = 0;

    for (size_t i = 0; mine[i]; i++)
        if (!is_named(mine[i], without) && !is_named(mine[i], with))
            made[n++] = memory_copy(mine[i], strlen(mine[i]));
    for (size_t i = 0; with[i]; i++)
        made[n++] = memory_copy(with[i], strlen(with[i]));
    return made;
}

void trial_environment_release(char **environment)
{
    for (size_t i = 0; environment && environment[i]; i++)
        free(environment[i]);
    free(environment);
}

char *trial_version(const char *program)
{
    static const char *const nothing[] = { NULL };
    const char *const arguments[] = { program, "version", NULL };
    struct trial trial = { .folder = "/",
                           .arguments = arguments,
                           .environment = trial_environment(nothing, nothing),
                           .timeout_ms = VERSION_TIMEOUT_MS };
    struct trial_answer answer;
    struct buffer words = BUFFER_EMPTY;
    struct error err;

    buffer_string(&words, "");
    if (trial_run(&answer, &trial, &err) == 0 && answer.status == 0)
        buffer_text(&words, buffer_view(&answer.out));
    trial_answer_release(&answer);
    trial_environment_release(trial.environment);
    return buffer_detach(&words);
}
