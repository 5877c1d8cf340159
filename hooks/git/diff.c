#include "hooks/git/diff.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bound.h"
#include "core/base/memory.h"

static bool take_until(struct text *field, struct text *rest, char end)
{
    size_t at = text_find(*rest, end, 0);

    if (at == rest->size)
        return false;
    *field = text_slice(*rest, 0, at);
    *rest = text_slice(*rest, at + 1, rest->size);
    return true;
}

static bool parse_mode(uint32_t *mode, struct text digits)
{
    *mode = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.bytes[i] < '0' || digits.bytes[i] > '7')
            return false;
        *mode = *mode << 3 | (uint32_t)(digits.bytes[i] - '0');
    }
    return digits.size == 6;
}

static char *take_path(struct text *rest)
{
    struct text path;

    if (!take_until(&path, rest, '\0') || !path.size)
        return NULL;
    return memory_copy(path.bytes, path.size);
}

/* ":MODE MODE ID ID STATUS\0PATH\0", a rename has "SOURCE\0PATH\0". */
static bool take_entry(struct diff_entry *entry, struct text *rest)
{
    struct text before, after, old, new, status;

    *rest = text_slice(*rest, 1, rest->size);
    if (!take_until(&before, rest, ' ') || !take_until(&after, rest, ' ') ||
        !take_until(&old, rest, ' ') || !take_until(&new, rest, ' ') ||
        !take_until(&status, rest, '\0') || !status.size ||
        !parse_mode(&entry->before.mode, before) ||
        !parse_mode(&entry->after.mode, after) ||
        object_id_parse(&entry->before.id, old) < 0 ||
        object_id_parse(&entry->after.id, new) < 0)
        return false;
    entry->unmerged = status.bytes[0] == 'U';
    if (status.bytes[0] == 'R' || status.bytes[0] == 'C') {
        entry->source = take_path(rest);
        if (!entry->source)
            return false;
    }
    entry->path = take_path(rest);
    return entry->path != NULL;
}

static int compare(const void *one, const void *two)
{
    const struct diff_entry *a = one, *b = two;

    return strcmp(a->path, b->path);
}

int diff_parse(struct diff *diff, struct text *rest, struct error *err)
{
    while (text_starts_with(*rest, TEXT(":"))) {
        struct diff_entry *entry = ARRAY_PUSH(diff->entries);

        if (!take_entry(entry, rest)) {
            free(entry->path);
            free(entry->source);
            diff->entries_count--;
            return error_set(
                err, ERROR_GIT,
                "cannot read git's list of changes: the repository "
                "may be damaged (git fsck tells more)");
        }
    }
    if (diff->entries_count)
        qsort(diff->entries, diff->entries_count, sizeof(*diff->entries),
              compare);
    return 0;
}

const struct diff_entry *diff_find(const struct diff *diff, const char *path)
{
    struct bound found = bound_in(0, diff->entries_count);

    while (bound_open(&found))
        bound_step(&found, strcmp(diff->entries[found.middle].path, path) < 0);
    return found.low < diff->entries_count &&
                   strcmp(diff->entries[found.low].path, path) == 0
               ? &diff->entries[found.low]
               : NULL;
}

bool diff_is_file(const struct diff_side *side)
{
    return (side->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_REGULAR;
}

void diff_release(struct diff *diff)
{
    for (size_t i = 0; i < diff->entries_count; i++) {
        free(diff->entries[i].path);
        free(diff->entries[i].source);
    }
    free(diff->entries);
    *diff = DIFF_EMPTY;
}
