#include "hooks/gate/check.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/gate/gate.h"
#include "hooks/gate/policy_tree.h"
#include "hooks/gate/settle.h"
#include "hooks/gate/span.h"
#include "hooks/gate/staged.h"
#include "hooks/gate/staged_tree.h"
#include "hooks/git/repo.h"

static struct gate gate_of(struct repo *repo,
                           const struct check_options *options,
                           struct analyser *analyser, struct report *report)
{
    return (struct gate){ .repo = repo,
                          .analyser = analyser,
                          .report = report,
                          .views = views_open(repo, analyser,
                                              options->codeql_compat),
                          .policy = options->policy,
                          .codeql_compat = options->codeql_compat };
}

static void report_at_once(void *payload, const char *path,
                           const struct object_id *blob,
                           const struct finding *finding)
{
    gate_report(payload, path, blob, finding);
}

/* One that cannot be told is no reason to stop anything. */
static void tell_staged(const struct gate *gate, const struct change *change,
                        struct object_id *staged)
{
    struct object_id tree;
    struct error ignored;

    if (staged && staged_tree(&tree, gate->repo, change, &ignored) == 1)
        *staged = tree;
}

/* A commit that leaves the policy as it is hears of it no more. */
static bool is_told(const struct change *change)
{
    for (size_t i = 0; i < change->parents_count; i++)
        if (!diff_find(&change->parents[i].diff, POLICY_FILE))
            return true;
    return false;
}

int check_staged(struct repo *repo, const struct check_options *options,
                 struct analyser *analyser, struct report *report,
                 struct error *err)
{
    struct gate gate = gate_of(repo, options, analyser, report);
    struct change change;
    int result = staged_read(&change, repo, err);

    gate.visit = report_at_once;
    gate.payload = &gate;
    if (result == 0 && gate.policy)
        result = policy_of_staged(gate.policy, repo, &change, err);
    if (result == 0) {
        if (gate.policy)
            gate.policy->told = is_told(&change);
        gate_obey(&gate);
        gate_compare(&gate, &change);
        tell_staged(&gate, &change, options->staged);
    }
    gate_release(&gate);
    change_release(&change);
    report_sort(report);
    return result;
}

static int resolve(struct object_id *commit, struct repo *repo,
                   const char *revision, struct error *err)
{
    int found = repo_resolve(commit, repo, revision, err);

    if (found == 0)
        return error_set(err, ERROR_USAGE, "%.200s: there is no such commit",
                         revision);
    return found < 0 ? -1 : 0;
}

static int settle(struct span *range, int result, struct gate *gate,
                  struct error *err)
{
    if (result == 0)
        result = settle_range(gate, range, err);
    gate_release(gate);
    span_release(range);
    report_sort(gate->report);
    return result;
}

int check_commit(struct repo *repo, const char *revision,
                 const struct check_options *options, struct analyser *analyser,
                 struct report *report, struct error *err)
{
    struct gate gate = gate_of(repo, options, analyser, report);
    struct span range = SPAN_EMPTY;
    struct object_id commit;
    int result = resolve(&commit, repo, revision, err);

    if (result == 0)
        result = span_add(&range, repo, &commit, err);
    if (result == 0)
        result = span_tip(&range, repo, &commit, err);
    return settle(&range, result, &gate, err);
}

/* "A..B" or "A...B", where nothing means HEAD. */
static int resolve_ends(struct object_id *from, struct object_id *to,
                        struct repo *repo, const char *range, struct error *err)
{
    const char *dots = strstr(range, "..");
    char *old;
    int result;

    if (!dots)
        return error_set(err, ERROR_USAGE,
                         "%.200s: not a range, write it as A..B", range);
    old = memory_copy(range, (size_t)(dots - range));
    dots += dots[2] == '.' ? 3 : 2;
    result = resolve(from, repo, old[0] ? old : "HEAD", err);
    if (result == 0)
        result = resolve(to, repo, dots[0] ? dots : "HEAD", err);
    free(old);
    return result;
}

int check_range(struct repo *repo, const char *range,
                const struct check_options *options, struct analyser *analyser,
                struct report *report, struct error *err)
{
    static const char *const nothing[] = { NULL };
    struct gate gate = gate_of(repo, options, analyser, report);
    char old[OBJECT_HEX_MAX], new[OBJECT_HEX_MAX];
    struct buffer revisions = BUFFER_EMPTY;
    struct span commits = SPAN_EMPTY;
    struct object_id from, to;
    int result = resolve_ends(&from, &to, repo, range, err);

    if (result == 0) {
        buffer_format(&revisions, "%s\n^%s\n", object_id_format(&to, new),
                      object_id_format(&from, old));
        result =
            span_list(&commits, repo, buffer_view(&revisions), nothing, err);
    }
    if (result == 0)
        result = span_tip(&commits, repo, &to, err);
    buffer_release(&revisions);
    return settle(&commits, result, &gate, err);
}
