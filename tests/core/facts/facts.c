#include "tests/test.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/facts/facts.h"
#include "tests/core/files.h"

static struct facts one_finding(void)
{
    struct facts facts = FACTS_EMPTY;
    struct finding *finding = ARRAY_PUSH(facts.findings);

    finding->target = TARGET_TEMPFILE_MKTEMP;
    finding->suppression = SUPPRESSION_NOQA;
    finding->range = (struct range){ { 3, 5 }, { 4, 2 } };
    finding->statement = (struct digest){ 0x0123456789abcdef, 0xfedcba98 };
    finding->statement_first = 2;
    finding->statement_last = 6;
    finding->line_hash = 0xc59d1bc7c4aebfaa;
    finding->line_count = 2;
    finding->offset = 17;
    finding->size = 9;
    intern_add(&facts.needs, TEXT("a.b c"));
    intern_add(&facts.exports, TEXT("get"));
    intern_add(&facts.exports, TEXT("make"));
    return facts;
}

static void what_was_encoded_is_decoded(void **state)
{
    struct facts facts = one_finding(), back;
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    (void)state;
    facts_encode(&facts, &bytes);
    assert_int_equal(0, facts_decode(&back, buffer_view(&bytes), &err));
    assert_int_equal(1, back.findings_count);
    assert_memory_equal(back.findings, facts.findings, sizeof(*back.findings));
    assert_int_equal(1, intern_count(&back.needs));
    assert_int_equal(2, intern_count(&back.exports));
    assert_true(text_equal(TEXT("make"), intern_text(&back.exports, 1)));
    facts_release(&back);
    facts_release(&facts);
    buffer_release(&bytes);
}

static void only_our_own_form_has_a_reason(void **state)
{
    struct facts facts = one_finding(), back;
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    (void)state;
    facts.findings[0].reasoned = true;
    facts_encode(&facts, &bytes);
    assert_int_equal(-1, facts_decode(&back, buffer_view(&bytes), &err));
    buffer_clear(&bytes);
    facts.findings[0].suppression = SUPPRESSION_TMPGUARD;
    facts_encode(&facts, &bytes);
    assert_int_equal(0, facts_decode(&back, buffer_view(&bytes), &err));
    assert_int_equal(SUPPRESSION_TMPGUARD, back.findings[0].suppression);
    assert_true(back.findings[0].reasoned);
    facts_release(&back);
    facts_release(&facts);
    buffer_release(&bytes);
}

static void cut_bytes_are_refused_at_every_length(void **state)
{
    struct facts facts = one_finding(), back;
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    (void)state;
    facts_encode(&facts, &bytes);
    for (size_t size = 0; size < bytes.size; size++) {
        struct text cut = { bytes.bytes, size };

        assert_int_equal(-1, facts_decode(&back, cut, &err));
        assert_int_equal(ERROR_FORMAT, err.code);
        assert_null(back.findings);
    }
    facts_release(&facts);
    buffer_release(&bytes);
}

static void a_target_that_does_not_exist_is_refused(void **state)
{
    struct facts facts = one_finding(), back;
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    (void)state;
    facts.findings[0].target = TARGET_COUNT;
    facts_encode(&facts, &bytes);
    assert_int_equal(-1, facts_decode(&back, buffer_view(&bytes), &err));
    facts_release(&facts);
    buffer_release(&bytes);
}

static void names_out_of_order_are_refused(void **state)
{
    struct facts facts = one_finding(), back;
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    (void)state;
    intern_add(&facts.exports, TEXT("also"));
    facts_encode(&facts, &bytes);
    assert_int_equal(-1, facts_decode(&back, buffer_view(&bytes), &err));
    assert_int_equal(0, intern_count(&back.exports));
    facts_release(&facts);
    buffer_release(&bytes);
}

static void merging_keeps_each_place_once_and_the_certain_one(void **state)
{
    struct facts facts = one_finding(), more = one_finding();

    (void)state;
    facts.findings[0].over_approximated = true;
    more.findings[0].offset = more.findings[0].range.start.line = 1;
    facts_merge(&facts, &more);
    more.findings[0] = facts.findings[1];
    more.findings[0].over_approximated = false;
    facts_merge(&facts, &more);
    assert_int_equal(2, facts.findings_count);
    assert_int_equal(1, facts.findings[0].offset);
    assert_false(facts.findings[1].over_approximated);
    facts_release(&facts);
    facts_release(&more);
}

/* Else the fuzz target would only see what is refused at once. */
static void what_the_fuzzer_starts_from_is_of_this_version(void **state)
{
    static const struct {
        const char *name;
        int result;
    } rows[] = {
        { "none", 0 },
        { "one", 0 },
        { "two", 0 },
        { "names", 0 },
        { "unsorted", -1 },
        { "names-unsorted", -1 },
        { "name-twice", -1 },
        { "name-empty", -1 },
        { "count-too-large", -1 },
        { "flag-not-canonical", -1 },
        { "target-unknown", -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct buffer path = BUFFER_EMPTY, bytes = BUFFER_EMPTY;
        struct facts facts;
        struct error err;

        buffer_format(&path, TESTS_FOLDER "/fuzz/corpus/facts/%s",
                      rows[i].name);
        files_read(path.bytes, &bytes);
        if (facts_decode(&facts, buffer_view(&bytes), &err) != rows[i].result)
            fail_msg("%s: not %d", rows[i].name, rows[i].result);
        facts_release(&facts);
        buffer_release(&path);
        buffer_release(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_out_of_order_are_refused),
        cmocka_unit_test(merging_keeps_each_place_once_and_the_certain_one),
        cmocka_unit_test(what_was_encoded_is_decoded),
        cmocka_unit_test(only_our_own_form_has_a_reason),
        cmocka_unit_test(cut_bytes_are_refused_at_every_length),
        cmocka_unit_test(a_target_that_does_not_exist_is_refused),
        cmocka_unit_test(what_the_fuzzer_starts_from_is_of_this_version),
    };

    return cmocka_run_group_tests_name("core/facts/facts", tests, NULL, NULL);
}
