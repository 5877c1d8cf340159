#include "hooks/system/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/memory.h"

#define COMPLAINT_MAX  4096
#define COMPLAINTS_MAX (1 << 20)

static const char *const harmless[] = {
    "git",
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    NULL,
};

/* GIT_NO_LAZY_FETCH is unknown to git before 2.44: there, forbidding every
 * protocol keeps a partial clone from fetching. */
static const char *const overrides[] = {
    "GIT_NO_LAZY_FETCH=1",
    "GIT_ALLOW_PROTOCOL=none",
    "GIT_EDITOR=echo",
    "GIT_OPTIONAL_LOCKS=0",
    "GIT_TERMINAL_PROMPT=0",
    "GIT_NO_REPLACE_OBJECTS=1",
    "GIT_GRAFT_FILE=/dev/null",
    "GIT_LITERAL_PATHSPECS=0",
    "GIT_ICASE_PATHSPECS=0",
    "GIT_TRACE=0",
    "GIT_TRACE2=0",
    "LC_ALL=C",
    NULL,
};

static size_t count(const char *const *strings)
{
    size_t n = 0;

    while (strings[n])
        n++;
    return n;
}

static bool is_overridden(const char *variable)
{
    size_t name = strcspn(variable, "=") + 1;

    for (size_t i = 0; overrides[i]; i++)
        if (strncmp(variable, overrides[i], name) == 0)
            return true;
    return false;
}

static char *unshared(const char *string)
{
    return memory_copy(string, strlen(string));
}

static char **environment(void)
{
    const char *const *mine = (const char *const *)environ;
    char **made = memory_new(count(mine) + count(overrides) + 1, sizeof(*made));
    size_t n = 0;

    for (size_t i = 0; mine[i]; i++)
        if (!is_overridden(mine[i]))
            made[n++] = unshared(mine[i]);
    for (size_t i = 0; overrides[i]; i++)
        made[n++] = unshared(overrides[i]);
    return made;
}

static char **command(const char *const *arguments)
{
    char **made =
        memory_new(count(harmless) + count(arguments) + 1, sizeof(*made));
    size_t n = 0;

    for (size_t i = 0; harmless[i]; i++)
        made[n++] = unshared(harmless[i]);
    for (size_t i = 0; arguments[i]; i++)
        made[n++] = unshared(arguments[i]);
    return made;
}

static void release_strings(char **strings)
{
    for (size_t i = 0; strings[i]; i++)
        free(strings[i]);
    free(strings);
}

int process_lift(int fd)
{
    int lifted;

    if (fd < 0 || fd > STDERR_FILENO)
        return fd;
    lifted = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(fd);
    return lifted;
}

static int spawn(struct process *process, char **argv, char **envp, int in,
                 int out)
{
    posix_spawn_file_actions_t actions;
    int failed;

    if (posix_spawn_file_actions_init(&actions) != 0)
        abort();
    failed = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&actions, process->errors,
                                                  STDERR_FILENO);
    if (!failed)
        failed = posix_spawn_file_actions_addclosefrom_np(&actions,
                                                          STDERR_FILENO + 1);
    if (!failed)
        failed = posix_spawnp(&process->pid, "git", &actions, NULL, argv, envp);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

int process_start(struct process *process, const char *const *arguments, int in,
                  int out, struct error *err)
{
    char **argv, **envp;
    int failed;

    *process = PROCESS_EMPTY;
    process->errors = process_lift(memfd_create("git", MFD_CLOEXEC));
    if (process->errors < 0)
        return error_set_errno(err, "cannot make a memory file");
    argv = command(arguments);
    envp = environment();
    failed = spawn(process, argv, envp, in, out);
    release_strings(argv);
    release_strings(envp);
    if (!failed)
        return 0;
    process->pid = 0;
    process_release(process);
    errno = failed;
    return error_set_errno(err, "cannot run git");
}

int process_wait(struct process *process)
{
    int status = 0;

    if (process->pid <= 0)
        return 0;
    while (waitpid(process->pid, &status, 0) < 0)
        if (errno != EINTR) {
            process->pid = 0;
            return 128;
        }
    process->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void process_kill(struct process *process)
{
    if (process->pid > 0)
        kill(process->pid, SIGKILL);
}

off_t process_complaints(const struct process *process)
{
    struct stat status;

    return fstat(process->errors, &status) == 0 ? status.st_size : 0;
}

void process_complaints_read(const struct process *process, struct buffer *out)
{
    off_t size = process_complaints(process);
    size_t wanted = (size_t)(size > COMPLAINTS_MAX ? COMPLAINTS_MAX : size);
    ssize_t got = pread(process->errors, buffer_extend(out, wanted), wanted, 0);

    out->size -= wanted - (got > 0 ? (size_t)got : 0);
    if (out->bytes)
        out->bytes[out->size] = '\0';
}

static bool is_fatal(const char *line)
{
    return strncmp(line, "fatal: ", 7) == 0;
}

char *process_reason(const struct process *process, off_t from, char *reason,
                     size_t size)
{
    char text[COMPLAINT_MAX + 1], *rest = NULL;
    const char *best = "";
    off_t end = process_complaints(process);
    ssize_t got;

    if (end - from > COMPLAINT_MAX)
        from = end - COMPLAINT_MAX;
    got = pread(process->errors, text, COMPLAINT_MAX, from);
    text[got > 0 ? got : 0] = '\0';
    /* "fatal: unknown repository extension found:\n\tNAME" is one line. */
    for (char *fold = strstr(text, "\n\t"); fold; fold = strstr(fold, "\n\t"))
        fold[0] = fold[1] = ' ';
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        if (is_fatal(line) || !is_fatal(best))
            best = line;
    if (is_fatal(best) || strncmp(best, "error: ", 7) == 0)
        best += 7;
    reason[0] = '\0';
    strncat(reason, best, size - 1);
    return reason;
}

void process_release(struct process *process)
{
    process_wait(process);
    if (process->errors >= 0)
        close(process->errors);
    *process = PROCESS_EMPTY;
}
