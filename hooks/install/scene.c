#include "hooks/install/scene.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/memory.h"
#include "hooks/system/trial.h"

#define TIMEOUT_MS 20000

/* `git rev-parse --local-env-vars`, but for what holds settings: those count
 * for a person's git, too. */
static const char *const foreign[] = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    "TMPGUARD_CANARY",
    NULL,
};

#define WITH_MAX 8

char **scene_environment(const struct scene *scene, const char *const *with)
{
    const char *all[WITH_MAX] = { NULL };
    size_t count = 0;

    while (with[count] && count < WITH_MAX - 3) {
        all[count] = with[count];
        count++;
    }
    if (scene->home) {
        all[count++] = scene->home;
        all[count++] = "GIT_WORK_TREE=.";
    }
    return trial_environment(foreign, all);
}

int scene_ask(struct buffer *out, const struct scene *scene,
              const char *const *arguments, struct error *err)
{
    static const char *const quiet[] = { "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0",
                                         NULL };
    struct trial trial = { .folder = scene->tree->path,
                           .arguments = arguments,
                           .environment = scene_environment(scene, quiet),
                           .timeout_ms = TIMEOUT_MS };
    struct trial_answer answer;
    int result = trial_run(&answer, &trial, err);
    const char *reason = answer.errors.bytes ? answer.errors.bytes : "";

    if (result == 0 && answer.status > 1)
        result =
            error_set(err, ERROR_GIT, "%.*s", (int)strcspn(reason, "\n"),
                      strncmp(reason, "fatal: ", 7) == 0 ? reason + 7 : reason);
    if (result == 0)
        buffer_text(out, buffer_view(&answer.out));
    trial_answer_release(&answer);
    trial_environment_release(trial.environment);
    return result;
}

static char *copy(const char *string)
{
    return memory_copy(string, strlen(string));
}

static void setting_release(struct setting *setting)
{
    free(setting->value);
    free(setting->scope);
    free(setting->file);
    *setting = (struct setting){ .value = NULL };
}

static char *file_of(const struct scene *scene, const char *origin)
{
    struct buffer file = BUFFER_EMPTY;

    if (strncmp(origin, "file:", 5) != 0)
        return NULL;
    origin += 5;
    if (origin[0] != '/')
        buffer_format(&file, "%s/", scene->tree->path);
    buffer_string(&file, origin);
    return buffer_detach(&file);
}

/* The last one holds; of several values all do, up to an empty one. */
static void take(struct scene *scene, struct setting *setting, bool many,
                 const char *const parts[3])
{
    struct buffer value = BUFFER_EMPTY;

    if (many && setting->value && parts[2][0])
        buffer_format(&value, "%s\n", setting->value);
    buffer_string(&value, parts[2]);
    setting_release(setting);
    setting->value = value.bytes ? buffer_detach(&value) : copy("");
    setting->scope = copy(parts[0]);
    setting->file = file_of(scene, parts[1]);
}

static void take_setting(struct scene *scene, const char *scope,
                         const char *origin, char *entry)
{
    const struct {
        const char *key;
        struct setting *setting;
    } known[] = {
        { "core.hookspath", &scene->path },
        { "hook.tmpguard.command", &scene->command },
        { "hook.tmpguard.enabled", &scene->enabled },
        { "hook.tmpguard.event", &scene->events },
        { "hooks.tmpguard.missing", &scene->missing },
    };
    char *end = strchr(entry, '\n');
    const char *parts[] = { scope, origin, end ? end + 1 : "true" };

    if (end)
        *end = '\0';
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strcmp(entry, known[i].key) == 0)
            take(scene, known[i].setting, known[i].setting == &scene->events,
                 parts);
}

/* SCOPE NUL ORIGIN NUL KEY LF VALUE NUL, again and again. */
static void take_settings(struct scene *scene, struct buffer *out)
{
    char *parts[3];
    size_t count = 0, at = 0;

    while (at < out->size) {
        parts[count++] = out->bytes + at;
        at += strlen(out->bytes + at) + 1;
        if (count == 3) {
            take_setting(scene, parts[0], parts[1], parts[2]);
            count = 0;
        }
    }
}

static int ask_settings(struct scene *scene, struct error *err)
{
    const char *const arguments[] = {
        scene->git->path,
        "config",
        "-z",
        "--show-scope",
        "--show-origin",
        "--get-regexp",
        "^(core\\.hookspath|hook\\.tmpguard\\.|hooks\\.tmpguard\\.missing)",
        NULL,
    };
    struct buffer out = BUFFER_EMPTY;
    int result = scene_ask(&out, scene, arguments, err);

    if (result == 0)
        take_settings(scene, &out);
    buffer_release(&out);
    return result;
}

static int ask_folder(struct scene *scene, struct error *err)
{
    const char *const arguments[] = {
        scene->git->path, "rev-parse", "--path-format=absolute",
        "--git-path",     "hooks",     NULL
    };
    struct buffer out = BUFFER_EMPTY;
    int result = scene_ask(&out, scene, arguments, err);

    if (result == 0 && out.size > 1) {
        out.bytes[--out.size] = '\0';
        scene->hooks = buffer_detach(&out);
    }
    buffer_release(&out);
    if (result == 0 && !scene->hooks)
        result = error_set(err, ERROR_GIT, "git names no hooks folder");
    return result;
}

int scene_open(struct scene *scene, const struct git *git,
               const struct worktree *tree, const char *git_dir,
               struct error *err)
{
    struct buffer home = BUFFER_EMPTY;

    *scene =
        (struct scene){ .git = git,
                        .tree = tree,
                        .tmpguard = "tmpguard",
                        .install = "tmpguard install",
                        .install_user = "tmpguard install --global",
                        .install_machine = "sudo tmpguard install --system" };
    if (git_dir) {
        buffer_format(&home, "GIT_DIR=%s", git_dir);
        scene->home = buffer_detach(&home);
    }
    if (ask_folder(scene, err) < 0)
        return -1;
    return ask_settings(scene, err);
}

void scene_close(struct scene *scene)
{
    free(scene->home);
    free(scene->hooks);
    setting_release(&scene->path);
    setting_release(&scene->command);
    setting_release(&scene->enabled);
    setting_release(&scene->events);
    setting_release(&scene->missing);
}

bool setting_is_true(const struct setting *setting, bool otherwise)
{
    static const char *const no[] = { "false", "no", "off", "0", "" };

    if (!setting->value)
        return otherwise;
    for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
        if (strcasecmp(setting->value, no[i]) == 0)
            return false;
    return true;
}

bool setting_has_line(const struct setting *setting, const char *line)
{
    const char *at = setting->value;
    size_t size = strlen(line);

    while (at && *at) {
        size_t end = strcspn(at, "\n");

        if (end == size && strncmp(at, line, size) == 0)
            return true;
        at += end + (at[end] == '\n');
    }
    return false;
}
