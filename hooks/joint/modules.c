#include "hooks/joint/modules.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/* So many folders outwards from a file, absolute imports are looked for. */
#define OUTWARDS_MAX 32

/* A longer name is none of a module. */
#define NAME_SIZE_MAX 1024

#define INIT "__init__.py"

static enum modules_kind kind_of(struct modules *modules, struct text path)
{
    uint32_t number = intern_find(&modules->asked, path);
    enum modules_kind kind;

    if (modules->trace)
        intern_add(modules->trace, path);
    if (number != INTERN_NONE)
        return (enum modules_kind)modules->kinds[number];
    kind = modules->ask(modules->context, path);
    intern_add(&modules->asked, path);
    *ARRAY_PUSH(modules->kinds) = (uint8_t)kind;
    return kind;
}

uint32_t modules_add(struct modules *modules, struct text path)
{
    kind_of(modules, path);
    return intern_find(&modules->asked, path);
}

struct text modules_path(const struct modules *modules, uint32_t number)
{
    return intern_text(&modules->asked, number);
}

bool modules_is_folder(struct modules *modules, uint32_t number)
{
    return modules->kinds[number] == MODULES_FOLDER;
}

/* ---- paths --------------------------------------------------------------- */

static void start_path(struct buffer *out, struct text folder)
{
    buffer_clear(out);
    buffer_text(out, folder);
}

/* Append "/name", or "name" at the root. */
static void step_in(struct buffer *out, struct text name)
{
    if (out->size)
        buffer_byte(out, '/');
    buffer_text(out, name);
}

/* The same for each part of a dotted name. Says whether all parts are names. */
static bool step_along(struct buffer *out, struct text dotted)
{
    size_t from = 0;

    if (dotted.size == 0)
        return true;
    do {
        size_t dot = text_find(dotted, '.', from);
        struct text part = text_slice(dotted, from, dot);

        if (part.size == 0 || memchr(part.bytes, '/', part.size) ||
            memchr(part.bytes, '\0', part.size))
            return false;
        step_in(out, part);
        from = dot + 1;
    } while (from <= dotted.size);
    return true;
}

/* ---- modules ------------------------------------------------------------- */

static uint32_t file_at(struct modules *modules, const struct buffer *path)
{
    if (kind_of(modules, buffer_view(path)) != MODULES_FILE)
        return MODULES_NONE;
    return intern_find(&modules->asked, buffer_view(path));
}

static bool is_package(struct modules *modules, struct text folder)
{
    struct buffer path = BUFFER_EMPTY;
    bool result;

    start_path(&path, folder);
    step_in(&path, TEXT(INIT));
    result = file_at(modules, &path) != MODULES_NONE;
    buffer_release(&path);
    return result;
}

/* A package's file, or a module's, at a path without an ending; the path is
 * spoilt. */
static uint32_t module_at(struct modules *modules, struct buffer *path)
{
    size_t size = path->size;
    uint32_t found;

    if (kind_of(modules, buffer_view(path)) == MODULES_FOLDER) {
        step_in(path, TEXT(INIT));
        found = file_at(modules, path);
        if (found != MODULES_NONE)
            return found;
        path->size = size;
    }
    if (size == 0)
        return MODULES_NONE;
    buffer_string(path, ".py");
    found = file_at(modules, path);
    path->size = size;
    return found;
}

/* A module, or a folder that can be a namespace package. */
static uint32_t any_at(struct modules *modules, struct buffer *path)
{
    uint32_t found = module_at(modules, path);

    if (found == MODULES_NONE &&
        kind_of(modules, buffer_view(path)) == MODULES_FOLDER)
        found = intern_find(&modules->asked, buffer_view(path));
    return found;
}

static uint32_t in_folder(struct modules *modules, struct text folder,
                          struct text dotted, bool with_folders)
{
    struct buffer path = BUFFER_EMPTY;
    uint32_t found = MODULES_NONE;

    start_path(&path, folder);
    if (step_along(&path, dotted))
        found =
            with_folders ? any_at(modules, &path) : module_at(modules, &path);
    buffer_release(&path);
    return found;
}

static uint32_t find_relative(struct modules *modules, struct text folder,
                              struct text name)
{
    size_t dots = 1;

    for (; dots < name.size && name.bytes[dots] == '.'; dots++) {
        if (folder.size == 0)
            return MODULES_NONE;
        folder = text_folder(folder);
    }
    return in_folder(modules, folder, text_slice(name, dots, name.size), true);
}

/* In the folder, and in its src and lib. */
static uint32_t find_below(struct modules *modules, struct text folder,
                           struct text name, bool with_folders)
{
    static const char *const sources[] = { "", "src", "lib" };
    uint32_t found = MODULES_NONE;

    for (size_t i = 0;
         found == MODULES_NONE && i < sizeof(sources) / sizeof(*sources); i++) {
        struct buffer path = BUFFER_EMPTY;

        start_path(&path, folder);
        if (sources[i][0])
            step_in(&path, text_of(sources[i]));
        if (kind_of(modules, buffer_view(&path)) == MODULES_FOLDER)
            found = in_folder(modules, buffer_view(&path), name, with_folders);
        buffer_release(&path);
    }
    return found;
}

/* From the file's own folder outwards; within packages absolute imports find
 * nothing. */
static uint32_t find_outwards(struct modules *modules, struct text folder,
                              struct text name, bool with_folders)
{
    for (int steps = 0; steps < OUTWARDS_MAX; steps++) {
        uint32_t found = is_package(modules, folder)
                             ? MODULES_NONE
                             : find_below(modules, folder, name, with_folders);

        if (found != MODULES_NONE || folder.size == 0)
            return found;
        folder = text_folder(folder);
    }
    return find_below(modules, TEXT_EMPTY, name, with_folders);
}

uint32_t modules_find(struct modules *modules, uint32_t from, struct text name,
                      bool beside)
{
    struct text path = text_folder(modules_path(modules, from));
    char *copy = memory_copy(path.bytes, path.size);
    struct text folder = { copy, path.size };
    uint32_t found = MODULES_NONE;

    if (name.size > NAME_SIZE_MAX || name.size == 0)
        found = MODULES_NONE;
    else if (name.bytes[0] == '.')
        found = find_relative(modules, folder, name);
    else if (!beside)
        found = find_outwards(modules, folder, name, false);
    else if (!is_package(modules, folder))
        found = in_folder(modules, folder, name, false);
    /* Python looks for a namespace package when there is nothing else. */
    if (found == MODULES_NONE && !beside && name.size &&
        name.size <= NAME_SIZE_MAX && name.bytes[0] != '.')
        found = find_outwards(modules, folder, name, true);
    free(copy);
    return found;
}

uint32_t modules_inside(struct modules *modules, uint32_t package,
                        struct text name)
{
    struct text path = modules_path(modules, package);
    char *copy;
    uint32_t found = MODULES_NONE;

    if (!modules_is_folder(modules, package)) {
        if (!text_equal(path, TEXT(INIT)) &&
            !text_ends_with(path, TEXT("/" INIT)))
            return MODULES_NONE;
        path = text_folder(path);
    }
    copy = memory_copy(path.bytes, path.size);
    if (text_find(name, '.', 0) == name.size && name.size <= NAME_SIZE_MAX &&
        name.size > 0)
        found =
            in_folder(modules, (struct text){ copy, path.size }, name, true);
    free(copy);
    return found;
}

void modules_release(struct modules *modules)
{
    intern_release(&modules->asked);
    free(modules->kinds);
    modules->kinds = NULL;
    modules->kinds_count = modules->kinds_room = 0;
}
