#include "cmd/base/known.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/gate/baseline_file.h"
#include "hooks/git/repo.h"

bool known_at_top(const struct repo *repo)
{
    const char *root = repo ? repo_root(repo) : NULL;
    char *here = realpath(".", NULL);
    bool same = !repo || (root && here && strcmp(root, here) == 0);

    free(here);
    return same;
}

char *known_path(const struct options *options, const struct repo *repo)
{
    const struct strings *named = &options->baselines;
    const char *last =
        named->items_count ? named->items[named->items_count - 1] : "";
    struct buffer path = BUFFER_EMPTY;

    if (last[0])
        return memory_copy(last, strlen(last));
    if (repo && !repo_root(repo))
        return NULL;
    if (!known_at_top(repo))
        buffer_format(&path, "%s/", repo_root(repo));
    buffer_string(&path, BASELINE_FILE);
    return buffer_detach(&path);
}

const char *known_take(struct strings *arguments)
{
    struct strings rest = { .items = NULL };
    const char *found = NULL;

    for (size_t i = 0; i < arguments->items_count; i++) {
        const char *argument = arguments->items[i];

        if (!found && baseline_is_one(argument))
            found = argument;
        else
            *ARRAY_PUSH(rest.items) = argument;
    }
    *arguments = rest;
    return found;
}
