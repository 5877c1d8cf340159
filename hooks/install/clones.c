#include "hooks/install/clones.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/memory.h"

static char *join(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, name[0] == '/' ? "%.0s%s" : "%s/%s", folder, name);
    return buffer_detach(&path);
}

static void add(struct paths *paths, const char *path)
{
    *ARRAY_PUSH(paths->items) = memory_copy(path, strlen(path));
}

/* What the one line of a small file says behind `start`, for free(), or NULL.
 */
static char *read_line(const char *path, const char *start)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;
    char *line = NULL;

    if (disk_read(&bytes, path, &err) == 1 &&
        text_starts_with(buffer_view(&bytes), text_of(start))) {
        bytes.bytes[strcspn(bytes.bytes, "\n")] = '\0';
        line = memory_copy(bytes.bytes + strlen(start),
                           strlen(bytes.bytes) - strlen(start));
    }
    buffer_release(&bytes);
    return line;
}

/* The git folder that all worktrees share, resolved, for free(), or NULL. */
static char *common_folder(const char *clone)
{
    char *git = join(clone, ".git"), *line = read_line(git, "gitdir: ");
    char *path, *resolved, *head;

    if (line) {
        free(git);
        git = join(clone, line);
        free(line);
    }
    path = join(git, "commondir");
    line = read_line(path, "");
    free(path);
    path = line ? join(git, line) : memory_copy(git, strlen(git));
    head = join(path, "HEAD");
    resolved = disk_has(head) ? disk_resolve(path) : NULL;
    free(head);
    free(path);
    free(line);
    free(git);
    return resolved;
}

static bool knows(const struct paths *paths, const char *path)
{
    for (size_t i = 0; i < paths->items_count; i++)
        if (strcmp(paths->items[i], path) == 0)
            return true;
    return false;
}

/* A .git that leads nowhere makes no repository. */
static void add_clone(struct clones *clones, struct paths *known,
                      const char *clone)
{
    char *common = common_folder(clone);

    if (common && !knows(known, common)) {
        add(known, common);
        add(&clones->found, clone);
    }
    free(common);
}

static void visit(struct clones *clones, struct paths *known, FTS *tree,
                  FTSENT *entry)
{
    bool is_git = strcmp(entry->fts_name, ".git") == 0 && entry->fts_level > 0;

    if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR ||
        entry->fts_info == FTS_NS) {
        add(&clones->closed, entry->fts_path);
    } else if (is_git && entry->fts_info == FTS_SL) {
        add(&clones->passed, entry->fts_path);
    } else if (is_git &&
               (entry->fts_info == FTS_D || entry->fts_info == FTS_F)) {
        char *clone = memory_copy(entry->fts_path, entry->fts_pathlen - 5U);

        add_clone(clones, known, clone[0] ? clone : "/");
        free(clone);
        fts_set(tree, entry, FTS_SKIP);
    }
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int is_folder(const char *path, struct error *err)
{
    struct stat about;

    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return 0;
    return error_set(err, ERROR_USAGE, "%s is no folder", path);
}

int clones_find(struct clones *clones, const char *folder, struct error *err)
{
    char *start = memory_copy(folder, strlen(folder));
    char *const starts[] = { start, NULL };
    struct paths known = { .items = NULL };
    FTS *tree = NULL;
    FTSENT *entry;
    int result = is_folder(folder, err);

    *clones = CLONES_EMPTY;
    if (result == 0)
        tree = fts_open(starts, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR,
                        by_name);
    if (result == 0 && !tree)
        result = error_set_errno(err, "cannot look into %s", folder);
    while (tree && (entry = fts_read(tree)))
        visit(clones, &known, tree, entry);
    if (tree)
        fts_close(tree);
    paths_release(&known);
    free(start);
    return result;
}

void clones_release(struct clones *clones)
{
    paths_release(&clones->found);
    paths_release(&clones->passed);
    paths_release(&clones->closed);
}
