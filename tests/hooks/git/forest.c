#include "tests/hooks/packed.h"

#define COMMITS 120

static const struct forest_walk everything = { .types = FOREST_TYPES,
                                               .size_max = LIMIT };

/* Each object of the pack is entered once. */
static void check_all(const struct pack *pack, const struct forest_walk *walk)
{
    struct looker looker = { .pack = NULL };

    walk_with(&looker, pack, walk);
    assert_int_equal(0, looker.skipped);
    assert_int_equal(pack->index.count, looker.entered);
    for (uint32_t i = 0; i < pack->index.count; i++)
        assert_int_equal(1, looker.times[i]);
    free(looker.times);
}

static void check_repacked(const char *options, const char *command,
                           size_t id_size)
{
    struct forest_walk walk = everything;
    struct pack pack;

    make_history(options, COMMITS);
    sh(command);
    open_only(&pack, id_size);
    for (walk.threads = 1; walk.threads < 4; walk.threads++)
        check_all(&pack, &walk);
    pack_close(&pack);
}

static void every_object_of_a_pack_is_entered_once(void **state)
{
    (void)state;
    check_repacked("", "git repack -adfq", 20);
}

static void so_it_is_where_bases_are_named_by_id(void **state)
{
    (void)state;
    check_repacked("", "git -c repack.useDeltaBaseOffset=false repack -adfq",
                   20);
}

static void so_it_is_with_sha256(void **state)
{
    (void)state;
    check_repacked("--object-format=sha256", "git repack -adfq", 32);
}

static void so_it_is_without_any_delta(void **state)
{
    (void)state;
    check_repacked("", "git repack -adfq --window=0", 20);
}

static void a_pack_of_nothing_has_nothing(void **state)
{
    struct looker looker = { .pack = NULL };
    struct pack pack;

    (void)state;
    sh("git init -q .;"
       "git pack-objects -q .git/objects/pack/pack </dev/null >/dev/null");
    open_only(&pack, 20);
    walk_with(&looker, &pack, &everything);
    assert_int_equal(0, looker.entered + looker.skipped);
    free(looker.times);
    pack_close(&pack);
}

static void a_long_chain_holds_two_objects_at_a_time(void **state)
{
    struct looker looker = { .pack = NULL };
    struct forest_walk walk = everything;
    struct pack pack;

    (void)state;
    make_history("", 2000);
    open_only(&pack, 20);
    walk.threads = 1;
    walk_with(&looker, &pack, &walk);
    assert_int_equal(pack.index.count, looker.entered);
    if (looker.depth_max < 1000 || looker.held_max > 2)
        fail_msg("depth %u, held %u", looker.depth_max, looker.held_max);
    free(looker.times);
    pack_close(&pack);
}

static void one_type_can_be_asked_for(void **state)
{
    struct looker looker = { .pack = NULL };
    struct forest_walk walk = everything;
    struct pack pack;

    (void)state;
    make_history("", COMMITS);
    sh("git repack -adfq");
    open_only(&pack, 20);
    walk.types = FOREST_TYPE(OBJECT_COMMIT);
    walk_with(&looker, &pack, &walk);
    assert_int_equal(COMMITS, looker.entered);
    free(looker.times);
    pack_close(&pack);
}

static bool is_chosen(const uint64_t *wanted, uint32_t number)
{
    return wanted[number / 64] >> number % 64 & 1;
}

static void only_what_is_wanted_is_entered(void **state)
{
    struct looker looker = { .pack = NULL };
    struct forest_walk walk = everything;
    struct pack pack;
    uint64_t *wanted;

    (void)state;
    make_history("", COMMITS);
    sh("git repack -adfq");
    open_only(&pack, 20);
    wanted = memory_new(pack.index.count / 64 + 1, sizeof(*wanted));
    for (uint32_t i = 0; i < pack.index.count; i += 7)
        wanted[i / 64] |= (uint64_t)1 << i % 64;
    walk.wanted = wanted;
    walk_with(&looker, &pack, &walk);
    for (uint32_t i = 0; i < pack.index.count; i++)
        assert_int_equal(is_chosen(wanted, i), looker.times[i]);
    free(wanted);
    free(looker.times);
    pack_close(&pack);
}

static void objects_have_the_numbers_that_the_caller_gives_them(void **state)
{
    struct looker looker = { .pack = NULL, .damaged = true };
    struct forest_walk walk = everything;
    struct pack pack;
    uint32_t *numbers;

    (void)state;
    make_history("", 3);
    sh("git repack -adfq");
    open_only(&pack, 20);
    numbers = memory_new(pack.index.count, sizeof(*numbers));
    for (uint32_t i = 0; i < pack.index.count; i++)
        numbers[i] = i / 2;
    walk.numbers = numbers;
    walk_with(&looker, &pack, &walk);
    for (uint32_t i = 0; i < pack.index.count / 2; i++)
        assert_int_equal(2, looker.times[i]);
    free(numbers);
    free(looker.times);
    pack_close(&pack);
}

static void
an_object_over_the_limit_is_skipped_and_the_rest_is_not(void **state)
{
    struct looker looker = { .pack = NULL };
    struct forest_walk walk = everything;
    struct pack pack;

    (void)state;
    make_history("", 20);
    sh("head -c 3000 /dev/zero >large; git add large; git commit -qm m;"
       "echo >>large; git commit -qam m; git repack -adfq");
    open_only(&pack, 20);
    walk.size_max = 2999;
    walk_with(&looker, &pack, &walk);
    assert_int_equal(2, looker.skipped);
    assert_int_equal(2, looker.reasons[FOREST_TOO_LARGE]);
    assert_int_equal(pack.index.count - 2, looker.entered);
    free(looker.times);
    pack_close(&pack);
}

static void an_object_at_the_limit_is_read(void **state)
{
    struct forest_walk walk = everything;
    struct pack pack;

    (void)state;
    make_history("", 1);
    sh("head -c 3000 /dev/zero >large; git add large; git commit -qm m;"
       "git repack -adfq");
    open_only(&pack, 20);
    walk.size_max = 3000;
    check_all(&pack, &walk);
    pack_close(&pack);
}

static void a_walk_that_is_stopped_gives_everything_back(void **state)
{
    struct looker looker = { .pack = NULL };
    struct forest_walk walk = everything;
    atomic_bool stop = true;
    struct pack pack;

    (void)state;
    make_history("", COMMITS);
    sh("git repack -adfq");
    open_only(&pack, 20);
    walk.stop = &stop;
    walk_with(&looker, &pack, &walk);
    assert_int_equal(0, looker.entered);
    free(looker.times);
    pack_close(&pack);
}

static void what_is_done_is_counted(void **state)
{
    struct looker looker = { .pack = NULL };
    struct forest_walk walk = everything;
    atomic_size_t done = 0;
    struct pack pack;

    (void)state;
    make_history("", COMMITS);
    sh("git repack -adfq");
    open_only(&pack, 20);
    walk.done = &done;
    walk_with(&looker, &pack, &walk);
    assert_int_equal(pack.index.count, done);
    free(looker.times);
    pack_close(&pack);
}

static void types_are_counted(void **state)
{
    struct forest *forest;
    struct pack pack;

    (void)state;
    make_history("", COMMITS);
    sh("git repack -adfq");
    open_only(&pack, 20);
    forest = forest_open(&pack, 2);
    assert_int_equal(COMMITS, forest_count(forest, OBJECT_COMMIT));
    assert_int_equal(2 * COMMITS, forest_count(forest, OBJECT_TREE));
    forest_close(forest);
    pack_close(&pack);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_object_of_a_pack_is_entered_once),
        TEST(so_it_is_where_bases_are_named_by_id),
        TEST(so_it_is_with_sha256),
        TEST(so_it_is_without_any_delta),
        TEST(a_pack_of_nothing_has_nothing),
        TEST(a_long_chain_holds_two_objects_at_a_time),
        TEST(one_type_can_be_asked_for),
        TEST(only_what_is_wanted_is_entered),
        TEST(objects_have_the_numbers_that_the_caller_gives_them),
        TEST(an_object_over_the_limit_is_skipped_and_the_rest_is_not),
        TEST(an_object_at_the_limit_is_read),
        TEST(a_walk_that_is_stopped_gives_everything_back),
        TEST(what_is_done_is_counted),
        TEST(types_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
