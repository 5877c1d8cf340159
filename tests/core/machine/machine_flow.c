#include "tests/core/rows.h"

static const char *const loops[] = {
    "# a loop in a loop\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        for y in x:\n"
    "            mk() #!\n"
    "            if y:\n"
    "                mk = tempfile.mktemp\n"
    "        other = mk\n"
    "    other() #!\n",
    "# three passes\n"
    "def f(xs):\n"
    "    a = b = c = safe\n"
    "    for x in xs:\n"
    "        a() #!\n"
    "        a = b\n"
    "        b = c\n"
    "        c = tempfile.mktemp\n",
    "# a while loop's condition\n"
    "def f():\n"
    "    mk = safe\n"
    "    while mk(): #!\n"
    "        mk = tempfile.mktemp\n",
    "# a swap\n"
    "a, b = tempfile.mktemp, safe\n"
    "for i in r:\n"
    "    a, b = b, a\n"
    "a() #!\n"
    "b() #!\n",
    "# what one pass alone brings to its end\n"
    "def f(xs):\n"
    "    for x in xs:\n"
    "        mk = tempfile.mktemp\n"
    "        mk = safe\n"
    "        mk()\n"
    "    mk()\n",
    "# continue\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        mk() #!\n"
    "        if x:\n"
    "            mk = tempfile.mktemp\n"
    "            continue\n"
    "        mk = safe\n",
    "# a loop in a try in a loop\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        try:\n"
    "            for y in x:\n"
    "                mk() #!\n"
    "        except E:\n"
    "            mk = tempfile.mktemp\n",
};

static void what_a_loops_later_passes_bring_is_seen_in_it(void **state)
{
    (void)state;
    ROWS_CHECK(loops);
}

static const char *const ends[] = {
    "# break\n"
    "def f():\n"
    "    mk = safe\n"
    "    while True:\n"
    "        mk = tempfile.mktemp\n"
    "        if c:\n"
    "            break\n"
    "        mk = safe\n"
    "    mk() #!\n",
    "# break with another value\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    while True:\n"
    "        mk = safe\n"
    "        if c:\n"
    "            break\n"
    "        mk = tempfile.mktemp\n"
    "    mk()\n",
    "# else\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        if x:\n"
    "            break\n"
    "    else:\n"
    "        mk = tempfile.mktemp\n"
    "    mk() #!\n",
    "# else is not reached by break\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        mk = tempfile.mktemp\n"
    "        if x:\n"
    "            break\n"
    "        mk = safe\n"
    "    else:\n"
    "        mk()\n"
    "    mk() #!\n",
    "# break out of a match\n"
    "def f(xs):\n"
    "    for x in xs:\n"
    "        match x:\n"
    "            case 1:\n"
    "                mk = tempfile.mktemp\n"
    "                break\n"
    "            case mk:\n"
    "                pass\n"
    "        mk = safe\n"
    "    mk() #!\n",
    "# break of the inner loop\n"
    "def f(xs):\n"
    "    mk = safe\n"
    "    for x in xs:\n"
    "        for y in x:\n"
    "            mk = tempfile.mktemp\n"
    "            break\n"
    "        else:\n"
    "            continue\n"
    "        mk() #!\n",
};

static void a_loop_is_left_by_its_condition_and_by_break(void **state)
{
    (void)state;
    ROWS_CHECK(ends);
}

static const char *const endless[] = {
    "# while True\n"
    "def f():\n"
    "    while True:\n"
    "        g()\n"
    "    tempfile.mktemp()\n",
    "# while 1\n"
    "def f():\n"
    "    while 1:\n"
    "        if c: return\n"
    "    tempfile.mktemp()\n",
    "# while not False\n"
    "while not False:\n"
    "    pass\n"
    "tempfile.mktemp()\n",
    "# a condition that is not known\n"
    "while c:\n"
    "    pass\n"
    "tempfile.mktemp() #!\n",
    "# break within with and try\n"
    "def f():\n"
    "    while True:\n"
    "        with a:\n"
    "            try:\n"
    "                break\n"
    "            finally:\n"
    "                pass\n"
    "    tempfile.mktemp() #!\n",
    "# break of a loop within it\n"
    "def f():\n"
    "    while True:\n"
    "        for x in y:\n"
    "            break\n"
    "    tempfile.mktemp()\n",
    "# break of a loop's else\n"
    "def f():\n"
    "    while True:\n"
    "        for x in y:\n"
    "            pass\n"
    "        else:\n"
    "            break\n"
    "    tempfile.mktemp() #!\n",
    "# its own else\n"
    "def f():\n"
    "    while True:\n"
    "        break\n"
    "    else:\n"
    "        tempfile.mktemp()\n"
    "    tempfile.mktemp() #!\n",
    "# within a function alone\n"
    "def f():\n"
    "    while True:\n"
    "        pass\n"
    "def g():\n"
    "    tempfile.mktemp() #!\n",
};

static void
nothing_is_behind_an_endless_loop_unless_something_breaks_out(void **state)
{
    (void)state;
    ROWS_CHECK(endless);
}

static const char *const branches[] = {
    "# elif\n"
    "if a:\n"
    "    mk = safe\n"
    "elif b:\n"
    "    mk = tempfile.mktemp\n"
    "elif c:\n"
    "    mk = other\n"
    "mk() #!\n",
    "# all branches replace it\n"
    "mk = tempfile.mktemp\n"
    "if a:\n"
    "    mk = safe\n"
    "else:\n"
    "    mk = other\n"
    "mk()\n",
    "# a branch that does not go on\n"
    "def f():\n"
    "    mk = tempfile.mktemp\n"
    "    if a:\n"
    "        return\n"
    "    else:\n"
    "        mk = safe\n"
    "    mk()\n",
    "# a branch that ends with raise\n"
    "def f():\n"
    "    mk = safe\n"
    "    if a:\n"
    "        mk = tempfile.mktemp\n"
    "        raise\n"
    "    mk()\n",
    "# what cannot be\n"
    "if False:\n"
    "    mk = tempfile.mktemp\n"
    "else:\n"
    "    mk = safe\n"
    "mk()\n",
    "# what must be\n"
    "if True:\n"
    "    mk = tempfile.mktemp\n"
    "else:\n"
    "    mk = safe\n"
    "mk() #!\n",
    "# an expression's branches\n"
    "mk = (tempfile.mktemp if a else safe) if b else other\n"
    "mk() #!\n",
    "# and, or\n"
    "mk = a and tempfile.mktemp or safe\n"
    "mk() #!\n",
    "# a match\n"
    "mk = safe\n"
    "match x:\n"
    "    case 1:\n"
    "        mk = tempfile.mktemp\n"
    "    case 2:\n"
    "        mk()\n"
    "mk() #!\n",
    "# a case that does not go on\n"
    "def f():\n"
    "    mk = safe\n"
    "    match x:\n"
    "        case 1:\n"
    "            mk = tempfile.mktemp\n"
    "            return\n"
    "        case 2:\n"
    "            pass\n"
    "    mk()\n",
    "# a guard\n"
    "match x:\n"
    "    case 1 if (mk := tempfile.mktemp):\n"
    "        mk() #!\n",
    "# assert\n"
    "mk = safe\n"
    "assert g, (mk := tempfile.mktemp)\n"
    "mk() #~\n",
    "# assert False\n"
    "def f():\n"
    "    assert False, \"never\"\n"
    "    tempfile.mktemp()\n",
};

static void what_branches_bring_meets_behind_them(void **state)
{
    (void)state;
    ROWS_CHECK(branches);
}

static const char *const scopes[] = {
    "# return in a function\n"
    "def f():\n"
    "    return 1\n"
    "tempfile.mktemp() #!\n",
    "# return in a lambda\n"
    "f = lambda: 1\n"
    "tempfile.mktemp() #!\n",
    "# a class body in a branch\n"
    "if c:\n"
    "    class A:\n"
    "        mk = staticmethod(tempfile.mktemp)\n"
    "else:\n"
    "    class A:\n"
    "        mk = staticmethod(safe)\n"
    "A.mk() #!\n",
    "# raise at the top\n"
    "raise SystemExit\n"
    "tempfile.mktemp()\n",
};

static void the_end_of_one_function_is_not_the_end_of_others(void **state)
{
    (void)state;
    ROWS_CHECK(scopes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_loops_later_passes_bring_is_seen_in_it),
        cmocka_unit_test(a_loop_is_left_by_its_condition_and_by_break),
        cmocka_unit_test(
            nothing_is_behind_an_endless_loop_unless_something_breaks_out),
        cmocka_unit_test(what_branches_bring_meets_behind_them),
        cmocka_unit_test(the_end_of_one_function_is_not_the_end_of_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
