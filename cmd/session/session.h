/*
 * What every command that reports findings does around its engine: open where
 * the report goes, the cache and the repository; afterwards write the report,
 * close all, and decide the exit code.
 */
#ifndef TMPGUARD_CMD_SESSION_SESSION_H
#define TMPGUARD_CMD_SESSION_SESSION_H

#include "cmd/base/options.h"
#include "cmd/session/output.h"
#include "cmd/terminal/progress.h"
#include "hooks/gate/baseline.h"
#include "hooks/gate/policy.h"
#include "hooks/git/object.h"
#include "hooks/joint/analyse.h"
#include "hooks/joint/report.h"

struct repo;
struct store;

struct session;

/*
 * On behalf of another process: a worker of the daemon (worker.h). `begin` is
 * called when the repository is open, `end` before all is closed.
 */
struct session_host {
    const struct analyse_rows *rows; /* in place of the cache */
    unsigned width;                  /* of where the report ends up, or 0 */
    bool links;                      /* a terminal there makes links */
    bool rehearses; /* nobody has asked yet: nothing is recorded */
    void (*begin)(void *payload, const struct session *session);
    void (*end)(void *payload, const struct session *session);
    void *payload;
};

struct session {
    const struct options *options;
    struct outputs outputs;
    struct repo *repo; /* NULL until session_repo */
    bool repo_asked;
    struct store *store; /* NULL: without a cache */
    struct analyser analyser;
    struct report report;
    struct policy policy; /* git's settings, once session_policy */
    char *baseline_path;  /* NULL: none is applied to the report */
    struct baseline baseline;
    bool gate; /* what is incomplete may be let pass, if the policy says so */
    bool nothing;            /* there was nothing to check, and that was said */
    struct object_id staged; /* the tree, if it can be told; or size 0 */
    struct progress progress;
    double started_ms;
    const char *prefix;     /* of each line of a text, or NULL */
    const char *unfinished; /* the last line if it is incomplete, or NULL */
};

/* Begin and end without a report that is written. */
void session_start(struct session *session, const struct options *options);
void session_close(struct session *session);

/*
 * Begin. Returns 0, or -1 and *err (ERROR_USAGE): an output that cannot be
 * written. Finish in either case.
 */
int session_open(struct session *session, const struct options *options,
                 struct error *err);

/*
 * Open the repository of the current folder: 1, 0 if there is none, -1 and
 * *err (ERROR_USAGE) if git refuses it. It is closed by session_finish. To ask
 * again costs nothing.
 */
int session_repo(struct session *session, struct error *err);

/* Read git's settings, once the repository is open. Returns 0, or -1, *err. */
int session_policy(struct session *session, struct error *err);

/*
 * The same for a scan, which opens the repository if there is one, and
 * `.tmpguard` of the tree on disk; that of a commit's tree is read with it.
 */
int session_policy_of_scan(struct session *session, struct error *err);

/*
 * Read the baseline that the options name; what it lists will not block. Once
 * the repository was asked for. Returns 0, or -1 and *err (ERROR_USAGE): there
 * is none, or it is malformed.
 */
int session_baseline(struct session *session, struct error *err);

/*
 * End: write the report, unless `result` is -1 with ERROR_USAGE; another error
 * is written into it as incomplete. Close everything. `closing` is the last
 * line of a text that blocks, or NULL. Returns the exit code; it has complained
 * about what went wrong.
 */
int session_finish(struct session *session, int result, const struct error *err,
                   const char *closing);

#endif
