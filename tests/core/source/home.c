#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/source/home.h"

/* A text in a static table. */
#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

static const struct {
    const char *what;
    struct text bytes;
    bool named;
} texts[] = {
    { "nothing", ROW(""), false },
    { "tempfile", ROW("tempfile"), true },
    { "tempnam", ROW("tempnam"), true },
    { "tmpnam", ROW("tmpnam"), true },
    { "a NUL byte before it", ROW("x = 1\0tempfile"), true },
    { "in a longer word", ROW("mytempfiles"), true },
    { "the seed word alone", ROW("import os\nself.mktemp()\n"), false },
    { "cut at the start", ROW("empfile pfile pnam empnam mpnam"), false },
    { "cut at the end", ROW("tempfil"), false },
    { "in capitals", ROW("TempFile TEMPFILE"), false },
    { "a file of temperatures", ROW("temp, file, temp_file, stmpn"), false },

    { "a first letter of another form", ROW("import ｔempfile"), true },
    { "a ligature", ROW("import tempﬁle"), true },
    { "bold letters", ROW("from 𝐭𝐞𝐦𝐩𝐟𝐢𝐥𝐞 import *"), true },
    { "any letter of another form", ROW("# 5ª"), true },
    { "letters that are their own", ROW("# é, 一時ファイル"), false },

    { "a string that says it", ROW("__import__('tempfile')"), true },
    { "side by side", ROW("__import__('temp' 'file')"), true },
    { "with three quotes", ROW("f('''temp''' \"\"\"file\"\"\")"), true },
    { "over lines", ROW("f(\"te\"  # c\n  u'mp'\n  R\"file\")"), true },
    { "added", ROW("f('tem' + 'pfile')"), true },
    { "by variables", ROW("a = 'file'\nb = \"temp\"\nf(b + a)"), true },
    { "letter by letter", ROW("f('t''e''m''p''f''i''l''e')"), true },
    { "a module in it", ROW("f('temp' 'file.x')"), true },
    { "a member's name", ROW("getattr(os, 'tem' + 'pnam')"), true },
    { "the other member's name", ROW("getattr(os, 'tmp' + 'nam')"), true },
    { "an empty string before it", ROW("f('' 'temp' '' 'file')"), true },
    { "the first part alone", ROW("f('temp')"), false },
    { "the last part alone", ROW("f('file')"), false },
    { "parts of several words", ROW("f('tm', 'file', 'te', 'm')"), false },
    { "parts in longer strings", ROW("f(' temp', 'file ')"), false },
    { "a longer last part", ROW("f('temp' 'files')"), false },

    { "an escape", ROW("f('\\x74empfile')"), true },
    { "an octal escape", ROW("f('temp\\146ile')"), true },
    { "a short octal escape", ROW("f('\\164em' 'pfile')"), true },
    { "a Unicode escape", ROW("f('t\\u0065mpfile')"), true },
    { "a long Unicode escape", ROW("f('\\U00000074empfile')"), true },
    { "a named escape", ROW("f('\\N{LATIN SMALL LETTER T}empfile')"), true },
    { "nothing but escapes",
      ROW("f('\\x74\\x65\\x6d\\x70\\x66\\x69\\x6c\\x65')"), true },
    { "an escape in a part", ROW("f('t\\x65mp' + 'fil\\x65')"), true },
    { "a literal over two lines", ROW("f('temp\\\nfile')"), true },
    { "a line end at its start", ROW("f('\\\ntempfile')"), true },
    { "with CRLF", ROW("f('\\\r\ntemp' 'file')"), true },
    { "an escape of another letter", ROW("f('\\x73empfile')"), false },
    { "other escapes", ROW("f('\\n', '\\\\', '\\'', 't\\t')"), false },
    { "an escape that is cut", ROW("'\\x7"), false },
    { "a literal that is cut", ROW("'t"), false },
    { "a quote at the end", ROW("x'"), false },
    { "a backslash at the end", ROW("'\\"), false },

    { "a byte order mark of UTF-8", ROW("\xef\xbb\xbfx = 1\n"), false },
    { "latin-1", ROW("# coding: latin-1\nx = 1\n"), false },
    { "letters of it", ROW("# coding: latin-1\n\xbas.tempnam()\n"), true },
    { "Shift JIS", ROW("# coding: sjis\nx = 1\n"), false },
    { "pairs of it", ROW("# coding: sjis\nx = '\x82\xa0'\n"), true },
    { "UTF-16, little end first", ROW("\xff\xfex\0"), true },
    { "UTF-16, big end first", ROW("\xfe\xff\0x"), true },
    { "UTF-32, big end first", ROW("\0\0\xfe\xff\0\0\0x"), true },
};

#define COUNT (sizeof(texts) / sizeof(*texts))

static void texts_name_a_module_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        if (home_is_named(texts[i].bytes) != texts[i].named)
            fail_msg("%s: got %d", texts[i].what, !texts[i].named);
}

static void plain_c_says_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        if (home_is_named_portable(texts[i].bytes) != texts[i].named)
            fail_msg("%s: got %d", texts[i].what, !texts[i].named);
}

/* At every offset in a longer text, in a block of exactly its size. */
static void where_a_text_stands_does_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i + 5 < COUNT; i++) {
        struct text text = texts[i].bytes;

        for (size_t before = 1; before < 150; before++) {
            size_t after = before * 7 % 71, size = before + text.size + after;
            char *bytes = memory_new(size, 1);

            memset(bytes, ' ', size);
            memcpy(bytes + before, text.bytes, text.size);
            if (home_is_named((struct text){ bytes, size }) != texts[i].named)
                fail_msg("%s at %zu: got %d", texts[i].what, before,
                         !texts[i].named);
            free(bytes);
        }
    }
}

/* Starts of names of characters whose end never comes: quadratic work would not
 * end. */
static void unending_names_of_characters_take_linear_time(void **state)
{
    struct buffer bytes = BUFFER_EMPTY;

    (void)state;
    for (int i = 0; i < 2000000; i++)
        buffer_string(&bytes, "\"\\N");
    assert_false(home_is_named(buffer_view(&bytes)));
    buffer_release(&bytes);
}

/* Pieces put together at random: both ways must agree on whatever comes. */
static void the_ways_to_look_agree(void **state)
{
    static const char *const pieces[] = {
        "temp", "file", "nam", "t", "mp", "e",   "pf",   "pn",
        "'",    "\"",   " ",   "_", "\\", "x74", "\n",   "\xef\xbd\x8d",
        "é",    "164",  "𝐩",   ".", "''", "t\'", "\"\\", "'t",
    };
    uint32_t random = 1;
    int named = 0;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char bytes[160];
        struct text text = { bytes, 0 };

        for (int i = 0; i < 16; i++) {
            const char *piece;

            random = random * 1664525u + 1013904223u;
            piece = pieces[(random >> 16) % (sizeof(pieces) / sizeof(*pieces))];
            memcpy(bytes + text.size, piece, strlen(piece));
            text.size += strlen(piece);
        }
        named += home_is_named(text);
        if (home_is_named(text) != home_is_named_portable(text))
            fail_msg("round %d: %.*s", round, (int)text.size, text.bytes);
    }
    assert_in_range(named, 100, 19900);
}

/* Whoever adds a target has to add words, too. */
static void each_target_takes_one_of_the_words(void **state)
{
    (void)state;
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *info = rule_target((enum target)i);

        assert_true(home_is_named(text_of(info->module)) ||
                    home_is_named(text_of(info->member)));
    }
}

/* ---- the law ------------------------------------------------------------- */

/* How a file can have a target: all these have findings. */
static const char *const files[] = {
    "import tempfile\ntempfile.mktemp()\n",
    "import tempfile as t\nt.mktemp()\n",
    "import tempfile.mktemp as m\nm()\n",
    "from tempfile import *\nmktemp()\n",
    "from tempfile import mktemp as m\nm()\n",
    "import os.path\nos.tempnam()\n",
    "from os import *\ntmpnam()\n",
    "import os\nvars(os)['temp' 'nam']()\n",
    "import os\ngetattr(os, '\\164mpnam')()\n",
    "import ｔｅｍｐｆｉｌｅ\nｔｅｍｐｆｉｌｅ.mktemp()\n",
    "import tempﬁle as t\nt.mktemp()\n",
    "from 𝐭𝐞𝐦𝐩𝐟𝐢𝐥𝐞 import mktemp\nmktemp()\n",
    "__import__('tempfile').mktemp()\n",
    "__import__('temp' 'file').mktemp()\n",
    "__import__('temp' + 'file').mktemp()\n",
    "__import__('temp' 'file.x').mktemp()\n",
    "__import__('''temp''' \"file\").mktemp()\n",
    "__import__('\\x74empfile').mktemp()\n",
    "__import__('temp\\\nfile').mktemp()\n",
    "__import__('te\\N{LATIN SMALL LETTER M}pfile').mktemp()\n",
    "__𝐢mport__('temp' 'file').mktemp()\n",
    "import builtins as b\nb.getattr(b, '__import__')('tempfile').mktemp()\n",
    "n = 'te'\nn = n + 'mp'\nn = n + 'file'\n__import__(n).mktemp()\n",
    "import importlib\nimportlib.import_module('temp' 'file').mktemp()\n",
    "import importlib\nimportlib.import_module('temp' 'file.mktemp')()\n",
    "from importlib import import_module as i\ni('t' 'empfile').mktemp()\n",
    "import sys\nsys.modules['temp' 'file'].mktemp()\n",
    "from sys import modules as m\nm['temp' 'file'].mktemp()\n",
    "# coding: sjis\nimport tempfile\ntempfile.mktemp() # \x82\xa0\n",
    "\xef\xbb\xbfimport tempfile\ntempfile.mktemp()\n",
};

static size_t count_findings(struct text bytes)
{
    struct facts facts;
    struct error err;
    size_t count;

    if (scan_whole(bytes, &facts, &err) < 0)
        fail_msg("%s: %s", bytes.bytes, err.message);
    count = facts.findings_count;
    facts_release(&facts);
    return count;
}

static void what_has_a_finding_names_a_module(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct text bytes = text_of(files[i]);

        if (count_findings(bytes) == 0)
            fail_msg("no finding: %s", files[i]);
        if (!home_is_named(bytes) || !scan_worthwhile_alone(bytes))
            fail_msg("no word: %s", files[i]);
    }
}

static void a_wide_file_is_taken_for_one(void **state)
{
    static const char narrow[] = "import tempfile\ntempfile.mktemp()\n";
    char wide[2 * sizeof(narrow)] = "\xff\xfe";
    struct text bytes = { wide, 2 * sizeof(narrow) };

    (void)state;
    for (size_t i = 0; i + 1 < sizeof(narrow); i++)
        wide[2 * i + 2] = narrow[i];
    assert_int_equal(1, count_findings(bytes));
    assert_true(home_is_named(bytes));
}

/* Programs without such a word, at random: none has a finding. */
static void without_a_word_there_is_no_finding(void **state)
{
    static const char *const lines[] = {
        "import os, sys, importlib, builtins\n",
        "from host import *\n",
        "from six.moves import temp\n",
        "from . import temp, file\n",
        "import temp.file as t\n",
        "n = 'temp'\n",
        "n = n + '_file'\n",
        "t = __import__(n)\n",
        "t = sys.modules['os']\n",
        "t = importlib.import_module('temp' '.file')\n",
        "t = getattr(host, 'temp')\n",
        "t = temp.file\n",
        "mktemp = t.mktemp\n",
        "class C(host.T):\n    def f(self):\n        self.mktemp()\n",
        "def f(t, m=mktemp):\n    t.mktemp()\n    m()\n",
        "f(os)\n",
        "t.mktemp()\n",
        "mktemp()\n",
        "getattr(t, 'mk' 'temp')()\n",
        "C('mktemp').f()\n",
        "temp = t = os\n",
    };
    uint32_t random = 1;

    (void)state;
    for (int round = 0; round < 300; round++) {
        char bytes[2048] = "";
        struct text text = { bytes, 0 };

        for (int i = 0; i < 20; i++) {
            const char *line;

            random = random * 1664525u + 1013904223u;
            line = lines[(random >> 16) % (sizeof(lines) / sizeof(*lines))];
            memcpy(bytes + text.size, line, strlen(line));
            text.size += strlen(line);
        }
        if (home_is_named(text) || count_findings(text) > 0)
            fail_msg("round %d:\n%s", round, bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_name_a_module_or_not),
        cmocka_unit_test(plain_c_says_the_same),
        cmocka_unit_test(where_a_text_stands_does_not_matter),
        cmocka_unit_test(unending_names_of_characters_take_linear_time),
        cmocka_unit_test(the_ways_to_look_agree),
        cmocka_unit_test(each_target_takes_one_of_the_words),
        cmocka_unit_test(what_has_a_finding_names_a_module),
        cmocka_unit_test(a_wide_file_is_taken_for_one),
        cmocka_unit_test(without_a_word_there_is_no_finding),
    };

    return cmocka_run_group_tests_name("core/source/home", tests, NULL, NULL);
}
