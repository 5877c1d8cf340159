#include "hooks/install/install_site.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hooks/git/repo.h"
#include "hooks/install/install_calls.h"
#include "hooks/install/install_config.h"
#include "hooks/install/install_server.h"
#include "hooks/install/install_template.h"

static char *below(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/%s", folder, name);
    return buffer_detach(&path);
}

/* All that is ours is in the folder that the worktrees share. */
static void settle_in_base(struct site *site)
{
    struct install_scope *scope = &site->scope;

    scope->state = site->owned[1] = below(scope->base, "tmpguard");
    scope->folder = site->owned[2] = below(scope->state, "hooks");
    scope->config = site->owned[3] = below(scope->base, "config");
}

static int open_repository(struct site *site, struct error *err)
{
    struct install_scope *scope = &site->scope;
    int found = repo_open(&scope->repo, err);

    if (found < 0) {
        err->code = ERROR_USAGE;
        return -1;
    }
    if (found == 0)
        return error_set(err, ERROR_USAGE, "not in a git repository");
    scope->base = site->owned[0] = disk_resolve(repo_common_dir(scope->repo));
    settle_in_base(site);
    return 0;
}

static int open_server(struct site *site, struct error *err)
{
    int result = server_open(&site->scope, &site->owned[0], err);

    if (result == 0)
        settle_in_base(site);
    return result;
}

bool site_is_apart(const struct site *site)
{
    return site->scope.reach == INSTALL_SERVER && server_is_apart(&site->plan);
}

int site_open(struct site *site, const struct install_options *options,
              struct error *err)
{
    *site = (struct site){ .options = options, .plan = PLAN_EMPTY };
    site->scope.reach = options->reach;
    if (options->reach == INSTALL_HERE)
        return open_repository(site, err);
    if (options->reach == INSTALL_SERVER)
        return open_server(site, err);
    site->scope.wants_folder = options->template_folder != NULL;
    site->owned[0] =
        options->template_folder
            ? disk_resolve(options->template_folder)
            : below(options->config_folder,
                    options->reach == INSTALL_CLONES ? "template" : "hooks");
    site->scope.folder = site->owned[0];
    site->scope.state = options->state_folder;
    site->scope.config = options->git_config;
    if (!site->scope.config)
        site->scope.config = site->owned[1] = config_of_machine(err);
    return site->scope.config ? 0 : -1;
}

void site_open_worktree(struct site *site, const struct site *of,
                        const struct install_tree *worktree)
{
    *site = (struct site){ .options = of->options, .plan = PLAN_EMPTY };
    site->scope = of->scope;
    site->scope.state = site->owned[0] = below(of->scope.state, worktree->name);
    site->scope.folder = site->owned[1] = below(site->scope.state, "hooks");
    site->scope.config = worktree->config;
    site->scope.worktree = worktree->root;
}

void site_close(struct site *site)
{
    plan_release(&site->plan);
    if (!site->scope.worktree)
        repo_close(site->scope.repo);
    for (size_t i = 0; i < sizeof(site->owned) / sizeof(*site->owned); i++)
        free(site->owned[i]);
}

const char *site_root(const struct site *site)
{
    if (!site->scope.repo)
        return NULL;
    return site->scope.worktree ? site->scope.worktree
                                : repo_root(site->scope.repo);
}

static int visit_one(const struct site *site, const struct shim_event *event,
                     site_visit *visit, struct error *err)
{
    const char *program = site->options->program;
    struct shim_event named = *event;
    struct place place;
    struct buffer shim = BUFFER_EMPTY;
    int result;

    if (site_is_apart(site))
        named.name = SERVER_FILE;
    place = place_of(site->plan.hooks, named.name);
    place.quiet = site->plan.way == INSTALL_FOLDER;
    if (site->plan.way == INSTALL_SHIMS && site->scope.repo)
        place.called =
            calls_from_hook(place.path, site_root(site), event->name);
    if (site->plan.way == INSTALL_FOLDER)
        shim_before(&shim, &named, program, site->plan.before);
    else
        shim_beside(&shim, &named, program);
    result = visit(site, &place, buffer_view(&shim), err);
    buffer_release(&shim);
    place_release(&place);
    return result;
}

int site_each(const struct site *site, site_visit *visit, struct error *err)
{
    size_t count;
    const struct shim_event *events = shim_events_of(site->scope.reach, &count);
    int result = 0;

    for (size_t i = 0; site->plan.hooks && i < count && result >= 0; i++) {
        int answer = 0;

        if (events[i].check || site->plan.way == INSTALL_FOLDER)
            answer = visit_one(site, &events[i], visit, err);
        if (answer < 0 || answer > result)
            result = answer;
    }
    return result;
}

void site_command(struct buffer *command, const struct site *site)
{
    if (site->scope.reach == INSTALL_SERVER)
        shim_server_command(command, site->options->program);
    else
        shim_command(command, site->options->program);
}

/* The settings hold our hook with today's command, and nothing more. */
static int hook_is_set(const struct site *site, struct error *err)
{
    struct buffer lines = BUFFER_EMPTY;
    size_t count;
    const struct shim_event *events = shim_events_of(site->scope.reach, &count);
    int set;

    site_command(&lines, site);
    buffer_byte(&lines, '\n');
    set =
        config_is(site->plan.config, CONFIG_HOOK ".command", lines.bytes, err);
    buffer_clear(&lines);
    for (size_t i = 0; i < count; i++)
        if (events[i].check)
            buffer_format(&lines, "%s\n", events[i].name);
    if (set == 1)
        set = config_is(site->plan.config, CONFIG_HOOK ".event", lines.bytes,
                        err);
    buffer_release(&lines);
    return set;
}

/* In a repository other settings may say that it is off. */
static int hook_is_listed(const struct site *site, struct error *err)
{
    size_t count;
    const struct shim_event *events = shim_events_of(site->scope.reach, &count);
    int listed = 1;

    for (size_t i = 0; site->scope.repo && i < count && listed == 1; i++)
        if (events[i].check)
            listed = config_lists_hook(events[i].name, err);
    return listed;
}

static int is_missing(const struct site *site, const struct place *place,
                      struct text shim, struct error *err)
{
    (void)site;
    (void)err;
    return !place_fires(place, shim);
}

/* git looks for hooks in the plan's folder. */
static int folder_is_used(const struct site *site, struct error *err)
{
    char *used = NULL, *wanted;
    int found;

    if (site->plan.way == INSTALL_TEMPLATE)
        return template_is_used(&site->plan, err);
    if (site->scope.repo)
        found = (used = plan_effective(&site->scope, err)) ? 1 : -1;
    else
        found = config_path(
            &used, CONFIG_HOOKS_PATH,
            site->scope.reach == INSTALL_MACHINE ? CONFIG_MACHINE : CONFIG_USER,
            err);
    wanted = disk_resolve(site->plan.hooks);
    if (found == 1)
        found =
            strcmp(used, wanted) == 0 || strcmp(used, site->plan.hooks) == 0;
    free(used);
    free(wanted);
    return found;
}

int site_fires(const struct site *site, struct error *err)
{
    int set;

    if (site->plan.way == INSTALL_CONFIG) {
        /* It may be an older git by now. */
        set = config_has_hooks(err);
        if (set == 1)
            set = hook_is_set(site, err);
        return set == 1 ? hook_is_listed(site, err) : set;
    }
    if (site_each(site, is_missing, err) != 0)
        return 0;
    return site_is_apart(site) ? 1 : folder_is_used(site, err);
}

const struct manager *site_manager(const struct site *site)
{
    size_t count;
    const struct shim_event *events = shim_events(&count);
    const struct manager *manager = NULL;
    struct error err;
    char *used = NULL;

    if (site->scope.repo && config_has_hooks(&err) == 0)
        used = plan_effective(&site->scope, &err);
    if (used)
        manager = manager_of_folder(used);
    for (size_t i = 0; manager && i < count; i++)
        if (events[i].check && !calls_from_folder(used, events[i].name))
            manager = NULL;
    free(used);
    return manager;
}

int site_fires_anyway(const struct site *site, struct error *err)
{
    char *used = NULL;
    int fires = 0;

    if (site->scope.reach == INSTALL_SERVER)
        return 0;
    if (site->scope.repo && !(used = plan_effective(&site->scope, err)))
        return -1;
    if (used)
        fires = !disk_is_below(used, site->scope.base) && shim_all_ours(used);
    free(used);
    return fires;
}
