/*
 * Packs that git made, and a visitor who checks what it is given. Threads
 * cannot fail a test: what is wrong is counted.
 */
#ifndef TMPGUARD_TESTS_HOOKS_PACKED_H
#define TMPGUARD_TESTS_HOOKS_PACKED_H

#include "tests/hooks/sandbox.h"

#include <glob.h>
#include <limits.h>

#include "hooks/git/delta.h"
#include "hooks/git/forest.h"

#define LIMIT ((size_t)1 << 20)

/* `count` commits, each of which changes one line of three files. */
static inline void make_history(const char *options, int count)
{
    struct buffer stream = BUFFER_EMPTY, command = BUFFER_EMPTY;

    buffer_format(&command, "git init -q -b main %s .", options);
    sh(command.bytes);
    for (int i = 0; i < count; i++) {
        buffer_format(&stream,
                      "commit refs/heads/main\n"
                      "committer A <a@example.org> %d +0000\ndata 2\nm\n",
                      1000000000 + i);
        for (int file = 0; file < 3; file++) {
            struct buffer text = BUFFER_EMPTY;

            for (int line = 0; line < 40; line++)
                buffer_format(&text, "%d: a line of file %d\n",
                              line == i % 40 ? 1000 + i : line, file);
            buffer_format(&stream, "M 644 inline d/%d.py\ndata %zu\n", file,
                          text.size);
            buffer_text(&stream, buffer_view(&text));
            buffer_byte(&stream, '\n');
            buffer_release(&text);
        }
    }
    put_bytes("stream", stream.bytes, stream.size);
    sh("git fast-import --quiet --depth=4095 <stream; rm stream");
    buffer_release(&stream);
    buffer_release(&command);
}

/* The path of the only file that the pattern matches, for free(). */
static inline char *only(const char *pattern)
{
    glob_t found;
    char *path;

    assert_int_equal(0, glob(pattern, 0, NULL, &found));
    assert_int_equal(1, found.gl_pathc);
    path = memory_copy(found.gl_pathv[0], strlen(found.gl_pathv[0]));
    globfree(&found);
    return path;
}

#define ONLY_INDEX ".git/objects/pack/*.idx"

static inline void open_only(struct pack *pack, size_t id_size)
{
    struct error err = { .message = "" };
    char *path = only(ONLY_INDEX);

    if (pack_open(pack, path, id_size, &err) != 1)
        fail_msg("%s: %s", path, err.message);
    free(path);
}

/* What a walk gave. `times` is by number: entered or skipped. */
struct looker {
    const struct pack *pack;
    atomic_uint *times;
    atomic_uint entered, skipped, wrong, held, held_max, depth_max;
    atomic_uint reasons[FOREST_CYCLE + 1];
    bool damaged; /* ids need not be right */
};

/* What `enter` returns, to see that it comes back as base_data. */
struct note {
    uint32_t number;
};

static inline bool is_right(const struct looker *looker,
                            const struct forest_object *object)
{
    size_t id_size = looker->pack->index.id_size;
    struct object_id id;

    object_id_of(&id, object->type, object->bytes, id_size);
    return memcmp(id.bytes, pack_index_id(&looker->pack->index, object->number),
                  id_size) == 0;
}

/* Does the delta make the object of its base? */
static inline bool is_made(const struct forest_object *object,
                           const struct forest_object *base)
{
    char *bytes = memory_new(object->bytes.size, 1);
    bool result =
        delta_apply(bytes, object->bytes.size, base->bytes, object->delta) &&
        text_equal((struct text){ bytes, object->bytes.size }, object->bytes);

    free(bytes);
    return result;
}

static inline void raise_to(atomic_uint *most, unsigned value)
{
    unsigned before = atomic_load(most);

    while (before < value &&
           !atomic_compare_exchange_weak(most, &before, value))
        ;
}

static inline void *look(void *payload, unsigned worker,
                         const struct forest_object *object,
                         const struct forest_object *base, void *base_data)
{
    struct looker *looker = payload;
    struct note *note = memory_new(1, sizeof(*note)), *of_base = base_data;

    (void)worker;
    note->number = object->number;
    looker->times[object->number]++;
    looker->entered++;
    raise_to(&looker->held_max, ++looker->held);
    raise_to(&looker->depth_max, object->depth);
    if (!looker->damaged && !is_right(looker, object))
        looker->wrong++;
    if (base && (!is_made(object, base) || base->type != object->type ||
                 base->depth + 1 != object->depth ||
                 (of_base && of_base->number != base->number)))
        looker->wrong++;
    return note;
}

static inline void put_away(void *payload, unsigned worker, void *data)
{
    struct looker *looker = payload;

    (void)worker;
    looker->held--;
    free(data);
}

static inline void pass_over(void *payload, unsigned worker, uint32_t number,
                             enum forest_reason reason)
{
    struct looker *looker = payload;

    (void)worker;
    looker->times[number]++;
    looker->skipped++;
    looker->reasons[reason]++;
}

static inline struct forest_visitor looking(struct looker *looker,
                                            const struct pack *pack)
{
    looker->pack = pack;
    looker->times = memory_new(pack->index.count, sizeof(*looker->times));
    return (struct forest_visitor){
        .enter = look, .leave = put_away, .skip = pass_over, .payload = looker
    };
}

/* Walk a forest with a looker, which the caller releases. */
static inline void walk_with(struct looker *looker, const struct pack *pack,
                             const struct forest_walk *walk)
{
    struct forest *forest = forest_open(pack, walk->threads);
    struct forest_visitor visitor = looking(looker, pack);

    forest_walk(forest, walk, &visitor);
    assert_int_equal(0, looker->held);
    assert_int_equal(0, looker->wrong);
    forest_close(forest);
}

#endif
