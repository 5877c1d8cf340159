#include "tests/test.h"

#include <string.h>

#include "store/header.h"

struct head {
    unsigned char bytes[HEADER_SIZE];
};

static struct head ours(void)
{
    struct head head = { "SQLite format 3" };

    head.bytes[63] = HEADER_SCHEMA_VERSION;
    memcpy(head.bytes + 68, "tgrd", 4);
    return head;
}

static void no_bytes_are_an_empty_file(void **state)
{
    (void)state;
    assert_int_equal(HEADER_EMPTY, header_kind(ours().bytes, 0));
}

static void a_header_of_this_version_is_ours(void **state)
{
    (void)state;
    assert_int_equal(HEADER_OURS, header_kind(ours().bytes, HEADER_SIZE));
}

static void a_cut_header_is_damaged_at_every_size(void **state)
{
    (void)state;
    for (size_t size = 1; size < HEADER_SIZE; size++)
        assert_int_equal(HEADER_DAMAGED, header_kind(ours().bytes, size));
}

static void another_magic_is_damaged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof("SQLite format 3"); i++) {
        struct head head = ours();

        head.bytes[i] ^= 1;
        assert_int_equal(HEADER_DAMAGED, header_kind(head.bytes, HEADER_SIZE));
    }
}

static void another_application_is_foreign_whatever_its_version(void **state)
{
    struct head head = ours();

    (void)state;
    memset(head.bytes + 60, 0xff, 4);
    memset(head.bytes + 68, 0, 4);
    assert_int_equal(HEADER_FOREIGN, header_kind(head.bytes, HEADER_SIZE));
}

static void other_versions_are_older_or_newer(void **state)
{
    struct head head = ours();

    (void)state;
    head.bytes[63] = 0;
    assert_int_equal(HEADER_OLDER, header_kind(head.bytes, HEADER_SIZE));
    head.bytes[63] = HEADER_SCHEMA_VERSION + 1;
    assert_int_equal(HEADER_NEWER, header_kind(head.bytes, HEADER_SIZE));
    head.bytes[60] = 0xff;
    assert_int_equal(HEADER_NEWER, header_kind(head.bytes, HEADER_SIZE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bytes_are_an_empty_file),
        cmocka_unit_test(a_header_of_this_version_is_ours),
        cmocka_unit_test(a_cut_header_is_damaged_at_every_size),
        cmocka_unit_test(another_magic_is_damaged),
        cmocka_unit_test(another_application_is_foreign_whatever_its_version),
        cmocka_unit_test(other_versions_are_older_or_newer),
    };

    return cmocka_run_group_tests_name("store/header", tests, NULL, NULL);
}
