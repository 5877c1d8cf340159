#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/memory.h"
#include "core/facts/memo.h"
#include "core/facts/scan.h"
#include "core/slice/slice.h"

#define WHOLE   "(whole)"
#define NOTHING "(nothing)"

static char *slice_of(const char *python)
{
    struct source source;
    struct slice slice;
    struct error err;
    char *made;

    if (source_open(&source, text_of(python), &err) < 0)
        fail_msg("%s: %s", python, err.message);
    slice_open(&slice, &source);
    if (slice.kind == SLICE_PART)
        made = memory_copy(slice.part.text.bytes, slice.part.text.size);
    else if (slice.kind == SLICE_WHOLE)
        made = memory_copy(WHOLE, strlen(WHOLE));
    else
        made = memory_copy(NOTHING, strlen(NOTHING));
    slice_close(&slice);
    source_close(&source);
    return made;
}

static const struct {
    const char *what, *python, *slice;
} slices[] = {
    { "statements that do not name a target's module are left out",
      "import sys\nimport tempfile\nx = sys.argv\ny = tempfile.mktemp()\n",
      "import tempfile\ny = tempfile.mktemp()\n" },
    { "blank lines and comments are, too",
      "import tempfile # it is\n\n# here\ndef f():\n\n    # no\n"
      "    return tempfile.mktemp()\n",
      "import tempfile\ndef f():\n    return tempfile.mktemp()\n" },
    { "a function is kept as a whole",
      "from tempfile import mktemp\ndef f():\n    x = 1\n    return mktemp()\n"
      "def g():\n    return 1\n",
      "from tempfile import mktemp\ndef f():\n    x = 1\n"
      "    return mktemp()\n" },
    { "of a class, the members that name one",
      "import tempfile\nclass C(B):\n    x = 1\n    @d\n    def f(self):\n"
      "        return tempfile.mktemp()\n    def g(self):\n        pass\n",
      "import tempfile\nclass C(B):\n    @d\n    def f(self):\n"
      "        return tempfile.mktemp()\n" },
    { "a class whose head alone names one passes",
      "import tempfile\nclass C(f(tempfile.mktemp())):\n    x = 1\n",
      "import tempfile\nclass C(f(tempfile.mktemp())):\n    pass\n" },
    { "decorators belong to what they decorate",
      "import tempfile\n@a\n@b(tempfile.mktemp())\ndef f():\n    pass\n"
      "@a\ndef g():\n    pass\n",
      "import tempfile\n@a\n@b(tempfile.mktemp())\ndef f():\n    pass\n" },
    { "the clauses of a statement stay together",
      "try:\n    import tempfile\nexcept ImportError:\n    x = 1\nelse:\n"
      "    y = 1\ntempfile.mktemp()\n",
      "try:\n    import tempfile\nexcept ImportError:\n    x = 1\nelse:\n"
      "    y = 1\ntempfile.mktemp()\n" },
    { "what may end the module is kept",
      "import tempfile\nif x:\n    raise E\ntempfile.mktemp()\n",
      "import tempfile\nif x:\n    raise E\ntempfile.mktemp()\n" },
    { "what ends a function is not",
      "import tempfile\ndef f():\n    raise E\ntempfile.mktemp()\n",
      "import tempfile\ntempfile.mktemp()\n" },
    { "every star import is kept",
      "import tempfile\nfrom a import *\nfrom b import c\n"
      "tempfile.mktemp()\n",
      "import tempfile\nfrom a import *\ntempfile.mktemp()\n" },
    { "without a use of a target there is nothing",
      "import tempfile\nx = 'mktemp'\n", NOTHING },
    { "os matters for its own targets only",
      "import os\nimport tempfile\nx = os\ntempfile.mktemp()\n",
      "import tempfile\ntempfile.mktemp()\n" },
    { "a call in a formatted string is code",
      "import tempfile\nx = f'{tempfile.mktemp()}'\ny = 'tempfile'\n",
      "import tempfile\nx = f'{tempfile.mktemp()}'\n" },
    { "a module that is stored", "import tempfile\nt = tempfile\nt.mktemp()\n",
      WHOLE },
    { "a target that is stored", "import tempfile\nf = tempfile.mktemp\nf()\n",
      WHOLE },
    { "a target that is passed", "from tempfile import mktemp\ng(mktemp)\n",
      WHOLE },
    { "a module by another name", "import tempfile as t\nt.mktemp()\n", WHOLE },
    { "a target by another name", "from tempfile import mktemp as m\nm()\n",
      WHOLE },
    { "a member of self, and the bases of its class, in brief",
      "import os\nfrom a import B\nx = os\nclass C(B):\n"
      "    async def f(self):\n        x = 1\n        y(self.mktemp())\n"
      "    def g(self):\n        self.mktemp()\n",
      "from a import B\nclass C(B):\n    def f(self): self.mktemp()\n" },
    { "each member",
      "class C(B):\n    def f(self): pass\n    def g(self):\n"
      "        self.mktemp()\n        self.tmpnam()\n",
      "class C(B):\n    def g(self): self.mktemp()\n"
      "    def g(self): self.tmpnam()\n" },
    { "a method that may end before that",
      "class C(B):\n    def f(self):\n        if x:\n            return\n"
      "        self.mktemp()\n",
      "class C(B):\n    def f(self):\n        if x:\n            return\n"
      "        self.mktemp()\n" },
    { "one in which another function ends",
      "class C(B):\n    def f(self):\n        def g():\n"
      "            return\n        return g(self.mktemp())\n",
      "class C(B):\n    def f(self): self.mktemp()\n" },
    { "one that ends on the same line",
      "class C(B):\n    def f(self):\n        return; self.mktemp()\n",
      "class C(B):\n    def f(self):\n        return; self.mktemp()\n" },
    { "one that does not get there",
      "class C(B):\n    def f(self):\n        if 0:\n"
      "            self.mktemp()\n",
      "class C(B):\n    def f(self):\n        if 0:\n"
      "            self.mktemp()\n" },
    { "a member that is not called",
      "class C(B):\n    def f(self):\n        x = self.mktemp\n",
      "class C(B):\n    def f(self):\n        x = self.mktemp\n" },
    { "bases of bases",
      "import a.b\nclass A(a.b.C):\n    x = 1\nclass C(A, object):\n"
      "    def f(self):\n        self.mktemp()\n",
      "import a.b\nclass A(a.b.C):\n    pass\nclass C(A, object):\n"
      "    def f(self): self.mktemp()\n" },
    { "a member of an imported module", "import sh\nx = 1\nsh.mktemp()\n",
      "import sh\nsh.mktemp()\n" },
    { "a member of a parameter that others may pass",
      "import a\ndef f(x, y):\n    y.mktemp()\n",
      "def f(x, y):\n    y.mktemp()\n" },
    { "a member of a parameter that a method passes itself for",
      "import a\nx = 1\nclass C(a.B):\n    def g(self):\n        f(self, x)\n"
      "    def h(self):\n        f()\ndef f(y, z):\n    y.mktemp()\n",
      "import a\nclass C(a.B):\n    def g(self):\n        f(self, x)\n"
      "def f(y, z):\n    y.mktemp()\n" },
    { "through another function",
      "import a\ndef f(y):\n    y.mktemp()\ndef g(z):\n    f(z)\n"
      "def h(z):\n    f(a)\ng(h)\n",
      WHOLE },
    { "of a function that another one takes the place of",
      "def f(y):\n    y.mktemp()\nclass C:\n    def f(self):\n        pass\n"
      "if x:\n    def f(y):\n        pass\n",
      "def f(y):\n    y.mktemp()\nif x:\n    def f(y):\n        pass\n" },
    { "of a function that a class takes the place of",
      "def f(y):\n    y.mktemp()\nclass f():\n    pass\n", WHOLE },
    { "of a function that has another name, too",
      "def f(y):\n    y.mktemp()\ng = f\n", WHOLE },
    { "of a function that Python calls",
      "def __getattr__(y):\n    y.mktemp()\n", WHOLE },
    { "of a method", "class C:\n    def f(self, y):\n        y.mktemp()\n",
      WHOLE },
    { "a member of a parameter of a function within another statement",
      "if x:\n    def f(y):\n        y.mktemp()\n", WHOLE },
    { "a member of a parameter of pytest's that nobody passes",
      "import a\nimport b\n@a.fixture\ndef f(x, tmpdir_factory):\n"
      "    tmpdir_factory.mktemp()\ndef g(f):\n    f.c\n",
      "" },
    { "a member of a parameter of pytest's that somebody passes",
      "import a\ndef f(x, tmpdir_factory):\n    tmpdir_factory.mktemp()\n"
      "f(1)\nf(b, a)\n",
      "import a\ndef f(x, tmpdir_factory):\n    tmpdir_factory.mktemp()\n"
      "f(b, a)\n" },
    { "self, passed by a method's heir",
      "import a\nclass C(a.B):\n    def f(self, x):\n"
      "        self.mktemp()\nclass D(C, a.E):\n    def f(self, x):\n"
      "        C.f(self, x)\n",
      "import a\nclass C(a.B):\n    def f(self): self.mktemp()\n"
      "class D(C, a.E):\n    def f(self, x):\n        C.f(self, x)\n" },
    { "to one of several methods",
      "import a\nclass C(a.B):\n    def g(self):\n        self.mktemp()\n"
      "    def f(self):\n        self.mktemp()\nclass D(C, a.E):\n"
      "    def f(self):\n        C.f(self)\n",
      "import a\nclass C(a.B):\n    def g(self): self.mktemp()\n"
      "    def f(self): self.mktemp()\nclass D(C, a.E):\n"
      "    def f(self):\n        C.f(self)\n" },
    { "self, passed by somebody else",
      "import a\nclass C(a.B):\n    def f(self):\n        self.mktemp()\n"
      "C.f(a.E())\n",
      WHOLE },
    { "a class that is handed on to where somebody passes self",
      "import a\nclass C(a.B):\n    def f(self):\n        self.mktemp()\n"
      "x = C\nx.f(a.E())\n",
      WHOLE },
    { "a class method's receiver",
      "class C(B):\n    @classmethod\n    def f(self):\n"
      "        self.mktemp()\n",
      WHOLE },
    { "a method that is handed on in its class",
      "import a\nclass C(a.B):\n    def d(f):\n        f(E())\n"
      "    def f(self):\n        self.mktemp()\n    f = d(f)\n",
      WHOLE },
    { "a method that is handed to another file",
      "import a\nclass C(a.B):\n    def f(self):\n        self.mktemp()\n"
      "    f.x = 1\n    f = a.d(f)\n",
      "import a\nclass C(a.B):\n    def f(self): self.mktemp()\n" },
    { "a decorator of this file, of what nobody here calls",
      "import a\nfrom b import E\nx = 1\ndef d(f):\n    @a.w(f)\n"
      "    def g(*y):\n        f(E(*y)).z\n    return g\n"
      "class C(a.B):\n    @d\n    def f(self):\n        self.mktemp()\n"
      "    @a.c\n    @d\n    def g(self):\n        pass\n",
      "import a\nfrom b import E\ndef d(f):\n    @a.w(f)\n"
      "    def g(*y):\n        f(E(*y)).z\n    return g\n"
      "class C(a.B):\n    @d\n    def f(self):\n        self.mktemp()\n" },
    { "a decorator of this file, of what somebody calls",
      "def d(f):\n    return f\nclass C(B):\n    @d\n    def f(self):\n"
      "        self.mktemp()\n    @d\n    def h(self):\n        pass\n"
      "C(1).h()\n",
      WHOLE },
    { "a decorator of this file that is called, too",
      "def d(f):\n    return f\nclass C(B):\n    @d\n    def f(self):\n"
      "        self.mktemp()\nd(C)\n",
      WHOLE },
    { "a decorator of this file, and another one",
      "def d(f):\n    return f\ndef e(f):\n    return f\nclass C(B):\n"
      "    @d\n    def f(self):\n        self.mktemp()\n"
      "    @e\n    @d\n    def h(self):\n        pass\n",
      WHOLE },
    { "a decorator of this file that makes use of something in it",
      "x = a()\ndef d(f):\n    return x(f)\nclass C(B):\n    @d\n"
      "    def f(self):\n        self.mktemp()\n",
      WHOLE },
    { "a decorator of this file that is given something",
      "def d(f):\n    return f\nclass C(B):\n    @d(1)\n    def f(self):\n"
      "        self.mktemp()\n",
      WHOLE },
    { "a base that is assigned",
      "B = a()\nclass C(B):\n    def f(self):\n        self.mktemp()\n",
      WHOLE },
    { "a base that is stored elsewhere",
      "import a\na.B = 1\nclass C(a.B):\n    def f(self):\n"
      "        self.mktemp()\n",
      WHOLE },
    { "a base that may be set by a string",
      "import a\nsetattr(x, 'B', 1)\nclass C(a.B):\n    def f(self):\n"
      "        self.mktemp()\n",
      WHOLE },
    { "a base that a method of another file may set",
      "import a\nclass C(a.B):\n    def f(self):\n"
      "        self.g(setattr, x, 'B', 1)\n        self.mktemp()\n",
      "import a\nclass C(a.B):\n    def f(self): self.mktemp()\n" },
    { "a base that a method of this file may set",
      "import a\nclass C(a.B):\n    def f(self):\n"
      "        self.g(setattr, x, 'B', 1)\n        self.mktemp()\n"
      "    def g(self, f, *a):\n        f(*a)\n",
      WHOLE },
    { "a member of what is assigned", "def f():\n    a = b()\n    a.mktemp()\n",
      WHOLE },
    { "a member of a result", "a().mktemp()\n", WHOLE },
    { "a member of a member", "import a\na.b.mktemp()\n", WHOLE },
    { "a member of what a default is",
      "import a\ndef f(x=a):\n    x.mktemp()\n", WHOLE },
    { "a parameter of a function around a class in another statement",
      "while x:\n    def f(a):\n        class C:\n"
      "            b = a.mktemp()\ndef f(a):\n    b\n",
      WHOLE },
    { "self of a function in a method",
      "class C(B):\n    def f(self):\n        def g(self):\n"
      "            self.mktemp()\n        g(D())\n",
      WHOLE },
    { "a target of a class",
      "class C:\n    from tempfile import mktemp\nC.mktemp()\n", WHOLE },
    { "a name that something else binds, too",
      "from tempfile import mktemp\ndef mktemp():\n    pass\nmktemp()\n",
      WHOLE },
    { "a module by a string", "__import__('temp' + 'file').mktemp()\n", WHOLE },
    { "a module by a string with more behind it",
      "__import__('temp' 'file.x').mktemp()\n", WHOLE },
    { "a module in an escape", "m = 'temp\\x66ile'\n__import__(m).mktemp()\n",
      WHOLE },
    { "a name in other letters",
      "import tempfile\n\xf0\x9d\x90\xad"
      "empfile.mktemp()\n",
      WHOLE },
    { "a member by a string",
      "import os, tempfile\ngetattr(os, 'temp' 'nam')()\ntempfile.mktemp()\n",
      WHOLE },
    { "the truth of an imported name that what is kept asks for",
      "import numpy, tempfile\nif numpy:\n    tempfile.mktemp()\n", WHOLE },
    { "brackets that nothing closes", "import tempfile\ntempfile.mktemp(\n",
      WHOLE },
    { "brackets that nothing opens", "import tempfile\ntempfile.mktemp())\n",
      WHOLE },
    { "strings without an end", "import tempfile\ntempfile.mktemp()\nx = 'a\n",
      WHOLE },
    { "a line that is indented without reason",
      "import tempfile\n  x = 1\ntempfile.mktemp()\n", WHOLE },
    { "a line that is in no block",
      "import tempfile\nif x:\n    y\n  z\ntempfile.mktemp()\n", WHOLE },
    { "a block that is missing", "import tempfile\nif tempfile.mktemp():\n",
      WHOLE },
};

static void what_is_kept_is_what_decides(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(slices) / sizeof(*slices); i++) {
        char *made = slice_of(slices[i].python);

        if (strcmp(made, slices[i].slice) != 0)
            fail_msg("%s: got\n%s\nwant\n%s", slices[i].what, made,
                     slices[i].slice);
        free(made);
    }
}

static void offsets_of_a_slice_are_those_of_the_file(void **state)
{
    static const char python[] = "import tempfile\n\nx = 1\n# a\n"
                                 "y = tempfile.mktemp()\nz = 2\n";
    struct source source;
    struct slice slice;
    struct error err;
    const char *name = "y";

    (void)state;
    assert_int_equal(0, source_open(&source, text_of(python), &err));
    slice_open(&slice, &source);
    for (uint32_t at = 0; at < slice.part.text.size; at++)
        if (slice.part.code[at] != '\n')
            assert_int_equal(slice.part.code[at],
                             python[slice_offset(&slice, at)]);
    assert_int_equal(
        strstr(python, name) - python,
        slice_offset(&slice, (uint32_t)(strstr(slice.part.code, name) -
                                        slice.part.code)));
    slice_close(&slice);
    source_close(&source);
}

static void an_end_is_behind_its_last_byte(void **state)
{
    static const char python[] = "import tempfile\nx = 1\ntempfile.mktemp()\n";
    struct source source;
    struct slice slice;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, text_of(python), &err));
    slice_open(&slice, &source);
    assert_int_equal(strlen("import tempfile"),
                     slice_end(&slice, (uint32_t)strlen("import tempfile")));
    assert_int_equal(strlen(python) - 1,
                     slice_end(&slice, (uint32_t)slice.part.text.size - 1));
    slice_close(&slice);
    source_close(&source);
}

static void assert_equal_facts(const char *python)
{
    struct buffer whole = BUFFER_EMPTY, sliced = BUFFER_EMPTY;
    struct buffer recalled = BUFFER_EMPTY;
    struct buffer found = BUFFER_EMPTY, findings = BUFFER_EMPTY;
    struct memo *memo = memo_open();
    struct facts facts;
    struct error err;

    assert_int_equal(0, scan_whole(text_of(python), &facts, &err));
    facts_encode(&facts, &whole);
    intern_release(&facts.needs);
    intern_release(&facts.exports);
    facts_encode(&facts, &findings);
    facts_release(&facts);
    assert_int_equal(0, scan_blob(text_of(python), &facts, &err));
    facts_encode(&facts, &sliced);
    facts_release(&facts);
    assert_int_equal(0, scan_recalling(text_of(python), memo, &facts, &err));
    facts_encode(&facts, &recalled);
    facts_release(&facts);
    assert_int_equal(0, scan_findings(text_of(python), memo, &facts, &err));
    facts_encode(&facts, &found);
    facts_release(&facts);
    memo_close(memo);
    if (!text_equal(buffer_view(&whole), buffer_view(&sliced)))
        fail_msg("other facts from the slice of\n%s", python);
    if (!text_equal(buffer_view(&whole), buffer_view(&recalled)))
        fail_msg("other facts from what is condensed of\n%s", python);
    if (!text_equal(buffer_view(&findings), buffer_view(&found)))
        fail_msg("other findings of a file alone from\n%s", python);
    buffer_release(&found);
    buffer_release(&findings);
    buffer_release(&recalled);
    buffer_release(&whole);
    buffer_release(&sliced);
}

static void facts_of_a_slice_are_those_of_the_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(slices) / sizeof(*slices); i++)
        assert_equal_facts(slices[i].python);
}

static void comments_on_lines_left_out_still_excuse(void **state)
{
    (void)state;
    assert_equal_facts("import tempfile\nx = 1\n"
                       "# tmpguard: ignore[py/insecure-temporary-file]\n"
                       "y = tempfile.mktemp() # why not\n");
}

static void a_module_of_no_target_that_is_meant_is_not_needed(void **state)
{
    (void)state;
    assert_equal_facts("import os, tempfile, lib\nlib.run(os)\n"
                       "@lib.wrap(os)\ndef f(x=os):\n    lib.g(x)\n"
                       "tempfile.mktemp()\n");
}

static void
another_file_s_getattr_is_needed_where_a_member_s_name_goes(void **state)
{
    (void)state;
    assert_equal_facts("from a import b\nb.getattr(b, 'x')()\n# mktemp\n");
    assert_equal_facts("from a import b\nb.getattr(b, 'mk' + 'temp')()\n");
    assert_equal_facts("from a import getattr as g\ng(b, 'x')()\n# mktemp\n");
    assert_equal_facts("import tempfile\nfrom a import b\n"
                       "getattr(b, 'getattr')(c, 'x')\ntempfile.mktemp()\n");
    assert_equal_facts("from a import b\n"
                       "b.getattr(b, '__import__')('tempfile').mktemp()\n");
}

static void a_syntax_error_in_the_slice_needs_the_whole_file(void **state)
{
    (void)state;
    assert_equal_facts("import tempfile\nx = = 1\ny = 2\n"
                       "if x tempfile.mktemp():\n    z\n");
}

/* In seconds of the processor. */
static double time_of(struct text python)
{
    struct source source;
    struct slice slice;
    struct error err;
    clock_t start;

    assert_int_equal(0, source_open(&source, python, &err));
    start = clock();
    slice_open(&slice, &source);
    slice_close(&slice);
    source_close(&source);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void very_many_reads_are_not_looked_at_over_and_over(void **state)
{
    static const char *const starts[] = {
        "class C(B):\n def f(self):\n  if x:\n",
        "class C(B):\n def f(self):\n  if x: return\n  if y:\n",
        "class C(B):\n def f(s): f(s)\ndef f(tmpdir_factory):\n  if x:\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
        struct buffer python = BUFFER_EMPTY;
        double seconds;

        buffer_string(&python, starts[i]);
        for (int j = 0; j < 100000; j++)
            buffer_string(&python, i < 2 ? "   self.mktemp()\n"
                                         : "   tmpdir_factory.mktemp()\n");
        seconds = time_of(buffer_view(&python));
        if (seconds > 10)
            fail_msg("%s...: %.1f s", starts[i], seconds);
        buffer_release(&python);
    }
}

static void closing_twice_is_fine(void **state)
{
    struct slice slice = { .kind = SLICE_NOTHING };

    (void)state;
    slice_close(&slice);
    slice_close(&slice);
    assert_int_equal(SLICE_NOTHING, slice.kind);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_what_decides),
        cmocka_unit_test(offsets_of_a_slice_are_those_of_the_file),
        cmocka_unit_test(an_end_is_behind_its_last_byte),
        cmocka_unit_test(facts_of_a_slice_are_those_of_the_file),
        cmocka_unit_test(a_module_of_no_target_that_is_meant_is_not_needed),
        cmocka_unit_test(comments_on_lines_left_out_still_excuse),
        cmocka_unit_test(
            another_file_s_getattr_is_needed_where_a_member_s_name_goes),
        cmocka_unit_test(a_syntax_error_in_the_slice_needs_the_whole_file),
        cmocka_unit_test(very_many_reads_are_not_looked_at_over_and_over),
        cmocka_unit_test(closing_twice_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
