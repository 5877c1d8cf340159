#include <stdlib.h>
#include <string.h>

#include "cmd/base/input.h"
#include "cmd/base/known.h"
#include "cmd/base/past.h"
#include "cmd/session/command.h"
#include "cmd/session/session.h"
#include "cmd/terminal/complain.h"
#include "core/facts/scan.h"
#include "hooks/git/repo.h"
#include "hooks/scan/scan.h"

/* What comes without a name is taken to be Python, so that it is scanned. */
#define UNNAMED "stdin.py"

static int need_repo(struct session *session, struct error *err)
{
    int found = session_repo(session, err);

    if (found == 0)
        return error_set(err, ERROR_USAGE, "not in a git repository");
    return found < 0 ? -1 : 0;
}

static int scan_past(struct session *session, struct error *err)
{
    struct past past;
    int result;

    if (need_repo(session, err) < 0)
        return -1;
    session->report.history = true;
    past_read(&past, session->options);
    past.history.codeql_compat |=
        policy_level(&session->policy, POLICY_CODEQL) > 0;
    session->report.past = past.kind;
    past.history.progress = session->progress.active ? progress_update : NULL;
    past.history.payload = &session->progress;
    result = history_scan(session->repo, &past.history, &session->analyser,
                          &session->report, err);
    past_release(&past);
    return result;
}

static int scan_commit(struct session *session,
                       const struct scan_options *options, struct error *err)
{
    if (need_repo(session, err) < 0)
        return -1;
    return scan_tree(session->repo, session->options->tree, options,
                     &session->analyser, &session->report, err);
}

static int scan_input(struct session *session,
                      const struct scan_options *options, struct error *err)
{
    const char *name = session->options->stdin_name;
    struct buffer bytes = BUFFER_EMPTY;
    int result = 0;

    if (!name)
        name = UNNAMED;
    if (input_read(&bytes, SCAN_SIZE_MAX, err) < 0)
        report_incomplete(&session->report, name, err->message);
    else
        result = scan_bytes(name, buffer_view(&bytes), options,
                            &session->analyser, &session->report, err);
    buffer_release(&bytes);
    return result;
}

static int scan_files(struct session *session,
                      const struct scan_options *options, struct error *err)
{
    static const char *const here[] = { "." };
    const struct strings *paths = &session->options->arguments;
    bool named = paths->items_count > 0;

    if (session_repo(session, err) < 0)
        return -1;
    /* The files of a git folder are not what somebody means. */
    if (!named && session->repo && !repo_root(session->repo))
        return error_set(err, ERROR_USAGE,
                         "there is no working tree here: use 'scan --tree "
                         "HEAD', or name a folder");
    return scan_paths(session->repo, named ? paths->items : here,
                      named ? paths->items_count : 1, options,
                      &session->analyser, &session->report, err);
}

static bool reads_input(const struct options *options)
{
    for (size_t i = 0; i < options->arguments.items_count; i++)
        if (strcmp(options->arguments.items[i], "-") == 0)
            return true;
    return false;
}

/* What excludes each other, in words; NULL if nothing does. */
static const char *contradiction(const struct options *options)
{
    bool input = reads_input(options);
    size_t arguments = options->arguments.items_count;

    if (options->history && options->tree)
        return "--history and --tree exclude each other";
    if (options->baselines.items_count && (options->history || input))
        return "--baseline is for trees: neither --history nor '-' has one";
    if (options->history && options->unused_suppressions)
        return "--history and --unused-suppressions exclude each other";
    if (options->tree && arguments > 0)
        return "--tree takes no paths: the whole tree is scanned";
    if (input && (options->history || arguments > 1))
        return "'-', standard input, stands alone";
    if (options->stdin_name && !input)
        return "--stdin-name needs '-'";
    return NULL;
}

static int scan(struct session *session, struct error *err)
{
    const struct options *options = session->options;
    struct scan_options asked = {
        .codeql_compat = options->codeql_compat,
        .threads = options->jobs,
        .unused = options->unused_suppressions,
        .policy = &session->policy,
    };

    session->report.unused_asked = asked.unused;
    if (!reads_input(options) && session_policy_of_scan(session, err) < 0)
        return -1;
    if (options->baselines.items_count && session_baseline(session, err) < 0)
        return -1;
    asked.codeql_compat |= policy_level(&session->policy, POLICY_CODEQL) > 0;
    if (options->history)
        return scan_past(session, err);
    if (options->tree)
        return scan_commit(session, &asked, err);
    if (reads_input(options))
        return scan_input(session, &asked, err);
    return scan_files(session, &asked, err);
}

static int run(const struct options *options)
{
    const char *trouble = contradiction(options);
    struct session session;
    struct error err;
    int result;

    if (trouble)
        return complain(EXIT_USAGE, "%s", trouble);
    result = session_open(&session, options, &err);
    if (result == 0)
        result = scan(&session, &err);
    return session_finish(&session, result, &err, NULL);
}

int cmd_scan(const struct options *options)
{
    struct options own = *options;
    const char *named;
    int code;

    if (!options->baselines.items_count)
        return run(options);
    /* "--baseline FILE": there is nothing to scan in one. */
    named = known_take(&own.arguments);
    if (named)
        own.baselines = (struct strings){ &named, 1, 1 };
    code = run(&own);
    free(own.arguments.items);
    return code;
}
