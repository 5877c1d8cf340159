#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "core/slice/chunk.h"

#include "core/source/word.h"

/* The first chunk is all before the bar; it has so many parts. */
static const struct {
    const char *what, *before, *behind;
    size_t parts;
} chunks[] = {
    { "a statement", "a\n", "b\n", 1 },
    { "with all that is below it", "def f():\n  a\n\n  b\n\n", "c\n", 1 },
    { "a class has its statements", "class C:\n  a\n  def f(): a\n", "b\n", 3 },
    { "a decorator goes with its function", "@a\ndef f():\n  b\n", "c\n", 1 },
    { "a line of a string is no statement", "a = '''\nb\n'''\n", "c\n", 1 },
    { "nor is one in brackets", "a = (\nb\n)\n", "c\n", 1 },
    { "nor does a comment in a string belong to what is below",
      "a = '''\n# ''' + b\nc\n", "d\n", 2 },
    { "a comment that it starts with neither", "# a\nb\n", "c\n", 1 },
    { "a string is no place to cut", "a\n'b'\n", "c\n", 2 },
    { "a comment belongs to the line below", "a\n", "# b\nc\n", 1 },
    { "a file of comments has none", "# a\n", "", 0 },
};

static void a_chunk_is_what_is_before_the_next_statement(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(chunks) / sizeof(*chunks); i++) {
        char text[100];
        struct chunk chunk = { .size = 0 };

        snprintf(text, sizeof(text), "%s%s", chunks[i].before,
                 chunks[i].behind);
        if (!chunk_read(&chunk, text_of(text), NULL) ||
            chunk.size != strlen(chunks[i].before) ||
            chunk.parts_count != chunks[i].parts)
            fail_msg("%s: %zu bytes, %zu parts", chunks[i].what, chunk.size,
                     chunk.parts_count);
        chunk_release(&chunk);
    }
}

static void what_is_not_regular_is_no_chunk(void **state)
{
    static const char *const texts[] = {
        "(\nb\n", "'''\nb\n", "  a\n", "if a:\nb\n", "a $ b\n", "@a\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct chunk chunk = { .size = 0 };

        if (chunk_read(&chunk, text_of(texts[i]), NULL))
            fail_msg("a chunk: %s", texts[i]);
        chunk_release(&chunk);
    }
}

static const struct {
    const char *python;
    unsigned flags;
} flags[] = {
    { "a\n", 0 },
    { "a(b.mktemp)\n", CHUNK_FOREIGN },
    { "a(b . mktemp, mktemp)\n", CHUNK_MATTERS },
    { "a(tempfile.mktemp)\n", CHUNK_MATTERS | CHUNK_FOREIGN },
    { "a(tempfile)\n", CHUNK_MATTERS },
    { "a('mktemp')\n", 0 },
    { "raise a\n", CHUNK_MATTERS },
    { "def f():\n  raise a\n", 0 },
    { "class C:\n  assert a\n", CHUNK_MATTERS },
    { "import a\n", CHUNK_MATTERS },
    { "from a import b\n", 0 },
    { "from a import *\n", CHUNK_MATTERS },
    { "def f():\n  import a\n", 0 },
    { "os.path\n", CHUNK_OS },
    { "a(__import__)\n", CHUNK_IMPORTS },
    { "sys.modules\n", CHUNK_IMPORTS },
    { "modules\n", 0 },
    { "from sys import modules\n", CHUNK_IMPORTS },
    { "getattr(a, 'b')\n", CHUNK_READS },
    { "a('temp')\n", CHUNK_PARTS },
    { "a('b' 'c')\n", CHUNK_JOINS },
    { "a('b c' 'c d')\n", 0 },
    { "a('\\x61')\n", CHUNK_JOINS },
    { "a('b\\n')\n", 0 },
    { "\xef\xbd\x8d()\n", CHUNK_MATTERS },
};

static void some_words_matter_by_themselves(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
        struct chunk chunk = { .size = 0 };

        if (!chunk_read(&chunk, text_of(flags[i].python), NULL) ||
            (chunk.says.flags & ~(unsigned)CHUNK_PARTS) !=
                (flags[i].flags & ~(unsigned)CHUNK_PARTS) ||
            (chunk.says.flags | flags[i].flags) != chunk.says.flags)
            fail_msg("%s: %#x", flags[i].python, chunk.says.flags);
        chunk_release(&chunk);
    }
}

static const struct {
    const char *python;
    enum chunk_ask ask;
    bool answers; /* about x */
} asks[] = {
    { "x = 1\n", CHUNK_BINDS, true },
    { "a = x\n", CHUNK_BINDS, false },
    { "x.a = 1\n", CHUNK_BINDS, false },
    { "x[0] = 1\n", CHUNK_BINDS, false },
    { "a.x = 1\n", CHUNK_BINDS, false },
    { "import x\n", CHUNK_BINDS, true },
    { "from a import b, x\n", CHUNK_BINDS, true },
    { "def x(): a\n", CHUNK_BINDS, true },
    { "class x: a\n", CHUNK_BINDS, true },
    { "class A(x): a\n", CHUNK_BINDS, false },
    { "for x in a: b\n", CHUNK_BINDS, true },
    { "with a as x: b\n", CHUNK_BINDS, true },
    { "def f():\n  global a, x\n", CHUNK_BINDS, true },
    { "a(x := 1)\n", CHUNK_BINDS, true },
    { "a(x=1)\n", CHUNK_BINDS, false },
    { "a.x = 1\n", CHUNK_ASSIGNS, true },
    { "a.x, b = 1\n", CHUNK_ASSIGNS, true },
    { "b = a.x\n", CHUNK_ASSIGNS, false },
    { "a.x == 1\n", CHUNK_ASSIGNS, false },
    { "a.x(b=1)\n", CHUNK_ASSIGNS, false },
    { "x = 1\n", CHUNK_ASSIGNS, false },
    { "a.x(b)\n", CHUNK_CALLS, true },
    { "a.x()\n", CHUNK_CALLS, false },
    { "self.x(b)\n", CHUNK_CALLS, false },
    { "self.b.x(b)\n", CHUNK_CALLS, true },
    { "b(a.x)\n", CHUNK_CALLS, true },
    { "x(b)\n", CHUNK_CALLS, false },
    { "a('x')\n", CHUNK_SPELLS, true },
    { "a('x.b c')\n", CHUNK_SPELLS, true },
    { "a('xy')\n", CHUNK_SPELLS, false },
    { "a('y' 'z')\n", CHUNK_SPELLS, true },
    { "x\n", CHUNK_SPELLS, false },
    { "a(b.x)\n", CHUNK_MENTIONS, true },
    { "a(b)\n", CHUNK_MENTIONS, false },
};

static bool answers(const struct chunk *chunk, struct text text,
                    enum chunk_ask ask)
{
    return chunk_answers(chunk, text, ask, TEXT("x")) &&
           chunk_part_answers(chunk, 0, text, ask, TEXT("x"));
}

static void
a_chunk_answers_about_names_that_it_has_in_a_certain_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(asks) / sizeof(*asks); i++) {
        struct text text = text_of(asks[i].python);
        struct chunk chunk = { .size = 0 };

        assert_true(chunk_read(&chunk, text, NULL));
        if (answers(&chunk, text, asks[i].ask) != asks[i].answers)
            fail_msg("asked %d about x: %s", asks[i].ask, asks[i].python);
        chunk_release(&chunk);
    }
}

static void each_part_answers_for_itself(void **state)
{
    struct text text = TEXT("class C:\n  x = 1\n\n  # b\n  y = 1\n");
    struct chunk chunk = { .size = 0 };

    (void)state;
    assert_true(chunk_read(&chunk, text, NULL));
    assert_int_equal(3, chunk.parts_count);
    assert_int_equal(2, chunk.parts[0].members);
    assert_int_equal(strlen("class C:\n  x = 1\n\n"), chunk.parts[2].start);
    assert_int_equal(3, chunk.parts[2].line);
    assert_int_equal(text.size, chunk_part_end(&chunk, 2));
    assert_true(chunk_part_answers(&chunk, 1, text, CHUNK_BINDS, TEXT("x")));
    assert_false(chunk_part_answers(&chunk, 2, text, CHUNK_BINDS, TEXT("x")));
    assert_true(chunk_part_answers(&chunk, 2, text, CHUNK_BINDS, TEXT("y")));
    assert_true(chunk_part_answers(&chunk, 2, text, CHUNK_MENTIONS, TEXT("y")));
    assert_false(
        chunk_part_answers(&chunk, 1, text, CHUNK_MENTIONS, TEXT("y")));
    chunk_release(&chunk);
}

/* A statement in a class is not one of a module with the same bytes. */
static void parts_are_remembered_by_what_they_are_in(void **state)
{
    struct stash *stash = chunk_stash(1 << 20);
    struct text in_class = TEXT("class C:\n raise a\n x = 1\n");
    struct text other = TEXT("class D:\n y\n raise a\n x = 1\n");

    (void)state;
    stash_enter(stash);
    for (int again = 0; again < 2; again++) {
        struct chunk one = { .size = 0 }, two = { .size = 0 };

        assert_true(chunk_read(&one, in_class, stash));
        assert_true(chunk_read(&two, other, stash));
        assert_int_equal(CHUNK_MATTERS, one.parts[1].flags);
        assert_int_equal(CHUNK_MATTERS, two.parts[2].flags);
        assert_int_equal(0, two.parts[1].flags);
        assert_true(chunk_part_answers(&two, 3, other, CHUNK_BINDS, TEXT("x")));
        assert_false(
            chunk_part_answers(&two, 2, other, CHUNK_BINDS, TEXT("x")));
        chunk_release(&one);
        chunk_release(&two);
    }
    stash_leave(stash);
    stash_close(stash);
}

static void literals_make_up_words(void **state)
{
    struct chunk chunk = { .size = 0 };

    (void)state;
    assert_true(chunk_read(&chunk, TEXT("a('mk', 'te' 'mp')\n"), NULL));
    assert_true(chunk_makes_up(&chunk.says, WORD_BIT(WORD_MKTEMP)));
    assert_false(chunk_makes_up(&chunk.says, WORD_BIT(WORD_TEMPFILE)));
    chunk_release(&chunk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chunk_is_what_is_before_the_next_statement),
        cmocka_unit_test(what_is_not_regular_is_no_chunk),
        cmocka_unit_test(some_words_matter_by_themselves),
        cmocka_unit_test(
            a_chunk_answers_about_names_that_it_has_in_a_certain_way),
        cmocka_unit_test(each_part_answers_for_itself),
        cmocka_unit_test(parts_are_remembered_by_what_they_are_in),
        cmocka_unit_test(literals_make_up_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
