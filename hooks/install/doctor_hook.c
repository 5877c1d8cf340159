#include "hooks/install/doctor_hook.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "hooks/install/doctor_look.h"
#include "hooks/install/doctor_program.h"
#include "hooks/install/doctor_repair.h"
#include "hooks/install/install_calls.h"

/* Add a failure whose repair is `words` and then the path in quotes. */
static void fail_at(struct look *look, const char *id, const char *words,
                    const char *end, const char *detail)
{
    struct buffer repair = BUFFER_EMPTY;

    buffer_string(&repair, words);
    repair_word(&repair, look->path);
    buffer_string(&repair, end);
    checkup_add(look->checkup, id, CHECKUP_FAIL, repair.bytes, "%s: %s",
                look->path, detail);
    buffer_release(&repair);
    look->explained = true;
}

/* ---- the hook in the hooks folder ---------------------------------------- */

static bool is_noexec(const char *path)
{
    struct statvfs about;

    return statvfs(path, &about) == 0 && (about.f_flag & ST_NOEXEC);
}

static void look_at_execution(struct look *look)
{
    if (is_noexec(look->path))
        checkup_add(look->checkup, "hook.noexec", CHECKUP_FAIL,
                    "mount -o remount,exec the file system, or keep the "
                    "repository on another one",
                    "%s: no program can run on this file system (noexec)",
                    look->scene->hooks);
    else
        fail_at(look, "hook.executable", "chmod +x ", "",
                "it is not executable, so git ignores it");
    look->explained = true;
}

/* What is left of a hook that was changed is for a person to look at. */
static void tell_edit(struct look *look, const char *install,
                      const char *detail)
{
    struct buffer repair = BUFFER_EMPTY;

    buffer_string(&repair, "mv ");
    repair_word(&repair, look->path);
    buffer_byte(&repair, ' ');
    repair_word(&repair, look->path);
    buffer_format(&repair, ".changed && %s", install);
    checkup_add(look->checkup, "hook.edited",
                look_fired(look) ? CHECKUP_WARN : CHECKUP_FAIL, repair.bytes,
                "%s: %s", look->path, detail);
    buffer_release(&repair);
    look->explained = true;
}

static void tell_version(struct look *look, const char *install)
{
    checkup_add(look->checkup, "hook.version", CHECKUP_FAIL, install,
                "%s: another version of tmpguard wrote it", look->path);
    look->explained = true;
}

static void look_at_shim(struct look *look)
{
    const struct hook_file *hook = &look->hook;
    const char *install = repair_install(look->scene);
    struct buffer end = BUFFER_EMPTY;

    buffer_format(&end, " && %s", install);
    if (!hook->executable)
        look_at_execution(look);
    if (hook->crlf)
        fail_at(look, "hook.line-ends", "rm ", end.bytes,
                "its lines end as on Windows (CRLF), so it cannot run");
    else if (hook->kind == SHIM_EDITED)
        tell_edit(look, install, "it is tmpguard's, but was changed by hand");
    else if (!hook->current)
        tell_version(look, install);
    if (hook->program && !doctor_program(look->checkup, hook->program, install))
        look->explained = true;
    buffer_release(&end);
}

/* Is a hook of ours where git would look without core.hooksPath? */
static bool is_shadowed(const struct look *look)
{
    const struct doctor_case *of = look->of;
    struct buffer path = BUFFER_EMPTY;
    struct hook_file hook;
    struct error err;
    bool ours;

    if (!look->scene->path.value || strcmp(look->scene->hooks, of->usual) == 0)
        return false;
    buffer_format(&path, "%s/%s", of->usual, look->event->name);
    ours = hook_file_look(&hook, path.bytes, look->event, &err) == 0 &&
           hook.kind == SHIM_OURS;
    hook_file_release(&hook);
    buffer_release(&path);
    return ours;
}

static void tell_shadow(struct look *look)
{
    const struct setting *path = &look->scene->path;
    const struct manager *manager = manager_of_folder(look->scene->hooks);
    struct buffer repair = BUFFER_EMPTY;

    if (manager)
        buffer_string(&repair, manager->advice);
    else
        repair_unset(&repair, path, "core.hooksPath");
    checkup_add(
        look->checkup, "hooks-path", CHECKUP_FAIL, repair.bytes,
        "core.hooksPath is %s (%s settings, %s), which hides tmpguard's "
        "hooks in %s",
        path->value, path->scope, path->file ? path->file : "the environment",
        look->of->usual);
    buffer_release(&repair);
    look->explained = true;
}

/* Nothing is there, and nothing runs from the settings. */
static void tell_absence(struct look *look)
{
    const struct setting *path = &look->scene->path;
    struct buffer repair = BUFFER_EMPTY;

    if (path->value && !repair_is_our_folder(path->value) &&
        (strcmp(path->scope, "worktree") == 0 || !path->file)) {
        repair_unset(&repair, path, "core.hooksPath");
        buffer_string(&repair, " && ");
    }
    buffer_string(&repair, repair_install(look->scene));
    checkup_add(look->checkup, "hook.present", CHECKUP_FAIL, repair.bytes,
                "there is no hook %s in %s", look->event->name,
                look->scene->hooks);
    buffer_release(&repair);
    look->explained = true;
}

/* Whose hook it is, if it is a manager's. */
static const struct manager *manager_of(const struct look *look)
{
    return look->hook.manager ? look->hook.manager
                              : manager_of_folder(look->scene->hooks);
}

static const char *owner_of(const struct look *look)
{
    const struct manager *manager = manager_of(look);

    return manager ? manager->name : "somebody else";
}

static bool is_said_to_run_us(const struct look *look)
{
    return (look->hook.names_us && look->hook.executable) ||
           calls_from_folder(look->scene->hooks, look->event->name) ||
           calls_from_hook(look->path, look->scene->tree->path,
                           look->event->name);
}

static void tell_foreign(struct look *look)
{
    const struct manager *manager = manager_of(look);
    const char *owner = owner_of(look);

    if (look->canary.end == CANARY_NONE && is_said_to_run_us(look))
        checkup_add(look->checkup, "hook.owner", CHECKUP_WARN,
                    "tmpguard doctor, without --no-canary",
                    "%s: it is of %s, which is told to run tmpguard; whether "
                    "it does was not tried",
                    look->path, owner);
    else if (!manager && look->hook.names_us && !look->hook.executable)
        look_at_execution(look);
    else {
        checkup_add(look->checkup, "hook.owner", CHECKUP_FAIL,
                    manager && !manager->keeps ? manager->advice
                                               : repair_install(look->scene),
                    "%s: it is of %s, and does not run tmpguard", look->path,
                    owner);
        look->explained = true;
    }
}

/* Something runs us: this hook, or another one. */
static void tell_owner(const struct look *look)
{
    if (look->hook.kind == SHIM_FOREIGN && look_fired(look) &&
        !look_is_configured(look))
        checkup_add(look->checkup, "hook.owner", CHECKUP_OK, NULL,
                    "%s: it is of %s, and runs tmpguard", look->path,
                    owner_of(look));
}

static void look_at_file(struct look *look)
{
    const struct hook_file *hook = &look->hook;
    bool is_foreign =
        look->canary.end == CANARY_NONE && is_said_to_run_us(look);

    if (hook->kind == SHIM_OURS || hook->kind == SHIM_EDITED) {
        if (!look_is_configured(look) || hook->crlf)
            look_at_shim(look);
    } else if (look_fired(look) || look_is_configured(look) ||
               look->explained) {
        tell_owner(look);
    } else if (!is_foreign && is_shadowed(look)) {
        tell_shadow(look);
    } else if (!is_foreign && hook->kind == SHIM_ABSENT) {
        tell_absence(look);
    } else {
        tell_foreign(look);
    }
}

/* ---- the proof ----------------------------------------------------------- */

static void tell_canary(const struct look *look)
{
    const struct canary *canary = &look->canary;
    const char *name = look->event->name;
    const char *words = canary->words ? canary->words : "nothing";

    if (canary->end == CANARY_FIRED)
        checkup_add(look->checkup, "canary", CHECKUP_OK, NULL,
                    "%s runs tmpguard %s and fails when it does", name,
                    canary->version);
    else if (canary->end == CANARY_IGNORED)
        checkup_add(look->checkup, "canary", CHECKUP_FAIL,
                    "let the hook end with the exit code of tmpguard",
                    "%s runs tmpguard and passes although that fails: %s", name,
                    look->path);
    else if (canary->end == CANARY_LATE)
        checkup_add(look->checkup, "canary", CHECKUP_FAIL,
                    "see what else runs in the hook",
                    "%s does not end: it was stopped after a minute (%s)", name,
                    look->path);
    else if (canary->end == CANARY_SILENT && !look->explained)
        checkup_add(look->checkup, "canary", CHECKUP_FAIL,
                    repair_install(look->scene),
                    "%s ended with %d and did not run tmpguard; it printed: %s",
                    name, canary->status, words);
}

void doctor_hook(const struct doctor_case *of, const struct shim_event *event)
{
    struct buffer path = BUFFER_EMPTY;
    struct look look = { .of = of,
                         .scene = of->scene,
                         .checkup = of->checkup,
                         .event = event,
                         .hook = HOOK_FILE_EMPTY,
                         .canary = CANARY_EMPTY };
    struct error err;

    if (of->apart)
        buffer_string(&path, of->apart);
    else
        buffer_format(&path, "%s/%s", of->scene->hooks, event->name);
    look.path = buffer_detach(&path);
    if (hook_file_look(&look.hook, look.path, event, &err) < 0 &&
        disk_has(look.path))
        tell_edit(&look, repair_install(look.scene), err.message);
    if (of->scratch)
        canary_run(&look.canary, of->scene, event, of->apart, of->scratch);
    look_at_settings(&look);
    look_at_file(&look);
    tell_canary(&look);
    hook_file_release(&look.hook);
    canary_release(&look.canary);
    free(look.path);
}
