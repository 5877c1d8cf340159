#include "tests/core/python.h"

#include "core/syntax/pattern.h"

/* `kind` and `start` say which node of the text is walked. */
static const struct {
    const char *what, *code;
    enum node_kind kind;
    const char *start, *names;
} rows[] = {
    { "a name", "x = 1\n", NODE_IDENTIFIER, "x", "x" },
    { "two names", "a, b = c\n", NODE_PATTERN_LIST, "", "a b" },
    { "names within each other", "(a, [b, (c,)]), d = e\n", NODE_PATTERN_LIST,
      "", "a b c d" },
    { "the rest", "a, *b = c\n", NODE_PATTERN_LIST, "", "a b" },
    { "an attribute is no name", "a.b, c = d\n", NODE_PATTERN_LIST, "", "c" },
    { "an item is no name", "a[i], c = d\n", NODE_PATTERN_LIST, "", "c" },
    { "an item of a call's result", "f(x)[i].y, c = d\n", NODE_PATTERN_LIST, "",
      "c" },
    { "nothing but attributes", "a.b, c.d = e\n", NODE_PATTERN_LIST, "", "" },
    { "with", "with a as (b, [c], d.e): pass\n", NODE_AS_PATTERN_TARGET, "",
      "b c" },
    { "del", "del a, b.c, (d)\n", NODE_DELETE, "", "a d" },

    { "a capture", "match x:\n case y: pass\n", NODE_CASE_PATTERN, "y", "y" },
    { "a value", "match x:\n case a.b: pass\n", NODE_CASE_PATTERN, "a", "" },
    { "literals", "match x:\n case 1 | 'a' | None: pass\n", NODE_CASE_PATTERN,
      "1", "" },
    { "alternatives", "match x:\n case [a, 1] | (a, 2): pass\n",
      NODE_CASE_PATTERN, "[", "a a" },
    { "as", "match x:\n case (1 | 2) as a: pass\n", NODE_CASE_PATTERN, "(1",
      "a" },
    { "a rest", "match x:\n case [a, *b]: pass\n", NODE_CASE_PATTERN, "[",
      "a b" },
    { "a dict", "match x:\n case {'k': v, **r}: pass\n", NODE_CASE_PATTERN, "{",
      "v r" },
    { "a class", "match x:\n case C(a, b): pass\n", NODE_CASE_PATTERN, "C",
      "a b" },
    { "a class of a module", "match x:\n case m.C(a): pass\n",
      NODE_CASE_PATTERN, "m", "a" },
    { "keywords of a class", "match x:\n case C(k=a, l=D(m=b)): pass\n",
      NODE_CASE_PATTERN, "C", "a b" },
    { "a key of a module", "match x:\n case {m.K: v}: pass\n",
      NODE_CASE_PATTERN, "{", "v" },
    { "a key in an f-string", "match x:\n case f'{a}': pass\n",
      NODE_CASE_PATTERN, "f", "" },

    { "global", "def f():\n global a, b\n", NODE_GLOBAL, "", "a b" },
    { "a broken target", "a, = = b\n", NODE_PATTERN_LIST, "", "a" },
};

static void targets_and_patterns_bind_these_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct python python;
        struct buffer names = BUFFER_EMPTY;
        struct pattern_walk walk;
        uint32_t node;

        python_parse(&python, text_of(rows[i].code));
        node = python_node(&python, rows[i].kind, rows[i].start);
        if (!node)
            fail_msg("%s: there is no such node", rows[i].what);
        walk = pattern_names(&python.tree, node);
        for (uint32_t name; (name = pattern_next(&walk));) {
            buffer_string(&names, names.size ? " " : "");
            buffer_text(&names, syntax_text(&python.tree, name));
        }
        if (!text_equal(buffer_view(&names), text_of(rows[i].names)))
            fail_msg("%s: got '%.*s', want '%s'", rows[i].what, (int)names.size,
                     buffer_view(&names).bytes, rows[i].names);
        buffer_release(&names);
        python_close(&python);
    }
}

static void a_walk_that_ended_stays_at_its_end(void **state)
{
    struct python python;
    struct pattern_walk walk;

    (void)state;
    python_parse(&python, TEXT("a = b\n"));
    walk =
        pattern_names(&python.tree, python_node(&python, NODE_IDENTIFIER, "a"));
    assert_true(pattern_next(&walk));
    assert_int_equal(SYNTAX_NONE, pattern_next(&walk));
    assert_int_equal(SYNTAX_NONE, pattern_next(&walk));
    python_close(&python);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_and_patterns_bind_these_names),
        cmocka_unit_test(a_walk_that_ended_stays_at_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
