#include "hooks/odb.h"

#include <stdlib.h>
#include <string.h>

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include "core/memory.h"
#include "hooks/gitpipe.h"
#include "hooks/libgit2.h"
#include "hooks/promise.h"
#include "hooks/sha1.h"

/* Starting libgit2 takes 10 ms, as much as some 300 reads through git: a
 * commit's few objects are not worth it. */
#define READS_BEFORE_LIBGIT2 100

struct odb {
    char *folder;
    size_t id_size;
    size_t reads;
    struct gitpipe_batch *batch;
    git_odb_backend *packs; /* NULL: not open (yet) */
    bool tried;
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

/* None, for whatever reason, means that git reads them. */
static bool has_packs(struct odb *odb)
{
    if (!odb->tried && odb->id_size == GIT_OID_RAWSZ) {
        odb->fast = sha1_is_there();
        if (!libgit2_start() ||
            git_odb_backend_pack(&odb->packs, odb->folder) < 0)
            odb->packs = NULL;
        odb->complete = odb->packs && promise_is_all(odb->folder);
    }
    odb->tried = true;
    return odb->packs != NULL;
}

/* Is it certain that a partial clone lacks the object? */
static bool is_missing(struct odb *odb, const struct object_id *id)
{
    git_oid oid;

    if (!has_packs(odb) || !odb->complete || promise_is_loose(odb->folder, id))
        return false;
    git_oid_fromraw(&oid, id->bytes);
    return !odb->packs->exists(odb->packs, &oid);
}

static void give_back(void *bytes)
{
    git_odb_backend_data_free(NULL, bytes);
}

/*
 * 1, 0 if git is to be asked, -1 if it is over the limit. The backend is asked
 * itself: git_odb_read would hash the bytes, which we do anyway, keep a copy,
 * and list the folder again for each object that is in no pack.
 */
static int read_packed(struct object *object, struct odb *odb,
                       const struct object_id *id, size_t size_max,
                       struct error *err)
{
    git_odb_backend *packs;
    git_object_t type;
    git_oid oid;
    size_t size;
    void *bytes;

    if (!has_packs(odb))
        return 0;
    packs = odb->packs;
    git_oid_fromraw(&oid, id->bytes);
    if (packs->read_header(&size, &type, packs, &oid) < 0)
        return 0;
    if (size > size_max)
        return error_set(err, ERROR_LIMIT,
                         "%zu bytes are over the limit of %zu", size, size_max);
    if (packs->read(&bytes, &size, &type, packs, &oid) < 0)
        return 0;
    *object = (struct object){ .type = (enum object_type)type,
                               .bytes = { bytes, size },
                               .owner = bytes,
                               .give_back = give_back };
    return 1;
}

static int verify(struct object *object, const struct odb *odb,
                  const struct object_id *id, struct error *err)
{
    struct object_id real = { .size = id->size };
    char head[OBJECT_HEAD_MAX];

    if (odb->fast)
        sha1(real.bytes, object_head(head, object->type, object->bytes.size),
             object->bytes);
    else
        object_id_of(&real, object->type, object->bytes, id->size);
    if (object_id_compare(&real, id) == 0)
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
        odb->reads += READS_BEFORE_LIBGIT2;
    }
    return found;
}

int odb_read(struct object *object, struct odb *odb, const struct object_id *id,
             size_t size_max, struct error *err)
{
    int found = 0;

    *object = OBJECT_EMPTY;
    if (id->size != odb->id_size)
        return error_set(err, ERROR_GIT, "an id of another hash algorithm");
    if (odb->reads++ >= READS_BEFORE_LIBGIT2) {
        found = read_packed(object, odb, id, size_max, err);
        if (found == 0 && is_missing(odb, id))
            return 0;
    }
    if (found == 0)
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
    if (odb->packs)
        odb->packs->free(odb->packs);
    free(odb->folder);
    free(odb);
}
