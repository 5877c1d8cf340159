#include "tests/test.h"

#include <stdlib.h>

#include "core/source/around.h"

/* What is asked of the last mention of n on the first line. */
static const struct {
    const char *what, *python;
    bool binds, in_import, is_attribute;
} rows[] = {
    { "an assignment", "n = 1\n", true, false, false },
    { "one of several", "a, (n, b) = c = 1\n", true, false, false },
    { "one that adds", "n += 1\n", true, false, false },
    { "a named expression", "f(n := 1)\n", true, false, false },
    { "a comparison", "f(a) == n\n", false, false, false },
    { "another comparison", "n == 1, n <= 2\n", false, false, false },
    { "what is assigned", "a = n\n", false, false, false },
    { "a call", "n(1)\n", false, false, false },
    { "a store in it", "n.a = 1\n", false, false, false },
    { "an item of it", "n[1] = 1\n", false, false, false },
    { "an argument", "f(a, n)\n", false, false, false },
    { "a keyword", "f(a, n=1)\n", false, false, false },
    { "a loop", "for n in a: b\n", true, false, false },
    { "a comprehension", "[a for n, b in c]\n", true, false, false },
    { "a context manager", "with a as n: b\n", true, false, false },
    { "a function", "def n(): a\n", true, false, false },
    { "a parameter", "def f(n): a\n", true, false, false },
    { "of a lambda", "f(lambda n: a)\n", true, false, false },
    { "a declaration", "global n\n", true, false, false },
    { "an import", "import n\n", false, true, false },
    { "one of several on a line", "a; from b import c, n\n", false, true,
      false },
    { "behind an import", "import a; f(n)\n", false, false, false },
    { "an attribute", "a.n = 1\n", true, false, true },
};

static struct mention last_mention(const struct source *source)
{
    struct mentions mentions;
    struct mention mention = { 0 };

    mention_open(&mentions, source);
    for (uint32_t at = mention_find(&mentions, TEXT("n")); at != MENTION_NONE;
         at = mentions.items[at].next)
        mention = mentions.items[at];
    mention_close(&mentions);
    return mention;
}

static void a_line_tells_what_a_name_is_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct source source;
        struct mention mention;
        struct around_word around;
        struct error err;

        assert_int_equal(0,
                         source_open(&source, text_of(rows[i].python), &err));
        mention = last_mention(&source);
        around = around_of(&source, &mention);
        if (around.in_import != rows[i].in_import ||
            around_is_attribute(&source, &mention) != rows[i].is_attribute ||
            (!around.in_import &&
             around_binds(&source, &mention, &around) != rows[i].binds))
            fail_msg("%s", rows[i].what);
        source_close(&source);
    }
}

static const struct {
    const char *python, *name;
    bool is_long;
} chains[] = {
    { "a.n\n", "a", false },    { "x = a . n\n", "a", false },
    { "a.b.c.n\n", "a", true }, { "f(a).n\n", "", false },
    { "f().b.n\n", "", true },  { "(a\n .n)\n", "a", false },
    { "x[1].n\n", "", false },
};

static void a_chain_starts_with_a_name_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(chains) / sizeof(*chains); i++) {
        struct source source;
        struct mention mention;
        struct around_chain chain;
        struct error err;

        assert_int_equal(0,
                         source_open(&source, text_of(chains[i].python), &err));
        mention = last_mention(&source);
        chain = around_chain(&source, 0, mention.start);
        if (!text_equal(chain.name, text_of(chains[i].name)) ||
            chain.is_long != chains[i].is_long)
            fail_msg("%s: got %.*s", chains[i].python, (int)chain.name.size,
                     chain.name.bytes);
        source_close(&source);
    }
}

static void a_line_has_nothing_before_it_or_behind(void **state)
{
    struct source source;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, TEXT("a\nb  = c\nd\n"), &err));
    assert_int_equal('\0', around_before(&source, 1, 2));
    assert_int_equal('=', around_behind(&source, 1, 3));
    assert_int_equal('=', around_before(&source, 1, 7));
    assert_int_equal('\0', around_behind(&source, 1, 8));
    source_close(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_tells_what_a_name_is_there),
        cmocka_unit_test(a_chain_starts_with_a_name_or_not),
        cmocka_unit_test(a_line_has_nothing_before_it_or_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
