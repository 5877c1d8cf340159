#include "hooks/git/config_search.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/git/config_text.h"
#include "hooks/git/repo.h"

enum { GO_ON = 0, FOUND = 1 };

struct search {
    const char *section, *subsection, *home;
    struct paths files; /* those to look at; it grows */
    const char *file;   /* that is looked at */
};

/* `name` beside the file at `path`. */
static char *beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    struct buffer made = BUFFER_EMPTY;

    if (slash)
        buffer_append(&made, path, (size_t)(slash - path) + 1);
    buffer_string(&made, name);
    return buffer_detach(&made);
}

/* Beside the link, and beside what it leads to: git's versions differ. */
static int include_beside(struct search *search, const char *name)
{
    char *real = realpath(search->file, NULL);

    *ARRAY_PUSH(search->files.items) = beside(search->file, name);
    if (real && strcmp(real, search->file) != 0)
        *ARRAY_PUSH(search->files.items) = beside(real, name);
    free(real);
    return GO_ON;
}

/* The name of an included file; what only git can resolve is for git. */
static int include(struct search *search, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    if (!name || name[0] == '%')
        return FOUND;
    if (!name[0])
        return GO_ON;
    if (name[0] == '~' && (name[1] != '/' || !search->home))
        return FOUND;
    if (name[0] != '~' && name[0] != '/')
        return include_beside(search, name);
    if (name[0] == '~')
        buffer_string(&path, search->home);
    buffer_string(&path, name + (name[0] == '~'));
    *ARRAY_PUSH(search->files.items) = buffer_detach(&path);
    return GO_ON;
}

static int look_at(const struct config_item *item, void *payload,
                   struct error *err)
{
    struct search *search = payload;

    (void)err;
    if (strcmp(item->section, search->section) == 0 && item->subsection &&
        strcmp(item->subsection, search->subsection) == 0)
        return FOUND;
    if (strncmp(item->section, "include", 7) == 0)
        return include(search, item->value);
    return GO_ON;
}

/* -1: nobody but git can tell. */
static int read_file(struct buffer *bytes, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    ssize_t got = -1;
    struct stat about;

    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
    if (fstat(fd, &about) == 0 && about.st_size <= (off_t)CONFIG_SIZE_MAX &&
        (S_ISREG(about.st_mode) || about.st_size == 0)) {
        size_t size = (size_t)about.st_size;

        got = size ? read(fd, buffer_extend(bytes, size), size) : 0;
        got = got == (ssize_t)size ? got : -1;
    }
    close(fd);
    return got < 0 ? -1 : 0;
}

/* Most files have none of the words that matter: no need to read them well. A
 * backslash may hide one, a NUL byte what follows. */
static bool is_doubtful(const struct search *search, const struct buffer *bytes)
{
    return bytes->size > 0 &&
           (strlen(bytes->bytes) < bytes->size || strchr(bytes->bytes, '\\') ||
            strcasestr(bytes->bytes, search->subsection) ||
            strcasestr(bytes->bytes, "include"));
}

static bool says(struct search *search)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;
    bool found = read_file(&bytes, search->file) < 0 ||
                 (is_doubtful(search, &bytes) &&
                  config_text_each(search->file, buffer_view(&bytes), look_at,
                                   search, &err) != GO_ON);

    buffer_release(&bytes);
    return found;
}

static void add(struct search *search, const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/%s", folder, name);
    *ARRAY_PUSH(search->files.items) = buffer_detach(&path);
}

bool config_search(const struct config_places *places, const struct repo *repo,
                   const char *section, const char *subsection)
{
    struct search search = { .section = section,
                             .subsection = subsection,
                             .home = places->home };
    bool found = places->commanded;

    if (repo) {
        add(&search, repo_common_dir(repo), "config");
        add(&search, repo_git_dir(repo), "config.worktree");
        add(&search, repo_common_dir(repo), CONFIG_SEARCH_MORE);
    }
    for (size_t i = 0; i < places->files.items_count; i++)
        *ARRAY_PUSH(search.files.items) =
            memory_copy(places->files.items[i], strlen(places->files.items[i]));
    for (size_t i = 0; !found && i < search.files.items_count; i++) {
        search.file = search.files.items[i];
        found = i >= CONFIG_FILES_MAX || says(&search);
    }
    paths_release(&search.files);
    return found;
}

bool config_places_have(const struct config_places *places, const char *file)
{
    char *wanted = disk_resolve(file);
    bool found = false;

    for (size_t i = 0; i < places->files.items_count && !found; i++) {
        char *real = disk_resolve(places->files.items[i]);

        found = strcmp(real, wanted) == 0;
        free(real);
    }
    free(wanted);
    return found;
}

void config_places_release(struct config_places *places)
{
    paths_release(&places->files);
    free(places->home);
    *places = (struct config_places){ .home = NULL };
}
