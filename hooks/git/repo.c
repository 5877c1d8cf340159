#include "hooks/git/repo.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/odb.h"
#include "hooks/git/promise.h"
#include "hooks/git/repo_lines.h"
#include "hooks/git/tree.h"
#include "hooks/system/disk.h"

struct repo {
    struct repo_lines found;
    struct odb *odb;
};

static int find(struct repo_lines *found, struct error *err)
{
    int result = repo_own_open(found);

    if (result != 1)
        result = repo_git_open(found, err);
    if (result == 1 && strcmp(found->lines[REPO_FORMAT], "sha1") != 0 &&
        strcmp(found->lines[REPO_FORMAT], "sha256") != 0)
        return error_set(err, ERROR_GIT, "unknown object format");
    return result;
}

/* GIT_OBJECT_DIRECTORY names another folder, as in quarantine. */
static void borrow(struct repo *repo)
{
    struct buffer own = BUFFER_EMPTY;

    buffer_format(&own, "%s/objects", repo_common_dir(repo));
    if (strcmp(own.bytes, repo_objects_dir(repo)) != 0 && disk_has(own.bytes))
        odb_borrow(repo->odb, own.bytes);
    buffer_release(&own);
}

int repo_open(struct repo **repo, struct error *err)
{
    struct repo *made = memory_new(1, sizeof(*made));
    int found = find(&made->found, err);

    *repo = NULL;
    if (found != 1) {
        repo_close(made);
        return found;
    }
    made->odb = odb_open(repo_objects_dir(made), repo_id_size(made));
    borrow(made);
    *repo = made;
    return 1;
}

void repo_close(struct repo *repo)
{
    if (!repo)
        return;
    odb_close(repo->odb);
    repo_lines_release(&repo->found);
    free(repo);
}

const char *repo_root(const struct repo *repo)
{
    return repo->found.lines[REPO_ROOT];
}

const char *repo_git_dir(const struct repo *repo)
{
    return repo->found.lines[REPO_GIT_DIR];
}

const char *repo_common_dir(const struct repo *repo)
{
    return repo->found.lines[REPO_COMMON_DIR];
}

const char *repo_objects_dir(const struct repo *repo)
{
    return repo->found.lines[REPO_OBJECTS];
}

size_t repo_id_size(const struct repo *repo)
{
    return strcmp(repo->found.lines[REPO_FORMAT], "sha256") == 0 ? 32 : 20;
}

struct odb *repo_odb(struct repo *repo)
{
    return repo->odb;
}

const char *repo_index_path(const struct repo *repo)
{
    return repo->found.lines[REPO_INDEX];
}

bool repo_is_shallow(const struct repo *repo)
{
    return strcmp(repo->found.lines[REPO_SHALLOW], "true") == 0 ||
           promise_given(repo->found.lines[REPO_OBJECTS]);
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
    const char *head = repo->found.lines[REPO_HEAD];
    const char *head_tree = repo->found.lines[REPO_HEAD_TREE];
    struct error ignored;

    *tree = (struct object_id){ .size = 0 };
    if (!head)
        return repo_resolve(commit, repo, "HEAD", err);
    object_id_parse(commit, text_of(head));
    if (head_tree)
        object_id_parse(tree, text_of(head_tree));
    /* Not asked by us, git has not seen whether it is there. */
    else if (tree_of_commit(tree, repo, commit, &ignored) != 1)
        return repo_resolve(commit, repo, "HEAD", err);
    return 1;
}
