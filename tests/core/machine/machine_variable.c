#include "tests/core/rows.h"

static const char *const order[] = {
    "# del\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    del mk\n"
    "    mk()\n",
    "# del in one branch\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    if c:\n"
    "        del mk\n"
    "    mk() #!\n",
    "# del in both branches\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    if c:\n"
    "        del mk\n"
    "    else:\n"
    "        del mk\n"
    "    mk()\n",
    "# del of a local name does not show the global one\n"
    "mk = tempfile.mktemp\n"
    "def f():\n"
    "    mk = 1\n"
    "    del mk\n"
    "    mk()\n",
    "# del in a loop\n"
    "for x in y:\n"
    "    mk = tempfile.mktemp\n"
    "    del mk\n"
    "mk()\n",
    "# del and break\n"
    "mk = tempfile.mktemp\n"
    "for x in y:\n"
    "    if x:\n"
    "        del mk\n"
    "        break\n"
    "    mk() #!\n",
    "# a name that is local from further down\n"
    "def f():\n"
    "    tempfile.mktemp()\n"
    "    tempfile = 1\n",
    "# a class's own name, then the global one\n"
    "mk = tempfile.mktemp\n"
    "class A:\n"
    "    if c:\n"
    "        mk = safe\n"
    "    x = mk() #!\n",
    "# the global name, then the class's own one\n"
    "mk = tempfile.mktemp\n"
    "class A:\n"
    "    x = mk() #!\n"
    "    mk = safe\n"
    "    y = mk()\n",
    "# a swap\n"
    "a, b = tempfile.mktemp, safe\n"
    "a, b = b, a\n"
    "a()\n"
    "b() #!\n",
};

static void a_name_is_what_was_stored_in_it_last(void **state)
{
    (void)state;
    ROWS_CHECK(order);
}

static const char *const hidden[] = {
    "# a parameter\n"
    "def f(tempfile):\n"
    "    tempfile.mktemp()\n",
    "# a loop's name\n"
    "for tempfile in xs:\n"
    "    tempfile.mktemp()\n"
    "tempfile.mktemp() #!\n",
    "# a with statement's name\n"
    "with x as tempfile:\n"
    "    tempfile.mktemp()\n",
    "# an import within a function\n"
    "def f():\n"
    "    import mytemp as tempfile\n"
    "    tempfile.mktemp()\n"
    "tempfile.mktemp() #!\n",
    "# a comprehension's name\n"
    "[tempfile.mktemp() for tempfile in xs]\n"
    "tempfile.mktemp() #!\n",
    "# a comprehension's name stays in it\n"
    "mk = safe\n"
    "[mk for mk in [tempfile.mktemp]]\n"
    "mk()\n",
    "# a class's name is none of its methods\n"
    "class A:\n"
    "    mk = tempfile.mktemp\n"
    "    def f(self):\n"
    "        mk()\n",
    "# nor of a class in it\n"
    "class A:\n"
    "    mk = tempfile.mktemp\n"
    "    class B:\n"
    "        x = mk()\n",
    "# nor of a comprehension in it\n"
    "class A:\n"
    "    mk = tempfile.mktemp\n"
    "    xs = [mk() for x in y]\n",
    "# but of the comprehension's first iterable\n"
    "class A:\n"
    "    mk = tempfile.mktemp\n"
    "    xs = [x for x in mk()] #!\n",
    "# a walrus in a comprehension is a name outside\n"
    "any((mk := m) for m in [tempfile.mktemp])\n"
    "mk() #!\n",
    "# a walrus in a comprehension, in it\n"
    "xs = [mk() for x in y if (mk := tempfile.mktemp)] #!\n",
    "# a walrus in a lambda stays in it\n"
    "mk = safe\n"
    "f = lambda: (mk := tempfile.mktemp)\n"
    "f()\n"
    "mk()\n",
    "# a case\n"
    "match x:\n"
    "    case tempfile:\n"
    "        tempfile.mktemp()\n",
};

static void a_name_of_an_inner_scope_hides_the_outer_one(void **state)
{
    (void)state;
    ROWS_CHECK(hidden);
}

static const char *const closures[] = {
    "# what they are when it is called\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    def g():\n"
    "        mk() #!\n"
    "    g()\n"
    "    mk = safe\n",
    "# what they are in the end\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        mk() #!\n"
    "    mk = tempfile.mktemp\n"
    "    return g\n",
    "# not what they were before\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    mk = safe\n"
    "    def g():\n"
    "        mk() #?\n"
    "    return g\n",
    "# a default keeps what they were\n"
    "def f():\n"
    "    mk = safe\n"
    "    g = lambda mk=mk: mk()\n"
    "    mk = tempfile.mktemp\n"
    "    g()\n",
    "# in a loop\n"
    "def f(xs):\n"
    "    for x in [tempfile.mktemp]:\n"
    "        xs.append(lambda: x()) #!\n",
    "# in a loop, by a default\n"
    "def f(xs):\n"
    "    for x in [tempfile.mktemp]:\n"
    "        xs.append(lambda x=x: x()) #!\n",
    "# in a comprehension\n"
    "fs = [lambda: f() for f in [tempfile.mktemp]] #!\n",
    "# two deep\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    def g():\n"
    "        def h():\n"
    "            mk() #!\n"
    "        return h\n"
    "    return g\n",
    "# a parameter\n"
    "def f(mk):\n"
    "    def g():\n"
    "        mk() #!\n"
    "    return g\n"
    "f(tempfile.mktemp)\n",
    "# a parameter that is replaced\n"
    "def f(mk):\n"
    "    mk = safe\n"
    "    def g():\n"
    "        mk() #?\n"
    "    return g\n"
    "f(tempfile.mktemp)\n",
    "# through a class\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    class A:\n"
    "        mk = safe\n"
    "        def g(self):\n"
    "            mk() #!\n"
    "    return A\n",
};

static void a_function_sees_the_names_of_the_function_around_it(void **state)
{
    (void)state;
    ROWS_CHECK(closures);
}

static const char *const nonlocals[] = {
    "# nonlocal\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        nonlocal mk\n"
    "        mk = tempfile.mktemp\n"
    "    g()\n"
    "    mk() #!\n",
    "# for another function\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        nonlocal mk\n"
    "        mk = tempfile.mktemp\n"
    "    def h():\n"
    "        mk() #!\n"
    "    g()\n"
    "    h()\n",
    "# nothing before it is called\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        nonlocal mk\n"
    "        mk = tempfile.mktemp\n"
    "    mk() #?\n"
    "    g()\n",
    "# replaced after it was called\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        nonlocal mk\n"
    "        mk = tempfile.mktemp\n"
    "    g()\n"
    "    mk = safe\n"
    "    mk() #?\n",
    "# through a closure that was returned\n"
    "def f():\n"
    "    mk = safe\n"
    "    def put(m):\n"
    "        nonlocal mk\n"
    "        mk = m\n"
    "    def get():\n"
    "        return mk\n"
    "    return put, get\n"
    "put, get = f()\n"
    "put(tempfile.mktemp)\n"
    "get()() #!\n",
    "# without nonlocal it is another name\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        mk = tempfile.mktemp\n"
    "    g()\n"
    "    mk()\n",
};

static void a_function_may_write_names_of_the_function_around_it(void **state)
{
    (void)state;
    ROWS_CHECK(nonlocals);
}

static const char *const globals[] = {
    "# a function that is called\n"
    "mk = safe\n"
    "def f():\n"
    "    global mk\n"
    "    mk = tempfile.mktemp\n"
    "f()\n"
    "mk() #!\n",
    "# a class that is called\n"
    "mk = safe\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        global mk\n"
    "        mk = tempfile.mktemp\n"
    "A()\n"
    "mk() #!\n",
    "# for other functions\n"
    "mk = None\n"
    "def f(m):\n"
    "    global mk\n"
    "    mk = m\n"
    "def g():\n"
    "    mk() #!\n"
    "f(tempfile.mktemp)\n",
    "# an import\n"
    "tempfile = None\n"
    "def f():\n"
    "    global tempfile\n"
    "    import tempfile\n"
    "def g():\n"
    "    tempfile.mktemp() #!\n",
    "# within the function that writes, order counts\n"
    "def f():\n"
    "    global mk\n"
    "    mk = safe\n"
    "    mk() #?\n"
    "def g():\n"
    "    global mk\n"
    "    mk = tempfile.mktemp\n",
    "# without global it is another name\n"
    "mk = safe\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "f()\n"
    "mk()\n",
    "# in a class body\n"
    "class A:\n"
    "    global mk\n"
    "    mk = tempfile.mktemp\n"
    "mk() #!\n",
    "# a name that nothing binds\n"
    "def f():\n"
    "    mktemp()\n",
    "# what the module holds in the end\n"
    "def f():\n"
    "    mk() #!\n"
    "mk = safe\n"
    "mk = tempfile.mktemp\n",
    "# not what it held before\n"
    "def f():\n"
    "    mk()\n"
    "mk = tempfile.mktemp\n"
    "mk = safe\n",
    "# what it held when the function was called\n"
    "mk = tempfile.mktemp\n"
    "def f():\n"
    "    mk() #!\n"
    "f()\n"
    "mk = safe\n",
    "# import under a condition\n"
    "try:\n"
    "    from tempfile import mkstemp as mk\n"
    "except ImportError:\n"
    "    from tempfile import mktemp as mk\n"
    "mk() #!\n",
    "# two modules of one name\n"
    "def f():\n"
    "    if c:\n"
    "        import tempfile as t\n"
    "    else:\n"
    "        import os as t\n"
    "    t.mktemp() #!\n"
    "    t.tempnam() #!\n",
};

static void what_functions_write_in_names_of_the_module(void **state)
{
    (void)state;
    ROWS_CHECK(globals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_what_was_stored_in_it_last),
        cmocka_unit_test(a_name_of_an_inner_scope_hides_the_outer_one),
        cmocka_unit_test(a_function_sees_the_names_of_the_function_around_it),
        cmocka_unit_test(a_function_may_write_names_of_the_function_around_it),
        cmocka_unit_test(what_functions_write_in_names_of_the_module),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
