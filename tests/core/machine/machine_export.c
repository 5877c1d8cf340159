#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/facts/scan.h"

#define T "import tempfile\n"

static const struct {
    const char *what, *python, *exports;
} rows[] = {
    { "a target by another name", T "mk = tempfile.mktemp\n", "mk" },
    { "a target by its own", "from tempfile import mktemp\n", "" },
    { "a module alone", "import tempfile as t\nt.mktemp()\n", "" },
    { "a member of an argument", "def f(m):\n    return m.mktemp()\n",
      "f tempfile" },
    { "it is not called here", "def f(m):\n    return m.tempnam\n", "f os" },
    { "by another name of the module",
      "import tempfile as t\ndef f(m):\n    m.mktemp()\n", "f tempfile t" },
    { "a name of another module", "import os as o\ndef f(m):\n    m.mktemp()\n",
      "f tempfile" },
    { "so many names that any file may have one",
      "import tempfile as a, tempfile as b, tempfile as c, tempfile as d\n"
      "import tempfile as e, tempfile as g, tempfile as h, tempfile as i\n"
      "def f(m):\n    m.mktemp()\n",
      "f" },
    { "a member of a member", "def f(m):\n    m.x.mktemp()\n", "f tempfile" },
    { "an item of it", "def f(m):\n    m['x'].mktemp()\n", "f tempfile" },
    { "by a string", "def f(m):\n    getattr(m, 'mktemp')()\n", "f tempfile" },
    { "passed on", "def f(m):\n    m.mktemp()\ndef g(m):\n    f(m)\n",
      "f tempfile,g tempfile" },
    { "kept in an object",
      "class C:\n    def __init__(self, m):\n        self.m = m\n"
      "    def f(self):\n        self.m.mktemp()\n",
      "C tempfile" },
    { "of an object of the class",
      "class C:\n    def f(self, m):\n        m.mktemp()\nc = C()\n",
      "C tempfile,c tempfile" },
    { "in a function that is made",
      "def f():\n    def g(m):\n        m.mktemp()\n    return g\n",
      "f tempfile" },
    { "in one that stays inside",
      "def f():\n    def g(m):\n        m.mktemp()\n    g(1)\n", "" },
    { "of self", "class C:\n    def f(self):\n        self.mktemp()\n", "" },
    { "of a factory of pytest",
      "def f(tmp_path_factory, a):\n    tmp_path_factory.mktemp()\n"
      "def g(tmpdir_factory):\n    f(tmpdir_factory, a.mktemp())\n",
      "" },
    { "a target that an argument is by default",
      T "class C:\n    def __init__(self, f=tempfile.mktemp):\n"
        "        self.f = f\n",
      "C" },
    { "a target is stored in an argument",
      T "def f(o):\n    o.mk = tempfile.mktemp\n", "f" },
};

static char *exports_of(const char *python)
{
    struct buffer out = BUFFER_EMPTY;
    struct facts facts;
    struct error err;

    assert_int_equal(0, scan_blob(text_of(python), &facts, &err));
    for (uint32_t i = 0; i < intern_count(&facts.exports); i++) {
        if (i)
            buffer_byte(&out, ',');
        buffer_text(&out, intern_text(&facts.exports, i));
    }
    buffer_byte(&out, '\0');
    facts_release(&facts);
    return buffer_detach(&out);
}

static void names_are_exported_that_a_target_goes_by(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char *got = exports_of(rows[i].python);

        if (strcmp(got, rows[i].exports) != 0)
            fail_msg("%s: got \"%s\", want \"%s\"", rows[i].what, got,
                     rows[i].exports);
        free(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_exported_that_a_target_goes_by),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
