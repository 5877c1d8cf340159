#include "tests/test.h"

#include "cmd/terminal/json.h"
#include "cmd/terminal/utf8.h"

static const struct {
    const char *what;
    struct text in;
    const char *out;
} strings[] = {
    { "quotes and backslashes", { "a\"b\\c", 5 }, "\"a\\\"b\\\\c\"" },
    { "line ends and tabs", { "\n\r\t", 3 }, "\"\\n\\r\\t\"" },
    { "other controls", { "\0\x1B\x7F", 3 }, "\"\\u0000\\u001b\\u007f\"" },
    { "C1 and bidi", { "\xC2\x9B\xE2\x80\xAE", 5 }, "\"\\u009b\\u202e\"" },
    { "one replacement for a cut sequence",
      { "\xE2\x82", 2 },
      "\"\xEF\xBF\xBD\"" },
    { "one for each stray byte",
      { "\xFF\xFE", 2 },
      "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "nothing", { "", 0 }, "\"\"" },
    { "other scripts stay", { "\xC3\xA4\xE6\x97\xA5", 5 }, "\"ä日\"" },
    { "a surrogate is none",
      { "\xED\xA0\x80", 3 },
      "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "a replacement character of the text stays",
      { "\xEF\xBF\xBD", 3 },
      "\"\xEF\xBF\xBD\"" },
};

static void strings_are_json_whatever_the_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++) {
        struct buffer out = BUFFER_EMPTY;

        json_string(&out, strings[i].in);
        if (!text_equal(buffer_view(&out), text_of(strings[i].out)))
            fail_msg("%s: got %s, want %s", strings[i].what, out.bytes,
                     strings[i].out);
        buffer_release(&out);
    }
}

static void every_byte_alone_is_one_character(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        char in = (char)byte;
        struct buffer out = BUFFER_EMPTY;

        json_string(&out, (struct text){ &in, 1 });
        assert_true(utf8_is_valid(buffer_view(&out)));
        for (size_t i = 0; i < out.size; i++)
            assert_true((unsigned char)out.bytes[i] >= 0x20);
        assert_true(out.size >= 3);
        buffer_release(&out);
    }
}

static void base64_is_that_of_the_rfc(void **state)
{
    static const char *const vectors[][2] = {
        { "", "\"\"" },
        { "f", "\"Zg==\"" },
        { "fo", "\"Zm8=\"" },
        { "foo", "\"Zm9v\"" },
        { "\xFF\xFE\xFB", "\"//77\"" },
        { "foobar", "\"Zm9vYmFy\"" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
        struct buffer out = BUFFER_EMPTY;

        json_base64(&out, text_of(vectors[i][0]));
        assert_string_equal(vectors[i][1], out.bytes);
        buffer_release(&out);
    }
}

static void members_and_elements_are_set_apart(void **state)
{
    struct buffer out = BUFFER_EMPTY;
    struct json json = JSON_TO(&out);

    (void)state;
    json_open(&json, NULL, '{');
    json_words(&json, "a", "x");
    json_open(&json, "b", '[');
    json_value(&json, NULL, "%d", 1);
    json_bool(&json, NULL, true);
    json_null(&json, NULL);
    json_close(&json, ']');
    json_open(&json, "c", '{');
    json_close(&json, '}');
    json_open(&json, "d", '[');
    json_close(&json, ']');
    json_bytes(&json, "e", TEXT("\xFF"));
    json_close(&json, '}');
    assert_string_equal("{ \"a\": \"x\", \"b\": [1, true, null], \"c\": {}, "
                        "\"d\": [], \"e\": \"/w==\" }",
                        out.bytes);
    buffer_release(&out);
}

static void a_break_puts_the_next_on_a_line_of_its_own(void **state)
{
    struct buffer out = BUFFER_EMPTY;
    struct json json = JSON_TO(&out);

    (void)state;
    json_open(&json, NULL, '{');
    json_break(&json, 2);
    json_open(&json, "a", '[');
    json_break(&json, 4);
    json_value(&json, NULL, "1");
    json_break(&json, 4);
    json_value(&json, NULL, "2");
    json_break(&json, 2);
    json_close(&json, ']');
    json_break(&json, 0);
    json_close(&json, '}');
    assert_string_equal("{\n  \"a\": [\n    1,\n    2\n  ]\n}", out.bytes);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_json_whatever_the_bytes),
        cmocka_unit_test(every_byte_alone_is_one_character),
        cmocka_unit_test(base64_is_that_of_the_rfc),
        cmocka_unit_test(members_and_elements_are_set_apart),
        cmocka_unit_test(a_break_puts_the_next_on_a_line_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
