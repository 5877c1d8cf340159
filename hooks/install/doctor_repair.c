#include "hooks/install/doctor_repair.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

static bool is_control(char byte)
{
    return (unsigned char)byte < ' ' || byte == 0x7f;
}

/* A line end would part the command: printf makes it. */
static void print_word(struct buffer *out, const char *word)
{
    buffer_string(out, "\"$(printf '");
    for (; *word; word++)
        if (is_control(*word) || strchr("'\\%", *word))
            buffer_format(out, "\\%03o", (unsigned)*word);
        else
            buffer_byte(out, *word);
    buffer_string(out, "')\"");
}

void repair_word(struct buffer *out, const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                "qrstuvwxyz0123456789_-./:+,@%";

    if (word[0] && word[strspn(word, plain)] == '\0') {
        buffer_string(out, word);
        return;
    }
    for (const char *byte = word; *byte; byte++)
        if (is_control(*byte)) {
            print_word(out, word);
            return;
        }
    buffer_byte(out, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            buffer_string(out, "'\\'");
        buffer_byte(out, *word);
    }
    buffer_byte(out, '\'');
}

void repair_unset(struct buffer *out, const struct setting *setting,
                  const char *key)
{
    if (!setting->file) {
        buffer_string(out, "unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS");
        return;
    }
    buffer_string(out, "git config --file ");
    repair_word(out, setting->file);
    buffer_format(out, " --unset-all %s", key);
}

bool repair_is_our_folder(const char *path)
{
    struct text folder = text_of(path);

    while (text_ends_with(folder, TEXT("/")))
        folder.size--;
    return text_ends_with(folder, TEXT("/tmpguard/hooks"));
}

/* The word of the command that is "install"; there is one. */
static const char *find_install(const char *command)
{
    const char *found = command;

    for (const char *next = command; (next = strstr(next, " install")); next++)
        found = next;
    return found;
}

void repair_for_old_git(struct buffer *out, const struct git *git,
                        const char *install)
{
    static const char sudo[] = "sudo ";
    const char *slash = strrchr(git->path, '/');
    const char *verb = find_install(install);
    bool as_root = strncmp(install, sudo, sizeof(sudo) - 1) == 0;
    char *folder = memory_copy(git->path, (size_t)(slash - git->path));

    buffer_append(out, install, (size_t)(verb - install));
    buffer_format(out, " un%s && %sPATH=", verb + 1,
                  as_root ? "sudo env " : "");
    repair_word(out, folder);
    buffer_format(out, ":\"$PATH\" %s",
                  as_root ? install + sizeof(sudo) - 1 : install);
    free(folder);
}

const char *repair_install(const struct scene *scene)
{
    const struct setting *by = &scene->command;

    if (!by->value && scene->path.value &&
        repair_is_our_folder(scene->path.value))
        by = &scene->path;
    if (by->value && strcmp(by->scope, "global") == 0)
        return scene->install_user;
    if (by->value && strcmp(by->scope, "system") == 0)
        return scene->install_machine;
    return scene->install;
}
