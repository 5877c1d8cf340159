#include "tests/test.h"

#include <string.h>

#include "core/base/buffer.h"
#include "core/source/literal.h"
#include "hooks/git/delta.h"
#include "hooks/history/glance.h"

/* A delta that is being made, and what it makes of its base. */
struct making {
    struct text base;
    struct buffer parts, bytes;
};

static void add_number(struct buffer *out, size_t number)
{
    for (; number > 0x7f; number >>= 7)
        buffer_byte(out, (char)(number | 0x80));
    buffer_byte(out, (char)number);
}

static void copy(struct making *making, size_t offset, size_t size)
{
    if (size == 0)
        return;
    buffer_byte(&making->parts, (char)0xb3);
    buffer_byte(&making->parts, (char)offset);
    buffer_byte(&making->parts, (char)(offset >> 8));
    buffer_byte(&making->parts, (char)size);
    buffer_byte(&making->parts, (char)(size >> 8));
    buffer_text(&making->bytes,
                text_slice(making->base, offset, offset + size));
}

static void insert(struct making *making, struct text text)
{
    if (text.size == 0)
        return;
    buffer_byte(&making->parts, (char)text.size);
    buffer_text(&making->parts, text);
    buffer_text(&making->bytes, text);
}

/* Is what was made without words, but for letters alone? Gives the memory back.
 */
static bool is_idle(struct making *making)
{
    struct buffer delta = BUFFER_EMPTY;
    struct text bytes = buffer_view(&making->bytes);
    struct glance glance = { .base = making->base };
    bool idle, really;

    add_number(&delta, making->base.size);
    add_number(&delta, bytes.size);
    buffer_text(&delta, buffer_view(&making->parts));
    glance.found = literal_glance(making->base);
    assert_in_range(glance.found, LITERAL_NONE, LITERAL_LONE);
    idle = glance_is_no_more(&glance, bytes, buffer_view(&delta));
    really = literal_glance(bytes) <= glance.found;
    if (idle && !really)
        fail_msg("of %.*s: %.*s", (int)making->base.size, making->base.bytes,
                 (int)bytes.size, bytes.bytes);
    buffer_release(&delta);
    buffer_release(&making->parts);
    buffer_release(&making->bytes);
    return idle;
}

#define BLANKS                                                                 \
    "                                                                        " \
    "                                                                        "

static const struct {
    const char *what, *base;
    size_t first, second; /* up to the first, from the second on is copied */
    const char *text;     /* in between */
    bool idle;
} rows[] = {
    { "nothing new", "x = 1\n", 6, 6, "", true },
    { "something new", "x = 1\n", 4, 4, "1", true },
    { "a word", "x = 1\n", 4, 5, "mktemp", false },
    { "a word behind what was there", "x = m" BLANKS, 5, 5, "ktemp", false },
    { "a word before what is there", BLANKS "mp", 144, 144, "mkte", false },
    { "a word where something was", "x = mk()temp\n", 6, 8, "", false },
    { "a word that was a part of one", "xmktemp\n", 0, 1, "", false },
    { "and the other way round", BLANKS "mktemps\n", 150, 151, "", false },
    { "a word that becomes another", "xmktemp\n", 0, 1, "y", true },
    { "a literal", "x['temp ']\n", 7, 8, "", false },
    { "an escape", "x = '\\y6d'\n", 6, 7, "x", false },
    { "a letter", "x = 'q'\n", 5, 6, "p", false },
    { "a letter alone", "f('p', 'q')\n", 8, 9, "p", true },
    { "a letter that is joined now", "f('p'" BLANKS ", x)\n", 149, 150, "+",
      false },
    { "a letter that is bound now", "(" BLANKS "y='p')\n", 0, 1, "", false },
    { "a letter that begins a line now", "f(x, 'p')\n", 5, 5, "\n", false },
    { "a letter in no brackets now", "f((x=2), y='p')\n", 0, 2, "f", false },
    { "another line than that of a letter", "f(x, 'p')\n" BLANKS "y\n", 10, 154,
      "z", true },
    { "what an encoding hides", "# coding: utf-7\n# \n" BLANKS BLANKS, 18, 18,
      "+AAo-mk", false },
    { "an encoding that hides it", "# coding: utf-8\n\n# +AAo-mk\n", 14, 15,
      "7", false },
    { "a word far away", BLANKS BLANKS "mktemps", 0, 4, "x", true },
};

static void what_is_new_is_looked_at_with_what_is_around_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct making making = { .base = text_of(rows[i].base) };

        copy(&making, 0, rows[i].first);
        insert(&making, text_of(rows[i].text));
        copy(&making, rows[i].second, making.base.size - rows[i].second);
        if (is_idle(&making) != rows[i].idle)
            fail_msg("%s", rows[i].what);
    }
}

static bool is_none(const char *bytes, const char *base, struct text delta)
{
    const struct glance glance = { LITERAL_NONE, text_of(base) };

    return glance_is_no_more(&glance, text_of(bytes), delta);
}

static void a_damaged_delta_is_nothing_to_go_by(void **state)
{
    (void)state;
    assert_true(is_none("ab", "ab", TEXT("\2\2\x90\2")));
    assert_false(is_none("ab", "ab", TEXT("\2\2\x90")));
    assert_false(is_none("ab", "ab", TEXT("\3\2\x90\2")));
    assert_false(is_none("ab", "ab", TEXT("\2\2\x90\1")));
}

static uint32_t next(uint32_t *random, uint32_t below)
{
    *random = *random * 1664525u + 1013904223u;
    return (*random >> 8) % below;
}

static void add_words(struct buffer *out, uint32_t *random, int count)
{
    static const char *const words[] = {
        "mk",
        "temp",
        "tmp",
        "nam",
        "k",
        "m",
        "p",
        "'",
        "\"",
        " ",
        " ",
        "\n",
        "\\",
        "x6d",
        "\\N{LATIN SMALL LETTER M}",
        "_",
        "é",
        "𝐩",
        "ｍｋ",
        "ｔ",
        "\xef",
        "\xbd",
        "\x8d",
        "\xff\xfe",
        "x = 1\n",
        BLANKS,
        "(",
        ")",
        "=",
        "+",
        "#",
        "abcdefghijkl",
    };

    while (count--)
        buffer_string(out, words[next(random, sizeof(words) / sizeof(*words))]);
}

/* Whatever is made: what is taken for idle is idle. */
static void what_is_made_at_random_is_idle_where_it_is_said(void **state)
{
    uint32_t random = 1;
    int bases = 0, idle = 0;

    (void)state;
    for (int round = 0; round < 60000; round++) {
        struct buffer base = BUFFER_EMPTY, text = BUFFER_EMPTY;
        struct making making = { .parts = BUFFER_EMPTY };
        size_t at = 0;

        add_words(&base, &random, 3 + (int)next(&random, 12));
        making.base = buffer_view(&base);
        while (literal_glance(making.base) <= LITERAL_LONE &&
               at < making.base.size) {
            uint32_t rest = (uint32_t)(making.base.size - at);
            size_t size = 1 + next(&random, rest);

            copy(&making, at, size);
            at += size + next(&random, 9);
            buffer_clear(&text);
            add_words(&text, &random, (int)next(&random, 2));
            if (text.size < 128)
                insert(&making, buffer_view(&text));
        }
        if (at > 0) {
            bases++;
            idle += is_idle(&making);
        }
        buffer_release(&text);
        buffer_release(&base);
    }
    assert_in_range(bases, 10000, 60000);
    assert_in_range(idle, 5000, 60000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_new_is_looked_at_with_what_is_around_it),
        cmocka_unit_test(a_damaged_delta_is_nothing_to_go_by),
        cmocka_unit_test(what_is_made_at_random_is_idle_where_it_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
