/*
 * What is kept of a tree: for each file that has something to say its path
 * below the tree and its facts, as texts behind their sizes (trace.h).
 */
#include "hooks/joint/seeds.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/repo.h"
#include "hooks/git/tree.h"
#include "hooks/joint/trace.h"

/* A tree on the way down. */
struct level {
    struct object_id id;
    struct object object;
    struct text rest;
    struct buffer name;  /* in the tree around it */
    struct buffer seeds; /* found so far */
    bool is_partial;     /* something could not be analysed: not to be kept */
};

struct search {
    struct analyser *analyser;
    struct repo *repo;
    const struct seeds_visitor *visitor;
    struct level *levels;
    size_t levels_count, levels_room;
    size_t entries;
};

/* ---- encoded seeds ------------------------------------------------------- */

static void put_seed(struct buffer *out, struct text folder, struct text path,
                     struct text facts)
{
    struct buffer full = BUFFER_EMPTY;

    buffer_text(&full, folder);
    if (folder.size)
        buffer_byte(&full, '/');
    buffer_text(&full, path);
    trace_put(out, buffer_view(&full));
    trace_put(out, facts);
    buffer_release(&full);
}

/* Take one off the front: 1, 0 at the end, -1 if it is none. */
static int next_seed(struct text *rest, struct text *path, struct text *facts)
{
    if (rest->size == 0)
        return 0;
    return trace_take(path, rest) && trace_take(facts, rest) && path->size ? 1
                                                                           : -1;
}

static bool is_sound(struct text seeds)
{
    struct text path, encoded;
    int more;

    while ((more = next_seed(&seeds, &path, &encoded)) == 1) {
        struct facts facts;
        struct error err;

        if (facts_decode(&facts, encoded, &err) < 0)
            return false;
        facts_release(&facts);
    }
    return more == 0;
}

static void put_seeds(struct buffer *out, struct text folder, struct text seeds)
{
    struct text path, facts;

    while (next_seed(&seeds, &path, &facts) == 1)
        put_seed(out, folder, path, facts);
}

/* ---- the tree ------------------------------------------------------------ */

static bool has_something(const struct facts *facts)
{
    return facts->findings_count || intern_count(&facts->needs) ||
           intern_count(&facts->exports);
}

static void miss(const struct search *search, const char *name,
                 const struct error *err)
{
    struct buffer path = BUFFER_EMPTY;

    for (size_t i = 1; i < search->levels_count; i++) {
        buffer_text(&path, buffer_view(&search->levels[i].name));
        buffer_byte(&path, '/');
    }
    buffer_string(&path, name);
    search->visitor->miss(search->visitor->payload, path.bytes, err);
    buffer_release(&path);
}

static void look_at_file(struct search *search, struct text name,
                         const struct object_id *blob)
{
    struct level *level = &search->levels[search->levels_count - 1];
    char *path = memory_copy(name.bytes, name.size);
    struct buffer encoded = BUFFER_EMPTY;
    struct facts facts;
    struct error err;
    int found =
        analyse_file(search->analyser, search->repo, path, blob, &facts, &err);

    level->is_partial |= found < 0;
    if (found < 0)
        miss(search, path, &err);
    if (found == 1 && has_something(&facts)) {
        facts_encode(&facts, &encoded);
        put_seed(&level->seeds, TEXT_EMPTY, name, buffer_view(&encoded));
    }
    buffer_release(&encoded);
    facts_release(&facts);
    free(path);
}

static bool recall(struct search *search, const struct object_id *tree,
                   struct buffer *seeds)
{
    size_t before = seeds->size;

    if (analyse_recall(search->analyser, ANALYSE_KIND_TREE, tree, seeds) &&
        is_sound(text_slice(buffer_view(seeds), before, seeds->size)))
        return true;
    seeds->size = before;
    return false;
}

static int enter(struct search *search, struct text name,
                 const struct object_id *tree, struct error *err)
{
    struct level *level;
    struct object object;
    int found;

    if (search->levels_count >= TREE_DEPTH_MAX)
        return error_set(err, ERROR_LIMIT, "over the limit of nested folders");
    found = object_read(&object, search->repo, tree, TREE_OBJECT_MAX, err);
    if (found < 0)
        return -1;
    if (found == 0 || object.type != OBJECT_TREE) {
        object_release(&object);
        return error_set(err, ERROR_GIT, "a folder's object is missing");
    }
    level = ARRAY_PUSH(search->levels);
    level->id = *tree;
    level->object = object;
    level->rest = object.bytes;
    buffer_text(&level->name, name);
    return 0;
}

static int look_at_folder(struct search *search, struct text name,
                          const struct object_id *tree, struct error *err)
{
    struct level *level = &search->levels[search->levels_count - 1];
    struct buffer seeds = BUFFER_EMPTY;
    int result = 0;

    if (recall(search, tree, &seeds))
        put_seeds(&level->seeds, name, buffer_view(&seeds));
    else
        result = enter(search, name, tree, err);
    buffer_release(&seeds);
    return result;
}

static void release_level(struct level *level)
{
    object_release(&level->object);
    buffer_release(&level->name);
    buffer_release(&level->seeds);
}

/* The folder is done: keep what it holds, and give it to the one around it. */
static void leave(struct search *search)
{
    struct level level = search->levels[--search->levels_count];

    if (!level.is_partial)
        analyse_remember(search->analyser, ANALYSE_KIND_TREE, &level.id,
                         buffer_view(&level.seeds));
    if (search->levels_count) {
        struct level *around = &search->levels[search->levels_count - 1];

        around->is_partial |= level.is_partial;
        put_seeds(&around->seeds, buffer_view(&level.name),
                  buffer_view(&level.seeds));
        release_level(&level);
    } else {
        search->levels[0] = level;
    }
}

static int step(struct search *search, struct error *err)
{
    struct level *level = &search->levels[search->levels_count - 1];
    struct tree_entry entry;
    int more = tree_next(&entry, &level->rest, level->id.size);

    if (more < 0)
        return error_set(err, ERROR_GIT, "a folder's object is malformed");
    if (more == 1 && search->entries++ >= TREE_ENTRIES_MAX)
        return error_set(err, ERROR_LIMIT, "over the limit of files in a tree");
    if (more == 0)
        leave(search);
    else if ((entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE)
        return look_at_folder(search, entry.name, &entry.id, err);
    else if ((entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_REGULAR)
        look_at_file(search, entry.name, &entry.id);
    return 0;
}

/* The seeds of the whole tree, in the level that is left in the end. */
static int collect(struct search *search, const struct object_id *tree,
                   struct buffer *seeds, struct error *err)
{
    int result = 0;

    if (recall(search, tree, seeds))
        return 0;
    result = enter(search, TEXT_EMPTY, tree, err);
    while (result == 0 && search->levels_count)
        result = step(search, err);
    if (result == 0) {
        buffer_text(seeds, buffer_view(&search->levels[0].seeds));
        release_level(&search->levels[0]);
    }
    while (search->levels_count)
        release_level(&search->levels[--search->levels_count]);
    free(search->levels);
    return result;
}

int seeds_each(struct analyser *analyser, struct repo *repo,
               const struct object_id *tree,
               const struct seeds_visitor *visitor, struct error *err)
{
    struct search search = { .analyser = analyser,
                             .repo = repo,
                             .visitor = visitor };
    struct buffer seeds = BUFFER_EMPTY;
    struct text rest, path, encoded;
    int result = collect(&search, tree, &seeds, err);

    rest = buffer_view(&seeds);
    while (result == 0 && next_seed(&rest, &path, &encoded) == 1) {
        char *copy = memory_copy(path.bytes, path.size);
        struct facts facts;

        if (facts_decode(&facts, encoded, err) < 0)
            result = -1;
        else
            visitor->visit(visitor->payload, copy, &facts);
        facts_release(&facts);
        free(copy);
    }
    buffer_release(&seeds);
    return result;
}
