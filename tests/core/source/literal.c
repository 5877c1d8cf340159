#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/source/literal.h"

/* A text in a static table. */
#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

static const struct {
    const char *what;
    struct text bytes;
    bool worth;
} texts[] = {
    { "nothing", ROW(""), false },
    { "mktemp alone", ROW("mktemp"), true },
    { "tempnam alone", ROW("tempnam"), true },
    { "tmpnam alone", ROW("tmpnam"), true },
    { "a call", ROW("import tempfile\nx = tempfile.mktemp()\n"), true },
    { "a NUL byte before it", ROW("x = 1\0mktemp"), true },
    { "after a name that only looks like it", ROW("mktemp2\nmktemp\n"), true },
    { "in a string", ROW("getattr(tempfile, 'mktemp')"), true },
    { "in typographic quotes", ROW("“mktemp”"), true },
    { "mkstemp", ROW("tempfile.mkstemp()"), false },
    { "tempname", ROW("tempname = 1"), false },
    { "mktemp2", ROW("mktemp2()"), false },
    { "_mktemp", ROW("_mktemp()"), false },
    { "mktemp_q", ROW("mktemp_q"), false },
    { "tmpnams", ROW("tmpnams"), false },
    { "xtempnam", ROW("xtempnam"), false },
    { "stmpnam", ROW("stmpnam"), false },
    { "Mktemp", ROW("Mktemp MKTEMP"), false },
    { "cut at the start", ROW("ktemp empnam mpnam pnam"), false },
    { "cut at the end", ROW("mktem"), false },
    { "tempfile alone", ROW("import tempfile, os\ngetattr(os, n)\n"), false },

    { "fullwidth letters", ROW("tempfile.ｍｋｔｅｍｐ()"), true },
    { "script letters", ROW("tempfile.𝓂𝓀𝓉ℯ𝓂𝓅()"), true },
    { "bold letters", ROW("from tempfile import 𝐦𝐤𝐭𝐞𝐦𝐩 as n"), true },
    { "a first letter of another form", ROW("os.ｔempnam()"), true },
    { "a last letter of another form", ROW("tempfile.mktemⓟ mktem𝐩"), true },
    { "a middle letter of another form", ROW("os.tmpnªm()"), true },
    { "superscript letters", ROW("ᵐᵏᵗᵉᵐᵖ"), true },
    { "subscript letters", ROW("ₜₑₘₚₙₐₘ"), true },
    { "double-struck e", ROW("mktⅇmp"), true },
    { "superscript n, roman m", ROW("tⅿpⁿam"), true },
    { "other letters, another name", ROW("ｍｋｓｔｅｍｐ"), false },
    { "other letters, a longer name", ROW("ｍｋｔｅｍｐ2"), false },
    { "other letters, a name behind", ROW("aｍｋｔｅｍｐ"), false },
    { "many other letters", ROW("ｍｍｍｍｍｍｍｍｋｔｅｍｐ"), false },
    { "other letters in capitals", ROW("ＭＫＴＥＭＰ"), false },
    { "circled letters", ROW("ⓜⓚⓣⓔⓜⓟ"), false },
    { "Japanese text", ROW("# 一時ファイル、ｶﾅ"), false },

    { "implicit concatenation", ROW("getattr(os, \"mk\" \"temp\")"), true },
    { "concatenation", ROW("getattr(os, 'mk' + 'temp')"), true },
    { "with different quotes", ROW("vars os \"tmp\" 'nam'"), true },
    { "with three quotes", ROW("vars os '''temp''' \"\"\"nam\"\"\""), true },
    { "in three parts", ROW("vars os 'm' + 'kte' + 'mp'"), true },
    { "in single letters", ROW("vars os 'm'+'k' 't' \n'e' + u'm' + 'p'"),
      true },
    { "in single letters with names",
      ROW("vars os k='k'; m = 'm'\nt =  't'\ne='e';p='p'"), true },
    { "single letters that nothing joins",
      ROW("vars os ['p', 'm', 'e', 't', 'k']"), false },
    { "single letters that are passed by name",
      ROW("vars os\nf(x, k='k')\nf(m='m', e='e', t = 't')\nf([p='p'])"),
      false },
    { "single letters that are compared",
      ROW("vars os\nx == 'm', x != 'k', x <= 't', x >= 'e', x == 'p'"), false },
    { "single letters behind closed brackets",
      ROW("vars os\nf(x); k='k'; (m)='m'; t=  't';e='e' ;p='p'"), true },
    { "single letters with a name and a quote before",
      ROW("vars os\n'('; k='k'\n'('; m='m'\nt='t';e='e';p='p'"), true },
    { "a word with a reader in it", ROW("xvars(os, 'mk' 'temp')"), false },
    { "by variables", ROW("a = 'temp'\nb = 'mk'\ngetattr(os, b + a)"), true },
    { "nobody who reads it", ROW("g(t, 'mk' + 'temp')"), false },
    { "a reader in other letters", ROW("ｇetattr(t, 'mk' 'temp')"), true },
    { "no module to read it from", ROW("cos.getattr(pos, 'mk' 'temp')"),
      false },
    { "a module by its name", ROW("sos(getattr, os, 'mk' 'temp')"), true },
    { "a module by its name at the end", ROW("getattr('mk' 'temp')(os"), true },
    { "an imported module", ROW("vars(__import__(n))['mk' 'temp']"), true },
    { "a module by import_module",
      ROW("getattr(import_module(n), 'mk' 'temp')"), true },
    { "a module that is there", ROW("getattr(sys.modules[n], 'mk' 'temp')"),
      true },
    { "modules of something else",
      ROW("getattr(syste.modules[n], 'mk' 'temp')"), false },
    { "by the dictionary", ROW("os.__dict__['mk' 'temp']()"), true },
    { "a part is missing", ROW("'mk' + 'emp'"), false },
    { "only the last part", ROW("x['temp'] = 1"), false },
    { "parts of different names", ROW("'mk' + 'nam'"), false },
    { "parts within longer literals", ROW("'amk' + 'tempa'"), false },
    { "parts that no quotes surround", ROW("mk + temp, 'p'"), false },

    { "a hexadecimal escape", ROW("getattr(os, '\\x6dktemp')"), true },
    { "an escape in capitals", ROW("getattr(os, '\\x6Dktemp')"), true },
    { "an octal escape", ROW("getattr(os, '\\155ktemp')"), true },
    { "a Unicode escape", ROW("getattr(os, 'mktem\\u0070')"), true },
    { "a long Unicode escape", ROW("vars os 'tem\\U00000070nam'"), true },
    { "a named escape", ROW("vars os '\\N{LATIN SMALL LETTER M}ktemp'"), true },
    { "a named escape in small letters",
      ROW("vars os '\\N{latin small letter m}ktemp'"), true },
    { "nothing but escapes", ROW("vars os '\\x6d\\x6b\\x74\\x65\\x6d\\x70'"),
      true },
    { "escapes and parts", ROW("vars os '\\x6dk' 'tem' '\\160'"), true },
    { "a literal over two lines", ROW("getattr(os, 'mk\\\ntemp')"), true },
    { "with CRLF", ROW("getattr(os, 'mk\\\r\ntemp')"), true },
    { "with CR", ROW("getattr(os, 'mk\\\rtemp')"), true },
    { "two line ends in a row", ROW("getattr(os, 'mk\\\n\\\ntemp')"), true },
    { "a line end before the quote", ROW("getattr(os, 'mk' 'temp\\\n')"),
      true },
    { "an escape of another letter", ROW("'\\x6cktemp'"), false },
    { "an escape that is cut", ROW("'\\x6"), false },
    { "an escape for a letter too many", ROW("'\\x6dktemp\\x70'"), false },
    { "a literal without an end", ROW("'\\x6dktemp"), false },
    { "a quote without an end", ROW("'mk' + 'tem' + 'p"), false },
    { "a binary literal", ROW("b'\\x6d\\x00\\x74\\x6d'"), false },
    { "code over two lines", ROW("x = 1 + \\\n  y"), false },

    { "an encoding that hides words", ROW("# coding: utf-7\n+AG0-ktemp()\n"),
      true },
    { "one that does not here", ROW("# coding: utf-7\nx = 1\n"), false },
    { "letters of another encoding", ROW("# coding: cp437\ntempn\xa6m()\n"),
      true },
    { "the same in UTF-8", ROW("# coding: utf-8\nx = '\xc3\xa9'\n"), false },
    { "none of them", ROW("#!x\n# coding: cp437\nx = 1\n"), false },
    { "no declaration", ROW("x = 1 # coding: cp437\n# \xa6\n"), false },
    { "UTF-16, little end first", ROW("\xff\xfex\0"), true },
    { "UTF-16, big end first", ROW("\xfe\xff\0x"), true },
    { "UTF-32, big end first", ROW("\0\0\xfe\xff\0\0\0x"), true },
    { "a byte order mark of UTF-8", ROW("\xef\xbb\xbfx = 1\n"), false },
};

#define COUNT (sizeof(texts) / sizeof(*texts))

static void texts_are_worth_a_look_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        if (literal_scan(texts[i].bytes) != texts[i].worth)
            fail_msg("%s: got %d", texts[i].what, !texts[i].worth);
}

static void plain_c_says_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        if (literal_scan_portable(texts[i].bytes) != texts[i].worth)
            fail_msg("%s: got %d", texts[i].what, !texts[i].worth);
}

static void a_glance_sees_all_that_a_look_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        if (texts[i].worth && literal_glance(texts[i].bytes) < LITERAL_PARTS)
            fail_msg("%s", texts[i].what);
    assert_int_equal(LITERAL_FOUND, literal_glance(TEXT("mktemp")));
    assert_int_equal(LITERAL_PARTS, literal_glance(TEXT("x['temp'] = 1")));
    assert_int_equal(LITERAL_LONE, literal_glance(TEXT("f('m')")));
    assert_int_equal(LITERAL_NONE, literal_glance(TEXT("mkstemp('x', 'mx')")));
}

/* At every offset in a longer text, in a block of exactly its size. */
static void where_a_text_stands_does_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        struct text text = texts[i].bytes;
        bool at_start = i + 10 >= COUNT;

        for (size_t before = 1; before < 150 && !at_start; before++) {
            size_t after = before * 7 % 71, size = before + text.size + after;
            char *bytes = memory_new(size, 1);

            memset(bytes, ' ', size);
            memcpy(bytes + before, text.bytes, text.size);
            if (literal_scan((struct text){ bytes, size }) != texts[i].worth)
                fail_msg("%s at %zu: got %d", texts[i].what, before,
                         !texts[i].worth);
            free(bytes);
        }
    }
}

/* Pieces put together at random: both ways must agree on whatever comes. */
static void the_ways_to_scan_agree(void **state)
{
    static const char *const pieces[] = {
        "mk",   "temp", "tmp", "nam", "m",  "p",   "kt", "pn",
        "'",    "\"",   " ",   "_",   "\\", "x6d", "\n", "\xef\xbd\x8d",
        "\xc2", "\xaa", "é",   "160", "𝐩",  "ⁿ",   ".",  "\xf0\x9d",
    };
    uint32_t random = 1;
    int worth = 0;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char bytes[160];
        struct text text = { bytes, 0 };

        for (int i = 0; i < 24; i++) {
            const char *piece;

            random = random * 1664525u + 1013904223u;
            piece = pieces[(random >> 16) % (sizeof(pieces) / sizeof(*pieces))];
            memcpy(bytes + text.size, piece, strlen(piece));
            text.size += strlen(piece);
        }
        worth += literal_scan(text);
        if (literal_scan(text) != literal_scan_portable(text))
            fail_msg("round %d: %.*s", round, (int)text.size, text.bytes);
    }
    assert_in_range(worth, 100, 19900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_worth_a_look_or_not),
        cmocka_unit_test(plain_c_says_the_same),
        cmocka_unit_test(a_glance_sees_all_that_a_look_does),
        cmocka_unit_test(where_a_text_stands_does_not_matter),
        cmocka_unit_test(the_ways_to_scan_agree),
    };

    return cmocka_run_group_tests_name("core/source/literal", tests, NULL,
                                       NULL);
}
