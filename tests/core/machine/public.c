#include "tests/core/python.h"

#include "core/machine/public.h"

/* Which of the names a star import takes of the text, and whether it is open.
 */
static void check_public(const char *code, const char *taken, bool is_open)
{
    static const char *const names[] = { "a", "b", "_c" };
    struct public public = PUBLIC_EMPTY;
    struct buffer got = BUFFER_EMPTY;
    struct python python;

    python_collect(&python, text_of(code));
    public_collect(&public, &python.scopes, &python.tree);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (public_has(&public, &python.scopes,
                       scope_symbol(&python.scopes, text_of(names[i]))))
            buffer_format(&got, "%s ", names[i]);
    buffer_byte(&got, '\0');
    assert_string_equal(taken, got.bytes);
    assert_int_equal(is_open, public.is_open);
    buffer_release(&got);
    public_release(&public);
    python_close(&python);
}

static void without_a_list_underscores_are_private(void **state)
{
    (void)state;
    check_public("a = 1\n", "a b ", false);
}

static void a_list_says_all(void **state)
{
    (void)state;
    check_public("__all__ = ['a', \"_c\"]\n", "a _c ", false);
    check_public("__all__ = ('b',)\n", "b ", false);
    check_public("__all__ = 'a', 'b'\n", "a b ", false);
    check_public("__all__: list = []\n", "", false);
}

static void a_list_may_grow(void **state)
{
    (void)state;
    check_public("__all__ = []\n__all__ += ['b']\n", "b ", false);
    check_public("__all__ = []\n__all__.append('a')\n", "a ", false);
    check_public("__all__ = []\n__all__.extend(['a', '_c'])\n", "a _c ", false);
}

static void
a_list_that_cannot_be_read_off_may_hold_any_public_name(void **state)
{
    (void)state;
    check_public("__all__ = [n for n in dir()]\n", "a b ", true);
    check_public("__all__ = other.__all__ + ['_c']\n", "a b _c ", true);
    check_public("__all__ = ['x']\nextend(__all__)\n", "a b ", true);
    check_public("__all__ = ['\\x61']\n", "a b ", true);
    check_public("__all__ = [b'a', u'a']\n", "a b ", true);
    check_public("__all__ = ['''a''']\n", "a b ", true);
    check_public("print(__all__)\n", "a b ", true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_list_underscores_are_private),
        cmocka_unit_test(a_list_says_all),
        cmocka_unit_test(a_list_may_grow),
        cmocka_unit_test(
            a_list_that_cannot_be_read_off_may_hold_any_public_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
