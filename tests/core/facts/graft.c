#include "tests/test.h"

#include "core/facts/graft.h"
#include "core/facts/scan.h"

static const char *const programs[] = {
    "x = 1\ny\n",
    "# a\nimport a\n\n# b\n@c\ndef f():\n  '''\nd\n'''\n  return 1\n\n\nf()\n",
    "class C:\n  def f(self): a\nif x:\n  y\nelse:\n  z\nw = (\n1)\n",
    "\xef\xbb\xbfx\ny",
    "print x\nexec y\n",
};

static void assert_same_nodes(const struct syntax *tree,
                              const struct syntax *whole, const char *python)
{
    if (tree->nodes_count != whole->nodes_count ||
        tree->nodes[0].kind != whole->nodes[0].kind ||
        tree->nodes[0].after != whole->nodes[0].after)
        fail_msg("other nodes: %s", python);
    for (size_t i = 1; i < whole->nodes_count; i++) {
        const struct node *one = &tree->nodes[i], *other = &whole->nodes[i];

        if (one->kind != other->kind || one->field != other->field ||
            one->start != other->start || one->end != other->end ||
            one->after != other->after)
            fail_msg("another node %zu: %s", i, python);
    }
}

/* Of the program and, if it can be grafted, of its tree. */
static bool graft(const char *python, struct stash *chunks, struct stash *trees)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct condensed condensed;
    struct syntax tree, whole;
    struct source source;
    struct error err;
    bool grafted;

    assert_true(
        condense_open(&condensed, chunks, NULL, text_of(python), false));
    assert_int_equal(0, source_open(&source, text_of(python), &err));
    grafted = graft_parse(&tree, &source, &condensed, trees);
    if (grafted) {
        assert_int_equal(0, syntax_parse(&whole, &source, &deadline, &err));
        assert_same_nodes(&tree, &whole, python);
        syntax_release(&whole);
    }
    syntax_release(&tree);
    source_close(&source);
    condense_close(&condensed);
    return grafted;
}

static void the_tree_is_that_of_the_file(void **state)
{
    struct stash *chunks = condense_stash(1 << 20);
    struct stash *trees = graft_stash(1 << 20);

    (void)state;
    stash_enter(chunks);
    stash_enter(trees);
    for (int again = 0; again < 2; again++)
        for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
            if (!graft(programs[i], chunks, trees))
                fail_msg("not grafted: %s", programs[i]);
    stash_leave(trees);
    stash_leave(chunks);
    stash_close(trees);
    stash_close(chunks);
}

static void a_syntax_error_is_for_the_whole(void **state)
{
    struct stash *chunks = condense_stash(1 << 20);
    struct stash *trees = graft_stash(1 << 20);

    (void)state;
    stash_enter(chunks);
    stash_enter(trees);
    assert_false(graft("x\ny =\nz\n", chunks, trees));
    assert_false(graft("", chunks, trees));
    stash_leave(trees);
    stash_leave(chunks);
    stash_close(trees);
    stash_close(chunks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_is_that_of_the_file),
        cmocka_unit_test(a_syntax_error_is_for_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
