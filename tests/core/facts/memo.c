#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/memo.h"
#include "core/facts/scan.h"

static struct decision decision_with(uint32_t start)
{
    struct decision decision = DECISION_EMPTY;

    ARRAY_PUSH(decision.sites)->start = start;
    intern_add(&decision.needs, TEXT("a.b"));
    return decision;
}

static void what_was_put_is_got(void **state)
{
    struct memo *memo = memo_open();
    struct decision one = decision_with(1), other = decision_with(2);
    struct decision got;

    (void)state;
    memo_put(memo, TEXT("x"), &one);
    memo_put(memo, TEXT("y"), &other);
    decision_release(&one);
    assert_int_equal(1, memo_get(memo, TEXT("x"), &got));
    assert_int_equal(1, got.sites_count);
    assert_int_equal(1, got.sites[0].start);
    assert_true(text_equal(TEXT("a.b"), intern_text(&got.needs, 0)));
    decision_release(&got);
    decision_release(&other);
    memo_close(memo);
}

static void what_was_not_put_is_not_there(void **state)
{
    struct memo *memo = memo_open();
    struct decision got;

    (void)state;
    assert_int_equal(0, memo_get(memo, TEXT("x"), &got));
    memo_close(memo);
    memo_close(NULL);
}

static void putting_it_again_changes_nothing(void **state)
{
    struct memo *memo = memo_open();
    struct decision one = decision_with(1), other = decision_with(2);
    struct decision got;

    (void)state;
    memo_put(memo, TEXT("x"), &one);
    memo_put(memo, TEXT("x"), &other);
    assert_int_equal(1, memo_get(memo, TEXT("x"), &got));
    assert_int_equal(1, got.sites[0].start);
    decision_release(&got);
    decision_release(&one);
    decision_release(&other);
    memo_close(memo);
}

static void its_memory_is_bounded(void **state)
{
    struct memo *memo = memo_open();
    struct decision decision = decision_with(1), got;
    size_t size = MEMO_SIZE_MAX / 2;
    char *bytes = memory_new(MEMO_SIZE_MAX, 1);

    (void)state;
    memo_put(memo, (struct text){ bytes, MEMO_SIZE_MAX }, &decision);
    assert_int_equal(
        0, memo_get(memo, (struct text){ bytes, MEMO_SIZE_MAX }, &got));
    for (char i = 1; i < 4; i++) {
        bytes[0] = i;
        memo_put(memo, (struct text){ bytes, size }, &decision);
        assert_int_equal(1, memo_get(memo, (struct text){ bytes, size }, &got));
        decision_release(&got);
    }
    bytes[0] = 1;
    assert_int_equal(0, memo_get(memo, (struct text){ bytes, size }, &got));
    free(bytes);
    decision_release(&decision);
    memo_close(memo);
}

static struct buffer facts_of(struct text python, struct memo *memo)
{
    struct buffer encoded = BUFFER_EMPTY;
    struct facts facts;
    struct error err;

    assert_int_equal(0, memo ? scan_recalling(python, memo, &facts, &err)
                             : scan_blob(python, &facts, &err));
    facts_encode(&facts, &encoded);
    facts_release(&facts);
    return encoded;
}

static void equal_slices_of_other_files_have_their_own_places(void **state)
{
    static const char *const files[] = {
        "import tempfile\ntempfile.mktemp()\n",
        "import tempfile\nx = 1\n\ntempfile.mktemp()  # noqa\n",
        "# a\nimport tempfile\ntempfile.mktemp()\ny = 1\n",
    };
    struct memo *memo = memo_open();

    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct buffer alone = facts_of(text_of(files[i]), NULL);
        struct buffer recalled = facts_of(text_of(files[i]), memo);

        if (!text_equal(buffer_view(&alone), buffer_view(&recalled)))
            fail_msg("other facts of\n%s", files[i]);
        buffer_release(&alone);
        buffer_release(&recalled);
    }
    memo_close(memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_got),
        cmocka_unit_test(what_was_not_put_is_not_there),
        cmocka_unit_test(putting_it_again_changes_nothing),
        cmocka_unit_test(its_memory_is_bounded),
        cmocka_unit_test(equal_slices_of_other_files_have_their_own_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
