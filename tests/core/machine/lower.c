#include "tests/core/operations.h"

/* ---- what statements become ---------------------------------------------- */

/* The unit is the module's, or that of its last function if there is one. */
static const struct {
    const char *code, *operations;
} rows[] = {
    { "f(a, b)\n", "load f; load a; load b; call _ _; pop" },
    { "f(a, *b, k=c, **d)\n",
      "load f; load a; load b; load c; load d; call _ * k= **; pop" },
    { "f(x for x in y)\n",
      "load f; unknown; store $0; load y; loop B; fork A; iterate; "
      "store x; load x; join $0; back B; label A; pop; take $0; "
      "container 1 1; call _; pop" },
    { "tempfile.mktemp()\n", "load tempfile; attribute mktemp; call; pop" },
    { "a[b, c]\n", "load a; load b; load c; container 2; item; pop" },
    { "a[b:c]\n", "load a; load b; pop; load c; pop; unknown; item; pop" },
    { "x = 1\n", "constant 1; duplicate; store x; pop" },
    { "x = y = z\n", "load z; duplicate; store y; duplicate; store x; pop" },
    { "x: t = 1\n", "constant 1; duplicate; store x; load t; pop; pop" },
    { "x, y = z\n", "load z; duplicate; unpack 2; store x; store y; pop" },
    { "x, *y, z = w\n",
      "load w; duplicate; unpack 3 2; store x; store y; store z; pop" },
    { "(x, [y]) = z\n",
      "load z; duplicate; unpack 2; store x; unpack 1; store y; pop" },
    { "x.y = z\n", "load z; duplicate; load x; store_attribute y; pop" },
    { "x[y] = z\n", "load z; duplicate; load x; load y; store_item; pop" },
    { "x[y, z] = w\n",
      "load w; duplicate; load x; load y; load z; container 2; "
      "store_item; pop" },
    { "x += y\n", "load x; load y; binary; duplicate; store x; pop" },
    { "del x, y.z\n", "delete x; absent; load y; store_attribute z" },
    { "x = -1, +2, ~a\n",
      "constant -1; constant 2; pop; unknown; load a; pop; unknown; "
      "container 3; duplicate; store x; pop" },
    { "x = 'a' b'b' r\"\\n\" f\"{a} {b}\"\n",
      "load a; pop; load b; pop; unknown; duplicate; store x; pop" },
    { "x = 'a' 'b'\n", "constant ab''; duplicate; store x; pop" },
    { "x = '\\x6d\\155\\u006D\\N{LATIN SMALL LETTER M}\\n'\n",
      "constant mmmm\\n''; duplicate; store x; pop" },
    { "x = 'a' f'{b}'\n", "load b; pop; unknown; duplicate; store x; pop" },
    { "x = True, False, None, ...\n",
      "constant 1; constant 0; unknown; unknown; container 4; duplicate; "
      "store x; pop" },
    { "x = [a, b]\n",
      "load a; load b; container 2 1; duplicate; store x; pop" },
    { "x = {a, b}\n",
      "load a; load b; container 2 1; duplicate; store x; pop" },
    { "x = (a, b)\n", "load a; load b; container 2; duplicate; store x; pop" },
    { "x = [a, *b]\n",
      "load a; load b; pop; container 1 1; duplicate; store x; pop" },
    { "x = {a: b, **c}\n",
      "load a; load b; load c; pop; unknown; pop; dictionary 1; "
      "duplicate; store x; pop" },
    { "x = a + b\n", "load a; load b; binary; duplicate; store x; pop" },
    { "x = a or b\n",
      "load a; store $0; fork A; load b; store $0; label A; take $0; "
      "duplicate; store x; pop" },
    { "x = a and b or c\n",
      "load a; store $1; fork B; load b; store $1; label B; take $1; "
      "store $0; fork A; load c; store $0; label A; take $0; duplicate; "
      "store x; pop" },
    { "x = a if b else c\n",
      "load b; pop; fork A; load a; store $0; jump B; label A; load c; "
      "store $0; label B; take $0; duplicate; store x; pop" },
    { "(x := y)\n", "load y; duplicate; store x; pop" },
    { "x = await y\n", "load y; duplicate; store x; pop" },
    { "[a for a in b if c]\n",
      "unknown; store $0; load b; loop B; fork A; iterate; store a; "
      "load c; pop; unknown; pop; load a; join $0; back B; label A; pop; "
      "take $0; container 1 1; pop" },
    { "{a: b for a in c}\n",
      "unknown; store $0; load c; loop B; fork A; iterate; store a; "
      "load a; pop; load b; join $0; back B; label A; pop; take $0; "
      "container 1 1; pop" },
    { "[a for a in b for c in d]\n",
      "unknown; store $0; load b; loop B; fork A; iterate; store a; "
      "load d; loop D; fork C; iterate; store c; load a; join $0; "
      "back D; label C; pop; back B; label A; pop; take $0; "
      "container 1 1; pop" },
    { "[(x := a) for a in b]\n",
      "unknown; store $0; load b; loop B; fork A; iterate; store a; "
      "load a; duplicate; store x; join $0; back B; label A; pop; "
      "take $0; container 1 1; pop" },
    { "assert a, b\n", "load a; pop; load b; pop" },
    { "assert False\n", "raise" },
    { "raise\n", "raise; label A" },
    { "raise a\n", "load a; pop; raise; label A" },
    { "exec a in b\n", "load a; pop; load b; pop" },
    { "import a.b, c.d as e\n",
      "import a.b; pop; import a; store a; import c.d; store e" },
    { "from a.b import c, d as e\n",
      "import a.b; import_member c; store c; import a.b; "
      "import_member d; store e" },
    { "from . import a\n", "import .; import_member a; store a" },
    { "from ..a import b\n", "import ..a; import_member b; store b" },
    { "from a import *\n", "import a; star" },
    { "from __future__ import a\n", "" },
    { "if a: b\n",
      "load a; pop; fork B; load b; pop; jump A; label B; label A" },
    { "if a: b\n"
      "else: c\n",
      "load a; pop; fork B; load b; pop; jump A; label B; load c; pop; "
      "label A" },
    { "if a: b\n"
      "elif c: d\n"
      "else: e\n",
      "load a; pop; fork B; load b; pop; jump A; label B; load c; pop; "
      "fork C; load d; pop; jump A; label C; load e; pop; label A" },
    { "if False: a\n"
      "else: b\n",
      "constant 0; pop; jump B; load a; pop; jump A; label B; load b; "
      "pop; label A" },
    { "if not None: a\n",
      "unknown; pop; load a; pop; jump A; label B; label A" },
    { "import a\n"
      "if a: b\n",
      "import a; store a; load a; pop; load b; pop; jump A; label B; "
      "label A" },
    { "while a: b\n",
      "loop A; load a; pop; fork C; load b; pop; back A; label C; label B" },
    { "while a: b\n"
      "else: c\n",
      "loop A; load a; pop; fork C; load b; pop; back A; label C; "
      "load c; pop; label B" },
    { "while True:\n"
      " if a: break\n"
      " continue\n",
      "loop A; constant 1; pop; load a; pop; fork E; jump B; jump D; "
      "label E; label D; back A; back A; label C; label B" },
    { "for a in b: c\n",
      "load b; loop A; fork C; iterate; store a; load c; pop; back A; "
      "label C; pop; label B" },
    { "for a, b in c: d\n"
      "else: e\n",
      "load c; loop A; fork C; iterate; unpack 2; store a; store b; "
      "load d; pop; back A; label C; pop; load e; pop; label B" },
    { "for a in b:\n"
      " for c in d:\n"
      "  break\n"
      " continue\n",
      "load b; loop A; fork C; iterate; store a; load d; loop D; fork F; "
      "iterate; store c; jump E; back D; label F; pop; label E; back A; "
      "back A; label C; pop; label B" },
    { "try: a\n"
      "except B: c\n",
      "try A; load a; pop; try_end; jump B; label A; fork C; load B; "
      "pop; load c; pop; jump B; label C; raise; label B" },
    { "try: a\n"
      "except B as b: c\n"
      "except: d\n"
      "else: e\n",
      "try A; load a; pop; try_end; load e; pop; jump B; label A; "
      "fork C; load B; enter; store b; unknown; pop; load c; pop; "
      "jump B; label C; fork D; load d; pop; jump B; label D; raise; "
      "label B" },
    { "try: a\n"
      "finally: b\n",
      "try A; try K; load a; pop; try_end; jump L; label K; raise; "
      "label L; try_end; jump B; finally A; load b; pop; resume A; "
      "label H; unknown; return; label I; label J; label G" },
    { "try: a\n"
      "except B: c\n"
      "finally: d\n",
      "try A; try K; load a; pop; try_end; jump L; label K; fork M; "
      "load B; pop; load c; pop; jump L; label M; raise; label L; "
      "try_end; jump B; finally A; load d; pop; resume A; "
      "label H; unknown; return; label I; label J; label G" },
    { "def f():\n"
      " while a:\n"
      "  try:\n"
      "   if b: return\n"
      "   if c: break\n"
      "   continue\n"
      "  finally: d\n",
      "loop A; load a; pop; fork C; try D; try N; load b; pop; fork Q; "
      "unknown; return F; label R; jump P; label Q; label P; load c; pop; "
      "fork T; jump G; jump S; label T; label S; jump H; try_end; jump O; "
      "label N; raise; label O; try_end; jump E; finally D; load d; pop; "
      "resume D; label K; unknown; return; label L; jump B; label M; "
      "back A; label J; back A; label C; label B" },
    { "with a: b\n",
      "load a; enter; pop; try A; load b; pop; try_end; label A" },
    { "with a as b, c as (d, e): f\n",
      "load a; enter; store b; unknown; pop; load c; enter; unpack 2; "
      "store d; store e; unknown; pop; try A; load f; pop; try_end; "
      "label A" },
    { "with (a as b): c\n",
      "load a; enter; store b; unknown; enter; pop; try A; load c; pop; "
      "try_end; label A" },
    { "with (a, b as c): d\n",
      "load a; enter; pop; load b; enter; store c; unknown; pop; try A; "
      "load d; pop; try_end; label A" },
    { "match a:\n"
      " case 1: b\n"
      " case [y, z] if d: e\n"
      " case x: c\n",
      "load a; fork B; load b; pop; jump A; label B; fork C; unknown; store y; "
      "unknown; store z; load d; pop; load e; pop; jump A; label C; "
      "duplicate; store x; load c; pop; jump A; label D; label A; pop" },
    { "match a:\n case 1 as x: b\n case _ if c: d\n",
      "load a; fork B; duplicate; store x; load b; pop; jump A; label B; "
      "fork C; load c; pop; load d; pop; jump A; label C; label A; pop" },
    { "def f(): return a\n", "load a; return; label A" },
    { "def f(): return\n", "unknown; return; label A" },
    { "def f(): yield a\n", "load a; yield; pop" },
    { "def f(): yield\n", "unknown; yield; pop" },
    { "lambda: a\n", "load a; return" },
    { "def f(a=b): c\n"
      "x\n",
      "load c; pop" },
    { "class A(B, C, m=M):\n"
      " x = 1\n",
      "load B; load C; load m; pop; load M; pop; class_begin 1 2; "
      "constant 1; duplicate; store x; pop; class_end 1; store A" },
    { "@a\n"
      "@b(c)\n"
      "class A: pass\n",
      "load a; load b; load c; call _; class_begin 1; class_end 1; "
      "call _; call _; store A" },
    { "class A:\n"
      " @property\n"
      " def f(self): pass\n",
      "" },
    { "@dataclass\n"
      "class A:\n"
      " x: t = 1\n",
      "load dataclass; class_begin 1; constant 1; field; duplicate; "
      "store x; load t; pop; pop; class_end 1; call _; store A" },
    { "type A = B\n", "" },
};

static void statements_become_these_operations(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct python python;
        char *got;

        python_lower(&python, text_of(rows[i].code));
        got = operations_text(&python, (uint32_t)python.code.units_count - 1);
        if (strcmp(got ? got : "", rows[i].operations) != 0)
            fail_msg("%s: got '%s', want '%s'", rows[i].code, got,
                     rows[i].operations);
        free(got);
        python_close(&python);
    }
}

/* ---- calls, units, the deadline ------------------------------------------ */

/* The call of `f`, and the statement that it is a part of. */
static const struct {
    const char *code, *call, *statement;
} calls[] = {
    { "x = f(1)\n", "f(1)", "x = f(1)" },
    { "x = [*f()]\n", "f()", "x = [*f()]" },
    { "x = (f)(1)\n", "(f)(1)", "x = (f)(1)" },
    { "x = f(\n  1,\n)\n", "f(\n  1,\n)", "x = f(\n  1,\n)" },
    { "f() ; g()\n", "f()", "f()" },
    { "if f(): g()\n", "f()", "if f():" },
    { "if g(): f()\n", "f()", "f()" },
    { "if a: b\nelif f():\n  g()\n", "f()", "elif f():" },
    { "while f():\n  g()\n", "f()", "while f():" },
    { "for x in f():\n  g()\n", "f()", "for x in f():" },
    { "with f() as x:\n  g()\n", "f()", "with f() as x:" },
    { "try: a\nexcept f():\n  g()\n", "f()", "except f():" },
    { "match f():\n  case 1: pass\n", "f()", "match f():" },
    { "match a:\n  case 1 if f(): pass\n", "f()", "case 1 if f():" },
    { "def g(a=f()):\n  g()\n", "f()", "def g(a=f()):" },
    { "class A(f()):\n  x = 1\n", "f()", "class A(f()):" },
    { "x = lambda: f()\n", "f()", "x = lambda: f()" },
    { "@f(1)\ndef g(): pass\n", "f(1)", "@f(1)" },
    { "@f\ndef g(): pass\n", "f", "@f" },
    { "def g():\n  return f()\n", "f()", "return f()" },
};

static const struct call *call_of_f(const struct python *python)
{
    for (size_t i = 0; i < python->code.calls_count; i++) {
        const struct call *call = &python->code.calls[i];
        char c = python->source.code[call->start];

        if (c == 'f' || c == '(')
            return call;
    }
    fail_msg("f is not called");
    return NULL;
}

static void check_range(const struct python *python, uint32_t from, uint32_t to,
                        const char *want)
{
    struct text got = text_slice(python->source.text, from, to);

    if (!text_equal(got, text_of(want)))
        fail_msg("got '%.*s', want '%s'", (int)got.size, got.bytes, want);
}

static void a_call_knows_its_place_and_its_statement(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
        struct python python;
        const struct call *call;

        python_lower(&python, text_of(calls[i].code));
        call = call_of_f(&python);
        check_range(&python, call->start, call->end, calls[i].call);
        check_range(&python, call->statement_start, call->statement_end,
                    calls[i].statement);
        python_close(&python);
    }
}

static void modules_and_functions_are_units_other_scopes_are_not(void **state)
{
    struct python python;

    (void)state;
    python_lower(&python, TEXT("class A:\n"
                               "  x = [lambda: a for a in b]\n"
                               "  def f(self): class B: pass\n"));
    assert_int_equal(3, python.code.units_count);
    for (uint32_t i = 0; i < python.scopes.items_count; i++) {
        const struct scope *scope = &python.scopes.items[i];
        bool is_unit =
            scope->kind == SCOPE_MODULE || scope->kind == SCOPE_FUNCTION;
        uint32_t unit = python.code.unit_of_scope[i];

        assert_int_equal(is_unit, python.code.units[unit].scope == i);
        if (!is_unit)
            assert_int_equal(python.code.unit_of_scope[scope->parent], unit);
    }
    python_close(&python);
}

static void no_time_is_over_the_limit(void **state)
{
    struct deadline deadline = deadline_in(0);
    struct buffer text = BUFFER_EMPTY;
    struct python python;
    struct error err;

    (void)state;
    for (int i = 0; i < 2000; i++)
        buffer_string(&text, "a = b(c)\n");
    python_collect(&python, buffer_view(&text));
    assert_int_equal(-1,
                     lower_module(&python.code, &python.scopes, &python.values,
                                  python.module, &deadline, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    python_close(&python);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_become_these_operations),
        cmocka_unit_test(a_call_knows_its_place_and_its_statement),
        cmocka_unit_test(modules_and_functions_are_units_other_scopes_are_not),
        cmocka_unit_test(no_time_is_over_the_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
