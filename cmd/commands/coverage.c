#include "hooks/install/coverage.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cmd/render/coverage_render.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "core/base/memory.h"
#include "hooks/git/repo.h"
#include "hooks/git/when.h"

/* The record of this repository, and those that were named. */
static int read_approvals(struct approvals *approvals,
                          const struct options *options, struct error *err)
{
    struct repo *repo = NULL;
    int found = repo_open(&repo, err);

    if (found == 0)
        error_set(err, ERROR_USAGE, "not in a git repository");
    if (found == 1)
        found = approvals_read(approvals, repo_common_dir(repo), err);
    else
        found = -1;
    for (size_t i = 0; found == 0 && i < options->approved.items_count; i++)
        found = approvals_read_file(approvals, options->approved.items[i], err);
    repo_close(repo);
    return found;
}

/* An option of git log for a date that a person wrote; NULL and *err. */
static char *limit(const char *name, const char *date, struct error *err)
{
    struct buffer option = BUFFER_EMPTY;
    int64_t seconds;

    if (when_parse(&seconds, date, err) < 0)
        return NULL;
    buffer_format(&option, "%s=%" PRId64, name, seconds);
    return buffer_detach(&option);
}

/* Revisions, of which none is HEAD for git, and since and until when. */
static int read_commits(struct coverage *coverage,
                        const struct options *options,
                        const struct approvals *approvals, struct error *err)
{
    const struct strings *given = &options->arguments;
    const char **all = memory_new(given->items_count + 4, sizeof(*all));
    char *since = NULL, *until = NULL;
    size_t count = 0;
    int result = 0;

    if (options->since)
        result = (since = limit("--max-age", options->since, err)) ? 0 : -1;
    if (options->until && result == 0)
        result = (until = limit("--min-age", options->until, err)) ? 0 : -1;
    if (since)
        all[count++] = since;
    if (until)
        all[count++] = until;
    all[count++] = "--end-of-options";
    for (size_t i = 0; i < given->items_count; i++)
        all[count++] = given->items[i];
    if (result == 0)
        result = coverage_read(coverage, all, approvals, err);
    free(since);
    free(until);
    free(all);
    return result;
}

int cmd_coverage(const struct options *options)
{
    struct approvals approvals = APPROVALS_EMPTY;
    struct coverage coverage = COVERAGE_EMPTY;
    struct coverage_view view = { .coverage = &coverage,
                                  .approvals = &approvals,
                                  .options = options };
    struct error err;
    int result = read_approvals(&approvals, options, &err), code;

    if (result == 0)
        result = read_commits(&coverage, options, &approvals, &err);
    if (result < 0)
        code = complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                        "%s", err.message);
    else
        code = output_answer(options, coverage_render, &view);
    if (code == EXIT_CLEAN && coverage.approved < coverage.commits_count)
        code = EXIT_FINDINGS;
    coverage_release(&coverage);
    approvals_release(&approvals);
    return code;
}
