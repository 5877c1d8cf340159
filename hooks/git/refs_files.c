#include "hooks/git/refs_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/memory.h"
#include "hooks/git/repo.h"

/* In a linked worktree these are its own, not those that all share. */
static const char *const own[] = { "refs/bisect", "refs/rewritten",
                                   "refs/worktree" };

#define OWN_COUNT (sizeof(own) / sizeof(*own))

static void add(struct paths *paths, const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/%s", folder, name);
    *ARRAY_PUSH(paths->items) = buffer_detach(&path);
}

/* As git does, names that no ref has are passed over, and links followed. */
static int take(struct paths *files, struct paths *folders, const char *folder,
                DIR *listing, const struct dirent *entry)
{
    const char *name = entry->d_name;
    struct stat about = { .st_mode = S_IFREG };

    if (name[0] == '.' || text_ends_with(text_of(name), TEXT(".lock")))
        return 0;
    if (entry->d_type != DT_REG && fstatat(dirfd(listing), name, &about, 0) < 0)
        return errno == ENOENT ? 0 : -1;
    if (S_ISDIR(about.st_mode))
        add(folders, folder, name);
    else if (S_ISREG(about.st_mode))
        add(files, folder, name);
    return 0;
}

static int list_folder(struct paths *files, struct paths *folders,
                       const char *folder, struct error *err)
{
    DIR *listing = opendir(folder);
    struct dirent *entry;
    int result = 0, reason;

    if (!listing && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    while (listing && result == 0 && (errno = 0, entry = readdir(listing)))
        result = take(files, folders, folder, listing, entry);
    reason = errno;
    if (listing)
        closedir(listing);
    errno = reason;
    if (!listing || result < 0 || reason)
        return error_set_errno(err, "cannot list what is in %s", folder);
    return 0;
}

static bool is_own(const char *folder, const char *common)
{
    size_t size = strlen(common);

    for (size_t i = 0; i < OWN_COUNT; i++)
        if (strcmp(folder + size + 1, own[i]) == 0)
            return true;
    return false;
}

/* The folder and all below it, but for what is a worktree's own: `common` is
 * NULL where nothing is. */
static int list_all(struct paths *files, const char *git_dir, const char *top,
                    const char *common, struct error *err)
{
    struct paths folders = { .items = NULL };
    int result = 0;

    add(&folders, git_dir, top);
    for (size_t i = 0; i < folders.items_count && result == 0; i++)
        if (!common || !is_own(folders.items[i], common))
            result = list_folder(files, &folders, folders.items[i], err);
    paths_release(&folders);
    return result;
}

static bool are_files(const char *common)
{
    struct buffer path = BUFFER_EMPTY;
    bool other;

    buffer_format(&path, "%s/reftable", common);
    other = disk_has(path.bytes);
    buffer_release(&path);
    return !other;
}

int refs_files_list(struct paths *files, const struct repo *repo,
                    struct error *err)
{
    const char *git_dir = repo_git_dir(repo), *common = repo_common_dir(repo);
    bool linked = strcmp(git_dir, common) != 0;
    int result;

    if (!are_files(common))
        return 0;
    result = list_all(files, common, "refs", linked ? common : NULL, err);
    for (size_t i = 0; i < OWN_COUNT && linked && result == 0; i++)
        result = list_all(files, git_dir, own[i], NULL, err);
    return result;
}

const char *refs_file_name(const char *path, const struct repo *repo)
{
    size_t size = strlen(repo_git_dir(repo));

    if (strncmp(path, repo_git_dir(repo), size) != 0 || path[size] != '/')
        size = strlen(repo_common_dir(repo));
    return path + size + 1;
}

int refs_file_counts(const char *path, struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    int found = disk_read(&bytes, path, err);

    if (found == 1 && text_starts_with(buffer_view(&bytes), TEXT("ref:")))
        found = 0;
    buffer_release(&bytes);
    return found;
}

int refs_files_worktrees(size_t *count, const struct repo *repo,
                         struct error *err)
{
    struct paths files = { .items = NULL }, folders = { .items = NULL };
    struct buffer path = BUFFER_EMPTY;
    int result;

    *count = 0;
    buffer_format(&path, "%s/worktrees", repo_common_dir(repo));
    result = list_folder(&files, &folders, path.bytes, err);
    for (size_t i = 0; i < folders.items_count; i++) {
        buffer_clear(&path);
        buffer_format(&path, "%s/gitdir", folders.items[i]);
        *count += disk_has(path.bytes);
    }
    buffer_release(&path);
    paths_release(&files);
    paths_release(&folders);
    return result;
}
