#include "hooks/install/checkup.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define DETAIL_MAX 2048

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void add_path(struct paths *paths, const char *path)
{
    if (!path)
        return;
    for (size_t i = 0; i < paths->items_count; i++)
        if (strcmp(paths->items[i], path) == 0)
            return;
    *ARRAY_PUSH(paths->items) = memory_copy(path, strlen(path));
}

static struct checkup_entry *find(const struct checkup *checkup, const char *id,
                                  const char *detail, const char *repair)
{
    for (size_t i = 0; i < checkup->entries_count; i++) {
        struct checkup_entry *entry = &checkup->entries[i];

        if (strcmp(entry->id, id) == 0 && strcmp(entry->detail, detail) == 0 &&
            same(entry->repair, repair))
            return entry;
    }
    return NULL;
}

void checkup_add(struct checkup *checkup, const char *id,
                 enum checkup_state state, const char *repair,
                 const char *format, ...)
{
    char detail[DETAIL_MAX];
    struct checkup_entry *entry;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(detail, sizeof(detail), format, arguments);
    va_end(arguments);
    entry = find(checkup, id, detail, repair);
    if (!entry) {
        entry = ARRAY_PUSH(checkup->entries);
        entry->id = id;
        entry->detail = memory_copy(detail, strlen(detail));
        if (repair)
            entry->repair = memory_copy(repair, strlen(repair));
    }
    checkup->last = (size_t)(entry - checkup->entries);
    if (state > entry->state)
        entry->state = state;
    add_path(&entry->gits, checkup->git);
    add_path(&entry->places, checkup->place);
}

void checkup_advise(struct checkup *checkup, const char *format, ...)
{
    struct checkup_entry *entry = &checkup->entries[checkup->last];
    char advice[DETAIL_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(advice, sizeof(advice), format, arguments);
    va_end(arguments);
    if (!entry->advice)
        entry->advice = memory_copy(advice, strlen(advice));
}

enum checkup_state checkup_worst(const struct checkup *checkup)
{
    enum checkup_state worst = CHECKUP_OK;

    for (size_t i = 0; i < checkup->entries_count; i++)
        if (checkup->entries[i].state > worst)
            worst = checkup->entries[i].state;
    return worst;
}

const char *checkup_name(enum checkup_state state)
{
    static const char *const names[] = { "ok", "warn", "fail" };

    return names[state];
}

void checkup_release(struct checkup *checkup)
{
    for (size_t i = 0; i < checkup->entries_count; i++) {
        free(checkup->entries[i].detail);
        free(checkup->entries[i].repair);
        free(checkup->entries[i].advice);
        paths_release(&checkup->entries[i].gits);
        paths_release(&checkup->entries[i].places);
    }
    free(checkup->entries);
    *checkup = CHECKUP_EMPTY;
}
