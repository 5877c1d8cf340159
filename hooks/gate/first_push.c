#include "hooks/gate/first_push.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/tree.h"
#include "hooks/system/disk.h"

int first_push_is(const char *const *before, struct error *err)
{
    size_t count = 0, used = 0;
    struct buffer out = BUFFER_EMPTY;
    const char **arguments;
    int status;

    while (before[count])
        count++;
    arguments = memory_new(count + 3, sizeof(*arguments));
    arguments[used++] = "rev-list";
    arguments[used++] = "--max-count=1";
    for (size_t i = 1; i < count; i++)
        arguments[used++] = before[i];
    status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);
    if (status > 0)
        status = error_set(err, ERROR_GIT, "git could not list the refs");
    else if (status == 0)
        status = out.size == 0;
    buffer_release(&out);
    free(arguments);
    return status;
}

static int add_file(struct baseline *known, struct repo *repo,
                    const struct object_id *blob, struct error *err)
{
    struct object object = OBJECT_EMPTY;
    struct error reason = { .message = "the object is missing" };
    struct baseline one;
    int result;

    if (object_read(&object, repo, blob, DISK_SIZE_MAX, &reason) != 1)
        return error_set(err, ERROR_GIT, BASELINE_FILE ": %.400s",
                         reason.message);
    result = baseline_parse(&one, BASELINE_FILE, object.bytes, err);
    if (result == 0)
        baseline_join(known, &one);
    baseline_release(&one);
    object_release(&object);
    return result;
}

int first_push_baseline(struct baseline *known, struct repo *repo,
                        const struct span *range, struct error *err)
{
    struct object_id last = { .size = 0 };

    for (size_t i = 0; i < range->tips_count; i++) {
        struct diff_side side;
        int found =
            tree_find(&side, repo, &range->tips[i].tree, BASELINE_FILE, err);

        if (found < 0)
            return -1;
        /* Most tips have that of the one before. */
        if (found == 0 || !diff_is_file(&side) ||
            object_id_compare(&side.id, &last) == 0)
            continue;
        last = side.id;
        if (add_file(known, repo, &side.id, err) < 0)
            return -1;
    }
    return 0;
}
