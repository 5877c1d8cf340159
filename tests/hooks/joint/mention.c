#include "tests/test.h"

#include "hooks/joint/mention.h"

static void a_module_is_named_by_the_last_part_of_its_path(void **state)
{
    (void)state;
    assert_true(text_equal(TEXT("c"), mention_module(TEXT("a/b/c.py"))));
    assert_true(text_equal(TEXT("b"), mention_module(TEXT("a/b/__init__.py"))));
    assert_true(text_equal(TEXT("c"), mention_module(TEXT("c.py"))));
    assert_true(text_equal(TEXT("tool"), mention_module(TEXT("bin/tool"))));
}

static void a_word_has_no_letters_around_it(void **state)
{
    (void)state;
    assert_true(mention_has(TEXT("x mk y"), TEXT("mk")));
    assert_true(mention_has(TEXT("mk"), TEXT("mk")));
    assert_true(mention_has(TEXT("mkmk.mk"), TEXT("mk")));
    assert_false(mention_has(TEXT("amk mk1 _mk mk_ \303\244mk"), TEXT("mk")));
    assert_false(mention_has(TEXT(""), TEXT("mk")));
}

static bool may_get(const char *text)
{
    struct intern names = INTERN_EMPTY;
    bool result;

    intern_add(&names, TEXT("get"));
    intern_add(&names, TEXT("mk"));
    result = mention_may_get(text_of(text), TEXT("util"), &names);
    intern_release(&names);
    return result;
}

static void who_mentions_both_may_get_it(void **state)
{
    (void)state;
    assert_true(may_get("from util import mk"));
    assert_true(may_get("import a.util as u; u.get()"));
    assert_false(may_get("from util import mkdtemp"));
    assert_false(may_get("from utility import mk"));
    assert_false(may_get(""));
}

static void a_star_takes_all_and_a_package_is_not_named(void **state)
{
    (void)state;
    assert_true(may_get("from util import *"));
    assert_true(may_get("from . import mk"));
    assert_true(may_get("from .. import *"));
    assert_false(may_get("from .a import b"));
}

static void a_name_may_be_in_other_letters(void **state)
{
    (void)state;
    assert_true(may_get("from util import \xef\xbd\x8d\xef\xbd\x8b"));
    assert_true(may_get("from util import m\xef\xbd\x8b # \303\244"));
    assert_false(
        may_get("from util import \xef\xbd\x8d\xef\xbd\x8b\xef\xbd\x8b"));
    assert_false(may_get("from util import m\303\244k"));
    assert_false(may_get("from util import mk1 # \xff"));
}

static bool may_get_own(const char *text)
{
    struct intern names = INTERN_EMPTY;
    bool result;

    intern_add(&names, TEXT("gr\303\266\303\237e"));
    result = mention_may_get(text_of(text), TEXT("util"), &names);
    intern_release(&names);
    return result;
}

static void a_name_may_be_in_another_encoding(void **state)
{
    (void)state;
    assert_true(may_get_own("# coding: latin-1\nfrom util import gr\366\337e"));
    assert_false(may_get_own("from util import gr\366\337e"));
    assert_false(may_get_own("# coding: latin-1\nfrom util import grosse"));
    assert_true(may_get_own("from util import gr\303\266\303\237e"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_module_is_named_by_the_last_part_of_its_path),
        cmocka_unit_test(a_word_has_no_letters_around_it),
        cmocka_unit_test(who_mentions_both_may_get_it),
        cmocka_unit_test(a_name_may_be_in_other_letters),
        cmocka_unit_test(a_name_may_be_in_another_encoding),
        cmocka_unit_test(a_star_takes_all_and_a_package_is_not_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
