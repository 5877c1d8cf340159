#include "tests/core/rows.h"

static const char *const strings[] = {
    "# two literals\n"
    "getattr(tempfile, \"mk\" + \"temp\")() #!\n",
    "# two names\n"
    "a = \"mk\"\n"
    "b = \"temp\"\n"
    "getattr(tempfile, a + b)() #!\n",
    "# names that may be two\n"
    "a = \"mk\" if x else \"mks\"\n"
    "getattr(tempfile, a + \"temp\")() #!\n",
    "# a string and bytes are not\n"
    "getattr(tempfile, \"mk\" + b\"temp\")()\n",
    "# in a loop\n"
    "s = \"m\"\n"
    "for c in x:\n"
    "    s += \"k\"\n"
    "getattr(tempfile, s + \"temp\")() #!\n",
    "# an escape\n"
    "getattr(tempfile, \"\\x6dk\\164emp\")() #!\n",
    "# a raw string\n"
    "getattr(tempfile, r\"\\x6dktemp\")()\n",
    "# a formatted string is not known\n"
    "getattr(tempfile, f\"mk{t}\")()\n",
    "# a formatted string's calls\n"
    "f\"{tempfile.mktemp()} {x:{os.tmpnam()}}\" #!\n",
};

static void strings_are_joined(void **state)
{
    (void)state;
    ROWS_CHECK(strings);
}

static const char *const added[] = {
    "# lists\n"
    "l = [safe] + [tempfile.mktemp]\n"
    "l[0]() #!\n",
    "# a list that gets more\n"
    "l = []\n"
    "l += [tempfile.mktemp]\n"
    "l[0]() #!\n",
    "# dicts\n"
    "d = {\"a\": safe} | {\"b\": tempfile.mktemp}\n"
    "d[\"b\"]() #!\n",
    "# other operators\n"
    "l = [tempfile.mktemp] * 2\n"
    "m = [tempfile.mktemp] - [safe]\n"
    "m[0]()\n",
};

static void containers_that_are_added_are_both(void **state)
{
    (void)state;
    ROWS_CHECK(added);
}

static const char *const values[] = {
    "# a condition\n"
    "(tempfile.mktemp if c else safe)() #!\n",
    "# or\n"
    "(custom or tempfile.mktemp)() #!\n",
    "# and\n"
    "(c and tempfile.mktemp)() #!\n",
    "# a comparison is none\n"
    "(c < tempfile.mktemp)()\n",
    "# not is none\n"
    "(not tempfile.mktemp)()\n",
    "# brackets\n"
    "((tempfile).mktemp)() #!\n",
    "# a walrus\n"
    "(mk := tempfile.mktemp)() #!\n"
    "mk() #!\n",
    "# a chain of assignments\n"
    "a = b.c = d[\"e\"] = tempfile.mktemp\n"
    "a() #!\n",
    "# an annotation\n"
    "a: tempfile.mktemp() = 1 #!\n"
    "b: lib.type = tempfile.mktemp\n"
    "b() #!\n",
    "# an annotation within a function\n"
    "def f():\n"
    "    a: tempfile.mktemp() = 1\n"
    "    self.a: tempfile.mktemp() = 1 #!\n",
    "# annotations of a function\n"
    "def f(a: tempfile.mktemp()) -> os.tmpnam(): #!\n"
    "    pass\n",
    "# a star among arguments\n"
    "print(*tempfile.mktemp()) #!\n",
    "# a subscript's key\n"
    "x[tempfile.mktemp()] = 1 #!\n",
    "# a slice\n"
    "x[os.tmpnam():tempfile.mktemp()] #!\n",
    "# del\n"
    "del x[tempfile.mktemp()] #!\n",
    "# print of Python 2\n"
    "print tempfile.mktemp() #!\n",
    "# a type alias is not evaluated\n"
    "type A = tempfile.mktemp()\n",
};

static void an_expression_is_what_it_can_be(void **state)
{
    (void)state;
    ROWS_CHECK(values);
}

static const char *const managers[] = {
    "# what __enter__ returns\n"
    "class M:\n"
    "    def __enter__(self): return tempfile.mktemp\n"
    "with M() as mk:\n"
    "    mk() #!\n",
    "# self\n"
    "class M:\n"
    "    def __enter__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "        return self\n"
    "with M() as m:\n"
    "    m.mk() #!\n",
    "# the manager itself is not\n"
    "class M:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "    def __enter__(self): return other\n"
    "with M() as m:\n"
    "    m.mk()\n",
    "# __enter__ of a base\n"
    "class A:\n"
    "    def __enter__(self): return tempfile.mktemp\n"
    "class M(A): pass\n"
    "with M() as mk:\n"
    "    mk() #!\n",
    "# two of them\n"
    "class M:\n"
    "    def __init__(self, f): self.f = f\n"
    "    def __enter__(self): return self.f\n"
    "with M(tempfile.mktemp) as mk, M(mk) as other:\n"
    "    mk() #!\n",
    "# in brackets\n"
    "class M:\n"
    "    def __enter__(self): return tempfile.mktemp\n"
    "with (M() as mk):\n"
    "    mk() #!\n"
    "with (M() as a, M() as b,):\n"
    "    b() #!\n",
    "# a tuple\n"
    "class M:\n"
    "    def __enter__(self): return safe, tempfile.mktemp\n"
    "with M() as (a, b):\n"
    "    a()\n"
    "    b() #!\n",
    "# an attribute\n"
    "class A: pass\n"
    "class M:\n"
    "    def __enter__(self): return tempfile.mktemp\n"
    "a = A()\n"
    "with M() as a.mk:\n"
    "    a.mk() #!\n",
    "# an unknown manager\n"
    "with lib.open(tempfile.mktemp) as mk:\n"
    "    mk()\n",
};

static void what_a_with_statement_gives(void **state)
{
    (void)state;
    ROWS_CHECK(managers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_joined),
        cmocka_unit_test(containers_that_are_added_are_both),
        cmocka_unit_test(an_expression_is_what_it_can_be),
        cmocka_unit_test(what_a_with_statement_gives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
