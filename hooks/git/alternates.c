#include "hooks/git/alternates.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/* Folders of one depth lie behind those of the depth before. */
struct search {
    struct paths *folders, *gaps;
    size_t folders_before; /* that others put there */
};

static void note(struct paths *gaps, const char *path, const char *why)
{
    struct buffer gap = BUFFER_EMPTY;

    buffer_format(&gap, "%s: %s", path, why);
    *ARRAY_PUSH(gaps->items) = buffer_detach(&gap);
}

static void add(struct search *search, const char *path)
{
    char *folder = disk_resolve(path);

    if (!disk_has(folder)) {
        note(search->gaps, path, "no such folder of objects");
        free(folder);
        return;
    }
    for (size_t i = search->folders_before; i < search->folders->items_count;
         i++)
        if (strcmp(search->folders->items[i], folder) == 0) {
            free(folder);
            return;
        }
    *ARRAY_PUSH(search->folders->items) = folder;
}

static void add_line(struct search *search, const char *folder,
                     struct text line)
{
    struct buffer path = BUFFER_EMPTY;

    if (!line.size || line.bytes[0] == '#')
        return;
    if (line.bytes[0] == '"' || text_find(line, '\0', 0) < line.size) {
        note(search->gaps, folder, "borrows from a folder of a quoted name");
        return;
    }
    if (line.bytes[0] != '/')
        buffer_format(&path, "%s/", folder);
    buffer_text(&path, line);
    add(search, path.bytes);
    buffer_release(&path);
}

static void add_borrowed(struct search *search, const char *folder, bool deep)
{
    struct buffer path = BUFFER_EMPTY, lines = BUFFER_EMPTY;
    struct text rest;
    struct error err;

    buffer_format(&path, "%s/info/alternates", folder);
    if (disk_read(&lines, path.bytes, &err) < 0)
        note(search->gaps, path.bytes, "unreadable");
    rest = buffer_view(&lines);
    if (rest.size && deep) {
        note(search->gaps, path.bytes, "nested too deep");
        rest.size = 0;
    }
    while (rest.size) {
        size_t end = text_find(rest, '\n', 0);

        add_line(search, folder, text_slice(rest, 0, end));
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    buffer_release(&lines);
    buffer_release(&path);
}

void alternates_list(struct paths *folders, struct paths *gaps,
                     const char *folder)
{
    struct search search = { folders, gaps, folders->items_count };
    size_t done = folders->items_count;

    add(&search, folder);
    for (int depth = 0; done < folders->items_count; depth++) {
        size_t end = folders->items_count;

        for (; done < end; done++)
            /* What is added moves the list, not the paths. */
            add_borrowed(&search, folders->items[done],
                         depth > ALTERNATES_DEPTH_MAX);
    }
}
