#include "tests/test.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/source/fingerprint.h"

#define LINES_MAX 16

static struct source source_of(struct text text)
{
    return (struct source){ .text = text };
}

/* The fingerprints of the lines 1 to `lines`, with a blank between. */
static char *all_lines(const struct source *source, uint32_t lines)
{
    struct fingerprint wanted[LINES_MAX];
    struct buffer out = BUFFER_EMPTY;

    for (uint32_t i = 0; i < lines; i++)
        wanted[i] = (struct fingerprint){ .line = i + 1 };
    fingerprint_lines(source, wanted, lines);
    for (uint32_t i = 0; i < lines; i++)
        buffer_format(&out, "%s%" PRIx64 ":%" PRIu32, i ? " " : "",
                      wanted[i].hash, wanted[i].count);
    return buffer_detach(&out);
}

/* A text in a static table. */
#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

#define LOREM "Lorem ipsum dolor sit amet.\n"
#define CALL  "p = tempfile.mktemp()\n"

static const struct {
    const char *what;
    struct text text;
    uint32_t lines;
    const char *fingerprints;
} vectors[] = {
    { "the empty file has one line", { "", 0 }, 1, "c129715d7a2bc9a3:1" },
    { "blanks and tabs do not count", ROW(" a\nb\n  \t\tc\n d"), 4,
      "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 "
      "a23a3dc5e078b07b:1" },
    { "no line end at the end",
      ROW(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End"), 6,
      "8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 "
      "c6805c5e1288b612:1 b86d3392aea1be30:1 e6ceba753e1a442:1" },
    { "LF ends a line",
      ROW(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n"), 7,
      "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 "
      "e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 "
      "c129715d7a2bc9a3:1" },
    { "CR ends a line",
      ROW(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r"), 7,
      "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 "
      "e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 "
      "c129715d7a2bc9a3:1" },
    { "CRLF ends a line once",
      ROW(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n"), 7,
      "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 "
      "e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 "
      "c129715d7a2bc9a3:1" },
    { "line ends of all kinds mixed",
      ROW(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n"), 7,
      "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 "
      "e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 "
      "c129715d7a2bc9a3:1" },
    { "equal hashes are counted",
      ROW(LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM), 11,
      "a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 "
      "a7f2ff13bc495cf2:4 a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6 "
      "a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 "
      "cc97dc7b1d7d8f7b:1 c129715d7a2bc9a3:1" },
    { "a call", ROW("import tempfile\nname = tempfile.mktemp()\n"), 3,
      "e4fde62206b34a21:1 5f4b71b397eaf35e:1 c129715d7a2bc9a3:1" },
    { "a call with CRLF",
      ROW("import tempfile\r\nname = tempfile.mktemp()\r\n"), 3,
      "e4fde62206b34a21:1 5f4b71b397eaf35e:1 c129715d7a2bc9a3:1" },
    { "a call without a line end",
      ROW("import tempfile\nname = tempfile.mktemp()"), 2,
      "ad45aea54b86b293:1 b1049f7d86a3efe8:1" },
    { "a byte order mark counts",
      ROW("\xef\xbb\xbfimport tempfile\nname = tempfile.mktemp()\n"), 2,
      "5b542e3a6bbbfff0:1 5f4b71b397eaf35e:1" },
    { "eight equal calls",
      ROW("import tempfile\n" CALL CALL CALL CALL CALL CALL CALL CALL), 6,
      "e070fcb0b5ac1de6:1 c59d1bc7c4aebfaa:1 c59d1bc7c4aebfaa:2 "
      "c59d1bc7c4aebfaa:3 c59d1bc7c4aebfaa:4 c0f596d916419eab:1" },
};

static void the_known_vectors_come_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
        struct source source = source_of(vectors[i].text);
        char *got = all_lines(&source, vectors[i].lines);

        if (strcmp(got, vectors[i].fingerprints) != 0)
            fail_msg("%s: got %s, want %s", vectors[i].what, got,
                     vectors[i].fingerprints);
        free(got);
    }
}

/* Texts whose units are the same, however they are spelled. */
static const struct {
    const char *what;
    struct text text, same;
} units[] = {
    { "a byte that is no UTF-8 is U+FFFD", ROW("a\xff"), ROW("a\uFFFD") },
    { "a cut sequence is one U+FFFD", ROW("\xe2\x82x"), ROW("\uFFFDx") },
    { "a cut sequence at the end too", ROW("\xf0\x9f\x92"), ROW("\uFFFD") },
    { "an overlong sequence is one for each byte", ROW("\xc0\x80"),
      ROW("\uFFFD\uFFFD") },
    { "a surrogate is three", ROW("\xed\xa0\x80"), ROW("\uFFFD\uFFFD\uFFFD") },
    { "too large a code point is four", ROW("\xf4\x90\x80\x80"),
      ROW("\uFFFD\uFFFD\uFFFD\uFFFD") },
    { "a blank between CR and LF makes two line ends", ROW("a\r \nb"),
      ROW("a\n\nb") },
};

static void what_decodes_alike_hashes_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
        struct source a = source_of(units[i].text);
        struct source b = source_of(units[i].same);
        char *got = all_lines(&a, 1), *want = all_lines(&b, 1);

        if (strcmp(got, want) != 0)
            fail_msg("%s: got %s, want %s", units[i].what, got, want);
        free(got);
        free(want);
    }
}

static void a_character_outside_the_basic_plane_is_two_units(void **state)
{
    struct source source = source_of(TEXT("x = '\U0001F600'\n"));
    char *got = all_lines(&source, 1);

    (void)state;
    assert_string_equal("4e43cdee9a71542d:1", got);
    free(got);
}

static void single_bytes_are_units_of_their_own(void **state)
{
    struct source latin = source_of(TEXT("gr\xfc\xdf = 1\n"));
    struct source utf8 = source_of(TEXT("grüß = 1\n"));
    char *got, *want;

    (void)state;
    latin.single_byte = true;
    got = all_lines(&latin, 2);
    want = all_lines(&utf8, 2);
    assert_string_equal(want, got);
    free(got);
    free(want);
}

static void a_line_may_be_wanted_twice(void **state)
{
    struct source source = source_of(TEXT("import tempfile\n" CALL));
    struct fingerprint wanted[] = { { .line = 2 }, { .line = 2 } };

    (void)state;
    fingerprint_lines(&source, wanted, 2);
    assert_int_equal(1, wanted[0].count);
    assert_memory_equal(&wanted[0], &wanted[1], sizeof(*wanted));
}

static void lines_that_nobody_wants_are_counted(void **state)
{
    struct source source =
        source_of(TEXT("import tempfile\n" CALL CALL CALL CALL CALL CALL CALL));
    struct fingerprint wanted[] = { { .line = 4 } };

    (void)state;
    fingerprint_lines(&source, wanted, 1);
    assert_true(wanted[0].hash == 0xc59d1bc7c4aebfaa);
    assert_int_equal(3, wanted[0].count);
}

/* A few lines are looked for, all of them are counted: the same comes out. */
static void it_does_not_matter_how_many_are_wanted(void **state)
{
    static const char *const lines[] = {
        "f(x)\n", "  f( x)\n", "\n",   " \t \n", "\xc3\xa9\xf0\x9f\x98\x80\n",
        "\xff\n", "g(x)\n",    "# x\n"
    };
    struct fingerprint all[400];
    struct buffer text = BUFFER_EMPTY;
    struct source source;

    (void)state;
    for (uint32_t i = 0; i < 400; i++) {
        buffer_string(&text, lines[(i * i + i / 7) % 8]);
        all[i] = (struct fingerprint){ .line = i + 1 };
    }
    source = source_of(buffer_view(&text));
    fingerprint_lines(&source, all, 400);
    for (uint32_t i = 0; i < 400; i++) {
        struct fingerprint one = { .line = i + 1 };

        fingerprint_lines(&source, &one, 1);
        if (one.hash != all[i].hash || one.count != all[i].count)
            fail_msg("line %u: %" PRIx64 ":%u, not %" PRIx64 ":%u", i + 1,
                     one.hash, one.count, all[i].hash, all[i].count);
    }
    buffer_release(&text);
}

static void nothing_wanted_is_fine(void **state)
{
    struct source source = source_of(TEXT(CALL));

    (void)state;
    fingerprint_lines(&source, NULL, 0);
}

/* Half a million lines, each wanted: quadratic work would not end. */
static void many_lines_take_linear_time(void **state)
{
    uint32_t lines = 500000;
    struct buffer text = BUFFER_EMPTY;
    struct fingerprint *wanted = memory_new(lines, sizeof(*wanted));
    struct source source;

    (void)state;
    for (uint32_t i = 0; i < lines; i++) {
        buffer_string(&text, "f()\n");
        wanted[i].line = i + 1;
    }
    source = source_of(buffer_view(&text));
    fingerprint_lines(&source, wanted, lines);
    assert_int_equal(1, wanted[0].count);
    assert_int_equal(lines - 25, wanted[lines - 26].count);
    assert_int_equal(1, wanted[lines - 1].count);
    free(wanted);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_vectors_come_out),
        cmocka_unit_test(what_decodes_alike_hashes_alike),
        cmocka_unit_test(a_character_outside_the_basic_plane_is_two_units),
        cmocka_unit_test(single_bytes_are_units_of_their_own),
        cmocka_unit_test(a_line_may_be_wanted_twice),
        cmocka_unit_test(lines_that_nobody_wants_are_counted),
        cmocka_unit_test(it_does_not_matter_how_many_are_wanted),
        cmocka_unit_test(nothing_wanted_is_fine),
        cmocka_unit_test(many_lines_take_linear_time),
    };

    return cmocka_run_group_tests_name("core/source/fingerprint", tests, NULL,
                                       NULL);
}
