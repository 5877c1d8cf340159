#include "hooks/git/worktrees.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/memory.h"
#include "core/base/text.h"
#include "hooks/git/gitpipe.h"

static void add(struct worktrees *trees, struct text path)
{
    struct worktree *tree = ARRAY_PUSH(trees->items);
    struct stat about;

    *tree = (struct worktree){ .path = memory_copy(path.bytes, path.size) };
    tree->gone = stat(tree->path, &about) < 0 || !S_ISDIR(about.st_mode);
}

/* "worktree PATH", and what is said of it: "HEAD ID", "bare". */
static int take_line(struct worktrees *trees, struct text line,
                     struct error *err)
{
    size_t space = text_find(line, ' ', 0);
    struct text word = text_slice(line, 0, space);
    struct text rest =
        text_slice(line, space < line.size ? space + 1 : line.size, line.size);
    struct worktree *tree =
        trees->items_count ? &trees->items[trees->items_count - 1] : NULL;

    if (text_equal(word, TEXT("worktree"))) {
        add(trees, rest);
    } else if (tree && text_equal(line, TEXT("bare"))) {
        tree->bare = true;
    } else if (tree && text_equal(word, TEXT("HEAD"))) {
        if (object_id_parse(&tree->head, rest) < 0)
            return error_set(err, ERROR_GIT, "git gave a strange id");
        if (object_id_is_zero(&tree->head))
            tree->head.size = 0;
    }
    return 0;
}

/* git before 2.36 has no -z; a line end in a folder's name is lost there. */
static int list(struct buffer *out, const char *zero, struct error *err)
{
    const char *const arguments[] = { "worktree", "list", "--porcelain", zero,
                                      NULL };

    return gitpipe_run(out, arguments, TEXT_EMPTY, err);
}

int worktrees_list(struct worktrees *trees, struct error *err)
{
    struct buffer out = BUFFER_EMPTY;
    char end = '\0';
    int status = list(&out, "-z", err);
    struct text rest;

    if (status < 0) {
        buffer_clear(&out);
        end = '\n';
        status = list(&out, NULL, err);
    }
    rest = buffer_view(&out);
    while (status == 0 && rest.size) {
        size_t size = text_find(rest, end, 0);

        status = take_line(trees, text_slice(rest, 0, size), err);
        rest = text_slice(rest, size < rest.size ? size + 1 : size, rest.size);
    }
    buffer_release(&out);
    if (status > 0)
        return error_set(err, ERROR_GIT, "git cannot list the worktrees");
    return status;
}

void worktrees_release(struct worktrees *trees)
{
    for (size_t i = 0; i < trees->items_count; i++)
        free(trees->items[i].path);
    free(trees->items);
    *trees = WORKTREES_EMPTY;
}
