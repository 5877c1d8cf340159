#include "tests/test.h"

#include "core/base/buffer.h"
#include "hooks/joint/imports.h"

/* The names, each with a blank behind it. */
static void check_names(const char *text, const char *expected)
{
    struct imports imports = { .text = text_of(text) };
    struct buffer got = BUFFER_EMPTY;
    struct text name;

    while (imports_next(&imports, &name)) {
        buffer_text(&got, name);
        buffer_byte(&got, ' ');
    }
    buffer_byte(&got, '\0');
    assert_string_equal(expected, got.bytes);
    buffer_release(&got);
}

static void every_form_of_import_is_read(void **state)
{
    (void)state;
    check_names("import a", "a ");
    check_names("import a.b as c, d\nx = 1\n", "a.b d ");
    check_names("from a.b import c as d, e\n", "a.b c e ");
    check_names("from . import a\nfrom ..b import c", ". a ..b c ");
    check_names("from a import (b,\n    c)\n", "a b c ");
    check_names("import a, \\\n    b\n", "a b ");
    check_names("try: import a\nexcept: pass", "a ");
    check_names("from a import *", "a ");
}

static void words_that_only_look_alike_are_passed_over(void **state)
{
    (void)state;
    check_names("important = 1; reimport a; fromage b", "");
    check_names("yield from a()", "");
    check_names("import_module(a)", "");
    check_names("", "");
    check_names("import", "");
    check_names("from", "");
    check_names("import a as", "a ");
    check_names("from .import a", ". a ");
}

static void imports_by_a_function_are_told(void **state)
{
    (void)state;
    assert_true(imports_by_call(TEXT("x = __import__(n)")));
    assert_true(imports_by_call(TEXT("importlib.import_module(n)")));
    assert_false(imports_by_call(TEXT("import a")));
}

static void a_star_stands_behind_import(void **state)
{
    (void)state;
    assert_true(imports_star(TEXT("from a import *")));
    assert_true(imports_star(TEXT("from a import  \\\n *")));
    assert_false(imports_star(TEXT("import a\nb = c * d")));
    assert_false(imports_star(TEXT("import")));
}

static void parts_of_names_are_in_the_filter(void **state)
{
    struct imports_words words = { { 0 } };

    (void)state;
    imports_collect(&words, TEXT("import a.b\nfrom c import d"));
    assert_true(imports_has(&words, TEXT("a")));
    assert_true(imports_has(&words, TEXT("b")));
    assert_true(imports_has(&words, TEXT("d")));
    assert_false(imports_has(&words, TEXT("e")));
    assert_false(imports_has(&words, TEXT(IMPORTS_RELATIVE)));
    imports_collect(&words, TEXT("from . import x; __import__(y)"));
    assert_true(imports_has(&words, TEXT(IMPORTS_RELATIVE)));
    assert_true(imports_has(&words, TEXT(IMPORTS_BY_CALL)));
}

static bool meets(const char *word, const char *text)
{
    struct intern words = INTERN_EMPTY;
    bool result;

    intern_add(&words, text_of(word));
    result = imports_meet(&words, text_of(text));
    intern_release(&words);
    return result;
}

static void an_imported_name_meets_a_word_by_one_of_its_parts(void **state)
{
    (void)state;
    assert_true(meets("b", "import a.b.c"));
    assert_true(meets("d", "from a import d"));
    assert_false(meets("d", "import a\nd()"));
    assert_false(meets("a", "import aa"));
    assert_true(meets(IMPORTS_RELATIVE, "from . import x"));
    assert_true(meets("z", "__import__(name)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_import_is_read),
        cmocka_unit_test(words_that_only_look_alike_are_passed_over),
        cmocka_unit_test(imports_by_a_function_are_told),
        cmocka_unit_test(a_star_stands_behind_import),
        cmocka_unit_test(an_imported_name_meets_a_word_by_one_of_its_parts),
        cmocka_unit_test(parts_of_names_are_in_the_filter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
