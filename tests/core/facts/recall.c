#include "tests/test.h"

#include "core/facts/recall.h"

#include "core/facts/memo.h"
#include "core/facts/scan.h"

static void who_asks_for_findings_gets_no_more(void **state)
{
    struct memo *memo = memo_open();
    struct facts all, found;
    struct error err;
    struct text text = TEXT("import tempfile, host\nf = tempfile.mktemp\n"
                            "class T(host.T):\n    def f(self):\n"
                            "        self.mktemp()\n"
                            "host.run(f)\nf()\n");

    (void)state;
    assert_int_equal(0, scan_recalling(text, memo, &all, &err));
    assert_true(intern_count(&all.needs) && intern_count(&all.exports));
    assert_int_equal(0, scan_findings(text, memo, &found, &err));
    assert_int_equal(1, all.findings_count);
    assert_int_equal(1, found.findings_count);
    assert_int_equal(0, finding_compare(all.findings, found.findings));
    assert_int_equal(0, intern_count(&found.needs));
    assert_int_equal(0, intern_count(&found.exports));
    facts_release(&all);
    facts_release(&found);
    memo_close(memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_asks_for_findings_gets_no_more),
    };

    return cmocka_run_group_tests_name("core/facts/recall", tests, NULL, NULL);
}
