#include "tests/core/tree.h"

/* What another file calls of the objects that this one has at its end. */
static const char made[] = "import tempfile\n"
                           "class A: pass\n"
                           "class B:\n"
                           "    mk = staticmethod(tempfile.mktemp)\n"
                           "def make(): return A()\n"
                           "def again(): return A()\n"
                           "def safe(): pass\n"
                           "one = A()\n"
                           "one.mk = tempfile.mktemp\n"
                           "got = make()\n"
                           "got.mk = tempfile.mktemp\n"
                           "hidden = B()\n"
                           "hidden.mk = safe\n"
                           "gone = B()\n"
                           "gone.mk = safe\n"
                           "del gone.mk\n"
                           "replaced = again()\n"
                           "maybe = A()\n"
                           "if one: maybe.ma = tempfile.mktemp\n"
                           "class C:\n"
                           "    mk = staticmethod(tempfile.mktemp)\n"
                           "    ma = staticmethod(tempfile.mktemp)\n"
                           "C.mk = safe\n"
                           "if one: C.ma = safe\n"
                           "class D(B):\n"
                           "    mk = staticmethod(safe)\n"
                           "del D.mk\n";

static void check(const char *expected, const char *text)
{
    struct files files = { .items = { { "main", text }, { "a", made } } };

    tree_check(&files, 2, expected);
}

static void what_a_file_stored_last_is_there(void **state)
{
    (void)state;
    check("main:2 main:3", "from a import got, one\none.mk()\ngot.mk()\n");
}

static void what_is_replaced_or_deleted_here_is_not_there(void **state)
{
    (void)state;
    check("main:4? main:7?", "from a import got, one, safe\n"
                             "one.mk = safe\n"
                             "got.mk = safe\n"
                             "one.mk()\n"
                             "del one.mk, got.mk\n"
                             "if x:\n"
                             "    got.mk()\n");
}

static void what_an_object_got_hides_its_class(void **state)
{
    (void)state;
    check("main:2? main:3", "from a import gone, hidden\n"
                            "hidden.mk()\n"
                            "gone.mk()\n");
}

static void an_object_of_two_calls_may_be_either(void **state)
{
    (void)state;
    check("main:4", "from a import got, make, safe\n"
                    "new = make()\n"
                    "new.mk = safe\n"
                    "got.mk()\n");
}

static void a_class_has_what_its_body_and_then_its_file_stored(void **state)
{
    (void)state;
    check("main:2? main:3 main:4", "from a import C, D\n"
                                   "C.mk()\n"
                                   "C.ma()\n"
                                   "D.mk()\n");
}

static void what_is_stored_in_a_branch_may_be_there(void **state)
{
    (void)state;
    check("main:2", "import a\na.maybe.ma()\n");
}

static void what_a_function_does_may_come_before_the_end(void **state)
{
    (void)state;
    check("main:3", "from a import one\ndef f():\n    one.mk()\n");
}

static void a_third_file_may_have_stored_something(void **state)
{
    struct files files = {
        .items = { { "main", "from a import replaced, safe\n"
                             "import third\n"
                             "replaced.mk()\n" },
                   { "a", made },
                   { "third", "import a, tempfile\n"
                              "a.replaced.mk = tempfile.mktemp\n" } }
    };
    static const char expected[] = "main:3";

    (void)state;
    tree_check(&files, 3, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_file_stored_last_is_there),
        cmocka_unit_test(what_is_replaced_or_deleted_here_is_not_there),
        cmocka_unit_test(what_an_object_got_hides_its_class),
        cmocka_unit_test(an_object_of_two_calls_may_be_either),
        cmocka_unit_test(a_class_has_what_its_body_and_then_its_file_stored),
        cmocka_unit_test(what_is_stored_in_a_branch_may_be_there),
        cmocka_unit_test(what_a_function_does_may_come_before_the_end),
        cmocka_unit_test(a_third_file_may_have_stored_something),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
