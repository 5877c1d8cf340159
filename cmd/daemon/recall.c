#include "cmd/daemon/recall.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The clock was set anew if it moved by more than this, in nanoseconds. */
#define CLOCK_NS INT64_C(10000000)

#define INDEX_FILE "GIT_INDEX_FILE="

/* ---- which request ------------------------------------------------------- */

/* The value of the variable, if it has one. */
static const char *value_of(const char *variable, const char *name)
{
    size_t size = strlen(name);

    return strncmp(variable, name, size) == 0 && variable[size]
               ? variable + size
               : NULL;
}

/* What a check does not read unless it runs git, of which nothing is kept.
 * Which index it is comes later. */
static bool is_of_no_account(const char *variable)
{
    static const char *const starts[] = {
        "GIT_AUTHOR_", "GIT_COMMITTER_",     "GIT_EDITOR=",
        "GIT_PREFIX=", "GIT_REFLOG_ACTION=", "PWD="
    };

    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
        if (strncmp(variable, starts[i], strlen(starts[i])) == 0)
            return true;
    return value_of(variable, INDEX_FILE) != NULL;
}

static void make_key(struct buffer *key, const struct wire_request *request)
{
    const char *at = request->variables, *end = at + request->variables_size;

    wire_put_request((unsigned char *)buffer_extend(key, WIRE_FIXED_SIZE),
                     request);
    buffer_append(key, request->path, strlen(request->path) + 1);
    for (; at < end; at += strlen(at) + 1)
        if (!is_of_no_account(at))
            buffer_append(key, at, strlen(at) + 1);
}

static struct recall_item *find(struct recall *recall, const struct buffer *key)
{
    for (size_t i = 0; i < RECALL_MAX; i++)
        if (recall->items[i].key.size &&
            text_equal(buffer_view(key), buffer_view(&recall->items[i].key)))
            return &recall->items[i];
    return NULL;
}

static struct recall_item *make_room(struct recall *recall)
{
    struct recall_item *oldest = &recall->items[0];

    for (size_t i = 1; i < RECALL_MAX; i++)
        if (recall->items[i].used < oldest->used)
            oldest = &recall->items[i];
    return oldest;
}

static void forget(struct recall_item *item)
{
    buffer_release(&item->key);
    buffer_release(&item->memo);
    item->used = 0;
}

void recall_keep(struct recall *recall, struct text request, struct text memo)
{
    struct wire_request asked;
    struct buffer key = BUFFER_EMPTY;
    struct recall_item *item;
    struct memo ignored;

    if (wire_get_request(&asked, (const unsigned char *)request.bytes,
                         request.size) < 0 ||
        memo_decode(&ignored, memo) < 0)
        return;
    make_key(&key, &asked);
    item = find(recall, &key);
    if (!item)
        item = make_room(recall);
    forget(item);
    item->key = key;
    buffer_text(&item->memo, memo);
    item->used = ++recall->uses;
}

/* ---- does it hold -------------------------------------------------------- */

static bool are_unchanged(const struct memo *memo)
{
    struct text rest = memo->sights;
    struct sight sight;
    int more;

    while ((more = memo_next_sight(&sight, &rest)) == 1)
        if (!sight_holds(&sight))
            return false;
    return more == 0;
}

/* The index file that git means, or the usual one. */
static void find_index(struct buffer *path, const struct memo *memo,
                       const struct wire_request *request)
{
    const char *at = request->variables, *end = at + request->variables_size;
    const char *named = NULL, *found;

    for (; at < end; at += strlen(at) + 1)
        if ((found = value_of(at, INDEX_FILE)))
            named = found;
    if (!named)
        buffer_format(path, "%s/index", memo->git_dir.bytes);
    else if (named[0] == '/')
        buffer_string(path, named);
    else
        buffer_format(path, "%s/%s", memo->root.bytes, named);
}

/* The file that was read, or one that makes the same tree. */
static bool is_staged(const struct memo *memo, const char *index)
{
    struct object_id tree;
    struct sight_mark now;
    struct stat about;

    if (stat(index, &about) < 0)
        return false;
    now = sight_mark_of(&about, SIGHT_FILE);
    if (memo->rests && sight_same(&now, &memo->index))
        return true;
    return index_root(&tree, index, &memo->shape) &&
           object_id_compare(&tree, &memo->tree) == 0;
}

static bool holds(const struct memo *memo, const struct wire_request *request)
{
    struct buffer index = BUFFER_EMPTY;
    int64_t moved_ns = sight_clock_ns() - memo->clock_ns;
    bool does;

    find_index(&index, memo, request);
    does = moved_ns > -CLOCK_NS && moved_ns < CLOCK_NS &&
           is_staged(memo, index.bytes) && are_unchanged(memo);
    buffer_release(&index);
    return does;
}

bool recall_find(struct recall *recall, const struct wire_request *request,
                 struct memo *memo)
{
    struct buffer key = BUFFER_EMPTY;
    struct recall_item *item;
    bool found;

    make_key(&key, request);
    item = find(recall, &key);
    buffer_release(&key);
    found = item && memo_decode(memo, buffer_view(&item->memo)) == 0 &&
            holds(memo, request);
    if (found)
        item->used = ++recall->uses;
    else if (item)
        forget(item);
    return found;
}

void recall_release(struct recall *recall)
{
    for (size_t i = 0; i < RECALL_MAX; i++)
        forget(&recall->items[i]);
}
