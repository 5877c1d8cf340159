#include "tests/core/rows.h"

static const char *const bases[] = {
    "# a base's attribute\n"
    "class A:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "class B(A): pass\n"
    "class C(B): pass\n"
    "C.mk() #!\n"
    "C().mk() #!\n",
    "# a method hides that of a base\n"
    "class A:\n"
    "    def get(self): return tempfile.mktemp\n"
    "class B(A):\n"
    "    def get(self): return safe\n"
    "B().get()()\n"
    "A().get()() #!\n",
    "# a diamond: the second base comes before what is above both\n"
    "class A:\n"
    "    def get(self): return safe\n"
    "class B(A): pass\n"
    "class C(A):\n"
    "    def get(self): return tempfile.mktemp\n"
    "class D(B, C): pass\n"
    "D().get()() #!\n",
    "# a diamond, the other way round\n"
    "class A:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "class B(A): pass\n"
    "class C(A):\n"
    "    mk = staticmethod(safe)\n"
    "class D(B, C): pass\n"
    "D.mk()\n",
    "# two bases: the first one wins\n"
    "class A:\n"
    "    mk = staticmethod(safe)\n"
    "class B:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "class C(A, B): pass\n"
    "class D(B, A): pass\n"
    "C.mk()\n"
    "D.mk() #!\n",
    "# what is above the first base comes before the second one\n"
    "class A:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "class B(A): pass\n"
    "class C:\n"
    "    mk = staticmethod(safe)\n"
    "class D(B, C): pass\n"
    "class E(C, B): pass\n"
    "D.mk() #!\n"
    "E.mk()\n",
    "# a base that is one of two\n"
    "class A:\n"
    "    mk = staticmethod(safe)\n"
    "class B:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "X = A if c else B\n"
    "class C(X): pass\n"
    "C.mk() #!\n",
    "# a base of a base's name\n"
    "class A:\n"
    "    class B:\n"
    "        mk = staticmethod(tempfile.mktemp)\n"
    "class C(A.B): pass\n"
    "C.mk() #!\n",
    "# a class that is its own base\n"
    "class A(A):\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "A.mk() #!\n",
    "# an unknown base\n"
    "class A(lib.Base):\n"
    "    def f(self):\n"
    "        self.mktemp()\n",
    "# bases in a loop\n"
    "A = object\n"
    "for x in y:\n"
    "    class A(A):\n"
    "        mk = staticmethod(tempfile.mktemp)\n"
    "A.mk() #!\n",
};

static void a_class_has_what_its_bases_have_the_nearest_first(void **state)
{
    (void)state;
    ROWS_CHECK(bases);
}

static const char *const selves[] = {
    "# a method of a derived class\n"
    "class A:\n"
    "    def get(self): return safe\n"
    "    def run(self):\n"
    "        self.get()() #!\n"
    "class B(A):\n"
    "    def get(self): return tempfile.mktemp\n",
    "# an attribute that a derived class stores\n"
    "class A:\n"
    "    def run(self):\n"
    "        self.mk() #!\n"
    "class B(A):\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n",
    "# an attribute of a derived class\n"
    "class A:\n"
    "    tf = None\n"
    "    def run(self):\n"
    "        self.tf.mktemp() #!\n"
    "class B(A):\n"
    "    tf = tempfile\n",
    "# an attribute that a base stores\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "class B(A):\n"
    "    def run(self):\n"
    "        self.mk() #!\n",
    "# an attribute of a sister class\n"
    "class A: pass\n"
    "class B(A):\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "class C(A):\n"
    "    def run(self):\n"
    "        self.mk()\n",
    "# an attribute of a class that stands beside it\n"
    "class A:\n"
    "    def run(self):\n"
    "        self.mk() #!\n"
    "class B:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "class C(A, B): pass\n",
    "# a method of a class that stands beside it\n"
    "class A:\n"
    "    def run(self):\n"
    "        self.get()() #!\n"
    "class B:\n"
    "    def get(self): return tempfile.mktemp\n"
    "class C(A, B): pass\n",
    "# a class that stands beside it further down\n"
    "class A:\n"
    "    def run(self):\n"
    "        self.tf.mktemp() #!\n"
    "class B(A): pass\n"
    "class C:\n"
    "    tf = tempfile\n"
    "class D(C): pass\n"
    "class E(B, D): pass\n",
    "# a class that stands beside nothing\n"
    "class A:\n"
    "    def run(self):\n"
    "        self.mk()\n"
    "class B:\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n"
    "class C(A): pass\n"
    "class D(B): pass\n",
    "# two levels\n"
    "class A:\n"
    "    def run(self):\n"
    "        self.mk() #!\n"
    "class B(A): pass\n"
    "class C(B):\n"
    "    def __init__(self):\n"
    "        self.mk = tempfile.mktemp\n",
};

static void self_may_be_an_object_of_a_class_derived_from_it(void **state)
{
    (void)state;
    ROWS_CHECK(selves);
}

static const char *const supers[] = {
    "# super().method\n"
    "class A:\n"
    "    def get(self): return tempfile.mktemp\n"
    "class B(A):\n"
    "    def get(self): return super().get()\n"
    "B().get()() #!\n",
    "# super with arguments\n"
    "class A:\n"
    "    def get(self): return tempfile.mktemp\n"
    "class B(A):\n"
    "    def get(self): return super(B, self).get()\n"
    "class C(B):\n"
    "    def get(self): return super(C, self).get()\n"
    "C().get()() #!\n",
    "# not its own\n"
    "class A:\n"
    "    def get(self): return safe\n"
    "class B(A):\n"
    "    def get(self): return tempfile.mktemp\n"
    "    def f(self):\n"
    "        super().get()()\n",
    "# super().__init__\n"
    "class A:\n"
    "    def __init__(self, mk):\n"
    "        self.mk = mk\n"
    "class B(A):\n"
    "    def __init__(self):\n"
    "        super().__init__(tempfile.mktemp)\n"
    "B().mk() #!\n",
    "# a base by its name\n"
    "class A:\n"
    "    def __init__(self, mk):\n"
    "        self.mk = mk\n"
    "class B(A):\n"
    "    def __init__(self):\n"
    "        A.__init__(self, tempfile.mktemp)\n"
    "B().mk() #!\n",
    "# super in a class method\n"
    "class A:\n"
    "    @classmethod\n"
    "    def get(cls): return tempfile.mktemp\n"
    "class B(A):\n"
    "    @classmethod\n"
    "    def get(cls): return super().get()\n"
    "B.get()() #!\n",
    "# super in a function of a method\n"
    "class A:\n"
    "    def get(self): return tempfile.mktemp\n"
    "class B(A):\n"
    "    def f(self):\n"
    "        return (lambda: super(B, self).get())()\n"
    "B().f()() #!\n",
    "# super of nothing\n"
    "def f():\n"
    "    super().mktemp()\n",
};

static void super_is_the_class_above(void **state)
{
    (void)state;
    ROWS_CHECK(supers);
}

static const char *const bound[] = {
    "# a function is a method\n"
    "class A:\n"
    "    def get(self): return tempfile.mktemp\n"
    "get = A().get\n"
    "get()() #!\n",
    "# a function, called with an object\n"
    "class A:\n"
    "    def get(self): return tempfile.mktemp\n"
    "A.get(A())() #!\n",
    "# a lambda is a method\n"
    "class A:\n"
    "    get = lambda self, f: f\n"
    "A().get(tempfile.mktemp)() #!\n"
    "A().get(safe, tempfile.mktemp)() #?\n",
    "# a Python function becomes a method, so it is no call of it\n"
    "class A:\n"
    "    mk = tempfile.mktemp\n"
    "    def f(self):\n"
    "        self.mk()\n"
    "A().mk()\n"
    "A.mk() #!\n",
    "# a builtin function does not\n"
    "class A:\n"
    "    mk = os.tempnam\n"
    "    def f(self):\n"
    "        self.mk() #!\n"
    "A().mk() #!\n",
    "# a static method\n"
    "class A:\n"
    "    @staticmethod\n"
    "    def get(): return tempfile.mktemp\n"
    "    def f(self):\n"
    "        self.get()() #!\n"
    "A.get()() #!\n"
    "A().get()() #!\n",
    "# a static method's argument\n"
    "class A:\n"
    "    @staticmethod\n"
    "    def run(f):\n"
    "        f() #!\n"
    "A.run(tempfile.mktemp)\n",
    "# a class method\n"
    "class A:\n"
    "    mk = staticmethod(tempfile.mktemp)\n"
    "    @classmethod\n"
    "    def get(cls): return cls.mk\n"
    "A.get()() #!\n"
    "A().get()() #!\n",
    "# a class method that makes objects\n"
    "class A:\n"
    "    def __init__(self, mk):\n"
    "        self.mk = mk\n"
    "    @classmethod\n"
    "    def make(cls): return cls(tempfile.mktemp)\n"
    "A.make().mk() #!\n",
    "# a property\n"
    "class A:\n"
    "    @property\n"
    "    def mk(self): return tempfile.mktemp\n"
    "A().mk() #!\n"
    "A.mk()\n",
    "# a property of an attribute\n"
    "class A:\n"
    "    def __init__(self):\n"
    "        self._mk = tempfile.mktemp\n"
    "    @property\n"
    "    def mk(self): return self._mk\n"
    "A().mk() #!\n",
    "# properties of properties\n"
    "class A:\n"
    "    @property\n"
    "    def tf(self): return tempfile\n"
    "class B:\n"
    "    @property\n"
    "    def a(self): return A()\n"
    "B().a.tf.mktemp() #!\n",
    "# a property of a base\n"
    "class A:\n"
    "    @property\n"
    "    def mk(self): return self.get()\n"
    "class B(A):\n"
    "    def get(self): return tempfile.mktemp\n"
    "B().mk() #!\n",
    "# a method of an attribute's class\n"
    "class A:\n"
    "    def get(self): return tempfile.mktemp\n"
    "class B:\n"
    "    a = A()\n"
    "    def f(self):\n"
    "        self.a.get()() #!\n",
    "# an object that is called\n"
    "class A:\n"
    "    def __call__(self): return tempfile.mktemp\n"
    "a = A()\n"
    "a()() #!\n",
    "# an object that is called with a function\n"
    "class A:\n"
    "    def __call__(self, f):\n"
    "        f() #!\n"
    "A()(tempfile.mktemp)\n",
};

static void what_a_classs_attribute_is_when_an_object_has_it(void **state)
{
    (void)state;
    ROWS_CHECK(bound);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_class_has_what_its_bases_have_the_nearest_first),
        cmocka_unit_test(self_may_be_an_object_of_a_class_derived_from_it),
        cmocka_unit_test(super_is_the_class_above),
        cmocka_unit_test(what_a_classs_attribute_is_when_an_object_has_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
