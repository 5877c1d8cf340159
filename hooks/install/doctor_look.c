#include "hooks/install/doctor_look.h"

#include <stdlib.h>
#include <string.h>

#include "hooks/install/doctor_program.h"
#include "hooks/install/doctor_repair.h"

bool look_fired(const struct look *look)
{
    return look->canary.end == CANARY_FIRED;
}

bool look_is_configured(const struct look *look)
{
    const struct scene *scene = look->scene;

    return git_is(scene->git, 2, 54) && scene->command.value &&
           setting_is_true(&scene->enabled, true) &&
           setting_has_line(&scene->events, look->event->name);
}

/* The hooks folder may hold a hook of ours all the same. */
static enum checkup_state unless_file(const struct look *look)
{
    return hook_file_fires(&look->hook) ? CHECKUP_WARN : CHECKUP_FAIL;
}

static void tell_setting(struct look *look, const char *id,
                         const struct setting *setting, const char *repair,
                         const char *detail)
{
    enum checkup_state state = unless_file(look);

    checkup_add(look->checkup, id, state, repair, "%s (%s settings, %s)",
                detail, setting->scope,
                setting->file ? setting->file : "the environment");
    look->explained = look->explained || state == CHECKUP_FAIL;
}

static void look_at_disabled(struct look *look)
{
    struct buffer repair = BUFFER_EMPTY;

    repair_unset(&repair, &look->scene->enabled, "hook.tmpguard.enabled");
    tell_setting(look, "config-hook.enabled", &look->scene->enabled,
                 repair.bytes,
                 "hook.tmpguard.enabled turns tmpguard's hook off");
    buffer_release(&repair);
}

static void look_at_no_event(struct look *look)
{
    const struct setting *command = &look->scene->command;
    struct buffer repair = BUFFER_EMPTY, detail = BUFFER_EMPTY;

    buffer_format(&detail, "hook.tmpguard.event does not name %s",
                  look->event->name);
    if (command->file) {
        buffer_string(&repair, "git config --file ");
        repair_word(&repair, command->file);
        buffer_format(&repair, " --add hook.tmpguard.event %s",
                      look->event->name);
    } else {
        repair_unset(&repair, command, "hook.tmpguard.command");
    }
    tell_setting(look, "config-hook.event", command, repair.bytes,
                 detail.bytes);
    buffer_release(&repair);
    buffer_release(&detail);
}

static void look_at_no_command(struct look *look)
{
    const struct setting *events = &look->scene->events;
    struct buffer repair = BUFFER_EMPTY;

    if (events->file) {
        buffer_string(&repair, "git config --file ");
        repair_word(&repair, events->file);
        buffer_format(&repair, " --remove-section hook.tmpguard && %s",
                      look->scene->install);
    } else {
        repair_unset(&repair, events, "hook.tmpguard.event");
    }
    tell_setting(look, "config-hook.command", events, repair.bytes,
                 "hook.tmpguard has events and no command");
    buffer_release(&repair);
}

static void look_at_command(struct look *look)
{
    const struct scene *scene = look->scene;
    const char *command = scene->command.value;
    char *program = shim_program(text_of(command));

    if (!program || !shim_command_is_current(text_of(command))) {
        checkup_add(look->checkup, "config-hook.command", CHECKUP_FAIL,
                    repair_install(scene),
                    "hook.tmpguard.command is not what this version writes "
                    "(%s settings, %s)",
                    scene->command.scope,
                    scene->command.file ? scene->command.file
                                        : "the environment");
        look->explained = true;
    }
    if (program &&
        !doctor_program(look->checkup, program, repair_install(scene)))
        look->explained = true;
    free(program);
}

/* An older git does not know such hooks. */
static void look_at_old_git(struct look *look)
{
    const struct git *git = look->scene->git;
    struct buffer repair = BUFFER_EMPTY;

    if (look_fired(look) || hook_file_fires(&look->hook))
        return;
    repair_for_old_git(&repair, git, repair_install(look->scene));
    checkup_add(look->checkup, "config-hook.git", CHECKUP_FAIL, repair.bytes,
                "this git, %s, does not run hooks from its settings, where "
                "tmpguard is installed: %s",
                git->version, git->path);
    look->explained = true;
    buffer_release(&repair);
}

void look_at_settings(struct look *look)
{
    const struct scene *scene = look->scene;

    if (!scene->command.value && !scene->events.value)
        return;
    if (!git_is(scene->git, 2, 54))
        look_at_old_git(look);
    else if (!scene->command.value)
        look_at_no_command(look);
    else if (!setting_is_true(&scene->enabled, true))
        look_at_disabled(look);
    else if (!setting_has_line(&scene->events, look->event->name))
        look_at_no_event(look);
    else
        look_at_command(look);
}
