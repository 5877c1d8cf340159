#include "cmd/daemon/daemon_talk.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cmd/base/environment.h"
#include "cmd/daemon/ask.h"
#include "cmd/daemon/daemon_home.h"
#include "core/base/memory.h"

#define LOOK_MS 20

/* 1 and a connection, 0 if there is nobody, -1: somebody who does not answer;
 * *folder is where. */
static int reach(struct ask *ask, struct socket_folder *folder)
{
    struct socket_surroundings around;
    int found;

    *ask = ASK_EMPTY;
    socket_surroundings(&around);
    found = socket_folder_find(folder, &around, false);
    if (found < 0)
        folder->socket[0] = '\0';
    if (found <= 0)
        return 0;
    switch (ask_connect(ask, folder)) {
    case ASK_REPLY:
        return 1;
    case ASK_NOTHING:
        return 0;
    case ASK_DOUBT:
        break;
    }
    return -1;
}

/* Ask, and take the reply, with a NUL behind it. Returns its kind, or -1. */
static int exchange(struct ask *ask, enum wire_kind kind,
                    char words[WIRE_WORDS_MAX + 1])
{
    struct request *request = memory_new(1, sizeof(*request));
    char *program = environment_program();
    struct wire_head head = { .size = 0 };
    unsigned char *bytes = (unsigned char *)words;
    int result = -1;

    ask->nonce = ask_nonce();
    if (program && request_make(request, kind, program, 0, ask->nonce) == 0 &&
        ask_send(ask, request) == ASK_REPLY &&
        ask_wait(ask, &head, &bytes, bytes, WIRE_WORDS_MAX) == ASK_REPLY &&
        bytes == (unsigned char *)words) {
        words[head.size] = '\0';
        result = (int)head.kind;
    }
    free(program);
    free(request);
    return result;
}

/* What stands behind the word at the start of the line, or NULL. */
static const char *behind(const char *line, const char *word)
{
    size_t size = strlen(word);

    return strncmp(line, word, size) == 0 ? line + size : NULL;
}

static void read_number(unsigned long *number, const char *line,
                        const char *word)
{
    const char *digits = behind(line, word);

    if (digits)
        *number = strtoul(digits, NULL, 10);
}

static void read_words(char words[64], const char *line, const char *word)
{
    const char *rest = behind(line, word);

    if (rest)
        snprintf(words, 64, "%.*s", (int)strcspn(rest, "\n"), rest);
}

static void read_line(struct daemon_state *state, const char *line)
{
    unsigned long pid = (unsigned long)state->pid;

    read_number(&pid, line, "pid ");
    state->pid = (long)pid;
    read_words(state->version, line, "version ");
    read_words(state->sandbox, line, "sandbox ");
    read_number(&state->requests, line, "requests ");
    read_number(&state->repositories, line, "repositories ");
    read_number(&state->prepared, line, "prepared ");
    read_number(&state->recalled, line, "recalled ");
    read_number(&state->checked, line, "checked ");
    read_number(&state->differed, line, "differed ");
    state->is_other = state->is_other || strncmp(line, "other", 5) == 0;
}

static void read_state(struct daemon_state *state, const char *words)
{
    for (const char *line = words; line; line = strchr(line, '\n'))
        read_line(state, line += *line == '\n');
}

void daemon_talk_state(struct daemon_state *state)
{
    char words[WIRE_WORDS_MAX + 1];
    struct socket_folder folder;
    struct ask ask;

    *state = (struct daemon_state){ .runs = false };
    if (reach(&ask, &folder) == 1 &&
        exchange(&ask, WIRE_STATUS, words) == WIRE_STATE) {
        state->runs = true;
        read_state(state, words);
    }
    memcpy(state->socket, folder.socket, sizeof(state->socket));
    ask_close(&ask);
}

void daemon_talk_watch(void)
{
    char words[WIRE_WORDS_MAX + 1];
    struct socket_folder folder;
    struct ask ask;

    if (reach(&ask, &folder) == 1)
        exchange(&ask, WIRE_WATCH, words);
    ask_close(&ask);
}

/* ---- the end of it ------------------------------------------------------- */

/* The lock goes when its holder does. */
static bool wait_for_end(const struct socket_folder *folder, int64_t end_ms)
{
    while (daemon_home_is_taken(folder)) {
        if (ask_clock_ms() >= end_ms)
            return false;
        poll(NULL, 0, LOOK_MS);
    }
    return true;
}

/*
 * The kernel says who listens. A number may be another process's by now: the
 * handle is taken first, then the lock looked at, which only a daemon holds.
 */
static void kill_listener(const struct ask *ask,
                          const struct socket_folder *folder)
{
    int handle = (int)syscall(SYS_pidfd_open, ask->peer, 0);

    if (handle < 0)
        return;
    if (daemon_home_is_taken(folder) && ask->socket >= 0)
        (void)syscall(SYS_pidfd_send_signal, handle, SIGKILL, NULL, 0);
    close(handle);
}

int daemon_talk_stop(int time_ms, struct error *err)
{
    int64_t end_ms = ask_clock_ms() + time_ms;
    char words[WIRE_WORDS_MAX + 1];
    struct socket_folder folder;
    struct ask ask;
    int reached = reach(&ask, &folder), ended;

    if (reached == 1)
        exchange(&ask, WIRE_STOP, words);
    ended =
        folder.socket[0] == '\0' || wait_for_end(&folder, end_ms - time_ms / 3);
    if (!ended && reached == 1) {
        kill_listener(&ask, &folder);
        ended = wait_for_end(&folder, end_ms);
    }
    ask_close(&ask);
    if (!ended)
        return error_set(err, ERROR_SYSTEM,
                         "the daemon does not end; who holds %s?", folder.lock);
    return reached == 1;
}
