#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "hooks/joint/modules.h"

/* The tree, as paths of files between blanks. */
static enum modules_kind ask(void *context, struct text path)
{
    struct buffer wanted = BUFFER_EMPTY;
    enum modules_kind kind = MODULES_NOTHING;

    buffer_byte(&wanted, ' ');
    buffer_text(&wanted, path);
    buffer_string(&wanted, path.size ? "/" : "");
    buffer_byte(&wanted, '\0');
    if (strstr(context, wanted.bytes))
        kind = MODULES_FOLDER;
    buffer_clear(&wanted);
    buffer_format(&wanted, " %.*s ", (int)path.size, path.bytes);
    buffer_byte(&wanted, '\0');
    if (path.size && strstr(context, wanted.bytes))
        kind = MODULES_FILE;
    buffer_release(&wanted);
    return kind;
}

static struct modules tree_of(char *files)
{
    return (struct modules){ .ask = ask, .context = files };
}

static void check_path(struct modules *modules, uint32_t number,
                       const char *expected)
{
    if (!expected) {
        assert_int_equal(MODULES_NONE, number);
        return;
    }
    assert_int_not_equal(MODULES_NONE, number);
    if (!text_equal(text_of(expected), modules_path(modules, number)))
        fail_msg("%s: %.*s", expected, (int)modules_path(modules, number).size,
                 modules_path(modules, number).bytes);
}

/* What `name` means in `from`, in a tree of these files. */
static void check_find(const char *files, const char *from, const char *name,
                       const char *expected)
{
    char copy[256];
    struct modules modules = tree_of(copy);

    assert_true(snprintf(copy, sizeof(copy), " %s ", files) <
                (int)sizeof(copy));
    check_path(&modules,
               modules_find(&modules, modules_add(&modules, text_of(from)),
                            text_of(name), false),
               expected);
    modules_release(&modules);
}

static void a_module_stands_beside_a_script(void **state)
{
    (void)state;
    check_find("s.py a.py", "s.py", "a", "a.py");
    check_find("x/s.py x/a.py a.py", "x/s.py", "a", "x/a.py");
    check_find("s.py", "s.py", "a", NULL);
    check_find("s a.py", "s", "a", "a.py");
}

static void a_package_comes_before_a_module(void **state)
{
    (void)state;
    check_find("s.py a.py a/__init__.py", "s.py", "a", "a/__init__.py");
    check_find("s.py a.py a/b.py", "s.py", "a", "a.py");
    check_find("s.py a/__init__.py a/b.py", "s.py", "a.b", "a/b.py");
}

static void a_folder_is_a_package_if_there_is_nothing_else(void **state)
{
    (void)state;
    check_find("s.py a/b.py", "s.py", "a", "a");
    check_find("s.py a/b.py", "s.py", "a.b", "a/b.py");
    check_find("s.py a/b.py src/a.py", "s.py", "a", "src/a.py");
}

static void within_a_package_imports_start_around_it(void **state)
{
    const char *files =
        "p/__init__.py p/q/__init__.py p/q/m.py p/q/n.py p/n.py";

    (void)state;
    check_find(files, "p/q/m.py", "p.n", "p/n.py");
    check_find(files, "p/q/m.py", "n", NULL);
    check_find(files, "p/q/m.py", "p.q.n", "p/q/n.py");
    check_find("x/p/__init__.py x/p/m.py x/n.py", "x/p/m.py", "n", "x/n.py");
}

static void dots_lead_outwards(void **state)
{
    const char *files =
        "p/__init__.py p/q/__init__.py p/q/m.py p/q/n.py p/n.py";

    (void)state;
    check_find(files, "p/q/m.py", ".n", "p/q/n.py");
    check_find(files, "p/q/m.py", "..n", "p/n.py");
    check_find(files, "p/q/m.py", ".", "p/q/__init__.py");
    check_find(files, "p/q/__init__.py", ".n", "p/q/n.py");
    check_find(files, "p/q/m.py", "..", "p/__init__.py");
    check_find(files, "p/q/m.py", "....n", NULL);
    check_find("t/a.py t/b.py", "t/a.py", ".b", "t/b.py");
    check_find("t/a.py t/b.py", "t/a.py", ".", "t");
}

static void sources_may_stand_in_src_or_lib(void **state)
{
    (void)state;
    check_find("src/p/__init__.py src/p/a.py tests/t.py", "tests/t.py", "p.a",
               "src/p/a.py");
    check_find("lib/a.py tests/unit/t.py", "tests/unit/t.py", "a", "lib/a.py");
    check_find("x/src/p/a.py x/tests/t.py", "x/tests/t.py", "p.a",
               "x/src/p/a.py");
}

static void names_that_are_none_lead_nowhere(void **state)
{
    static const char *const names[] = { "",    "a..b",       "a/b",   "/etc/x",
                                         "a.",  ".a/b",       ".a..b", "..a",
                                         "a b", "__init__.py" };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        check_find("s.py a.py a/b.py b.py", "s.py", names[i], NULL);
}

static void beside_a_script_means_in_its_folder(void **state)
{
    char files[] =
        " s.py tempfile.py p/__init__.py p/m.py p/tempfile.py x/y.py ";
    struct modules modules = tree_of(files);

    (void)state;
    check_path(&modules,
               modules_find(&modules, modules_add(&modules, TEXT("s.py")),
                            TEXT("tempfile"), true),
               "tempfile.py");
    check_path(&modules,
               modules_find(&modules, modules_add(&modules, TEXT("p/m.py")),
                            TEXT("tempfile"), true),
               NULL);
    check_path(&modules,
               modules_find(&modules, modules_add(&modules, TEXT("x/y.py")),
                            TEXT("tempfile"), true),
               NULL);
    modules_release(&modules);
}

static void a_package_has_modules_inside(void **state)
{
    char files[] = " p/__init__.py p/m.py q/n.py r.py ";
    struct modules modules = tree_of(files);
    uint32_t package = modules_add(&modules, TEXT("p/__init__.py"));
    uint32_t folder = modules_add(&modules, TEXT("q"));
    uint32_t module = modules_add(&modules, TEXT("r.py"));

    (void)state;
    assert_true(modules_is_folder(&modules, folder));
    assert_false(modules_is_folder(&modules, package));
    check_path(&modules, modules_inside(&modules, package, TEXT("m")),
               "p/m.py");
    check_path(&modules, modules_inside(&modules, folder, TEXT("n")), "q/n.py");
    check_path(&modules, modules_inside(&modules, module, TEXT("m")), NULL);
    check_path(&modules, modules_inside(&modules, package, TEXT("()")), NULL);
    modules_release(&modules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_module_stands_beside_a_script),
        cmocka_unit_test(a_package_comes_before_a_module),
        cmocka_unit_test(a_folder_is_a_package_if_there_is_nothing_else),
        cmocka_unit_test(within_a_package_imports_start_around_it),
        cmocka_unit_test(dots_lead_outwards),
        cmocka_unit_test(sources_may_stand_in_src_or_lib),
        cmocka_unit_test(names_that_are_none_lead_nowhere),
        cmocka_unit_test(beside_a_script_means_in_its_folder),
        cmocka_unit_test(a_package_has_modules_inside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
