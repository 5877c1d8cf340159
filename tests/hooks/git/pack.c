#include "tests/hooks/packed.h"

#include "hooks/system/mapping.h"

static struct pack_entry entry_of(const struct pack *pack, const char *revision)
{
    struct object_id id = id_of(revision);
    struct pack_entry entry;
    uint64_t offset;
    uint32_t number;

    assert_true(pack_index_find(&pack->index, id.bytes, &number));
    assert_true(pack_index_offset(&pack->index, number, &offset));
    assert_true(pack_entry_read(&entry, pack, offset));
    return entry;
}

static void an_entry_tells_type_and_size(void **state)
{
    struct pack_entry entry;
    struct pack pack;

    (void)state;
    make_history("", 1);
    sh("head -c 70000 /dev/zero >large; git add large; git commit -qm m;"
       "git repack -adfq");
    open_only(&pack, 20);
    entry = entry_of(&pack, "HEAD:large");
    assert_int_equal(PACK_WHOLE, entry.base);
    assert_int_equal(OBJECT_BLOB, entry.type);
    assert_int_equal(70000, entry.size);
    entry = entry_of(&pack, "HEAD");
    assert_int_equal(OBJECT_COMMIT, entry.type);
    pack_close(&pack);
}

static void a_delta_tells_its_base(void **state)
{
    struct object_id base;
    struct pack_entry entry;
    struct pack pack;
    uint32_t number;
    uint64_t offset;

    (void)state;
    make_history("", 3);
    sh("git repack -adfq");
    open_only(&pack, 20);
    entry = entry_of(&pack, "HEAD~1:d/0.py");
    base = id_of("HEAD:d/0.py");
    assert_int_equal(PACK_OFFSET, entry.base);
    assert_true(pack_index_find(&pack.index, base.bytes, &number));
    assert_true(pack_index_offset(&pack.index, number, &offset));
    assert_true(offset == entry.base_offset);
    pack_close(&pack);
    sh("git -c repack.useDeltaBaseOffset=false repack -adfq");
    open_only(&pack, 20);
    entry = entry_of(&pack, "HEAD~1:d/0.py");
    assert_int_equal(PACK_ID, entry.base);
    assert_memory_equal(base.bytes, entry.base_id, 20);
    pack_close(&pack);
}

static void an_index_without_its_pack_is_absent(void **state)
{
    struct error err;
    struct pack pack;
    char *path;

    (void)state;
    make_history("", 1);
    sh("git repack -adfq");
    path = only(ONLY_INDEX);
    sh("rm -f .git/objects/pack/*.pack");
    assert_int_equal(0, pack_open(&pack, path, 20, &err));
    sh("mkdir $(echo .git/objects/pack/*.idx | sed s/idx$/pack/)");
    assert_int_equal(-1, pack_open(&pack, path, 20, &err));
    assert_int_equal(0, pack_open(&pack, "nothing.idx", 20, &err));
    pack_close(&pack);
    free(path);
}

static void a_pack_and_another_ones_index_are_refused(void **state)
{
    struct error err;
    struct pack pack;
    char *path;

    (void)state;
    make_history("", 2);
    sh("git repack -adfq; p=$(echo .git/objects/pack/*.pack); chmod u+w $p;"
       "printf x | dd of=$p bs=1 seek=$(($(wc -c <$p) - 1)) conv=notrunc "
       "2>/dev/null");
    path = only(ONLY_INDEX);
    assert_int_equal(-1, pack_open(&pack, path, 20, &err));
    assert_int_equal(ERROR_FORMAT, err.code);
    assert_int_equal(-1, pack_open(&pack, path, 32, &err));
    free(path);
}

/* A pack of the bytes of one entry, for pack_entry_read alone. */
static bool reads(struct pack_entry *entry, struct text bytes, uint64_t offset)
{
    struct pack pack = { .bytes = bytes, .index = { .id_size = 20 } };

    return pack_entry_read(entry, &pack, offset);
}

#define BYTES(literal)                                                         \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }
#define HEAD  "PACK\0\0\0\2\0\0\0\1"
#define TRAIL "01234567890123456789"

static void heads_that_are_none_are_refused(void **state)
{
    static const struct {
        const char *what;
        struct text bytes;
        bool reads;
    } rows[] = {
        { "a blob", BYTES(HEAD "\x30" TRAIL), true },
        { "type 0", BYTES(HEAD "\x00" TRAIL), false },
        { "type 5", BYTES(HEAD "\x50" TRAIL), false },
        { "a size without an end", BYTES(HEAD "\xb0\xff" TRAIL), false },
        { "a size of 60 bits",
          BYTES(HEAD "\xbf\xff\xff\xff\xff\xff\xff\xff\x7f" TRAIL), true },
        { "a size of more than 64 bits",
          BYTES(HEAD "\xbf\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f" TRAIL),
          false },
        { "a base before the first entry", BYTES(HEAD "\x60\x01" TRAIL),
          false },
        { "itself as its base", BYTES(HEAD "\x60\x00" TRAIL), false },
        { "a distance without an end", BYTES(HEAD "\x60\x80" TRAIL), false },
        { "a distance of more than 64 bits",
          BYTES(HEAD "\x60\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f" TRAIL),
          false },
        { "an id that is cut off", BYTES(HEAD "\x70xxxxxxxxxx" TRAIL), false },
        { "nothing", BYTES(HEAD TRAIL), false },
    };
    struct pack_entry entry;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (reads(&entry, rows[i].bytes, 12) != rows[i].reads)
            fail_msg("%s", rows[i].what);
}

static void offsets_outside_the_entries_are_refused(void **state)
{
    struct text bytes = TEXT(HEAD "\x30" TRAIL);
    struct pack_entry entry;

    (void)state;
    assert_false(reads(&entry, bytes, 0));
    assert_false(reads(&entry, bytes, 11));
    assert_false(reads(&entry, bytes, 13));
    assert_false(reads(&entry, bytes, UINT64_MAX));
}

static void an_empty_file_maps_to_nothing(void **state)
{
    struct text bytes;
    struct error err;

    (void)state;
    put("empty", "");
    assert_int_equal(1, mapping_open(&bytes, "empty", &err));
    assert_int_equal(0, bytes.size);
    mapping_close(&bytes);
    mapping_close(&bytes);
    sh("mkfifo pipe");
    assert_int_equal(-1, mapping_open(&bytes, "pipe", &err));
    assert_int_equal(0, mapping_open(&bytes, "empty/below", &err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_entry_tells_type_and_size),
        TEST(a_delta_tells_its_base),
        TEST(an_index_without_its_pack_is_absent),
        TEST(a_pack_and_another_ones_index_are_refused),
        TEST(heads_that_are_none_are_refused),
        TEST(offsets_outside_the_entries_are_refused),
        TEST(an_empty_file_maps_to_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
