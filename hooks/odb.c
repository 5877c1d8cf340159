#include "hooks/odb.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "hooks/gitpipe.h"
#include "hooks/packs.h"
#include "hooks/promise.h"
#include "hooks/sha1.h"

/* A commit's few objects are not worth a look at all packs. */
#define READS_BEFORE_PACKS 100

/* Larger objects, in bytes, are left to git: a damaged head may say any size.
 */
#define PACKED_SIZE_MAX ((size_t)256 << 20)

struct odb {
    char *folder;
    size_t id_size;
    size_t reads;
    struct gitpipe_batch *batch;
    struct packs *packs; /* NULL: not open yet */
    struct packs_reader *reader;
    bool complete; /* promise_is_all, asked with the packs open */
    bool fast;     /* sha1_is_there, asked when many are read */
};

struct odb *odb_open(const char *folder, size_t id_size)
{
    struct odb *odb = memory_new(1, sizeof(*odb));

    odb->folder = memory_copy(folder, strlen(folder));
    odb->id_size = id_size;
    odb->batch = gitpipe_batch_open();
    return odb;
}

static void open_packs(struct odb *odb)
{
    if (odb->packs)
        return;
    odb->fast = odb->id_size == SHA1_SIZE && sha1_is_there();
    odb->packs = packs_open_unnumbered(odb->folder, odb->id_size);
    odb->reader = packs_reader_open(odb->packs);
    odb->complete = promise_is_all(odb->folder);
}

/* Is it certain that a partial clone lacks the object? */
static bool is_missing(struct odb *odb, const struct object_id *id)
{
    open_packs(odb);
    return odb->complete && !promise_is_loose(odb->folder, id) &&
           !packs_has(odb->packs, id);
}

static bool is_itself(const struct object *object, const struct odb *odb,
                      const struct object_id *id)
{
    struct object_id real = { .size = id->size };
    char head[OBJECT_HEAD_MAX];

    if (odb->fast)
        sha1(real.bytes, object_head(head, object->type, object->bytes.size),
             object->bytes);
    else
        object_id_of(&real, object->type, object->bytes, id->size);
    return object_id_compare(&real, id) == 0;
}

/* 1, or 0 if git is to be asked: it may have another copy, and else says what
 * is wrong. */
static int read_packed(struct object *object, struct odb *odb,
                       const struct object_id *id, size_t size_max)
{
    size_t limit = size_max < PACKED_SIZE_MAX ? size_max : PACKED_SIZE_MAX;
    struct error ignored;

    open_packs(odb);
    if (packs_read_id(object, odb->reader, id, limit, &ignored) != 1)
        return 0;
    if (is_itself(object, odb, id))
        return 1;
    object_release(object);
    return 0;
}

static int verify(struct object *object, const struct odb *odb,
                  const struct object_id *id, struct error *err)
{
    if (is_itself(object, odb, id))
        return 1;
    object_release(object);
    return error_set(err, ERROR_GIT,
                     "the object is damaged: its bytes do not match its id "
                     "(git fsck tells more)");
}

static int read_by_git(struct object *object, struct odb *odb,
                       const struct object_id *id, size_t size_max,
                       struct error *err)
{
    char *bytes = NULL;
    size_t size;
    int found = gitpipe_batch_read(odb->batch, id, size_max, &object->type,
                                   &bytes, &size, err);

    if (found == 1) {
        object->owner = bytes;
        object->give_back = free;
        object->bytes = (struct text){ bytes, size };
    } else {
        /* Where one is missing others are: that is quicker to see here. */
        odb->reads += READS_BEFORE_PACKS;
    }
    return found;
}

int odb_read(struct object *object, struct odb *odb, const struct object_id *id,
             size_t size_max, struct error *err)
{
    int found;

    *object = OBJECT_EMPTY;
    if (id->size != odb->id_size)
        return error_set(err, ERROR_GIT, "an id of another hash algorithm");
    if (odb->reads++ >= READS_BEFORE_PACKS) {
        if (read_packed(object, odb, id, size_max) == 1)
            return 1;
        if (is_missing(odb, id))
            return 0;
    }
    found = read_by_git(object, odb, id, size_max, err);
    if (found < 0 && is_missing(odb, id))
        return 0;
    return found == 1 ? verify(object, odb, id, err) : found;
}

void odb_close(struct odb *odb)
{
    if (!odb)
        return;
    gitpipe_batch_close(odb->batch);
    packs_reader_close(odb->reader);
    packs_close(odb->packs);
    free(odb->folder);
    free(odb);
}
