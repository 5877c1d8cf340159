#include "hooks/gate/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/base/known.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/session/session.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/json.h"
#include "cmd/terminal/terminal.h"
#include "core/base/memory.h"
#include "hooks/gate/baseline_file.h"
#include "hooks/gate/policy_apply.h"
#include "hooks/git/repo.h"
#include "hooks/scan/scan.h"

/* What is done with what was found. */
struct action {
    const char *name;
    bool makes;   /* the file must not be there; else it must */
    bool adds;    /* what is not in it */
    bool refuses; /* to add, unless that is allowed */
};

static const struct action actions[] = {
    { "create", true, true, false },
    { "update", false, true, true },
    { "prune", false, false, false },
};

/* A run, and what it comes to. */
struct run {
    const struct action *action;
    const struct options *options;
    char *path;
    struct baseline before, found, after;
    struct baseline added, gone, from, to;
    const struct report *report;
    struct outputs *outputs;
    bool refused, written;
    bool unsure; /* a new file would lack what could not be looked at */
};

/* ---- showing ------------------------------------------------------------- */

static void show_entry(struct buffer *out, const char *sign,
                       const struct baseline_entry *entry)
{
    buffer_format(out, "%s ", sign);
    terminal_escape(out, text_of(entry->path));
    if (entry->line)
        buffer_format(out, ":%u", (unsigned)entry->line);
    buffer_format(out, " %s\n", rule_target(entry->target)->name);
}

static void show_all(struct buffer *out, const char *sign,
                     const struct baseline *baseline)
{
    for (size_t i = 0; i < baseline->entries_count; i++)
        show_entry(out, sign, &baseline->entries[i]);
}

static void show_moves(struct buffer *out, const struct run *run)
{
    for (size_t i = 0; i < run->from.entries_count; i++) {
        buffer_string(out, "> ");
        terminal_escape(out, text_of(run->from.entries[i].path));
        buffer_string(out, " to ");
        terminal_escape(out, text_of(run->to.entries[i].path));
        buffer_format(out, " %s\n",
                      rule_target(run->to.entries[i].target)->name);
    }
}

static void show_end(struct buffer *out, const struct run *run)
{
    size_t count = run->written || !run->refused ? run->after.entries_count
                                                 : run->before.entries_count;

    terminal_escape(out, text_of(run->path));
    buffer_format(out, ": %zu known finding%s", count, count == 1 ? "" : "s");
    if (run->unsure)
        buffer_string(out, ", not written: repair what is incomplete, or "
                           "leave it out with --allow-incomplete");
    else if (run->refused)
        buffer_format(out,
                      ", unchanged: it would grow by %zu; repair what is new, "
                      "or add it with --allow-growth",
                      run->added.entries_count);
    else if (!run->written)
        buffer_string(out, ", unchanged");
    if (!run->action->adds && run->added.entries_count)
        buffer_format(out, "; %zu found %s not in it", run->added.entries_count,
                      run->added.entries_count == 1 ? "is" : "are");
    buffer_byte(out, '\n');
}

static void as_text(struct buffer *out, const struct run *run)
{
    const struct report *report = run->report;

    if (run->action->adds && !run->action->makes)
        show_all(out, "+", &run->added);
    show_all(out, "-", &run->gone);
    if (run->action->adds)
        show_moves(out, run);
    for (size_t i = 0; i < report->incomplete_count; i++) {
        terminal_escape(out, text_of(report->incomplete[i].path));
        buffer_string(out, ": incomplete: ");
        terminal_escape(out, text_of(report->incomplete[i].reason));
        buffer_byte(out, '\n');
    }
    show_end(out, run);
}

static void json_entries(struct json *json, const char *name,
                         const struct baseline *baseline)
{
    json_open(json, name, '[');
    for (size_t i = 0; i < baseline->entries_count; i++) {
        const struct baseline_entry *entry = &baseline->entries[i];

        json_break(json, 4);
        json_open(json, NULL, '{');
        json_words(json, "path", entry->path);
        json_words(json, "function", rule_target(entry->target)->name);
        json_close(json, '}');
        json_break(json, 2);
    }
    json_close(json, ']');
    json_break(json, 2);
}

static void json_head(struct json *json, const struct run *run)
{
    json_break(json, 2);
    json_value(json, "version", "1");
    json_break(json, 2);
    json_words(json, "action", run->action->name);
    json_break(json, 2);
    json_words(json, "file", run->path);
    json_break(json, 2);
    json_bool(json, "written", run->written);
    json_break(json, 2);
    json_bool(json, "refused", run->refused);
    json_break(json, 2);
}

static void as_json(struct buffer *out, const struct run *run)
{
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    json_head(&json, run);
    json_entries(&json, "added", &run->added);
    json_entries(&json, "removed", &run->gone);
    json_entries(&json, "moved_from", &run->from);
    json_entries(&json, "moved_to", &run->to);
    json_value(&json, "incomplete", "%zu", run->report->incomplete_count);
    json_break(&json, 2);
    json_value(&json, "entries", "%zu", run->after.entries_count);
    json_break(&json, 0);
    json_close(&json, '}');
    buffer_byte(out, '\n');
}

static void make(struct buffer *out, bool json, const void *what)
{
    if (json)
        as_json(out, what);
    else
        as_text(out, what);
}

/* ---- what becomes of it -------------------------------------------------- */

/* Nobody knows whether what stands in an unreadable file is gone. */
static void keep_unknown(struct run *run)
{
    struct baseline new, missing;

    baseline_difference(&run->before, &run->found, &new, &missing);
    for (size_t i = 0; i < missing.entries_count; i++)
        if (baseline_is_unknown(run->report, missing.entries[i].path))
            baseline_add(&run->found, &missing.entries[i]);
    baseline_sort(&run->found);
    baseline_release(&new);
    baseline_release(&missing);
}

static void copy_all(struct baseline *to, const struct baseline *from)
{
    for (size_t i = 0; i < from->entries_count; i++)
        baseline_add(to, &from->entries[i]);
    baseline_sort(to);
}

/* What was before without what is gone: nothing is added. */
static void keep_found(struct run *run)
{
    struct baseline ignored;

    baseline_difference(&run->gone, &run->before, &run->after, &ignored);
    baseline_release(&ignored);
}

static void decide(struct run *run)
{
    baseline_of_report(&run->found, run->report);
    keep_unknown(run);
    baseline_difference(&run->before, &run->found, &run->added, &run->gone);
    if (run->action->adds)
        copy_all(&run->after, &run->found);
    else
        keep_found(run);
    if (run->action->adds)
        baseline_take_moves(&run->added, &run->gone, &run->from, &run->to);
    run->refused = run->action->refuses && run->added.entries_count > 0 &&
                   !run->options->allow_growth;
}

static bool is_changed(const struct run *run)
{
    return run->action->makes || run->gone.entries_count > 0 ||
           run->from.entries_count > 0 ||
           (run->action->adds && run->added.entries_count > 0);
}

static int finish(struct run *run, struct error *err)
{
    int code;

    decide(run);
    run->unsure = run->action->makes && run->report->incomplete_count > 0 &&
                  !run->options->allow_incomplete;
    if (!run->refused && !run->unsure && is_changed(run)) {
        if (baseline_write(&run->after, run->path, err) < 0)
            return -1;
        run->written = true;
    }
    code =
        run->options->quiet && !run->refused && !run->report->incomplete_count
            ? EXIT_CLEAN
            : outputs_answer(run->outputs, make, run);
    if (code == EXIT_CLEAN && run->refused)
        code = EXIT_FINDINGS;
    return code == EXIT_CLEAN && run->report->incomplete_count ? EXIT_INCOMPLETE
                                                               : code;
}

/* ---- looking ------------------------------------------------------------- */

static int read_before(struct run *run, const struct repo *repo,
                       struct error *err)
{
    int found;

    run->path = known_path(run->options, repo);
    if (!run->path)
        return error_set(err, ERROR_USAGE,
                         "there is no working tree here: name the file, "
                         "'--baseline=FILE'");
    found = baseline_read(&run->before, run->path, err);
    if (found < 0 && !run->action->makes)
        return -1;
    if (found != 0 && run->action->makes)
        return error_set(err, ERROR_USAGE,
                         "%.300s: it is there already; 'tmpguard baseline "
                         "update' changes it",
                         run->path);
    if (found == 0 && !run->action->makes)
        return error_set(err, ERROR_USAGE,
                         "%.300s: there is no such file; 'tmpguard baseline "
                         "create' makes it",
                         run->path);
    return 0;
}

/* The whole tree, as `scan` would at its top. */
static int look(struct session *session, struct error *err)
{
    struct scan_options asked = {
        .codeql_compat = session->options->codeql_compat,
        .threads = session->options->jobs,
        .policy = &session->policy,
    };
    const char *root = ".";

    asked.codeql_compat |= policy_level(&session->policy, POLICY_CODEQL) > 0;
    if (session->options->tree && !session->repo)
        return error_set(err, ERROR_USAGE, "not in a git repository");
    if (session->options->tree)
        return scan_tree(session->repo, session->options->tree, &asked,
                         &session->analyser, &session->report, err);
    if (session->repo)
        root = repo_root(session->repo);
    if (!root)
        return error_set(err, ERROR_USAGE,
                         "there is no working tree here: use '--tree HEAD'");
    return scan_paths(session->repo, &root, 1, &asked, &session->analyser,
                      &session->report, err);
}

static int carry_out(struct run *run, struct session *session)
{
    struct error err;
    int code = -1;

    if (session_policy_of_scan(session, &err) == 0 &&
        read_before(run, session->repo, &err) == 0 &&
        look(session, &err) == 0) {
        progress_end(&session->progress);
        policy_apply(&session->policy, &session->report);
        run->report = &session->report;
        code = finish(run, &err);
    }
    if (code >= 0)
        return code;
    return complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                    "%s", err.message);
}

static void release(struct run *run)
{
    baseline_release(&run->before);
    baseline_release(&run->found);
    baseline_release(&run->after);
    baseline_release(&run->added);
    baseline_release(&run->gone);
    baseline_release(&run->from);
    baseline_release(&run->to);
    free(run->path);
}

static const struct action *find_action(const struct strings *arguments)
{
    for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
        if (arguments->items_count > 0 &&
            strcmp(arguments->items[0], actions[i].name) == 0)
            return &actions[i];
    return NULL;
}

static const char *contradiction(const struct action *action,
                                 const struct options *options)
{
    if (!action)
        return "say 'tmpguard baseline create', 'update' or 'prune'";
    if (options->arguments.items_count > 2)
        return "'baseline' takes one file at most";
    if (options->allow_growth && !action->refuses)
        return "--allow-growth is for 'baseline update'";
    if (options->allow_incomplete && !action->makes)
        return "--allow-incomplete is for 'baseline create'";
    return NULL;
}

int cmd_baseline(const struct options *options)
{
    struct options own = *options;
    struct run run = { .action = find_action(&options->arguments),
                       .options = &own };
    const char *trouble = contradiction(run.action, options);
    struct session session;
    int code;

    if (trouble)
        return complain(EXIT_USAGE, "%s", trouble);
    /* "create FILE" and "create --baseline FILE" are the same. */
    if (options->arguments.items_count == 2)
        own.baselines = (struct strings){ &options->arguments.items[1], 1, 1 };
    session_start(&session, &own);
    run.outputs = &session.outputs;
    code = outputs_prepare(run.outputs, &own);
    if (code == EXIT_CLEAN)
        code = carry_out(&run, &session);
    release(&run);
    session_close(&session);
    return code;
}
