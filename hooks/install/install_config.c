#include "hooks/install/install_config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/install/install_shim.h"
#include "hooks/system/disk.h"

#define COMMAND CONFIG_HOOK ".command"
#define EVENT   CONFIG_HOOK ".event"

/* git's first version with hooks in its settings. */
#define MAJOR 2
#define MINOR 54

/* 1 or 0 for what `git version` prints, -1 and *err if that is no version. */
static int is_new_enough(const char *words, struct error *err)
{
    static const char start[] = "git version ";
    unsigned long major = 0, minor;
    char *end = NULL;

    if (strncmp(words, start, sizeof(start) - 1) == 0)
        major = strtoul(words + sizeof(start) - 1, &end, 10);
    if (!end || *end != '.')
        return error_set(err, ERROR_GIT, "git does not tell its version");
    minor = strtoul(end + 1, NULL, 10);
    return major > MAJOR || (major == MAJOR && minor >= MINOR);
}

int config_has_hooks(struct error *err)
{
    static const char *const arguments[] = { "version", NULL };
    struct buffer out = BUFFER_EMPTY;
    int has = -1;

    if (gitpipe_run(&out, arguments, TEXT_EMPTY, err) >= 0)
        has = is_new_enough(out.bytes ? out.bytes : "", err);
    buffer_release(&out);
    return has;
}

/* The next of the strings that each end with a NUL byte; NULL: no more. */
static const char *next(struct text *rest)
{
    const char *string = rest->bytes;
    size_t end = text_find(*rest, '\0', 0);

    if (end == rest->size)
        return NULL;
    *rest = text_slice(*rest, end + 1, rest->size);
    return string;
}

static bool counts(const char *scope, enum config_view view)
{
    static const char *const scopes[] = {
        [CONFIG_HERE] = "worktree",
        [CONFIG_SHARED] = "local",
        [CONFIG_USER] = "global",
        [CONFIG_MACHINE] = "system",
    };

    /* "command" is what our own way of running git sets. */
    for (size_t i = view; i <= CONFIG_MACHINE; i++)
        if (strcmp(scope, scopes[i]) == 0)
            return true;
    return false;
}

/* Pairs of a scope and a value, in git's order: the last one holds. */
static int list_paths(struct buffer *out, const char *key, struct error *err)
{
    const char *const arguments[] = { "config",      "--show-scope", "-z",
                                      "--type=path", "--get-all",    key,
                                      NULL };

    return gitpipe_run(out, arguments, TEXT_EMPTY, err);
}

int config_path(char **value, const char *key, enum config_view view,
                struct error *err)
{
    struct buffer out = BUFFER_EMPTY;
    const char *scope, *path, *last = NULL;
    int status = list_paths(&out, key, err);
    struct text rest = buffer_view(&out);

    while (status == 0 && (scope = next(&rest)) && (path = next(&rest)))
        if (counts(scope, view))
            last = path;
    if (last)
        *value = memory_copy(last, strlen(last));
    buffer_release(&out);
    return status < 0 ? -1 : last != NULL;
}

int config_path_in(char **value, const char *key, const char *file,
                   struct error *err)
{
    const char *const arguments[] = { "config", "--file",     file,
                                      "-z",     "--includes", "--type=path",
                                      "--get",  key,          NULL };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);
    bool found = status == 0 && out.size > 0;

    if (found)
        *value = memory_copy(out.bytes, strlen(out.bytes));
    buffer_release(&out);
    return status < 0 ? -1 : found;
}

int config_passing_path(char **value, struct error *err)
{
    struct buffer out = BUFFER_EMPTY;
    const char *scope, *path, *last = NULL, *ours = NULL;
    int status = list_paths(&out, CONFIG_HOOKS_PATH, err);
    struct text rest = buffer_view(&out);

    /* Our own one comes last. */
    while (status == 0 && (scope = next(&rest)) && (path = next(&rest))) {
        if (strcmp(scope, "command") != 0)
            continue;
        last = ours;
        ours = path;
    }
    if (last)
        *value = memory_copy(last, strlen(last));
    buffer_release(&out);
    return status < 0 ? -1 : last != NULL;
}

/* Before 2.41 git tells the file to nobody but an editor, which is `echo` for
 * us. */
char *config_of_machine(struct error *err)
{
    static const char *const ways[][4] = {
        { "var", "GIT_CONFIG_SYSTEM", NULL },
        { "config", "--system", "--edit", NULL },
    };
    struct buffer out = BUFFER_EMPTY;

    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        int status = gitpipe_run(&out, ways[i], TEXT_EMPTY, err);

        if (status == 0 && out.size && out.bytes[0] == '/') {
            if (out.bytes[out.size - 1] == '\n')
                out.bytes[--out.size] = '\0';
            return buffer_detach(&out);
        }
        buffer_clear(&out);
    }
    buffer_release(&out);
    error_set(err, ERROR_GIT,
              "git does not tell where its settings for all users are");
    return NULL;
}

/* `git config --file FILE A B C`; NULL: no more. 1 is git's "no". */
static int run(struct buffer *out, const char *file, const char *a,
               const char *b, const char *c, struct error *err)
{
    const char *const arguments[] = { "config", "--file", file, a, b, c, NULL };
    struct buffer ignored = BUFFER_EMPTY;
    int status = gitpipe_run(out ? out : &ignored, arguments, TEXT_EMPTY, err);

    buffer_release(&ignored);
    return status;
}

static int edit(const char *file, const char *how, const char *key,
                const char *value, struct error *err)
{
    int status = run(NULL, file, how, key, value, err);

    if (status > 0)
        return error_set(err, ERROR_GIT, "git cannot change %s in %s", key,
                         file);
    return status;
}

int config_is(const char *file, const char *key, const char *lines,
              struct error *err)
{
    struct buffer out = BUFFER_EMPTY;
    int status = run(&out, file, "--get-all", key, NULL, err);
    int same = text_equal(buffer_view(&out), text_of(lines));

    buffer_release(&out);
    return status < 0 ? -1 : same;
}

static char *copy_path(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/config.%s", folder, name);
    return buffer_detach(&path);
}

/* A missing file has no copy. */
static int keep_copy(const char *file, const char *folder, const char *name,
                     struct error *err)
{
    char *copy = copy_path(folder, name);
    struct buffer bytes = BUFFER_EMPTY;
    int found = disk_read(&bytes, file, err);

    if (found == 1)
        found = disk_write(copy, buffer_view(&bytes), 0600, err);
    else if (found == 0)
        found = disk_remove(copy, err);
    buffer_release(&bytes);
    free(copy);
    return found;
}

int config_set_path(const char *file, const char *folder, const char *key,
                    const char *path, struct error *err)
{
    if (keep_copy(file, folder, "before", err) < 0 ||
        edit(file, "--replace-all", key, path, err) < 0)
        return -1;
    return keep_copy(file, folder, "after", err);
}

/*
 * The command before the first event: git cannot do anything at all in a
 * repository where a hook has an event and no command.
 */
int config_set_hook(const char *file, const char *folder, const char *command,
                    enum install_reach reach, struct error *err)
{
    size_t count;
    const struct shim_event *events = shim_events_of(reach, &count);

    if (keep_copy(file, folder, "before", err) < 0 ||
        edit(file, "--replace-all", COMMAND, command, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (events[i].check &&
            edit(file, "--add", EVENT, events[i].name, err) < 0)
            return -1;
    return keep_copy(file, folder, "after", err);
}

/* Nobody changed the file since: its bytes from before. 1, 0, or -1. */
static int restore(const char *file, const char *before, const char *after,
                   struct error *err)
{
    struct buffer now = BUFFER_EMPTY, then = BUFFER_EMPTY;
    struct stat about = { .st_mode = 0600 };
    int result = disk_read(&now, after, err);

    if (result == 1)
        result = disk_holds(file, buffer_view(&now));
    if (result == 1)
        result = disk_read(&then, before, err);
    else
        goto done;
    if (result == 0)
        result = disk_remove(file, err);
    else if (result == 1 && stat(file, &about) == 0)
        result = disk_write_locked(file, buffer_view(&then),
                                   about.st_mode & 07777, err);
    if (result == 0)
        result = 1;

done:
    buffer_release(&now);
    buffer_release(&then);
    return result;
}

static int take_out_path(const char *file, const char *before, const char *key,
                         const char *path, struct error *err)
{
    struct buffer line = BUFFER_EMPTY, old = BUFFER_EMPTY;
    int result;

    buffer_format(&line, "%s\n", path);
    result = config_is(file, key, line.bytes, err);
    if (result == 1)
        result = run(&old, before, "--get", key, NULL, err) < 0 ? -1 : 1;
    if (result == 1 && old.size > 1) {
        old.bytes[old.size - 1] = '\0';
        result = edit(file, "--replace-all", key, old.bytes, err) < 0 ? -1 : 1;
    } else if (result == 1) {
        result = edit(file, "--unset-all", key, NULL, err) < 0 ? -1 : 1;
    }
    buffer_release(&line);
    buffer_release(&old);
    return result;
}

int config_has_hook(const char *file, struct error *err)
{
    int status =
        run(NULL, file, "--get-regexp", "^hook\\.tmpguard\\.", NULL, err);

    return status < 0 ? -1 : status == 0;
}

static int take_out_hook(const char *file, struct error *err)
{
    int found = config_has_hook(file, err);

    if (found != 1)
        return found;
    return edit(file, "--remove-section", CONFIG_HOOK, NULL, err) < 0 ? -1 : 1;
}

int config_undo(const char *file, const char *folder, const char *key,
                const char *path, struct error *err)
{
    char *before = copy_path(folder, "before");
    char *after = copy_path(folder, "after");
    int result = restore(file, before, after, err);

    if (result == 0 && path)
        result = take_out_path(file, before, key, path, err);
    else if (result == 0)
        result = take_out_hook(file, err);
    if (result >= 0 &&
        (disk_remove(before, err) < 0 || disk_remove(after, err) < 0))
        result = -1;
    free(before);
    free(after);
    return result;
}

/* ---- more settings ------------------------------------------------------- */

static char *note_path(const char *folder)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/settings", folder);
    return buffer_detach(&path);
}

static void write_note(struct buffer *out, const char *settings)
{
    buffer_string(out, "[include]\n\tpath = \"");
    for (; *settings; settings++) {
        if (strchr("\"\\", *settings))
            buffer_byte(out, '\\');
        buffer_byte(out, *settings);
    }
    buffer_string(out, "\"\n");
}

int config_note_settings(const char *folder, const char *settings,
                         struct error *err)
{
    char *path = note_path(folder);
    struct buffer note = BUFFER_EMPTY;
    int result;

    write_note(&note, settings);
    result = disk_write(path, buffer_view(&note), 0644, err);
    buffer_release(&note);
    free(path);
    return result;
}

bool config_notes_settings(const char *folder, const char *settings)
{
    char *path = note_path(folder);
    struct buffer note = BUFFER_EMPTY;
    bool noted;

    write_note(&note, settings);
    noted = disk_holds(path, buffer_view(&note));
    buffer_release(&note);
    free(path);
    return noted;
}

int config_forget_settings(const char *folder, struct error *err)
{
    char *path = note_path(folder);
    int result = disk_remove(path, err);

    free(path);
    return result;
}

int config_hook_command(char **command, struct error *err)
{
    static const char *const arguments[] = { "config", "-z", "--get", COMMAND,
                                             NULL };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);

    *command = NULL;
    if (status == 0 && out.size)
        *command = buffer_detach(&out);
    buffer_release(&out);
    return status < 0 ? -1 : *command != NULL;
}

int config_lists_hook(const char *event, struct error *err)
{
    const char *const arguments[] = { "hook", "list", event, NULL };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);
    struct text rest = buffer_view(&out);
    bool found = false;

    while (status == 0 && rest.size) {
        size_t end = text_find(rest, '\n', 0);

        found = found || text_equal(text_slice(rest, 0, end), TEXT("tmpguard"));
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    buffer_release(&out);
    return status < 0 ? -1 : found;
}
