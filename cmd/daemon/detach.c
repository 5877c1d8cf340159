#include "cmd/daemon/detach.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void detach_signals(void)
{
    sigset_t none;

    for (int i = 1; i < NSIG; i++)
        if (i != SIGKILL && i != SIGSTOP && (i < 32 || i >= SIGRTMIN))
            signal(i, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* 0 to 2 are /dev/null, DETACH_KEPT is what is kept, and that is all. */
static bool set_descriptors(int kept)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int first = DETACH_KEPT;

    if (kept >= 0 && kept != DETACH_KEPT &&
        dup2(kept, DETACH_KEPT) != DETACH_KEPT)
        return false;
    if (kept == DETACH_KEPT && fcntl(kept, F_SETFD, 0) < 0)
        return false;
    for (int i = 0; i < DETACH_KEPT; i++)
        if (null < 0 || dup2(null, i) != i)
            return false;
    if (kept >= 0)
        first++;
    return close_range((unsigned)first, ~0u, 0) == 0;
}

static _Noreturn void become(const struct detach *detach)
{
    char *const *arguments;

    /* exec promises not to write what its type lets it write. */
    memcpy(&arguments, &detach->arguments, sizeof(arguments));
    umask(077);
    if (set_descriptors(detach->kept) && (detach->stays || chdir("/") == 0)) {
        detach_signals();
        if (detach->variables)
            execve(detach->program, arguments, detach->variables);
        else
            execv(detach->program, arguments);
    }
    _exit(127);
}

int detach_run(const struct detach *detach)
{
    pid_t child = fork();

    if (child < 0)
        return -1;
    if (child == 0) {
        /* The grandchild is no leader: it never gets a terminal again. */
        setsid();
        if (fork() == 0)
            become(detach);
        _exit(0);
    }
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
    return 0;
}
