#include "hooks/install/install.h"

#include <stdlib.h>
#include <unistd.h>

#include "hooks/git/repo.h"
#include "hooks/install/approvals.h"
#include "hooks/install/install_config.h"
#include "hooks/install/install_server.h"
#include "hooks/install/install_shared.h"
#include "hooks/install/install_site.h"
#include "hooks/install/install_template.h"
#include "hooks/install/install_words.h"

static int may_put(const struct site *site, const struct place *place,
                   struct text shim, struct error *err)
{
    (void)shim;
    return place_check(
        place, site->plan.way == INSTALL_FOLDER || site_is_apart(site), err);
}

static int put(const struct site *site, const struct place *place,
               struct text shim, struct error *err)
{
    return place_put(place, shim, site->options, err);
}

static int take_out(const struct site *site, const struct place *place,
                    struct text shim, struct error *err)
{
    (void)shim;
    return place_undo(place, site->options, err);
}

/* Nothing of what is there may be in the way. */
static int check(const struct site *site, struct error *err)
{
    const char *file = site->plan.config;
    int found = 0;

    if (site->scope.reach == INSTALL_MACHINE &&
        shared_check(site->options->program, err) < 0)
        return -1;
    if (site->plan.way == INSTALL_CONFIG)
        found = config_has_hook(file, err);
    if (found > 0)
        error_set(err, ERROR_USAGE,
                  "%s has a " CONFIG_HOOK " that is not known: remove it with "
                  "git config --file '%s' --remove-section " CONFIG_HOOK
                  ", then install again",
                  file, file);
    if (found != 0)
        return -1;
    return site_each(site, may_put, err);
}

static int set_config(const struct site *site, struct error *err)
{
    const struct install_plan *plan = &site->plan;
    struct buffer command = BUFFER_EMPTY;
    int result = 0;

    if (plan->way == INSTALL_CONFIG) {
        site_command(&command, site);
        result = config_set_hook(plan->config, site->scope.state, command.bytes,
                                 site->scope.reach, err);
        if (result == 0)
            place_say(site->options, "put " CONFIG_HOOK " in %s", plan->config);
    } else if (plan->way == INSTALL_FOLDER) {
        result = config_set_path(plan->config, site->scope.state,
                                 CONFIG_HOOKS_PATH, plan->hooks, err);
        if (result == 0)
            place_say(site->options,
                      "made %s, and set core.hooksPath to it in %s",
                      plan->hooks, plan->config);
    } else if (plan->way == INSTALL_TEMPLATE && plan->config) {
        result = template_put(plan, &site->scope, err);
        if (result == 0)
            result = config_set_path(plan->config, site->scope.state,
                                     CONFIG_TEMPLATE, plan->path, err);
        if (result == 0)
            place_say(site->options, "set " CONFIG_TEMPLATE " to %s in %s",
                      plan->path, plan->config);
    }
    buffer_release(&command);
    return result;
}

/* Of a worktree, they are noted with what all share. */
static bool notes_settings(const struct site *site)
{
    return site->options->settings && !site->scope.worktree;
}

static int make_folders(const struct site *site, struct error *err)
{
    const struct install_plan *plan = &site->plan;

    if (disk_make_folders(site->scope.state, err) < 0 ||
        plan_write(plan, &site->scope, err) < 0 ||
        (notes_settings(site) &&
         config_note_settings(site->scope.state, site->options->settings, err) <
             0))
        return -1;
    for (size_t i = 0; i < plan->made.items_count; i++)
        if (disk_make_folders(plan->made.items[i], err) < 0)
            return -1;
    if (site->scope.reach != INSTALL_MACHINE)
        return 0;
    if (shared_open_up(&plan->made, err) < 0)
        return -1;
    return plan->hooks ? shared_check(plan->hooks, err) : 0;
}

/* The record goes first, the setting that makes git use it all last. */
static int carry_out(const struct site *site, struct error *err)
{
    const struct install_plan *plan = &site->plan;
    bool is_new = plan->config && !disk_has(plan->config);
    int fires;

    if (make_folders(site, err) < 0 || site_each(site, put, err) < 0 ||
        set_config(site, err) < 0)
        return -1;
    if (site->scope.reach == INSTALL_MACHINE && is_new &&
        shared_open_file(plan->config, err) < 0)
        return -1;
    fires = site_fires(site, err);
    if (fires == 0)
        error_set(err, ERROR_SYSTEM,
                  "git would not run what is in %s: another setting is in the "
                  "way, or programs cannot run there",
                  plan->hooks ? plan->hooks : plan->config);
    return fires == 1 ? 0 : -1;
}

/* The key or the section that is in the settings. */
static const char *what_is_set(const struct install_plan *plan)
{
    if (plan->way == INSTALL_CONFIG)
        return CONFIG_HOOK;
    return plan->way == INSTALL_TEMPLATE ? CONFIG_TEMPLATE : CONFIG_HOOKS_PATH;
}

static int undo_config(const struct site *site, struct error *err)
{
    const struct install_plan *plan = &site->plan;
    const char *what = what_is_set(plan);
    int found;

    if (!plan->config)
        return 0;
    found = config_undo(plan->config, site->scope.state, what, plan->path, err);
    if (found < 0 || (plan->way == INSTALL_TEMPLATE &&
                      template_take_out(plan, &site->scope, err) < 0))
        return -1;
    if (found && plan->before)
        place_say(site->options, "set %s in %s back to %s", what, plan->config,
                  plan->before);
    else if (found)
        place_say(site->options, "took %s out of %s", what, plan->config);
    return 0;
}

/* 0, 1 if something was left, or -1 and *err. The record goes last. */
static int undo(const struct site *site, struct error *err)
{
    const struct paths *made = &site->plan.made;
    int result;

    if (undo_config(site, err) < 0)
        return -1;
    result = site_each(site, take_out, err);
    if (result != 0)
        return result;
    if ((!site->scope.worktree &&
         config_forget_settings(site->scope.state, err) < 0) ||
        plan_forget(&site->scope, err) < 0)
        return -1;
    /* A folder that holds something else by now stays. */
    for (size_t i = made->items_count; i-- > 0;)
        rmdir(made->items[i]);
    return 0;
}

/* After a failure: as it was before. */
static void take_back(const struct site *site, struct error *err)
{
    const struct error reason = *err;
    struct error other;

    if (undo(site, &other) < 0)
        error_set(err, reason.code,
                  "%.200s; and what was done cannot be undone, %.200s: repair "
                  "that, then 'tmpguard uninstall'",
                  reason.message, other.message);
}

static int install_afresh(struct site *site, struct error *err)
{
    const struct manager *manager = site_manager(site);
    int fires = manager ? 0 : site_fires_anyway(site, err);

    if (manager)
        place_say(site->options, "%s runs tmpguard already", manager->name);
    if (fires == 1)
        place_say(site->options, "already installed for all repositories");
    if (manager || fires != 0)
        return fires < 0 ? -1 : 0;
    if (plan_choose(&site->plan, &site->scope, err) < 0 || check(site, err) < 0)
        return -1;
    if (carry_out(site, err) < 0) {
        take_back(site, err);
        return -1;
    }
    words_installed(site);
    return 0;
}

/* What a record tells of is in order: 1. Else it is undone: 0. */
static int look_again(struct site *site, struct error *err)
{
    int result = site_fires(site, err);

    if (result == 1 && notes_settings(site) &&
        !config_notes_settings(site->scope.state, site->options->settings))
        result = 0;
    if (result == 1)
        place_say(site->options, "already installed (" TMPGUARD_VERSION ")");
    if (result != 0)
        return result;
    if (site->plan.way != INSTALL_CONFIG &&
        ((!site_manager(site) && plan_check_manager(&site->scope, err) < 0) ||
         site_each(site, may_put, err) < 0))
        return -1;
    result = undo(site, err);
    if (result > 0)
        return error_set(err, ERROR_USAGE,
                         "a hook was changed since tmpguard was installed; "
                         "move it away, then install again");
    plan_release(&site->plan);
    return result;
}

static int install_site(struct site *site, struct error *err)
{
    int result = plan_read(&site->plan, &site->scope, err);

    if (result == 1)
        result = look_again(site, err);
    if (result == 0)
        result = install_afresh(site, err);
    return result < 0 ? -1 : 0;
}

typedef int site_engine(struct site *site, struct error *err);

/*
 * The same for each worktree that has a core.hooksPath of its own, or had one
 * when it was installed. Returns the largest answer, or the first that is
 * negative.
 */
static int each_worktree(const struct site *site, site_engine *engine,
                         struct error *err)
{
    struct install_trees trees;
    int result = install_trees_list(&trees, site->scope.base, site->scope.state,
                                    repo_root(site->scope.repo), err);

    for (size_t i = 0; i < trees.items_count && result >= 0; i++) {
        struct site one;
        int answer;

        site_open_worktree(&one, site, &trees.items[i]);
        answer = engine(&one, err);
        site_close(&one);
        if (answer < 0 || answer > result)
            result = answer;
    }
    install_trees_release(&trees);
    return result;
}

static int undo_if_recorded(struct site *site, struct error *err)
{
    int result = plan_read(&site->plan, &site->scope, err);

    return result == 1 ? undo(site, err) : result;
}

/* Hooks in git's settings run whatever core.hooksPath is. */
static int is_needed(const struct site *site, struct error *err)
{
    char *value = NULL;
    int needed = config_has_hooks(err);

    if (needed >= 0)
        needed = needed ? 0 : install_trees_have_settings(err);
    if (needed == 1)
        needed =
            config_path_in(&value, CONFIG_HOOKS_PATH, site->scope.config, err);
    free(value);
    return needed;
}

static int install_if_needed(struct site *site, struct error *err)
{
    int needed = disk_has(site->scope.config) ? is_needed(site, err) : 0;

    if (needed == 0)
        return undo_if_recorded(site, err);
    return needed < 0 ? -1 : install_site(site, err);
}

/* Nothing is committed in a bare repository that has no worktrees. */
static int refuse_bare(const struct site *site, struct error *err)
{
    struct install_trees trees;
    int bare = server_is_bare(err), result;

    if (bare != 1)
        return bare;
    result = install_trees_list(&trees, site->scope.base, site->scope.state,
                                NULL, err);
    if (result == 0 && trees.items_count < 2)
        result = error_set(err, ERROR_USAGE,
                           "%s is a bare repository, and nobody commits there: "
                           "to check what is pushed to it, tmpguard install "
                           "--server '%s'",
                           site->scope.base, site->scope.base);
    install_trees_release(&trees);
    return result;
}

int install_hooks(const struct install_options *options, struct error *err)
{
    struct site site;
    int result = site_open(&site, options, err);

    if (result == 0 && options->reach == INSTALL_HERE &&
        !repo_root(site.scope.repo))
        result = refuse_bare(&site, err);

    site.scope.shared = true;
    if (result == 0)
        result = install_site(&site, err);
    if (result == 0 && options->reach == INSTALL_HERE)
        result = each_worktree(&site, install_if_needed, err);
    site_close(&site);
    return result < 0 ? -1 : 0;
}

static int is_ours(const struct site *site, const struct place *place,
                   struct text shim, struct error *err)
{
    enum shim_kind kind;

    (void)site;
    (void)shim;
    if (shim_look(&kind, place->path, err) < 0)
        return 0;
    return kind == SHIM_OURS || kind == SHIM_CRLF;
}

static int undo_and_say(struct site *site, struct error *err)
{
    int result = undo(site, err);

    if (result == 0)
        words_uninstalled(site);
    return result;
}

/* Shims without a record: it was deleted, or they were copied here. */
static int undo_unrecorded(struct site *site, struct error *err)
{
    if (site->scope.base)
        plan_assume(&site->plan, &site->scope);
    if (site_each(site, is_ours, err) == 1)
        return undo_and_say(site, err);
    place_say(site->options, "nothing is installed");
    return 0;
}

static int uninstall_site(struct site *site, struct error *err)
{
    int result = plan_read(&site->plan, &site->scope, err);

    if (result == 0)
        return undo_unrecorded(site, err);
    return result == 1 ? undo_and_say(site, err) : result;
}

/* The record of what passed goes with the last installation here. */
static void forget_approvals(const struct site *site)
{
    struct repo *repo = NULL;
    struct error err;
    const char *base = site->scope.base;
    struct buffer local = BUFFER_EMPTY;

    if (!base && repo_open(&repo, &err) == 1)
        base = repo_common_dir(repo);
    if (base)
        buffer_format(&local, "%s/tmpguard/install", base);
    if (base && !disk_has(local.bytes))
        approvals_forget(base);
    buffer_release(&local);
    repo_close(repo);
}

/* The last first. */
int uninstall_hooks(const struct install_options *options, struct error *err)
{
    struct site site;
    int result = site_open(&site, options, err), own;

    site.scope.shared = true;
    if (result == 0 && options->reach == INSTALL_HERE)
        result = each_worktree(&site, undo_if_recorded, err);
    if (result >= 0) {
        own = uninstall_site(&site, err);
        result = own < 0 || own > result ? own : result;
    }
    if (result == 0)
        forget_approvals(&site);
    site_close(&site);
    return result;
}
