#include "hooks/install/doctor_hook.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/base/memory.h"
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

/* Is it where the file system of `folder`, which is noexec, goes on? A bind
 * mount has the same number as what it shows. */
static bool is_same_mount(const char *path, dev_t device)
{
    struct stat about;

    return stat(path, &about) == 0 && about.st_dev == device && is_noexec(path);
}

static char *mount_of(const char *folder)
{
    struct stat about;
    char *path = disk_resolve(folder);

    while (path[1] && stat(path, &about) == 0) {
        char *slash = strrchr(path, '/');
        char *parent =
            memory_copy(path, slash > path ? (size_t)(slash - path) : 1);

        if (!is_same_mount(parent, about.st_dev)) {
            free(parent);
            break;
        }
        free(path);
        path = parent;
    }
    return path;
}

static void tell_noexec(struct look *look)
{
    char *mount = mount_of(look->scene->hooks);
    struct buffer repair = BUFFER_EMPTY;

    buffer_string(&repair, "sudo mount -o remount,exec ");
    repair_word(&repair, mount);
    checkup_add(look->checkup, "hook.noexec", CHECKUP_FAIL, repair.bytes,
                "%s: no program can run on this file system (noexec)",
                look->scene->hooks);
    checkup_advise(look->checkup, "or keep the repository on another file "
                                  "system");
    buffer_release(&repair);
    free(mount);
}

static void look_at_execution(struct look *look)
{
    if (is_noexec(look->path))
        tell_noexec(look);
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
    checkup_add(look->checkup, "hook.edited", CHECKUP_FAIL, repair.bytes,
                "%s: %s", look->path, detail);
    checkup_advise(look->checkup,
                   "what was changed is in %s.changed then: "
                   "look at it, and delete it",
                   look->path);
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
                "its lines end as on Windows (CRLF), so it cannot run, and git "
                "waits for ever at a push");
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

/* Of what a manager is told in a script, the lines can be put there. */
static void repair_by_manager(struct buffer *repair, const struct look *look,
                              const struct manager *manager)
{
    struct text folder = text_of(look->scene->hooks);
    char *top;

    if (manager->way != MANAGER_SCRIPT || !manager->folder)
        return;
    while (text_ends_with(folder, TEXT("/")))
        folder.size--;
    if (text_ends_with(folder, TEXT("/_")))
        folder.size -= 2;
    if (!text_ends_with(folder, text_of(manager->folder)))
        return;
    top = memory_copy(folder.bytes, folder.size - strlen(manager->folder));
    buffer_string(repair, "(cd ");
    repair_word(repair, top);
    buffer_format(repair, " && %s install --into %s | sh)",
                  look->scene->tmpguard, manager->name);
    free(top);
}

static void advise_manager(struct look *look, const struct manager *manager)
{
    checkup_advise(look->checkup,
                   "%s; 'tmpguard install --into %s' prints that",
                   manager->advice, manager->name);
}

/* What is set for a command only is nobody's but the shell's. */
static bool is_passing(const struct setting *path)
{
    return path->value && !path->file;
}

/*
 * The command that installs in front of what core.hooksPath names. It is never
 * taken out, unless it names a folder of ours that nothing is known of.
 */
static void repair_shadow(struct buffer *repair, const struct look *look)
{
    const struct setting *path = &look->scene->path;
    struct buffer record = BUFFER_EMPTY;
    bool ours = path->value && repair_is_our_folder(path->value);

    buffer_format(&record, "%s/../install", path->value ? path->value : "");
    if (is_passing(path) || (ours && strcmp(path->scope, "local") == 0 &&
                             !disk_has(record.bytes))) {
        repair_unset(repair, path, "core.hooksPath");
        buffer_string(repair, "; ");
    }
    buffer_string(repair, repair_install(look->scene));
    buffer_release(&record);
}

static void tell_shadow(struct look *look)
{
    const struct setting *path = &look->scene->path;
    const struct manager *manager = manager_of_folder(look->scene->hooks);
    struct buffer repair = BUFFER_EMPTY;

    if (manager)
        repair_by_manager(&repair, look, manager);
    else
        repair_shadow(&repair, look);
    checkup_add(
        look->checkup, "hooks-path", CHECKUP_FAIL, repair.bytes,
        "core.hooksPath is %s (%s settings, %s), which hides tmpguard's "
        "hooks in %s",
        path->value, path->scope, path->file ? path->file : "the environment",
        look->of->usual);
    if (manager)
        advise_manager(look, manager);
    buffer_release(&repair);
    look->explained = true;
}

/* Nothing is there, and nothing runs from the settings. */
static void tell_absence(struct look *look)
{
    struct buffer repair = BUFFER_EMPTY;

    repair_shadow(&repair, look);
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

static void tell_owner_in_the_way(struct look *look)
{
    const struct manager *manager = manager_of(look);
    bool is_told = manager && !manager->keeps;
    struct buffer repair = BUFFER_EMPTY;

    if (is_told)
        repair_by_manager(&repair, look, manager);
    else
        buffer_string(&repair, repair_install(look->scene));
    checkup_add(look->checkup, "hook.owner", CHECKUP_FAIL, repair.bytes,
                "%s: it is of %s, and does not run tmpguard", look->path,
                owner_of(look));
    if (is_told)
        advise_manager(look, manager);
    buffer_release(&repair);
    look->explained = true;
}

static void tell_foreign(struct look *look)
{
    const struct manager *manager = manager_of(look);
    const char *owner = owner_of(look);

    if (look->canary.end == CANARY_NONE && is_said_to_run_us(look))
        checkup_add(look->checkup, "hook.owner", CHECKUP_WARN, NULL,
                    "%s: it is of %s, which is told to run tmpguard; whether "
                    "it does was not tried",
                    look->path, owner);
    else if (!manager && look->hook.names_us && !look->hook.executable)
        look_at_execution(look);
    else
        tell_owner_in_the_way(look);
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
        checkup_add(look->checkup, "canary", CHECKUP_FAIL, NULL,
                    "%s runs tmpguard and passes although that fails: %s", name,
                    look->path);
    else if (canary->end == CANARY_LATE)
        checkup_add(look->checkup, "canary", CHECKUP_FAIL, NULL,
                    "%s does not end: it was stopped after a minute (%s)", name,
                    look->path);
    else if (canary->end == CANARY_SILENT && !look->explained)
        checkup_add(look->checkup, "canary", CHECKUP_FAIL,
                    repair_install(look->scene),
                    "%s ended with %d and did not run tmpguard; it printed: %s",
                    name, canary->status, words);
    if (canary->end == CANARY_IGNORED)
        checkup_advise(look->checkup,
                       "let the hook end with the exit code of tmpguard");
    if (canary->end == CANARY_LATE)
        checkup_advise(look->checkup, "see what else runs in the hook");
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
