#include "tests/core/rows.h"

#include <time.h>

#include "core/base/buffer.h"
#include "core/facts/scan.h"

static const char *const passed[] = {
    "# by position\n"
    "def f(a, b):\n"
    "    a()\n"
    "    b() #!\n"
    "f(safe, tempfile.mktemp)\n",
    "# two calls\n"
    "def f(a):\n"
    "    a() #!\n"
    "f(safe)\n"
    "f(tempfile.mktemp)\n",
    "# from function to function\n"
    "def f(a): g(a)\n"
    "def g(a): h(a)\n"
    "def h(a):\n"
    "    a() #!\n"
    "f(tempfile.mktemp)\n",
    "# an attribute of it\n"
    "def f(m):\n"
    "    m.mktemp() #!\n"
    "f(tempfile)\n",
    "# an attribute of an attribute\n"
    "class A:\n"
    "    class B:\n"
    "        tf = tempfile\n"
    "def f(a):\n"
    "    a.B.tf.mktemp() #!\n"
    "f(A)\n",
    "# an item of it\n"
    "def f(d):\n"
    "    d[\"mk\"]() #!\n"
    "f({\"mk\": tempfile.mktemp})\n",
    "# replaced\n"
    "def f(a):\n"
    "    a = safe\n"
    "    a()\n"
    "f(tempfile.mktemp)\n",
    "# replaced in one branch\n"
    "def f(a):\n"
    "    if x:\n"
    "        a = safe\n"
    "    a() #!\n"
    "f(tempfile.mktemp)\n",
    "# never called\n"
    "def f(a):\n"
    "    a()\n"
    "def g(b):\n"
    "    return tempfile.mktemp\n",
    "# a default of a parameter\n"
    "def f(x):\n"
    "    def g(y=x):\n"
    "        y() #!\n"
    "    g()\n"
    "f(tempfile.mktemp)\n",
    "# iterated\n"
    "def f(xs):\n"
    "    for x in xs:\n"
    "        x() #!\n"
    "f([tempfile.mktemp])\n",
    "# unpacked\n"
    "def f(t):\n"
    "    a, b = t\n"
    "    a()\n"
    "    b() #!\n"
    "f((safe, tempfile.mktemp))\n",
    "# a context manager\n"
    "class M:\n"
    "    def __enter__(self): return tempfile.mktemp\n"
    "def f(m):\n"
    "    with m as mk:\n"
    "        mk() #!\n"
    "f(M())\n",
    "# an attribute of an attribute of an attribute\n"
    "class A: pass\n"
    "a = A()\n"
    "a.b = A()\n"
    "a.b.c = A()\n"
    "a.b.c.d = A()\n"
    "a.b.c.d.tf = tempfile\n"
    "def f(x):\n"
    "    x.b.c.d.tf.mktemp() #!\n"
    "f(a)\n",
    "# a class\n"
    "class A:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "def f(c):\n"
    "    c.mk() #!\n"
    "f(A)\n",
    "# a class that is called\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "def f(c):\n"
    "    c().mk() #!\n"
    "f(A)\n",
};

static void a_parameter_is_what_calls_pass(void **state)
{
    (void)state;
    ROWS_CHECK(passed);
}

static const char *const returned[] = {
    "# the argument itself\n"
    "def f(a): return a\n"
    "f(tempfile.mktemp)() #!\n"
    "f(safe)() #?\n",
    "# an attribute of the argument\n"
    "def f(m): return m.mktemp\n"
    "f(tempfile)() #!\n"
    "f(other)() #?\n",
    "# one of two\n"
    "def f(a, b): return a if x else b\n"
    "f(safe, tempfile.mktemp)() #!\n"
    "f(safe, other)() #?\n",
    "# through two functions\n"
    "def f(a): return g(a)\n"
    "def g(a): return a\n"
    "f(tempfile.mktemp)() #!\n"
    "f(safe)() #?\n",
    "# a function that knows the argument\n"
    "def f(a):\n"
    "    def g(): return a\n"
    "    return g\n"
    "f(tempfile.mktemp)()() #!\n",
    "# a function that calls the argument\n"
    "def f(a):\n"
    "    def g():\n"
    "        return a() #!\n"
    "    return g\n"
    "f(tempfile.mktemp)()\n",
    "# what the argument returns\n"
    "def f(a): return a()\n"
    "def g(): return tempfile.mktemp\n"
    "f(g)() #!\n",
    "# an item of a tuple\n"
    "def f(a): return a, safe\n"
    "f(tempfile.mktemp)[0]() #!\n"
    "f(tempfile.mktemp)[1]()\n",
    "# an attribute of self\n"
    "class A:\n"
    "    def __init__(self, mk):\n"
    "        self.mk = mk\n"
    "    def get(self): return self.mk\n"
    "A(tempfile.mktemp).get()() #!\n",
};

static void each_caller_gets_what_it_put_in(void **state)
{
    (void)state;
    ROWS_CHECK(returned);
}

static const char *const recursive[] = {
    "# with one argument less\n"
    "def f(n, g):\n"
    "    if n:\n"
    "        return f(n - 1, g)\n"
    "    return g\n"
    "f(3, tempfile.mktemp)() #!\n",
    "# each other\n"
    "def f(n, g):\n"
    "    return h(n - 1, g)\n"
    "def h(n, g):\n"
    "    if n:\n"
    "        return f(n, g)\n"
    "    g() #!\n"
    "f(3, tempfile.mktemp)\n",
    "# each other, and return\n"
    "def f(n, g):\n"
    "    if n:\n"
    "        return h(n - 1, g)\n"
    "    return g\n"
    "def h(n, g): return f(n, g)\n"
    "f(3, tempfile.mktemp)() #!\n",
    "# with exchanged arguments\n"
    "def f(n, a, b):\n"
    "    if n:\n"
    "        return f(n - 1, b, a)\n"
    "    a() #!\n"
    "    return b\n"
    "f(3, safe, tempfile.mktemp)() #!\n",
    "# with an attribute\n"
    "def f(x): return f(x.a)\n"
    "f(tempfile)\n",
    "# with several attributes\n"
    "class A: pass\n"
    "def f(x):\n"
    "    if c: return f(x.a)\n"
    "    if d: return f(x.b)\n"
    "    if e: return x.mk\n"
    "    return f(x.c)\n"
    "a = A()\n"
    "a.mk = tempfile.mktemp\n"
    "f(a)() #!\n",
    "# with a function around it\n"
    "def f(g):\n"
    "    return f(lambda: g())\n"
    "f(safe)\n",
    "# with itself\n"
    "def f(x): return x(x)\n"
    "f(f)\n",
    "# without an end\n"
    "def f(): return f()\n"
    "f()()\n",
    "# a function that finds itself\n"
    "def y(f): return f(lambda *a: y(f)(*a)) #!\n"
    "y(lambda g: tempfile.mktemp)() #!\n",
    "# a tree\n"
    "class N:\n"
    "    def __init__(self, next, mk):\n"
    "        self.next = next\n"
    "        self.mk = mk\n"
    "    def last(self):\n"
    "        if self.next:\n"
    "            return self.next.last()\n"
    "        return self.mk\n"
    "N(N(None, tempfile.mktemp), safe).last()() #!\n",
    "# a list of lists\n"
    "def f(l):\n"
    "    for x in l:\n"
    "        if c:\n"
    "            f(x)\n"
    "        else:\n"
    "            x() #!\n"
    "f([[tempfile.mktemp]])\n",
    "# strings that grow\n"
    "def f(s): return f(s + \"x\")\n"
    "getattr(tempfile, f(\"mk\"))()\n",
    "# bound methods that grow\n"
    "class A:\n"
    "    def m(self): return self.m\n"
    "a = A()\n"
    "while a:\n"
    "    a = a.m()\n",
};

static void functions_that_call_themselves(void **state)
{
    (void)state;
    ROWS_CHECK(recursive);
}

/* Once a round, not once a caller: that took 40 times as long. */
static void a_function_may_have_many_callers(void **state)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct facts facts;
    struct error err;
    clock_t begun = clock();

    (void)state;
    buffer_string(&bytes, "import tempfile\n"
                          "def check(x):\n"
                          "    return x.args.mktemp(x.func)\n");
    for (int i = 0; i < 800; i++)
        buffer_format(&bytes,
                      "class C%d:\n"
                      "    args = tempfile\n"
                      "def t%d():\n"
                      "    check(C%d())\n",
                      i, i, i);
    if (scan_blob(buffer_view(&bytes), &facts, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(1, facts.findings_count);
    if (clock() - begun > 3 * CLOCKS_PER_SEC)
        fail_msg("it takes %ld ms",
                 (clock() - begun) / (CLOCKS_PER_SEC / 1000));
    facts_release(&facts);
    buffer_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parameter_is_what_calls_pass),
        cmocka_unit_test(each_caller_gets_what_it_put_in),
        cmocka_unit_test(functions_that_call_themselves),
        cmocka_unit_test(a_function_may_have_many_callers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
