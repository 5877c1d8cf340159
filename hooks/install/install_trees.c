#include "hooks/install/install_trees.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/system/disk.h"

static char *without_end(const char *path, const char *end)
{
    size_t size = strlen(path), cut = strlen(end);

    if (size > cut && strcmp(path + size - cut, end) == 0)
        size -= cut;
    return memory_copy(path, size);
}

/* Where the .git of a linked one is, by the file that says so. */
static char *linked_root(const char *folder)
{
    char *path = disk_join(folder, "gitdir"), *git, *root = NULL;
    struct buffer line = BUFFER_EMPTY;
    struct error err;

    if (disk_read(&line, path, &err) == 1 && line.size) {
        line.bytes[strcspn(line.bytes, "\n")] = '\0';
        git = line.bytes[0] == '/' ? memory_copy(line.bytes, strlen(line.bytes))
                                   : disk_join(folder, line.bytes);
        root = without_end(git, "/.git");
        free(git);
    }
    buffer_release(&line);
    free(path);
    return root ? root : memory_copy(folder, strlen(folder));
}

static int is_entry(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool is_listed(const struct install_trees *list, const char *name)
{
    for (size_t i = 0; i < list->items_count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return true;
    return false;
}

static void add_linked(struct install_trees *list, const char *base,
                       const char *name)
{
    char *own = disk_join(base, name);

    if (!is_listed(list, name))
        *ARRAY_PUSH(list->items) =
            (struct install_tree){ .name = memory_copy(name, strlen(name)),
                                   .root = linked_root(own),
                                   .config =
                                       disk_join(own, "config.worktree") };
    free(own);
}

/* Those that have a folder in `where`/worktrees. */
static int add_all_linked(struct install_trees *list, const char *base,
                          const char *where, struct error *err)
{
    char *folder = disk_join(where, "worktrees");
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_entry, alphasort);

    if (count < 0 && errno != ENOENT && errno != ENOTDIR)
        error_set_errno(err, "cannot look into %s", folder);
    else if (count < 0)
        count = 0;
    for (int i = 0; i < count; i++) {
        char *name = disk_join("worktrees", entries[i]->d_name);

        add_linked(list, base, name);
        free(name);
        free(entries[i]);
    }
    free(entries);
    free(folder);
    return count < 0 ? -1 : 0;
}

/* Beside its .git; a submodule's is elsewhere, and then it is the one at
 * hand, since it has no other name for us. */
static void add_main(struct install_trees *list, const char *base,
                     const char *root)
{
    char *beside = without_end(base, "/.git");

    if (strcmp(beside, base) == 0 && root) {
        free(beside);
        beside = memory_copy(root, strlen(root));
    }
    *ARRAY_PUSH(list->items) =
        (struct install_tree){ .name = memory_copy("main-worktree", 13),
                               .root = beside,
                               .config = disk_join(base, "config.worktree") };
}

int install_trees_have_settings(struct error *err)
{
    static const char *const arguments[] = { "config", "--type=bool",
                                             "extensions.worktreeConfig",
                                             NULL };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);
    int has = status == 0 && text_equal(buffer_view(&out), TEXT("true\n"));

    buffer_release(&out);
    return status < 0 ? -1 : has;
}

int install_trees_list(struct install_trees *list, const char *base,
                       const char *state, const char *root, struct error *err)
{
    *list = (struct install_trees){ .items = NULL };
    add_main(list, base, root);
    if (add_all_linked(list, base, base, err) < 0)
        return -1;
    return add_all_linked(list, base, state, err);
}

void install_trees_release(struct install_trees *list)
{
    for (size_t i = 0; i < list->items_count; i++) {
        free(list->items[i].name);
        free(list->items[i].root);
        free(list->items[i].config);
    }
    free(list->items);
    *list = (struct install_trees){ .items = NULL };
}
