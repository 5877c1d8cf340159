#include "tests/test.h"

#include <string.h>

#include "cmd/lsp/lsp_value.h"
#include "core/base/buffer.h"

static struct json_object *read_text(const char *text)
{
    struct error err;

    return lsp_value_read(text_of(text), &err);
}

static void what_is_no_json_object_in_utf_8_is_an_error(void **state)
{
    static const char *const texts[] = {
        "",
        "{",
        "[]",
        "1",
        "{} x",
        "{}{}",
        "{\"a\": 1,}",
        "{\"a\"}",
        "{\"a\": \"\xff\"}",
        "null",
        "{a: 1}",
        "/**/{}",

    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct error err = { .code = ERROR_USAGE };

        if (lsp_value_read(text_of(texts[i]), &err))
            fail_msg("%s: it is taken", texts[i]);
        assert_int_equal(ERROR_FORMAT, err.code);
    }
}

static void nesting_has_a_limit(void **state)
{
    struct json_object *message;
    struct buffer text = BUFFER_EMPTY;

    (void)state;
    for (int depth = LSP_DEPTH_MAX; depth <= LSP_DEPTH_MAX + 1; depth++) {
        struct error err;

        buffer_clear(&text);
        buffer_string(&text, "{\"a\": ");
        for (int i = 1; i < depth; i++)
            buffer_byte(&text, '[');
        for (int i = 1; i < depth; i++)
            buffer_byte(&text, ']');
        buffer_byte(&text, '}');
        message = lsp_value_read(buffer_view(&text), &err);
        assert_int_equal(depth == LSP_DEPTH_MAX, message != NULL);
        lsp_value_free(message);
    }
    buffer_release(&text);
}

static void a_value_is_what_its_path_leads_to_or_absent(void **state)
{
    struct json_object *message =
        read_text("{\"a\": {\"b\": [1, \"x\\u0000\\ud83d\"], \"c\": null, "
                  "\"d\": true}, \"e\": 1.5}");
    struct json_object *list = lsp_value_at(message, "a.b");
    struct text text;
    int64_t number;

    (void)state;
    assert_int_equal(2, lsp_value_count(list));
    assert_true(lsp_value_number(lsp_value_item(list, 0), "", &number));
    assert_int_equal(1, number);
    assert_false(lsp_value_text(lsp_value_item(list, 0), "", &text));
    assert_true(lsp_value_text(lsp_value_item(list, 1), "", &text));
    assert_true(text_equal(text, TEXT("x\0\xef\xbf\xbd")));
    assert_null(lsp_value_item(list, 2));
    assert_null(lsp_value_at(message, "a.c"));
    assert_null(lsp_value_at(message, "a.b.c"));
    assert_null(lsp_value_at(message, "a.x"));
    assert_null(lsp_value_at(NULL, "a"));
    assert_int_equal(0, lsp_value_count(message));
    assert_int_equal(0, lsp_value_count(NULL));
    assert_true(lsp_value_is_true(message, "a.d"));
    assert_false(lsp_value_is_true(message, "a.b"));
    assert_false(lsp_value_number(message, "e", &number));
    lsp_value_free(message);
    lsp_value_free(NULL);
}

static void a_number_is_not_the_text_of_it(void **state)
{
    struct json_object *message =
        read_text("{\"a\": 1, \"b\": 1, \"c\": \"1\", \"d\": 2}");

    (void)state;
    assert_true(
        lsp_value_same(lsp_value_at(message, "a"), lsp_value_at(message, "b")));
    assert_false(
        lsp_value_same(lsp_value_at(message, "a"), lsp_value_at(message, "c")));
    assert_false(
        lsp_value_same(lsp_value_at(message, "a"), lsp_value_at(message, "d")));
    assert_false(lsp_value_same(NULL, NULL));
    lsp_value_free(message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_json_object_in_utf_8_is_an_error),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(a_value_is_what_its_path_leads_to_or_absent),
        cmocka_unit_test(a_number_is_not_the_text_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
