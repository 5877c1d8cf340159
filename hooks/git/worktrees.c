#include "hooks/git/worktrees.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/memory.h"
#include "core/base/text.h"
#include "hooks/git/gitpipe.h"

static void take_line(struct worktrees *trees, struct text line)
{
    static const char start[] = "worktree ";
    struct stat about;
    struct worktree *tree;

    if (text_starts_with(line, TEXT("worktree "))) {
        tree = ARRAY_PUSH(trees->items);
        tree->path = memory_copy(line.bytes + sizeof(start) - 1,
                                 line.size - sizeof(start) + 1);
        tree->gone = stat(tree->path, &about) < 0 || !S_ISDIR(about.st_mode);
    } else if (text_equal(line, TEXT("bare")) && trees->items_count) {
        trees->items[trees->items_count - 1].bare = true;
    }
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

        take_line(trees, text_slice(rest, 0, size));
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
