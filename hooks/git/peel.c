#include "hooks/git/peel.h"

#include "hooks/git/repo.h"
#include "hooks/git/tree.h"

/* git-mktag(1): a tag's first line names its object. */
static int tagged(struct object_id *id, struct text bytes, struct error *err)
{
    static const char start[] = "object ";
    size_t head = sizeof(start) - 1, end = text_find(bytes, '\n', 0);

    if (!text_starts_with(bytes, TEXT(start)) ||
        object_id_parse(id, text_slice(bytes, head, end)) < 0)
        return error_set(err, ERROR_GIT, "a tag is malformed");
    return 0;
}

int peel(struct peeled *peeled, struct repo *repo, const struct object_id *id,
         struct error *err)
{
    struct object_id next = *id;

    for (int depth = 0; depth <= PEEL_DEPTH_MAX; depth++) {
        struct object object;
        int found = object_read(&object, repo, &next, TREE_OBJECT_MAX, err);
        int result = 0;

        if (found != 1)
            return found;
        *peeled = (struct peeled){ object.type, next };
        if (object.type == OBJECT_TAG)
            result = tagged(&next, object.bytes, err);
        object_release(&object);
        if (result < 0)
            return -1;
        if (peeled->type != OBJECT_TAG)
            return 1;
    }
    return error_set(err, ERROR_LIMIT, "tags of tags are nested too deep");
}
