#include "hooks/scan/importers.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/source/filetype.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/repo.h"
#include "hooks/joint/mention.h"
#include "hooks/system/regular.h"

/* May a Python file? What cannot be read may import anything. */
static bool file_may_get(const char *path, struct text module)
{
    struct intern names = INTERN_EMPTY;
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;
    bool result =
        regular_read(&bytes, AT_FDCWD, path, SCAN_SIZE_MAX, NULL, &err) < 0;

    intern_add(&names, TEXT("mktemp"));
    if (!result)
        result = filetype_is_python(text_of(path), buffer_view(&bytes)) &&
                 mention_may_get(buffer_view(&bytes), module, &names);
    intern_release(&names);
    buffer_release(&bytes);
    return result;
}

/* Who has the word, or imports all of something and so hands it on. */
static void list(struct importers *importers)
{
    static const char *const arguments[] = {
        "grep",       "-l",          "-z",          "-w",
        "-E",         "--untracked", "--full-name", "--no-textconv",
        "-e",         "mktemp",      "-e",          "import.*[*]",
        "--no-color", "--",          ":(top)",      NULL
    };
    struct error err;

    importers->asked = true;
    importers->failed =
        gitpipe_run(&importers->listing, arguments, TEXT_EMPTY, &err) < 0;
}

static bool in_repository(struct importers *importers, const char *root,
                          const char *path)
{
    struct text listing;

    if (!importers->asked)
        list(importers);
    if (importers->failed)
        return true;
    listing = buffer_view(&importers->listing);
    for (size_t at = 0, end; at < listing.size; at = end + 1) {
        struct buffer full = BUFFER_EMPTY;
        const char *other = listing.bytes + at;
        bool found;

        end = text_find(listing, '\0', at);
        if (filetype_of_path(text_of(other)) == FILETYPE_OTHER ||
            strcmp(other, path) == 0)
            continue;
        buffer_format(&full, "%s/%s", root, other);
        found = file_may_get(full.bytes, mention_module(text_of(path)));
        buffer_release(&full);
        if (found)
            return true;
    }
    return false;
}

static bool in_folder(const char *opens)
{
    struct text text = text_of(opens), folder = text_folder(text);
    char *place = folder.size ? memory_copy(folder.bytes, folder.size)
                              : memory_copy(opens[0] == '/' ? "/" : ".", 1);
    const char *name = opens + folder.size + (strchr(opens, '/') != NULL);
    DIR *entries = opendir(place);
    bool found = !entries;

    for (const struct dirent *entry;
         !found && entries && (entry = readdir(entries));) {
        struct buffer full = BUFFER_EMPTY;

        if (strcmp(entry->d_name, name) == 0 || entry->d_type == DT_DIR ||
            filetype_of_path(text_of(entry->d_name)) == FILETYPE_OTHER)
            continue;
        buffer_format(&full, "%s/%s", place, entry->d_name);
        found = file_may_get(full.bytes, mention_module(text_of(opens)));
        buffer_release(&full);
    }
    if (entries)
        closedir(entries);
    free(place);
    return found;
}

bool importers_may_be(struct importers *importers, const struct repo *repo,
                      const char *path, const char *opens)
{
    const char *root = repo ? repo_root(repo) : NULL;
    size_t size = root ? strlen(root) : 0;

    if (text_ends_with(text_of(opens), TEXT("/__init__.py")) ||
        strcmp(opens, "__init__.py") == 0)
        return true;
    if (root && strncmp(opens, root, size) == 0 && opens[size] == '/')
        return in_repository(importers, root, path);
    return in_folder(opens);
}

void importers_release(struct importers *importers)
{
    buffer_release(&importers->listing);
    *importers = (struct importers){ .asked = false };
}
