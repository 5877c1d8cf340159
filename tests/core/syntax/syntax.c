#include "tests/core/python.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/syntax/parse_memory.h"

/* ---- the tables ---------------------------------------------------------- */

#define SYNTAX_TEXT(name, text) text,

static const char *const kinds[] = { SYNTAX_KINDS(SYNTAX_TEXT) };
static const char *const fields[] = { SYNTAX_FIELDS(SYNTAX_TEXT) };

/* Every kind and every field that the header names. */
static const char everything[] =
    "from __future__ import print_function\n"
    "import os, a.b as c\n"
    "from . import d\n"
    "from os import *\n"
    "from os import path as p\n"
    "type T = int\n"
    "@deco\n"
    "class C[X: int](B, k=1):\n"
    "    x: int = 1\n"
    "def f(a, /, b: int, *args, c=1, d: int = 2, **kw) -> int:\n"
    "    global g\n"
    "    return a + b\n"
    "def g(a, *, b):\n"
    "    nonlocal h\n"
    "    yield not -1\n"
    "def old((a, b)):\n"
    "    pass\n"
    "async def h():\n"
    "    await x.y[1:2](*a, **k)\n"
    "for i in 1, 2:\n"
    "    if i: continue\n"
    "    elif None: break\n"
    "    else: raise E\n"
    "while True:\n"
    "    del x\n"
    "    assert False\n"
    "try:\n"
    "    a += b\n"
    "except E as e:\n"
    "    a, *b = (y := 1)\n"
    "else:\n"
    "    (a, b) = [c, d] = {1: 2, **e}\n"
    "finally:\n"
    "    a = b if c else d or {1}\n"
    "with a as b:\n"
    "    [x for x in y if z]\n"
    "    {x for x in y}, {x: 1 for x in y}, (x for x in y)\n"
    "    f'a{b}' 'c'\n"
    "    lambda x: x\n"
    "[a, b] = [c], (d, e)\n"
    "match x, y:\n"
    "    case C(a, k=1) | [b, *_] | {'a': 1, **r} if z:\n"
    "        pass\n"
    "    case (1, 2) as z:\n"
    "        pass\n"
    "print a\n"
    "exec 'a' in b\n";

static void kinds_and_fields_are_sorted_by_their_names(void **state)
{
    (void)state;
    for (int i = 1; i < NODE_OTHER; i++)
        if (strcmp(kinds[i - 1], kinds[i]) >= 0)
            fail_msg("%s before %s", kinds[i - 1], kinds[i]);
    for (int i = 1; i < FIELD_NONE; i++)
        if (strcmp(fields[i - 1], fields[i]) >= 0)
            fail_msg("%s before %s", fields[i - 1], fields[i]);
}

static void every_kind_is_one_of_the_grammar(void **state)
{
    struct python python;

    (void)state;
    python_parse(&python, TEXT(everything));
    if (python.tree.errors_count)
        fail_msg("error at %.40s",
                 syntax_text(&python.tree, python.tree.errors[0]).bytes);
    for (int kind = NODE_ERROR + 1; kind < NODE_OTHER; kind++)
        if (!python_node(&python, (enum node_kind)kind, "") &&
            kind != NODE_MODULE)
            fail_msg("no %s", kinds[kind]);
    python_close(&python);
}

static bool has_field(const struct syntax *tree, int field)
{
    for (size_t i = 0; i < tree->nodes_count; i++)
        if (tree->nodes[i].field == field)
            return true;
    return false;
}

static void every_field_is_one_of_the_grammar(void **state)
{
    struct python python;

    (void)state;
    python_parse(&python, TEXT(everything));
    for (int field = 0; field < FIELD_NONE; field++)
        if (!has_field(&python.tree, field))
            fail_msg("no %s", fields[field]);
    python_close(&python);
}

/* ---- the shape ----------------------------------------------------------- */

/* Pre-order, children within their parents, parents over their children. */
static void check_shape(const char *what, const struct syntax *tree)
{
    uint32_t count = (uint32_t)tree->nodes_count;

    if (count == 0 || tree->nodes[0].after != count)
        fail_msg("%s: the module has %u nodes of %u", what,
                 count ? tree->nodes[0].after : 0, count);
    for (uint32_t node = 0; node < count; node++) {
        const struct node *parent = &tree->nodes[node];
        uint32_t end = parent->start;

        for (uint32_t child = syntax_first(tree, node); child;
             child = syntax_next(tree, node, child)) {
            const struct node *at = &tree->nodes[child];

            if (at->after <= child || at->after > parent->after ||
                at->start < end || at->end < at->start || at->end > parent->end)
                fail_msg("%s: node %u of %u", what, child, node);
            end = at->end;
        }
    }
}

static char *repeated(const char *before, const char *part, size_t times,
                      const char *behind)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_string(&text, before);
    for (size_t i = 0; i < times; i++)
        buffer_string(&text, part);
    buffer_string(&text, behind);
    return buffer_detach(&text);
}

static void nodes_stand_in_order_and_within_each_other(void **state)
{
    static const struct {
        const char *what, *before, *part;
        size_t times;
        const char *behind;
    } texts[] = {
        { "nothing", "", "", 0, "" },
        { "blanks", "", " \n", 9, "" },
        { "everything", everything, "", 0, "" },
        { "many statements", "", "a = b(c)\n", 20000, "" },
        { "deep in brackets", "", "(", 200, "" },
        { "deep in operators", "x = ", "not ", 50000, "y\n" },
        { "deep in members", "x", ".y", 50000, "\n" },
        { "a broken file", "", "def f(:\n  return [\nclass\n", 90, ")" },
        { "not Python at all", "", "<a href=\"%s\">\x01\xff</a>\n", 99, "{" },
        { "cut within a string", "x = '''", "mktemp\n", 9, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        char *text = repeated(texts[i].before, texts[i].part, texts[i].times,
                              texts[i].behind);
        struct python python;

        python_parse(&python, text_of(text));
        check_shape(texts[i].what, &python.tree);
        python_close(&python);
        free(text);
    }
}

static void operators_are_kept_other_signs_are_not(void **state)
{
    struct python python;
    uint32_t sum;

    (void)state;
    python_parse(&python, TEXT("(a + b)\n"));
    sum = python_node(&python, NODE_BINARY_OPERATOR, "");
    assert_true(sum);
    assert_true(text_equal(
        TEXT("+"), syntax_text(&python.tree, syntax_field(&python.tree, sum,
                                                          FIELD_OPERATOR))));
    for (size_t i = 0; i < python.tree.nodes_count; i++)
        assert_false(
            text_equal(TEXT("("), syntax_text(&python.tree, (uint32_t)i)));
    python_close(&python);
}

/* A keyword has the name of the kind that it begins. */
static void a_keyword_is_not_the_kind_of_that_name(void **state)
{
    struct python python;

    (void)state;
    python_parse(&python, TEXT("f = lambda x: None\n"));
    assert_int_equal(NODE_LAMBDA,
                     syntax_kind(&python.tree,
                                 python_node(&python, NODE_LAMBDA, "lambda ")));
    assert_int_equal(SYNTAX_NONE,
                     python_node(&python, NODE_LAMBDA, "lambda\n"));
    python_close(&python);
}

/* ---- looking around ------------------------------------------------------ */

static void children_are_found_by_order_by_field_and_by_kind(void **state)
{
    struct python python;
    const struct syntax *tree = &python.tree;
    uint32_t call, function, arguments;

    (void)state;
    python_parse(&python, TEXT("a.b(c, d)\n"));
    call = python_node(&python, NODE_CALL, "");
    function = syntax_first(tree, call);
    arguments = syntax_next(tree, call, function);
    assert_int_equal(NODE_ATTRIBUTE, syntax_kind(tree, function));
    assert_int_equal(NODE_ARGUMENT_LIST, syntax_kind(tree, arguments));
    assert_int_equal(SYNTAX_NONE, syntax_next(tree, call, arguments));
    assert_int_equal(function, syntax_field(tree, call, FIELD_FUNCTION));
    assert_int_equal(arguments, syntax_field(tree, call, FIELD_ARGUMENTS));
    assert_int_equal(arguments, syntax_child(tree, call, NODE_ARGUMENT_LIST));
    /* Of the children alone, not of theirs. */
    assert_int_equal(SYNTAX_NONE, syntax_field(tree, call, FIELD_OBJECT));
    assert_int_equal(SYNTAX_NONE, syntax_child(tree, call, NODE_IDENTIFIER));
    python_close(&python);
}

static void a_leaf_has_no_children(void **state)
{
    struct python python;
    uint32_t name;

    (void)state;
    python_parse(&python, TEXT("a.b\n"));
    name = python_node(&python, NODE_IDENTIFIER, "b");
    assert_int_equal(SYNTAX_NONE, syntax_first(&python.tree, name));
    assert_int_equal(SYNTAX_NONE, syntax_field(&python.tree, name, FIELD_NAME));
    python_close(&python);
}

static void comments_are_blank_in_a_nodes_text(void **state)
{
    struct python python;
    uint32_t call;

    (void)state;
    python_parse(&python, TEXT("f(a, # b\n  c)\n"));
    call = python_node(&python, NODE_CALL, "");
    assert_true(
        text_equal(TEXT("f(a,    \n  c)"), syntax_text(&python.tree, call)));
    python_close(&python);
}

/* ---- errors -------------------------------------------------------------- */

static void an_error_is_one_of_all_that_stands_around_it(void **state)
{
    struct python python;
    const struct syntax *tree = &python.tree;

    (void)state;
    python_parse(&python, TEXT("def f():\n"
                               "    a = 1\n"
                               "def g():\n"
                               "    b = = 2\n"
                               "    return b\n"
                               "def h():\n"
                               "    c = 3\n"));
    assert_true(syntax_has_error(tree, 0));
    assert_false(
        syntax_has_error(tree, python_node(&python, NODE_FUNCTION, "def f")));
    assert_true(
        syntax_has_error(tree, python_node(&python, NODE_FUNCTION, "def g")));
    assert_false(syntax_has_error(tree, python_node(&python, NODE_RETURN, "")));
    assert_false(
        syntax_has_error(tree, python_node(&python, NODE_FUNCTION, "def h")));
    python_close(&python);
}

static void what_misses_is_an_error_too(void **state)
{
    struct python python;

    (void)state;
    python_parse(&python, TEXT("x = f(1\n"));
    assert_true(syntax_has_error(&python.tree, 0));
    python_close(&python);
}

static void no_time_is_an_error_and_leaves_nothing_to_release(void **state)
{
    char *text = repeated("", "a = b(c)\n", 20000, "");
    struct deadline deadline = deadline_in(0);
    struct source source;
    struct syntax tree;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, text_of(text), &err));
    assert_int_equal(-1, syntax_parse(&tree, &source, &deadline, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_int_equal(0, tree.nodes_count);
    syntax_release(&tree);
    syntax_release(&tree);
    source_close(&source);
    free(text);
}

/* A list of that many numbers; the caller frees the text. */
static char *numbers(size_t count)
{
    char *text = memory_new(2 * count + 4, 1);

    text[0] = '[';
    for (size_t i = 0; i < count; i++)
        memcpy(text + 2 * i + 1, "1,", 2);
    text[2 * count + 1] = ']';
    return text;
}

static void what_takes_too_much_memory_is_given_up(void **state)
{
    char *few = numbers(100000), *many = numbers(2000000);
    struct deadline deadline = deadline_in(100000);
    struct source source;
    struct syntax tree;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, text_of(few), &err));
    assert_int_equal(0, syntax_parse(&tree, &source, &deadline, &err));
    syntax_release(&tree);
    source_close(&source);
    assert_int_equal(0, source_open(&source, text_of(many), &err));
    assert_int_equal(-1, syntax_parse(&tree, &source, &deadline, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_string_equal("parsing it took too much memory", err.message);
    assert_int_equal(0, tree.nodes_count);
    assert_int_equal(0, parse_memory_used());
    source_close(&source);
    free(few);
    free(many);
}

/* As many nodes in each other, the module and its statement among them. */
static int parse_depth(size_t depth, struct error *err)
{
    struct deadline deadline = deadline_in(100000);
    struct buffer text = BUFFER_EMPTY;
    struct source source;
    struct syntax tree;
    int result;

    for (size_t i = 3; i < depth; i++)
        buffer_string(&text, "not ");
    buffer_string(&text, "a\n");
    assert_int_equal(0, source_open(&source, buffer_view(&text), err));
    result = syntax_parse(&tree, &source, &deadline, err);
    assert_int_equal(result < 0 ? 0 : depth, tree.nodes_count);
    syntax_release(&tree);
    source_close(&source);
    buffer_release(&text);
    return result;
}

static void a_tree_may_be_so_deep_and_no_deeper(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(0, parse_depth(SYNTAX_DEPTH_MAX, &err));
    assert_int_equal(-1, parse_depth(SYNTAX_DEPTH_MAX + 1, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_and_fields_are_sorted_by_their_names),
        cmocka_unit_test(every_kind_is_one_of_the_grammar),
        cmocka_unit_test(every_field_is_one_of_the_grammar),
        cmocka_unit_test(nodes_stand_in_order_and_within_each_other),
        cmocka_unit_test(operators_are_kept_other_signs_are_not),
        cmocka_unit_test(a_keyword_is_not_the_kind_of_that_name),
        cmocka_unit_test(children_are_found_by_order_by_field_and_by_kind),
        cmocka_unit_test(a_leaf_has_no_children),
        cmocka_unit_test(comments_are_blank_in_a_nodes_text),
        cmocka_unit_test(an_error_is_one_of_all_that_stands_around_it),
        cmocka_unit_test(what_misses_is_an_error_too),
        cmocka_unit_test(no_time_is_an_error_and_leaves_nothing_to_release),
        cmocka_unit_test(what_takes_too_much_memory_is_given_up),
        cmocka_unit_test(a_tree_may_be_so_deep_and_no_deeper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
