#include "hooks/install/doctor_notes.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hooks/git/gitpipe.h"
#include "hooks/git/promise.h"
#include "hooks/git/repo.h"
#include "hooks/install/doctor_repair.h"
#include "hooks/install/install_shim.h"

static bool is_hook(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;
    bool runs = !strchr(name, '.');

    buffer_format(&path, "%s/%s", folder, name);
    runs = runs && access(path.bytes, X_OK) == 0;
    buffer_release(&path);
    return runs;
}

static bool is_of_lfs(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY, bytes = BUFFER_EMPTY;
    struct error err;
    bool found;

    buffer_format(&path, "%s/%s", folder, name);
    found = disk_read(&bytes, path.bytes, &err) == 1 &&
            memmem(bytes.bytes, bytes.size, "git lfs", 7);
    buffer_release(&path);
    buffer_release(&bytes);
    return found;
}

static void tell_hidden(struct checkup *checkup, const struct scene *scene,
                        const char *usual, const char *name)
{
    bool lfs = is_of_lfs(usual, name);

    checkup_add(checkup, lfs ? "git-lfs" : "hidden", CHECKUP_WARN, NULL,
                "%s%s/%s does not run: core.hooksPath is %s (%s settings)",
                lfs ? "git-lfs's hook " : "", usual, name,
                scene->path.value ? scene->path.value : "elsewhere",
                scene->path.value ? scene->path.scope : "other");
    checkup_advise(checkup, "call %s/%s from a hook in %s", usual, name,
                   scene->hooks);
}

void doctor_hidden(struct checkup *checkup, const struct scene *scene,
                   const char *usual)
{
    DIR *folder = strcmp(scene->hooks, usual) != 0 ? opendir(usual) : NULL;
    const struct dirent *entry;

    while (folder && (entry = readdir(folder)))
        if (entry->d_name[0] != '.' && is_hook(usual, entry->d_name) &&
            !is_hook(scene->hooks, entry->d_name))
            tell_hidden(checkup, scene, usual, entry->d_name);
    if (folder)
        closedir(folder);
}

static void tell_lfs(struct checkup *checkup)
{
    checkup_add(checkup, "git-lfs", CHECKUP_WARN, "git lfs update --manual",
                "git-lfs is used here, and its push hook does not run");
    checkup_advise(checkup, "that prints what to add to the push hook");
}

void doctor_lfs(struct checkup *checkup, const struct scene *scene,
                const char *usual)
{
    struct buffer kept = BUFFER_EMPTY;

    buffer_format(&kept, "%s/../lfs", usual);
    if (access(kept.bytes, F_OK) == 0) {
        if (is_of_lfs(scene->hooks, "pre-push") ||
            is_of_lfs(scene->hooks, "pre-push" SHIM_BEFORE) ||
            (repair_is_our_folder(scene->hooks) &&
             is_of_lfs(usual, "pre-push")))
            checkup_add(checkup, "git-lfs", CHECKUP_OK, NULL,
                        "the push hook of git-lfs runs");
        else
            tell_lfs(checkup);
    }
    buffer_release(&kept);
}

void doctor_missing(struct checkup *checkup, const struct scene *scene)
{
    const struct setting *missing = &scene->missing;
    struct buffer repair = BUFFER_EMPTY;

    if (!missing->value || strcmp(missing->value, "warn") != 0)
        return;
    repair_unset(&repair, missing, "hooks.tmpguard.missing");
    checkup_add(checkup, "missing", CHECKUP_WARN, repair.bytes,
                "where the program is gone, git goes on without a check: "
                "hooks.tmpguard.missing is warn (%s settings, %s)",
                missing->scope,
                missing->file ? missing->file : "the environment");
    buffer_release(&repair);
}

static bool is_set(const char *key, const char *value)
{
    const char *const arguments[] = { "config", "--get", key, NULL };
    struct buffer out = BUFFER_EMPTY;
    struct error err;
    bool same = gitpipe_run(&out, arguments, TEXT_EMPTY, &err) == 0 &&
                out.size == strlen(value) + 1 &&
                strncmp(out.bytes, value, strlen(value)) == 0;

    buffer_release(&out);
    return same;
}

static void note(struct checkup *checkup, const char *words)
{
    checkup_add(checkup, "format", CHECKUP_OK, NULL, "note: %s", words);
}

void doctor_format(struct checkup *checkup, const struct repo *repo)
{
    struct buffer path = BUFFER_EMPTY;

    if (repo_id_size(repo) != 20)
        note(checkup, "object names are SHA-256: git is asked more often, so a "
                      "check takes longer");
    if (is_set("extensions.refstorage", "reftable"))
        note(checkup, "refs are in a reftable: git is asked for them");
    if (is_set("core.splitindex", "true"))
        note(checkup, "the index is split: git is asked what is staged");
    if (is_set("index.sparse", "true"))
        note(checkup, "the index is sparse: git is asked what is staged");
    if (promise_given(repo_objects_dir(repo)))
        note(checkup, "a partial clone: what it lacks is never fetched, and is "
                      "incomplete where a check needs it");
    buffer_format(&path, "%s/shallow", repo_common_dir(repo));
    if (access(path.bytes, F_OK) == 0)
        note(checkup, "a shallow clone: a push of more than it has is "
                      "incomplete");
    buffer_release(&path);
}

void doctor_variables(struct checkup *checkup, const char *const *names)
{
    for (size_t i = 0; names[i]; i++) {
        struct buffer repair = BUFFER_EMPTY;

        buffer_format(&repair, "unset %s", names[i]);
        checkup_add(checkup, "environment", CHECKUP_WARN, repair.bytes,
                    "%s is set in this shell, so git and tmpguard may see "
                    "something else here than elsewhere",
                    names[i]);
        buffer_release(&repair);
    }
}
