#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/slice/track.h"

/* A letter for each logical line: m matters, a asks, b both, - neither. */
static char *lines_of(const char *python)
{
    struct buffer out = BUFFER_EMPTY;
    struct source source;
    struct track track = TRACK_EMPTY;
    enum track_verdict verdict;
    struct error err;

    assert_int_equal(0, source_open(&source, text_of(python), &err));
    verdict = track_words(&track, &source);
    for (size_t i = 0; i < source.logicals_count; i++)
        buffer_byte(&out, "-mab"[track.matters[i] + 2 * track.asks[i]]);
    if (verdict != TRACK_LINES) {
        buffer_release(&out);
        buffer_string(&out, verdict == TRACK_ALL ? "all" : "nothing");
    }
    track_release(&track);
    source_close(&source);
    return buffer_detach(&out);
}

#define T "import tempfile; tempfile.mktemp()\n"
#define M "from tempfile import mktemp; mktemp()\n"
#define O "import os; os.tempnam()\n"

static const struct {
    const char *what, *python, *lines;
} rows[] = {
    { "imports and calls", "import a, tempfile\nb\ntempfile.mktemp(c)\n",
      "m-m" },
    { "in several statements on one line", "a; import tempfile; b\n" T, "mm" },
    { "an import behind another", "from a import b; import tempfile\n" T,
      "mm" },
    { "in brackets", "from tempfile import (\n  a,\n  mktemp)\nmktemp()\n",
      "mm" },
    { "a lazy import", "lazy import tempfile\n" T, "mm" },
    { "of a module that starts like it", "import os.path\n" O, "mm" },
    { "a member by another name", "from tempfile import gettempdir as g\n" T,
      "mm" },
    { "a star", "from tempfile import *\nmktemp()\n", "mm" },
    { "another member", T "tempfile.gettempdir\n", "mm" },
    { "an attribute of that name", T "a.tempfile = b\n", "m-" },
    { "a module in a package of that name", T "import a.tempfile\n", "m-" },
    { "a keyword in a string", T "a = 'raise'\n", "m-" },
    { "an end of the module", T "if a:\n raise b\n", "m-m" },
    { "an end of a class", T "class A:\n while b: c\n", "m-m" },
    { "an end of a function", T "def f():\n raise b\nasync def g(): raise b\n",
      "m---" },
    { "the truth of an import", "import a\n" T "if not (a):\n b\nif a.b: c\n",
      "-ma--" },
    { "a method of that name", T "class A:\n def mktemp(self): b\n", "m-m" },
    { "a parameter of that name", T "def f(tempfile): a\n", "all" },
    { "a default", T "def f(a=tempfile): b\n", "all" },
    { "a special member", T "tempfile.__dict__\n", "all" },
    { "a member across lines", T "(tempfile\n .mktemp)\n", "all" },
    { "a target deleted", M "del mktemp\n", "all" },
    { "a target as a keyword", M "f(mktemp=1)\n", "all" },
    { "a target that decorates", M "@mktemp\ndef f(): a\n", "all" },
    { "another import of the name", T "import a as tempfile\n", "all" },
    { "a function of the name", T "def tempfile(): a\n", "all" },
    { "a target's own module", "import tempfile.mktemp as m\nm()\n", "all" },
    { "os as another", "import os.tempnam as m\n" O, "all" },
    { "a module of the tree", "from . import tempfile\ntempfile.mktemp()\n",
      "mm" },
    { "a target of another module", "from a import mktemp\nmktemp()\n", "mm" },
    { "a star of another module", "import b\nfrom a import *\n", "-m" },
    { "a member by a string", "getattr(a, 'mk' 'temp')\n", "all" },
    { "a member of a dict", "vars(a)['mktemp']\n", "all" },
    { "another member by a string", T "getattr(a, 'b')\n", "m-" },
    { "a name in a string", "import tempfile\nf('mktemp')\n", "nothing" },
    { "modules by strings", T "sys.modules['tempfile']\n", "all" },
    { "modules by other strings", T "sys.modules['a']\n", "m-" },
    { "a variable called modules", T "modules['tempfile']\n", "m-" },
};

static void lines_matter_that_can_have_a_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char *got = lines_of(rows[i].python);

        if (strcmp(got, rows[i].lines) != 0)
            fail_msg("%s: got %s, want %s", rows[i].what, got, rows[i].lines);
        free(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_matter_that_can_have_a_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
