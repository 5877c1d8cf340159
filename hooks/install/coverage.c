#include "hooks/install/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"

#define FORMAT "--format=%H%n%T%n%P%n%aI%n%aN%n%aE%n%ct%n%s"

enum { ID, TREE, PARENTS, DATE, NAME, EMAIL, COMMITTED, SUBJECT, FIELDS };

static int run_log(struct buffer *out, const char *const *arguments,
                   struct error *err)
{
    static const char *const start[] = {
        "log",
        "-z",
        "--no-show-signature",
        "--no-color",
        "--no-notes",
        "--no-decorate",
        "--encoding=UTF-8",
        FORMAT,
    };
    enum { START = sizeof(start) / sizeof(*start) };
    size_t count = 0;
    const char **all;
    int status;

    while (arguments[count])
        count++;
    all = memory_new(START + count + 2, sizeof(*all));
    memcpy(all, start, sizeof(start));
    memcpy(all + START, arguments, count * sizeof(*all));
    all[START + count] = "--";
    status = gitpipe_run(out, all, TEXT_EMPTY, err);
    free(all);
    if (status > 0)
        return error_set(err, ERROR_GIT, "git cannot list the commits");
    if (status < 0 && err->code == ERROR_GIT &&
        (strstr(err->message, "bad revision") ||
         strstr(err->message, "unknown revision") ||
         strstr(err->message, "does not have any commits")))
        err->code = ERROR_USAGE;
    return status;
}

/* The fields of one commit, each on a line; false if one is missing. */
static bool split(char *fields[FIELDS], char *entry)
{
    for (size_t i = 0; i < FIELDS; i++) {
        char *end = strchr(entry, '\n');

        fields[i] = entry;
        if (i == SUBJECT)
            break;
        if (!end)
            return false;
        *end = '\0';
        entry = end + 1;
    }
    return true;
}

static int take(struct coverage *coverage, char *entry,
                const struct approvals *approvals, struct error *err)
{
    struct coverage_commit *commit;
    struct object_id tree;
    char *fields[FIELDS];

    if (!split(fields, entry) ||
        object_id_parse(&tree, text_of(fields[TREE])) < 0)
        return error_set(err, ERROR_GIT, "git log gave no commit");
    commit = ARRAY_PUSH(coverage->commits);
    *commit = (struct coverage_commit){
        .id = fields[ID],
        .tree = fields[TREE],
        .parents = fields[PARENTS],
        .date = fields[DATE],
        .name = fields[NAME],
        .email = fields[EMAIL],
        .subject = fields[SUBJECT],
        .approved = approvals_have(approvals, &tree),
    };
    commit->older = approvals->since > strtoll(fields[COMMITTED], NULL, 10);
    coverage->approved += commit->approved;
    coverage->older += commit->older && !commit->approved;
    return 0;
}

static int by_email(const void *a, const void *b)
{
    const struct coverage_commit *const *one = a, *const *two = b;

    return strcmp((*one)->email, (*two)->email);
}

static int by_missing(const void *a, const void *b)
{
    const struct coverage_author *one = a, *two = b;
    size_t missing[] = { one->commits - one->approved,
                         two->commits - two->approved };

    if (missing[0] != missing[1])
        return missing[0] < missing[1] ? 1 : -1;
    if (one->commits != two->commits)
        return one->commits < two->commits ? 1 : -1;
    return strcmp(one->email, two->email);
}

static void count_commit(struct coverage *coverage,
                         const struct coverage_commit *commit)
{
    struct coverage_author *author =
        coverage->authors_count
            ? &coverage->authors[coverage->authors_count - 1]
            : NULL;

    if (!author || strcmp(author->email, commit->email) != 0) {
        author = ARRAY_PUSH(coverage->authors);
        author->name = commit->name;
        author->email = commit->email;
    }
    author->commits++;
    author->approved += commit->approved;
}

static void count_authors(struct coverage *coverage)
{
    size_t count = coverage->commits_count;
    const struct coverage_commit **sorted = memory_new(count, sizeof(*sorted));

    for (size_t i = 0; i < count; i++)
        sorted[i] = &coverage->commits[i];
    if (count)
        qsort(sorted, count, sizeof(*sorted), by_email);
    coverage->authors = NULL;
    coverage->authors_count = coverage->authors_room = 0;
    for (size_t i = 0; i < count; i++)
        count_commit(coverage, sorted[i]);
    if (coverage->authors_count)
        qsort(coverage->authors, coverage->authors_count,
              sizeof(*coverage->authors), by_missing);
    free(sorted);
}

int coverage_read(struct coverage *coverage, const char *const *arguments,
                  const struct approvals *approvals, struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    int result = run_log(&bytes, arguments, err);

    *coverage = COVERAGE_EMPTY;
    coverage->bytes = bytes;
    for (size_t at = 0; result == 0 && at < bytes.size;) {
        char *entry = bytes.bytes + at;

        at += strlen(entry) + 1;
        result = take(coverage, entry, approvals, err);
    }
    count_authors(coverage);
    return result;
}

void coverage_release(struct coverage *coverage)
{
    free(coverage->commits);
    free(coverage->authors);
    buffer_release(&coverage->bytes);
    *coverage = COVERAGE_EMPTY;
}
