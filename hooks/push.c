#include "hooks/check.h"

#include "hooks/gate.h"
#include "hooks/repo.h"
#include "hooks/settle.h"
#include "hooks/span.h"

/* What a push sends: from where, and what the other side has. */
struct push {
    struct repo *repo;
    struct report *report;
    struct span range;
    struct buffer revisions; /* for rev-list */
};

static struct text take_word(struct text *line)
{
    size_t end = text_find(*line, ' ', 0);
    struct text word = text_slice(*line, 0, end);

    *line = text_slice(*line, end < line->size ? end + 1 : end, line->size);
    return word;
}

static void name_incomplete(struct push *push, struct text name,
                            const char *reason)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_text(&path, name);
    report_incomplete(push->report, path.bytes ? path.bytes : "", reason);
    buffer_release(&path);
}

static int add_tip(struct push *push, struct text name,
                   const struct object_id *id, struct error *err)
{
    char hex[OBJECT_HEX_MAX];
    struct object_id commit;
    int found =
        repo_resolve(&commit, push->repo, object_id_format(id, hex), err);

    if (found < 0)
        return -1;
    if (found == 0) {
        name_incomplete(push, name,
                        "it leads to no commit, so it was not checked");
        return 0;
    }
    buffer_format(&push->revisions, "%s\n", object_id_format(&commit, hex));
    return span_tip(&push->range, push->repo, &commit, err);
}

/* What the other side says it has, if we have it too. */
static int add_known(struct push *push, const struct object_id *id,
                     struct error *err)
{
    char hex[OBJECT_HEX_MAX];
    struct object_id commit;
    int found =
        repo_resolve(&commit, push->repo, object_id_format(id, hex), err);

    if (found == 1)
        buffer_format(&push->revisions, "^%s\n",
                      object_id_format(&commit, hex));
    return found < 0 ? -1 : 0;
}

/* "LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID"; zeros: a ref that is not there. */
static int add_line(struct push *push, struct text line, struct error *err)
{
    struct text name = take_word(&line), local = take_word(&line);
    struct text remote, there;
    struct object_id ours, theirs;

    remote = take_word(&line);
    there = take_word(&line);
    if (!name.size || !remote.size || line.size ||
        object_id_parse(&ours, local) < 0 ||
        object_id_parse(&theirs, there) < 0)
        return error_set(err, ERROR_USAGE,
                         "standard input: not a line of git's pre-push hook");
    if (object_id_is_zero(&ours))
        return 0;
    if (add_tip(push, name, &ours, err) < 0)
        return -1;
    return object_id_is_zero(&theirs) ? 0 : add_known(push, &theirs, err);
}

static int add_head(struct push *push, struct error *err)
{
    struct object_id head;
    int found = repo_resolve(&head, push->repo, "HEAD", err);

    return found == 1 ? add_tip(push, TEXT("HEAD"), &head, err) : found;
}

static int add_lines(struct push *push, struct text rest, struct error *err)
{
    if (!rest.size)
        return add_head(push, err);
    while (rest.size) {
        size_t end = text_find(rest, '\n', 0);

        if (add_line(push, text_slice(rest, 0, end), err) < 0)
            return -1;
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    return 0;
}

int check_pre_push(struct repo *repo, struct text lines,
                   const struct check_options *options,
                   struct analyser *analyser, struct report *report,
                   struct error *err)
{
    static const char *const unknown_to_remotes[] = { "--not", "--remotes",
                                                      NULL };
    struct push push = { .repo = repo, .report = report };
    struct gate gate = { .repo = repo,
                         .analyser = analyser,
                         .report = report,
                         .views =
                             views_open(repo, analyser, options->codeql_compat),
                         .codeql_compat = options->codeql_compat };
    int result = add_lines(&push, lines, err);

    if (result == 0 && push.range.tips_count)
        result = span_list(&push.range, repo, buffer_view(&push.revisions),
                           unknown_to_remotes, err);
    if (result == 0)
        result = settle_range(&gate, &push.range, err);
    gate_release(&gate);
    span_release(&push.range);
    buffer_release(&push.revisions);
    report_sort(report);
    return result;
}
