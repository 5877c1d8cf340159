#include "tests/hooks/sandbox.h"

#include "hooks/git/loose.h"
#include "tests/hooks/stored.h"

#define LIMIT ((size_t)1 << 20)

static int parsed(struct object *object, struct text deflated, size_t size_max,
                  struct error *err)
{
    struct inflater *inflater = inflater_open();
    int result = loose_parse(object, inflater, deflated, size_max, err);

    inflater_close(inflater);
    return result;
}

static int read_id(struct object *object, const char *revision, size_t size_max,
                   struct error *err)
{
    struct inflater *inflater = inflater_open();
    struct object_id id = id_of(revision);
    int result =
        loose_read(object, inflater, ".git/objects", &id, size_max, err);

    inflater_close(inflater);
    return result;
}

static void loose_objects_are_listed_in_order(void **state)
{
    struct loose_list list = { 0 };
    struct paths gaps = { 0 };

    (void)state;
    sh("for i in 1 2 3 4 5 6 7 8 9; do echo $i >$i; done; git add .;"
       "mkdir .git/objects/zz; touch .git/objects/zz/x;"
       "touch .git/objects/$(cd .git/objects; ls | head -n 1)/tmp_obj_x");
    loose_list(&list, ".git/objects", 20, &gaps);
    assert_int_equal(9, list.count);
    assert_int_equal(0, gaps.items_count);
    for (size_t i = 1; i < list.count; i++)
        assert_true(memcmp(list.ids + 20 * (i - 1), list.ids + 20 * i, 20) < 0);
    loose_list_release(&list);
}

static void ids_of_another_hash_are_not_listed(void **state)
{
    struct loose_list list = { 0 };
    struct paths gaps = { 0 };

    (void)state;
    sh("echo a >a; git add a");
    loose_list(&list, ".git/objects", 32, &gaps);
    assert_int_equal(0, list.count);
    loose_list_release(&list);
}

static void a_loose_object_is_read(void **state)
{
    struct object object;
    struct error err;

    (void)state;
    put("a.py", CALL);
    sh("git add a.py; git commit -qm m");
    assert_int_equal(1, read_id(&object, "HEAD:a.py", LIMIT, &err));
    assert_int_equal(OBJECT_BLOB, object.type);
    assert_true(text_equal(TEXT(CALL), object.bytes));
    object_release(&object);
    assert_int_equal(1, read_id(&object, "HEAD", LIMIT, &err));
    assert_int_equal(OBJECT_COMMIT, object.type);
    object_release(&object);
    assert_int_equal(1, read_id(&object, "HEAD^{tree}", LIMIT, &err));
    assert_int_equal(OBJECT_TREE, object.type);
    object_release(&object);
}

static void one_that_is_not_there_is_absent(void **state)
{
    struct inflater *inflater = inflater_open();
    struct object_id id = { .size = 20 };
    struct object object;
    struct error err;

    (void)state;
    assert_int_equal(
        0, loose_read(&object, inflater, ".git/objects", &id, LIMIT, &err));
    inflater_close(inflater);
}

static void a_large_one_is_read_up_to_the_limit(void **state)
{
    struct object object;
    struct error err;

    (void)state;
    sh("head -c 300000 /dev/zero >a; git add a");
    assert_int_equal(1, read_id(&object, ":a", 300000, &err));
    assert_int_equal(300000, object.bytes.size);
    object_release(&object);
    assert_int_equal(-1, read_id(&object, ":a", 299999, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_int_equal(-1, read_id(&object, ":a", 1000, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
}

static void an_empty_one_is_read(void **state)
{
    struct object object;
    struct error err;

    (void)state;
    sh(": >a; git add a");
    assert_int_equal(1, read_id(&object, ":a", 0, &err));
    assert_int_equal(0, object.bytes.size);
    object_release(&object);
}

static struct buffer stored(struct text bytes)
{
    struct buffer out = BUFFER_EMPTY;

    write_stored(&out, bytes);
    return out;
}

#define BYTES(literal)                                                         \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

static const struct {
    const char *what;
    struct text bytes;
    int result;
} heads[] = {
    { "a blob", BYTES("blob 3\0abc"), 1 },
    { "a tag", BYTES("tag 0\0"), 1 },
    { "another type", BYTES("blub 3\0abc"), -1 },
    { "no type", BYTES("3\0abc"), -1 },
    { "a byte less", BYTES("blob 3\0ab"), -1 },
    { "a byte more", BYTES("blob 3\0abcd"), -1 },
    { "no size", BYTES("blob \0abc"), -1 },
    { "a zero in front", BYTES("blob 03\0abc"), -1 },
    { "a sign", BYTES("blob +3\0abc"), -1 },
    { "a long number", BYTES("blob 18446744073709551619\0abc"), -1 },
    { "no end of the head", BYTES("blob 3"), -1 },
    { "nothing", BYTES(""), -1 },
};

static void a_head_that_lies_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        struct buffer deflated = stored(heads[i].bytes);
        struct object object;
        struct error err;

        if (parsed(&object, buffer_view(&deflated), LIMIT, &err) !=
            heads[i].result)
            fail_msg("%s", heads[i].what);
        object_release(&object);
        buffer_release(&deflated);
    }
}

static void each_byte_of_it_matters(void **state)
{
    struct buffer deflated = stored((struct text)BYTES("blob 3\0abc"));
    struct object object;
    struct error err;

    (void)state;
    for (size_t i = 0; i < deflated.size; i++) {
        if (parsed(&object, (struct text){ deflated.bytes, i }, LIMIT, &err) ==
            1)
            fail_msg("cut to %zu bytes", i);
        deflated.bytes[i] ^= 1;
        if (parsed(&object, buffer_view(&deflated), LIMIT, &err) == 1)
            fail_msg("byte %zu", i);
        deflated.bytes[i] ^= 1;
    }
    buffer_release(&deflated);
}

static void folders_that_cannot_be_read_are_gaps(void **state)
{
    struct loose_list list = { 0 };
    struct paths gaps = { 0 };

    (void)state;
    sh("mkdir -p o/00; ln -s loop o/loop; ln -s ../o/loop/loop o/01;"
       "ln -s 02 o/02");
    loose_list(&list, "o", 20, &gaps);
    assert_int_equal(0, list.count);
    assert_int_equal(2, gaps.items_count);
    paths_release(&gaps);
    loose_list_release(&list);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(loose_objects_are_listed_in_order),
        TEST(ids_of_another_hash_are_not_listed),
        TEST(a_loose_object_is_read),
        TEST(one_that_is_not_there_is_absent),
        TEST(a_large_one_is_read_up_to_the_limit),
        TEST(an_empty_one_is_read),
        TEST(a_head_that_lies_is_refused),
        TEST(each_byte_of_it_matters),
        TEST(folders_that_cannot_be_read_are_gaps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
