#include "tests/core/rows.h"

static const char *const names[] = {
    "# a builtin\n"
    "getattr(tempfile, \"mktemp\")() #!\n",
    "# a builtin of its module\n"
    "import builtins\n"
    "builtins.getattr(tempfile, \"mktemp\")() #!\n",
    "# a builtin with another name\n"
    "g = getattr\n"
    "g(tempfile, \"mktemp\")() #!\n",
    "# a builtin that is passed\n"
    "def f(g): return g(tempfile, \"mktemp\")\n"
    "f(getattr)() #!\n",
    "# a builtin that the module replaces\n"
    "def getattr(a, b): return safe\n"
    "getattr(tempfile, \"mktemp\")() #?\n",
    "# a builtin that a function replaces\n"
    "def f():\n"
    "    getattr = safe\n"
    "    getattr(tempfile, \"mktemp\")()\n",
    "# a builtin that a parameter replaces\n"
    "def f(getattr):\n"
    "    getattr(tempfile, \"mktemp\")()\n",
    "# a builtin that was deleted again\n"
    "def f():\n"
    "    getattr = safe\n"
    "    del getattr\n"
    "    getattr(tempfile, \"mktemp\")()\n",
    "# a function of a module\n"
    "import functools as ft\n"
    "ft.partial(tempfile.mktemp)() #!\n",
    "# a function by its name\n"
    "from functools import partial as p\n"
    "p(tempfile.mktemp)() #!\n",
    "# a function of a star\n"
    "from functools import *\n"
    "partial(tempfile.mktemp)() #!\n",
    "# another module's\n"
    "from mine import partial\n"
    "partial(tempfile.mktemp)()\n",
};

static void what_is_known_of_the_standard_library_goes_by_any_name(void **state)
{
    (void)state;
    ROWS_CHECK(names);
}

static const char *const targets[] = {
    "# a star\n"
    "from tempfile import *\n"
    "from os import *\n"
    "mktemp() #!\n"
    "tempnam() #!\n"
    "tmpnam() #!\n",
    "# a star in a function\n"
    "def f():\n"
    "    from tempfile import *\n"
    "    mktemp() #!\n"
    "mktemp()\n",
    "# a star in a class\n"
    "class A:\n"
    "    from tempfile import *\n"
    "    mktemp() #!\n"
    "    def f(self):\n"
    "        mktemp()\n"
    "A.mktemp() #!\n",
    "# a name from before the star\n"
    "mktemp = safe\n"
    "from tempfile import *\n"
    "mktemp() #!\n",
    "# a name from behind the star\n"
    "from tempfile import *\n"
    "mktemp = safe\n"
    "mktemp()\n",
    "# the other module's functions\n"
    "tempfile.tempnam()\n"
    "os.mktemp()\n",
    "# a relative import\n"
    "from . import tempfile as t\n"
    "from .tempfile import mktemp\n"
    "t.mktemp()\n"
    "mktemp()\n",
    "# a module of that name in a package\n"
    "import lib.tempfile\n"
    "import lib.tempfile as t\n"
    "lib.tempfile.mktemp()\n"
    "t.mktemp()\n",
    "# a module's module\n"
    "import tempfile.mktemp as m\n"
    "m() #?\n",
    "# a module's member as a module\n"
    "from tempfile.sub import mktemp\n"
    "mktemp()\n",
};

static void a_target_goes_by_any_name_too(void **state)
{
    (void)state;
    ROWS_CHECK(targets);
}

static const char *const modules[] = {
    "# __import__\n"
    "__import__(\"tempfile\").mktemp() #!\n",
    "# __import__ gives the first one\n"
    "__import__(\"os.path\").tempnam() #!\n"
    "__import__(\"lib.tempfile\").mktemp()\n",
    "# import_module\n"
    "import importlib\n"
    "importlib.import_module(\"tempfile\").mktemp() #!\n"
    "importlib.import_module(\"lib.tempfile\").mktemp()\n",
    "# import_module of a name that may be two\n"
    "import importlib\n"
    "n = \"tempfile\" if x else \"os\"\n"
    "importlib.import_module(n).mktemp() #!\n",
    "# sys.modules\n"
    "import sys\n"
    "sys.modules[\"tempfile\"].mktemp() #!\n"
    "sys.modules[\"os\"].mktemp()\n",
    "# the modules of another module\n"
    "import mine\n"
    "mine.modules[\"tempfile\"].mktemp()\n",
    "# an import in a try\n"
    "try:\n"
    "    import simplejson as t\n"
    "except ImportError:\n"
    "    import tempfile as t\n"
    "t.mktemp() #!\n",
};

static void other_ways_to_a_module(void **state)
{
    (void)state;
    ROWS_CHECK(modules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            what_is_known_of_the_standard_library_goes_by_any_name),
        cmocka_unit_test(a_target_goes_by_any_name_too),
        cmocka_unit_test(other_ways_to_a_module),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
