#include "tests/core/rows.h"

static const char *const changed[] = {
    "# an attribute\n"
    "class A: pass\n"
    "a = A()\n"
    "a.mk = safe\n"
    "def f():\n"
    "    a.mk = tempfile.mktemp\n"
    "f()\n"
    "a.mk() #!\n",
    "# an item\n"
    "d = {\"a\": safe}\n"
    "def f():\n"
    "    d[\"a\"] = tempfile.mktemp\n"
    "f()\n"
    "d[\"a\"]() #!\n",
    "# an attribute of an argument\n"
    "class A: pass\n"
    "def f(x):\n"
    "    x.mk = tempfile.mktemp\n"
    "a = A()\n"
    "a.mk = None\n"
    "f(a)\n"
    "a.mk() #!\n",
    "# an item of an argument\n"
    "def f(x):\n"
    "    x[\"a\"] = tempfile.mktemp\n"
    "d = {\"a\": None}\n"
    "f(d)\n"
    "d[\"a\"]() #!\n",
    "# an attribute of self\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = None\n"
    "        self.setup()\n"
    "        self.mk() #!\n"
    "    def setup(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# by a method of a derived class\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = None\n"
    "        self.setup()\n"
    "        self.mk() #!\n"
    "    def setup(self):\n"
    "        pass\n"
    "class B(A):\n"
    "    def setup(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# by a call of a call\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = None\n"
    "        self.setup()\n"
    "        self.mk() #!\n"
    "    def setup(self): self.again()\n"
    "    def again(self): put(self)\n"
    "def put(a):\n"
    "    a.mk = tempfile.mktemp\n",
    "# an attribute of a class\n"
    "class A:\n"
    "    mk = None\n"
    "def f():\n"
    "    A.mk = tempfile.mktemp\n"
    "f()\n"
    "A.mk() #!\n",
    "# by setattr\n"
    "class A: pass\n"
    "a = A()\n"
    "a.mk = safe\n"
    "def f(n):\n"
    "    setattr(a, n, tempfile.mktemp)\n"
    "f(\"mk\")\n"
    "a.mk() #!\n",
    "# in a branch\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.mk = safe\n"
    "        if x:\n"
    "            self.put()\n"
    "        else:\n"
    "            self.mk() #?\n"
    "        self.mk() #!\n"
    "    def put(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# in a loop\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.mk = safe\n"
    "        for x in y:\n"
    "            self.mk() #!\n"
    "            self.put()\n"
    "    def put(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# by a constructor\n"
    "class A:\n"
    "    def __init__(self, b):\n"
    "        b.mk = tempfile.mktemp\n"
    "class B:\n"
    "    def f(self):\n"
    "        self.mk = safe\n"
    "        A(self)\n"
    "        self.mk() #!\n",
};

static void what_a_call_may_store_in_an_object_is_seen_behind_it(void **state)
{
    (void)state;
    ROWS_CHECK(changed);
}

static const char *const kept[] = {
    "# nothing is called\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.mk = safe\n"
    "        self.mk() #?\n"
    "    def put(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# something else is called\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.mk = safe\n"
    "        self.log()\n"
    "        print(self)\n"
    "        self.mk() #?\n"
    "    def log(self):\n"
    "        self.n = 1\n"
    "    def put(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# stored behind the call\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.put()\n"
    "        self.mk = safe\n"
    "        self.mk() #?\n"
    "    def put(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# another item\n"
    "d = {\"a\": safe}\n"
    "def f():\n"
    "    d[\"b\"] = tempfile.mktemp\n"
    "f()\n"
    "d[\"a\"]()\n",
    "# another attribute\n"
    "class A: pass\n"
    "a = A()\n"
    "a.mk = safe\n"
    "def f():\n"
    "    a.m = tempfile.mktemp\n"
    "f()\n"
    "a.mk()\n",
    "# an object that nothing else has\n"
    "class A: pass\n"
    "def f():\n"
    "    a = A()\n"
    "    a.mk = tempfile.mktemp\n"
    "def g():\n"
    "    a = A()\n"
    "    a.mk = safe\n"
    "    f()\n"
    "    a.mk()\n",
};

static void what_a_call_cannot_have_changed_is_as_it_was(void **state)
{
    (void)state;
    ROWS_CHECK(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_call_may_store_in_an_object_is_seen_behind_it),
        cmocka_unit_test(what_a_call_cannot_have_changed_is_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
