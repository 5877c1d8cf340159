#include "hooks/git/pathspec.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/repo.h"

#define TOP     ":/"
#define LITERAL ":(literal)"

static int find_prefix(struct buffer *prefix, struct error *err)
{
    static const char *const arguments[] = { "rev-parse", "--show-prefix",
                                             NULL };
    int status = gitpipe_run(prefix, arguments, TEXT_EMPTY, err);

    if (status != 0)
        return status > 0 ? error_set(err, ERROR_GIT, "git gave no folder")
                          : -1;
    if (prefix->size && prefix->bytes[prefix->size - 1] == '\n')
        prefix->size--;
    return 0;
}

/* Take one part of a path; false if it leads out. */
static bool add_part(struct buffer *path, struct text part)
{
    if (part.size == 0 || text_equal(part, TEXT(".")))
        return true;
    if (!text_equal(part, TEXT(".."))) {
        if (path->size)
            buffer_byte(path, '/');
        buffer_text(path, part);
        return true;
    }
    if (path->size == 0)
        return false;
    path->size = text_folder(buffer_view(path)).size;
    return true;
}

static bool add_parts(struct buffer *path, struct text parts)
{
    for (size_t at = 0; at < parts.size;) {
        size_t end = text_find(parts, '/', at);

        if (!add_part(path, text_slice(parts, at, end)))
            return false;
        at = end + 1;
    }
    return true;
}

/* The part of an absolute path below the root. */
static bool cut_root(struct text *path, const struct repo *repo)
{
    struct text root = text_of(repo_root(repo) ? repo_root(repo) : "");

    if (!root.size || !text_starts_with(*path, root) ||
        (path->size > root.size && path->bytes[root.size] != '/'))
        return false;
    *path = text_slice(*path, root.size, path->size);
    return true;
}

static int refuse(const char *path, const char *reason, struct error *err)
{
    return error_set(err, ERROR_USAGE, "%.200s: %s", path, reason);
}

static int check_magic(const char *path, struct error *err)
{
    bool literal = strncmp(path, LITERAL, strlen(LITERAL)) == 0;

    if (path[0] == '\0')
        return refuse("''", "an empty path names nothing", err);
    if (path[0] == ':' && !literal && strncmp(path, TOP, strlen(TOP)) != 0)
        return refuse(path,
                      "no pathspec magic is known but :/ and :(literal); a "
                      "file of that name is ./:…",
                      err);
    if (!literal && strpbrk(path, "*?[\\"))
        return refuse(path,
                      "wildcards are not known here; name folders, or put "
                      ":(literal) before",
                      err);
    return 0;
}

static int add(struct pathspec *spec, const struct repo *repo,
               const struct buffer *prefix, const char *path, struct error *err)
{
    struct buffer full = BUFFER_EMPTY;
    struct text rest = text_of(path);
    bool top = text_starts_with(rest, TEXT(TOP)), inside;

    if (check_magic(path, err) < 0)
        return -1;
    if (text_starts_with(rest, TEXT(LITERAL)))
        rest = text_slice(rest, strlen(LITERAL), rest.size);
    else if (top)
        rest = text_slice(rest, strlen(TOP), rest.size);
    if (!top && text_starts_with(rest, TEXT("/")))
        inside = cut_root(&rest, repo) && add_parts(&full, rest);
    else
        inside = (top || add_parts(&full, buffer_view(prefix))) &&
                 add_parts(&full, rest);
    if (inside && full.size && text_ends_with(rest, TEXT("/")))
        buffer_byte(&full, '/');
    if (inside)
        *ARRAY_PUSH(spec->items) =
            memory_copy(full.size ? full.bytes : "", full.size);
    buffer_release(&full);
    return inside ? 0 : refuse(path, "it is outside the repository", err);
}

int pathspec_read(struct pathspec *spec, const struct repo *repo,
                  const char *const *paths, size_t count, struct error *err)
{
    struct buffer prefix = BUFFER_EMPTY;
    int result = count ? find_prefix(&prefix, err) : 0;

    *spec = PATHSPEC_EMPTY;
    for (size_t i = 0; i < count && result == 0; i++)
        result = add(spec, repo, &prefix, paths[i], err);
    buffer_release(&prefix);
    return result;
}

bool pathspec_has(const struct pathspec *spec, struct text path)
{
    for (size_t i = 0; i < spec->items_count; i++) {
        struct text item = text_of(spec->items[i]);

        if (item.size == 0)
            return true;
        if (text_starts_with(path, item) &&
            (path.size == item.size || item.bytes[item.size - 1] == '/' ||
             path.bytes[item.size] == '/'))
            return true;
    }
    return spec->items_count == 0;
}

void pathspec_release(struct pathspec *spec)
{
    for (size_t i = 0; i < spec->items_count; i++)
        free(spec->items[i]);
    free(spec->items);
    *spec = PATHSPEC_EMPTY;
}
