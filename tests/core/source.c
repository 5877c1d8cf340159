#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/source.h"

/* A text in a static table. */
#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

static struct source open_text(struct text text)
{
    struct source source;
    struct error err;

    if (source_open(&source, text, &err) < 0)
        fail_msg("%.*s: %s", (int)text.size, text.bytes, err.message);
    return source;
}

static const struct {
    const char *what;
    struct text text, code;
} codes[] = {
    { "nothing", ROW(""), ROW("") },
    { "a statement", ROW("a = b\n"), ROW("a = b\n") },
    { "a comment", ROW("a # b\nc\n"), ROW("a    \nc\n") },
    { "a comment before CRLF", ROW("a # b\r\nc\n"), ROW("a    \r\nc\n") },
    { "a comment before CR", ROW("a # b\rc\n"), ROW("a    \nc\n") },
    { "a comment at the end", ROW("a # b"), ROW("a    ") },
    { "a comment in other letters", ROW("a #é\n"), ROW("a    \n") },
    { "a hash in a string", ROW("'#' \"#\" # '\n"), ROW("'#' \"#\"    \n") },
    { "an interpreter line", ROW("#!x\nc"), ROW("   \nc") },
};

static void code_is_what_the_grammar_can_parse_fast(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        struct source source = open_text(codes[i].text);
        struct text got = { source.code, codes[i].code.size };

        if (source.text.size != got.size || !text_equal(codes[i].code, got))
            fail_msg("%s: got \"%.*s\"", codes[i].what, (int)got.size,
                     got.bytes);
        source_close(&source);
        source_close(&source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_is_what_the_grammar_can_parse_fast),
    };

    return cmocka_run_group_tests_name("core/source", tests, NULL, NULL);
}
