#include "cmd/base/environment.h"

#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/facts/edition.h"

/* The owner of the absolute path, or of the nearest above that exists. */
static bool belongs_to_root(const char *folder)
{
    char *path = memory_copy(folder, strlen(folder));
    struct stat status;
    bool found = stat(path, &status) == 0;

    while (!found && strcmp(path, "/") != 0) {
        char *slash = strrchr(path, '/');

        slash[slash == path] = '\0';
        found = stat(path, &status) == 0;
    }
    free(path);
    return found && status.st_uid == 0;
}

static const char *folder_variable(const char *name)
{
    const char *folder = getenv(name);

    if (!folder || folder[0] != '/')
        return NULL;
    return geteuid() != 0 || belongs_to_root(folder) ? folder : NULL;
}

static const char *home(void)
{
    const char *folder = folder_variable("HOME");
    const struct passwd *user;

    if (folder)
        return folder;
    user = getpwuid(geteuid());
    return user && user->pw_dir && user->pw_dir[0] == '/' ? user->pw_dir : NULL;
}

/* `name` in the folder that the variable names, else in `usual` at home. */
static char *place(const char *variable, const char *usual, const char *name)
{
    const char *folder = folder_variable(variable);
    struct buffer path = BUFFER_EMPTY;

    if (folder) {
        buffer_format(&path, "%s/%s", folder, name);
        return buffer_detach(&path);
    }
    folder = home();
    if (!folder)
        return NULL;
    buffer_format(&path, "%s/%s/%s", folder, usual, name);
    return buffer_detach(&path);
}

char *environment_cache_folder(void)
{
    return place("XDG_CACHE_HOME", ".cache", "tmpguard");
}

char *environment_config_folder(void)
{
    return place("XDG_CONFIG_HOME", ".config", "tmpguard");
}

char *environment_state_folder(void)
{
    return place("XDG_STATE_HOME", ".local/state", "tmpguard");
}

bool environment_cache(struct environment_cache *cache)
{
    cache->folder = environment_cache_folder();
    cache->state = environment_state_folder();
    cache->place =
        (struct store_place){ cache->folder, cache->state, edition() };
    return cache->folder && cache->state;
}

void environment_cache_release(struct environment_cache *cache)
{
    free(cache->folder);
    free(cache->state);
}

/* git's rule: the second file only if it is there and the first is not. */
char *environment_git_config(void)
{
    const char *named = getenv("GIT_CONFIG_GLOBAL");
    char *first, *second;

    if (named && named[0])
        return named[0] == '/' ? memory_copy(named, strlen(named)) : NULL;
    first = place("HOME", "", ".gitconfig");
    second = place("XDG_CONFIG_HOME", ".config", "git/config");
    if (first && second && access(first, F_OK) != 0 &&
        access(second, F_OK) == 0) {
        free(first);
        return second;
    }
    free(second);
    return first;
}

bool environment_has_template(void)
{
    const char *folder = getenv("GIT_TEMPLATE_DIR");

    return folder && folder[0];
}

/* `git rev-parse --local-env-vars`, but for settings. */
void environment_forget_repository(void)
{
    static const char *const names[] = {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_COMMON_DIR",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_SHALLOW_FILE",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        unsetenv(names[i]);
}

char *environment_absolute(const char *path)
{
    struct buffer made = BUFFER_EMPTY;
    char *folder = path[0] == '/' ? NULL : getcwd(NULL, 0);

    if (folder)
        buffer_format(&made, "%s/", folder);
    buffer_string(&made, path);
    free(folder);
    return buffer_detach(&made);
}

/* The first tmpguard in PATH, without links, or NULL. */
static char *first_in_path(void)
{
    const char *rest = getenv("PATH");
    char *found = NULL;

    while (rest && *rest && !found) {
        size_t size = strcspn(rest, ":");
        struct buffer path = BUFFER_EMPTY;

        buffer_append(&path, rest, size);
        buffer_string(&path, "/tmpguard");
        if (access(path.bytes, X_OK) == 0)
            found = realpath(path.bytes, NULL);
        buffer_release(&path);
        rest += size + (rest[size] == ':');
    }
    return found;
}

char *environment_call(void)
{
    static const char name[] = "tmpguard";
    char *program = environment_program(), *found = first_in_path();
    bool same = !program || (found && strcmp(program, found) == 0);

    free(found);
    if (!same)
        return program;
    free(program);
    return memory_copy(name, sizeof(name) - 1);
}

char *environment_program(void)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof(path));

    /* A program that was replaced while it runs has another name by now. */
    if (size <= 0 || (size_t)size == sizeof(path))
        return NULL;
    path[size] = '\0';
    return access(path, X_OK) == 0 ? memory_copy(path, (size_t)size) : NULL;
}
