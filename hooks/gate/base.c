#include "hooks/gate/base.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/repo.h"

#define REFS_HEADS "refs/heads/"

/* git's "no" is 1. */
static int is_in(const struct object_id *base, struct error *err)
{
    char hex[OBJECT_HEX_MAX];
    const char *const arguments[] = { "merge-base", "--is-ancestor", "HEAD",
                                      object_id_format(base, hex), NULL };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);

    buffer_release(&out);
    return status < 0 ? -1 : status == 0;
}

/* 1, 0 or -1. */
static int resolve_below(struct object_id *base, struct repo *repo,
                         const char *folder, const char *name,
                         struct error *err)
{
    struct buffer ref = BUFFER_EMPTY;
    int found;

    buffer_format(&ref, "%s%s", folder, name);
    found = repo_resolve(base, repo, ref.bytes, err);
    buffer_release(&ref);
    return found;
}

static int find_branch(enum base_found *found, struct object_id *base,
                       struct repo *repo, const char *name, struct error *err)
{
    static const char *const folders[] = { "refs/remotes/origin/",
                                           "refs/remotes/upstream/",
                                           REFS_HEADS };
    size_t i;
    int there = 0;

    if (strncmp(name, REFS_HEADS, sizeof(REFS_HEADS) - 1) == 0)
        name += sizeof(REFS_HEADS) - 1;
    for (i = 0; i < sizeof(folders) / sizeof(*folders) && there == 0; i++)
        there = resolve_below(base, repo, folders[i], name, err);
    *found = there == 1 ? BASE_IS_THERE : BASE_IS_MISSING;
    if (there == 1) {
        there = is_in(base, err);
        if (there == 1)
            *found = strcmp(folders[i - 1], REFS_HEADS) == 0 ? BASE_IS_MISSING
                                                             : BASE_HAS_ALL;
    }
    return there < 0 ? -1 : 0;
}

static int find_commit(enum base_found *found, struct object_id *base,
                       struct repo *repo, const char *value, size_t size,
                       struct error *err)
{
    char *name = memory_copy(value, size);
    int there = 0;

    if (size && strspn(name, "0") == size) {
        *found = BASE_IS_NONE;
    } else {
        there = repo_resolve(base, repo, name, err);
        *found = there == 1 ? BASE_IS_THERE : BASE_IS_MISSING;
    }
    free(name);
    return there < 0 ? -1 : 0;
}

int base_find(enum base_found *found, struct object_id *base, struct repo *repo,
              enum base_kind kind, const char *value, struct error *err)
{
    const char *dots = strstr(value, "..");

    switch (kind) {
    case BASE_BRANCH:
        return find_branch(found, base, repo, value, err);
    case BASE_RANGE:
        return find_commit(found, base, repo, value,
                           dots ? (size_t)(dots - value) : strlen(value), err);
    case BASE_COMMIT:
    default:
        return find_commit(found, base, repo, value, strlen(value), err);
    }
}

int base_default(enum base_found *found, struct object_id *base,
                 struct repo *repo, struct error *err)
{
    return find_branch(found, base, repo, "HEAD", err);
}
