#include "hooks/install/install_plan.h"
#include "hooks/system/disk.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/repo.h"
#include "hooks/install/install_config.h"
#include "hooks/install/install_manager.h"
#include "hooks/install/install_server.h"
#include "hooks/install/install_shim.h"
#include "hooks/install/install_template.h"

#define VERSION_LINE "tmpguard-install 1"

static const char *const ways[] = { "config", "shims", "folder", "template" };

void plan_release(struct install_plan *plan)
{
    free(plan->hooks);
    free(plan->before);
    free(plan->config);
    free(plan->path);
    paths_release(&plan->made);
    *plan = PLAN_EMPTY;
}

static char *copy(const char *string)
{
    return memory_copy(string, strlen(string));
}

/* The hooks folder with a core.hooksPath, or with none; resolved. */
static char *folder_of(const struct install_scope *scope, const char *value)
{
    const char *top =
        scope->worktree ? scope->worktree : repo_root(scope->repo);
    char *path, *resolved;

    if (!top)
        top = repo_git_dir(scope->repo);
    if (!value)
        path = disk_join(scope->base, "hooks");
    else
        path = value[0] == '/' ? copy(value) : disk_join(top, value);
    resolved = disk_resolve(path);
    free(path);
    return resolved;
}

static int find_path(char **value, const struct install_scope *scope,
                     struct error *err)
{
    enum config_view view = scope->shared ? CONFIG_SHARED : CONFIG_HERE;

    if (scope->worktree)
        return config_path_in(value, CONFIG_HOOKS_PATH, scope->config, err);
    if (!scope->repo)
        view = scope->reach == INSTALL_MACHINE ? CONFIG_MACHINE : CONFIG_USER;
    return config_path(value, CONFIG_HOOKS_PATH, view, err);
}

char *plan_effective(const struct install_scope *scope, struct error *err)
{
    char *value = NULL, *folder = NULL;

    if (find_path(&value, scope, err) >= 0)
        folder = folder_of(scope, value);
    free(value);
    return folder;
}

static int refuse_manager(const char *folder, struct error *err)
{
    const struct manager *manager = manager_of_folder(folder);

    if (!manager)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "%s manages the hooks of this repository: %s; 'tmpguard "
                     "install --into %s' shows how",
                     manager->name, manager->advice, manager->name);
}

int plan_check_manager(const struct install_scope *scope, struct error *err)
{
    char *folder = scope->repo ? plan_effective(scope, err) : NULL;
    int result = scope->repo && !folder ? -1 : 0;

    if (folder)
        result = refuse_manager(folder, err);
    free(folder);
    return result;
}

/* In a folder of the repository itself we may write; a tracked one, or one
 * that other repositories share, is left alone and gets one before it. */
static int choose_folder(struct install_plan *plan,
                         const struct install_scope *scope, struct error *err)
{
    int found = find_path(&plan->before, scope, err);
    char *effective = NULL;
    int result = found < 0 ? -1 : 0;

    plan->way = INSTALL_FOLDER;
    if (result == 0 && scope->repo) {
        effective = folder_of(scope, plan->before);
        result = refuse_manager(effective, err);
    }
    if (result == 0 && plan->before &&
        disk_is_below(plan->before, scope->folder))
        result = error_set(err, ERROR_USAGE,
                           "core.hooksPath is %s, but the record of that "
                           "installation is gone: unset core.hooksPath, then "
                           "install again",
                           plan->before);
    /* A relative one is another folder in each worktree. */
    if (result == 0 && effective && disk_is_below(effective, scope->base) &&
        (!plan->before || plan->before[0] == '/'))
        plan->way = INSTALL_SHIMS;
    if (plan->way == INSTALL_SHIMS) {
        plan->hooks = effective;
        effective = NULL;
    } else {
        plan->hooks = copy(scope->folder);
        plan->path = copy(scope->folder);
        plan->config = disk_resolve(scope->config);
    }
    free(effective);
    return result;
}

static void add_missing(struct install_plan *plan, const char *path)
{
    struct paths missing = { .items = NULL };

    disk_missing(&missing, path);
    for (size_t i = 0; i < missing.items_count; i++) {
        bool known = false;

        for (size_t j = 0; j < plan->made.items_count; j++)
            known = known || strcmp(plan->made.items[j], missing.items[i]) == 0;
        if (!known)
            *ARRAY_PUSH(plan->made.items) = copy(missing.items[i]);
    }
    paths_release(&missing);
}

static void add_missing_parent(struct install_plan *plan, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *parent;

    if (!slash || slash == path)
        return;
    parent = memory_copy(path, (size_t)(slash - path));
    add_missing(plan, parent);
    free(parent);
}

static int check_names(const struct install_plan *plan, struct error *err)
{
    const char *names[] = { plan->hooks, plan->before, plan->config };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (names[i] && strchr(names[i], '\n'))
            return error_set(err, ERROR_USAGE,
                             "a folder with a line end in its name: %s",
                             names[i]);
    return 0;
}

/* Hooks in git's settings, where git knows those; unless scripts that reach
 * every new clone are here already. */
static int goes_to_settings(const struct install_scope *scope,
                            struct error *err)
{
    int has_hooks = config_has_hooks(err);
    char *folder;

    if (has_hooks != 1 || !scope->repo)
        return has_hooks;
    folder = plan_effective(scope, err);
    if (!folder)
        return -1;
    if (shim_all_ours(folder))
        has_hooks = 0;
    free(folder);
    return has_hooks;
}

/* What is set for a command hides all hooks, for as long as that is. */
static int refuse_passing(struct error *err)
{
    char *value = NULL;
    int found = config_passing_path(&value, err);

    if (found == 1)
        error_set(err, ERROR_USAGE,
                  "core.hooksPath is %s by git -c or by the environment "
                  "(GIT_CONFIG_COUNT, GIT_CONFIG_PARAMETERS), where it hides "
                  "every hook: unset it, then install again",
                  value);
    free(value);
    return found == 0 ? 0 : -1;
}

static int choose_usual(struct install_plan *plan,
                        const struct install_scope *scope, struct error *err)
{
    int by_settings = goes_to_settings(scope, err);

    if (by_settings == 0 && scope->repo)
        by_settings = refuse_passing(err);
    if (by_settings == 0)
        return choose_folder(plan, scope, err);
    if (by_settings == 1) {
        plan->way = INSTALL_CONFIG;
        plan->config = disk_resolve(scope->config);
    }
    return by_settings;
}

static int choose(struct install_plan *plan, const struct install_scope *scope,
                  struct error *err)
{
    int chosen = 0;

    if (scope->reach == INSTALL_CLONES)
        return template_choose(plan, scope, err);
    if (scope->reach == INSTALL_SERVER)
        chosen = server_choose(plan, scope, err);
    return chosen == 0 ? choose_usual(plan, scope, err) : chosen;
}

int plan_choose(struct install_plan *plan, const struct install_scope *scope,
                struct error *err)
{
    *plan = PLAN_EMPTY;
    if (choose(plan, scope, err) < 0)
        return -1;
    add_missing(plan, scope->state);
    if (plan->hooks)
        add_missing(plan, plan->hooks);
    if (plan->config)
        add_missing_parent(plan, plan->config);
    if (plan->way == INSTALL_TEMPLATE && plan->path) {
        char *info = disk_join(plan->path, "info");

        add_missing(plan, info);
        free(info);
    }
    return check_names(plan, err);
}

/* Within the repository: relative to it, so that it may be moved. */
static void add_line(struct buffer *record, const struct install_scope *scope,
                     const char *key, const char *path)
{
    size_t size = scope->base ? strlen(scope->base) : 0;

    if (!path)
        return;
    if (size && strncmp(path, scope->base, size) == 0 && path[size] == '/')
        path += size + 1;
    buffer_format(record, "%s %s\n", key, path);
}

int plan_write(const struct install_plan *plan,
               const struct install_scope *scope, struct error *err)
{
    struct buffer record = BUFFER_EMPTY;
    char *path = disk_join(scope->state, "install");
    int result;

    buffer_format(&record, VERSION_LINE "\nway %s\n", ways[plan->way]);
    add_line(&record, scope, "hooks", plan->hooks);
    add_line(&record, scope, "config", plan->config);
    for (size_t i = 0; i < plan->made.items_count; i++)
        add_line(&record, scope, "made", plan->made.items[i]);
    if (plan->path)
        buffer_format(&record, "path %s\n", plan->path);
    if (plan->before)
        buffer_format(&record, "before %s\n", plan->before);
    result = disk_write(path, buffer_view(&record), 0644, err);
    buffer_release(&record);
    free(path);
    return result;
}

static char *absolute(const struct install_scope *scope, const char *path)
{
    return path[0] == '/' || !scope->base ? copy(path)
                                          : disk_join(scope->base, path);
}

static int read_way(enum install_way *way, const char *value)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        if (strcmp(value, ways[i]) == 0) {
            *way = (enum install_way)i;
            return 0;
        }
    }
    return -1;
}

static int read_line(struct install_plan *plan,
                     const struct install_scope *scope, char *line)
{
    char *value = strchr(line, ' ');

    if (!value)
        return -1;
    *value++ = '\0';
    if (strcmp(line, "hooks") == 0 && !plan->hooks) {
        plan->hooks = absolute(scope, value);
    } else if (strcmp(line, "config") == 0 && !plan->config) {
        plan->config = absolute(scope, value);
    } else if (strcmp(line, "made") == 0) {
        *ARRAY_PUSH(plan->made.items) = absolute(scope, value);
    } else if (strcmp(line, "before") == 0 && !plan->before) {
        plan->before = copy(value);
    } else if (strcmp(line, "path") == 0 && !plan->path) {
        plan->path = copy(value);
    } else if (strcmp(line, "way") == 0) {
        return read_way(&plan->way, value);
    } else {
        return -1;
    }
    return 0;
}

static bool is_whole(const struct install_plan *plan)
{
    if (plan->way == INSTALL_TEMPLATE)
        return plan->hooks && !plan->config == !plan->path;
    return !plan->hooks == (plan->way == INSTALL_CONFIG) &&
           !plan->config == (plan->way == INSTALL_SHIMS) &&
           !plan->path == (plan->way != INSTALL_FOLDER);
}

static int parse(struct install_plan *plan, const struct install_scope *scope,
                 char *record)
{
    char *rest = NULL, *line = strtok_r(record, "\n", &rest);

    if (!line || strcmp(line, VERSION_LINE) != 0)
        return -1;
    while ((line = strtok_r(NULL, "\n", &rest)))
        if (read_line(plan, scope, line) < 0)
            return -1;
    return is_whole(plan) ? 0 : -1;
}

int plan_read(struct install_plan *plan, const struct install_scope *scope,
              struct error *err)
{
    struct buffer record = BUFFER_EMPTY;
    char *path = disk_join(scope->state, "install");
    int found = disk_read(&record, path, err);

    *plan = PLAN_EMPTY;
    if (found == 1 && parse(plan, scope, record.bytes) < 0)
        found =
            error_set(err, ERROR_FORMAT,
                      "%s is not a record of this version of tmpguard", path);
    buffer_release(&record);
    free(path);
    return found;
}

void plan_assume(struct install_plan *plan, const struct install_scope *scope)
{
    struct error ignored;

    *plan = PLAN_EMPTY;
    if (scope->reach != INSTALL_SERVER ||
        server_choose(plan, scope, &ignored) != 1)
        plan->hooks = disk_join(scope->base, "hooks");
}

int plan_forget(const struct install_scope *scope, struct error *err)
{
    char *path = disk_join(scope->state, "install");
    int result = disk_remove(path, err);

    free(path);
    return result;
}
