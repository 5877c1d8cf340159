#include "tests/core/rows.h"

static const char *const keys[] = {
    "# a dict's items\n"
    "d = {\"a\": safe, \"b\": tempfile.mktemp}\n"
    "d[\"a\"]()\n"
    "d[\"b\"]() #!\n",
    "# a number for a key\n"
    "d = {1: tempfile.mktemp, 2: safe}\n"
    "d[1]() #!\n"
    "d[2]()\n",
    "# bytes are another key than a string\n"
    "d = {\"a\": safe, b\"a\": tempfile.mktemp}\n"
    "d[\"a\"]()\n"
    "d[b\"a\"]() #!\n",
    "# stored, then called\n"
    "d = {}\n"
    "d[\"mk\"]() #?\n"
    "d[\"mk\"] = tempfile.mktemp\n"
    "d[\"mk\"]() #!\n",
    "# replaced\n"
    "d = {\"mk\": tempfile.mktemp}\n"
    "d[\"mk\"] = safe\n"
    "d[\"mk\"]() #?\n",
    "# a key that may be two\n"
    "d = {\"a\": safe, \"b\": tempfile.mktemp}\n"
    "k = \"a\" if x else \"b\"\n"
    "d[k]() #!\n",
    "# a key that is made of two strings\n"
    "d = {\"ab\": tempfile.mktemp}\n"
    "d[\"a\" + \"b\"]() #!\n",
    "# a key that is not known\n"
    "d = {\"a\": safe, \"b\": tempfile.mktemp}\n"
    "d[k]() #!\n",
    "# an unknown key that is stored under\n"
    "d = {}\n"
    "d[k] = tempfile.mktemp\n"
    "d[\"a\"]() #!\n",
    "# a key that nothing is under\n"
    "d = {\"a\": tempfile.mktemp}\n"
    "d[\"b\"]()\n",
    "# a tuple's items\n"
    "t = safe, tempfile.mktemp\n"
    "t[0]()\n"
    "t[1]() #!\n",
    "# from the end\n"
    "t = safe, tempfile.mktemp\n"
    "t[-1]() #!\n"
    "t[-2]()\n",
    "# a tuple for a key\n"
    "d = {}\n"
    "d[1, 2] = tempfile.mktemp\n"
    "d[1, 2]() #!\n",
    "# a module in a dict\n"
    "d = {\"t\": tempfile, \"o\": os}\n"
    "d[\"t\"].mktemp() #!\n"
    "d[\"o\"].tmpnam() #!\n"
    "d[\"o\"].mktemp()\n",
};

static void an_item_is_what_was_stored_under_its_key(void **state)
{
    (void)state;
    ROWS_CHECK(keys);
}

static const char *const nested[] = {
    "# a tuple in a dict in a dict\n"
    "d = {\"a\": {\"b\": (safe, tempfile.mktemp)}}\n"
    "d[\"a\"][\"b\"][0]()\n"
    "d[\"a\"][\"b\"][1]() #!\n",
    "# a store two deep\n"
    "d = {}\n"
    "d[\"a\"] = {}\n"
    "d[\"a\"][\"b\"] = tempfile.mktemp\n"
    "d[\"a\"][\"b\"]() #!\n"
    "d[\"a\"][\"c\"]()\n",
    "# a list that is put into itself\n"
    "a = [tempfile.mktemp]\n"
    "for x in y:\n"
    "    a = [a]\n"
    "a[0]() #!\n",
    "# an object in a list\n"
    "class A: pass\n"
    "a = A()\n"
    "a.mk = tempfile.mktemp\n"
    "l = [a]\n"
    "l[0].mk() #!\n",
    "# a dict in an object\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.d = {\"mk\": tempfile.mktemp}\n"
    "    def f(self):\n"
    "        self.d[\"mk\"]() #!\n",
    "# a list in an object\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.l = []\n"
    "    def add(self, f):\n"
    "        self.l.append(f)\n"
    "    def run(self):\n"
    "        for f in self.l:\n"
    "            f() #!\n"
    "a = A()\n"
    "a.add(tempfile.mktemp)\n"
    "a.run()\n",
    "# a dict of a class\n"
    "class A:\n"
    "    d = {\"mk\": tempfile.mktemp}\n"
    "    def f(self):\n"
    "        self.d[\"mk\"]() #!\n",
};

static void containers_in_containers(void **state)
{
    (void)state;
    ROWS_CHECK(nested);
}

static const char *const aliases[] = {
    "# a list\n"
    "a = []\n"
    "b = a\n"
    "b.append(tempfile.mktemp)\n"
    "a[0]() #!\n",
    "# two lists\n"
    "a = []\n"
    "b = []\n"
    "a.append(tempfile.mktemp)\n"
    "b[0]()\n",
    "# lists that one display makes\n"
    "for x in y:\n"
    "    l = []\n"
    "    if x:\n"
    "        l.append(tempfile.mktemp)\n"
    "    l[0]() #!\n",
    "# a name that gets another list\n"
    "a = [tempfile.mktemp]\n"
    "a = []\n"
    "a[0]()\n",
    "# a function that fills it\n"
    "def fill(d):\n"
    "    d[\"mk\"] = tempfile.mktemp\n"
    "d = {}\n"
    "fill(d)\n"
    "d[\"mk\"]() #!\n",
    "# a function with the module's dict\n"
    "d = {}\n"
    "def put():\n"
    "    d[\"mk\"] = tempfile.mktemp\n"
    "def use():\n"
    "    d[\"mk\"]() #!\n",
    "# a default that all calls share\n"
    "def f(l=[]):\n"
    "    l.append(tempfile.mktemp)\n"
    "    return l\n"
    "f()[0]() #!\n",
    "# a recursion that adds\n"
    "def f(n, fs):\n"
    "    if n:\n"
    "        f(n - 1, fs + [tempfile.mktemp])\n"
    "    for g in fs:\n"
    "        g() #!\n"
    "f(3, [])\n",
};

static void two_names_of_one_container(void **state)
{
    (void)state;
    ROWS_CHECK(aliases);
}

static const char *const loops[] = {
    "# a list\n"
    "for f in [safe, tempfile.mktemp]:\n"
    "    f() #!\n",
    "# a list of pairs\n"
    "for n, f in [(\"a\", safe), (\"b\", tempfile.mktemp)]:\n"
    "    f() #!\n"
    "    n()\n",
    "# a dict gives its keys\n"
    "for f in {\"a\": tempfile.mktemp}:\n"
    "    f()\n",
    "# a dict's values\n"
    "for f in {\"a\": tempfile.mktemp}.values():\n"
    "    f() #!\n",
    "# a comprehension\n"
    "[f() for f in (safe, tempfile.mktemp)] #!\n",
    "# a comprehension of two\n"
    "[g() for f in [[tempfile.mktemp]] for g in f] #!\n",
    "# what a comprehension makes\n"
    "fs = [f for f in (safe, tempfile.mktemp)]\n"
    "fs[0]() #!\n",
    "# what a dict comprehension makes\n"
    "d = {n: f for n, f in [(\"a\", tempfile.mktemp)]}\n"
    "d[\"a\"]() #!\n",
    "# a generator\n"
    "def g():\n"
    "    yield safe\n"
    "    yield tempfile.mktemp\n"
    "for f in g():\n"
    "    f() #!\n",
    "# a generator's argument\n"
    "def g(f):\n"
    "    yield f\n"
    "for f in g(tempfile.mktemp):\n"
    "    f() #!\n",
    "# an asynchronous generator\n"
    "async def g():\n"
    "    yield tempfile.mktemp\n"
    "async def h():\n"
    "    async for f in g():\n"
    "        f() #!\n",
    "# a function that returns a list\n"
    "def g():\n"
    "    return [tempfile.mktemp]\n"
    "for f in g():\n"
    "    f() #!\n",
};

static void all_items_one_after_the_other(void **state)
{
    (void)state;
    ROWS_CHECK(loops);
}

static const char *const unpacked[] = {
    "# a tuple\n"
    "a, b = tempfile.mktemp, safe\n"
    "a() #!\n"
    "b()\n",
    "# tuples in tuples\n"
    "a, (b, c) = safe, (tempfile.mktemp, safe)\n"
    "a()\n"
    "b() #!\n"
    "c()\n",
    "# the last one\n"
    "a, *b, c = safe, 1, 2, tempfile.mktemp\n"
    "a()\n"
    "c() #!\n",
    "# a list, whatever the order\n"
    "a, b = [safe, tempfile.mktemp]\n"
    "b() #!\n",
    "# what a function returns\n"
    "def f():\n"
    "    return 1, (tempfile.mktemp, 2)\n"
    "a, (b, c) = f()\n"
    "b() #!\n"
    "c()\n",
    "# too few\n"
    "a, b, c = tempfile.mktemp, safe\n"
    "a() #!\n"
    "c()\n",
    "# something unknown\n"
    "a, b = lib.f(tempfile.mktemp)\n"
    "a()\n",
};

static void names_that_get_items(void **state)
{
    (void)state;
    ROWS_CHECK(unpacked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_is_what_was_stored_under_its_key),
        cmocka_unit_test(containers_in_containers),
        cmocka_unit_test(two_names_of_one_container),
        cmocka_unit_test(all_items_one_after_the_other),
        cmocka_unit_test(names_that_get_items),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
