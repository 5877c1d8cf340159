#include "hooks/history/history_refs.h"

#include <fnmatch.h>
#include <string.h>

#include "core/base/buffer.h"
#include "hooks/git/gitpipe.h"

static const struct {
    const char *option, *noun, *folder;
} kinds[] = {
    [HISTORY_ALL] = { "all", "ref", "" },
    [HISTORY_BRANCHES] = { "branches", "branch", "refs/heads/" },
    [HISTORY_TAGS] = { "tags", "tag", "refs/tags/" },
    [HISTORY_REMOTES] = { "remotes", "remote branch", "refs/remotes/" },
    [HISTORY_REFLOG] = { "reflog", "reflog", NULL },
};

static bool is_glob(const char *pattern)
{
    return pattern[strcspn(pattern, "*?[")] != '\0';
}

/* git's wildmatch without WM_PATHNAME: fnmatch without flags is the same. */
static bool matches(const char *pattern, const char *name)
{
    struct buffer glob = BUFFER_EMPTY;
    bool result;

    buffer_string(&glob, pattern);
    if (!is_glob(pattern))
        buffer_string(
            &glob, glob.size && glob.bytes[glob.size - 1] == '/' ? "*" : "/*");
    result = fnmatch(glob.bytes, name, 0) == 0;
    buffer_release(&glob);
    return result;
}

bool history_refs_match(const struct history_refs *refs, const char *name)
{
    const char *folder = kinds[refs->kind].folder;

    if (!folder || strncmp(name, folder, strlen(folder)) != 0)
        return false;
    return !refs->pattern || matches(refs->pattern, name + strlen(folder));
}

int history_refs_none(const struct history_refs *refs, struct error *err)
{
    const char *noun = kinds[refs->kind].noun;
    const char *option = kinds[refs->kind].option;

    if (is_glob(refs->pattern))
        return error_set(err, ERROR_USAGE, "--%s=%.200s: no %s matches", option,
                         refs->pattern, noun);
    return error_set(err, ERROR_USAGE,
                     "--%s=%.200s: no %s is called %.200s/…; a single one is "
                     "named without the option",
                     option, refs->pattern, noun, refs->pattern);
}

/* git leaves out what it does not have, and only warns. */
static void note_complaints(struct buffer *complaints, struct report *report)
{
    char *rest = NULL;

    if (!complaints->size)
        return;
    for (char *line = strtok_r(complaints->bytes, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        if (strstr(line, "reflog"))
            report_incomplete(report, "reflog", line);
}

int history_refs_each_logged(history_refs_visit *visit, void *payload,
                             struct report *report, struct error *err)
{
    static const char *const arguments[] = { "rev-list", "--no-walk=unsorted",
                                             "--reflog", NULL };
    struct buffer out = BUFFER_EMPTY, complaints = BUFFER_EMPTY;
    int status =
        gitpipe_run_noting(&out, &complaints, arguments, TEXT_EMPTY, err);
    char *rest = NULL;

    if (status > 0)
        status = error_set(err, ERROR_GIT, "git cannot list the reflogs");
    note_complaints(&complaints, report);
    for (char *line = out.size ? strtok_r(out.bytes, "\n", &rest) : NULL;
         line && status == 0; line = strtok_r(NULL, "\n", &rest)) {
        struct object_id id;

        if (object_id_parse(&id, text_of(line)) < 0)
            status = error_set(err, ERROR_GIT, "git gave no object id");
        else
            visit(&id, payload);
    }
    buffer_release(&complaints);
    buffer_release(&out);
    return status;
}
