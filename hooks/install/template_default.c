/*
 * Where git's template is depends on how git was built, so git is asked for
 * what it gives: a repository is made in a folder of ours, and thrown away.
 *
 * The list of what was copied has a line for each: "folder PATH", or "file
 * DIGEST PATH", relative to the folder, outer ones first. It is written before
 * anything is copied.
 */
#include "hooks/install/template_default.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/system/disk.h"
#include "hooks/system/sha256.h"

#define HEX_SIZE (2 * (size_t)SHA256_SIZE)

/* ---- the list ------------------------------------------------------------ */

/* What git writes itself is no part of the template. */
static bool is_gits_own(const char *name)
{
    static const char *const names[] = { "HEAD", "config", "objects", "refs",
                                         "reftable" };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static int add_file(struct buffer *list, const char *path, const char *name,
                    struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    int found = disk_read(&bytes, path, err);

    if (found == 1) {
        buffer_string(list, "file ");
        sha256_hex(list, buffer_view(&bytes), TEXT_EMPTY);
        buffer_format(list, " %s\n", name);
    }
    buffer_release(&bytes);
    return found < 0 ? -1 : 0;
}

/* Links and special files are left out, and so is what `folder` has. */
static int add_entry(struct buffer *list, FTS *walk, FTSENT *entry,
                     const char *made, const char *folder, struct error *err)
{
    const char *name = entry->fts_path + strlen(made) + 1;
    char *there;
    int result = 0;

    if (entry->fts_level < 1 || entry->fts_info == FTS_DP)
        return 0;
    if (entry->fts_level == 1 && is_gits_own(entry->fts_name)) {
        fts_set(walk, entry, FTS_SKIP);
        return 0;
    }
    there = disk_join(folder, name);
    if (!strchr(name, '\n') && !disk_has(there)) {
        if (entry->fts_info == FTS_D)
            buffer_format(list, "folder %s\n", name);
        else if (entry->fts_info == FTS_F)
            result = add_file(list, entry->fts_accpath, name, err);
    }
    free(there);
    return result;
}

static int compare(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int make_list(struct buffer *list, const char *made, const char *folder,
                     struct error *err)
{
    char *root = disk_join(made, "");
    char *roots[] = { root, NULL };
    FTSENT *entry;
    FTS *walk;
    int result = 0;

    root[strlen(made)] = '\0';
    walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare);
    while (walk && result == 0 && (entry = fts_read(walk)))
        result = add_entry(list, walk, entry, made, folder, err);
    if (!walk)
        result = error_set_errno(err, "cannot look into %s", made);
    else
        fts_close(walk);
    free(root);
    return result;
}

/* ---- the copies ---------------------------------------------------------- */

/* One line of the list, by its parts; `digest` is NULL for a folder. */
typedef int list_visit(const char *digest, const char *from, const char *to,
                       struct error *err);

static int visit_line(char *line, list_visit *visit, const char *from,
                      const char *to, struct error *err)
{
    char *source, *target;
    const char *digest = NULL, *name;
    int result;

    if (strncmp(line, "folder ", 7) == 0) {
        name = line + 7;
    } else if (strncmp(line, "file ", 5) == 0 && strlen(line) > 5 + HEX_SIZE &&
               line[5 + HEX_SIZE] == ' ') {
        line[5 + HEX_SIZE] = '\0';
        digest = line + 5;
        name = digest + HEX_SIZE + 1;
    } else {
        return 0;
    }
    source = disk_join(from, name);
    target = disk_join(to, name);
    result = visit(digest, source, target, err);
    free(source);
    free(target);
    return result;
}

static int each_line(struct buffer *list, bool backwards, list_visit *visit,
                     const char *from, const char *to, struct error *err)
{
    struct paths lines = { .items = NULL };
    char *rest = NULL;
    int result = 0;

    for (char *line = strtok_r(list->bytes, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        *ARRAY_PUSH(lines.items) = line;
    for (size_t i = 0; i < lines.items_count && result == 0; i++)
        result =
            visit_line(lines.items[backwards ? lines.items_count - 1 - i : i],
                       visit, from, to, err);
    free(lines.items);
    return result;
}

static int copy_one(const char *digest, const char *from, const char *to,
                    struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct stat about;
    int result;

    if (!digest)
        return disk_make_folders(to, err);
    result = disk_read(&bytes, from, err);
    if (result == 1 && stat(from, &about) == 0)
        result = disk_write(to, buffer_view(&bytes), about.st_mode & 0777, err);
    buffer_release(&bytes);
    return result < 0 ? -1 : 0;
}

static int take_out_one(const char *digest, const char *from, const char *to,
                        struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY, found = BUFFER_EMPTY;
    struct error unread;
    int result = 0;

    (void)from;
    /* A folder that holds something else by now stays. */
    if (!digest) {
        rmdir(to);
        return 0;
    }
    if (disk_read(&bytes, to, &unread) == 1) {
        sha256_hex(&found, buffer_view(&bytes), TEXT_EMPTY);
        if (strcmp(found.bytes, digest) == 0)
            result = disk_remove(to, err);
    }
    buffer_release(&bytes);
    buffer_release(&found);
    return result;
}

/* ---- git's template ------------------------------------------------------ */

static void remove_tree(char *path)
{
    char *roots[] = { path, NULL };
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    FTSENT *entry;

    while (walk && (entry = fts_read(walk)))
        if (entry->fts_info == FTS_DP)
            rmdir(entry->fts_accpath);
        else if (entry->fts_info != FTS_D)
            unlink(entry->fts_accpath);
    if (walk)
        fts_close(walk);
}

static int ask_git(const char *made, struct error *err)
{
    const char *const arguments[] = {
        "init", "-q", "--bare", "--", made, NULL
    };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);

    buffer_release(&out);
    if (status > 0)
        return error_set(err, ERROR_GIT, "git cannot make a repository in %s",
                         made);
    return status;
}

int template_default_copy(const char *folder, const char *state,
                          struct error *err)
{
    char *made = disk_join(state, "made-by-git"),
         *path = disk_join(state, "copied");
    struct buffer list = BUFFER_EMPTY;
    int result = ask_git(made, err);

    buffer_string(&list, "");
    if (result == 0)
        result = make_list(&list, made, folder, err);
    if (result == 0)
        result = disk_write(path, buffer_view(&list), 0644, err);
    if (result == 0)
        result = each_line(&list, false, copy_one, made, folder, err);
    remove_tree(made);
    buffer_release(&list);
    free(made);
    free(path);
    return result;
}

int template_default_take_out(const char *folder, const char *state,
                              struct error *err)
{
    char *path = disk_join(state, "copied");
    struct buffer list = BUFFER_EMPTY;
    int result = disk_read(&list, path, err);

    if (result == 1)
        result = each_line(&list, true, take_out_one, folder, folder, err);
    if (result == 0)
        result = disk_remove(path, err);
    buffer_release(&list);
    free(path);
    return result;
}
