/*
 * objects times FOLDER: how long does it take to read every object of an
 * objects folder?
 * objects check FOLDER < BATCH: is each what git reads?
 *
 * BATCH is what `git cat-file --batch-all-objects --batch` writes; see the
 * script `objects`. Every object is walked, and hashed; then each is read
 * once more by itself, and compared byte for byte. Exit code 1 if any differs
 * or is not read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/memory.h"
#include "hooks/git/packs.h"
#include "hooks/joint/analyse.h"
#include "hooks/system/pool.h"

/* Of one worker, apart from the others in memory. */
struct tally {
    size_t objects, bytes, skipped, wrong;
    char apart[96];
};

struct run {
    struct packs *packs;
    struct tally tallies[POOL_THREADS_MAX];
    bool hashes;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void *enter(void *payload, unsigned worker,
                   const struct forest_object *object,
                   const struct forest_object *base, void *base_data)
{
    struct run *run = payload;
    struct object_id id, real;

    (void)base;
    (void)base_data;
    run->tallies[worker].objects++;
    run->tallies[worker].bytes += object->bytes.size;
    if (run->hashes) {
        packs_id(run->packs, object->number, &id);
        object_id_of(&real, object->type, object->bytes, id.size);
        run->tallies[worker].wrong += object_id_compare(&id, &real) != 0;
    }
    return NULL;
}

static void skip(void *payload, unsigned worker, uint32_t number,
                 enum forest_reason reason)
{
    struct run *run = payload;
    struct object_id id;
    char hex[OBJECT_HEX_MAX];

    packs_id(run->packs, number, &id);
    printf("%s %s\n", object_id_format(&id, hex), forest_reason_text(reason));
    run->tallies[worker].skipped++;
}

static struct tally walk(struct run *run)
{
    struct forest_walk walk = { .types = FOREST_TYPES,
                                .size_max = ANALYSE_READ_MAX };
    struct forest_visitor visitor = { .enter = enter,
                                      .skip = skip,
                                      .payload = run };
    struct tally sum = { .objects = 0 };

    packs_walk(run->packs, &walk, &visitor);
    for (size_t i = 0; i < POOL_THREADS_MAX; i++) {
        sum.objects += run->tallies[i].objects;
        sum.bytes += run->tallies[i].bytes;
        sum.skipped += run->tallies[i].skipped;
        sum.wrong += run->tallies[i].wrong;
    }
    return sum;
}

static bool is_same(struct packs_reader *reader, const struct packs *packs,
                    const char *hex, const char *type, struct text bytes)
{
    static const char *const types[] = { "", "commit", "tree", "blob", "tag" };
    uint32_t number = PACKS_NONE;
    struct object object;
    struct object_id id;
    struct error err;
    bool same;

    if (object_id_parse(&id, text_of(hex)) == 0)
        number = packs_find(packs, &id);
    if (number == PACKS_NONE ||
        packs_read(&object, reader, number, ANALYSE_READ_MAX, &err) < 0)
        return false;
    same = strcmp(types[object.type], type) == 0 &&
           text_equal(object.bytes, bytes);
    object_release(&object);
    return same;
}

static void compare(const struct packs *packs, struct tally *sum)
{
    struct packs_reader *reader = packs_reader_open(packs);
    char line[4096], hex[4096], type[4096];
    size_t size, objects = 0;

    while (fgets(line, sizeof(line), stdin)) {
        char *bytes;

        if (sscanf(line, "%4095s %4095s %zu", hex, type, &size) != 3)
            abort();
        bytes = memory_new(size + 1, 1);
        if (fread(bytes, 1, size + 1, stdin) != size + 1)
            abort();
        objects++;
        if (!is_same(reader, packs, hex, type, (struct text){ bytes, size })) {
            printf("differs: %s", line);
            sum->wrong++;
        }
        free(bytes);
    }
    if (objects != packs_count(packs)) {
        printf("git has %zu objects, not %u\n", objects, packs_count(packs));
        sum->wrong++;
    }
    packs_reader_close(reader);
}

int main(int argc, char **argv)
{
    bool check = argc == 3 && strcmp(argv[1], "check") == 0;
    struct run run = { .hashes = check };
    double start = now(), opened;
    struct tally sum;
    struct error err;

    if (argc != 3 || packs_open(&run.packs, argv[2], 20, 0, &err) < 0)
        return 2;
    opened = now();
    sum = walk(&run);
    printf("%zu objects, %.2f GB, %.3f s to open, %.3f s in all\n", sum.objects,
           (double)sum.bytes / 1e9, opened - start, now() - start);
    for (size_t i = 0; i < packs_gaps(run.packs)->items_count; i++)
        printf("not covered: %s\n", packs_gaps(run.packs)->items[i]);
    if (check)
        compare(run.packs, &sum);
    if (check || sum.skipped)
        printf("%zu skipped, %zu wrong\n", sum.skipped, sum.wrong);
    packs_close(run.packs);
    return sum.wrong || sum.skipped;
}
