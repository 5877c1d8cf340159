#include "hooks/joint/analyse.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/edition.h"
#include "core/facts/scan.h"
#include "core/source/filetype.h"
#include "hooks/git/repo.h"
#include "store/store.h"

/* What is kept of a blob: its facts, and whether its first line is Python's. */
#define KIND_FACTS  'F'
#define KIND_SCRIPT 'S'

#define IS_SCRIPT "y"
#define NO_SCRIPT "n"

/* Kind, hash algorithm (its size), id, analyser: what the facts depend on. */
static void make_key(struct buffer *key, char kind, const struct object_id *id)
{
    buffer_byte(key, kind);
    buffer_byte(key, (char)id->size);
    buffer_append(key, id->bytes, id->size);
    buffer_string(key, edition());
}

bool analyse_is_facts(struct text key, struct object_id *id)
{
    struct buffer again = BUFFER_EMPTY;
    bool result;

    *id = (struct object_id){ .size = 0 };
    if (key.size < 2 || key.bytes[0] != KIND_FACTS || key.bytes[1] < 1 ||
        key.bytes[1] > OBJECT_ID_MAX || key.size < 2 + (size_t)key.bytes[1])
        return false;
    id->size = (unsigned char)key.bytes[1];
    memcpy(id->bytes, key.bytes + 2, id->size);
    make_key(&again, KIND_FACTS, id);
    result = text_equal(key, buffer_view(&again));
    buffer_release(&again);
    return result;
}

static void give_up(struct analyser *analyser, const struct error *err)
{
    analyser->store = NULL;
    if (!analyser->trouble)
        analyser->trouble = memory_copy(err->message, strlen(err->message));
}

static bool has_cache(const struct analyser *analyser)
{
    return analyser->store || analyser->rows;
}

/* 1 and the value of a kind, or 0: not there, or not to be trusted. */
static int get(struct analyser *analyser, char kind, const struct object_id *id,
               struct buffer *value)
{
    struct buffer key = BUFFER_EMPTY;
    struct error err;
    int found;

    if (!has_cache(analyser) || analyser->recache || analyser->verify)
        return 0;
    make_key(&key, kind, id);
    if (analyser->rows)
        found = analyser->rows->get(analyser->rows->payload, buffer_view(&key),
                                    value);
    else
        found = store_get(analyser->store, buffer_view(&key), value, &err);
    if (found < 0)
        give_up(analyser, &err);
    buffer_release(&key);
    return found == 1;
}

/* These say the same of an object whenever they are made. */
static bool is_pure(char kind)
{
    return kind == KIND_FACTS || kind == KIND_SCRIPT ||
           kind == ANALYSE_KIND_TREE;
}

/* Does the cache say the same? What it does not know cannot differ. */
static void compare(struct analyser *analyser, struct text key,
                    const struct object_id *id, struct text value)
{
    struct buffer was = BUFFER_EMPTY;
    struct error err;
    int found = store_get(analyser->store, key, &was, &err);

    if (found < 0)
        give_up(analyser, &err);
    analyser->verified += found == 1;
    if (found == 1 && !text_equal(buffer_view(&was), value) &&
        !analyser->differs) {
        analyser->differs = memory_new(OBJECT_HEX_MAX, 1);
        object_id_format(id, analyser->differs);
    }
    buffer_release(&was);
}

static void put(struct analyser *analyser, char kind,
                const struct object_id *id, struct text value)
{
    struct buffer key = BUFFER_EMPTY;
    struct error err;

    /* What is too large for the cache is analysed again; the cache is well. */
    if (!has_cache(analyser) || value.size > STORE_VALUE_MAX)
        return;
    make_key(&key, kind, id);
    if (analyser->verify && analyser->store && is_pure(kind))
        compare(analyser, buffer_view(&key), id, value);
    if (analyser->rows)
        analyser->rows->put(analyser->rows->payload, buffer_view(&key), value);
    else if (analyser->store &&
             store_put(analyser->store, buffer_view(&key), value, &err) < 0)
        give_up(analyser, &err);
    buffer_release(&key);
}

int analyse_recall(struct analyser *analyser, char kind,
                   const struct object_id *id, struct buffer *value)
{
    return get(analyser, kind, id, value);
}

void analyse_remember(struct analyser *analyser, char kind,
                      const struct object_id *id, struct text value)
{
    put(analyser, kind, id, value);
}

int analyse_known(struct analyser *analyser, const struct object_id *id,
                  struct facts *facts)
{
    struct buffer value = BUFFER_EMPTY;
    struct error err;
    int found = get(analyser, KIND_FACTS, id, &value) &&
                facts_decode(facts, buffer_view(&value), &err) == 0;

    buffer_release(&value);
    if (found && analyser->stats)
        analyser->stats->cache_hits++;
    return found;
}

static void keep(struct analyser *analyser, const struct object_id *id,
                 const struct facts *facts)
{
    struct buffer value = BUFFER_EMPTY;

    if (!has_cache(analyser))
        return;
    facts_encode(facts, &value);
    put(analyser, KIND_FACTS, id, buffer_view(&value));
    buffer_release(&value);
}

static bool is_worthwhile(const struct analyser *analyser, struct text bytes)
{
    return analyser->alone ? scan_worthwhile_alone(bytes)
                           : scan_worthwhile(bytes);
}

/* Without analysis. */
static void keep_empty(struct analyser *analyser, struct text bytes,
                       const struct object_id *id, const struct facts *facts)
{
    if (!analyser->alone || !scan_worthwhile(bytes))
        keep(analyser, id, facts);
}

static int scan(const struct analyser *analyser, struct text bytes,
                struct facts *facts, struct error *err)
{
    const struct analyse_rows *rows = analyser->rows;

    return rows ? rows->scan(rows->payload, bytes, facts, err)
                : scan_blob(bytes, facts, err);
}

static int analyse(struct analyser *analyser, struct text bytes,
                   const struct object_id *id, struct facts *facts,
                   struct error *err)
{
    if (!is_worthwhile(analyser, bytes)) {
        keep_empty(analyser, bytes, id, facts);
        return 0;
    }
    if (analyser->stats)
        analyser->stats->parsed++;
    if (scan(analyser, bytes, facts, err) < 0)
        return -1;
    keep(analyser, id, facts);
    return 0;
}

static int read_blob(struct object *object, struct repo *repo,
                     const struct object_id *id, struct error *err)
{
    int found = object_read(object, repo, id, ANALYSE_READ_MAX, err);

    if (found == 1 && object->type == OBJECT_BLOB)
        return 0;
    if (found == 1)
        object_release(object);
    if (found < 0)
        return -1;
    return error_set(err, ERROR_GIT, "%s",
                     found ? "the object is no file"
                           : "the object is missing (git fsck tells more)");
}

int analyse_read(struct repo *repo, const struct object_id *id,
                 struct buffer *bytes, struct error *err)
{
    struct object object;

    if (read_blob(&object, repo, id, err) < 0)
        return -1;
    buffer_text(bytes, object.bytes);
    object_release(&object);
    return 0;
}

int analyse_begin(struct analyser *analyser, struct repo *repo,
                  const struct object_id *id, struct facts *facts,
                  struct object *object, struct error *err)
{
    *facts = FACTS_EMPTY;
    *object = OBJECT_EMPTY;
    if (analyse_known(analyser, id, facts))
        return 1;
    if (read_blob(object, repo, id, err) < 0)
        return -1;
    if (is_worthwhile(analyser, object->bytes)) {
        if (analyser->stats)
            analyser->stats->parsed++;
        return 0;
    }
    keep_empty(analyser, object->bytes, id, facts);
    object_release(object);
    return 1;
}

void analyse_end(struct analyser *analyser, const struct object_id *id,
                 const struct facts *facts)
{
    keep(analyser, id, facts);
}

int analyse_object(struct analyser *analyser, struct repo *repo,
                   const struct object_id *id, struct facts *facts,
                   struct error *err)
{
    struct object object;
    int result = analyse_begin(analyser, repo, id, facts, &object, err);

    if (result == 0) {
        result = scan(analyser, object.bytes, facts, err);
        object_release(&object);
        if (result == 0)
            analyse_end(analyser, id, facts);
    }
    return result < 0 ? -1 : 0;
}

/* 1 or 0 as the cache has it, -1 if it does not know. */
static int known_script(struct analyser *analyser, const struct object_id *id)
{
    struct buffer value = BUFFER_EMPTY;
    int known = -1;

    if (get(analyser, KIND_SCRIPT, id, &value)) {
        if (text_equal(buffer_view(&value), TEXT(IS_SCRIPT)))
            known = 1;
        if (text_equal(buffer_view(&value), TEXT(NO_SCRIPT)))
            known = 0;
    }
    buffer_release(&value);
    return known;
}

int analyse_script(struct analyser *analyser, struct repo *repo,
                   const struct object_id *id, struct facts *facts,
                   struct error *err)
{
    struct object object;
    int script = known_script(analyser, id), result = 0;

    *facts = FACTS_EMPTY;
    if (script == 0)
        return 0;
    if (script == 1)
        return analyse_object(analyser, repo, id, facts, err) < 0 ? -1 : 1;
    if (read_blob(&object, repo, id, err) < 0)
        return -1;
    script = filetype_has_shebang(object.bytes);
    put(analyser, KIND_SCRIPT, id, script ? TEXT(IS_SCRIPT) : TEXT(NO_SCRIPT));
    if (script && !analyse_known(analyser, id, facts))
        result = analyse(analyser, object.bytes, id, facts, err);
    object_release(&object);
    return result < 0 ? -1 : script;
}

int analyse_file(struct analyser *analyser, struct repo *repo, const char *path,
                 const struct object_id *blob, struct facts *facts,
                 struct error *err)
{
    enum filetype type = filetype_of_path(text_of(path));

    *facts = FACTS_EMPTY;
    if (type == FILETYPE_OTHER)
        return 0;
    if (type == FILETYPE_BY_SHEBANG)
        return analyse_script(analyser, repo, blob, facts, err);
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
    if (analyse_known(analyser, &id, facts))
        return 0;
    return analyse(analyser, bytes, &id, facts, err);
}

void analyser_release(struct analyser *analyser)
{
    free(analyser->trouble);
    free(analyser->differs);
    analyser->trouble = analyser->differs = NULL;
}
