#include "tests/hooks/packed.h"

#include "hooks/git/packs.h"

/* What a walk over packs gave, by number. */
struct seen {
    struct packs *packs;
    size_t id_size;
    atomic_uint *times;
    atomic_uint entered, skipped, wrong, held;
};

static void *enter(void *payload, unsigned worker,
                   const struct forest_object *object,
                   const struct forest_object *base, void *base_data)
{
    struct seen *seen = payload;
    struct object_id id, real;

    (void)worker;
    (void)base;
    (void)base_data;
    seen->times[object->number]++;
    seen->entered++;
    seen->held++;
    packs_id(seen->packs, object->number, &id);
    object_id_of(&real, object->type, object->bytes, seen->id_size);
    if (object_id_compare(&id, &real) != 0)
        seen->wrong++;
    return seen;
}

static void put_back(void *payload, unsigned worker, void *data)
{
    (void)worker;
    assert_ptr_equal(payload, data);
    ((struct seen *)payload)->held--;
}

static void pass(void *payload, unsigned worker, uint32_t number,
                 enum forest_reason reason)
{
    struct seen *seen = payload;

    (void)worker;
    (void)reason;
    seen->times[number]++;
    seen->skipped++;
}

static struct packs *open_packs(const char *folder, size_t id_size)
{
    struct packs *packs;
    struct error err = { .message = "" };

    if (packs_open(&packs, folder, id_size, 2, &err) < 0)
        fail_msg("packs_open: %s", err.message);
    return packs;
}

static struct seen walked(struct packs *packs, const struct forest_walk *walk,
                          size_t id_size)
{
    struct seen seen = { .packs = packs, .id_size = id_size };
    struct forest_visitor visitor = {
        .enter = enter, .leave = put_back, .skip = pass, .payload = &seen
    };

    seen.times = memory_new(packs_count(packs), sizeof(*seen.times));
    packs_walk(packs, walk, &visitor);
    assert_int_equal(0, seen.held);
    assert_int_equal(0, seen.wrong);
    return seen;
}

/* How many objects git knows of. */
static unsigned count_of_git(void)
{
    char line[32] = "";
    FILE *pipe = popen("git cat-file --batch-all-objects --batch-check | "
                       "sort -u | wc -l",
                       "r");

    assert_non_null(pipe);
    assert_non_null(fgets(line, sizeof(line), pipe));
    pclose(pipe);
    return (unsigned)strtoul(line, NULL, 10);
}

/* One object in `every` is read by itself, too, in the order of numbers. */
static void check_reads(struct packs *packs, size_t id_size, uint32_t every)
{
    struct packs_reader *reader = packs_reader_open(packs);

    for (uint32_t i = 0; i < packs_count(packs); i += every) {
        struct error err = { .message = "" };
        struct object_id id, real;
        struct object object;

        if (packs_read(&object, reader, i, LIMIT, &err) != 1)
            fail_msg("%s", err.message);
        packs_id(packs, i, &id);
        assert_int_equal(i, packs_find(packs, &id));
        object_id_of(&real, object.type, object.bytes, id_size);
        assert_int_equal(0, object_id_compare(&id, &real));
        object_release(&object);
    }
    packs_reader_close(reader);
}

/* How many of them, of one in `every`, packs without numbers have. */
static uint32_t count_by_id(struct packs *numbered, size_t id_size,
                            uint32_t every)
{
    struct packs *packs = packs_open_unnumbered(".git/objects", id_size);
    struct packs_reader *reader = packs_reader_open(packs);
    uint32_t count = 0;

    for (uint32_t i = 0; i < packs_count(numbered); i += every) {
        struct error err = { .message = "" };
        struct object_id id, real;
        struct object object;
        int found;

        packs_id(numbered, i, &id);
        found = packs_read_id(&object, reader, &id, LIMIT, &err);
        assert_int_equal(packs_has(packs, &id), found);
        if (!found)
            continue;
        object_id_of(&real, object.type, object.bytes, id_size);
        assert_int_equal(0, object_id_compare(&id, &real));
        object_release(&object);
        count++;
    }
    packs_reader_close(reader);
    packs_close(packs);
    return count;
}

/* All objects that git has, once each; and no gaps. */
static void check_some(size_t id_size, uint32_t every)
{
    struct packs *packs = open_packs(".git/objects", id_size);
    struct forest_walk walk = { .types = FOREST_TYPES, .size_max = LIMIT };
    struct seen seen;

    assert_int_equal(0, packs_gaps(packs)->items_count);
    assert_int_equal(count_of_git(), packs_count(packs));
    for (walk.threads = 1; walk.threads < 4; walk.threads++) {
        seen = walked(packs, &walk, id_size);
        assert_int_equal(packs_count(packs), seen.entered);
        assert_int_equal(0, seen.skipped);
        for (uint32_t i = 0; i < packs_count(packs); i++)
            assert_int_equal(1, seen.times[i]);
        free(seen.times);
    }
    check_reads(packs, id_size, every);
    count_by_id(packs, id_size, every);
    packs_close(packs);
}

static void check_all(size_t id_size)
{
    check_some(id_size, 1);
}

static void check_made(const char *options, const char *commands,
                       size_t id_size)
{
    make_history(options, 120);
    sh(commands);
    check_all(id_size);
}

static void one_pack_is_read(void **state)
{
    (void)state;
    check_made("", "git repack -adfq", 20);
}

static void loose_objects_are_read(void **state)
{
    (void)state;
    check_made("",
               "mv .git/objects/pack p; mkdir .git/objects/pack;"
               "cat p/*.pack | git unpack-objects -q; rm -rf p",
               20);
}

static void loose_objects_of_sha256_are_read(void **state)
{
    (void)state;
    check_made("--object-format=sha256",
               "mv .git/objects/pack p; mkdir .git/objects/pack;"
               "cat p/*.pack | git unpack-objects -q; rm -rf p",
               32);
}

static void a_pack_of_sha256_is_read(void **state)
{
    (void)state;
    check_made("--object-format=sha256", "git repack -adfq", 32);
}

static void a_chain_of_thousands_is_read(void **state)
{
    (void)state;
    make_history("", 1500);
    check_some(20, 29); /* each goes down the chain */
}

static void bases_that_are_named_by_id_are_read(void **state)
{
    (void)state;
    check_made("", "git -c repack.useDeltaBaseOffset=false repack -adfq", 20);
}

static void what_is_in_several_packs_and_loose_is_read_once(void **state)
{
    (void)state;
    check_made(
        "",
        "git rev-list --objects --all | cut -c1-40 >all;"
        "head -n 300 all | git pack-objects -q .git/objects/pack/pack >p;"
        "tail -n 300 all | git pack-objects -q .git/objects/pack/pack >p;"
        "touch .git/objects/pack/pack-$(git rev-parse HEAD).keep;"
        "git cat-file blob HEAD:d/0.py | git hash-object -w --stdin >p;"
        "p=$(ls .git/objects/pack/*.pack | head -n 1);"
        "cat $p >p; rm $p; git unpack-objects -q <p; cp p $p; rm p all;"
        "git multi-pack-index write",
        20);
}

static void a_thin_pack_that_was_completed_is_read(void **state)
{
    (void)state;
    check_made("",
               "git repack -adq; mkdir d; git show HEAD:d/0.py >d/0.py; echo x "
               ">>d/0.py;"
               "git read-tree HEAD; git add d/0.py; git commit -qm more;"
               "printf 'HEAD\\n^HEAD~1\\n' |"
               " git pack-objects -q --revs --thin --stdout >thin;"
               "git reset -q --hard HEAD~1; git reflog expire --all "
               "--expire=now; git prune --expire=now;"
               "git index-pack --stdin --fix-thin <thin >/dev/null; rm thin",
               20);
}

static void a_bitmap_and_a_multi_pack_index_change_nothing(void **state)
{
    (void)state;
    check_made("",
               "git repack -adbq; git multi-pack-index write;"
               "git commit -q --allow-empty -m more; git repack -q;"
               "git multi-pack-index write; git prune-packed",
               20);
}

static void packs_without_numbers_are_read_by_id(void **state)
{
    struct object_id missing = { .bytes = { 1 }, .size = 20 };
    struct error err = { .message = "" };
    struct packs_reader *reader;
    struct object object;
    struct packs *packs;

    (void)state;
    make_history("", 120);
    sh("git repack -adfq; git commit-tree -m loose HEAD^{tree} >loose");
    packs = open_packs(".git/objects", 20);
    assert_int_equal(packs_count(packs) - 1, count_by_id(packs, 20, 1));
    packs_close(packs);
    packs = packs_open_unnumbered(".git/objects", 20);
    reader = packs_reader_open(packs);
    assert_int_equal(0, packs_read_id(&object, reader, &missing, LIMIT, &err));
    missing = id_of("HEAD:d/0.py");
    assert_int_equal(-1, packs_read_id(&object, reader, &missing, 9, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    packs_reader_close(reader);
    packs_close(packs);
}

static void what_is_borrowed_is_read(void **state)
{
    (void)state;
    sh("mkdir lender; cd lender");
    check_made("",
               "git repack -adq; mv .git lender/git; git init -q .;"
               "echo ../../lender/git/objects >.git/objects/info/alternates;"
               "git fetch -q lender/git main; git reset -q FETCH_HEAD;"
               "git commit -q --allow-empty -m more",
               20);
}

static void an_empty_repository_has_nothing(void **state)
{
    struct object_id id = { .size = 20 };
    struct packs *packs;

    (void)state;
    sh("git init -q .");
    packs = open_packs(".git/objects", 20);
    assert_int_equal(0, packs_count(packs));
    assert_int_equal(PACKS_NONE, packs_find(packs, &id));
    packs_close(packs);
}

static void only_what_is_wanted_is_entered(void **state)
{
    struct forest_walk walk = { .types = FOREST_TYPE(OBJECT_BLOB),
                                .size_max = LIMIT };
    uint64_t *wanted;
    struct packs *packs;
    struct seen seen;
    struct object_id id;
    uint32_t blob, commit;

    (void)state;
    make_history("", 120);
    sh("git commit -q --allow-empty -m loose; echo >l; git add l");
    packs = open_packs(".git/objects", 20);
    wanted = memory_new(packs_count(packs) / 64 + 1, sizeof(*wanted));
    id = id_of("HEAD~1:d/0.py");
    blob = packs_find(packs, &id);
    id = id_of("HEAD");
    commit = packs_find(packs, &id);
    wanted[blob / 64] |= (uint64_t)1 << blob % 64;
    wanted[commit / 64] |= (uint64_t)1 << commit % 64;
    walk.wanted = wanted;
    seen = walked(packs, &walk, 20);
    assert_int_equal(1, seen.entered);
    assert_int_equal(1, seen.times[blob]);
    free(seen.times);
    free(wanted);
    packs_close(packs);
}

static void a_second_walk_knows_the_types_of_loose_objects(void **state)
{
    struct forest_walk walk = { .types = FOREST_TYPE(OBJECT_COMMIT),
                                .size_max = LIMIT };
    atomic_size_t done = 0;
    struct packs *packs;
    struct seen seen;

    (void)state;
    sh("git init -q .; echo >a; git add a; git commit -qm m");
    packs = open_packs(".git/objects", 20);
    walk.done = &done;
    for (int i = 1; i < 3; i++) {
        seen = walked(packs, &walk, 20);
        assert_int_equal(1, seen.entered);
        assert_int_equal(i, done);
        free(seen.times);
    }
    packs_close(packs);
}

static void expect_gaps(size_t count)
{
    struct packs *packs = open_packs(".git/objects", 20);

    if (packs_gaps(packs)->items_count != count)
        fail_msg("%zu gaps", packs_gaps(packs)->items_count);
    packs_close(packs);
}

static void what_is_not_covered_is_told(void **state)
{
    (void)state;
    make_history("", 120);
    expect_gaps(0);
    sh("cd .git/objects/pack; p=$(ls *.pack); mv ${p%pack}idx x;"
       "git index-pack --index-version=1 $p >/dev/null");
    expect_gaps(1);
    sh("cd .git/objects/pack; rm -f *.idx");
    expect_gaps(1);
    sh("cd .git/objects/pack; rm -f *.pack; mv x x.idx");
    expect_gaps(1);
    sh("cd .git/objects; rm -rf pack; touch pack");
    expect_gaps(1);
    sh("cd .git/objects; rm -rf pack");
    expect_gaps(0);
}

static void a_damaged_loose_object_is_skipped(void **state)
{
    struct forest_walk walk = { .types = FOREST_TYPES, .size_max = LIMIT };
    struct packs *packs;
    struct seen seen;

    (void)state;
    sh("git init -q .; echo >a; git add a; git commit -qm m;"
       "cd .git/objects; f=$(ls [0-9a-f]?/* | head -n 1); chmod +w $f; : >$f");
    packs = open_packs(".git/objects", 20);
    seen = walked(packs, &walk, 20);
    assert_int_equal(2, seen.entered);
    assert_int_equal(1, seen.skipped);
    free(seen.times);
    packs_close(packs);
}

static void an_object_over_the_limit_is_not_read(void **state)
{
    struct packs_reader *reader;
    struct packs *packs;
    struct object object;
    struct object_id id;
    struct error err;

    (void)state;
    sh("git init -q .; head -c 3000 /dev/zero >a; git add a;"
       "git commit -qm m; git repack -adq");
    packs = open_packs(".git/objects", 20);
    reader = packs_reader_open(packs);
    id = id_of("HEAD:a");
    assert_int_equal(
        1, packs_read(&object, reader, packs_find(packs, &id), 3000, &err));
    object_release(&object);
    assert_int_equal(
        -1, packs_read(&object, reader, packs_find(packs, &id), 2999, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    packs_reader_close(reader);
    packs_close(packs);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave)

static void a_walk_knows_before_about_how_much_there_is(void **state)
{
    struct packs *packs;

    (void)state;
    sh("git init -q; for i in 1 2 3; do echo $i >f; git add f; git commit -qm "
       "$i; done;"
       "git gc -q; echo 4 >f; git hash-object -w f >id");
    packs = open_packs(".git/objects", 20);
    assert_int_equal(10, packs_count(packs));
    assert_int_equal(4, packs_expect(packs, FOREST_TYPE(OBJECT_COMMIT), 1));
    assert_int_equal(10, packs_expect(packs, FOREST_TYPES, 2));
    packs_close(packs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_pack_is_read),
        TEST(loose_objects_are_read),
        TEST(loose_objects_of_sha256_are_read),
        TEST(a_pack_of_sha256_is_read),
        TEST(a_walk_knows_before_about_how_much_there_is),
        TEST(a_chain_of_thousands_is_read),
        TEST(bases_that_are_named_by_id_are_read),
        TEST(what_is_in_several_packs_and_loose_is_read_once),
        TEST(a_thin_pack_that_was_completed_is_read),
        TEST(a_bitmap_and_a_multi_pack_index_change_nothing),
        TEST(packs_without_numbers_are_read_by_id),
        TEST(what_is_borrowed_is_read),
        TEST(an_empty_repository_has_nothing),
        TEST(only_what_is_wanted_is_entered),
        TEST(a_second_walk_knows_the_types_of_loose_objects),
        TEST(what_is_not_covered_is_told),
        TEST(a_damaged_loose_object_is_skipped),
        TEST(an_object_over_the_limit_is_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
