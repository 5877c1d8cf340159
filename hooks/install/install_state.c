#include "hooks/install/install_state.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/git/repo.h"
#include "hooks/install/hook_file.h"
#include "hooks/install/install_calls.h"
#include "hooks/install/install_config.h"
#include "hooks/install/install_server.h"
#include "hooks/install/install_site.h"

static const struct shim_event *events_of(const struct install_state *state,
                                          size_t *count)
{
    return shim_events_of(state->serves ? INSTALL_SERVER : INSTALL_HERE, count);
}

/* The hook in git's settings: its program is there, and git lists it. */
static int look_at_settings(struct install_state *state, struct error *err)
{
    char *command = NULL, *program;
    size_t count;
    const struct shim_event *events = events_of(state, &count);
    int found = config_hook_command(&command, err);

    if (found != 1)
        return found;
    state->installed = true;
    state->where = memory_copy(CONFIG_HOOK, sizeof(CONFIG_HOOK) - 1);
    program = shim_program(text_of(command));
    found = program && access(program, X_OK) == 0;
    for (size_t i = 0; i < count && found == 1; i++)
        if (events[i].check)
            found = config_lists_hook(events[i].name, err);
    state->fires = found == 1;
    free(program);
    free(command);
    return found < 0 ? -1 : 0;
}

static bool fires(const struct hook_file *hook)
{
    return hook_file_fires(hook) || (hook->names_us && hook->executable);
}

/* A hook manager that owns the folder, or wrote the hook, is told to. */
static bool is_called(const char *folder, const struct place *place,
                      const char *root, const char *event)
{
    return manager_of_folder(folder)
               ? calls_from_folder(folder, event)
               : calls_from_hook(place->path, root, event);
}

static void look_at_hooks(struct install_state *state, const char *folder,
                          const char *root)
{
    size_t count;
    const struct shim_event *events = events_of(state, &count);

    state->fires = true;
    for (size_t i = 0; i < count; i++) {
        struct place place = place_of(folder, events[i].name);
        struct hook_file hook = HOOK_FILE_EMPTY;
        struct error err;

        if (events[i].check &&
            is_called(folder, &place, root, events[i].name)) {
            state->installed = true;
        } else if (events[i].check) {
            state->fires =
                hook_file_look(&hook, place.path, &events[i], &err) == 0 &&
                fires(&hook) && state->fires;
            state->installed = state->installed || hook.kind == SHIM_OURS ||
                               hook.kind == SHIM_EDITED || hook.names_us;
        }
        hook_file_release(&hook);
        place_release(&place);
    }
}

/* What git would run from the hooks folder that it looks in. */
static int look_at_folder(struct install_state *state, struct site *site,
                          struct error *err)
{
    char *folder = plan_effective(&site->scope, err);

    if (!folder)
        return -1;
    look_at_hooks(state, folder, site_root(site));
    free(state->where);
    state->where = folder;
    /* A record of what git does not look at is an installation, too. */
    if (plan_read(&site->plan, &site->scope, err) == 1)
        state->installed = true;
    return 0;
}

/* Where GitLab looks, and git does not. */
static void look_apart(struct install_state *state, const char *base)
{
    struct buffer path = BUFFER_EMPTY;
    struct hook_file hook = HOOK_FILE_EMPTY;
    size_t count;
    const struct shim_event *events = events_of(state, &count);
    struct error err;

    buffer_format(&path, "%s" SERVER_APART, base);
    for (size_t i = 0; i < count; i++)
        if (events[i].check &&
            hook_file_look(&hook, path.bytes, &events[i], &err) == 0)
            break;
    if (hook.kind == SHIM_OURS) {
        state->installed = true;
        state->fires = hook_file_fires(&hook);
        free(state->where);
        state->where = buffer_detach(&path);
    }
    hook_file_release(&hook);
    buffer_release(&path);
}

static int look(struct install_state *state, struct site *site,
                struct error *err)
{
    int result = config_has_hooks(err);

    if (result == 1)
        result = look_at_settings(state, err);
    if (result == 0 && !state->fires)
        result = look_at_folder(state, site, err);
    if (result == 0 && state->serves && !state->fires)
        look_apart(state, site->scope.base);
    return result;
}

/* A bare repository may have worktrees where people commit. */
static int look_for_worktrees(struct install_state *state, struct site *site,
                              struct error *err)
{
    struct install_state other = { .installed = false };
    int result;

    plan_release(&site->plan);
    result = look(&other, site, err);
    if (result == 0 && other.fires) {
        install_state_release(state);
        *state = other;
    } else {
        install_state_release(&other);
    }
    return result;
}

int install_state_read(struct install_state *state, struct error *err)
{
    static const struct install_options here = { .reach = INSTALL_HERE };
    struct site site;
    int result = site_open(&site, &here, err);

    *state = (struct install_state){ .installed = false };
    if (result == 0) {
        state->serves = !repo_root(site.scope.repo);
        result = look(state, &site, err);
    }
    if (result == 0 && state->serves && !state->fires)
        result = look_for_worktrees(state, &site, err);
    site_close(&site);
    return result < 0 ? -1 : 0;
}

void install_state_release(struct install_state *state)
{
    free(state->where);
    *state = (struct install_state){ .installed = false };
}
