#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/source/decode.h"

/* A text in a static table. */
#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

#define UTF8   1, false
#define SINGLE 1, true

static const struct {
    const char *what;
    struct text bytes;
    uint32_t unit;
    bool single_byte;
} files[] = {
    { "an empty file", ROW(""), UTF8 },
    { "no declaration", ROW("import os\n"), UTF8 },
    { "a mark of UTF-8", ROW("\xef\xbb\xbfx"), UTF8 },
    { "a mark against a declaration", ROW("\xef\xbb\xbf# coding: latin-1"),
      UTF8 },
    { "half a mark", ROW("\xef\xbb"), UTF8 },
    { "UTF-16, little", ROW("\xff\xfex\0"), 2, false },
    { "UTF-16, big", ROW("\xfe\xff\0x"), 2, false },
    { "UTF-16, nothing else", ROW("\xff\xfe"), 2, false },
    { "UTF-32, little", ROW("\xff\xfe\0\0x\0\0\0"), 4, false },
    { "UTF-32, big", ROW("\0\0\xfe\xff\0\0\0x"), 4, false },

    { "latin-1", ROW("# -*- coding: latin-1 -*-"), SINGLE },
    { "iso-8859-15", ROW("# vim: set fileencoding=iso-8859-15 :"), SINGLE },
    { "cp1252", ROW("#coding=cp1252"), SINGLE },
    { "ascii", ROW("# coding: ascii"), SINGLE },
    { "gbk", ROW("# coding: gbk"), SINGLE },
    { "what nobody knows", ROW("# coding: future_fstrings"), SINGLE },
    { "utf-8", ROW("# coding: utf-8"), UTF8 },
    { "UTF-8", ROW("# -*- coding: UTF-8 -*-"), UTF8 },
    { "utf8", ROW("# coding=utf8"), UTF8 },
    { "utf_8", ROW("# coding=utf_8"), UTF8 },
    { "utf-8-sig", ROW("# coding: utf-8-sig"), UTF8 },
    { "utf-8-unix", ROW("# coding: utf-8-unix"), UTF8 },
    { "U8", ROW("# coding: U8"), UTF8 },
    { "cp65001", ROW("# coding: cp65001"), UTF8 },
    { "utf-7", ROW("# coding: utf-7"), SINGLE },
    { "utf-16 in ASCII", ROW("# coding: utf-16"), SINGLE },

    { "a name too long to be an alias",
      ROW("# coding: u8xxxxxxxxxxxxxxxxxxxxxxxxxxx"), SINGLE },
    { "the first declaration counts", ROW("# coding: utf-8 coding: ascii"),
      UTF8 },
    { "an empty declaration does not", ROW("# coding: , coding: ascii"),
      SINGLE },
    { "blanks behind the colon", ROW("# coding: \t ascii"), SINGLE },
    { "a blank before the colon", ROW("# coding : ascii"), UTF8 },
    { "a line that is cut", ROW("# coding"), UTF8 },
    { "a colon at the end", ROW("# coding:"), UTF8 },
    { "blanks before the comment", ROW(" \t\f# coding: ascii"), SINGLE },
    { "code before the comment", ROW("x # coding: ascii"), UTF8 },
    { "no comment", ROW("coding: ascii"), UTF8 },

    { "line two below a comment", ROW("#!x\n# coding: ascii"), SINGLE },
    { "line two below a blank", ROW(" \n# coding: ascii"), SINGLE },
    { "line two below CRLF", ROW("#!x\r\n# coding: ascii\r\n"), SINGLE },
    { "line two below CR", ROW("#!x\r# coding: ascii\r"), SINGLE },
    { "line two below code", ROW("x\n# coding: ascii"), UTF8 },
    { "line three", ROW("#\n#\n# coding: ascii"), UTF8 },
    { "line three below CRLF", ROW("\r\n\r\n# coding: ascii"), UTF8 },
    { "line one wins", ROW("# coding: utf-8\n# coding: ascii"), UTF8 },
};

static void a_mark_decides_then_a_declaration(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct encoding got = decode_encoding(files[i].bytes);

        if (got.unit != files[i].unit ||
            got.single_byte != files[i].single_byte)
            fail_msg("%s: got a unit of %u, %s", files[i].what, got.unit,
                     got.single_byte ? "single bytes" : "no single bytes");
    }
}

static void a_declaration_tells_the_codec(void **state)
{
    struct encoding got = decode_encoding(TEXT("# coding: Shift_JIS_2004\n"));

    (void)state;
    assert_int_equal(LEADS_SJIS, got.leads);
    assert_string_equal("\\", got.hides);
    assert_true(text_equal(got.name, TEXT("Shift_JIS_2004")));
}

static const struct {
    const char *what;
    struct text bytes;
    bool hides;
} hiding[] = {
    { "nothing", ROW(""), false },
    { "no declaration", ROW("\xe9 = '+'\n"), false },
    { "UTF-8", ROW("# coding: utf-8\n\xc3\xa9\n"), false },
    { "latin-1 in ASCII", ROW("# coding: latin-1\nx = '+'\n"), false },
    { "latin-1", ROW("# coding: latin-1\n# \xe9\n"), true },
    { "UTF-7", ROW("# coding: utf-7\n# +\n"), true },
    { "UTF-7 in ASCII", ROW("# coding: utf-7\n"), false },
    { "below a blank line", ROW("\r\n\f# coding: utf-7\n# +\n"), true },
    { "below a tab", ROW("\t\n # coding: utf-7\n# +\n"), true },
    { "below code", ROW("x\n# coding: utf-7\n# +\n"), false },
    { "below a mark", ROW("\xef\xbb\xbf# coding: utf-7\n# +\n"), false },
};

static void what_a_declared_encoding_may_hide_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(hiding) / sizeof(*hiding); i++)
        if (decode_may_hide(hiding[i].bytes) != hiding[i].hides)
            fail_msg("%s: got %d", hiding[i].what, !hiding[i].hides);
}

static const struct {
    const char *what;
    struct text bytes;
    size_t gbk, sjis, euc;
} pairs[] = {
    { "ASCII", ROW("ab"), 1, 1, 1 },
    { "the first pair", ROW("\x81\x40"), 2, 2, 1 },
    { "a backslash behind", ROW("\x83\x5c"), 2, 2, 1 },
    { "no ASCII behind", ROW("\xb0\xa1"), 2, 1, 2 },
    { "no lead", ROW("\x80\x40"), 1, 1, 1 },
    { "no lead either", ROW("\xff\x40"), 1, 1, 1 },
    { "a letter of one byte", ROW("\xb1\x5c"), 2, 1, 1 },
    { "behind those letters", ROW("\xe0\x5c"), 2, 2, 1 },
    { "behind the last pair", ROW("\xfd\x5c"), 2, 1, 1 },
    { "a quote behind", ROW("\x83'"), 1, 1, 1 },
    { "a line end behind", ROW("\x83\n"), 1, 1, 1 },
    { "DEL behind", ROW("\x83\x7f"), 1, 1, 1 },
    { "nothing behind", ROW("\x83"), 1, 1, 1 },
};

static void a_pair_is_a_lead_and_a_trail(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        struct text bytes = pairs[i].bytes;

        if (decode_pair(bytes, 0, LEADS_GBK) != pairs[i].gbk ||
            decode_pair(bytes, 0, LEADS_SJIS) != pairs[i].sjis ||
            decode_pair(bytes, 0, LEADS_EUC) != pairs[i].euc ||
            decode_pair(bytes, 0, LEADS_NONE) != 1)
            fail_msg("%s", pairs[i].what);
    }
}

static const struct {
    const char *what;
    struct text bytes;
    const char *text;
} decoded[] = {
    { "nothing", ROW("\xff\xfe"), "" },
    { "ASCII, little",
      ROW("\xff\xfe"
          "a\0\n\0"),
      "a\n" },
    { "ASCII, big", ROW("\xfe\xff\0a\0\n"), "a\n" },
    { "two bytes", ROW("\xff\xfe\xe9\0"), "\xc3\xa9" },
    { "three bytes", ROW("\xfe\xff\x20\x28"), "\xe2\x80\xa8" },
    { "a surrogate pair, little", ROW("\xff\xfe\x3d\xd8\x00\xde"),
      "\xf0\x9f\x98\x80" },
    { "a surrogate pair, big", ROW("\xfe\xff\xd8\x3d\xde\x00"),
      "\xf0\x9f\x98\x80" },
    { "the last character", ROW("\xfe\xff\xdb\xff\xdf\xff"),
      "\xf4\x8f\xbf\xbf" },
    { "a first half alone", ROW("\xfe\xff\xd8\x3d\0a"),
      "\xef\xbf\xbd"
      "a" },
    { "a second half alone", ROW("\xfe\xff\xde\x00\0a"),
      "\xef\xbf\xbd"
      "a" },
    { "two first halves", ROW("\xfe\xff\xd8\x3d\xd8\x3d\xde\x00"),
      "\xef\xbf\xbd\xf0\x9f\x98\x80" },
    { "a first half at the end", ROW("\xfe\xff\xd8\x3d"), "\xef\xbf\xbd" },
    { "half a unit",
      ROW("\xff\xfe"
          "a\0b"),
      "a\xef\xbf\xbd" },
    { "a second mark is a character", ROW("\xfe\xff\xfe\xff"), "\xef\xbb\xbf" },
    { "UTF-32, little", ROW("\xff\xfe\0\0a\0\0\0\x00\xf6\x01\0"),
      "a\xf0\x9f\x98\x80" },
    { "UTF-32, big", ROW("\0\0\xfe\xff\0\0\0a\0\x01\xf6\0"),
      "a\xf0\x9f\x98\x80" },
    { "out of range", ROW("\0\0\xfe\xff\0\x11\0\0\xff\xff\xff\xff"),
      "\xef\xbf\xbd\xef\xbf\xbd" },
    { "half of a pair in UTF-32", ROW("\0\0\xfe\xff\0\0\xd8\x3d"),
      "\xef\xbf\xbd" },
    { "UTF-32 that is cut", ROW("\0\0\xfe\xff\0\0\0"), "\xef\xbf\xbd" },
};

static void utf_16_and_32_become_utf_8(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(decoded) / sizeof(*decoded); i++) {
        struct text bytes = decoded[i].bytes, got;
        char *text = decode_to_utf8(bytes, decode_encoding(bytes), &got.size);

        got.bytes = text;
        if (!text_equal(got, text_of(decoded[i].text)))
            fail_msg("%s: got %.*s", decoded[i].what, (int)got.size, text);
        free(text);
    }
}

static void decoded_text_may_be_half_as_long_again(void **state)
{
    struct text bytes = TEXT("\xfe\xff\x4e\x00\x4e\x00\x4e\x00\x4e\x00");
    size_t size;
    char *text = decode_to_utf8(bytes, decode_encoding(bytes), &size);

    (void)state;
    assert_int_equal(12, size);
    free(text);
}

static const struct {
    const char *what;
    struct text bytes;
    size_t size;
} steps[] = {
    { "ASCII", ROW("a"), 1 },
    { "two bytes", ROW("\xc3\xa9"), 2 },
    { "three bytes", ROW("\xe2\x82\xac"), 3 },
    { "four bytes", ROW("\xf0\x9f\x98\x80"), 4 },
    { "the last one", ROW("\xf4\x8f\xbf\xbf"), 4 },
    { "behind the last one", ROW("\xf4\x90\x80\x80"), 1 },
    { "a byte that starts nothing", ROW("\x80\x80"), 1 },
    { "a byte that never is", ROW("\xff\xbf"), 1 },
    { "two bytes where one will do", ROW("\xc1\xbf"), 1 },
    { "three bytes where two will do", ROW("\xe0\x9f\xbf"), 1 },
    { "four bytes where three will do", ROW("\xf0\x8f\xbf\xbf"), 1 },
    { "half of a pair", ROW("\xed\xa0\x80"), 1 },
    { "before the pairs", ROW("\xed\x9f\xbf"), 3 },
    { "cut by the end", ROW("\xe2\x82"), 1 },
    { "cut by ASCII",
      ROW("\xe2\x82"
          "a"),
      1 },
};

static void a_step_is_a_character_or_a_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        size_t got = decode_step(steps[i].bytes, 0);

        if (got != steps[i].size)
            fail_msg("%s: got %zu", steps[i].what, got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_decides_then_a_declaration),
        cmocka_unit_test(a_declaration_tells_the_codec),
        cmocka_unit_test(what_a_declared_encoding_may_hide_is_told),
        cmocka_unit_test(a_pair_is_a_lead_and_a_trail),
        cmocka_unit_test(utf_16_and_32_become_utf_8),
        cmocka_unit_test(decoded_text_may_be_half_as_long_again),
        cmocka_unit_test(a_step_is_a_character_or_a_byte),
    };

    return cmocka_run_group_tests_name("core/source/decode", tests, NULL, NULL);
}
