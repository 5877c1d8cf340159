#include "cmd/daemon/warmth.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"
#include "core/base/memory.h"

#define EVENTS                                                                 \
    (IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)

void warmth_open(struct warmth *warmth)
{
    *warmth = (struct warmth){ .descriptor =
                                   inotify_init1(IN_NONBLOCK | IN_CLOEXEC) };
}

static void forget(struct warmth *warmth, struct warm_repo *repo)
{
    if (!repo->git_dir)
        return;
    /* Gone already, if the folder is. */
    (void)inotify_rm_watch(warmth->descriptor, repo->watch);
    free(repo->git_dir);
    buffer_release(&repo->request);
    *repo = (struct warm_repo){ .git_dir = NULL };
}

static struct warm_repo *find(struct warmth *warmth, const char *git_dir)
{
    for (size_t i = 0; i < WARMTH_MAX; i++)
        if (warmth->repos[i].git_dir &&
            strcmp(warmth->repos[i].git_dir, git_dir) == 0)
            return &warmth->repos[i];
    return NULL;
}

/* A free place, or that of the one idle longest. */
static struct warm_repo *make_room(struct warmth *warmth)
{
    struct warm_repo *oldest = &warmth->repos[0];

    for (size_t i = 0; i < WARMTH_MAX; i++) {
        if (!warmth->repos[i].git_dir)
            return &warmth->repos[i];
        if (warmth->repos[i].used_ms < oldest->used_ms)
            oldest = &warmth->repos[i];
    }
    forget(warmth, oldest);
    return oldest;
}

/* Which index and which parents a commit had is over when it is made. */
static bool is_of_commit(const char *variable)
{
    static const char *const starts[] = { "GIT_INDEX_FILE=", "GITHEAD_",
                                          "GIT_PREFIX=", "GIT_EDITOR=",
                                          "GIT_REFLOG_ACTION=" };

    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
        if (strncmp(variable, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static void copy_request(struct buffer *out, const struct wire_request *request)
{
    unsigned char fixed[WIRE_FIXED_SIZE];
    const char *end = request->variables + request->variables_size;

    wire_put_request(fixed, request);
    buffer_clear(out);
    buffer_append(out, fixed, sizeof(fixed));
    buffer_append(out, request->path, strlen(request->path) + 1);
    for (const char *at = request->variables; at < end; at += strlen(at) + 1)
        if (!is_of_commit(at))
            buffer_append(out, at, strlen(at) + 1);
}

int warmth_remember(struct warmth *warmth, const char *git_dir,
                    const struct wire_request *request)
{
    struct warm_repo *repo = find(warmth, git_dir);

    if (warmth->descriptor < 0)
        return -1;
    if (!repo) {
        int watch = inotify_add_watch(warmth->descriptor, git_dir, EVENTS);

        if (watch < 0)
            return -1;
        repo = make_room(warmth);
        repo->git_dir = memory_copy(git_dir, strlen(git_dir));
        repo->watch = watch;
    }
    repo->used_ms = ask_clock_ms();
    copy_request(&repo->request, request);
    return 0;
}

static void take_event(struct warmth *warmth, const struct inotify_event *event)
{
    for (size_t i = 0; i < WARMTH_MAX; i++) {
        struct warm_repo *repo = &warmth->repos[i];

        if (!repo->git_dir || repo->watch != event->wd)
            continue;
        if (event->mask & (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF))
            forget(warmth, repo);
        else if (event->len && strcmp(event->name, "index") == 0)
            repo->due_ms = ask_clock_ms() + WARMTH_DELAY_MS;
    }
}

static void forget_all(struct warmth *warmth)
{
    for (size_t i = 0; i < WARMTH_MAX; i++)
        forget(warmth, &warmth->repos[i]);
}

int warmth_read(struct warmth *warmth)
{
    union {
        char bytes[4096];
        struct inotify_event align;
    } events;
    ssize_t size;

    while ((size = read(warmth->descriptor, events.bytes,
                        sizeof(events.bytes))) > 0) {
        for (ssize_t at = 0; at < size;) {
            struct inotify_event event;

            memcpy(&event, events.bytes + at, sizeof(event));
            if (event.mask & IN_Q_OVERFLOW) {
                forget_all(warmth);
                return -1;
            }
            take_event(
                warmth,
                (const struct inotify_event *)(const void *)(events.bytes +
                                                             at));
            at += (ssize_t)(sizeof(event) + event.len);
        }
    }
    return 0;
}

struct text warmth_due(struct warmth *warmth, int64_t now_ms, int64_t *next_ms)
{
    *next_ms = -1;
    for (size_t i = 0; i < WARMTH_MAX; i++) {
        struct warm_repo *repo = &warmth->repos[i];

        if (!repo->git_dir || !repo->due_ms)
            continue;
        if (repo->due_ms <= now_ms) {
            repo->due_ms = 0;
            return buffer_view(&repo->request);
        }
        if (*next_ms < 0 || repo->due_ms < *next_ms)
            *next_ms = repo->due_ms;
    }
    return TEXT_EMPTY;
}

size_t warmth_count(const struct warmth *warmth)
{
    size_t count = 0;

    for (size_t i = 0; i < WARMTH_MAX; i++)
        count += warmth->repos[i].git_dir != NULL;
    return count;
}

void warmth_close(struct warmth *warmth)
{
    forget_all(warmth);
    if (warmth->descriptor >= 0)
        close(warmth->descriptor);
    warmth->descriptor = -1;
}
