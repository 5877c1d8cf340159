#include "cmd/environment.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/memory.h"

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

char *environment_cache_folder(void)
{
    const char *folder = folder_variable("XDG_CACHE_HOME");
    struct buffer path = BUFFER_EMPTY;

    if (folder) {
        buffer_format(&path, "%s/tmpguard", folder);
        return buffer_detach(&path);
    }
    folder = home();
    if (!folder)
        return NULL;
    buffer_format(&path, "%s/.cache/tmpguard", folder);
    return buffer_detach(&path);
}
