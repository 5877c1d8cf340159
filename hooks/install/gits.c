#include "hooks/install/gits.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/system/trial.h"

/* Folders; one that begins with "~" is below the home folder. */
static const char *const usual[] = {
    "/usr/local/bin",
    "/usr/bin",
    "/opt/git/bin",
    "/snap/bin",
    "/nix/var/nix/profiles/default/bin",
    "/run/current-system/sw/bin",
    "~/.local/bin",
    "~/bin",
    "~/.nix-profile/bin",
    "~/.linuxbrew/bin",
    "~/miniconda3/bin",
    "~/anaconda3/bin",
    "/usr/lib/github-desktop/resources/app/git/bin",
    "/opt/GitHub Desktop/resources/app/git/bin",
    "/usr/share/gitkraken/resources/app.asar.unpacked/git/bin",
};

static bool is_same_file(const char *a, const char *b)
{
    struct stat about_a, about_b;

    return stat(a, &about_a) == 0 && stat(b, &about_b) == 0 &&
           about_a.st_dev == about_b.st_dev && about_a.st_ino == about_b.st_ino;
}

static bool is_known(const struct gits *gits, const char *path)
{
    for (size_t i = 0; i < gits->items_count; i++)
        if (is_same_file(gits->items[i].path, path))
            return true;
    return false;
}

static void read_version(struct git *git, const char *words)
{
    static const char start[] = "git version ";
    size_t size;
    char *end;

    if (strncmp(words, start, sizeof(start) - 1) != 0)
        return;
    words += sizeof(start) - 1;
    git->major = strtoul(words, &end, 10);
    if (*end != '.')
        return;
    git->minor = strtoul(end + 1, NULL, 10);
    size = strcspn(words, "\n");
    git->version = memory_copy(words, size);
}

void gits_add(struct gits *gits, const char *path)
{
    struct git *git = ARRAY_PUSH(gits->items);
    char *version = trial_version(path);

    git->path = memory_copy(path, strlen(path));
    read_version(git, version);
    free(version);
}

static void offer(struct gits *gits, const char *folder, size_t size)
{
    struct buffer path = BUFFER_EMPTY;
    struct stat about;

    /* git itself is found by relative folders, too; a shell elsewhere is not.*/
    if (size == 0 || folder[0] != '/')
        return;
    buffer_append(&path, folder, size);
    buffer_string(&path, "/git");
    if (stat(path.bytes, &about) == 0 && S_ISREG(about.st_mode) &&
        access(path.bytes, X_OK) == 0 && !is_known(gits, path.bytes))
        gits_add(gits, path.bytes);
    buffer_release(&path);
}

void gits_find_first(struct gits *gits, const char *path)
{
    while (*path && !gits->items_count) {
        size_t size = strcspn(path, ":");

        offer(gits, path, size);
        path += size + (path[size] == ':');
    }
}

void gits_find(struct gits *gits, const char *path, const char *home)
{
    while (*path) {
        size_t size = strcspn(path, ":");

        offer(gits, path, size);
        path += size + (path[size] == ':');
    }
    for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++) {
        struct buffer folder = BUFFER_EMPTY;

        if (usual[i][0] != '~')
            buffer_string(&folder, usual[i]);
        else if (home)
            buffer_format(&folder, "%s%s", home, usual[i] + 1);
        if (folder.size)
            offer(gits, folder.bytes, folder.size);
        buffer_release(&folder);
    }
}

bool git_is(const struct git *git, unsigned long major, unsigned long minor)
{
    return git->version &&
           (git->major > major || (git->major == major && git->minor >= minor));
}

void gits_release(struct gits *gits)
{
    for (size_t i = 0; i < gits->items_count; i++) {
        free(gits->items[i].path);
        free(gits->items[i].version);
    }
    free(gits->items);
    *gits = GITS_EMPTY;
}
