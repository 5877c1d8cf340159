#include "hooks/git/odb.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/inflate.h"
#include "hooks/git/loose.h"
#include "hooks/git/packs.h"
#include "hooks/git/promise.h"
#include "hooks/system/sha1.h"

/* Of more objects than that it is worth asking the processor what it can. */
#define READS_BEFORE_FAST 100

/* Larger objects, in bytes, are left to git: a damaged head may say any size.
 */
#define OWN_SIZE_MAX ((size_t)256 << 20)

struct odb {
    char *folder;
    size_t id_size;
    size_t reads;
    struct gitpipe_batch *batch;
    struct inflater *inflater;
    struct packs *packs; /* NULL: not open yet */
    struct packs_reader *reader;
    struct odb *lender;                            /* NULL: none */
    enum { NOT_ASKED, BORROWS, COMPLETE } promise; /* promise_is_all */
    bool fast;                                     /* sha1_is_there */
};

struct odb *odb_open(const char *folder, size_t id_size)
{
    struct odb *odb = memory_new(1, sizeof(*odb));

    odb->folder = memory_copy(folder, strlen(folder));
    odb->id_size = id_size;
    odb->batch = gitpipe_batch_open();
    return odb;
}

void odb_borrow(struct odb *odb, const char *folder)
{
    odb->lender = odb_open(folder, odb->id_size);
}

static void open_packs(struct odb *odb)
{
    if (odb->packs)
        return;
    odb->packs = packs_open_unnumbered(odb->folder, odb->id_size);
    odb->reader = packs_reader_open(odb->packs);
}

/* Is it certain that a partial clone lacks the object? */
static bool is_missing(struct odb *odb, const struct object_id *id)
{
    if (odb->promise == NOT_ASKED)
        odb->promise = promise_is_all(odb->folder) ? COMPLETE : BORROWS;
    return odb->promise == COMPLETE && !promise_is_loose(odb->folder, id) &&
           !packs_has(odb->packs, id);
}

static bool is_itself(struct odb *odb, const struct object *object,
                      const struct object_id *id)
{
    struct object_id real = { .size = id->size };
    char head[OBJECT_HEAD_MAX];

    if (odb->reads == READS_BEFORE_FAST)
        odb->fast = odb->id_size == SHA1_SIZE && sha1_is_there();
    if (odb->fast)
        sha1(real.bytes, object_head(head, object->type, object->bytes.size),
             object->bytes);
    else
        object_id_of(&real, object->type, object->bytes, id->size);
    return object_id_compare(&real, id) == 0;
}

/* 1 if it is found where it is looked for, and is what its name says. */
static int take(struct object *object, struct odb *odb,
                const struct object_id *id, int found)
{
    if (found == 1 && is_itself(odb, object, id))
        return 1;
    object_release(object);
    return 0;
}

static int take_loose(struct object *object, struct odb *odb,
                      const char *folder, const struct object_id *id,
                      size_t limit)
{
    struct error ignored;

    return take(object, odb, id,
                loose_read(object, odb->inflater, folder, id, limit, &ignored));
}

/* 1, or 0 if git is to be asked: it may have another copy, and else says what
 * is wrong. What was just added is loose. */
static int read_alone(struct object *object, struct odb *odb,
                      const struct object_id *id, size_t size_max)
{
    size_t limit = size_max < OWN_SIZE_MAX ? size_max : OWN_SIZE_MAX;
    const struct paths *folders;
    struct error ignored;
    int found;

    if (!odb->inflater)
        odb->inflater = inflater_open();
    found = take_loose(object, odb, odb->folder, id, limit);
    if (found)
        return found;
    open_packs(odb);
    found = take(object, odb, id,
                 packs_read_id(object, odb->reader, id, limit, &ignored));
    folders = packs_folders(odb->packs);
    for (size_t i = 1; !found && i < folders->items_count; i++)
        found = take_loose(object, odb, folders->items[i], id, limit);
    return found;
}

/* git has one even where nobody wrote it. */
static bool is_empty_tree(const struct object_id *id)
{
    struct object_id empty;

    object_id_of(&empty, OBJECT_TREE, TEXT_EMPTY, id->size);
    return object_id_compare(&empty, id) == 0;
}

static int verify(struct object *object, struct odb *odb,
                  const struct object_id *id, struct error *err)
{
    if (is_itself(odb, object, id))
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
    odb->reads++;
    if (read_alone(object, odb, id, size_max) == 1)
        return 1;
    if (odb->lender) {
        odb->lender->reads++;
        if (read_alone(object, odb->lender, id, size_max) == 1)
            return 1;
    }
    if (is_empty_tree(id)) {
        object->type = OBJECT_TREE;
        return 1;
    }
    if (is_missing(odb, id))
        return 0;
    found = read_by_git(object, odb, id, size_max, err);
    return found == 1 ? verify(object, odb, id, err) : found;
}

void odb_close(struct odb *odb)
{
    if (!odb)
        return;
    odb_close(odb->lender);
    gitpipe_batch_close(odb->batch);
    inflater_close(odb->inflater);
    packs_reader_close(odb->reader);
    packs_close(odb->packs);
    free(odb->folder);
    free(odb);
}
