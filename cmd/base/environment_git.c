/*
 * git's own places for settings, without asking git: the files named by its
 * variables, those of the user, and the system's. Where that one is depends on
 * how git was built: below the folder that its program is in, or above it.
 */
#include "cmd/base/environment.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"

static void add(struct config_places *places, const char *folder,
                const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    if (!folder || !folder[0])
        return;
    buffer_format(&path, "%s%s", folder, name);
    *ARRAY_PUSH(places->files.items) = buffer_detach(&path);
}

/* `etc/gitconfig` in the folder of the program and in all above. */
static void add_above(struct config_places *places, const char *program)
{
    char *folder = memory_copy(program, strlen(program)), *slash;

    while ((slash = strrchr(folder, '/')) && slash != folder) {
        *slash = '\0';
        add(places, folder, "/etc/gitconfig");
    }
    free(folder);
}

/* The first git in PATH, and what it is a link to. */
static void add_system(struct config_places *places)
{
    const char *rest = getenv("PATH");
    struct buffer path = BUFFER_EMPTY;
    bool found = false;

    add(places, "/etc", "/gitconfig");
    while (rest && *rest && !found) {
        size_t size = strcspn(rest, ":");

        buffer_clear(&path);
        buffer_append(&path, rest, size);
        buffer_string(&path, "/git");
        found = path.bytes[0] == '/' && access(path.bytes, X_OK) == 0;
        rest += size + (rest[size] == ':');
    }
    if (found) {
        char *real = realpath(path.bytes, NULL);

        add_above(places, path.bytes);
        if (real && strcmp(real, path.bytes) != 0)
            add_above(places, real);
        free(real);
    }
    buffer_release(&path);
}

/* What an installation noted that reaches further than one repository. */
static void add_more(struct config_places *places)
{
    char *state = environment_state_folder();

    add(places, state, "/settings");
    add(places, "/var/lib/", CONFIG_SEARCH_MORE);
    free(state);
}

/* GIT_CONFIG_COUNT and its like, and what `git -c` leaves to its children. */
static bool commanded(void)
{
    for (char **variable = environ; *variable; variable++)
        if (strncmp(*variable, "GIT_CONFIG_", 11) == 0 &&
            (strcasestr(*variable, "tmpguard") ||
             strcasestr(*variable, "include")))
            return true;
    return false;
}

void environment_git_places(struct config_places *places)
{
    const char *home = getenv("HOME");

    *places = (struct config_places){ .commanded = commanded() };
    add(places, getenv("GIT_CONFIG_SYSTEM"), "");
    add_system(places);
    add(places, getenv("GIT_CONFIG_GLOBAL"), "");
    add(places, getenv("XDG_CONFIG_HOME"), "/git/config");
    add(places, home, "/.config/git/config");
    add(places, home, "/.gitconfig");
    add_more(places);
    if (home && home[0])
        places->home = memory_copy(home, strlen(home));
}
