#include "hooks/scan/unstaged.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"

/* ":100644 100644 OLD NEW M": the id of OLD. */
static int read_id(struct object_id *id, struct text line)
{
    size_t at = 0, end;

    for (int i = 0; i < 2; i++)
        at = text_find(line, ' ', at) + (at < line.size);
    if (at > line.size)
        return -1;
    end = text_find(line, ' ', at);
    return object_id_parse(id, text_slice(line, at, end));
}

/* Records of two parts, each with a NUL behind it. */
static int read_listing(struct unstaged *unstaged, struct text listing,
                        struct error *err)
{
    for (size_t at = 0; at < listing.size;) {
        size_t end = text_find(listing, '\0', at);
        size_t after = text_find(listing, '\0', end + 1);
        struct object_id id;

        if (after >= listing.size ||
            read_id(&id, text_slice(listing, at, end)) < 0)
            return error_set(err, ERROR_GIT,
                             "git diff-files says what is not understood");
        /* A file in conflict is listed twice: the first counts. */
        if (intern_add(&unstaged->paths, text_slice(listing, end + 1, after)) ==
            unstaged->ids_count)
            *ARRAY_PUSH(unstaged->ids) = id;
        at = after + 1;
    }
    return 0;
}

int unstaged_read(struct unstaged *unstaged, struct error *err)
{
    static const char *const arguments[] = {
        "diff-files", "--raw", "-z", "--no-abbrev", "--ignore-submodules", NULL
    };
    struct buffer listing = BUFFER_EMPTY;
    int result = gitpipe_run(&listing, arguments, TEXT_EMPTY, err);

    if (result == 0)
        result = read_listing(unstaged, buffer_view(&listing), err);
    else if (result > 0)
        result = error_set(err, ERROR_GIT, "git diff-files failed");
    buffer_release(&listing);
    return result;
}

bool unstaged_has(const struct unstaged *unstaged, const char *path,
                  struct text bytes)
{
    uint32_t number = intern_find(&unstaged->paths, text_of(path));
    const struct object_id *staged;
    struct object_id here;

    if (number == INTERN_NONE)
        return false;
    /* Git tells by times: it may be the same nevertheless. */
    staged = &unstaged->ids[number];
    object_id_of(&here, OBJECT_BLOB, bytes, staged->size);
    return object_id_compare(&here, staged) != 0;
}

void unstaged_release(struct unstaged *unstaged)
{
    intern_release(&unstaged->paths);
    free(unstaged->ids);
    *unstaged = UNSTAGED_EMPTY;
}
