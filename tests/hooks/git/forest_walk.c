#include "tests/hooks/packed.h"

#include "hooks/system/disk.h"
#include "tests/hooks/crafted.h"

/* A delta on "base" that makes "base!". */
#define DELTA TEXT("\x04\x05\x90\x04\x01!")
/* One on "base!" that makes "base!!". */
#define DELTA_MORE TEXT("\x05\x06\x90\x05\x01!")

static struct looker walk_crafted(struct crafted *crafted)
{
    struct forest_walk walk = { .types = FOREST_TYPES, .size_max = LIMIT };
    struct looker looker = { .damaged = true };
    struct pack pack;

    finish(crafted, &pack);
    walk_with(&looker, &pack, &walk);
    for (uint32_t i = 0; i < pack.index.count; i++)
        assert_int_equal(1, looker.times[i]);
    free(looker.times);
    uncraft(crafted);
    return looker;
}

static void a_base_may_lie_behind_what_is_made_of_it(void **state)
{
    struct crafted crafted;
    struct looker looker;

    (void)state;
    craft(&crafted);
    add_delta(&crafted, 1, 2, DELTA_MORE);
    add_delta(&crafted, 2, 3, DELTA);
    add_blob(&crafted, 3, TEXT("base"));
    looker = walk_crafted(&crafted);
    assert_int_equal(3, looker.entered);
    assert_int_equal(2, looker.depth_max);
}

static void objects_that_are_made_of_each_other_are_skipped(void **state)
{
    struct crafted crafted;
    struct looker looker;

    (void)state;
    craft(&crafted);
    add_delta(&crafted, 1, 2, DELTA);
    add_delta(&crafted, 2, 1, DELTA);
    add_delta(&crafted, 3, 3, DELTA);
    add_delta(&crafted, 4, 3, DELTA);
    add_blob(&crafted, 5, TEXT("base"));
    looker = walk_crafted(&crafted);
    assert_int_equal(1, looker.entered);
    assert_int_equal(4, looker.reasons[FOREST_CYCLE]);
}

static void a_delta_on_no_entry_is_skipped(void **state)
{
    struct crafted crafted;
    struct looker looker;

    (void)state;
    craft(&crafted);
    add_blob(&crafted, 1, TEXT("base"));
    add_near_delta(&crafted, 2, 3, DELTA);
    add_delta(&crafted, 3, 2, DELTA_MORE);
    add_delta(&crafted, 4, 77, DELTA);
    looker = walk_crafted(&crafted);
    assert_int_equal(1, looker.entered);
    assert_int_equal(3, looker.reasons[FOREST_NO_BASE]);
}

static void
a_delta_for_another_base_takes_what_is_made_of_it_along(void **state)
{
    struct crafted crafted;
    struct looker looker;

    (void)state;
    craft(&crafted);
    add_blob(&crafted, 1, TEXT("other base"));
    add_delta(&crafted, 2, 1, DELTA);
    add_delta(&crafted, 3, 2, DELTA_MORE);
    looker = walk_crafted(&crafted);
    assert_int_equal(1, looker.entered);
    assert_int_equal(2, looker.reasons[FOREST_DAMAGED]);
}

static void a_result_over_the_limit_asks_for_no_memory(void **state)
{
    struct crafted crafted;
    struct looker looker;

    (void)state;
    craft(&crafted);
    add_blob(&crafted, 1, TEXT("base"));
    add_delta(&crafted, 2, 1, TEXT("\x04\xff\xff\xff\xff\xff\x7f\x90\x04"));
    looker = walk_crafted(&crafted);
    assert_int_equal(1, looker.entered);
    assert_int_equal(1, looker.reasons[FOREST_TOO_LARGE]);
}

static void two_entries_at_one_place_are_both_read(void **state)
{
    struct crafted crafted;
    struct looker looker;

    (void)state;
    craft(&crafted);
    add_blob(&crafted, 1, TEXT("base"));
    crafted.objects[crafted.count++] = (struct indexed_object){ 2, 12 };
    add_delta(&crafted, 3, 2, DELTA);
    looker = walk_crafted(&crafted);
    assert_int_equal(3, looker.entered);
}

static int find_base(void *payload, unsigned worker, const struct object_id *id,
                     struct object *object)
{
    (void)payload;
    (void)worker;
    if (id->bytes[0] != 9)
        return 0;
    *object = (struct object){ .type = OBJECT_BLOB,
                               .bytes = TEXT("base"),
                               .owner = NULL };
    return 1;
}

static struct looker walk_finding(unsigned types)
{
    struct forest_walk walk = { .types = types, .size_max = LIMIT };
    struct looker looker = { .damaged = true };
    struct forest_visitor visitor;
    struct crafted crafted;
    struct forest *forest;
    struct pack pack;

    craft(&crafted);
    add_delta(&crafted, 1, 9, DELTA);
    add_delta(&crafted, 2, 1, DELTA_MORE);
    add_delta(&crafted, 3, 8, DELTA);
    finish(&crafted, &pack);
    forest = forest_open(&pack, 1);
    visitor = looking(&looker, &pack);
    visitor.find = find_base;
    forest_walk(forest, &walk, &visitor);
    assert_int_equal(0, looker.held + looker.wrong);
    forest_close(forest);
    free(looker.times);
    uncraft(&crafted);
    return looker;
}

static void a_base_is_found_elsewhere(void **state)
{
    struct looker looker = walk_finding(FOREST_TYPES);

    (void)state;
    assert_int_equal(2, looker.entered);
    assert_int_equal(2, looker.depth_max);
    assert_int_equal(1, looker.reasons[FOREST_NO_BASE]);
}

static void what_is_made_of_it_has_its_type(void **state)
{
    struct looker looker = walk_finding(FOREST_TYPE(OBJECT_TREE));

    (void)state;
    assert_int_equal(0, looker.entered);
    assert_int_equal(1, looker.skipped);
}

#define LEVELS 10
#define NODES  ((1u << LEVELS) - 1)

/* The node's id, such that ids are in the order of nodes. */
static uint16_t node_id(unsigned node)
{
    return (uint16_t)(node / 4 | (node % 4) << 8);
}

/* One blob of four bytes; two made of it, two of each of these, and so on. */
static void craft_tree(struct crafted *crafted, struct pack *pack)
{
    craft(crafted);
    add_blob(crafted, node_id(1), TEXT("base"));
    for (unsigned node = 2; node <= NODES; node++)
        add_delta(crafted, node_id(node), node_id(node / 2),
                  TEXT("\x04\x04\x90\x04"));
    finish(crafted, pack);
}

/* Nine bases are held where the first two leaves are made. */
static void what_is_held_at_a_time_is_limited(void **state)
{
    struct forest_walk walk = { .types = FOREST_TYPES, .threads = 1 };
    struct crafted crafted;
    struct pack pack;

    (void)state;
    craft_tree(&crafted, &pack);
    for (walk.size_max = 4; walk.size_max < 6; walk.size_max++) {
        struct looker looker = { .damaged = true };

        walk_with(&looker, &pack, &walk);
        assert_int_equal(walk.size_max == 4 ? 2 : 0,
                         looker.reasons[FOREST_TOO_LARGE]);
        assert_int_equal(NODES, looker.entered + looker.skipped);
        assert_int_equal(LEVELS, looker.held_max + (walk.size_max == 4));
        free(looker.times);
    }
    uncraft(&crafted);
}

struct sleeper {
    struct looker looker;
    atomic_uint workers; /* a bit for each that entered anything */
};

static void *look_slowly(void *payload, unsigned worker,
                         const struct forest_object *object,
                         const struct forest_object *base, void *base_data)
{
    struct sleeper *sleeper = payload;

    atomic_fetch_or(&sleeper->workers, 1u << worker);
    usleep(500);
    return look(&sleeper->looker, worker, object, base, base_data);
}

static void branches_of_one_tree_are_shared(void **state)
{
    struct forest_walk walk = { .types = FOREST_TYPES,
                                .size_max = LIMIT,
                                .threads = 4 };
    struct sleeper sleeper = { .looker = { .damaged = true } };
    struct forest_visitor visitor;
    struct crafted crafted;
    struct forest *forest;
    struct pack pack;

    (void)state;
    craft_tree(&crafted, &pack);
    forest = forest_open(&pack, 1);
    visitor = looking(&sleeper.looker, &pack);
    visitor.enter = look_slowly;
    visitor.payload = &sleeper;
    forest_walk(forest, &walk, &visitor);
    assert_int_equal(0, sleeper.looker.held + sleeper.looker.wrong);
    for (uint32_t i = 0; i < pack.index.count; i++)
        assert_int_equal(1, sleeper.looker.times[i]);
    assert_int_equal(15, sleeper.workers);
    forest_close(forest);
    free(sleeper.looker.times);
    uncraft(&crafted);
}

/* 64-bit offsets for all that lies behind the first bytes. */
static void offsets_of_64_bits_are_followed(void **state)
{
    struct forest_walk walk = { .types = FOREST_TYPES, .size_max = LIMIT };
    struct looker looker = { .damaged = false };
    struct pack pack;

    (void)state;
    make_history("", 60);
    sh("git repack -adfq; cd .git/objects/pack; rm -f *.idx *.rev;"
       "git index-pack --index-version=2,0x20 *.pack >/dev/null");
    open_only(&pack, 20);
    assert_true(pack.index.large_count > 100);
    walk_with(&looker, &pack, &walk);
    assert_int_equal(pack.index.count, looker.entered);
    free(looker.times);
    pack_close(&pack);
}

/* Bytes of a file, which may be changed. */
static struct buffer read_copy(const char *pattern)
{
    struct buffer copy = BUFFER_EMPTY;
    char *path = only(pattern);
    struct error err;

    assert_int_equal(1, disk_read(&copy, path, &err));
    free(path);
    return copy;
}

/* Each object is entered or skipped once; returns how many are not right. */
static unsigned walk_changed(struct text bytes, struct text index_bytes)
{
    struct forest_walk walk = { .types = FOREST_TYPES,
                                .size_max = LIMIT,
                                .threads = 1 };
    struct looker looker = { .damaged = false };
    struct forest_visitor visitor;
    struct forest *forest;
    struct pack pack;
    struct error err;

    if (pack_of(&pack, bytes, index_bytes, 20, &err) < 0)
        return UINT_MAX;
    forest = forest_open(&pack, 1);
    visitor = looking(&looker, &pack);
    forest_walk(forest, &walk, &visitor);
    assert_int_equal(0, looker.held);
    for (uint32_t i = 0; i < pack.index.count; i++)
        assert_int_equal(1, looker.times[i]);
    forest_close(forest);
    free(looker.times);
    return looker.wrong + looker.skipped + !pack_index_is_sorted(&pack.index);
}

/* Change each byte in two ways; returns how many changes went unnoticed. */
static size_t change_each(struct buffer *changed, const struct buffer *bytes,
                          const struct buffer *index_bytes)
{
    size_t unnoticed = 0;

    for (size_t i = 0; i < changed->size; i++) {
        static const char masks[] = { 1, (char)0xff };
        char before = changed->bytes[i];

        for (size_t mask = 0; mask < sizeof(masks); mask++) {
            changed->bytes[i] = (char)(before ^ masks[mask]);
            unnoticed +=
                walk_changed(buffer_view(bytes), buffer_view(index_bytes)) == 0;
        }
        changed->bytes[i] = before;
    }
    return unnoticed;
}

/* What tells nothing about the objects: of a pack, the version, 2 or 3; of an
 * index, its own checksum. */
static void a_byte_that_is_changed_does_no_harm_and_is_noticed(void **state)
{
    struct buffer bytes, index;

    (void)state;
    make_history("", 4);
    sh("git repack -adfq");
    bytes = read_copy(".git/objects/pack/*.pack");
    index = read_copy(ONLY_INDEX);
    assert_int_equal(0, walk_changed(buffer_view(&bytes), buffer_view(&index)));
    assert_int_equal(1, change_each(&bytes, &bytes, &index));
    assert_int_equal(2 * 20, change_each(&index, &bytes, &index));
    buffer_release(&bytes);
    buffer_release(&index);
}

/* Two bases of one size: a head that leads to the other one inflates all the
 * same. */
static void a_head_that_leads_to_another_base_is_damaged(void **state)
{
    struct looker looker = { .damaged = true };
    struct forest_walk walk = { .types = FOREST_TYPES, .size_max = LIMIT };
    struct crafted crafted;
    struct pack pack;
    size_t first, second, third;

    (void)state;
    craft(&crafted);
    first = crafted.bytes.size;
    add_blob(&crafted, 1, TEXT("base"));
    second = crafted.bytes.size;
    add_blob(&crafted, 2, TEXT("case"));
    third = crafted.bytes.size;
    add_near_delta(&crafted, 3, third - second, DELTA);
    finish(&crafted, &pack);
    crafted.bytes.bytes[third + 1] = (char)(third - first);
    walk_with(&looker, &pack, &walk);
    assert_int_equal(2, looker.entered);
    assert_int_equal(1, looker.reasons[FOREST_DAMAGED]);
    free(looker.times);
    uncraft(&crafted);
}

static void a_pack_that_is_cut_anywhere_does_no_harm(void **state)
{
    struct buffer bytes, index, cut = BUFFER_EMPTY;

    (void)state;
    make_history("", 4);
    sh("git repack -adfq");
    bytes = read_copy(".git/objects/pack/*.pack");
    index = read_copy(ONLY_INDEX);
    for (size_t size = 0; size + 20 < bytes.size; size++) {
        buffer_clear(&cut);
        buffer_append(&cut, bytes.bytes, size);
        buffer_append(&cut, bytes.bytes + bytes.size - 20, 20);
        assert_true(walk_changed(buffer_view(&cut), buffer_view(&index)) > 0);
    }
    buffer_release(&cut);
    buffer_release(&bytes);
    buffer_release(&index);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_base_may_lie_behind_what_is_made_of_it),
        TEST(objects_that_are_made_of_each_other_are_skipped),
        TEST(a_delta_on_no_entry_is_skipped),
        TEST(a_delta_for_another_base_takes_what_is_made_of_it_along),
        TEST(a_result_over_the_limit_asks_for_no_memory),
        TEST(two_entries_at_one_place_are_both_read),
        TEST(a_base_is_found_elsewhere),
        TEST(what_is_made_of_it_has_its_type),
        TEST(what_is_held_at_a_time_is_limited),
        TEST(branches_of_one_tree_are_shared),
        TEST(offsets_of_64_bits_are_followed),
        TEST(a_byte_that_is_changed_does_no_harm_and_is_noticed),
        TEST(a_head_that_leads_to_another_base_is_damaged),
        TEST(a_pack_that_is_cut_anywhere_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
