#include "tests/test.h"

#include "hooks/joint/trace.h"

/* What stands at a path: its name and the context's letter; '?' cannot tell. */
static int identify(void *context, struct text path, struct buffer *out)
{
    const char *letter = context;

    if (text_equal(path, TEXT("?")))
        return 0;
    buffer_text(out, path);
    buffer_string(out, letter);
    return 1;
}

static void write_trace(struct buffer *out, const char *letter)
{
    struct intern paths = INTERN_EMPTY;
    char copy[2] = { letter[0], 0 };

    intern_add(&paths, TEXT("a.py"));
    intern_add(&paths, TEXT(""));
    intern_add(&paths, TEXT("b"));
    assert_true(trace_write(out, &paths, identify, copy));
    intern_release(&paths);
}

static bool holds(struct text trace, const char *letter, struct text *rest)
{
    char copy[2] = { letter[0], 0 };

    *rest = trace;
    return trace_holds(rest, identify, copy);
}

static void a_trace_holds_while_the_same_stands_there(void **state)
{
    struct buffer trace = BUFFER_EMPTY;
    struct text rest;

    (void)state;
    write_trace(&trace, "x");
    buffer_string(&trace, "answer");
    assert_true(holds(buffer_view(&trace), "x", &rest));
    assert_true(text_equal(TEXT("answer"), rest));
    assert_false(holds(buffer_view(&trace), "y", &rest));
    buffer_release(&trace);
}

static void a_cut_trace_does_not_hold(void **state)
{
    struct buffer trace = BUFFER_EMPTY;
    struct text rest;

    (void)state;
    write_trace(&trace, "x");
    for (size_t size = 0; size < trace.size; size++)
        assert_false(holds((struct text){ trace.bytes, size }, "x", &rest));
    buffer_release(&trace);
}

static void sizes_beyond_the_bytes_are_refused(void **state)
{
    struct text text, rest = TEXT("\xff\xff\xff\xff and few bytes");

    (void)state;
    assert_false(trace_take(&text, &rest));
    rest = TEXT("\x02\0\0\0ab!");
    assert_true(trace_take(&text, &rest));
    assert_true(text_equal(TEXT("ab"), text));
    assert_true(text_equal(TEXT("!"), rest));
}

static void what_cannot_be_told_makes_no_trace(void **state)
{
    struct buffer trace = BUFFER_EMPTY;
    struct intern paths = INTERN_EMPTY;
    char letter[] = "x";

    (void)state;
    intern_add(&paths, TEXT("?"));
    assert_false(trace_write(&trace, &paths, identify, letter));
    intern_release(&paths);
    buffer_release(&trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trace_holds_while_the_same_stands_there),
        cmocka_unit_test(a_cut_trace_does_not_hold),
        cmocka_unit_test(sizes_beyond_the_bytes_are_refused),
        cmocka_unit_test(what_cannot_be_told_makes_no_trace),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
