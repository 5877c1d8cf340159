#include "tests/core/tree.h"

#include "core/source/literal.h"

static void a_target_comes_through_another_file(void **state)
{
    struct files files = { .items = {
                               { "main", "from a import mktemp\nmktemp()\n" },
                               { "a", "from tempfile import mktemp\n" },
                           } };

    (void)state;
    tree_check(&files, 1, "main:2");
}

static void a_module_comes_through_several_files(void **state)
{
    struct files files = { .items = {
                               { "main", "import a\na.x.y.mktemp()\n" },
                               { "a", "import b as x\n" },
                               { "b", "from c import *\n" },
                               { "c", "import tempfile as y\n" },
                           } };

    (void)state;
    tree_check(&files, 1, "main:2");
}

static void files_that_do_not_matter_are_not_read(void **state)
{
    struct files
        files = { .items = {
                      { "main",
                        "import a, b\nfrom b import mktemp\nmktemp(a.x)\n" },
                      { "a", NULL },
                      { "b", "from tempfile import mktemp\n" },
                  } };

    (void)state;
    tree_check(&files, 1, "main:3");
    assert_int_equal(0, files.reads[1]);
    assert_int_equal(1, files.reads[2]);
}

static void what_is_passed_is_called_where_it_arrives(void **state)
{
    struct files
        files = { .items = {
                      { "main",
                        "import a, tempfile\na.run(tempfile.mktemp)\n" },
                      { "a", "def run(f):\n    return f()\n" },
                  } };

    (void)state;
    tree_check(&files, 1, "a:2");
}

static void what_a_base_does_with_self_counts(void **state)
{
    struct files
        files = { .items = {
                      { "main",
                        "import tempfile\nfrom a import A\nclass B(A):\n"
                        "    make = staticmethod(tempfile.mktemp)\n" },
                      { "a",
                        "class A:\n    def go(self):\n        self.make()\n" },
                  } };

    (void)state;
    tree_check(&files, 1, "a:3");
}

static void what_a_function_of_another_file_returns_is_called(void **state)
{
    struct files
        files = { .items = {
                      { "main", "import a\na.get().mktemp()\nwith_it = a.get\n"
                                "with_it().mktemp()\n" },
                      { "a",
                        "import tempfile\ndef get():\n    return tempfile\n" },
                  } };

    (void)state;
    tree_check(&files, 1, "main:2 main:4");
}

static void cycles_end(void **state)
{
    struct files
        files = { .items = {
                      { "main",
                        "from a import mktemp, b\nmktemp()\nb.mktemp()\n" },
                      { "a", "from tempfile import mktemp\nimport b\n" },
                      { "b", "import a\nfrom a import *\nimport main\n" },
                  } };

    (void)state;
    tree_check(&files, 1, "main:2 main:3");
}

static void a_later_star_redefines_what_it_has(void **state)
{
    struct files
        files = { .items = {
                      { "main",
                        "from tempfile import *\nfrom a import *\nmktemp()\n" },
                      { "a", "def mktemp():\n    pass\n" },
                  } };

    (void)state;
    tree_check(&files, 1, "main:3?");
    files.items[1].text = "def other():\n    pass\n";
    tree_check(&files, 1, "main:3");
}

static void a_submodule_that_is_imported_takes_the_place_of_a_name(void **state)
{
    struct files files = { .items = {
                               { "main",
                                 "import p.tempfile\np.tempfile.mktemp()\n" },
                               { "p/__init__", "import tempfile\n" },
                               { "p/tempfile", "def mktemp(): pass\n" },
                           } };

    (void)state;
    tree_check(&files, 1, "main:2?");
    files.items[0].text = "import p\np.tempfile.mktemp()\n";
    tree_check(&files, 1, "main:2");
}

static void a_needed_file_that_cannot_be_read_is_named(void **state)
{
    struct files files = { .items = {
                               { "main", "from a import mktemp\nmktemp()\n" },
                               { "a", NULL },
                           } };
    const struct link_tree tree = { tree_find, tree_inside, tree_read, &files };
    struct link_result result = LINK_RESULT_EMPTY;
    struct link *link = link_open(&tree);
    struct error err = { .message = "" };

    (void)state;
    assert_int_equal(-1,
                     link_run(link, &(uint32_t){ 0 }, 1, false, &result, &err));
    assert_int_equal(1, result.failed);
    assert_string_equal("it cannot be read", err.message);
    link_release(&result);
    link_close(link);
}

static void check_provides(struct files *files, const char *names, int expected)
{
    const struct link_tree tree = { tree_find, tree_inside, tree_read, files };
    struct link *link = link_open(&tree);
    struct error err = { .message = "" };

    assert_int_equal(expected,
                     link_provides(link, 0, text_of(names), false, &err));
    link_close(link);
}

static void names_lead_to_a_target_or_not(void **state)
{
    struct files
        files = { .items = {
                      { "main",
                        "import tempfile as t\nfrom a import *\n"
                        "from b import Base\n"
                        "class A:\n    make = staticmethod(t.mktemp)\n"
                        "    def mktemp(self): return t.mktemp()\n"
                        "class B(Base): pass\ndef get():\n    return t\n" },
                      { "a", "import tempfile as u\n" },
                      { "b", "import tempfile\nclass Base:\n"
                             "    mktemp = staticmethod(tempfile.mktemp)\n" },
                  } };

    (void)state;
    check_provides(&files, "t mktemp", 1);
    check_provides(&files, "u mktemp", 1);
    check_provides(&files, "get () mktemp", 1);
    check_provides(&files, "get mktemp", 0);
    check_provides(&files, "A make", 1);
    check_provides(&files, "A () mktemp", 0);
    check_provides(&files, "B () mktemp", 1);
    check_provides(&files, "other mktemp", 0);
    files.items[2].text = NULL;
    check_provides(&files, "B () mktemp", -1);
    check_provides(&files, "A () mktemp", 0);
}

static void names_lead_to_what_is_held_or_not(void **state)
{
    struct files
        files = { .items = {
                      { "main",
                        "import tempfile, sys, importlib\n"
                        "from contextlib import contextmanager\n"
                        "d = {'x': tempfile, 'y': None}\nn = {'x': sys}\n"
                        "def get(): return d\n"
                        "def ident(x): return x\ndef other(x): return n\n"
                        "def give(): yield tempfile\n"
                        "@contextmanager\ndef held(): yield tempfile\n" },
                  } };

    (void)state;
    check_provides(&files, "d [] mktemp", 1);
    check_provides(&files, "d get () mktemp", 1);
    check_provides(&files, "d values () [] mktemp", 1);
    check_provides(&files, "d mktemp", 0);
    check_provides(&files, "n [] mktemp", 0);
    check_provides(&files, "get () [] mktemp", 1);
    check_provides(&files, "give () [] mktemp", 1);
    check_provides(&files, "give () mktemp", 0);
    check_provides(&files, "held () [] mktemp", 1);
    check_provides(&files, "ident () mktemp", 1);
    check_provides(&files, "other () mktemp", 0);
    check_provides(&files, "importlib import_module () mktemp", 1);
    check_provides(&files, "sys modules [] mktemp", 1);
    check_provides(&files, "sys path [] mktemp", 0);
}

static void a_file_is_read_once_for_all_groups(void **state)
{
    struct files files = { .items = {
                               { "main", "from a import mktemp\nmktemp()\n" },
                               { "a", "from tempfile import mktemp\n" },
                               { "other", "import a\na.mktemp()\n" },
                           } };
    const struct link_tree tree = { tree_find, tree_inside, tree_read, &files };
    struct link *link = link_open(&tree);
    struct error err = { .message = "" };

    (void)state;
    for (uint32_t i = 0; i < 4; i++) {
        struct link_result result = LINK_RESULT_EMPTY;

        assert_int_equal(0, link_run(link, &(uint32_t){ i % 2 * 2 }, 1, false,
                                     &result, &err));
        assert_int_equal(2, result.files_count);
        assert_int_equal(1, result.files[0].facts.findings_count);
        link_release(&result);
    }
    for (int i = 0; i < 3; i++)
        assert_int_equal(1, files.reads[i]);
    link_close(link);
}

static void names_that_carry_a_target_are_exported(void **state)
{
    struct files
        files = { .items = {
                      { "main",
                        "import tempfile\nfrom tempfile import mktemp\n"
                        "mk = mktemp\nmk = None\nd = {'x': mktemp}\n"
                        "def get():\n    return mktemp\n"
                        "def use():\n    mktemp()\n"
                        "class C:\n    def m(self):\n        self.x = mktemp\n"
                        "class D(C): pass\nclass E: pass\n"
                        "o = E()\no.y = mktemp\nlater = get\n" },
                  } };
    const struct link_tree tree = { tree_find, tree_inside, tree_read, &files };
    struct link_result result = LINK_RESULT_EMPTY;
    struct link *link = link_open(&tree);
    struct buffer got = BUFFER_EMPTY;
    struct error err = { .message = "" };
    const struct intern *exports;

    (void)state;
    assert_int_equal(0,
                     link_run(link, &(uint32_t){ 0 }, 1, false, &result, &err));
    exports = &result.files[0].facts.exports;
    for (uint32_t i = 0; i < intern_count(exports); i++) {
        buffer_text(&got, intern_text(exports, i));
        buffer_byte(&got, ' ');
    }
    buffer_byte(&got, '\0');
    assert_string_equal("C D E d get later o ", got.bytes);
    buffer_release(&got);
    link_release(&result);
    link_close(link);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_target_comes_through_another_file),
        cmocka_unit_test(a_module_comes_through_several_files),
        cmocka_unit_test(files_that_do_not_matter_are_not_read),
        cmocka_unit_test(what_is_passed_is_called_where_it_arrives),
        cmocka_unit_test(what_a_base_does_with_self_counts),
        cmocka_unit_test(what_a_function_of_another_file_returns_is_called),
        cmocka_unit_test(cycles_end),
        cmocka_unit_test(a_later_star_redefines_what_it_has),
        cmocka_unit_test(
            a_submodule_that_is_imported_takes_the_place_of_a_name),
        cmocka_unit_test(a_needed_file_that_cannot_be_read_is_named),
        cmocka_unit_test(names_lead_to_a_target_or_not),
        cmocka_unit_test(names_lead_to_what_is_held_or_not),
        cmocka_unit_test(a_file_is_read_once_for_all_groups),
        cmocka_unit_test(names_that_carry_a_target_are_exported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
