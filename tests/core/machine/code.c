#include "tests/core/python.h"

#include <stdlib.h>
#include <string.h>

#include "core/machine/env.h"

/* ---- names: which variables a name can be -------------------------------- */

/* Scopes are numbers in the order of the text, the module's is 0. */
static const struct {
    const char *what, *code;
    uint32_t scope;
    const char *scopes; /* of the variables to try for x, from there */
} reads[] = {
    { "the module's", "x = 1\n", 0, " 0" },
    { "nobody's", "y = 1\n", 0, " 0" },
    { "the module's, in a function", "x = 1\ndef f(): pass\n", 1, " 0" },
    { "a function's own", "x = 1\ndef f(): x = 2\n", 1, " 1" },
    { "a parameter", "def f(x): pass\n", 1, " 1" },
    { "of the function around", "def f():\n x = 1\n def g(): pass\n", 2, " 1" },
    { "two functions out", "def f(x):\n def g():\n  def h(): pass\n", 3, " 1" },
    { "its own, not that around", "def f(x):\n def g(): x = 1\n", 2, " 2" },
    { "a class's own, which may miss", "class A: x = 1\n", 1, " 1 0" },
    { "a class's own, or the module's, not that around",
      "def f(x):\n class A: x = 1\n", 2, " 2 0" },
    { "not the class's, in a method", "class A:\n x = 1\n def f(self): pass\n",
      2, " 0" },
    { "not the class's, in a class", "class A:\n x = 1\n class B: pass\n", 2,
      " 0" },
    { "not the class's, in a comprehension",
      "class A:\n x = 1\n y = [z for z in w]\n", 2, " 0" },
    { "through a class", "def f(x):\n class A:\n  def g(self): pass\n", 3,
      " 1" },
    { "a comprehension's", "[x for x in y]\n", 1, " 1" },
    { "a lambda's", "lambda x: y\n", 1, " 1" },
    { "global", "def f(x):\n def g():\n  global x\n", 2, " 0" },
    { "global around", "def f():\n global x\n def g(): pass\n", 2, " 0" },
    { "nonlocal", "def f(x):\n def g():\n  nonlocal x\n", 2, " 1" },
    { "nonlocal around",
      "def f(x):\n def g():\n  nonlocal x\n  def h(): pass\n", 3, " 1" },
    { "of a star, or the module's", "def f(): from a import *\n", 1, " 1 0" },
    { "of a star around", "def f():\n from a import *\n def g(): pass\n", 2,
      " 1 0" },
    { "its own, whatever the star", "def f(x): from a import *\n", 1, " 1" },
};

static char *scopes_of(const struct code *code, uint32_t number)
{
    const struct reference *reference = &code->references[number];
    struct buffer out = BUFFER_EMPTY;

    for (uint32_t i = 0; i < reference->count; i++) {
        uint32_t variable = code->tried[reference->variables + i];

        buffer_format(&out, " %u", code->variables[variable].scope);
    }
    return buffer_detach(&out);
}

static void a_name_is_looked_up_from_the_inside_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(reads) / sizeof(*reads); i++) {
        struct python python;
        uint32_t symbol, reference;
        char *got;

        python_lower(&python, text_of(reads[i].code));
        symbol = scope_symbol(&python.scopes, TEXT("x"));
        reference = code_reference(&python.code, &python.scopes, 0,
                                   reads[i].scope, symbol);
        got = scopes_of(&python.code, reference);
        if (strcmp(got, reads[i].scopes) != 0)
            fail_msg("%s: got%s, want%s", reads[i].what, got, reads[i].scopes);
        assert_int_equal(reference, code_reference(&python.code, &python.scopes,
                                                   0, reads[i].scope, symbol));
        free(got);
        python_close(&python);
    }
}

static const struct {
    const char *what, *code;
    uint32_t scope, owner;
} writes[] = {
    { "the module's", "x = 1\n", 0, 0 },
    { "a function's own", "def f(): x = 1\n", 1, 1 },
    { "a class's own", "class A: x = 1\n", 1, 1 },
    { "global", "def f(x):\n def g():\n  global x\n  x = 1\n", 2, 0 },
    { "global in a class", "class A:\n global x\n x = 1\n", 1, 0 },
    { "nonlocal", "def f(x):\n def g():\n  nonlocal x\n  x = 1\n", 2, 1 },
    { "nonlocal of the nearest",
      "def f(x):\n def g(x):\n  def h():\n   nonlocal x\n   x = 1\n", 3, 2 },
    { "nonlocal of one that is nonlocal",
      "def f(x):\n def g():\n  nonlocal x\n  def h():\n   nonlocal x\n   x = "
      "1\n",
      3, 1 },
    { "nonlocal past a class",
      "def f(x):\n class A:\n  x = 1\n  def g(self):\n   nonlocal x\n   x = "
      "2\n",
      3, 1 },
    { "nonlocal of nothing", "def f():\n nonlocal x\n x = 1\n", 1, 1 },
};

static void a_store_goes_where_the_scope_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(writes) / sizeof(*writes); i++) {
        struct python python;
        uint32_t variable;

        python_lower(&python, text_of(writes[i].code));
        variable = code_target(&python.code, &python.scopes, 0, writes[i].scope,
                               scope_symbol(&python.scopes, TEXT("x")));
        if (python.code.variables[variable].scope != writes[i].owner)
            fail_msg("%s: got %u, want %u", writes[i].what,
                     python.code.variables[variable].scope, writes[i].owner);
        python_close(&python);
    }
}

/* ---- variables that units share ------------------------------------------ */

/* "f: x y; g: z": what is in the list that starts there, by its units. */
static char *listed(const struct python *python, uint32_t start)
{
    const struct code *code = &python->code;
    struct buffer out = BUFFER_EMPTY;

    buffer_string(&out, "(");
    for (uint32_t at = start; at; at = code->links[at - 1].next) {
        const struct variable *variable =
            &code->variables[code->links[at - 1].number];

        buffer_string(&out, at == start ? "" : " ");
        buffer_text(&out,
                    intern_text(&python->scopes.symbols, variable->symbol));
    }
    buffer_string(&out, ")");
    return buffer_detach(&out);
}

static void check_list(const struct python *python, const char *what,
                       uint32_t start, const char *want)
{
    char *got = listed(python, start);

    if (strcmp(got, want) != 0)
        fail_msg("%s: got %s, want %s", what, got, want);
    free(got);
}

static uint32_t variable_named(struct python *python, uint32_t scope,
                               const char *name)
{
    return code_variable(&python->code, scope,
                         scope_symbol(&python->scopes, text_of(name)));
}

static uint32_t readers_of(const struct python *python, uint32_t variable)
{
    const struct code *code = &python->code;
    uint32_t count = 0;

    for (uint32_t link = code->variables[variable].readers; link;
         link = code->links[link - 1].next)
        count++;
    return count;
}

static void a_unit_knows_what_it_shares_with_others(void **state)
{
    struct python python;
    const struct unit *units;

    (void)state;
    python_lower(&python, TEXT("def f():\n"
                               "    a = b = c = 1\n"
                               "    def g():\n"
                               "        nonlocal b\n"
                               "        b = 2\n"
                               "        return lambda: a\n"
                               "    return c\n"));
    units = python.code.units;
    check_list(&python, "f's own", units[1].captured, "(a)");
    check_list(&python, "g writes", units[2].written, "(b)");
    check_list(&python, "f writes", units[1].written, "()");
    /* g reads it for its lambda. */
    assert_int_equal(2, readers_of(&python, variable_named(&python, 1, "a")));
    assert_int_equal(0, readers_of(&python, variable_named(&python, 1, "b")));
    assert_false(units[0].is_written);
    assert_true(units[1].is_written);
    python_close(&python);
}

static void a_variable_knows_whether_others_read_or_write_it(void **state)
{
    static const struct {
        const char *code;
        bool captured, written;
    } variables[] = {
        { "x = 1\nx\n", false, false },
        { "x = 1\ndef f(): x\n", true, false },
        { "x = 1\nclass A: x\n", false, false },
        { "x = 1\n[x for y in z]\n", false, false },
        { "x = 1\ndef f():\n global x\n x = 2\n", false, true },
        { "x = 1\ndef f():\n global x\n x += 2\n", true, true },
        { "x = 1\nclass A:\n global x\n x = 2\n", false, false },
        { "x = 1\ndef f(a=x): pass\n", false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
        struct python python;
        const struct variable *variable;

        python_lower(&python, text_of(variables[i].code));
        variable = &python.code.variables[variable_named(&python, 0, "x")];
        if ((variable->readers != 0) != variables[i].captured ||
            variable->written != variables[i].written)
            fail_msg("%s: got %d, %d", variables[i].code,
                     variable->readers != 0, variable->written);
        python_close(&python);
    }
}

static void a_temporary_is_its_units_own(void **state)
{
    struct python python;
    struct code *code = &python.code;
    uint32_t first;

    (void)state;
    python_lower(&python, TEXT("def f(): pass\n"));
    first = code_temporary(code, 0, 0);
    assert_int_equal(first, code_temporary(code, 0, 0));
    assert_int_not_equal(first, code_temporary(code, 0, 1));
    assert_int_not_equal(first, code_temporary(code, 1, 0));
    /* And no variable that happens to have that number for a symbol. */
    assert_int_not_equal(first, code_variable(code, 0, 0));
    assert_int_not_equal(code->variables[first].place,
                         code->variables[code_variable(code, 0, 0)].place);
    python_close(&python);
}

/* ---- places -------------------------------------------------------------- */

static void equal_places_have_equal_numbers(void **state)
{
    struct code code = CODE_EMPTY;
    uint32_t place = code_place(&code, PLACE_ATTRIBUTE, 1, 2);

    (void)state;
    assert_int_equal(place, code_place(&code, PLACE_ATTRIBUTE, 1, 2));
    assert_int_not_equal(place, code_place(&code, PLACE_ATTRIBUTE, 2, 1));
    assert_int_not_equal(place, code_place(&code, PLACE_ITEM, 1, 2));
    code_release(&code);
    code_release(&code);
}

static void there_may_be_as_many_places_as_the_limit_says(void **state)
{
    struct code code = CODE_EMPTY;

    (void)state;
    for (uint32_t i = 0; i < ENV_PLACES_MAX; i++)
        code_place(&code, PLACE_ITEM, i, 0);
    assert_false(code.over_limit);
    assert_true(code_place(&code, PLACE_ITEM, 0, 1) < ENV_PLACES_MAX);
    assert_true(code.over_limit);
    code_release(&code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_looked_up_from_the_inside_out),
        cmocka_unit_test(a_store_goes_where_the_scope_says),
        cmocka_unit_test(a_unit_knows_what_it_shares_with_others),
        cmocka_unit_test(a_variable_knows_whether_others_read_or_write_it),
        cmocka_unit_test(a_temporary_is_its_units_own),
        cmocka_unit_test(equal_places_have_equal_numbers),
        cmocka_unit_test(there_may_be_as_many_places_as_the_limit_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
