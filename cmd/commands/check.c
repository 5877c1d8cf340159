#include <unistd.h>

#include "cmd/base/environment.h"
#include "cmd/base/input.h"
#include "cmd/base/surroundings.h"
#include "cmd/commands/check_ci.h"
#include "cmd/commands/check_received.h"
#include "cmd/daemon/daemon_start.h"
#include "cmd/daemon/environment_daemon.h"
#include "cmd/session/command.h"
#include "cmd/session/session.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/terminal.h"
#include "hooks/gate/check.h"

#define CLOSING(what)                                                          \
    what " Use the secure replacement, or excuse the call where it stands, "

#define CLOSING_STAGED                                                         \
    CLOSING("tmpguard stopped the commit.") "then 'git add' and commit again."
#define CLOSING_PUSH                                                           \
    CLOSING("tmpguard stopped the push.") "commit that and push again."
#define CLOSING_RECEIVED                                                       \
    CLOSING("tmpguard rejected the push.") "commit that and push again."
/* All that an old project has is new where nothing is yet. */
#define FIRST                                                                  \
    "\nThis is the first push to where nothing is yet, so all old calls are "  \
    "new. To let them in: 'tmpguard baseline create' lists "                   \
    "them\nin .tmpguard-baseline; commit that and push again"
#define CLOSING_FIRST_PUSH CLOSING_PUSH FIRST "."
#define CLOSING_FIRST_RECEIVED                                                 \
    CLOSING_RECEIVED FIRST ". Or who runs the server lets the push in:\n"      \
                           "'git config hooks.tmpguard.firstPush accept' in "  \
                           "its repository; it counts "                        \
                           "for the first push alone."
#define UNFINISHED_RECEIVED                                                    \
    "tmpguard rejected the push, since not everything could be checked. Who "  \
    "runs the server can tell more."
#define CLOSING_COMMITS                                                        \
    CLOSING("These commits introduce insecure calls.") "and commit that."

static int check_push(struct session *session,
                      const struct check_options *asked, struct error *err)
{
    struct buffer lines = BUFFER_EMPTY;
    int result = 0;

    /* Nobody types git's lines: by hand it is asked without them. */
    if (!terminal_is(STDIN_FILENO))
        result = input_read(&lines, INPUT_LINES_MAX, err);
    if (result == 0)
        result = check_pre_push(session->repo, buffer_view(&lines), asked,
                                &session->analyser, &session->report, err);
    buffer_release(&lines);
    return result;
}

static int check_a_range(struct session *session,
                         const struct check_options *asked, struct error *err)
{
    return check_range(session->repo, session->options->range, asked,
                       &session->analyser, &session->report, err);
}

static int check_a_commit(struct session *session,
                          const struct check_options *asked, struct error *err)
{
    return check_commit(session->repo, session->options->commit, asked,
                        &session->analyser, &session->report, err);
}

static int check_the_index(struct session *session,
                           const struct check_options *asked, struct error *err)
{
    return check_staged(session->repo, asked, &session->analyser,
                        &session->report, err);
}

/* What there is to check. */
struct way {
    int (*run)(struct session *session, const struct check_options *asked,
               struct error *err);
    const char *closing;    /* the last line if something blocks */
    const char *first;      /* if all of a first push does; or NULL */
    const char *unfinished; /* or if something is incomplete; may be NULL */
};

static const struct way staged = { check_the_index, CLOSING_STAGED, NULL,
                                   NULL };
static const struct way range = { check_a_range, CLOSING_COMMITS, NULL, NULL };
static const struct way commit = { check_a_commit, CLOSING_COMMITS, NULL,
                                   NULL };
static const struct way push = { check_push, CLOSING_PUSH, CLOSING_FIRST_PUSH,
                                 NULL };
static const struct way received = { check_received, CLOSING_RECEIVED,
                                     CLOSING_FIRST_RECEIVED,
                                     UNFINISHED_RECEIVED };
static const struct way ci = { check_ci, CLOSING_COMMITS, NULL, NULL };

static const struct way *way_of(const struct options *options)
{
    if (options->range)
        return &range;
    if (options->commit)
        return &commit;
    if (options->pre_push)
        return &push;
    if (options->pre_receive)
        return &received;
    return options->ci ? &ci : &staged;
}

static int check(struct session *session, const struct way *way,
                 struct error *err)
{
    const struct check_options asked = { .codeql_compat =
                                             session->options->codeql_compat,
                                         .policy = &session->policy,
                                         .staged = &session->staged };
    int found = session_repo(session, err);

    if (found < 0)
        return -1;
    if (found == 0)
        return error_set(err, ERROR_USAGE, "not in a git repository");
    if (session_policy(session, err) < 0)
        return way == &received ? check_received_misset(err) : -1;
    session->unfinished = way->unfinished;
    return way->run(session, &asked, err);
}

static const char *contradiction(const struct options *options)
{
    int ways = options->staged + (options->range != NULL) +
               (options->commit != NULL) + options->pre_push +
               options->pre_receive + options->ci;

    if (ways > 1)
        return "--staged, --range, --commit, --pre-push, --pre-receive and "
               "--ci exclude each other";
    if (options->record && way_of(options) != &staged)
        return "--record is for what is staged";
    if (options->deadline && !options->pre_receive)
        return "--deadline is for --pre-receive";
    if (options->arguments.items_count > 0)
        return "'check' takes no arguments; to look at files use 'scan'";
    return NULL;
}

/* Whatever else is asked: with that variable nothing ever passes. */
static int answer_canary(const char *word)
{
    return complain(EXIT_CANARY, "canary %s " TMPGUARD_VERSION, word);
}

/* tmpguard-hook says that it found no daemon. Best effort, and after the
 * verdict: nobody waits for it. */
static bool wants_daemon(const struct session *session)
{
    return environment_wants_daemon() && session->repo &&
           !session->options->host && !session->options->no_daemon &&
           policy_level(&session->policy, POLICY_DAEMON) == 0;
}

int cmd_check(const struct options *options)
{
    const char *trouble = contradiction(options);
    const struct way *way = way_of(options);
    const char *canary = surroundings_canary();
    struct session session;
    struct error err;
    bool start;
    int result;

    if (canary)
        return answer_canary(canary);
    if (trouble)
        return complain(EXIT_USAGE, "%s", trouble);
    result = session_open(&session, options, &err);
    session.gate = true;
    if (result == 0)
        result = check(&session, way, &err);
    start = wants_daemon(&session);
    result =
        session_finish(&session, result, &err,
                       session.report.first_push ? way->first : way->closing);
    if (start)
        daemon_start_later();
    return result;
}
