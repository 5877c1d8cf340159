#include <unistd.h>

#include "cmd/command.h"
#include "cmd/complain.h"
#include "cmd/input.h"
#include "cmd/session.h"
#include "cmd/terminal.h"
#include "hooks/check.h"

/* Lines of a push: a ref each, so this is far beyond what git sends. */
#define LINES_SIZE_MAX ((size_t)64 << 20)

#define CLOSING(what)                                                          \
    what " Use the secure replacement, or excuse the call where it stands, "

#define CLOSING_STAGED                                                         \
    CLOSING("tmpguard stopped the commit.") "then 'git add' and commit again."
#define CLOSING_PUSH                                                           \
    CLOSING("tmpguard stopped the push.") "commit that and push again."
#define CLOSING_RECEIVED                                                       \
    CLOSING("tmpguard rejected the push.") "commit that and push again."
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
        result = input_read(&lines, LINES_SIZE_MAX, err);
    if (result == 0)
        result = check_pre_push(session->repo, buffer_view(&lines), asked,
                                &session->analyser, &session->report, err);
    buffer_release(&lines);
    return result;
}

static int check_received(struct session *session,
                          const struct check_options *asked, struct error *err)
{
    struct buffer lines = BUFFER_EMPTY;
    int result;

    if (terminal_is(STDIN_FILENO))
        return error_set(err, ERROR_USAGE,
                         "--pre-receive reads git's lines on standard input");
    session->unfinished = UNFINISHED_RECEIVED;
    result = input_read(&lines, LINES_SIZE_MAX, err);
    if (result == 0)
        result = check_pre_receive(session->repo, buffer_view(&lines), asked,
                                   &session->analyser, &session->report, err);
    buffer_release(&lines);
    return result;
}

static int check(struct session *session, struct error *err)
{
    const struct options *options = session->options;
    const struct check_options asked = { .codeql_compat =
                                             options->codeql_compat };
    int found = session_repo(session, err);

    if (found < 0)
        return -1;
    if (found == 0)
        return error_set(err, ERROR_USAGE, "not in a git repository");
    if (options->range)
        return check_range(session->repo, options->range, &asked,
                           &session->analyser, &session->report, err);
    if (options->commit)
        return check_commit(session->repo, options->commit, &asked,
                            &session->analyser, &session->report, err);
    if (options->pre_push)
        return check_push(session, &asked, err);
    if (options->pre_receive)
        return check_received(session, &asked, err);
    return check_staged(session->repo, &asked, &session->analyser,
                        &session->report, err);
}

static const char *closing_of(const struct options *options)
{
    if (options->pre_push)
        return CLOSING_PUSH;
    if (options->pre_receive)
        return CLOSING_RECEIVED;
    return options->range || options->commit ? CLOSING_COMMITS : CLOSING_STAGED;
}

static const char *contradiction(const struct options *options)
{
    int ways = options->staged + (options->range != NULL) +
               (options->commit != NULL) + options->pre_push +
               options->pre_receive;

    if (ways > 1)
        return "--staged, --range, --commit, --pre-push and --pre-receive "
               "exclude each other";
    if (options->arguments.items_count > 0)
        return "'check' takes no arguments; to look at files use 'scan'";
    return NULL;
}

int cmd_check(const struct options *options)
{
    const char *trouble = contradiction(options);
    struct session session;
    struct error err;
    int result;

    if (trouble)
        return complain(EXIT_USAGE, "%s", trouble);
    result = session_open(&session, options, &err);
    if (result == 0)
        result = check(&session, &err);
    return session_finish(&session, result, &err, closing_of(options));
}
