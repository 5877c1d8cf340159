#include "hooks/git/repo_lines.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/base/text.h"
#include "hooks/git/repo_branch.h"
#include "hooks/git/repo_format.h"
#include "hooks/system/disk.h"

/* What is found on the way; paths are absolute and without links. */
struct place {
    const char *git_dir_wanted, *index_wanted; /* of the environment, or NULL */
    char *folder;                              /* the current one */
    char *git_dir, *common_dir, *root;
    bool is_linked; /* a worktree beside others: common_dir is another */
    struct repo_format format;
};

static char *join(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    if (name[0] != '/')
        buffer_format(&path, "%s/", folder);
    buffer_string(&path, name);
    return buffer_detach(&path);
}

static char *real(const char *folder, const char *name)
{
    char *path = join(folder, name), *resolved = realpath(path, NULL);

    free(path);
    return resolved;
}

static bool is_folder(const char *folder, const char *name)
{
    struct stat status;
    char *path = join(folder, name);
    bool is = stat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
              access(path, X_OK) == 0;

    free(path);
    return is;
}

/* ---- the environment ----------------------------------------------------- */

/* Those that do not tell which repository it is, or what is in it. */
static const char *const harmless[] = {
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_EDITOR=",
    "GIT_PREFIX=",
    "GIT_REFLOG_ACTION=",
    "GIT_EXEC_PATH=",
    "GIT_PAGER",
    "GIT_SEQUENCE_EDITOR=",
    "GIT_TERMINAL_PROMPT=",
    "GIT_ASKPASS=",
    "GIT_SSH",
    "GIT_MERGE_AUTOEDIT=",
    "GIT_CONFIG_GLOBAL=",
    "GIT_CONFIG_SYSTEM=",
    "GIT_CONFIG_NOSYSTEM=",
    "GIT_OPTIONAL_LOCKS",
    "GIT_TRACE",
    "GIT_SSL_",
    "GIT_HTTP_",
    "GIT_PROXY_",
    "GIT_CURL_",
    NULL,
};

static bool is_harmless(const char *variable)
{
    size_t i = 0;

    if (strncmp(variable, "GIT_", 4) != 0)
        return true;
    while (harmless[i] &&
           strncmp(variable, harmless[i], strlen(harmless[i])) != 0)
        i++;
    return harmless[i] != NULL;
}

static bool take_variable(const char **value, const char *variable,
                          struct text name)
{
    if (!text_starts_with(text_of(variable), name))
        return false;
    *value = variable + name.size;
    return **value != '\0';
}

static bool take_environment(struct place *place)
{
    for (char **variable = environ; *variable; variable++)
        if (!take_variable(&place->git_dir_wanted, *variable,
                           TEXT("GIT_DIR=")) &&
            !take_variable(&place->index_wanted, *variable,
                           TEXT("GIT_INDEX_FILE=")) &&
            !is_harmless(*variable))
            return false;
    return !place->git_dir_wanted || place->git_dir_wanted[0] == '/';
}

/* ---- the git folder ------------------------------------------------------ */

/* git asks that of what it finds, not of what it is told. */
static bool is_ours(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && status.st_uid == geteuid();
}

/* "gitdir: PATH" and a newline. */
static char *follow(const char *folder, const char *file)
{
    struct buffer bytes = BUFFER_EMPTY;
    const struct text start = TEXT("gitdir: ");
    struct error ignored;
    char *path = NULL;

    if (disk_read(&bytes, file, &ignored) == 1 &&
        text_starts_with(buffer_view(&bytes), start) &&
        text_find(buffer_view(&bytes), '\n', 0) == bytes.size - 1 &&
        text_find(buffer_view(&bytes), '\0', 0) == bytes.size) {
        bytes.bytes[bytes.size - 1] = '\0';
        path = real(folder, bytes.bytes + start.size);
    }
    buffer_release(&bytes);
    return path;
}

/* 1 if the folder has one, 0 if not, -1 for git. */
static int look_in(struct place *place, const char *folder)
{
    char *path = join(folder, ".git");
    struct stat status;
    int found = 1;

    if (lstat(path, &status) < 0)
        found = errno == ENOENT ? 0 : -1;
    else if (S_ISDIR(status.st_mode))
        place->git_dir = memory_copy(path, strlen(path));
    else if (S_ISREG(status.st_mode) && is_ours(path))
        place->git_dir = follow(folder, path);
    if (found == 1) {
        place->root = memory_copy(folder, strlen(folder));
        if (!place->git_dir || !is_ours(place->git_dir) || !is_ours(folder))
            found = -1;
    }
    free(path);
    /* It may be a git folder itself. */
    return found == 0 && is_folder(folder, "objects") ? -1 : found;
}

/* From the current folder upwards, as long as it is the same file system. */
static bool look_around(struct place *place)
{
    char *folder = memory_copy(place->folder, strlen(place->folder));
    struct stat first, status;
    int found = stat(folder, &first) < 0 ? -1 : 0;

    while (found == 0) {
        char *end = strrchr(folder, '/');

        found = look_in(place, folder);
        if (found != 0)
            break;
        *end = '\0';
        if (end == folder || stat(folder, &status) < 0 ||
            status.st_dev != first.st_dev)
            found = -1;
    }
    free(folder);
    return found == 1;
}

static bool find_git_dir(struct place *place)
{
    place->folder = getcwd(NULL, 0);
    if (!place->folder || place->folder[0] != '/')
        return false;
    if (!place->git_dir_wanted)
        return look_around(place);
    place->git_dir = realpath(place->git_dir_wanted, NULL);
    place->root = memory_copy(place->folder, strlen(place->folder));
    return place->git_dir != NULL;
}

/* A linked worktree's git folder tells where the common one is. */
static bool find_common_dir(struct place *place)
{
    char *path = join(place->git_dir, "commondir");
    struct buffer bytes = BUFFER_EMPTY;
    struct error ignored;
    int found = disk_read(&bytes, path, &ignored);

    if (found == 0)
        place->common_dir = memory_copy(place->git_dir, strlen(place->git_dir));
    if (found == 1 && bytes.size > 1 && bytes.bytes[bytes.size - 1] == '\n') {
        bytes.bytes[bytes.size - 1] = '\0';
        place->is_linked = true;
        place->common_dir = real(place->git_dir, bytes.bytes);
    }
    free(path);
    buffer_release(&bytes);
    return place->common_dir && is_folder(place->common_dir, "objects") &&
           is_folder(place->common_dir, "refs");
}

/* A linked worktree is where it is, whatever the common file says. */
static bool take_root(struct place *place)
{
    if (place->is_linked && !place->format.has_worktree_config)
        return true;
    if (place->format.bare == 1)
        return false;
    if (!place->format.worktree)
        return true;
    free(place->root);
    place->root = real(place->git_dir, place->format.worktree);
    return place->root && disk_is_below(place->folder, place->root);
}

/* ---- all of it ----------------------------------------------------------- */

static char *index_of(const struct place *place)
{
    char *path = place->index_wanted ? join(place->root, place->index_wanted)
                                     : join(place->git_dir, "index");
    char *resolved = disk_resolve(path);

    free(path);
    return resolved;
}

static char *word(const char *string)
{
    return memory_copy(string, strlen(string));
}

static void fill(struct repo_lines *repo, struct place *place)
{
    char *shallow = join(place->common_dir, "shallow");

    repo->lines[REPO_FORMAT] =
        word(place->format.is_sha256 ? "sha256" : "sha1");
    repo->lines[REPO_SHALLOW] =
        word(access(shallow, R_OK) == 0 ? "true" : "false");
    repo->lines[REPO_OBJECTS] = join(place->common_dir, "objects");
    repo->lines[REPO_INDEX] = index_of(place);
    repo->lines[REPO_GIT_DIR] = place->git_dir;
    repo->lines[REPO_COMMON_DIR] = place->common_dir;
    repo->lines[REPO_ROOT] = place->root;
    place->git_dir = place->common_dir = place->root = NULL;
    free(shallow);
}

int repo_own_open(struct repo_lines *repo)
{
    struct place place = { .format = REPO_FORMAT_EMPTY };
    char *head = NULL;

    *repo = (struct repo_lines){ .lines = { NULL } };
    if (take_environment(&place) && find_git_dir(&place) &&
        find_common_dir(&place) &&
        repo_format_read(&place.format, place.git_dir, place.common_dir) &&
        take_root(&place))
        head = repo_branch_head(place.git_dir, place.common_dir,
                                place.format.is_sha256 ? 32 : 20);
    if (head)
        fill(repo, &place);
    repo->lines[REPO_HEAD] = head;
    free(place.folder);
    free(place.git_dir);
    free(place.common_dir);
    free(place.root);
    repo_format_release(&place.format);
    return head ? 1 : 0;
}
