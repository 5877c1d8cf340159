#include "hooks/install/install_server.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hooks/git/gitpipe.h"
#include "hooks/git/repo.h"

#define CUSTOM "/custom_hooks"
#define PARTS  "/pre-receive.d"

static char *join(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s%s", folder, name);
    return buffer_detach(&path);
}

static bool has_folder(const char *folder, const char *name)
{
    struct stat about;
    char *path = join(folder, name);
    bool found = stat(path, &about) == 0 && S_ISDIR(about.st_mode);

    free(path);
    return found;
}

static bool ends_with(const char *path, const char *end)
{
    return text_ends_with(text_of(path), text_of(end));
}

/* The folder that GitLab looks in for the hooks of all repositories. */
static bool is_of_all(const char *folder)
{
    return ends_with(folder, CUSTOM) || has_folder(folder, PARTS);
}

int server_is_bare(struct error *err)
{
    static const char *const arguments[] = { "rev-parse",
                                             "--is-bare-repository", NULL };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);
    bool bare = text_equal(buffer_view(&out), TEXT("true\n"));

    buffer_release(&out);
    return status < 0 ? -1 : bare;
}

/* Is the current folder itself a bare repository? 1, 0, or -1 and *err. */
static int open_here(struct install_scope *scope, const char *here,
                     struct error *err)
{
    int found = repo_open(&scope->repo, err);
    char *folder;

    if (found != 1)
        return found;
    folder = disk_resolve(repo_git_dir(scope->repo));
    found = strcmp(folder, here) == 0 ? server_is_bare(err) : 0;
    free(folder);
    if (found == 1)
        return 1;
    repo_close(scope->repo);
    scope->repo = NULL;
    return found;
}

int server_open(struct install_scope *scope, char **base, struct error *err)
{
    int found;

    *base = disk_resolve(".");
    scope->base = *base;
    found = open_here(scope, *base, err);
    if (found < 0 && !has_folder(*base, CUSTOM)) {
        err->code = ERROR_USAGE;
        return -1;
    }
    if (found == 1 || has_folder(*base, CUSTOM) || is_of_all(*base))
        return 0;
    return error_set(err, ERROR_USAGE,
                     "%s is no bare repository, and no folder of server hooks",
                     *base);
}

/* Does the repository's hook run those of a folder beside it? */
static bool runs_parts(const char *base)
{
    char *path = join(base, "/hooks/pre-receive");
    struct buffer bytes = BUFFER_EMPTY;
    struct error ignored;
    bool runs =
        access(path, X_OK) == 0 && disk_read(&bytes, path, &ignored) == 1 &&
        (strstr(bytes.bytes, "pre-receive.d") || strstr(bytes.bytes, ".d/"));

    buffer_release(&bytes);
    free(path);
    return runs;
}

/* git looks in the repository's own hooks folder. 1, 0, or -1 and *err. */
static int is_own(const struct install_scope *scope, struct error *err)
{
    char *used = plan_effective(scope, err), *own = join(scope->base, "/hooks");
    int same = used ? strcmp(used, own) == 0 : -1;

    free(used);
    free(own);
    return same;
}

int server_choose(struct install_plan *plan, const struct install_scope *scope,
                  struct error *err)
{
    const char *name = NULL;
    int own = 0;

    if (has_folder(scope->base, CUSTOM))
        name = CUSTOM PARTS;
    else if (!scope->repo)
        name = PARTS;
    else if (has_folder(scope->base, "/hooks" PARTS) && runs_parts(scope->base))
        own = is_own(scope, err);
    if (own == 1)
        name = "/hooks" PARTS;
    if (own < 0)
        return -1;
    plan->way = INSTALL_SHIMS;
    if (name)
        plan->hooks = join(scope->base, name);
    return name != NULL;
}

bool server_is_apart(const struct install_plan *plan)
{
    return plan->hooks && ends_with(plan->hooks, PARTS);
}
