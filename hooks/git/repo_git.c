#include "hooks/git/repo_lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"

/* The message and the missing line tell that there is no work tree. */
static bool is_bare(const struct error *err, size_t lines)
{
    return lines == REPO_ROOT && strstr(err->message, "run in a work tree");
}

static bool is_nowhere(const struct error *err)
{
    return strncmp(err->message, "not a git repository (or any", 28) == 0;
}

/* git's own advice follows on lines of their own, which are not kept. */
static void advise(struct error *err)
{
    struct error reason = *err;

    if (strstr(reason.message, "dubious ownership"))
        error_set(err, ERROR_GIT,
                  "%.380s; if you trust it, add it to git's safe.directory",
                  reason.message);
}

static size_t split(struct repo_lines *repo, const struct buffer *out)
{
    struct text rest = buffer_view(out);
    size_t n = 0;

    for (size_t end; rest.size; n++) {
        end = text_find(rest, '\n', 0);
        if (n < REPO_LINES)
            repo->lines[n] = memory_copy(rest.bytes, end);
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    return n;
}

/* What follows the root, if anything, are ids. A line too many is a path with
 * a newline in it. */
static bool is_clear(const struct repo_lines *repo, size_t lines)
{
    struct object_id id;

    for (size_t i = REPO_HEAD; i < lines && i < REPO_LINES; i++)
        if (object_id_parse(&id, text_of(repo->lines[i])) < 0)
            return false;
    return lines >= REPO_ROOT && lines <= REPO_LINES;
}

int repo_git_open(struct repo_lines *repo, struct error *err)
{
    static const char *const arguments[] = {
        "rev-parse",
        "--path-format=absolute",
        "--show-object-format",
        "--is-shallow-repository",
        "--git-dir",
        "--git-common-dir",
        "--git-path",
        "objects",
        "--git-path",
        "index",
        "--show-toplevel",
        "--revs-only",
        "HEAD^{commit}",
        "HEAD^{tree}",
        NULL,
    };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);
    size_t lines = split(repo, &out);

    buffer_release(&out);
    if (status < 0 && is_nowhere(err))
        return 0;
    /* When all else is told, it is HEAD that git cannot read. */
    if (status < 0 && lines < REPO_HEAD && !is_bare(err, lines)) {
        advise(err);
        return -1;
    }
    if (!is_clear(repo, lines) || (status >= 0 && lines < REPO_HEAD))
        return error_set(err, ERROR_GIT,
                         "git gave no clear answer: it must be 2.31 or newer, "
                         "and the folder's name must have no newline");
    return 1;
}

void repo_lines_release(struct repo_lines *repo)
{
    for (size_t i = 0; i < REPO_LINES; i++)
        free(repo->lines[i]);
    *repo = (struct repo_lines){ .lines = { NULL } };
}
