#include "hooks/gate/policy_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/bound.h"
#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/gate/staged.h"
#include "hooks/git/config_text.h"
#include "hooks/git/repo.h"
#include "hooks/git/tree.h"

/* One version of the file on its way in. */
struct version {
    struct policy *policy;
    bool old; /* of a parent: its faults are remarked on */
};

struct versions {
    struct policy *policy;
    struct repo *repo;
    struct object_id *seen; /* blobs that were read */
    size_t seen_count, seen_room;
};

/* Where a version's settings stand. */
static const char *origin_of(const struct version *version)
{
    return version->old ? "a parent's " POLICY_FILE : POLICY_FILE;
}

static int not_ours(const struct config_item *item, const char *origin,
                    struct error *err)
{
    if (strncmp(item->section, "include", 7) == 0)
        return error_set(err, ERROR_USAGE,
                         "%s:%u: there is only one section here, [tmpguard]; "
                         "no other file is included",
                         origin, (unsigned)item->line);
    return error_set(
        err, ERROR_USAGE,
        "%s:%u: there is only one section here, [tmpguard]; '%.40s' "
        "is in [%.40s%s%.40s%s]",
        origin, (unsigned)item->line, item->key, item->section,
        item->subsection ? " \"" : "", item->subsection ? item->subsection : "",
        item->subsection ? "\"" : "");
}

static int take(const struct config_item *item, void *payload,
                struct error *err)
{
    const struct version *version = payload;
    const struct policy_place place = { POLICY_TREE, origin_of(version),
                                        item->line };
    struct error reason;
    bool gathers = version->policy->gathers;
    int result;

    version->policy->gathers = gathers && !version->old;
    if (item->subsection || strcmp(item->section, "tmpguard") != 0)
        result = not_ours(item, place.origin, &reason);
    else
        result = policy_add(version->policy, &place, item->key, item->value,
                            &reason);
    version->policy->gathers = gathers;
    if (result == 0)
        return 0;
    if (!version->old)
        return error_set(err, reason.code, "%s", reason.message);
    policy_remark(version->policy, POLICY_FILE, reason.message);
    return 0;
}

/* An error of an old version is a remark. */
static int forgive(const struct version *version, int result, struct error *err)
{
    if (result == 0)
        return 0;
    if (!version->old ||
        (err->code != ERROR_USAGE && err->code != ERROR_FORMAT))
        return -1;
    policy_remark(version->policy, POLICY_FILE, err->message);
    return 0;
}

static int take_bytes(struct version *version, struct text bytes,
                      struct error *err)
{
    int result =
        config_text_each(origin_of(version), bytes, take, version, err);

    if (result < 0 && err->code == ERROR_FORMAT)
        err->code = ERROR_USAGE;
    return forgive(version, result, err);
}

static int take_blob(struct version *version, struct repo *repo,
                     const struct object_id *id, struct error *err)
{
    struct object object;
    struct error reason = { .message = "the object is missing" };
    int found = object_read(&object, repo, id, POLICY_SIZE_MAX, &reason);
    int result;

    if (found == 1) {
        result = take_bytes(version, object.bytes, err);
        object_release(&object);
        return result;
    }
    result = error_set(
        err, found < 0 && reason.code == ERROR_LIMIT ? ERROR_USAGE : ERROR_GIT,
        POLICY_FILE ": %s", reason.message);
    return forgive(version, result, err);
}

static bool was_seen(struct versions *versions, const struct object_id *id)
{
    for (size_t i = 0; i < versions->seen_count; i++)
        if (object_id_compare(&versions->seen[i], id) == 0)
            return true;
    *ARRAY_PUSH(versions->seen) = *id;
    return false;
}

static const char *kind_of(uint32_t mode)
{
    switch (mode & OBJECT_MODE_TYPE) {
    case OBJECT_MODE_SYMLINK:
        return "a symbolic link";
    case OBJECT_MODE_GITLINK:
        return "a submodule";
    default:
        return "a folder";
    }
}

/* Nothing there is fine. */
static int take_side(struct versions *versions, const struct diff_side *side,
                     bool old, struct error *err)
{
    struct version version = { versions->policy, old };

    if (side->mode == 0)
        return 0;
    if (!diff_is_file(side))
        return forgive(&version,
                       error_set(err, ERROR_USAGE,
                                 POLICY_FILE ": it is %s, and must be a file",
                                 kind_of(side->mode)),
                       err);
    if (was_seen(versions, &side->id))
        return 0;
    return take_blob(&version, versions->repo, &side->id, err);
}

static int take_tree(struct versions *versions, const struct object_id *tree,
                     bool old, struct error *err)
{
    struct diff_side side;
    struct error reason = { .message = "its tree is missing" };
    int found = tree_find(&side, versions->repo, tree, POLICY_FILE, &reason);

    if (found < 0)
        return error_set(err, ERROR_GIT, POLICY_FILE ": %.400s",
                         reason.message);
    return found == 0 ? 0 : take_side(versions, &side, old, err);
}

int policy_of_tree(struct policy *policy, struct repo *repo,
                   const struct object_id *tree, struct error *err)
{
    struct versions versions = { .policy = policy, .repo = repo };
    int result = take_tree(&versions, tree, false, err);

    free(versions.seen);
    return result;
}

/* ---- what is staged ------------------------------------------------------ */

/* Is there a folder of that name from here on? */
static bool is_folder(const struct diff *diff)
{
    const char name[] = POLICY_FILE "/";
    struct bound found = bound_in(0, diff->entries_count);

    while (bound_open(&found))
        bound_step(&found, strcmp(diff->entries[found.middle].path, name) < 0);
    for (size_t i = found.low;
         i < diff->entries_count &&
         strncmp(diff->entries[i].path, name, sizeof(name) - 1) == 0;
         i++)
        if (diff->entries[i].after.mode)
            return true;
    return false;
}

/* What the index has if any parent has something else; else *side is of the
 * first parent. A conflict is for the gate to complain of. */
static bool is_changed(struct diff_side *side, const struct change *change)
{
    for (size_t i = 0; i < change->parents_count; i++) {
        const struct diff_entry *entry =
            diff_find(&change->parents[i].diff, POLICY_FILE);

        if (entry) {
            *side = entry->unmerged ? (struct diff_side){ 0 } : entry->after;
            return true;
        }
        if (is_folder(&change->parents[i].diff)) {
            *side = (struct diff_side){ .mode = OBJECT_MODE_TREE };
            return true;
        }
    }
    return false;
}

static int take_changed(struct versions *versions, const struct change *change,
                        const struct diff_side *now, struct error *err)
{
    if (take_side(versions, now, false, err) < 0)
        return -1;
    for (size_t i = 0; i < change->parents_count; i++) {
        const struct diff_entry *entry =
            diff_find(&change->parents[i].diff, POLICY_FILE);
        int result = 0;

        if (entry && entry->unmerged && change->parents[i].tree.size)
            result = take_tree(versions, &change->parents[i].tree, true, err);
        else if (entry)
            result = take_side(versions, &entry->before, true, err);
        if (result < 0)
            return -1;
    }
    return 0;
}

int policy_of_staged(struct policy *policy, struct repo *repo,
                     const struct change *change, struct error *err)
{
    struct versions versions = { .policy = policy, .repo = repo };
    const struct change_parent *first = &change->parents[0];
    struct diff_side now;
    int result = 0;

    if (is_changed(&now, change))
        result = take_changed(&versions, change, &now, err);
    else if (first->commit.size)
        result = take_tree(&versions, &first->tree, false, err);
    free(versions.seen);
    return result;
}

static int of_head(struct policy *policy, struct repo *repo, struct error *err)
{
    struct object_id commit, tree;
    int found = repo_head(&commit, &tree, repo, err);

    if (found == 1 && !tree.size)
        found = tree_of_commit(&tree, repo, &commit, err);
    return found == 1 ? policy_of_tree(policy, repo, &tree, err) : found;
}

int policy_of_next(struct policy *policy, struct repo *repo, struct error *err)
{
    struct change change;
    int result;

    if (!repo_root(repo))
        return of_head(policy, repo, err) < 0 ? -1 : 0;
    result = staged_read(&change, repo, err);
    if (result == 0)
        result = policy_of_staged(policy, repo, &change, err);
    change_release(&change);
    return result;
}

/* ---- a range ------------------------------------------------------------- */

static bool is_within(const struct span *span, const struct object_id *id)
{
    struct bound found = bound_in(0, span->commits_count);

    while (bound_open(&found))
        bound_step(&found,
                   object_id_compare(&span->commits[found.middle].id, id) < 0);
    return found.low < span->commits_count &&
           object_id_compare(&span->commits[found.low].id, id) == 0;
}

/* One that is missing, in a shallow clone, is for the range to complain of. */
static int take_commit(struct versions *versions, const struct object_id *id,
                       struct error *err)
{
    struct object_id tree;
    int found = tree_of_commit(&tree, versions->repo, id, err);

    return found == 1 ? take_tree(versions, &tree, true, err) : found;
}

int policy_of_span(struct policy *policy, struct repo *repo,
                   const struct span *span, struct error *err)
{
    struct versions versions = { .policy = policy, .repo = repo };
    int result = 0;

    for (size_t i = 0; i < span->tips_count && result == 0; i++)
        result = take_tree(&versions, &span->tips[i].tree, false, err);
    for (size_t i = 0; i < span->commits_count; i++) {
        const struct span_commit *commit = &span->commits[i];

        for (size_t j = 0; j < commit->parents_count && result == 0; j++)
            if (!is_within(span, &commit->parents[j]))
                result = take_commit(&versions, &commit->parents[j], err);
    }
    free(versions.seen);
    return result;
}

/* ---- the working tree ---------------------------------------------------- */

static int read_open(struct buffer *bytes, int fd, struct error *err)
{
    char *to = buffer_extend(bytes, POLICY_SIZE_MAX + 1);
    size_t done = 0;
    struct stat about;
    ssize_t n = 1;

    if (fstat(fd, &about) < 0)
        return error_set_errno(err, POLICY_FILE);
    if (!S_ISREG(about.st_mode))
        return error_set(err, ERROR_USAGE,
                         POLICY_FILE ": it must be a regular file");
    while (n > 0 && done <= POLICY_SIZE_MAX) {
        n = read(fd, to + done, POLICY_SIZE_MAX + 1 - done);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0)
            done += (size_t)n;
    }
    if (n < 0)
        return error_set_errno(err, POLICY_FILE);
    bytes->size = done;
    if (done > POLICY_SIZE_MAX)
        return error_set(err, ERROR_USAGE,
                         POLICY_FILE ": over the limit of %zu bytes",
                         POLICY_SIZE_MAX);
    return 0;
}

int policy_of_folder(struct policy *policy, const char *folder,
                     struct error *err)
{
    struct version version = { policy, false };
    struct buffer path = BUFFER_EMPTY, bytes = BUFFER_EMPTY;
    int fd, result = 0;

    buffer_format(&path, "%s/" POLICY_FILE, folder);
    fd = open(path.bytes,
              O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0)
        result = read_open(&bytes, fd, err);
    else if (errno == ELOOP)
        result = error_set(err, ERROR_USAGE,
                           POLICY_FILE ": it is a symbolic link, and must be "
                                       "a file");
    else if (errno != ENOENT)
        result = error_set_errno(err, POLICY_FILE);
    if (fd >= 0) {
        if (result == 0)
            result = take_bytes(&version, buffer_view(&bytes), err);
        close(fd);
    }
    buffer_release(&path);
    buffer_release(&bytes);
    return result;
}
