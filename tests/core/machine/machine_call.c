#include "tests/core/rows.h"

static const char *const arguments[] = {
    "# by position and by name\n"
    "def f(a, b, c):\n"
    "    a()\n"
    "    b() #!\n"
    "    c()\n"
    "f(safe, c=safe, b=tempfile.mktemp)\n",
    "# by name alone\n"
    "def f(a, *, b):\n"
    "    b() #!\n"
    "f(1, b=tempfile.mktemp)\n",
    "# not by position\n"
    "def f(a, *, b=None):\n"
    "    b()\n"
    "f(1, tempfile.mktemp)\n",
    "# by position alone\n"
    "def f(a, /, b):\n"
    "    a() #!\n"
    "    b()\n"
    "f(tempfile.mktemp, 1)\n",
    "# what is left over goes nowhere else\n"
    "def f(a, *b, c=None):\n"
    "    a()\n"
    "    c()\n"
    "f(1, tempfile.mktemp)\n",
    "# an unknown name\n"
    "def f(a, **b):\n"
    "    a()\n"
    "f(1, x=tempfile.mktemp)\n",
    "# behind a star nothing is sure\n"
    "def f(a, b, c=None):\n"
    "    b()\n"
    "    c() #!\n"
    "f(*x, tempfile.mktemp, c=tempfile.mktemp)\n",
    "# a default\n"
    "def f(a=tempfile.mktemp):\n"
    "    a() #!\n",
    "# a default, even if all calls pass another\n"
    "def f(a=tempfile.mktemp):\n"
    "    a() #!\n"
    "f(safe)\n",
    "# defaults in order\n"
    "def f(a, b=safe, c=tempfile.mktemp, *, d=safe, e=tempfile.mktemp):\n"
    "    b()\n"
    "    c() #!\n"
    "    d()\n"
    "    e() #!\n",
    "# a default of a lambda\n"
    "f = lambda a=tempfile.mktemp: a() #!\n",
    "# a default when the function was made\n"
    "mk = tempfile.mktemp\n"
    "def f(a=mk):\n"
    "    a() #!\n"
    "mk = safe\n",
    "# Python 2's tuple, counted as one\n"
    "def f(a, (b, c), d):\n"
    "    a()\n"
    "    d() #!\n"
    "f(1, (2, 3), tempfile.mktemp)\n",
    "# self is the first one\n"
    "class A:\n"
    "    def f(self, a, b=None):\n"
    "        a() #!\n"
    "        b()\n"
    "A().f(tempfile.mktemp)\n",
    "# cls is the first one\n"
    "class A:\n"
    "    @classmethod\n"
    "    def f(cls, a):\n"
    "        a() #!\n"
    "A.f(tempfile.mktemp)\n",
    "# self is passed by hand\n"
    "class A:\n"
    "    def f(self, a):\n"
    "        a() #!\n"
    "A.f(A(), tempfile.mktemp)\n",
    "# __init__ gets them\n"
    "class A:\n"
    "    def __init__(self, a, *, b):\n"
    "        a()\n"
    "        b() #!\n"
    "A(1, b=tempfile.mktemp)\n",
    "# a generator expression\n"
    "def f(xs):\n"
    "    for x in xs:\n"
    "        x() #!\n"
    "f(x for x in [tempfile.mktemp])\n",
};

static void each_argument_goes_to_its_parameter(void **state)
{
    (void)state;
    ROWS_CHECK(arguments);
}

static const char *const callees[] = {
    "# one of two\n"
    "def f(a):\n"
    "    a() #!\n"
    "def g(a):\n"
    "    a() #!\n"
    "h = f if x else g\n"
    "h(tempfile.mktemp)\n",
    "# what is returned\n"
    "def f():\n"
    "    def g(): return tempfile.mktemp\n"
    "    return g\n"
    "f()()() #!\n",
    "# a lambda in place\n"
    "(lambda f: f())(tempfile.mktemp) #!\n",
    "# an item\n"
    "def f(a):\n"
    "    a() #!\n"
    "[f][0](tempfile.mktemp)\n",
    "# a class that is one of two\n"
    "class A:\n"
    "    def __init__(self): self.mk = tempfile.mktemp\n"
    "class B:\n"
    "    def __init__(self): self.mk = safe\n"
    "C = A if x else B\n"
    "C().mk() #!\n",
    "# a function that a class holds\n"
    "class A:\n"
    "    pass\n"
    "def f(a):\n"
    "    a() #!\n"
    "A.f = f\n"
    "A.f(tempfile.mktemp)\n",
    "# two functions, one call\n"
    "f = tempfile.mktemp if x else os.tempnam\n"
    "f() #!\n",
    "# its own attribute\n"
    "tempfile.mktemp.__call__() #!\n",
    "# an unknown function returns nothing of interest\n"
    "lib.f(tempfile.mktemp)()\n",
    "# what the call returns\n"
    "tempfile.mktemp()() #!\n"
    "tempfile.mktemp().mktemp() #!\n",
    "# __init__ of a base\n"
    "class A:\n"
    "    def __init__(self, f):\n"
    "        f() #!\n"
    "class B(A): pass\n"
    "B(tempfile.mktemp)\n",
};

static void whatever_is_called(void **state)
{
    (void)state;
    ROWS_CHECK(callees);
}

static const char *const decorators[] = {
    "# one that wraps\n"
    "def d(f):\n"
    "    def w(*a, **k):\n"
    "        return f(*a, **k)\n"
    "    return w\n"
    "@d\n"
    "def get(): return tempfile.mktemp\n"
    "get()() #!\n",
    "# one that gets arguments\n"
    "def d(n):\n"
    "    def e(f):\n"
    "        def w(*a):\n"
    "            return f(*a)\n"
    "        return w\n"
    "    return e\n"
    "@d(3)\n"
    "def get(): return tempfile.mktemp\n"
    "get()() #!\n",
    "# one that returns something else\n"
    "def d(f): return safe\n"
    "@d\n"
    "def get(): return tempfile.mktemp\n"
    "get()()\n",
    "# one that is unknown changes nothing\n"
    "import lib\n"
    "@lib.d(1)\n"
    "@lib.e\n"
    "def get(): return tempfile.mktemp\n"
    "get()() #!\n",
    "# two of them\n"
    "def d(f): return f\n"
    "def e(f): return lambda: f\n"
    "@d\n"
    "@e\n"
    "def get(): return tempfile.mktemp\n"
    "get()()() #!\n",
    "# of a class\n"
    "def d(c): return c\n"
    "@d\n"
    "class A:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "A.mk() #!\n",
    "# of a method\n"
    "def d(f):\n"
    "    def w(self):\n"
    "        return f(self)\n"
    "    return w\n"
    "class A:\n"
    "    @d\n"
    "    def get(self): return tempfile.mktemp\n"
    "A().get()() #!\n",
    "# a target\n"
    "@tempfile.mktemp #!\n"
    "def f(): pass\n",
    "# a class\n"
    "class D:\n"
    "    def __init__(self, f):\n"
    "        self.f = f\n"
    "@D\n"
    "def get(): return tempfile.mktemp\n"
    "get.f()() #!\n",
};

static void a_decorator_is_called_with_what_it_decorates(void **state)
{
    (void)state;
    ROWS_CHECK(decorators);
}

static const char *const generators[] = {
    "# in a for statement\n"
    "def g():\n"
    "    yield tempfile.mktemp\n"
    "for f in g():\n"
    "    f() #!\n",
    "# it is no function's result\n"
    "def g():\n"
    "    yield tempfile.mktemp\n"
    "g()()\n",
    "# as a context manager\n"
    "import contextlib\n"
    "@contextlib.contextmanager\n"
    "def g(f):\n"
    "    yield f, safe\n"
    "with g(tempfile.mktemp) as (a, b):\n"
    "    a() #!\n"
    "    b()\n",
    "# as a method that is a context manager\n"
    "import contextlib\n"
    "class A:\n"
    "    @contextlib.contextmanager\n"
    "    def g(self):\n"
    "        yield tempfile.mktemp\n"
    "    def f(self):\n"
    "        with self.g() as m:\n"
    "            m() #!\n",
    "# an unknown decorator is none\n"
    "import lib\n"
    "@lib.manager\n"
    "def g():\n"
    "    yield tempfile.mktemp\n"
    "with g() as m:\n"
    "    m()\n",
    "# an asynchronous one\n"
    "import contextlib\n"
    "@contextlib.asynccontextmanager\n"
    "async def g():\n"
    "    yield tempfile.mktemp\n"
    "async def f():\n"
    "    async with g() as m:\n"
    "        m() #!\n",
    "# what a generator sees\n"
    "def g():\n"
    "    mk = safe\n"
    "    def h():\n"
    "        mk() #!\n"
    "    mk = tempfile.mktemp\n"
    "    yield h\n"
    "    mk = safe\n",
    "# an awaited function\n"
    "async def g(): return tempfile.mktemp\n"
    "async def f():\n"
    "    (await g())() #!\n",
};

static void what_is_made_when_a_function_with_yield_is_called(void **state)
{
    (void)state;
    ROWS_CHECK(generators);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_argument_goes_to_its_parameter),
        cmocka_unit_test(whatever_is_called),
        cmocka_unit_test(a_decorator_is_called_with_what_it_decorates),
        cmocka_unit_test(what_is_made_when_a_function_with_yield_is_called),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
