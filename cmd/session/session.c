#include "cmd/session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/base/environment.h"
#include "cmd/base/exit.h"
#include "cmd/base/known.h"
#include "cmd/terminal/complain.h"
#include "core/base/memory.h"
#include "hooks/gate/baseline_file.h"
#include "hooks/gate/policy_apply.h"
#include "hooks/gate/policy_git.h"
#include "hooks/gate/policy_tree.h"
#include "hooks/git/repo.h"
#include "hooks/install/approvals.h"
#include "store/store.h"

/* A cache that cannot be used costs time and nothing else. */
static void open_cache(struct session *session)
{
    static const char trouble[] = "there is no home folder";
    struct environment_cache cache;

    if (environment_cache(&cache))
        session->store = store_open_later(&cache.place);
    else
        session->report.cache_trouble = memory_copy(trouble, sizeof(trouble));
    environment_cache_release(&cache);
}

/* Nothing was checked, so it is no report. */
static int refuse(struct error *err)
{
    err->code = ERROR_USAGE;
    return -1;
}

void session_start(struct session *session, const struct options *options)
{
    *session = (struct session){ .options = options,
                                 .report = REPORT_EMPTY,
                                 .policy = POLICY_EMPTY,
                                 .started_ms = progress_clock_ms() };
    if (options->host)
        session->analyser.rows = options->host->rows;
    else if (!options->no_cache)
        open_cache(session);
    session->analyser.store = session->store;
    session->analyser.stats = &session->report.stats;
    session->analyser.recache = options->recache;
    session->analyser.verify = options->verify_cache;
    progress_start(&session->progress, options->quiet);
}

int session_open(struct session *session, const struct options *options,
                 struct error *err)
{
    struct outputs outputs;
    int result = outputs_open(&outputs, options, err);

    session_start(session, options);
    session->outputs = outputs;
    if (outputs_repair(&outputs))
        session->report.remedy_left = REPORT_REMEDY_MAX;
    if (outputs_hint(&outputs))
        session->report.hint_left = REPORT_HINT_MAX;
    if (result == 0 && options->no_cache &&
        (options->recache || options->verify_cache))
        result = error_set(err, ERROR_USAGE,
                           "--no-cache excludes --recache and --verify-cache");
    return result < 0 ? refuse(err) : 0;
}

int session_repo(struct session *session, struct error *err)
{
    int found;

    if (session->repo_asked)
        return session->repo != NULL;
    found = repo_open(&session->repo, err);
    session->repo_asked = found >= 0;
    if (found == 1 && session->options->host)
        session->options->host->begin(session->options->host->payload, session);
    return found < 0 ? refuse(err) : found;
}

int session_policy(struct session *session, struct error *err)
{
    struct config_places places;
    int result;

    environment_git_places(&places);
    session->policy.server = session->options->pre_receive;
    result = policy_of_git(&session->policy, &places, session->repo, err);
    config_places_release(&places);
    return result;
}

int session_policy_of_scan(struct session *session, struct error *err)
{
    int found = session_repo(session, err);

    if (found <= 0)
        return found;
    if (session_policy(session, err) < 0)
        return -1;
    if (session->options->tree || !repo_root(session->repo))
        return 0;
    return policy_of_folder(&session->policy, repo_root(session->repo), err);
}

int session_baseline(struct session *session, struct error *err)
{
    char *path = known_path(session->options, session->repo);
    int found;

    if (!path)
        return error_set(err, ERROR_USAGE,
                         "there is no working tree here: name the baseline's "
                         "file, '--baseline=FILE'");
    session->baseline_path = path;
    found = baseline_read(&session->baseline, path, err);
    if (found == 0)
        return error_set(err, ERROR_USAGE,
                         "%.300s: there is no such file; 'tmpguard baseline "
                         "create' makes it",
                         path);
    return found < 0 ? refuse(err) : 0;
}

/* Entries are stale if all that they may be of was looked at. */
static void apply_baseline(struct session *session)
{
    const struct options *options = session->options;
    struct report *report = &session->report;
    const struct baseline *baseline = &session->baseline;
    bool whole = options->tree || (options->arguments.items_count == 0 &&
                                   known_at_top(session->repo));

    if (!session->baseline_path)
        return;
    report->baseline =
        memory_copy(session->baseline_path, strlen(session->baseline_path));
    report->stale = baseline_apply(baseline, report);
    for (size_t i = 0; whole && i < baseline->entries_count; i++)
        if (baseline_is_unknown(report, baseline->entries[i].path))
            whole = false;
    if (!whole)
        report->stale = 0;
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

    /* What is too late has a setting of its own. */
    return session->gate && !session->report.late && source &&
                   source->level == 0
               ? source
               : NULL;
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

/* A hook that lets a commit pass says nothing, unless something is to be
 * known. */
static bool has_nothing_to_say(const struct session *session)
{
    const struct report *report = &session->report;

    return session->nothing ||
           (session->options->record && !report_blocks(report) &&
            !report->incomplete_count && !report->notes_count &&
            !session->options->verbose && !session->options->show_suppressed);
}

/* Who asks whether the cache is right wants to know that it was asked. */
static void take_verified(struct session *session)
{
    struct report *report = &session->report;
    char words[200];

    if (!session->options->verify_cache)
        return;
    if (session->analyser.differs) {
        snprintf(words, sizeof(words),
                 "the cache said something else of object %s than its "
                 "analysis does now",
                 session->analyser.differs);
        report_incomplete(report, ".", words);
    } else if (report->cache_trouble) {
        report_incomplete(report, ".", "the cache could not be verified");
    }
}

static int write_report(struct session *session, const char *closing)
{
    const struct options *options = session->options;
    struct report *report = &session->report;
    struct style style = {
        .closing = closing,
        .prefix = session->prefix,
        .unfinished = passes(session) ? NULL : session->unfinished,
        .quiet = options->quiet,
        .verbose = options->verbose,
        .show_suppressed = options->show_suppressed,
        .when = options->color,
        .width = options->host ? options->host->width : 0,
        .now = time(NULL),
        .links = options->host && options->host->links,
        .root = session->repo ? repo_root(session->repo) : NULL
    };

    style.inexcusable =
        policy_level(&session->policy, POLICY_EXCUSES) == EXCUSES_NONE;
    take_trouble(session);
    take_verified(session);
    /* Who asks gets an answer; a hook is asked by every commit. */
    session->policy.told &= options->record;
    policy_apply(&session->policy, report);
    apply_baseline(session);
    style.quiet |= has_nothing_to_say(session);
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

void session_close(struct session *session)
{
    progress_end(&session->progress);
    outputs_close(&session->outputs);
    analyser_release(&session->analyser);
    report_release(&session->report);
    policy_release(&session->policy);
    baseline_release(&session->baseline);
    free(session->baseline_path);
    repo_close(session->repo);
    store_close(session->store);
}

int session_finish(struct session *session, int result, const struct error *err,
                   const char *closing)
{
    int code;

    progress_end(&session->progress);
    code = conclude(session, result, err, closing);
    if (code == EXIT_CLEAN && session->options->record &&
        !(session->options->host && session->options->host->rehearses) &&
        session->staged.size && !session->report.incomplete_count)
        approvals_add(repo_common_dir(session->repo), &session->staged);
    if (session->options->host)
        session->options->host->end(session->options->host->payload, session);
    session_close(session);
    return code;
}
