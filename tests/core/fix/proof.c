#include "tests/test.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/fix/proof.h"

#define CALL "import tempfile\np = tempfile.mktemp()\n"

struct
try {
    struct proof proof;
    struct edits edits;
    struct buffer after;
};

static void open_file(struct try *try, struct text bytes)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct error err;

    *try = (struct try){ .edits = EDITS_EMPTY };
    assert_int_equal(0, proof_open(&try->proof, bytes, true, &deadline, &err));
}

/* What stands `old` gives way to `with`. */
static void edit(struct try *try, const char *old, const char *with)
{
    struct text bytes = try->proof.bytes;
    const char *at = memmem(bytes.bytes, bytes.size, old, strlen(old));
    uint32_t start = (uint32_t)(at - bytes.bytes);

    assert_non_null(at);
    edits_replace(&try->edits, start, start + (uint32_t)strlen(old),
                  text_of(with));
}

static bool holds(struct try *try, size_t gone_count)
{
    struct error err;
    const struct facts *facts = proof_facts(&try->proof, &err);
    const struct finding *gone[] = { facts->findings };

    buffer_clear(&try->after);
    assert_true(edits_settle(&try->edits));
    edits_apply(&try->edits, try->proof.bytes, &try->after);
    return proof_holds(&try->proof, &try->edits, buffer_view(&try->after), gone,
                       gone_count);
}

static void close_file(struct try *try)
{
    edits_release(&try->edits);
    buffer_release(&try->after);
    proof_close(&try->proof);
    proof_close(&try->proof);
}

static bool becomes_good(const char *bytes, const char *old, const char *with,
                         size_t gone_count)
{
    struct try try;
    bool result;

    open_file(&try, text_of(bytes));
    edit(&try, old, with);
    result = holds(&try, gone_count);
    close_file(&try);
    return result;
}

static void a_finding_is_gone_or_the_repair_is_none(void **state)
{
    (void)state;
    assert_true(becomes_good(CALL, "mktemp", "mkdtemp", 1));
    assert_false(becomes_good(CALL, "import", "import os,", 1));
    assert_true(becomes_good(CALL, "import", "import os,", 0));
    assert_false(becomes_good(CALL, "mktemp", "mkdtemp", 0));
    assert_false(becomes_good(CALL, "p = ", "q = tempfile.mktemp(), ", 0));
}

static void what_does_not_parse_is_no_repair(void **state)
{
    static const struct {
        const char *bytes, *old, *with;
    } rows[] = {
        { CALL, "mktemp()", "mkdtemp(" },
        { CALL "x = 1\n", "x = 1", "x = (" },
        { CALL "x = 1\ny = 2\n", "x = 1", "x = 1 \\" },
        { CALL "x = 1\ny = 2\n", "x = 1", "@x" },
        { CALL "x = 1\ny = 2\n", "x = 1\n", "x = 1" },
        { CALL "if x:\n    y\nelse:\n    z\n", "    y\n", "    y\nz\n" },
        { CALL "x = 1; y = 2; z = 3\n", "y = 2", "y = " },
        { CALL "x = '''\n\n'''\n", "'''\n\n'''", "'''\n\n''" },
        { CALL "x = 1", "x = 1", "x = (" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (becomes_good(rows[i].bytes, rows[i].old, rows[i].with, 0))
            fail_msg("row %zu is a repair", i);
}

static void other_encodings_and_marks_are_no_obstacle(void **state)
{
    (void)state;
    assert_true(becomes_good("# coding: latin-1\n" CALL "x = '\xe4'\ny = 1\n",
                             "y = 1", "y = 2", 0));
    assert_true(becomes_good("# coding: latin-1\n" CALL "x = '\xe4'\ny = 1\n",
                             "x = ", "y = ", 0));
    assert_true(
        becomes_good("\xef\xbb\xbf" CALL, "import", "import os\nimport", 0));
    assert_true(becomes_good("import tempfile\r\np = tempfile.mktemp()\r\n",
                             "import", "import os,", 0));
    assert_true(becomes_good("import tempfile\rp = tempfile.mktemp()\r",
                             "import", "import os,", 0));
}

/* A number below `limit`, the same in each run. */
static uint32_t next(uint64_t *state, uint32_t limit)
{
    *state = *state * UINT64_C(6364136223846793005) + 1;
    return (uint32_t)(*state >> 33) % limit;
}

static bool parses(struct text bytes)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct script script;
    struct error err;
    bool result;

    assert_int_equal(0, script_open(&script, bytes, &deadline, &err));
    result = script.tree.errors_count == 0;
    script_close(&script);
    return result;
}

static void add_edits(struct try *try, uint64_t *random)
{
    static const char *const pieces[] = {
        "",     "\n",  "(",   ")",      "  ",     "x",         "x = 1\n",
        "\\\n", "'''", "if ", ":\n",    "import", "    y = 2", "]",
        "# x",  "'",   "\t",  "\r\n",   "@f\n",   "else:\n",   "pass",
        ";",    "x, ", "def", "lambda", "=",      "\\",        "async "
    };
    uint32_t size = (uint32_t)try->proof.bytes.size, at = 0;

    while (at + 1 < size) {
        uint32_t start = at + next(random, size - at);
        uint32_t width = next(random, 4) ? 0 : next(random, 6);
        uint32_t end = start + width > size ? size : start + width;
        size_t piece = next(random, sizeof(pieces) / sizeof(*pieces));

        edits_replace(&try->edits, start, end, text_of(pieces[piece]));
        at = end + 1;
        if (next(random, 2))
            return;
    }
}

static void what_parses_in_parts_parses_as_a_whole(void **state)
{
    static const char file[] = "\"\"\"What it is.\n\nMore of it.\"\"\"\n"
                               "import os, sys\n"
                               "# a comment\n"
                               "x = [1,\n     2]; y = 3\n"
                               "@deco\n"
                               "def f(a, b=1):\n"
                               "    if a:\n"
                               "        return b\n"
                               "    else:\n"
                               "        x = '''\n  text'''\n"
                               "\n"
                               "class C:\n"
                               "    y = 1 + \\\n        2\n"
                               "for i in x: print(i)\n"
                               "try:\n    pass\nexcept E:\n    pass\n"
                               "z = 1";
    uint64_t random = 1;
    size_t good = 0, bad = 0;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct try try;

        open_file(&try, text_of(file));
        add_edits(&try, &random);
        if (holds(&try, 0)) {
            good++;
            if (!parses(buffer_view(&try.after)))
                fail_msg("round %d: %.*s", round, (int)try.after.size,
                         try.after.bytes);
        } else {
            bad++;
        }
        close_file(&try);
    }
    assert_true(good > 300);
    assert_true(bad > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_is_gone_or_the_repair_is_none),
        cmocka_unit_test(what_does_not_parse_is_no_repair),
        cmocka_unit_test(other_encodings_and_marks_are_no_obstacle),
        cmocka_unit_test(what_parses_in_parts_parses_as_a_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
