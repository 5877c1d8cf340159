#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmd/daemon/analyst.h"
#include "cmd/daemon/sandbox.h"
#include "core/base/buffer.h"

#define BAD TEXT("import tempfile\nname = tempfile.mktemp()\n")

static bool equal(const struct facts *a, const struct facts *b)
{
    struct buffer one = BUFFER_EMPTY, other = BUFFER_EMPTY;
    bool result;

    facts_encode(a, &one);
    facts_encode(b, &other);
    result = text_equal(buffer_view(&one), buffer_view(&other));
    buffer_release(&one);
    buffer_release(&other);
    return result;
}

static void it_finds_what_is_found_without_it(void **state)
{
    struct analyst analyst = ANALYST_EMPTY;
    struct text files[] = { BAD, TEXT("x = 1 # mktemp\n"), TEXT(""), BAD };
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct facts here, there;

        assert_int_equal(0, scan_blob(files[i], &here, &err));
        assert_int_equal(0, analyst_scan(&analyst, files[i], &there, &err));
        assert_true(equal(&here, &there));
        facts_release(&here);
        facts_release(&there);
    }
    assert_false(analyst.failed);
    analyst_end(&analyst);
    analyst_end(&analyst);
}

static void what_is_over_a_limit_is_said_in_the_same_words(void **state)
{
    struct analyst analyst = ANALYST_EMPTY;
    struct buffer large = BUFFER_EMPTY;
    struct error here, there;
    struct facts facts;

    (void)state;
    buffer_text(&large, BAD);
    memset(buffer_extend(&large, SCAN_SIZE_MAX), '#', SCAN_SIZE_MAX);
    assert_int_equal(-1, scan_blob(buffer_view(&large), &facts, &here));
    assert_int_equal(
        -1, analyst_scan(&analyst, buffer_view(&large), &facts, &there));
    assert_int_equal(here.code, there.code);
    assert_string_equal(here.message, there.message);
    assert_int_equal(0, analyst_scan(&analyst, BAD, &facts, &there));
    facts_release(&facts);
    analyst_end(&analyst);
    buffer_release(&large);
}

/* ---- one that a file has made something else of -------------------------- */

static int opens(struct text bytes, struct facts *facts, struct error *err)
{
    if (open("/dev/null", O_RDONLY) >= 0)
        return scan_blob(bytes, facts, err);
    return -1;
}

static int connects(struct text bytes, struct facts *facts, struct error *err)
{
    if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        return scan_blob(bytes, facts, err);
    return -1;
}

static int runs(struct text bytes, struct facts *facts, struct error *err)
{
    static char name[] = "/bin/true";
    char *arguments[] = { name, NULL };

    execve(name, arguments, NULL);
    return scan_blob(bytes, facts, err);
}

static int crashes(struct text bytes, struct facts *facts, struct error *err)
{
    (void)bytes, (void)facts, (void)err;
    raise(SIGKILL);
    return 0;
}

static int leaves(struct text bytes, struct facts *facts, struct error *err)
{
    (void)bytes, (void)facts, (void)err;
    _exit(0);
}

static int forges(struct text bytes, struct facts *facts, struct error *err)
{
    static const unsigned char head[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 4 };

    (void)bytes, (void)facts, (void)err;
    if (write(0, head, sizeof(head)) != sizeof(head) || write(0, "junk", 4) < 4)
        _exit(1);
    for (;;)
        continue;
}

static void fails(int (*scan)(struct text, struct facts *, struct error *),
                  bool for_good)
{
    struct analyst analyst = ANALYST_EMPTY;
    struct facts facts;
    struct error err;

    analyst.scan = scan;
    assert_int_equal(-1, analyst_scan(&analyst, BAD, &facts, &err));
    assert_int_equal(0, facts.findings_count);
    assert_int_equal(for_good, analyst.failed);
    if (for_good) {
        assert_string_equal("its analysis ended early", err.message);
        assert_int_equal(-1, analyst_scan(&analyst, BAD, &facts, &err));
    }
    analyst_end(&analyst);
}

static void one_that_ends_early_is_no_answer(void **state)
{
    (void)state;
    fails(crashes, true);
    fails(leaves, true);
    fails(forges, false);
}

static void one_that_opens_connects_or_runs_ends_early(void **state)
{
    (void)state;
    if (!(sandbox_kinds() & SANDBOX_CALLS)) {
        print_message("not here: %s\n", sandbox_words(sandbox_kinds()));
        return;
    }
    fails(opens, true);
    fails(connects, true);
    fails(runs, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_finds_what_is_found_without_it),
        cmocka_unit_test(what_is_over_a_limit_is_said_in_the_same_words),
        cmocka_unit_test(one_that_ends_early_is_no_answer),
        cmocka_unit_test(one_that_opens_connects_or_runs_ends_early),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
