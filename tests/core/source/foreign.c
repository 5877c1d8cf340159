#include "tests/test.h"

#include <string.h>

#include "core/source/foreign.h"

#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

#define LATIN "# coding: latin-1\n"
#define SJIS  "# coding: shift_jis\n"

/* The message, or NULL where the file is read. */
static const struct {
    const char *what;
    struct text bytes;
    const char *message;
} files[] = {
    { "ASCII alone", ROW(LATIN "x = 1\n"), NULL },
    { "a comment", ROW(LATIN "x = 1 # \xe9\n"), NULL },
    { "a string", ROW(LATIN "x = '\xe9' + \"\xe9\" + r'''\xe9\n\xe9'''\n"),
      NULL },
    { "what a formatted string says", ROW(LATIN "x = f'\xe9{a}\xe9{{\xe9}}'\n"),
      NULL },
    { "a pair with a quote's neighbour",
      ROW(SJIS "x = '\x95\x5c' # \x95\x5c\n"), NULL },
    { "UTF-8", ROW("\xc3\xa9 = 1\n"), NULL },
    { "UTF-8 that is declared", ROW("# coding: utf8\n\xc3\xa9 = 1\n"), NULL },
    { "no UTF-8, and no declaration", ROW("\xe9 = 1\n"), NULL },

    { "a name",
      ROW(LATIN "gr\xf6\xdf"
                "e = 1\n"),
      NULL },
    { "a name in braces", ROW(LATIN "f'{\xe9.mktemp()}'\n"), NULL },
    { "names in pairs", ROW(SJIS "\x95\x5c = \x96\xbc\n"), NULL },
    { "a name twice", ROW(LATIN "\xe9 = \xe9\n"), NULL },

    { "what may be a letter", ROW(LATIN "x = '' + tempn\xaam\n"),
      "names in the encoding 'latin-1'" },
    { "what may be one in another encoding", ROW(LATIN "x\xa6 = 1\n"), NULL },
    { "such a letter in braces", ROW(LATIN "f'{\xbas.mktemp()}'\n"),
      "names in the encoding 'latin-1'" },
    { "such a letter in braces within braces", ROW(LATIN "f'{{{x:{\xba}}}}'\n"),
      "names in the encoding 'latin-1'" },
    { "a letter of DOS", ROW("# coding: cp437\nx\xa6 = 1\n"),
      "names in the encoding 'cp437'" },
    { "letters of full width", ROW(SJIS "\x82\x8d\x82\x8b.x()\n"),
      "names in the encoding 'shift_jis'" },
    { "four bytes a character",
      ROW("# coding: gb18030\n\x94\x32\xbd\x36 = 1\n"),
      "names in the encoding 'gb18030'" },
    { "two names that become one", ROW(LATIN "\xe4 = \xca\n"),
      "names in the encoding 'latin-1'" },
    { "a name that becomes another", ROW(LATIN "Z = 1\n\xe9 = 2\n"),
      "names in the encoding 'latin-1'" },
    { "a name that becomes a keyword",
      ROW(LATIN "\xdd"
                "one = 2\n"),
      "names in the encoding 'latin-1'" },
    { "an encoding that nobody knows", ROW("# coding: x.y\n\xaa = 1\n"),
      "names in the encoding 'x.y'" },

    { "UTF-7 without base64", ROW("# coding: utf-7\nx = 1\n"), NULL },
    { "UTF-7", ROW("# coding: utf-7\n# +AAo-x\n"),
      "the encoding 'utf-7' hides what the bytes say" },
    { "escapes", ROW("# coding: unicode_escape\n#\\nx\n"),
      "the encoding 'unicode_escape' hides what the bytes say" },
    { "a yen sign", ROW("# coding: shift_jis_2004\nx = '\\'\n"),
      "the encoding 'shift_jis_2004' hides what the bytes say" },
    { "no ASCII", ROW("#\n# coding: rot13\n"),
      "the encoding 'rot13' hides what the bytes say" },
    { "a long name",
      ROW("# coding: rot_______________________________________________13\n"),
      "the encoding 'rot_____________________________________' hides" },
};

static void what_is_not_read_is_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct source source;
        struct error err = { .message = "" };
        int result = source_open(&source, files[i].bytes, &err);

        if (result != (files[i].message ? -1 : 0) ||
            (files[i].message && !strstr(err.message, files[i].message)))
            fail_msg("%s: got %d, %s", files[i].what, result, err.message);
        if (result < 0)
            assert_null(source.code);
        source_close(&source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_read_is_said),
    };

    return cmocka_run_group_tests_name("core/source/foreign", tests, NULL,
                                       NULL);
}
