#include "cmd/session.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/complain.h"
#include "cmd/environment.h"
#include "cmd/exit.h"
#include "core/memory.h"
#include "hooks/policy_apply.h"
#include "hooks/policy_git.h"
#include "hooks/repo.h"
#include "store/store.h"

/* A cache that cannot be used costs time and nothing else. */
static void open_cache(struct session *session)
{
    char *folder = environment_cache_folder();
    struct error err;

    if (!folder)
        error_set(&err, ERROR_STORE, "there is no home folder");
    if (!folder || store_open(&session->store, folder, &err) < 0) {
        session->store = NULL;
        session->report.cache_trouble =
            memory_copy(err.message, strlen(err.message));
    }
    free(folder);
}

/* Nothing was checked, so it is no report. */
static int refuse(struct error *err)
{
    err->code = ERROR_USAGE;
    return -1;
}

int session_open(struct session *session, const struct options *options,
                 struct error *err)
{
    *session = (struct session){ .options = options,
                                 .report = REPORT_EMPTY,
                                 .policy = POLICY_EMPTY,
                                 .started_ms = progress_clock_ms() };
    if (outputs_open(&session->outputs, options, err) < 0)
        return refuse(err);
    if (!options->no_cache)
        open_cache(session);
    session->analyser.store = session->store;
    session->analyser.stats = &session->report.stats;
    progress_start(&session->progress, options->quiet);
    return 0;
}

int session_repo(struct session *session, struct error *err)
{
    int found;

    if (session->repo_asked)
        return session->repo != NULL;
    found = repo_open(&session->repo, err);
    session->repo_asked = found >= 0;
    return found < 0 ? refuse(err) : found;
}

int session_policy(struct session *session, struct error *err)
{
    struct config_places places;
    int result;

    environment_git_places(&places);
    result = policy_of_git(&session->policy, &places, session->repo, err);
    config_places_release(&places);
    return result;
}

static void take_trouble(struct session *session)
{
    struct report *report = &session->report;

    if (session->analyser.trouble && !report->cache_trouble) {
        report->cache_trouble = session->analyser.trouble;
        session->analyser.trouble = NULL;
    }
}

/* The setting that lets pass what is incomplete, or NULL. Only the user can
 * have said so: policy.h. */
static const struct policy_setting *passes(const struct session *session)
{
    const struct policy_setting *source =
        policy_source(&session->policy, POLICY_ON_ERROR);

    return session->gate && source && source->level == 0 ? source : NULL;
}

static int let_pass(const struct session *session)
{
    const struct policy_setting *source = passes(session);

    if (!source)
        return EXIT_INCOMPLETE;
    return complain(EXIT_CLEAN,
                    "WARNING: what is incomplete was not checked; it passes "
                    "since 'hooks.tmpguard.onError' is 'warn' (%s)",
                    source->origin);
}

static int write_report(struct session *session, const char *closing)
{
    const struct options *options = session->options;
    struct report *report = &session->report;
    struct style style = { .closing = closing,
                           .unfinished =
                               passes(session) ? NULL : session->unfinished,
                           .quiet = options->quiet,
                           .verbose = options->verbose,
                           .show_suppressed = options->show_suppressed,
                           .when = options->color };

    style.inexcusable =
        policy_level(&session->policy, POLICY_EXCUSES) == EXCUSES_NONE;
    take_trouble(session);
    policy_apply(&session->policy, report);
    report_sort(report);
    report->stats.milliseconds = progress_clock_ms() - session->started_ms;
    if (outputs_write(&session->outputs, report, &style) < 0)
        return EXIT_INCOMPLETE;
    if (report_blocks(report) || report->unused_count)
        return EXIT_FINDINGS;
    return report->incomplete_count ? let_pass(session) : EXIT_CLEAN;
}

static int conclude(struct session *session, int result,
                    const struct error *err, const char *closing)
{
    if (result < 0 && err->code == ERROR_USAGE)
        return complain(EXIT_USAGE, "%s", err->message);
    /* What was found before the failure is shown, and so is the failure. */
    if (result < 0)
        report_incomplete(&session->report, ".", err->message);
    return write_report(session, closing);
}

int session_finish(struct session *session, int result, const struct error *err,
                   const char *closing)
{
    int code;

    progress_end(&session->progress);
    code = conclude(session, result, err, closing);
    outputs_close(&session->outputs);
    analyser_release(&session->analyser);
    report_release(&session->report);
    policy_release(&session->policy);
    repo_close(session->repo);
    store_close(session->store);
    return code;
}
