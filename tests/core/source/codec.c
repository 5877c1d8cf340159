#include "tests/test.h"

#include "core/source/codec.h"

#include <string.h>

static const struct {
    const char *name;
    enum leads leads;
    const char *hides;
} codecs[] = {
    { "latin-1", LEADS_NONE, NULL },
    { "koi8-r", LEADS_NONE, NULL },
    { "cp1252", LEADS_NONE, NULL },
    { "cp9322", LEADS_NONE, NULL },
    { "future_fstrings", LEADS_NONE, NULL },
    { "a-name-that-is-longer-than-any-of-python-s", LEADS_NONE, NULL },
    { "", LEADS_NONE, NULL },

    { "gbk", LEADS_GBK, NULL },
    { "GB18030", LEADS_GBK, NULL },
    { "cp936", LEADS_GBK, NULL },
    { "big5", LEADS_GBK, NULL },
    { "Big5-HKSCS", LEADS_GBK, NULL },
    { "cp949", LEADS_GBK, NULL },
    { "johab", LEADS_GBK, CODEC_HIGH "\\" },
    { "shift_jis", LEADS_SJIS, NULL },
    { "Shift-JIS", LEADS_SJIS, NULL },
    { "shift.jis", LEADS_SJIS, NULL },
    { "_Shift--Jis-", LEADS_SJIS, NULL },
    { "csShiftJIS", LEADS_SJIS, NULL },
    { "sjis", LEADS_SJIS, NULL },
    { "cp932", LEADS_SJIS, NULL },
    { "shift_jis_2004", LEADS_SJIS, "\\" },
    { "sjisx0213", LEADS_SJIS, "\\" },
    { "euc-jp", LEADS_EUC, NULL },
    { "euc_kr", LEADS_EUC, NULL },
    { "ujis", LEADS_EUC, NULL },
    { "ks_c-5601-1987", LEADS_EUC, NULL },

    { "utf-7", LEADS_NONE, "+" },
    { "UTF7", LEADS_NONE, "+" },
    { "unicode_escape", LEADS_NONE, "\\" },
    { "raw-unicode-escape", LEADS_NONE, "\\" },
    { "hz-gb-2312", LEADS_NONE, "~" },
    { "iso2022_jp", LEADS_NONE, "\x0e\x0f\x1b" },
    { "ISO-2022-KR", LEADS_NONE, "\x0e\x0f\x1b" },
    { "mbcs", LEADS_NONE, CODEC_HIGH },
    { "cp037", LEADS_NONE, "" },
    { "EBCDIC-CP-US", LEADS_NONE, "" },
    { "mac_arabic", LEADS_NONE, CODEC_HIGH },
    { "rot13", LEADS_NONE, "" },
    { "rot_13", LEADS_NONE, "" },
    { "hex_codec", LEADS_NONE, "" },
};

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void a_codec_is_known_by_any_of_its_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(codecs) / sizeof(*codecs); i++) {
        struct codec got = codec_named(text_of(codecs[i].name));

        if (got.is_utf8 || got.leads != codecs[i].leads ||
            !same(got.hides, codecs[i].hides))
            fail_msg("%s: got leads %d, hides %s", codecs[i].name, got.leads,
                     got.hides ? got.hides : "nothing");
    }
}

static void utf_8_is_known_by_how_it_starts(void **state)
{
    static const char *const names[] = { "utf-8",     "UTF8",      "utf_8",
                                         "utf-8-sig", "utf8-unix", "u8" };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (!codec_named(text_of(names[i])).is_utf8)
            fail_msg("%s", names[i]);
}

static void a_codec_hides_something_behind_its_own_bytes_only(void **state)
{
    (void)state;
    assert_false(codec_hides(NULL, TEXT("+\\~\x1b\x80")));
    assert_true(codec_hides("", TEXT("x")));
    assert_true(codec_hides("+", TEXT("x+y")));
    assert_false(codec_hides("+", TEXT("x\\y\0\x80")));
    assert_true(codec_hides(CODEC_HIGH, TEXT("x\xff")));
    assert_false(codec_hides(CODEC_HIGH, TEXT("x\x7f\0")));
    assert_true(codec_hides(CODEC_HIGH "\\", TEXT("\\")));
}

static void letters_of_ascii_stand_where_the_codec_has_them(void **state)
{
    static const struct {
        const char *name, *letter;
    } letters[] = {
        { "latin-1", "\xaa" },   { "nobody-knows", "\xba" },
        { "cp1252", "\xba" },    { "cp437", "\xfc" },
        { "mac_roman", "\xde" }, { "hp-roman8", "\xf9" },
        { "shift_jis", "\x82" }, { "euc-jp", "\xa3" },
        { "big5", "\xa2" },      { "utf-7", "\xaa" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
        if (!strstr(codec_named(text_of(letters[i].name)).letters,
                    letters[i].letter))
            fail_msg("%s", letters[i].name);
    assert_null(strstr(codec_named(TEXT("latin-1")).letters, "\xfc"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_codec_is_known_by_any_of_its_names),
        cmocka_unit_test(utf_8_is_known_by_how_it_starts),
        cmocka_unit_test(letters_of_ascii_stand_where_the_codec_has_them),
        cmocka_unit_test(a_codec_hides_something_behind_its_own_bytes_only),
    };

    return cmocka_run_group_tests_name("core/source/codec", tests, NULL, NULL);
}
