#include "tests/core/python.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/* ---- which scopes there are, and what they bind -------------------------- */

/*
 * Scopes as text, in order: "M" a module, "C" a class, "F" a function, "X" a
 * comprehension; "<N" is in scope N. Then the names that it binds: "x:g" is
 * global, "x:n" nonlocal, "x:i" bound by one import alone, "x:o" declared
 * global by some function. "*" is a star import.
 */
static const struct {
    const char *what, *code, *scopes;
} rows[] = {
    { "nothing", "", "M" },
    { "an assignment", "x = y\n", "M x" },
    { "assignments in a chain", "x = y = z\n", "M x y" },
    { "an annotation alone", "x: int\n", "M x" },
    { "an augmented assignment", "x += 1\n", "M x" },
    { "a tuple", "x, (y, *z) = w\n", "M x y z" },
    { "an attribute, an item", "x.y = z[0] = 1\n", "M" },
    { "del", "del x, y.z\n", "M x" },
    { "for", "for x, (y, z.w) in v: pass\nelse: u = 1\n", "M x y u" },
    { "async for", "async def f():\n async for x in y: pass\n", "M f; F<0 x" },
    { "with", "with a as b, c as (d, e.f), g: pass\n", "M b d" },
    { "with in brackets", "with (a as b, c as d): pass\n", "M b d" },
    { "except", "try: pass\nexcept E as e: pass\n", "M e" },
    { "except of several", "try: pass\nexcept (A, B) as e: pass\n", "M e" },
    { "except of a group", "try: pass\nexcept* E as e: pass\n", "M e" },
    { "except of two, or of Python 2", "try: pass\nexcept E, e: pass\n", "M" },
    { "a walrus", "f(x := 1)\n", "M x" },
    { "other letters of one name", "\xef\xbd\x98 = 1\nx = 2\n", "M x" },

    { "import", "import a\n", "M a:i" },
    { "import with dots", "import a.b.c\n", "M a:i" },
    { "import as", "import a.b as c, d as e\n", "M c:i e:i" },
    { "import twice", "import a\nimport a.b\n", "M a" },
    { "import and otherwise", "import a\na = 1\n", "M a" },
    { "import, declared global", "import a\ndef f(): global a\n",
      "M a f; F<0 a:g" },
    { "from", "from a import b, c as d\n", "M b d" },
    { "from, relative", "from .a import b\nfrom . import c\n", "M b c" },
    { "from the future", "from __future__ import a\n", "M a" },
    { "a star", "from a import *\n", "M*" },
    { "a star in a function", "def f(): from a import *\n", "M f; F*<0" },

    { "a function", "def f(a): b = c\n", "M f; F<0 a b" },
    { "all parameters", "def f(a, /, b=z, *c, d, e: y = 1, **g): pass\n",
      "M f; F<0 a b c d e g" },
    { "parameters of Python 2", "def f(a, (b, (c, d))): pass\n",
      "M f; F<0 a b c d" },
    { "a lambda", "f = lambda a, *b: c\n", "M f; F<0 a b" },
    { "a function in a function", "def f():\n def g(): x = 1\n y = 2\n",
      "M f; F<0 g y; F<1 x" },
    { "behind a function", "def f(): a = 1\nb = 2\n", "M f b; F<0 a" },
    { "a lambda in a default", "def f(a=lambda b: 1): pass\n",
      "M f; F<0 a; F<0 b" },
    { "a lambda in a method's default",
      "class C:\n def f(s, a=lambda: (b := 1)): c = 1\n",
      "M C; C<0 f; F<1 s a c; F<1 b" },
    { "a lambda in a decorator", "@d(lambda a: a)\ndef f(b): pass\n",
      "M f; F<0 a; F<0 b" },
    { "lambdas in annotations",
      "def f(a: (lambda b: 1)) -> (lambda c: 1): d = 1\n",
      "M f; F<0 a d; F<0 b; F<0 c" },
    { "a lambda in a lambda", "lambda a: lambda b: (c := 1)\n",
      "M; F<0 a; F<1 b c" },

    { "a class", "class C(B, m=M):\n x = 1\n def f(self): y = 2\n",
      "M C; C<0 x f; F<1 self y" },
    { "a lambda in a class's bases", "class C(b(lambda a: a)): x = 1\n",
      "M C; C<0 x; F<0 a" },
    { "a class in a function", "def f():\n class C: x = 1\n",
      "M f; F<0 C; C<1 x" },
    { "a class in a class", "class C:\n class D: x = 1\n",
      "M C; C<0 D; C<1 x" },

    { "global", "def f():\n global x\n x = 1\n", "M f x:o; F<0 x:g" },
    { "global of several", "def f(): global x, y\n",
      "M f x:o y:o; F<0 x:g y:g" },
    { "global in a class", "class C:\n global x\n x = 1\n",
      "M C x:o; C<0 x:g" },
    { "global in a global function's function",
      "def f():\n x = 1\n def g():\n  global x\n  x = 2\n",
      "M f x:o; F<0 x g; F<1 x:g" },
    { "global at the top", "global x\n", "M x:g" },
    { "nonlocal", "def f():\n x = 1\n def g():\n  nonlocal x\n  x = 2\n",
      "M f; F<0 x g; F<1 x:n" },

    { "a comprehension", "[x for x in y]\n", "M; X<0 x" },
    { "comprehensions of all kinds",
      "{a for a in z}, {b: b for b in z}, (c for c in z)\n",
      "M; X<0 a; X<0 b; X<0 c" },
    { "a tuple in a comprehension", "[x for x, (y, z) in w if v]\n",
      "M; X<0 x y z" },
    { "a comprehension as the first iterable", "[a for a in [b for b in c]]\n",
      "M; X<0 a; X<0 b" },
    { "a comprehension as the second one",
      "[a for a in c for b in [d for d in a]]\n", "M; X<0 a b; X<1 d" },
    { "a comprehension in a comprehension", "[[a for a in b] for b in c]\n",
      "M; X<0 b; X<1 a" },
    { "a comprehension in a condition", "[a for a in b if [c for c in a]]\n",
      "M; X<0 a; X<1 c" },
    { "a lambda in a comprehension", "[lambda a: b for b in c]\n",
      "M; X<0 b; F<1 a" },
    { "a lambda in the first iterable", "[a for a in f(lambda b: b)]\n",
      "M; X<0 a; F<0 b" },
    { "a comprehension in a class", "class C:\n x = [a for a in b]\n",
      "M C; C<0 x; X<1 a" },
    { "an argument without brackets", "f(a for a in b)\n", "M; X<0 a" },
    { "a walrus in a comprehension", "[(a := b) for b in c]\n", "M a; X<0 b" },
    { "a walrus in two of them",
      "def f(): return [[(a := b) for b in c] for c in d]\n",
      "M f; F<0 a; X<1 c; X<2 b" },
    { "a walrus in a comprehension's lambda", "[lambda: (a := b) for b in c]\n",
      "M; X<0 b; F<1 a" },
    { "a global walrus in a comprehension",
      "def f():\n global a\n [(a := b) for b in c]\n",
      "M f a:o; F<0 a:g; X<1 b" },

    { "match", "match x:\n case C(a, k=b): c = 1\n", "M a b c" },
    { "match of sequences", "match x:\n case [a, *b] | (a, b): pass\n",
      "M a b" },
    { "match of dicts", "match x:\n case {'k': a, **b}: pass\n", "M a b" },
    { "match as", "match x:\n case 1 as a: pass\n", "M a" },
    { "match of values", "match x:\n case a.b | 1 | None: pass\n", "M" },
    { "match of anything", "match x:\n case _: pass\n", "M" },

    { "blocks are no scopes",
      "if a: b = 1\nelif c: d = 1\nelse: e = 1\nwhile f: g = 1\n",
      "M b d e g" },
};

static void add_name(struct buffer *out, const struct scopes *scopes,
                     uint32_t scope, uint32_t symbol)
{
    unsigned binding = scope_binding(scopes, scope, symbol);

    if (binding == 0)
        return;
    buffer_byte(out, ' ');
    buffer_text(out, intern_text(&scopes->symbols, symbol));
    if (binding & BINDING_GLOBAL)
        buffer_string(out, ":g");
    else if (binding & BINDING_NONLOCAL)
        buffer_string(out, ":n");
    else if (binding == (BINDING_BOUND | BINDING_IMPORTED))
        buffer_string(out, ":i");
    else if (!(binding & BINDING_BOUND))
        buffer_string(out, ":o");
}

static char *scopes_text(const struct scopes *scopes)
{
    struct buffer out = BUFFER_EMPTY;

    for (uint32_t i = 0; i < scopes->items_count; i++) {
        const struct scope *scope = &scopes->items[i];

        buffer_string(&out, i ? "; " : "");
        buffer_byte(&out, "MCFX"[scope->kind]);
        buffer_string(&out, scope->has_star ? "*" : "");
        if (scope->parent != SCOPE_NONE)
            buffer_format(&out, "<%u", scope->parent);
        for (uint32_t symbol = 0; symbol < intern_count(&scopes->symbols);
             symbol++)
            add_name(&out, scopes, i, symbol);
    }
    return buffer_detach(&out);
}

static void names_are_bound_in_the_scopes_that_python_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct python python;
        char *got;

        python_collect(&python, text_of(rows[i].code));
        got = scopes_text(&python.scopes);
        if (strcmp(got, rows[i].scopes) != 0)
            fail_msg("%s: got '%s', want '%s'", rows[i].what, got,
                     rows[i].scopes);
        free(got);
        python_close(&python);
    }
}

/* ---- parameters ---------------------------------------------------------- */

/* "!" can be given by its name alone, "=" has a default. */
static const struct {
    const char *what, *code, *parameters;
} parameters[] = {
    { "none", "def f(): pass\n", "" },
    { "plain ones", "def f(a, b): pass\n", " a b" },
    { "defaults and types", "def f(a=1, b: t = 2, c: t): pass\n", " a= b= c" },
    { "by position alone", "def f(a, /, b): pass\n", " a b" },
    { "by name alone", "def f(a, *, b, c=1): pass\n", " a b! c=!" },
    { "the rest", "def f(a, *b, c, **d): pass\n", " a *b c! **d!" },
    { "the rest, with types", "def f(*a: t, **b: t): pass\n", " *a **b!" },
    { "of Python 2", "def f(a, (b, c), d=1): pass\n", " a ? d=" },
    { "of a lambda", "lambda a, b=1, *c: 0\n", " a b= *c" },
};

static char *parameters_text(const struct scopes *scopes, uint32_t function)
{
    const struct scope *scope = &scopes->items[function];
    struct buffer out = BUFFER_EMPTY;

    for (uint32_t i = 0; i < scope->parameters_count; i++) {
        const struct parameter *at = &scopes->parameters[scope->parameters + i];

        buffer_string(&out, at->kind == PARAMETER_PLAIN  ? " "
                            : at->kind == PARAMETER_ARGS ? " *"
                                                         : " **");
        buffer_text(&out, at->symbol == INTERN_NONE
                              ? TEXT("?")
                              : intern_text(&scopes->symbols, at->symbol));
        buffer_string(&out, at->has_default ? "=" : "");
        buffer_string(&out, at->keyword_only ? "!" : "");
    }
    return buffer_detach(&out);
}

static void parameters_are_of_the_kinds_that_python_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(parameters) / sizeof(*parameters); i++) {
        struct python python;
        char *got;

        python_collect(&python, text_of(parameters[i].code));
        got = parameters_text(&python.scopes, 1);
        if (strcmp(got ? got : "", parameters[i].parameters) != 0)
            fail_msg("%s: got '%s', want '%s'", parameters[i].what, got,
                     parameters[i].parameters);
        free(got);
        python_close(&python);
    }
}

/* ---- functions and classes ----------------------------------------------- */

/* The scope of the function `f`. */
static const struct scope *function_f(const struct python *python)
{
    uint32_t node = python_node(python, NODE_FUNCTION, "def f");

    if (!node)
        node = python_node(python, NODE_LAMBDA, "");
    return &python->scopes.items[scope_of(&python->scopes, 0, node)];
}

static void the_first_parameter_of_a_method_is_its_receiver(void **state)
{
    static const struct {
        const char *what, *code;
        enum receiver receiver;
    } methods[] = {
        { "a function", "def f(a): pass\n", RECEIVER_NONE },
        { "a method", "class C:\n def f(a): pass\n", RECEIVER_INSTANCE },
        { "a class method", "class C:\n @classmethod\n def f(a): pass\n",
          RECEIVER_CLASS },
        { "a static one", "class C:\n @staticmethod\n def f(a): pass\n",
          RECEIVER_NONE },
        { "a property", "class C:\n @property\n def f(a): pass\n",
          RECEIVER_INSTANCE },
        { "of several decorators",
          "class C:\n @a.b\n @classmethod\n @c(1)\n def f(a): pass\n",
          RECEIVER_CLASS },
        { "behind a static one",
          "class C:\n @staticmethod\n def g(): pass\n def f(a): pass\n",
          RECEIVER_INSTANCE },
        { "within a static one",
          "class C:\n @staticmethod\n def g():\n  class D:\n   def f(a): "
          "pass\n",
          RECEIVER_INSTANCE },
        { "a function in a method", "class C:\n def g(s):\n  def f(a): pass\n",
          RECEIVER_NONE },
        { "a method under a condition", "class C:\n if x:\n  def f(a): pass\n",
          RECEIVER_INSTANCE },
        { "a lambda in a class", "class C:\n g = lambda a: a\n",
          RECEIVER_NONE },
        { "a decorated function", "@classmethod\ndef f(a): pass\n",
          RECEIVER_NONE },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++) {
        struct python python;

        python_collect(&python, text_of(methods[i].code));
        if (function_f(&python)->receiver != methods[i].receiver)
            fail_msg("%s: got %d", methods[i].what,
                     function_f(&python)->receiver);
        python_close(&python);
    }
}

static void a_function_that_yields_is_a_generator(void **state)
{
    static const struct {
        const char *what, *code;
        bool is_generator;
    } functions[] = {
        { "one that returns", "def f(): return 1\n", false },
        { "one that yields", "def f(): yield 1\n", true },
        { "one that yields from", "def f(): yield from g\n", true },
        { "one that yields in an expression", "def f(): a = b((yield))\n",
          true },
        { "a lambda", "lambda: (yield)\n", true },
        { "one whose function yields", "def f():\n def g(): yield\n", false },
        { "one whose lambda yields", "def f(): lambda: (yield)\n", false },
        { "one that yields in a comprehension",
          "def f(): [(yield a) for a in b]\n", true },
        { "one whose default yields", "def g(): \n def f(a=(yield)): pass\n",
          false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
        struct python python;

        python_collect(&python, text_of(functions[i].code));
        if (function_f(&python)->is_generator != functions[i].is_generator)
            fail_msg("%s: got %d", functions[i].what,
                     !functions[i].is_generator);
        python_close(&python);
    }
}

static void a_dataclass_has_fields(void **state)
{
    static const struct {
        const char *code;
        bool has_fields;
    } classes[] = {
        { "class C: pass\n", false },
        { "@dataclass\nclass C: pass\n", true },
        { "@dataclasses.dataclass(frozen=True)\nclass C: pass\n", true },
        { "@other\nclass C: pass\n", false },
        { "@dataclass\nclass D: pass\nclass C: pass\n", false },
        { "@dataclass\nclass D:\n class C: pass\n", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
        struct python python;
        uint32_t node;

        python_collect(&python, text_of(classes[i].code));
        node = python_node(&python, NODE_CLASS, "class C");
        if (python.scopes.items[scope_of(&python.scopes, 0, node)].has_fields !=
            classes[i].has_fields)
            fail_msg("%s: got %d", classes[i].code, !classes[i].has_fields);
        python_close(&python);
    }
}

static void a_decorators_last_name_is_its_name(void **state)
{
    static const struct {
        const char *code, *name;
    } decorators[] = {
        { "@a\ndef f(): pass\n", "a" },
        { "@a.b.c\ndef f(): pass\n", "c" },
        { "@a.b(1)(2)\ndef f(): pass\n", "b" },
        { "@f.setter\ndef f(): pass\n", "setter" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(decorators) / sizeof(*decorators); i++) {
        struct python python;
        struct text name;

        python_parse(&python, text_of(decorators[i].code));
        name = scope_decorator(&python.tree,
                               python_node(&python, NODE_DECORATOR, ""));
        if (!text_equal(name, text_of(decorators[i].name)))
            fail_msg("%s: got %.*s", decorators[i].code, (int)name.size,
                     name.bytes);
        python_close(&python);
    }
}

/* ---- several modules, limits --------------------------------------------- */

static void modules_stand_behind_each_other_in_one_table(void **state)
{
    struct python first, second;
    uint32_t module, node;
    struct error err;

    (void)state;
    python_collect(&first, TEXT("def f(a): pass\nx = 1\n"));
    python_parse(&second, TEXT("class C:\n def f(b): pass\n"));
    assert_int_equal(0,
                     scope_collect(&first.scopes, &second.tree, &module, &err));
    assert_int_equal(2, module);
    assert_int_equal(SCOPE_NONE, first.scopes.items[module].parent);
    node = python_node(&second, NODE_FUNCTION, "def f");
    assert_int_equal(4, scope_of(&first.scopes, module, node));
    node = python_node(&first, NODE_FUNCTION, "def f");
    assert_int_equal(1, scope_of(&first.scopes, 0, node));
    assert_int_equal(0, scope_binding(&first.scopes, module,
                                      scope_symbol(&first.scopes, TEXT("x"))));
    python_close(&second);
    python_close(&first);
}

static int collect_lambdas(size_t depth, struct error *err)
{
    struct buffer text = BUFFER_EMPTY;
    struct python python;
    uint32_t module;
    int result;

    for (size_t i = 0; i < depth; i++)
        buffer_string(&text, "lambda: ");
    buffer_string(&text, "x\n");
    python_parse(&python, buffer_view(&text));
    result = scope_collect(&python.scopes, &python.tree, &module, err);
    python_close(&python);
    buffer_release(&text);
    return result;
}

static void scopes_may_be_as_deep_as_the_limit_says(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(0, collect_lambdas(SCOPE_DEPTH_MAX, &err));
}

static void one_scope_deeper_is_over_the_limit(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(-1, collect_lambdas(SCOPE_DEPTH_MAX + 1, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_bound_in_the_scopes_that_python_says),
        cmocka_unit_test(parameters_are_of_the_kinds_that_python_says),
        cmocka_unit_test(the_first_parameter_of_a_method_is_its_receiver),
        cmocka_unit_test(a_function_that_yields_is_a_generator),
        cmocka_unit_test(a_dataclass_has_fields),
        cmocka_unit_test(a_decorators_last_name_is_its_name),
        cmocka_unit_test(modules_stand_behind_each_other_in_one_table),
        cmocka_unit_test(scopes_may_be_as_deep_as_the_limit_says),
        cmocka_unit_test(one_scope_deeper_is_over_the_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
