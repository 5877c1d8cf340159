#include "tests/test.h"

#include "core/source/nfkc.h"

static const struct {
    const char *what, *identifier, *ascii;
} identifiers[] = {
    { "an ASCII identifier is its own form", "mk_Temp9", "mk_Temp9" },
    { "fullwidth letters", "ｍｋｔｅｍｐ", "mktemp" },
    { "fullwidth capitals, digits, low line", "Ａ＿９Ｚ", "A_9Z" },
    { "bold letters", "𝐦𝐤𝐭𝐞𝐦𝐩", "mktemp" },
    { "script letters with an exception", "𝓂𝓀𝓉ℯ𝓂𝓅", "mktemp" },
    { "the first and the last mathematical letter", "𝐀𝚣", "Az" },
    { "the first and the last mathematical digit", "𝟎𝟿", "09" },
    { "superscript letters", "ᵐᵏᵗᵉᵐᵖ", "mktemp" },
    { "subscript letters", "ₜₑₘₚₙₐₘ", "tempnam" },
    { "feminine and masculine ordinals", "ªº", "ao" },
    { "a ligature is two letters", "tempﬁle", "tempfile" },
    { "a Roman numeral is up to four letters", "ⅷ", "viii" },
    { "double-struck and Kelvin", "ⅇK", "eK" },
    { "mixed with ASCII", "ｔempnam", "tempnam" },
    { "low lines of presentation forms", "a︳b﹏c", "a_b_c" },
    { "the first row of the table", "ª", "a" },
    { "the last row of the table", "\xf0\x9f\xaf\xb9", "9" },
    { "a letter with an accent has no ASCII form", "mktémp", "" },
    { "Greek mathematical letters are Greek", "𝛂", "" },
    { "circled letters are no identifiers", "ⓜ", "" },
    { "a blank ends an identifier", "mk temp", "" },
    { "a lone continuation byte", "mk\x80temp", "" },
    { "a cut sequence", "mk\xef\xbd", "" },
    { "an overlong form of m", "\xc1\xad", "" },
    { "a byte that UTF-8 never has", "\xff", "" },
    { "nothing", "", "" },
};

static void identifiers_have_their_ascii_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(identifiers) / sizeof(*identifiers); i++) {
        char out[32];
        struct text want = text_of(identifiers[i].ascii);
        struct text got = { out, nfkc_ascii(text_of(identifiers[i].identifier),
                                            out, sizeof(out)) };

        if (!text_equal(got, want))
            fail_msg("%s: got \"%.*s\", want \"%s\"", identifiers[i].what,
                     (int)got.size, got.bytes, identifiers[i].ascii);
    }
}

static void the_room_is_a_limit(void **state)
{
    char out[8];

    (void)state;
    assert_int_equal(4, nfkc_ascii(text_of("ⅷ"), out, 4));
    assert_int_equal(0, nfkc_ascii(text_of("ⅷ"), out, 3));
    assert_int_equal(0, nfkc_ascii(text_of("mktem𝐩"), out, 5));
}

static void nothing_is_written_behind_the_room(void **state)
{
    char out[] = "......";

    (void)state;
    nfkc_ascii(text_of("ａｂⅷ"), out, 3);
    assert_string_equal("ab....", out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identifiers_have_their_ascii_form),
        cmocka_unit_test(the_room_is_a_limit),
        cmocka_unit_test(nothing_is_written_behind_the_room),
    };

    return cmocka_run_group_tests_name("core/source/nfkc", tests, NULL, NULL);
}
