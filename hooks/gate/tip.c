#include "hooks/gate/tip.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/tree.h"

static uint32_t number_of(struct intern *intern, const char *path,
                          const struct object_id *id)
{
    struct buffer key = BUFFER_EMPTY;
    uint32_t number;

    buffer_append(&key, path, strlen(path) + 1);
    buffer_append(&key, id->bytes, id->size);
    number = intern_add(intern, buffer_view(&key));
    buffer_release(&key);
    return number;
}

/* In trees that have the same file it is the same, unless it is something else
 * together with the files of this tree. */
static uint32_t file_of(struct tips *tips, const struct object_id *tree,
                        const char *path, const struct object_id *blob)
{
    const struct gate *gate = tips->gate;
    struct error err = { .message = "" };
    struct view *view =
        gate->views ? views_of_tree(gate->views, tree, &err) : NULL;
    bool is_changed = view && view_is_changed(view, path);
    uint32_t number = number_of(&tips->names, path, is_changed ? tree : blob);
    struct tip_file *file;

    if (number < tips->files_count)
        return number;
    file = ARRAY_PUSH(tips->files);
    file->blob = *blob;
    if (gate->views && !view) {
        file->unreadable = true;
        file->err = err;
        return number;
    }
    file->unreadable =
        gate_facts(gate, view, path, blob, &file->facts, &file->err) < 0;
    file->taken = memory_new(file->facts.findings_count, sizeof(*file->taken));
    file->said = memory_new(file->facts.findings_count, sizeof(*file->said));
    return number;
}

static uint32_t look_up(struct tips *tips, const struct object_id *tree,
                        const char *path)
{
    struct diff_side side;
    struct error err;
    uint32_t number;
    int found = tree_find(&side, tips->gate->repo, tree, path, &err);

    if (found == 1)
        return diff_is_file(&side) ? file_of(tips, tree, path, &side.id)
                                   : INTERN_NONE;
    if (found == 0)
        return INTERN_NONE;
    number = number_of(&tips->names, path, tree);
    *ARRAY_PUSH(tips->files) =
        (struct tip_file){ .unreadable = true, .err = err };
    return number;
}

struct tip_file *tips_file(struct tips *tips, const struct object_id *tree,
                           const char *path)
{
    uint32_t number = number_of(&tips->lookups, path, tree);

    if (number == tips->found_count) {
        uint32_t found = look_up(tips, tree, path);

        *ARRAY_PUSH(tips->found) = found;
    }
    number = tips->found[number];
    return number == INTERN_NONE ? NULL : &tips->files[number];
}

/* It is what the name begins with, with its NUL. */
const char *tips_path(const struct tips *tips, size_t number)
{
    return intern_text(&tips->names, (uint32_t)number).bytes;
}

void tips_turn(struct tips *tips)
{
    for (size_t i = 0; i < tips->files_count; i++)
        if (tips->files[i].taken)
            memset(tips->files[i].taken, false,
                   tips->files[i].facts.findings_count);
}

void tips_release(struct tips *tips)
{
    for (size_t i = 0; i < tips->files_count; i++) {
        facts_release(&tips->files[i].facts);
        free(tips->files[i].taken);
        free(tips->files[i].said);
    }
    free(tips->files);
    free(tips->found);
    intern_release(&tips->lookups);
    intern_release(&tips->names);
}
