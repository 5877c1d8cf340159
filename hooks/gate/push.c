#include "hooks/gate/check.h"

#include <string.h>

#include "core/base/memory.h"
#include "hooks/gate/baseline_file.h"
#include "hooks/gate/first_push.h"
#include "hooks/gate/gate.h"
#include "hooks/gate/push_line.h"
#include "hooks/gate/settle.h"
#include "hooks/gate/span.h"
#include "hooks/git/peel.h"
#include "hooks/git/refs_files.h"
#include "hooks/git/repo.h"

/* What a push sends: from where, and what the other side has. */
struct push {
    struct repo *repo;
    struct report *report;
    enum push_hook hook;
    const struct policy *policy; /* NULL: there is none */
    struct span range;
    struct buffer revisions; /* for rev-list */
    bool has_old;            /* the other side said that it has something */
    bool first;              /* it goes to where nothing is yet */
    struct baseline known;
};

/*
 * What is known already, as options of rev-list. A server makes refs of its
 * own for what never came through this hook: merge requests from forks, say.
 * Their commits are new when a branch gets them.
 */
static const char *const sent_before[] = { "--not", "--remotes", NULL };
static const char *const received_before[] = {
    "--not",
    /* docs.gitlab.com/development/gitaly: refs made by the server */
    "--exclude=refs/merge-requests/*",
    "--exclude=refs/keep-around/*",
    "--exclude=refs/pipelines/*",
    "--exclude=refs/environments/*",
    /* GitHub Enterprise Server, Gitea and Forgejo; Bitbucket */
    "--exclude=refs/pull/*",
    "--exclude=refs/pull-requests/*",
    "--all",
    NULL,
};

static void name_incomplete(struct push *push, struct text name,
                            const char *reason)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_text(&path, name);
    report_incomplete(push->report, path.bytes ? path.bytes : "", reason);
    buffer_release(&path);
}

static void add_revision(struct push *push, const char *sign,
                         const struct object_id *commit)
{
    char hex[OBJECT_HEX_MAX];

    buffer_format(&push->revisions, "%s%s\n", sign,
                  object_id_format(commit, hex));
}

/* A tree that no commit has to lead to: on a server it is compared with HEAD's,
 * where everybody's old calls are. */
static int add_tree(struct push *push, const struct object_id *tree,
                    struct error *err)
{
    struct object_id head, none = { .size = 0 };
    int found = 0;

    if (push->hook == PUSH_RECEIVES)
        found = repo_resolve(&head, push->repo, "HEAD", err);
    if (found < 0)
        return -1;
    span_add_tree(&push->range, tree, found ? &head : &none);
    return 0;
}

/* A blob alone has no name, so it is no Python file. */
static int add_tip(struct push *push, const struct peeled *tip,
                   struct error *err)
{
    if (tip->type == OBJECT_TREE)
        return add_tree(push, &tip->id, err);
    if (tip->type != OBJECT_COMMIT)
        return 0;
    add_revision(push, "", &tip->id);
    return span_tip(&push->range, push->repo, &tip->id, err);
}

static int add_new(struct push *push, const struct push_line *line,
                   struct error *err)
{
    struct peeled tip;
    struct error reason = { .message = "the object is missing" };

    if (object_id_is_zero(&line->new))
        return 0;
    if (peel(&tip, push->repo, &line->new, &reason) == 1)
        return add_tip(push, &tip, err);
    name_incomplete(push, line->name, reason.message);
    return 0;
}

/* What the other side says it has, if we have it too. */
static void add_old(struct push *push, const struct object_id *id)
{
    struct peeled known;
    struct error ignored;

    push->has_old |= !object_id_is_zero(id);
    if (!object_id_is_zero(id) && peel(&known, push->repo, id, &ignored) == 1 &&
        known.type == OBJECT_COMMIT)
        add_revision(push, "^", &known.id);
}

static int add_head(struct push *push, struct error *err)
{
    struct peeled head = { .type = OBJECT_COMMIT };
    int found = repo_resolve(&head.id, push->repo, "HEAD", err);

    return found == 1 ? add_tip(push, &head, err) : found;
}

static int add_lines(struct push *push, struct text rest, struct error *err)
{
    size_t id_size = repo_id_size(push->repo);
    struct push_line line;
    int found;

    if (!rest.size && push->hook == PUSH_SENDS)
        return add_head(push, err);
    while ((found = push_line_next(&line, &rest, push->hook, id_size, err)) ==
           1) {
        if (add_new(push, &line, err) < 0)
            return -1;
        add_old(push, &line.old);
    }
    return found;
}

static const char *const *known_before(const struct push *push)
{
    return push->hook == PUSH_SENDS ? sent_before : received_before;
}

/* What the policy has a file for. */
static int read_known(struct push *push, struct error *err)
{
    const char *path =
        push->policy ? policy_value(push->policy, POLICY_BASELINE) : "";
    int found = 1;

    if (path[0])
        found = baseline_read(&push->known, path, err);
    if (found == 0)
        return error_set(err, ERROR_USAGE,
                         "hooks.tmpguard.baseline: %.300s: there is no such "
                         "file",
                         path);
    return found < 0 ? -1 : 0;
}

/* 1, 0, or -1 and *err. git takes a folder of refs that it cannot open for an
 * empty one. */
static int is_first(const struct push *push, struct error *err)
{
    struct paths files = { .items = NULL };
    int first = push->has_old ? 0 : first_push_is(known_before(push), err);

    if (first == 1 && refs_files_list(&files, push->repo, err) < 0)
        first = -1;
    paths_release(&files);
    return first;
}

/*
 * Where nothing is yet, what comes may bring a baseline, and the policy may
 * let it in as it is. Returns 1 if there is something to check, 0, -1 and *err.
 */
static int begin(struct push *push, struct error *err)
{
    unsigned level = push->policy
                         ? policy_level(push->policy, POLICY_FIRST_PUSH)
                         : FIRST_PUSH_BASELINE;
    int first = is_first(push, err);

    if (first <= 0)
        return first < 0 ? -1 : 1;
    push->first = true;
    push->report->first_push = level == FIRST_PUSH_BASELINE;
    if (level == FIRST_PUSH_ACCEPT) {
        report_note(push->report, "hooks.tmpguard.firstPush",
                    "it is 'accept', and nothing was here before: what is "
                    "pushed was not checked");
        return 0;
    }
    if (level == FIRST_PUSH_BASELINE &&
        first_push_baseline(&push->known, push->repo, &push->range, err) < 0)
        return -1;
    return 1;
}

/* Where nothing was before, all that the tips hold is new, whichever of their
 * commits, tens of thousands perhaps, brought it. */
static int find_new(struct push *push, struct error *err)
{
    if (!push->first)
        return span_list(&push->range, push->repo,
                         buffer_view(&push->revisions), known_before(push),
                         err);
    span_add_tips(&push->range);
    return 0;
}

static int compare(struct push *push, struct gate *gate, struct error *err)
{
    int result = 0;

    if (push->range.tips_count && push->revisions.size)
        result = find_new(push, err);
    if (push->known.entries_count)
        gate->known = &push->known;
    if (result == 0)
        result = settle_range(gate, &push->range, err);
    for (size_t i = 0; i < push->report->findings_count; i++)
        if (push->report->findings[i].known && !push->report->baseline)
            push->report->baseline =
                memory_copy(BASELINE_FILE, sizeof(BASELINE_FILE) - 1);
    return result;
}

static int check_push(enum push_hook hook, struct repo *repo, struct text lines,
                      const struct check_options *options,
                      struct analyser *analyser, struct report *report,
                      struct error *err)
{
    struct push push = {
        .repo = repo, .report = report, .hook = hook, .policy = options->policy
    };
    struct gate gate = { .repo = repo,
                         .analyser = analyser,
                         .report = report,
                         .views =
                             views_open(repo, analyser, options->codeql_compat),
                         .policy = options->policy,
                         .codeql_compat = options->codeql_compat,
                         .deadline = options->deadline };
    int result = add_lines(&push, lines, err);

    if (result == 0)
        result = read_known(&push, err);
    if (result == 0 && push.range.tips_count)
        result = begin(&push, err);
    if (result == 1)
        result = compare(&push, &gate, err);
    gate_release(&gate);
    span_release(&push.range);
    buffer_release(&push.revisions);
    baseline_release(&push.known);
    report_sort(report);
    return result;
}

int check_pre_push(struct repo *repo, struct text lines,
                   const struct check_options *options,
                   struct analyser *analyser, struct report *report,
                   struct error *err)
{
    return check_push(PUSH_SENDS, repo, lines, options, analyser, report, err);
}

int check_pre_receive(struct repo *repo, struct text lines,
                      const struct check_options *options,
                      struct analyser *analyser, struct report *report,
                      struct error *err)
{
    return check_push(PUSH_RECEIVES, repo, lines, options, analyser, report,
                      err);
}
