#include "tests/core/rows.h"

static const char *const shown[] = {
    "# called itself\n"
    "mk = tempfile.mktemp\n"
    "def f():\n"
    "    mk() #!\n"
    "f()\n"
    "mk = safe\n",
    "# called by a function that is called\n"
    "mk = tempfile.mktemp\n"
    "def f():\n"
    "    mk() #!\n"
    "def g(): f()\n"
    "g()\n"
    "mk = safe\n",
    "# called by a method\n"
    "mk = tempfile.mktemp\n"
    "class A:\n"
    "    def f(self):\n"
    "        mk() #!\n"
    "    def g(self): self.f()\n"
    "A().g()\n"
    "mk = safe\n",
    "# called by a function that got it\n"
    "mk = tempfile.mktemp\n"
    "def f():\n"
    "    mk() #!\n"
    "def run(g): g()\n"
    "run(f)\n"
    "mk = safe\n",
    "# called by a class\n"
    "mk = tempfile.mktemp\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        mk() #!\n"
    "A()\n"
    "mk = safe\n",
    "# within a function\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    def g():\n"
    "        mk() #!\n"
    "    def h(): g()\n"
    "    h()\n"
    "    mk = safe\n",
    "# by way of each other\n"
    "mk = tempfile.mktemp\n"
    "def f(): g()\n"
    "def g():\n"
    "    f()\n"
    "    mk() #!\n"
    "f()\n"
    "mk = safe\n",
    "# in a loop\n"
    "mk = safe\n"
    "def f():\n"
    "    mk() #!\n"
    "def g(): f()\n"
    "for x in y:\n"
    "    g()\n"
    "    mk = safe\n"
    "    mk = tempfile.mktemp\n"
    "mk = safe\n",
    "# before del\n"
    "mk = tempfile.mktemp\n"
    "def f():\n"
    "    mk() #!\n"
    "def g(): f()\n"
    "g()\n"
    "del mk\n",
    "# in one of two branches\n"
    "mk = safe\n"
    "def f():\n"
    "    mk() #!\n"
    "if c:\n"
    "    mk = tempfile.mktemp\n"
    "    f()\n"
    "else:\n"
    "    mk = other\n"
    "mk = safe\n",
    "# behind a handler that raises\n"
    "mk = safe\n"
    "def f():\n"
    "    mk() #!\n"
    "try:\n"
    "    pass\n"
    "except E:\n"
    "    pass\n"
    "else:\n"
    "    mk = tempfile.mktemp\n"
    "f()\n"
    "mk = safe\n",
    "# when nothing but raise ends it\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        mk() #!\n"
    "    h(g)\n"
    "    if c:\n"
    "        mk = tempfile.mktemp\n"
    "    else:\n"
    "        raise X\n"
    "    raise Y\n",
    "# where another branch ends with raise\n"
    "def f():\n"
    "    def g():\n"
    "        mk() #!\n"
    "    if c:\n"
    "        mk = tempfile.mktemp\n"
    "    else:\n"
    "        mk = safe\n"
    "        raise x\n"
    "    g()\n"
    "    mk = safe\n",
    "# where another branch goes back\n"
    "def f(xs):\n"
    "    def g():\n"
    "        mk() #!\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        if x:\n"
    "            mk = tempfile.mktemp\n"
    "            break\n"
    "        mk = safe\n"
    "    g()\n"
    "    mk = safe\n",
    "# a parameter\n"
    "def f(mk):\n"
    "    def g():\n"
    "        mk() #!\n"
    "    g()\n"
    "    mk = safe\n"
    "f(tempfile.mktemp)\n",
    "# with what was stored before an exception\n"
    "def f():\n"
    "    mk() #!\n"
    "mk = safe\n"
    "try:\n"
    "    mk = tempfile.mktemp\n"
    "    x()\n"
    "    mk = safe\n"
    "except X:\n"
    "    f()\n"
    "mk = safe\n",
    "# by the next round of a loop\n"
    "def f():\n"
    "    mk() #!\n"
    "mk = safe\n"
    "for x in y:\n"
    "    f()\n"
    "    mk = safe\n"
    "    if x:\n"
    "        mk = tempfile.mktemp\n"
    "mk = safe\n",
    "# not called\n"
    "mk = tempfile.mktemp\n"
    "def f():\n"
    "    mk() #?\n"
    "def g(): f()\n"
    "h()\n"
    "mk = safe\n",
    "# called before\n"
    "mk = safe\n"
    "def f():\n"
    "    mk()\n"
    "def g(): f()\n"
    "g()\n"
    "mk = tempfile.mktemp\n"
    "mk = safe\n",
    "# something else is called\n"
    "mk = tempfile.mktemp\n"
    "def f():\n"
    "    mk() #?\n"
    "def g(): pass\n"
    "g()\n"
    "mk = safe\n",
};

static void
a_function_sees_what_a_name_was_when_something_called_it(void **state)
{
    (void)state;
    ROWS_CHECK(shown);
}

static const char *const taken[] = {
    "# called itself\n"
    "mk = safe\n"
    "def f():\n"
    "    global mk\n"
    "    mk = tempfile.mktemp\n"
    "f()\n"
    "mk() #!\n",
    "# called by a function that is called\n"
    "mk = safe\n"
    "def f():\n"
    "    global mk\n"
    "    mk = tempfile.mktemp\n"
    "def g(): f()\n"
    "g()\n"
    "mk() #!\n",
    "# called by a method\n"
    "mk = safe\n"
    "class A:\n"
    "    def f(self):\n"
    "        global mk\n"
    "        mk = tempfile.mktemp\n"
    "    def g(self): self.f()\n"
    "A().g()\n"
    "mk() #!\n",
    "# called by a function that got it\n"
    "mk = safe\n"
    "def f():\n"
    "    global mk\n"
    "    mk = tempfile.mktemp\n"
    "def run(g): g()\n"
    "run(f)\n"
    "mk() #!\n",
    "# within a function\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        def h():\n"
    "            nonlocal mk\n"
    "            mk = tempfile.mktemp\n"
    "        h()\n"
    "    g()\n"
    "    mk() #!\n",
    "# by way of each other\n"
    "mk = safe\n"
    "def f(n): g(n)\n"
    "def g(n):\n"
    "    global mk\n"
    "    f(n)\n"
    "    mk = tempfile.mktemp\n"
    "f(1)\n"
    "mk() #!\n",
    "# replaced afterwards\n"
    "mk = safe\n"
    "def f():\n"
    "    global mk\n"
    "    mk = tempfile.mktemp\n"
    "def g(): f()\n"
    "g()\n"
    "mk = safe\n"
    "mk() #?\n",
    "# something else is called\n"
    "mk = safe\n"
    "def f():\n"
    "    global mk\n"
    "    mk = tempfile.mktemp\n"
    "def g(): pass\n"
    "g()\n"
    "mk() #?\n"
    "f()\n",
};

static void a_name_is_what_functions_that_were_called_stored_in_it(void **state)
{
    (void)state;
    ROWS_CHECK(taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_function_sees_what_a_name_was_when_something_called_it),
        cmocka_unit_test(
            a_name_is_what_functions_that_were_called_stored_in_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
