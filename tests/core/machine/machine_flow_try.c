#include "tests/core/rows.h"

static const char *const handlers[] = {
    "# a value in between\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        mk = tempfile.mktemp\n"
    "        g()\n"
    "        mk = safe\n"
    "    except E:\n"
    "        mk() #!\n",
    "# the value from before\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    try:\n"
    "        mk = g()\n"
    "    except E:\n"
    "        mk() #!\n",
    "# a value of an inner try\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        try:\n"
    "            mk = tempfile.mktemp\n"
    "            g()\n"
    "        except A:\n"
    "            raise\n"
    "        mk = safe\n"
    "    except B:\n"
    "        mk() #!\n",
    "# a value of an inner handler\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        try:\n"
    "            g()\n"
    "        except A:\n"
    "            mk = tempfile.mktemp\n"
    "            h()\n"
    "            mk = safe\n"
    "    except B:\n"
    "        mk() #!\n",
    "# a value of a loop in the body\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    try:\n"
    "        for x in xs:\n"
    "            mk = tempfile.mktemp\n"
    "            g()\n"
    "            mk = safe\n"
    "    except E:\n"
    "        mk() #!\n",
    "# not what another handler wrote\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        g()\n"
    "    except A:\n"
    "        mk = tempfile.mktemp\n"
    "    except B:\n"
    "        mk()\n",
    "# not what stands behind\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        g()\n"
    "    except A:\n"
    "        mk()\n"
    "    mk = tempfile.mktemp\n",
    "# else comes from the body alone\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        g()\n"
    "    except E:\n"
    "        mk = tempfile.mktemp\n"
    "    else:\n"
    "        mk()\n"
    "    mk() #!\n",
    "# both go on\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        mk = tempfile.mktemp\n"
    "        g()\n"
    "        mk = safe\n"
    "    except E:\n"
    "        pass\n"
    "    mk() #!\n",
    "# raise\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        mk = tempfile.mktemp\n"
    "        raise X\n"
    "    except X:\n"
    "        mk() #!\n"
    "    else:\n"
    "        mk()\n",
    "# a handler that ends with raise goes no further\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        g()\n"
    "    except E:\n"
    "        mk = tempfile.mktemp\n"
    "        raise\n"
    "    mk()\n",
    "# a handler that ends with return goes no further\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        g()\n"
    "    except E:\n"
    "        mk = tempfile.mktemp\n"
    "        return\n"
    "    mk()\n",
    "# a handler that ends with continue goes on above\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        try:\n"
    "            mk() #!\n"
    "        except E:\n"
    "            mk = tempfile.mktemp\n"
    "            continue\n"
    "        mk = safe\n",
    "# what is caught is none of ours\n"
    "tf = tempfile\n"
    "try:\n"
    "    g()\n"
    "except E as tf:\n"
    "    tf.mktemp()\n"
    "tf.mktemp() #!\n",
    "# what is caught is evaluated\n"
    "try:\n"
    "    g()\n"
    "except tempfile.mktemp() as e: #!\n"
    "    pass\n",
};

static void a_handler_sees_whatever_its_body_wrote_on_the_way(void **state)
{
    (void)state;
    ROWS_CHECK(handlers);
}

static const char *const last[] = {
    "# return in the body\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        mk = tempfile.mktemp\n"
    "        return 1\n"
    "    finally:\n"
    "        mk() #!\n",
    "# nothing is behind a body that returns\n"
    "def f():\n"
    "    try:\n"
    "        return 1\n"
    "    finally:\n"
    "        pass\n"
    "    tempfile.mktemp()\n",
    "# nothing is behind a finally that returns\n"
    "def f():\n"
    "    try:\n"
    "        g()\n"
    "    finally:\n"
    "        return 1\n"
    "    tempfile.mktemp()\n",
    "# something is behind a body that may return\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        if c:\n"
    "            return\n"
    "        mk = tempfile.mktemp\n"
    "    finally:\n"
    "        g()\n"
    "    mk() #!\n",
    "# a value in between\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        mk = tempfile.mktemp\n"
    "        g()\n"
    "        mk = safe\n"
    "    finally:\n"
    "        mk() #!\n",
    "# a value of a handler\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        g()\n"
    "    except E:\n"
    "        mk = tempfile.mktemp\n"
    "        h()\n"
    "        mk = safe\n"
    "    finally:\n"
    "        mk() #!\n",
    "# break\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        try:\n"
    "            mk = tempfile.mktemp\n"
    "            break\n"
    "        finally:\n"
    "            g()\n"
    "    mk() #!\n",
    "# continue\n"
    "def f():\n"
    "    mk = safe\n"
    "    while True:\n"
    "        mk() #!\n"
    "        try:\n"
    "            mk = tempfile.mktemp\n"
    "            continue\n"
    "        finally:\n"
    "            g()\n",
    "# break, and what finally wrote\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        try:\n"
    "            break\n"
    "        finally:\n"
    "            mk = tempfile.mktemp\n"
    "    mk() #!\n",
    "# continue, and what finally wrote\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        mk() #!\n"
    "        try:\n"
    "            continue\n"
    "        finally:\n"
    "            mk = tempfile.mktemp\n"
    "        mk()\n",
    "# break out of two\n"
    "def f(xs):\n"
    "    a = b = safe\n"
    "    for x in xs:\n"
    "        try:\n"
    "            try:\n"
    "                break\n"
    "            finally:\n"
    "                a = tempfile.mktemp\n"
    "            a()\n"
    "        finally:\n"
    "            a() #!\n"
    "            b = a\n"
    "        b()\n"
    "    b() #!\n",
    "# a loop in the body has a break of its own\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        try:\n"
    "            for y in x:\n"
    "                break\n"
    "            mk()\n"
    "        finally:\n"
    "            mk = safe\n"
    "        tempfile.mktemp() #!\n",
    "# return, and what finally wrote for others\n"
    "def f():\n"
    "    mk = safe\n"
    "    def g():\n"
    "        mk() #!\n"
    "    try:\n"
    "        return g\n"
    "    finally:\n"
    "        mk = tempfile.mktemp\n",
    "# finally that jumps itself\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        try:\n"
    "            return\n"
    "        finally:\n"
    "            mk = tempfile.mktemp\n"
    "            break\n"
    "    mk() #!\n",
    "# what only an exception leaves behind goes no further\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        mk = tempfile.mktemp\n"
    "        g()\n"
    "        mk = safe\n"
    "    finally:\n"
    "        mk() #!\n"
    "    mk()\n",
    "# nor does what a return takes with it\n"
    "def f():\n"
    "    mk = safe\n"
    "    try:\n"
    "        if c:\n"
    "            mk = tempfile.mktemp\n"
    "            return\n"
    "    finally:\n"
    "        mk() #!\n"
    "    mk()\n",
    "# the value that was returned\n"
    "def f():\n"
    "    try:\n"
    "        try:\n"
    "            return tempfile.mktemp\n"
    "        finally:\n"
    "            g()\n"
    "    finally:\n"
    "        h()\n"
    "f()() #!\n",
    "# the value that finally returns\n"
    "def f():\n"
    "    try:\n"
    "        return safe\n"
    "    finally:\n"
    "        return tempfile.mktemp\n"
    "f()() #!\n",
    "# finally in finally\n"
    "def f():\n"
    "    try:\n"
    "        g()\n"
    "    finally:\n"
    "        mk = tempfile.mktemp\n"
    "        try:\n"
    "            h()\n"
    "        finally:\n"
    "            mk() #!\n"
    "    mk() #!\n",
    "# a handler and finally\n"
    "def f():\n"
    "    try:\n"
    "        g()\n"
    "    except E:\n"
    "        return\n"
    "    finally:\n"
    "        h()\n"
    "    tempfile.mktemp() #!\n",
    "# nobody goes on\n"
    "def f():\n"
    "    try:\n"
    "        raise X\n"
    "    except E:\n"
    "        return\n"
    "    finally:\n"
    "        h()\n"
    "    tempfile.mktemp()\n",
};

static void finally_runs_on_every_way_and_what_is_behind_it_on_the_ordinary_one(
    void **state)
{
    (void)state;
    ROWS_CHECK(last);
}

static const char *const managed[] = {
    "# raise\n"
    "with suppress(X):\n"
    "    raise X\n"
    "tempfile.mktemp() #!\n",
    "# return\n"
    "def f():\n"
    "    with suppress(KeyError):\n"
    "        return a['b']\n"
    "    return tempfile.mktemp() #!\n",
    "# a value in between\n"
    "mk = safe\n"
    "with suppress(X):\n"
    "    mk = tempfile.mktemp\n"
    "    g()\n"
    "    mk = safe\n"
    "mk() #!\n",
    "# the value from before\n"
    "mk = tempfile.mktemp\n"
    "with suppress(X):\n"
    "    mk = g()\n"
    "mk() #!\n",
    "# break\n"
    "for x in y:\n"
    "    mk = safe\n"
    "    with z:\n"
    "        mk = tempfile.mktemp\n"
    "        break\n"
    "mk() #!\n",
    "# what stands before it is over\n"
    "mk = tempfile.mktemp\n"
    "mk = safe\n"
    "with suppress(X):\n"
    "    g()\n"
    "mk()\n",
};

static void a_with_statement_may_end_its_body_anywhere(void **state)
{
    (void)state;
    ROWS_CHECK(managed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handler_sees_whatever_its_body_wrote_on_the_way),
        cmocka_unit_test(
            finally_runs_on_every_way_and_what_is_behind_it_on_the_ordinary_one),
        cmocka_unit_test(a_with_statement_may_end_its_body_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
