#include "hooks/install/install_words.h"

#include "hooks/install/doctor_repair.h"
#include "hooks/install/gits.h"
#include "hooks/install/install_calls.h"

static const char *const reaches[] = {
    [INSTALL_HERE] = "this repository",
    [INSTALL_USER] = "all repositories of this user",
    [INSTALL_MACHINE] = "all repositories of this machine",
    [INSTALL_CLONES] = "every repository that is made from now on",
    [INSTALL_SERVER] = "this server",
};

/* git's settings run a hook by newer gits only. */
static void warn_of_old_gits(const struct site *site)
{
    static const char *const commands[] = {
        [INSTALL_HERE] = "tmpguard install",
        [INSTALL_USER] = "tmpguard install --global",
        [INSTALL_MACHINE] = "sudo tmpguard install --system",
    };
    const struct install_options *options = site->options;
    struct gits gits = GITS_EMPTY;

    if (site->plan.way != INSTALL_CONFIG || !options->path ||
        site->scope.worktree || site->scope.reach > INSTALL_MACHINE)
        return;
    gits_find(&gits, options->path, options->home);
    for (size_t i = 0; i < gits.items_count; i++) {
        const struct git *git = &gits.items[i];
        struct buffer repair = BUFFER_EMPTY;

        if (git->version && !git_is(git, 2, 54)) {
            repair_for_old_git(&repair, git, commands[site->scope.reach]);
            place_say(options,
                      "%s (%s) does not run hooks from git's settings, so "
                      "nothing is checked with it; for both: %s",
                      git->path, git->version, repair.bytes);
        }
        buffer_release(&repair);
    }
    gits_release(&gits);
}

static void sum_up(const struct site *site, const char *does)
{
    const struct install_scope *scope = &site->scope;

    place_say(site->options, "%s %s %s%s", does,
              scope->reach == INSTALL_SERVER ? "what is pushed to"
                                             : "commits, merges and pushes of",
              scope->worktree ? "the worktree " : reaches[scope->reach],
              scope->worktree ? scope->worktree : "");
}

/* Someone else may take the hooks over one day, where those are scripts. */
static void warn(const struct site *site)
{
    const struct manager *manager = NULL;

    if (site->plan.way == INSTALL_SHIMS && site_root(site))
        manager = calls_threatened_by(site_root(site));
    if (manager)
        place_say(site->options,
                  "%s is set up here and takes these hooks away when it is "
                  "installed: %s",
                  manager->name, manager->advice);
}

/* Where all repositories are is not known. */
static void tell_of_others(const struct site *site)
{
    if (site->scope.reach == INSTALL_CLONES)
        place_say(site->options,
                  "clones that were made with it keep their hooks: 'tmpguard "
                  "uninstall' in each takes them out, 'tmpguard uninstall "
                  "--under DIR' in all below DIR");
    else if (!site->scope.base)
        place_say(site->options,
                  "what 'tmpguard coverage' counts stays in repositories, in "
                  ".git/tmpguard/approved: 'tmpguard uninstall --under DIR' "
                  "deletes it in those below DIR");
}

void words_installed(const struct site *site)
{
    warn(site);
    warn_of_old_gits(site);
    sum_up(site, "tmpguard " TMPGUARD_VERSION " now checks");
}

void words_uninstalled(const struct site *site)
{
    tell_of_others(site);
    sum_up(site, "tmpguard no longer checks");
}
