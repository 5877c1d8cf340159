#include "hooks/install/install_template.h"
#include "hooks/system/disk.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/memory.h"
#include "hooks/install/install_config.h"
#include "hooks/install/template_default.h"

#define EXCLUDE                                                                \
    TEXT("# Files that git does not show as untracked in this repository "     \
         "alone.\n# The patterns are those of .gitignore.\n")

static bool is_same(const char *a, const char *b)
{
    char *first = disk_resolve(a), *second = disk_resolve(b);
    bool same = strcmp(first, second) == 0;

    free(first);
    free(second);
    return same;
}

static bool is_folder(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int refuse(const char *set, const char *wanted, struct error *err)
{
    if (set[0] != '/')
        return error_set(err, ERROR_USAGE,
                         CONFIG_TEMPLATE " is %s, which is another folder "
                                         "wherever git runs: make it an "
                                         "absolute path",
                         set);
    return error_set(err, ERROR_USAGE,
                     CONFIG_TEMPLATE " is %s, not %s: leave the folder out to "
                                     "add to that one",
                     set, wanted);
}

int template_choose(struct install_plan *plan,
                    const struct install_scope *scope, struct error *err)
{
    char *set = NULL;
    int found = config_path(&set, CONFIG_TEMPLATE, CONFIG_USER, err);

    if (found == 0 && scope->wants_folder && !is_folder(scope->folder))
        found = error_set(err, ERROR_USAGE,
                          "there is no folder %s: make it first, or leave it "
                          "out to have one made in its usual place",
                          scope->folder);
    if (found == 1 && (set[0] != '/' ||
                       (scope->wants_folder && !is_same(set, scope->folder))))
        found = refuse(set, scope->folder, err);
    plan->way = INSTALL_TEMPLATE;
    if (found >= 0)
        plan->hooks = disk_join(found ? set : scope->folder, "hooks");
    if (found == 0) {
        plan->config = disk_resolve(scope->config);
        plan->path = memory_copy(scope->folder, strlen(scope->folder));
    }
    free(set);
    return found < 0 ? -1 : 0;
}

int template_put(const struct install_plan *plan,
                 const struct install_scope *scope, struct error *err)
{
    char *path = disk_join(plan->path, "info/exclude");
    int result = template_default_copy(plan->path, scope->state, err);

    if (result == 0 && !disk_has(path))
        result = disk_write(path, EXCLUDE, 0644, err);
    free(path);
    return result;
}

int template_take_out(const struct install_plan *plan,
                      const struct install_scope *scope, struct error *err)
{
    char *path = disk_join(plan->path, "info/exclude");
    int result = template_default_take_out(plan->path, scope->state, err);

    if (result == 0 && disk_holds(path, EXCLUDE))
        result = disk_remove(path, err);
    free(path);
    return result;
}

int template_is_used(const struct install_plan *plan, struct error *err)
{
    char *set = NULL, *hooks;
    int found = config_path(&set, CONFIG_TEMPLATE, CONFIG_USER, err);

    if (found == 1) {
        hooks = disk_join(set, "hooks");
        found = is_same(hooks, plan->hooks);
        free(hooks);
    }
    free(set);
    return found;
}
