#include "tests/test.h"

#include <string.h>

#include "store/siphash.h"

/* vectors_sip128 of the reference implementation: key and input count up. */
static const struct {
    const char *what;
    size_t size;
    unsigned char out[SIPHASH_SIZE];
} vectors[] = {
    { "no bytes",
      0,
      { 0xa3, 0x81, 0x7f, 0x04, 0xba, 0x25, 0xa8, 0xe6, 0x6d, 0xf6, 0x72, 0x14,
        0xc7, 0x55, 0x02, 0x93 } },
    { "one byte",
      1,
      { 0xda, 0x87, 0xc1, 0xd8, 0x6b, 0x99, 0xaf, 0x44, 0x34, 0x76, 0x59, 0x11,
        0x9b, 0x22, 0xfc, 0x45 } },
    { "one short of a word",
      7,
      { 0xa1, 0xf1, 0xeb, 0xbe, 0xd8, 0xdb, 0xc1, 0x53, 0xc0, 0xb8, 0x4a, 0xa6,
        0x1f, 0xf0, 0x82, 0x39 } },
    { "a word",
      8,
      { 0x3b, 0x62, 0xa9, 0xba, 0x62, 0x58, 0xf5, 0x61, 0x0f, 0x83, 0xe2, 0x64,
        0xf3, 0x14, 0x97, 0xb4 } },
    { "a word and a byte",
      9,
      { 0x26, 0x44, 0x99, 0x06, 0x0a, 0xd9, 0xba, 0xab, 0xc4, 0x7f, 0x8b, 0x02,
        0xbb, 0x6d, 0x71, 0xed } },
    { "63 bytes",
      63,
      { 0x51, 0x50, 0xd1, 0x77, 0x2f, 0x50, 0x83, 0x4a, 0x50, 0x3e, 0x06, 0x9a,
        0x97, 0x3f, 0xbd, 0x7c } },
};

static void the_reference_vectors_come_out(void **state)
{
    unsigned char key[SIPHASH_KEY_SIZE], out[SIPHASH_SIZE];
    char input[64];

    (void)state;
    for (size_t i = 0; i < sizeof(key); i++)
        key[i] = (unsigned char)i;
    for (size_t i = 0; i < sizeof(input); i++)
        input[i] = (char)i;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
        struct siphash hash;

        siphash_begin(&hash, key);
        siphash_feed(&hash, (struct text){ input, vectors[i].size });
        siphash_end(&hash, out);
        if (memcmp(out, vectors[i].out, sizeof(out)) != 0)
            fail_msg("%s", vectors[i].what);
    }
}

static void pieces_hash_as_the_whole_does(void **state)
{
    static const unsigned char key[SIPHASH_KEY_SIZE] = { 1 };
    struct text whole = TEXT("0123456789abcdefghijklmnopqrstuvwxyz");
    unsigned char wanted[SIPHASH_SIZE], out[SIPHASH_SIZE];
    struct siphash hash;

    (void)state;
    siphash_begin(&hash, key);
    siphash_feed(&hash, whole);
    siphash_end(&hash, wanted);
    for (size_t cut = 0; cut <= whole.size; cut++) {
        siphash_begin(&hash, key);
        siphash_feed(&hash, text_slice(whole, 0, cut));
        siphash_feed(&hash, text_slice(whole, cut, whole.size));
        siphash_end(&hash, out);
        assert_memory_equal(out, wanted, sizeof(out));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reference_vectors_come_out),
        cmocka_unit_test(pieces_hash_as_the_whole_does),
    };

    return cmocka_run_group_tests_name("store/siphash", tests, NULL, NULL);
}
