#include "tests/test.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/fix/remedy.h"

#define OPENED(name)                                                           \
    name " = tempfile.mktemp()\n"                                              \
         "with open(" name ", 'w') as f:\n"                                    \
         "    f.write('x')\n"

static const char two[] = "import tempfile\n" OPENED("a") OPENED("b");

struct look {
    struct remedies remedies;
    size_t left;
    int result;
    struct error err;
};

static void look_at(struct look *look, const char *bytes, size_t left)
{
    const struct fix_options options = { .unsafe = false };

    look->left = left;
    look->result = remedies_open(&look->remedies, text_of(bytes), &options,
                                 &look->left, &look->err);
}

static void a_finding_is_repaired_alone(void **state)
{
    struct look look;
    struct remedy *remedy;

    (void)state;
    look_at(&look, two, 1000);
    assert_int_equal(0, look.result);
    assert_int_equal(2, look.remedies.facts->findings_count);
    remedy = remedies_of(&look.remedies, &look.remedies.facts->findings[1]);
    assert_non_null(remedy);
    for (size_t i = 0; i < remedy->changes_count; i++)
        assert_false(remedy->changes[i].range.start.line > 1 &&
                     remedy->changes[i].range.start.line < 5);
    remedy_free(remedy);
    remedies_close(&look.remedies);
    remedies_close(&look.remedies);
}

static void places_count_characters_and_bytes(void **state)
{
    struct look look;
    struct remedy *remedy;
    const struct remedy_change *last;

    (void)state;
    look_at(&look,
            "\xef\xbb\xbfimport tempfile\n"
            "s = '\xc3\xa4'; p = tempfile.mktemp()\n"
            "import os\n"
            "os.mkdir(p)\n",
            1000);
    remedy = remedies_of(&look.remedies, &look.remedies.facts->findings[0]);
    assert_null(remedy); /* it is not the next statement */
    remedies_close(&look.remedies);
    look_at(&look,
            "\xef\xbb\xbfimport tempfile, os\n"
            "s = '\xc3\xa4'; p = tempfile.mktemp()\n"
            "os.mkdir(p)\n",
            1000);
    remedy = remedies_of(&look.remedies, &look.remedies.facts->findings[0]);
    assert_non_null(remedy);
    last = &remedy->changes[0];
    assert_int_equal(2, last->range.start.line);
    assert_int_equal(23, last->range.start.column);
    assert_int_equal(3 + 20 + 23, last->start);
    assert_memory_equal("mkdtemp", last->with, last->size);
    assert_false(remedy->is_bytes);
    remedy_free(remedy);
    remedies_close(&look.remedies);
}

static void what_is_no_ascii_in_another_encoding_is_bytes(void **state)
{
    struct look look;
    struct remedy *remedy;

    (void)state;
    look_at(&look,
            "# coding: latin-1\n"
            "import tempfile, os\n"
            "p = tempfile.mktemp() + '\xe4'\n"
            "os.mkdir(p)\n",
            1000);
    remedy = remedies_of(&look.remedies, &look.remedies.facts->findings[0]);
    assert_non_null(remedy);
    assert_true(remedy->is_bytes);
    remedy_free(remedy);
    remedies_close(&look.remedies);
}

static void nothing_is_looked_at_beyond_what_is_left(void **state)
{
    const size_t size = strlen(two);
    struct look look;
    struct remedy *first, *second;

    (void)state;
    look_at(&look, two, size - 1);
    assert_int_equal(-1, look.result);
    assert_int_equal(ERROR_LIMIT, look.err.code);
    remedies_close(&look.remedies);
    look_at(&look, two, size + size / 3);
    first = remedies_of(&look.remedies, &look.remedies.facts->findings[0]);
    second = remedies_of(&look.remedies, &look.remedies.facts->findings[1]);
    assert_non_null(first);
    assert_null(second);
    assert_int_equal(0, look.left);
    remedy_free(first);
    remedy_free(second);
    remedies_close(&look.remedies);
}

static void what_is_not_repaired_has_a_reason_instead(void **state)
{
    struct look look;
    const struct finding *finding;

    (void)state;
    look_at(&look,
            "import tempfile\n"
            "def f():\n"
            "    return tempfile.mktemp()\n",
            1000);
    finding = &look.remedies.facts->findings[0];
    assert_null(remedies_of(&look.remedies, finding));
    assert_string_equal(look.remedies.fix.items[0].verdict.why,
                        remedies_why(&look.remedies, finding));
    remedies_close(&look.remedies);
}

static void a_finding_that_is_not_in_the_file_has_none(void **state)
{
    struct look look;
    struct finding other;

    (void)state;
    look_at(&look, two, 1000);
    other = look.remedies.facts->findings[0];
    other.offset++;
    assert_null(remedies_of(&look.remedies, &other));
    assert_null(remedies_why(&look.remedies, &other));
    remedies_close(&look.remedies);
    other.offset--;
    assert_null(remedies_of(&look.remedies, &other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_is_repaired_alone),
        cmocka_unit_test(places_count_characters_and_bytes),
        cmocka_unit_test(what_is_no_ascii_in_another_encoding_is_bytes),
        cmocka_unit_test(nothing_is_looked_at_beyond_what_is_left),
        cmocka_unit_test(what_is_not_repaired_has_a_reason_instead),
        cmocka_unit_test(a_finding_that_is_not_in_the_file_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
