/*
 * tmpguard-hook: the gate of a commit, as an installed hook runs it. It asks
 * the daemon; where there is none, or any doubt about it, it becomes the
 * tmpguard that is beside it, which does the same by itself. Standard input is
 * never read here.
 *
 * Without arguments it is `tmpguard check`. Of arguments it understands those
 * of a hook (`check`, `--staged`, `--record`); with any other it becomes
 * `tmpguard ARGUMENTS…` at once.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/base/exit.h"
#include "cmd/daemon/ask.h"

#define PROGRAM "tmpguard"
#define SAYS_SO                                                                \
    "TMPGUARD_HOOK=start" /* cmd/commands/check.c starts a daemon              \
                           */

/* `tmpguard` in the folder of this program. */
static bool find_program(char path[PATH_MAX])
{
    ssize_t size = readlink("/proc/self/exe", path, PATH_MAX);
    char *slash;

    if (size <= 0 || size >= PATH_MAX)
        return false;
    path[size] = '\0';
    slash = strrchr(path, '/');
    if (!slash || (size_t)(slash - path) + sizeof("/" PROGRAM) > PATH_MAX)
        return false;
    memcpy(slash + 1, PROGRAM, sizeof(PROGRAM));
    return true;
}

static void complain(const char *path, const char *words)
{
    static const char start[] = "tmpguard-hook: ";

    (void)!write(STDERR_FILENO, start, sizeof(start) - 1);
    (void)!write(STDERR_FILENO, path, strlen(path));
    (void)!write(STDERR_FILENO, ": ", 2);
    (void)!write(STDERR_FILENO, words, strlen(words));
    (void)!write(STDERR_FILENO, "\n", 1);
}

/* Become tmpguard; its first argument is `check` if there is none. */
static int go_alone(const char *program, char **argv, bool start)
{
    static char check[] = "check", says_so[] = SAYS_SO, name[] = PROGRAM;
    char *alone[] = { name, check, NULL };

    if (start)
        putenv(says_so);
    if (argv[0])
        argv[0] = name;
    execv(program, argv[0] && argv[1] ? argv : alone);
    complain(program, "cannot be run, so nothing was checked; install "
                      "tmpguard again");
    return EXIT_INCOMPLETE;
}

/* Is it the gate of a commit? */
static bool understands(char **argv, unsigned *flags)
{
    bool check = !argv[0] || !argv[1];

    for (size_t i = 1; argv[0] && argv[i]; i++) {
        if (i == 1 && strcmp(argv[i], "check") == 0)
            check = true;
        else if (strcmp(argv[i], "--record") == 0)
            *flags |= WIRE_RECORD;
        else if (strcmp(argv[i], "--staged") != 0)
            return false;
    }
    return check;
}

/* Somebody else's HOME: sudo. Nobody's daemon is asked then. */
static bool is_borrowed(void)
{
    const char *home = getenv("HOME");
    struct stat about;

    if (getauxval(AT_SECURE) || geteuid() != getuid())
        return true;
    if (geteuid() != 0)
        return false;
    return getenv("SUDO_UID") || !home || stat(home, &about) < 0 ||
           about.st_uid != 0;
}

static bool may_ask(void)
{
    const char *no = getenv("TMPGUARD_NO_DAEMON");

    return !(no && no[0]) && !is_borrowed();
}

static bool write_all(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(descriptor, bytes, size);

        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        } else if (written == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* What tmpguard would have printed and returned. */
static int pass_on(const struct wire_answer *answer)
{
    signal(SIGPIPE, SIG_IGN);
    if (write_all(STDOUT_FILENO, answer->out, answer->out_size))
        return answer->code;
    complain("standard output", strerror(errno));
    return EXIT_INCOMPLETE;
}

/* The exit code, or -1 if it is to go alone; then *result is why. */
static int ask_daemon(const char *program, unsigned flags,
                      enum ask_result *result)
{
    static struct request request;
    static unsigned char room[16 << 10];
    struct socket_surroundings around;
    struct socket_folder folder;
    struct wire_answer answer;
    struct wire_head head;
    struct ask ask = ASK_EMPTY;
    unsigned char *bytes;
    int found;

    socket_surroundings(&around);
    found = socket_folder_find(&folder, &around, false);
    *result = found < 0 ? ASK_DOUBT : ASK_NOTHING;
    if (found == 1)
        *result = ask_connect(&ask, &folder);
    if (*result != ASK_REPLY || found != 1)
        return -1;
    *result = ASK_DOUBT;
    ask.nonce = ask_nonce();
    if (request_make(&request, WIRE_CHECK, program, flags, ask.nonce) < 0 ||
        ask_send(&ask, &request) != ASK_REPLY ||
        ask_wait(&ask, &head, &bytes, room, sizeof(room)) != ASK_REPLY ||
        head.kind != WIRE_ANSWER ||
        wire_get_answer(&answer, bytes, head.size) < 0) {
        ask_close(&ask);
        return -1;
    }
    return pass_on(&answer);
}

int main(int argc, char **argv)
{
    char program[PATH_MAX];
    enum ask_result result = ASK_DOUBT;
    unsigned flags = 0;
    int code = -1;

    (void)argc;
    if (!find_program(program)) {
        complain("/proc/self/exe", "cannot find tmpguard beside it");
        return EXIT_INCOMPLETE;
    }
    if (understands(argv, &flags) && may_ask())
        code = ask_daemon(program, flags, &result);
    if (code >= 0)
        return code;
    return go_alone(program, argv, result == ASK_NOTHING);
}
