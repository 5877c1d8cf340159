#include "cmd/commands/check_received.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/base/exit.h"
#include "cmd/base/input.h"
#include "cmd/base/patience.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/terminal.h"
#include "cmd/terminal/watchdog.h"
#include "core/base/deadline.h"

/* What does not end by itself when the deadline passes gets so much more, in
 * milliseconds. */
#define GRACE_MS 1000

#define ACCEPTED                                                               \
    "WARNING: the push was not checked in full, for the deadline passed; it "  \
    "is accepted since 'hooks.tmpguard.onDeadline' is 'accept'"
#define LATE                                                                   \
    "the deadline passed before everything was checked: push again, or less "  \
    "at a time; who runs the server can set another "                          \
    "'hooks.tmpguard.deadline'"
#define REJECTED "rejected the push: " LATE

struct run {
    struct session *session;
    struct patience patience;
    struct watchdog watchdog;
};

/* Runs in the watchdog's thread. */
static int give_up(void *payload, const char **words)
{
    struct run *run = payload;
    bool accept = run->patience.accept && !run->session->report.doubtful;

    *words = accept ? ACCEPTED : REJECTED;
    return accept ? EXIT_CLEAN : EXIT_INCOMPLETE;
}

static int check(struct run *run, const struct check_options *asked,
                 struct error *err)
{
    struct session *session = run->session;
    struct buffer lines = BUFFER_EMPTY;
    int result = input_read(&lines, INPUT_LINES_MAX, err);

    if (result == 0)
        result = check_pre_receive(session->repo, buffer_view(&lines), asked,
                                   &session->analyser, &session->report, err);
    buffer_release(&lines);
    return result;
}

static int check_in_time(struct run *run, const struct check_options *asked,
                         struct error *err)
{
    int64_t time_ms = (int64_t)run->patience.seconds * 1000;
    struct deadline deadline = deadline_in(time_ms);
    struct check_options timely = *asked;
    int result;

    timely.deadline = &deadline;
    run->watchdog = (struct watchdog){ .time_ms = time_ms + GRACE_MS,
                                       .verdict = give_up,
                                       .payload = run };
    if (watchdog_start(&run->watchdog, err) < 0)
        return -1;
    result = check(run, &timely, err);
    watchdog_stop(&run->watchdog);
    if (run->session->report.late && run->patience.accept)
        complain(0, "%s", ACCEPTED);
    else if (run->session->report.late)
        report_incomplete(&run->session->report, ".", LATE);
    return result;
}

/* GitLab shows what a hook says to a browser in lines that begin so, and no
 * others: docs.gitlab.com/administration/server_hooks. */
static const char *prefix_for_browsers(void)
{
    const char *protocol = getenv("GL_PROTOCOL");

    return protocol && strcmp(protocol, "web") == 0 ? "GL-HOOK-ERR: " : NULL;
}

int check_received_misset(struct error *err)
{
    const struct error reason = *err;

    return error_set(err, reason.code,
                     "the server's settings are wrong, so nothing was checked "
                     "(who runs the server can repair that): %s",
                     reason.message);
}

int check_received(struct session *session, const struct check_options *asked,
                   struct error *err)
{
    struct run run = { .session = session };

    if (terminal_is(STDIN_FILENO))
        return error_set(err, ERROR_USAGE,
                         "--pre-receive reads git's lines on standard input");
    if (patience_read(&run.patience, session->options->deadline,
                      &session->policy, err) < 0)
        return -1;
    session->prefix = prefix_for_browsers();
    return run.patience.seconds ? check_in_time(&run, asked, err)
                                : check(&run, asked, err);
}
