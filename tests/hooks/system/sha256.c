#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "hooks/system/sha256.h"

static void expect(struct text head, struct text body, const char *want)
{
    unsigned char digest[SHA256_SIZE];
    char hex[2 * SHA256_SIZE + 1];

    sha256(digest, head, body);
    for (size_t i = 0; i < SHA256_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    assert_string_equal(want, hex);
}

static void the_examples_of_the_standard_hold(void **state)
{
    (void)state;
    expect(TEXT("a"), TEXT("bc"),
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(TEXT_EMPTY, TEXT_EMPTY,
           "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(TEXT("abcdbcdecdefdefgefghfghighijhijk"),
           TEXT("ijkljklmklmnlmnomnopnopq"),
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million_bytes_over_many_blocks(void **state)
{
    static char bytes[1000000];

    (void)state;
    memset(bytes, 'a', sizeof(bytes));
    expect((struct text){ bytes, 1 }, (struct text){ bytes, sizeof(bytes) - 1 },
           "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_standard_hold),
        cmocka_unit_test(a_million_bytes_over_many_blocks),
    };

    return cmocka_run_group_tests_name("hooks/system/sha256", tests, NULL,
                                       NULL);
}
