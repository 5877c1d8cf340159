#include "hooks/analyse.h"

#include <stdlib.h>
#include <string.h>

#include "core/filetype.h"
#include "core/memory.h"
#include "core/scan.h"
#include "hooks/repo.h"
#include "store/store.h"

#define KIND_FACTS 'F'

/* Kind, hash algorithm (its size), id, analyser: what the facts depend on. */
static void make_key(struct buffer *key, const struct object_id *id)
{
    buffer_byte(key, KIND_FACTS);
    buffer_byte(key, (char)id->size);
    buffer_append(key, id->bytes, id->size);
    buffer_string(key, FACTS_ANALYSER_ID);
}

static void give_up(struct analyser *analyser, const struct error *err)
{
    analyser->store = NULL;
    if (!analyser->trouble)
        analyser->trouble = memory_copy(err->message, strlen(err->message));
}

/* 1 and *facts, or 0: not there, or not to be trusted. */
static int look_up(struct analyser *analyser, const struct object_id *id,
                   struct facts *facts)
{
    struct buffer key = BUFFER_EMPTY, value = BUFFER_EMPTY;
    struct error err;
    int found;

    if (!analyser->store)
        return 0;
    make_key(&key, id);
    found = store_get(analyser->store, buffer_view(&key), &value, &err);
    if (found < 0)
        give_up(analyser, &err);
    if (found == 1)
        found = facts_decode(facts, buffer_view(&value), &err) == 0;
    buffer_release(&key);
    buffer_release(&value);
    if (found != 1)
        return 0;
    if (analyser->stats)
        analyser->stats->cache_hits++;
    return 1;
}

static void keep(struct analyser *analyser, const struct object_id *id,
                 const struct facts *facts)
{
    struct buffer key = BUFFER_EMPTY, value = BUFFER_EMPTY;
    struct error err;

    if (!analyser->store)
        return;
    make_key(&key, id);
    facts_encode(facts, &value);
    /* What is too large for the cache is analysed again; the cache is well. */
    if (value.size <= STORE_VALUE_MAX &&
        store_put(analyser->store, buffer_view(&key), buffer_view(&value),
                  &err) < 0)
        give_up(analyser, &err);
    buffer_release(&key);
    buffer_release(&value);
}

static int analyse(struct analyser *analyser, struct text bytes,
                   const struct object_id *id, struct facts *facts,
                   struct error *err)
{
    if (scan_worthwhile(bytes)) {
        if (analyser->stats)
            analyser->stats->parsed++;
        if (scan_blob(bytes, facts, err) < 0)
            return -1;
    }
    keep(analyser, id, facts);
    return 0;
}

int analyse_object(struct analyser *analyser, struct repo *repo,
                   const struct object_id *id, struct facts *facts,
                   struct error *err)
{
    struct object object;
    int found, result;

    *facts = FACTS_EMPTY;
    if (look_up(analyser, id, facts))
        return 0;
    found = object_read(&object, repo, id, ANALYSE_READ_MAX, err);
    if (found < 0)
        return -1;
    if (found == 0)
        return error_set(err, ERROR_GIT,
                         "the object is missing (git fsck tells more)");
    if (object.type != OBJECT_BLOB)
        result = error_set(err, ERROR_GIT, "the object is no file");
    else
        result = analyse(analyser, object.bytes, id, facts, err);
    object_release(&object);
    return result;
}

static int begins_like_script(struct repo *repo, const struct object_id *blob,
                              bool *script, struct error *err)
{
    struct object object;
    int found = object_read(&object, repo, blob, ANALYSE_READ_MAX, err);

    if (found == 0)
        return error_set(err, ERROR_GIT,
                         "the object is missing (git fsck tells more)");
    if (found < 0)
        return -1;
    *script = filetype_has_shebang(object.bytes);
    object_release(&object);
    return 0;
}

int analyse_file(struct analyser *analyser, struct repo *repo, const char *path,
                 const struct object_id *blob, struct facts *facts,
                 struct error *err)
{
    enum filetype type = filetype_of_path(text_of(path));
    bool script = false;

    *facts = FACTS_EMPTY;
    if (type == FILETYPE_OTHER)
        return 0;
    if (type == FILETYPE_BY_SHEBANG) {
        if (begins_like_script(repo, blob, &script, err) < 0)
            return -1;
        if (!script)
            return 0;
    }
    return analyse_object(analyser, repo, blob, facts, err) < 0 ? -1 : 1;
}

int analyse_bytes(struct analyser *analyser, struct text bytes,
                  struct facts *facts, struct error *err)
{
    struct object_id id;

    *facts = FACTS_EMPTY;
    if (!scan_worthwhile(bytes))
        return 0;
    object_id_of(&id, OBJECT_BLOB, bytes, 20);
    if (look_up(analyser, &id, facts))
        return 0;
    return analyse(analyser, bytes, &id, facts, err);
}

void analyser_release(struct analyser *analyser)
{
    free(analyser->trouble);
    analyser->trouble = NULL;
}
