#include "hooks/repo.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "hooks/gitpipe.h"
#include "hooks/odb.h"
#include "hooks/promise.h"

/* The lines that rev-parse answers with, in this order. The last two are
 * missing if there is no HEAD yet, or git cannot read it. */
enum {
    FORMAT,
    SHALLOW,
    GIT_DIR,
    COMMON_DIR,
    OBJECTS,
    INDEX,
    ROOT,
    HEAD,
    HEAD_TREE,
    LINES
};

struct repo {
    char *lines[LINES]; /* lines[ROOT] is NULL in a bare repository */
    struct odb *odb;
};

/* The message and the missing line tell that there is no work tree. */
static bool is_bare(const struct error *err, size_t lines)
{
    return lines == ROOT && strstr(err->message, "run in a work tree");
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

static size_t split(struct repo *repo, const struct buffer *out)
{
    struct text rest = buffer_view(out);
    size_t n = 0;

    for (size_t end; rest.size; n++) {
        end = text_find(rest, '\n', 0);
        if (n < LINES)
            repo->lines[n] = memory_copy(rest.bytes, end);
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    return n;
}

/* What follows the root, if anything, are ids. A line too many is a path with
 * a newline in it. */
static bool is_clear(const struct repo *repo, size_t lines)
{
    struct object_id id;

    for (size_t i = HEAD; i < lines && i < LINES; i++)
        if (object_id_parse(&id, text_of(repo->lines[i])) < 0)
            return false;
    return lines >= ROOT && lines <= LINES;
}

static int ask(struct repo *repo, struct error *err)
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
    if (status < 0 && lines < HEAD && !is_bare(err, lines)) {
        advise(err);
        return -1;
    }
    if (!is_clear(repo, lines) || (status >= 0 && lines < HEAD))
        return error_set(err, ERROR_GIT,
                         "git gave no clear answer: it must be 2.31 or newer, "
                         "and the folder's name must have no newline");
    return 1;
}

int repo_open(struct repo **repo, struct error *err)
{
    struct repo *made = memory_new(1, sizeof(*made));
    int found = ask(made, err);

    *repo = NULL;
    if (found == 1 && strcmp(made->lines[FORMAT], "sha1") != 0 &&
        strcmp(made->lines[FORMAT], "sha256") != 0)
        found = error_set(err, ERROR_GIT, "unknown object format");
    if (found != 1) {
        repo_close(made);
        return found;
    }
    made->odb = odb_open(made->lines[OBJECTS], repo_id_size(made));
    *repo = made;
    return 1;
}

void repo_close(struct repo *repo)
{
    if (!repo)
        return;
    odb_close(repo->odb);
    for (size_t i = 0; i < LINES; i++)
        free(repo->lines[i]);
    free(repo);
}

const char *repo_root(const struct repo *repo)
{
    return repo->lines[ROOT];
}

const char *repo_git_dir(const struct repo *repo)
{
    return repo->lines[GIT_DIR];
}

const char *repo_common_dir(const struct repo *repo)
{
    return repo->lines[COMMON_DIR];
}

const char *repo_objects_dir(const struct repo *repo)
{
    return repo->lines[OBJECTS];
}

size_t repo_id_size(const struct repo *repo)
{
    return strcmp(repo->lines[FORMAT], "sha256") == 0 ? 32 : 20;
}

struct odb *repo_odb(struct repo *repo)
{
    return repo->odb;
}

const char *repo_index_path(const struct repo *repo)
{
    return repo->lines[INDEX];
}

bool repo_is_shallow(const struct repo *repo)
{
    return strcmp(repo->lines[SHALLOW], "true") == 0 ||
           promise_given(repo->lines[OBJECTS]);
}

static int parse_id(struct object_id *id, struct text line, struct error *err)
{
    if (line.size && line.bytes[line.size - 1] == '\n')
        line.size--;
    if (object_id_parse(id, line) < 0)
        return error_set(err, ERROR_GIT, "git gave no object id");
    return 0;
}

static int verify(struct buffer *out, const char *revision, struct error *err)
{
    const char *const arguments[] = { "rev-parse",        "--verify", "--quiet",
                                      "--end-of-options", revision,   NULL };

    return gitpipe_run(out, arguments, TEXT_EMPTY, err);
}

/*
 * git found no commit: 0 if the revision names none, -1 and *err if it does
 * and the object cannot be read. A whole id names itself, there or not.
 */
static int find_reason(struct repo *repo, const char *revision,
                       struct error *err)
{
    struct buffer out = BUFFER_EMPTY;
    struct object object = OBJECT_EMPTY;
    struct object_id id;
    struct error reason = { .message =
                                "the object is missing (git fsck tells more)" };
    int found = 1;

    if (verify(&out, revision, &reason) == 0 &&
        !text_starts_with(buffer_view(&out), text_of(revision)) &&
        parse_id(&id, buffer_view(&out), &reason) == 0)
        found = object_read(&object, repo, &id, SIZE_MAX, &reason);
    object_release(&object);
    buffer_release(&out);
    if (found == 1)
        return 0;
    return error_set(err, ERROR_GIT, "%.100s: %s", revision, reason.message);
}

int repo_resolve(struct object_id *commit, struct repo *repo,
                 const char *revision, struct error *err)
{
    struct buffer wanted = BUFFER_EMPTY, out = BUFFER_EMPTY;
    int status;

    buffer_format(&wanted, "%s^{commit}", revision);
    status = verify(&out, wanted.bytes, err);
    if (status == 0)
        status = parse_id(commit, buffer_view(&out), err) < 0 ? -1 : 1;
    else if (status == 1)
        status = find_reason(repo, revision, err);
    /* git ends in anger about an upstream or a reflog that is not there. */
    else if (strstr(revision, "@{"))
        status = 0;
    buffer_release(&wanted);
    buffer_release(&out);
    return status;
}

int repo_head(struct object_id *commit, struct object_id *tree,
              struct repo *repo, struct error *err)
{
    *tree = (struct object_id){ .size = 0 };
    if (!repo->lines[HEAD])
        return repo_resolve(commit, repo, "HEAD", err);
    object_id_parse(commit, text_of(repo->lines[HEAD]));
    if (repo->lines[HEAD_TREE])
        object_id_parse(tree, text_of(repo->lines[HEAD_TREE]));
    return 1;
}
