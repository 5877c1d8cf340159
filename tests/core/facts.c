#include "tests/test.h"

#include "core/facts.h"
#include "core/memory.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_encoded_is_decoded),
        cmocka_unit_test(cut_bytes_are_refused_at_every_length),
        cmocka_unit_test(a_target_that_does_not_exist_is_refused),
    };

    return cmocka_run_group_tests_name("core/facts", tests, NULL, NULL);
}
