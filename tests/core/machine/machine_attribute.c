#include "tests/core/rows.h"

static const char *const objects[] = {
    "# stored, then called\n"
    "class A: pass\n"
    "a = A()\n"
    "a.mk = tempfile.mktemp\n"
    "a.mk() #!\n",
    "# called, then stored\n"
    "class A: pass\n"
    "a = A()\n"
    "a.mk() #?\n"
    "a.mk = tempfile.mktemp\n",
    "# replaced\n"
    "class A: pass\n"
    "a = A()\n"
    "a.mk = tempfile.mktemp\n"
    "a.mk = safe\n"
    "a.mk() #?\n",
    "# another name of the object\n"
    "class A: pass\n"
    "a = A()\n"
    "b = a\n"
    "b.mk = tempfile.mktemp\n"
    "a.mk() #!\n",
    "# another object of that name\n"
    "class A: pass\n"
    "a = A()\n"
    "b = a\n"
    "b.mk = tempfile.mktemp\n"
    "a = A()\n"
    "a.mk()\n",
    "# two objects of a class are two\n"
    "class A: pass\n"
    "a = A()\n"
    "b = A()\n"
    "a.mk = tempfile.mktemp\n"
    "b.mk()\n",
    "# objects that one call makes are one\n"
    "class A: pass\n"
    "for x in y:\n"
    "    a = A()\n"
    "    if x:\n"
    "        a.mk = tempfile.mktemp\n"
    "    a.mk() #!\n",
    "# one of two objects\n"
    "class A: pass\n"
    "a, b = A(), A()\n"
    "c = a if x else b\n"
    "c.mk = tempfile.mktemp\n"
    "a.mk() #!\n"
    "b.mk() #!\n",
    "# a store to one of two keeps what was there\n"
    "class A: pass\n"
    "a, b = A(), A()\n"
    "a.mk = tempfile.mktemp\n"
    "c = a if x else b\n"
    "c.mk = safe\n"
    "a.mk() #!\n",
    "# an object of an unknown class\n"
    "a = lib.thing()\n"
    "a.mk = tempfile.mktemp\n"
    "a.mk() #!\n"
    "lib.thing().mk()\n",
    "# an object in an object\n"
    "class A: pass\n"
    "a = A()\n"
    "a.b = A()\n"
    "a.b.mk = tempfile.mktemp\n"
    "a.b.mk() #!\n"
    "a.mk()\n",
    "# a list of objects that know the next one\n"
    "class A: pass\n"
    "head = None\n"
    "for x in y:\n"
    "    a = A()\n"
    "    a.next = head\n"
    "    a.mk = tempfile.mktemp\n"
    "    head = a\n"
    "head.next.next.mk() #!\n",
    "# an attribute of a function\n"
    "def f(): pass\n"
    "f.mk = tempfile.mktemp\n"
    "f.mk() #!\n",
    "# an attribute of a module\n"
    "os.mk = tempfile.mktemp\n"
    "os.mk() #!\n",
    "# an attribute of another module\n"
    "import lib\n"
    "lib.mk = tempfile.mktemp\n"
    "lib.mk() #!\n",
    "# a replaced member of a module is still that member\n"
    "tempfile.mktemp = safe\n"
    "tempfile.mktemp() #!\n",
};

static void an_objects_attribute_is_what_was_stored_in_it_last(void **state)
{
    (void)state;
    ROWS_CHECK(objects);
}

static const char *const others[] = {
    "# a function that fills it\n"
    "class A: pass\n"
    "def fill(a):\n"
    "    a.mk = tempfile.mktemp\n"
    "a = A()\n"
    "fill(a)\n"
    "a.mk() #!\n",
    "# a function that makes and fills it\n"
    "class A: pass\n"
    "def make():\n"
    "    a = A()\n"
    "    a.mk = tempfile.mktemp\n"
    "    return a\n"
    "make().mk() #!\n",
    "# a function that gets it\n"
    "class A: pass\n"
    "def use(a):\n"
    "    a.mk() #!\n"
    "a = A()\n"
    "a.mk = tempfile.mktemp\n"
    "use(a)\n",
    "# a function that gets it from another\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "def f(a): g(a)\n"
    "def g(a):\n"
    "    a.mk() #!\n"
    "f(A())\n",
    "# functions with an object of the module\n"
    "class A: pass\n"
    "a = A()\n"
    "def put():\n"
    "    a.mk = tempfile.mktemp\n"
    "def use():\n"
    "    a.mk() #!\n",
    "# an object that is filled after it was passed\n"
    "class A: pass\n"
    "def f():\n"
    "    a.mk() #!\n"
    "a = A()\n"
    "a.mk = tempfile.mktemp\n"
    "f()\n",
    "# an object that is none of those\n"
    "class A: pass\n"
    "def fill(a):\n"
    "    a.mk = tempfile.mktemp\n"
    "fill(A())\n"
    "b = A()\n"
    "b.mk()\n",
};

static void what_other_functions_store_in_an_object(void **state)
{
    (void)state;
    ROWS_CHECK(others);
}

static const char *const selves[] = {
    "# in one method\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "        self.mk() #!\n",
    "# in two methods\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "    def f(self):\n"
    "        self.mk() #!\n",
    "# in two methods, whatever the order\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.mk() #!\n"
    "    def put(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# from outside\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "A().mk() #!\n",
    "# into it\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.mk() #!\n"
    "a = A()\n"
    "a.mk = tempfile.mktemp\n"
    "a.f()\n",
    "# from a call's argument\n"
    "class A:\n"
    "    def __init__(self, mk):\n"
    "        self.mk = mk\n"
    "    def f(self):\n"
    "        self.mk() #!\n"
    "A(tempfile.mktemp)\n",
    "# its name does not matter\n"
    "class A:\n"
    "    def __init__(this):\n"
    "        this.mk = tempfile.mktemp\n"
    "    def f(me):\n"
    "        me.mk() #!\n",
    "# another class with such an attribute\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "class B:\n"
    "    def __init__(self):\n"
    "        self.mk = safe\n"
    "    def f(self):\n"
    "        self.mk()\n",
    "# stored last in this method\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "    def f(self):\n"
    "        self.mk = safe\n"
    "        self.mk() #?\n",
    "# an attribute of an attribute\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.tf = tempfile\n"
    "    def f(self):\n"
    "        self.tf.mktemp() #!\n",
    "# a function in a method\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "    def f(self):\n"
    "        def g():\n"
    "            self.mk() #!\n"
    "        return g\n",
    "# a self that is another's attribute\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "class B:\n"
    "    def __init__(self):\n"
    "        self.a = A()\n"
    "    def f(self):\n"
    "        self.a.mk() #!\n",
    "# an annotated store\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk: Any = tempfile.mktemp\n"
    "    def f(self):\n"
    "        self.mk() #!\n",
    "# a store by a with statement\n"
    "class M:\n"
    "    def __enter__(self): return tempfile.mktemp\n"
    "class A:\n"
    "    def f(self):\n"
    "        with M() as self.mk:\n"
    "            pass\n"
    "    def g(self):\n"
    "        self.mk() #!\n",
    "# a store by a for statement\n"
    "class A:\n"
    "    def f(self):\n"
    "        for self.mk in [tempfile.mktemp]:\n"
    "            self.mk() #!\n",
    "# a store by unpacking\n"
    "class A:\n"
    "    def f(self):\n"
    "        self.mk, self.n = tempfile.mktemp, 1\n"
    "    def g(self):\n"
    "        self.mk() #!\n"
    "        self.n()\n",
};

static void a_methods_self_is_any_object_of_its_class(void **state)
{
    (void)state;
    ROWS_CHECK(selves);
}

static const char *const classes[] = {
    "# stored from outside\n"
    "class A: pass\n"
    "A.mk = tempfile.mktemp\n"
    "A.mk() #!\n",
    "# stored by a class method\n"
    "class A:\n"
    "    mk = None\n"
    "    @classmethod\n"
    "    def put(cls):\n"
    "        cls.mk = tempfile.mktemp\n"
    "    @classmethod\n"
    "    def use(cls):\n"
    "        cls.mk() #!\n",
    "# replaced in the body\n"
    "class A:\n"
    "    mk = tempfile.mktemp\n"
    "    mk = safe\n"
    "A.mk() #?\n",
    "# under a condition\n"
    "class A:\n"
    "    if c:\n"
    "        mk = tempfile.mktemp\n"
    "    else:\n"
    "        mk = safe\n"
    "A.mk() #!\n",
    "# imported in the body\n"
    "class A:\n"
    "    import tempfile as tf\n"
    "    def f(self):\n"
    "        self.tf.mktemp() #!\n",
    "# a class in a class\n"
    "class A:\n"
    "    class B:\n"
    "        mk = staticmethod(tempfile.mktemp)\n"
    "A.B.mk() #!\n"
    "A.B().mk() #!\n",
    "# a class in a function\n"
    "def f():\n"
    "    class A:\n"
    "        mk = staticmethod(tempfile.mktemp)\n"
    "    return A\n"
    "f().mk() #!\n",
    "# a dataclass's field\n"
    "@dataclass\n"
    "class A:\n"
    "    mk: Any = tempfile.mktemp\n"
    "A().mk() #!\n"
    "A.mk() #!\n",
    "# a dataclass's argument\n"
    "@dataclass\n"
    "class A:\n"
    "    mk: Any\n"
    "A(mk=tempfile.mktemp).mk() #!\n",
    "# no dataclass\n"
    "class A:\n"
    "    mk: Any = tempfile.mktemp\n"
    "A().mk()\n",
};

static void attributes_of_classes(void **state)
{
    (void)state;
    ROWS_CHECK(classes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_objects_attribute_is_what_was_stored_in_it_last),
        cmocka_unit_test(what_other_functions_store_in_an_object),
        cmocka_unit_test(a_methods_self_is_any_object_of_its_class),
        cmocka_unit_test(attributes_of_classes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
