#include "tests/test.h"

#include "cmd/terminal/xml.h"

static const struct {
    const char *what;
    struct text in;
    const char *out;
} texts[] = {
    { "markup",
      { "<a b=\"c\">&'", 11 },
      "&lt;a b=&quot;c&quot;&gt;&amp;&#39;" },
    { "line ends and tabs", { "\n\r\t", 3 }, "&#xA;&#xD;&#x9;" },
    { "what XML has no characters for", { "\0\x1B", 2 }, "\\x00\\x1b" },
    { "other controls",
      { "\x7F\xC2\x9B\xE2\x80\xAE", 6 },
      "&#x7F;&#x9B;&#x202E;" },
    { "no character", { "\xEF\xBF\xBF", 3 }, "\xEF\xBF\xBD" },
    { "not UTF-8", { "\xFF", 1 }, "\xEF\xBF\xBD" },
    { "other scripts stay", { "\xC3\xA4\xF0\x9F\x98\x80", 6 }, "ä😀" },
};

static void text_is_well_formed_whatever_the_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct buffer out = BUFFER_EMPTY;

        xml_text(&out, texts[i].in);
        if (!text_equal(buffer_view(&out), text_of(texts[i].out)))
            fail_msg("%s: %s", texts[i].what, out.bytes);
        buffer_release(&out);
    }
}

static void an_attribute_is_set_apart_and_quoted(void **state)
{
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    xml_attribute(&out, "name", "a \"b\"");
    assert_string_equal(" name=\"a &quot;b&quot;\"", out.bytes);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_well_formed_whatever_the_bytes),
        cmocka_unit_test(an_attribute_is_set_apart_and_quoted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
