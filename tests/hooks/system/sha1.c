#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include <git2.h>

#include "hooks/system/sha1.h"

static void hash(unsigned char digest[SHA1_SIZE], struct text head,
                 struct text body)
{
    unsigned char quick[SHA1_SIZE];

    sha1_plain(digest, head, body);
    if (!sha1_is_there())
        return;
    sha1(quick, head, body);
    assert_memory_equal(quick, digest, SHA1_SIZE);
}

static void expect(struct text head, struct text body, const char *want)
{
    unsigned char digest[SHA1_SIZE];
    char hex[2 * SHA1_SIZE + 1];

    hash(digest, head, body);
    for (size_t i = 0; i < SHA1_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    assert_string_equal(want, hex);
}

static void the_examples_of_the_standard_hold(void **state)
{
    (void)state;
    expect(TEXT("a"), TEXT("bc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    expect(TEXT_EMPTY, TEXT_EMPTY, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    expect(TEXT("abcdbcdecdefdefgefghfghighijhijk"),
           TEXT("ijkljklmklmnlmnomnopnopq"),
           "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
}

static void a_million_bytes_over_many_blocks(void **state)
{
    static char bytes[1000000];

    (void)state;
    memset(bytes, 'a', sizeof(bytes));
    expect((struct text){ bytes, 1 }, (struct text){ bytes, sizeof(bytes) - 1 },
           "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

static void every_size_is_hashed_as_libgit2_does(void **state)
{
    char bytes[400], head[32];

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * i * 31 + i);
    for (size_t size = 0; size <= sizeof(bytes); size++) {
        unsigned char digest[SHA1_SIZE];
        int length = snprintf(head, sizeof(head), "blob %zu", size);
        git_oid want;

        assert_int_equal(0, git_odb_hash(&want, bytes, size, GIT_OBJECT_BLOB));
        hash(digest, (struct text){ head, (size_t)length + 1 },
             (struct text){ bytes, size });
        if (memcmp(digest, want.id, SHA1_SIZE) != 0)
            fail_msg("another digest of %zu bytes", size);
    }
}

static void any_head_is_hashed(void **state)
{
    static char bytes[200];

    (void)state;
    memset(bytes, 'a', sizeof(bytes));
    for (size_t head = 0; head <= SHA1_HEAD_MAX; head++)
        expect((struct text){ bytes, head },
               (struct text){ bytes, sizeof(bytes) - head },
               "e61cfffe0d9195a525fc6cf06ca2d77119c24a40");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_standard_hold),
        cmocka_unit_test(a_million_bytes_over_many_blocks),
        cmocka_unit_test(every_size_is_hashed_as_libgit2_does),
        cmocka_unit_test(any_head_is_hashed),
    };

    return cmocka_run_group_tests_name("hooks/system/sha1", tests, NULL, NULL);
}
