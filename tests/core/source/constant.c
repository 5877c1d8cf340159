#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/source/constant.h"

static const struct {
    const char *what, *python, *exports;
} rows[] = {
    { "a name", "wanted = \"mktemp\"\n", "wanted" },
    { "every target's", "a = 'tempnam'\nb = r'tmpnam'\n", "a,b" },
    { "nothing else", "a = 'mkstemp'\nb = mktemp\nc = 'x.mktemp'\n", "" },
    { "more of a text", "a = 'mktemp' + x\nb = ('mktemp', 1)\n", "" },
    { "a comment behind", "a = 'mktemp'  # why\n", "a" },
    { "no line end behind", "a = 'mktemp'", "a" },
    { "CRLF behind", "a = 'mktemp'\r\n", "a" },
    { "several in a line", "a = 'mktemp'; b = 'mktemp'; c = 1\n", "a,b" },
    { "several names", "a = b = 'mktemp'\n", "a,b" },
    { "a type", "a: str = 'mktemp'\n", "a,str" },
    { "of a class", "class C:\n    a = 'mktemp'\n", "a" },
    { "of a function", "async def f():\n    a = 'mktemp'\nb = 1\n", "" },
    { "behind a function", "def f():\n    pass\na = 'mktemp'\n", "a" },
    { "of a function of a class",
      "class C:\n    def f(self):\n        a = 'mktemp'\n", "" },
    { "within a statement", "if x:\n    a = 'mktemp'\n", "a" },
    { "an argument", "f(a='mktemp')\nf(\n    a='mktemp'\n)\n", "" },
    { "a comparison", "a == 'mktemp'\na != 'mktemp'\na <= 'mktemp'\n", "" },
    { "where lines are not indented as they should be",
      "def f():\n        b = 1\n   a = 'mktemp'\n", "a" },
    { "nothing before", "= 'mktemp'\n", "" },
};

static char *exports_of(const char *python)
{
    struct source source;
    struct intern exports = INTERN_EMPTY;
    struct buffer out = BUFFER_EMPTY;
    struct error err;

    assert_int_equal(0, source_open(&source, text_of(python), &err));
    constant_exports(&source, &exports);
    for (uint32_t i = 0; i < intern_count(&exports); i++) {
        struct text export = intern_text(&exports, i);

        assert_true(text_ends_with(export, TEXT(" __dict__ getattr vars")));
        buffer_string(&out, i ? "," : "");
        buffer_append(&out, export.bytes, text_find(export, ' ', 0));
    }
    intern_release(&exports);
    source_close(&source);
    return buffer_detach(&out);
}

static void modules_and_classes_export_constants(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char *got = exports_of(rows[i].python);

        if (strcmp(got ? got : "", rows[i].exports) != 0)
            fail_msg("%s: got %s", rows[i].what, got);
        free(got);
    }
}

static void what_is_indented_too_often_comes_to_an_end(void **state)
{
    struct buffer python = BUFFER_EMPTY;
    char *got;

    (void)state;
    for (int column = 250; column > 0; column--)
        buffer_format(&python, "%*sdef f():\n", column, "");
    buffer_string(&python, "a = 'mktemp'\n");
    buffer_byte(&python, '\0');
    got = exports_of(python.bytes);
    assert_string_equal("a", got);
    free(got);
    buffer_release(&python);
}

/* All in one line: quadratic work would not end. */
static void many_in_a_line_take_linear_time(void **state)
{
    struct buffer python = BUFFER_EMPTY;
    char *got;

    (void)state;
    for (int i = 0; i < 200000; i++)
        buffer_string(&python, "a='mktemp';");
    buffer_string(&python, "\n");
    got = exports_of(python.bytes);
    assert_string_equal("a", got);
    free(got);
    buffer_release(&python);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules_and_classes_export_constants),
        cmocka_unit_test(many_in_a_line_take_linear_time),
        cmocka_unit_test(what_is_indented_too_often_comes_to_an_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
