#include "tests/test.h"

#include "store/seal.h"

static const struct secret ours = { "a secret of our own" };

static bool fits(struct seal seal, struct text key, struct text value)
{
    return seal_fits((struct text){ (const char *)seal.bytes, SEAL_SIZE },
                     &ours, key, value);
}

static void a_seal_fits_its_row(void **state)
{
    (void)state;
    assert_true(fits(seal_make(&ours, TEXT("key"), TEXT("value")), TEXT("key"),
                     TEXT("value")));
}

static void a_seal_fits_no_other_key_and_no_other_value(void **state)
{
    struct seal seal = seal_make(&ours, TEXT("key"), TEXT("value"));

    (void)state;
    assert_false(fits(seal, TEXT("kez"), TEXT("value")));
    assert_false(fits(seal, TEXT("key"), TEXT("valuf")));
}

static void no_byte_moves_between_key_and_value(void **state)
{
    struct seal seal = seal_make(&ours, TEXT("key"), TEXT("value"));

    (void)state;
    assert_false(fits(seal, TEXT("keyv"), TEXT("alue")));
}

static void a_flipped_bit_in_the_seal_does_not_fit(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < SEAL_SIZE * 8; bit++) {
        struct seal seal = seal_make(&ours, TEXT("key"), TEXT("value"));

        seal.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(fits(seal, TEXT("key"), TEXT("value")));
    }
}

static void a_seal_of_another_secret_does_not_fit(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < SIPHASH_KEY_SIZE * 8; bit++) {
        struct secret theirs = ours;

        theirs.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(fits(seal_make(&theirs, TEXT("key"), TEXT("value")),
                          TEXT("key"), TEXT("value")));
    }
}

static void a_seal_that_is_cut_does_not_fit(void **state)
{
    struct seal seal = seal_make(&ours, TEXT("key"), TEXT("value"));

    (void)state;
    for (size_t size = 0; size < SEAL_SIZE; size++)
        assert_false(seal_fits((struct text){ (const char *)seal.bytes, size },
                               &ours, TEXT("key"), TEXT("value")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seal_fits_its_row),
        cmocka_unit_test(a_seal_fits_no_other_key_and_no_other_value),
        cmocka_unit_test(no_byte_moves_between_key_and_value),
        cmocka_unit_test(a_flipped_bit_in_the_seal_does_not_fit),
        cmocka_unit_test(a_seal_of_another_secret_does_not_fit),
        cmocka_unit_test(a_seal_that_is_cut_does_not_fit),
    };

    return cmocka_run_group_tests_name("store/seal", tests, NULL, NULL);
}
