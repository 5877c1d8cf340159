#include "tests/core/rows.h"

static const char *const attributes[] = {
    "# getattr\n"
    "getattr(tempfile, \"mktemp\")() #!\n",
    "# getattr of another name\n"
    "getattr(tempfile, \"mkstemp\")()\n",
    "# getattr with a default\n"
    "getattr(lib, \"x\", tempfile.mktemp)() #!\n",
    "# getattr of a name that may be two\n"
    "for n in (\"mkstemp\", \"mktemp\"):\n"
    "    getattr(tempfile, n)() #!\n",
    "# getattr of a name that is made\n"
    "n = \"mk\"\n"
    "n += \"temp\"\n"
    "getattr(tempfile, n)() #!\n",
    "# getattr of a bytes string\n"
    "getattr(tempfile, b\"mk\" + b\"temp\")() #~\n",
    "# getattr of a parameter\n"
    "def f(m, n): return getattr(m, n)\n"
    "f(tempfile, \"mktemp\")() #!\n"
    "f(tempfile, \"mkstemp\")() #~\n",
    "# getattr of self\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "    def f(self):\n"
    "        getattr(self, \"mk\")() #!\n"
    "        getattr(self, \"mm\")()\n",
    "# setattr\n"
    "class A: pass\n"
    "a = A()\n"
    "setattr(a, \"mk\", tempfile.mktemp)\n"
    "a.mk() #!\n"
    "a.mm()\n",
    "# setattr of a name that is made\n"
    "class A: pass\n"
    "a = A()\n"
    "for n in (\"t\", \"temp\"):\n"
    "    setattr(a, \"mk\" + n, tempfile.mktemp)\n"
    "a.mkt() #!\n"
    "a.mktemp() #!\n",
    "# setattr of self\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        setattr(self, \"mk\", tempfile.mktemp)\n"
    "    def f(self):\n"
    "        self.mk() #!\n",
    "# vars\n"
    "vars(tempfile)[\"mktemp\"]() #!\n"
    "vars(tempfile)[\"mkstemp\"]()\n",
    "# vars of an object\n"
    "class A: pass\n"
    "a = A()\n"
    "a.mk = tempfile.mktemp\n"
    "vars(a)[\"mk\"]() #!\n",
    "# a store to vars\n"
    "class A: pass\n"
    "a = A()\n"
    "vars(a)[\"mk\"] = tempfile.mktemp\n"
    "a.mk() #!\n",
    "# __dict__\n"
    "tempfile.__dict__[\"mktemp\"]() #!\n",
    "# a store to __dict__\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.__dict__[\"mk\"] = tempfile.mktemp\n"
    "    def f(self):\n"
    "        self.mk() #!\n",
};

static void attributes_by_names_that_are_strings(void **state)
{
    (void)state;
    ROWS_CHECK(attributes);
}

static const char *const wrapped[] = {
    "# partial\n"
    "import functools\n"
    "p = functools.partial(tempfile.mktemp, suffix=\"x\")\n"
    "p() #!\n",
    "# partial of partial\n"
    "from functools import partial\n"
    "partial(partial(tempfile.mktemp))() #!\n",
    "# partial of a function of ours\n"
    "from functools import partial\n"
    "def f(): return tempfile.mktemp\n"
    "partial(f)()() #!\n",
    "# partial without an end\n"
    "from functools import partial\n"
    "def w(f): return w(partial(f))\n"
    "w(tempfile.mktemp)\n",
    "# partial in a loop\n"
    "import functools\n"
    "f = tempfile.mktemp\n"
    "for x in xs:\n"
    "    f = functools.partial(f, x)\n"
    "f() #!\n",
    "# staticmethod as a function\n"
    "class A:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "    def f(self):\n"
    "        self.mk() #!\n"
    "A.mk() #!\n",
    "# classmethod as a function\n"
    "class A:\n"
    "    def _get(cls): return tempfile.mktemp\n"
    "    get = classmethod(_get)\n"
    "A.get()() #!\n",
    "# property as a function\n"
    "class A:\n"
    "    def _get(self): return tempfile.mktemp\n"
    "    mk = property(_get)\n"
    "A().mk() #!\n",
    "# property of a lambda\n"
    "class A:\n"
    "    mk = property(lambda self: tempfile.mktemp)\n"
    "A().mk() #!\n",
    "# a cached property\n"
    "import functools\n"
    "class A:\n"
    "    @functools.cached_property\n"
    "    def mk(self): return tempfile.mktemp\n"
    "A().mk() #!\n",
};

static void functions_around_functions(void **state)
{
    (void)state;
    ROWS_CHECK(wrapped);
}

static const char *const methods[] = {
    "# get\n"
    "{\"a\": tempfile.mktemp}.get(\"a\")() #!\n"
    "{\"a\": tempfile.mktemp}.get(\"b\")()\n"
    "{}.get(\"b\", tempfile.mktemp)() #!\n",
    "# pop\n"
    "{\"a\": tempfile.mktemp}.pop(\"a\")() #!\n"
    "[safe, tempfile.mktemp].pop()() #!\n",
    "# setdefault\n"
    "d = {}\n"
    "d.setdefault(\"a\", tempfile.mktemp)() #!\n"
    "d[\"a\"]() #!\n"
    "d[\"b\"]()\n",
    "# append\n"
    "l = []\n"
    "l.append(tempfile.mktemp)\n"
    "l[0]() #!\n",
    "# insert\n"
    "l = []\n"
    "l.insert(0, tempfile.mktemp)\n"
    "l[0]() #!\n",
    "# add\n"
    "s = set()\n"
    "t = {safe}\n"
    "t.add(tempfile.mktemp)\n"
    "for f in t:\n"
    "    f() #!\n",
    "# values\n"
    "d = {\"a\": tempfile.mktemp}\n"
    "for f in d.values():\n"
    "    f() #!\n",
    "# copy\n"
    "d = {\"a\": tempfile.mktemp}\n"
    "d.copy()[\"a\"]() #!\n",
    "# a method that is kept\n"
    "l = []\n"
    "add = l.append\n"
    "add(tempfile.mktemp)\n"
    "l[0]() #!\n",
    "# dict\n"
    "d = dict(a=tempfile.mktemp, b=safe)\n"
    "d[\"a\"]() #!\n"
    "d[\"b\"]()\n",
    ("# dict of a dict\n"
     "dict({\"a\": tempfile.mktemp})[\"a\"]() #!\n"),
};

static void what_the_methods_of_lists_and_dicts_do(void **state)
{
    (void)state;
    ROWS_CHECK(methods);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attributes_by_names_that_are_strings),
        cmocka_unit_test(functions_around_functions),
        cmocka_unit_test(what_the_methods_of_lists_and_dicts_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
