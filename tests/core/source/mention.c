#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/source/mention.h"

static void mentions_of_a_word_are_in_the_order_of_the_text(void **state)
{
    struct mentions mentions;
    struct source source;
    struct error err;
    uint32_t at;

    (void)state;
    assert_int_equal(0,
                     source_open(&source, TEXT("a = b\n'b'\nb(a, b)\n"), &err));
    mention_open(&mentions, &source);
    at = mention_find(&mentions, TEXT("b"));
    assert_int_equal(0, mentions.items[at].line);
    assert_int_equal(4, mentions.items[at].start);
    at = mentions.items[at].next;
    assert_int_equal(2, mentions.items[at].line);
    at = mentions.items[at].next;
    assert_int_equal(2, mentions.items[at].line);
    assert_int_equal(MENTION_NONE, mentions.items[at].next);
    mention_close(&mentions);
    source_close(&source);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct mentions mentions;
    struct source source;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, TEXT("ab\n"), &err));
    mention_open(&mentions, &source);
    assert_int_equal(MENTION_NONE, mention_find(&mentions, TEXT("a")));
    assert_int_equal(MENTION_NONE, mention_find(&mentions, TEXT("")));
    mention_close(&mentions);
    mention_close(&mentions);
    source_close(&source);
}

static void many_words_have_room(void **state)
{
    struct buffer text = BUFFER_EMPTY;
    struct mentions mentions;
    struct source source;
    struct error err;

    (void)state;
    for (int i = 0; i < 5000; i++)
        buffer_format(&text, "x%d = x%d\n", i, i);
    assert_int_equal(0, source_open(&source, buffer_view(&text), &err));
    mention_open(&mentions, &source);
    for (uint32_t i = 0; i < 5000; i++) {
        char name[16];
        uint32_t at;

        snprintf(name, sizeof(name), "x%u", i);
        at = mention_find(&mentions, text_of(name));
        assert_int_equal(i, mentions.items[at].line);
        assert_int_not_equal(MENTION_NONE, mentions.items[at].next);
    }
    mention_close(&mentions);
    source_close(&source);
    buffer_release(&text);
}

static void the_first_mention_from_a_line_on(void **state)
{
    struct mentions mentions;
    struct source source;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, TEXT("a b\n1\n'c'\nd\n"), &err));
    mention_open(&mentions, &source);
    assert_int_equal(0, mention_from(&mentions, 0));
    assert_int_equal(2, mention_from(&mentions, 1));
    assert_int_equal(3, mention_from(&mentions, 2));
    assert_int_equal(4, mention_from(&mentions, 4));
    mention_close(&mentions);
    source_close(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mentions_of_a_word_are_in_the_order_of_the_text),
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(many_words_have_room),
        cmocka_unit_test(the_first_mention_from_a_line_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
