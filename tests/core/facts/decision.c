#include "tests/test.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/facts/decision.h"

static void facts_have_the_places_of_the_file(void **state)
{
    static const char python[] =
        "import tempfile\nx = 1\nif y: tempfile.mktemp()\n";
    struct decision decision = DECISION_EMPTY;
    struct facts facts = FACTS_EMPTY;
    struct source source;
    struct slice slice;
    struct error err;

    (void)state;
    assert_int_equal(0, source_open(&source, text_of(python), &err));
    slice_open(&slice, &source);
    assert_int_equal(SLICE_PART, slice.kind);
    *ARRAY_PUSH(decision.sites) = (struct site){
        .start = 22, .end = 39, .statement_start = 22, .statement_end = 39
    };
    intern_add(&decision.needs, TEXT("tempfile"));
    intern_add(&decision.exports, TEXT("y"));
    assert_int_equal(0,
                     decision_facts(&decision, &source, &slice, &facts, &err));
    assert_int_equal(1, facts.findings_count);
    assert_int_equal(3, facts.findings[0].range.start.line);
    assert_int_equal(7, facts.findings[0].range.start.column);
    assert_int_equal(24, facts.findings[0].range.end.column);
    assert_int_equal(1, intern_count(&facts.needs));
    assert_int_equal(1, intern_count(&facts.exports));
    facts_release(&facts);
    decision_release(&decision);
    slice_close(&slice);
    source_close(&source);
}

static int facts_with_needs(uint32_t count, struct error *err)
{
    struct decision decision = DECISION_EMPTY;
    struct slice slice = { .kind = SLICE_WHOLE };
    struct facts facts = FACTS_EMPTY;
    struct source source;
    int result;

    assert_int_equal(0, source_open(&source, TEXT("x\n"), err));
    for (uint32_t i = 0; i < count; i++)
        intern_add(&decision.needs,
                   (struct text){ (const char *)&i, sizeof(i) });
    result = decision_facts(&decision, &source, &slice, &facts, err);
    assert_int_equal(result == 0 ? count : 0, intern_count(&facts.needs));
    facts_release(&facts);
    decision_release(&decision);
    decision_release(&decision);
    source_close(&source);
    return result;
}

static void too_many_names_are_over_the_limit(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(0, facts_with_needs(FACTS_NAMES_MAX, &err));
    assert_int_equal(-1, facts_with_needs(FACTS_NAMES_MAX + 1, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
}

static void a_copy_is_its_own(void **state)
{
    struct decision decision = DECISION_EMPTY, copy;

    (void)state;
    ARRAY_PUSH(decision.sites)->start = 7;
    intern_add(&decision.exports, TEXT("a"));
    copy = decision_copy(&decision);
    assert_true(decision_size(&decision) >= sizeof(struct site));
    decision_release(&decision);
    assert_int_equal(7, copy.sites[0].start);
    assert_int_equal(0, intern_count(&copy.needs));
    assert_true(text_equal(TEXT("a"), intern_text(&copy.exports, 0)));
    decision_release(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_have_the_places_of_the_file),
        cmocka_unit_test(too_many_names_are_over_the_limit),
        cmocka_unit_test(a_copy_is_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
