#include "hooks/gate/change.h"

#include <stdlib.h>

#include "core/source/filetype.h"
#include "hooks/git/gitpipe.h"

/* More new or gone files than this are not compared with each other: git then
 * pairs only equal ones, and those of the same name. */
#define RENAME_LIMIT "-l1000"

/* Is there a file that is gone and may have been Python? */
static bool has_sources(const struct diff *diff)
{
    for (size_t i = 0; i < diff->entries_count; i++) {
        const struct diff_entry *entry = &diff->entries[i];

        if (!entry->after.mode && diff_is_file(&entry->before) &&
            filetype_of_path(text_of(entry->path)) != FILETYPE_OTHER)
            return true;
    }
    return false;
}

/* Renames as git lists them, with `arguments`. */
static int list_renames(struct diff *renames, const char *const *arguments,
                        struct error *err)
{
    struct buffer out = BUFFER_EMPTY;
    struct text rest;
    int result = gitpipe_run(&out, arguments, TEXT_EMPTY, err);

    rest = buffer_view(&out);
    if (result == 0)
        result = diff_parse(renames, &rest, err);
    if (result > 0 || (result == 0 && rest.size))
        result = error_set(err, ERROR_GIT, "git found no renames");
    buffer_release(&out);
    return result;
}

int change_renames(struct diff *renames, const struct object_id *before,
                   const struct object_id *after, struct error *err)
{
    char old[OBJECT_HEX_MAX], new[OBJECT_HEX_MAX];
    const char *const arguments[] = {
        "diff-tree",
        "-r",
        "--raw",
        "-z",
        "--no-abbrev",
        "-M50%",
        RENAME_LIMIT,
        "--no-relative",
        object_id_format(before, old),
        object_id_format(after, new),
        "--",
        NULL,
    };

    return list_renames(renames, arguments, err);
}

static int staged_renames(struct diff *renames, const struct object_id *before,
                          struct error *err)
{
    char old[OBJECT_HEX_MAX];
    const char *const arguments[] = {
        "diff-index",
        "--cached",
        "--ita-invisible-in-index",
        "--raw",
        "-z",
        "--no-abbrev",
        "-M50%",
        RENAME_LIMIT,
        "--no-relative",
        object_id_format(before, old),
        "--",
        NULL,
    };

    return list_renames(renames, arguments, err);
}

static int find_renames(const struct change *change,
                        struct change_parent *parent, struct error *err)
{
    return change->tree.size
               ? change_renames(&parent->renames, &parent->tree, &change->tree,
                                err)
               : staged_renames(&parent->renames, &parent->tree, err);
}

int change_source(const struct diff_entry **entry, struct change *change,
                  size_t parent, const char *path, struct error *err)
{
    struct change_parent *side = &change->parents[parent];

    if (!side->renames_known) {
        if (has_sources(&side->diff) && find_renames(change, side, err) < 0)
            return -1;
        side->renames_known = true;
    }
    *entry = diff_find(&side->renames, path);
    if (*entry && !(*entry)->source)
        *entry = NULL;
    return 0;
}

void change_release(struct change *change)
{
    for (size_t i = 0; i < change->parents_count; i++) {
        diff_release(&change->parents[i].diff);
        diff_release(&change->parents[i].renames);
    }
    free(change->parents);
    *change = CHANGE_EMPTY;
}
