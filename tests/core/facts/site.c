#include "tests/test.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/site.h"

/* A file and the sites in it. */
struct file {
    struct source source;
    struct facts facts;
    struct site sites[8];
    size_t sites_count;
};

static struct file *open_file(struct text text)
{
    struct file *file = memory_new(1, sizeof(*file));
    struct error err;

    if (source_open(&file->source, text, &err) < 0)
        fail_msg("%s", err.message);
    return file;
}

static void close_file(struct file *file)
{
    facts_release(&file->facts);
    source_close(&file->source);
    free(file);
}

static uint32_t find(const struct file *file, const char *part)
{
    struct text text = file->source.text;
    const char *at = memmem(text.bytes, text.size, part, strlen(part));

    if (!at)
        fail_msg("no %s there", part);
    return (uint32_t)(at - text.bytes);
}

/* A site at the first place of `call` within the first one of `statement`. */
static struct site *add_site(struct file *file, const char *statement,
                             const char *call)
{
    struct site *site = &file->sites[file->sites_count++];

    site->statement_start = find(file, statement);
    site->statement_end = site->statement_start + (uint32_t)strlen(statement);
    site->start =
        site->statement_start + (uint32_t)(strstr(statement, call) - statement);
    site->end = site->start + (uint32_t)strlen(call);
    site->target = TARGET_TEMPFILE_MKTEMP;
    return site;
}

static const struct finding *findings_of(struct file *file, size_t count)
{
    site_findings(&file->facts, &file->source, file->sites, file->sites_count);
    assert_int_equal(count, file->facts.findings_count);
    return file->facts.findings;
}

static void a_site_becomes_a_finding(void **state)
{
    struct file *file = open_file(TEXT("import tempfile\n"
                                       "name = tempfile.mktemp()\n"));
    const struct finding *finding;

    (void)state;
    add_site(file, "name = tempfile.mktemp()", "tempfile.mktemp()");
    finding = findings_of(file, 1);
    assert_int_equal(TARGET_TEMPFILE_MKTEMP, finding->target);
    assert_int_equal(SUPPRESSION_NONE, finding->suppression);
    assert_int_equal(2, finding->range.start.line);
    assert_int_equal(8, finding->range.start.column);
    assert_int_equal(2, finding->range.end.line);
    assert_int_equal(25, finding->range.end.column);
    assert_int_equal(23, finding->offset);
    assert_int_equal(17, finding->size);
    assert_true(finding->line_hash == 0x5f4b71b397eaf35e);
    assert_int_equal(1, finding->line_count);
    assert_false(finding->over_approximated);
    close_file(file);
}

static void no_sites_are_no_findings(void **state)
{
    struct file *file = open_file(TEXT("a\n"));

    (void)state;
    assert_null(findings_of(file, 0));
    close_file(file);
}

static void findings_are_added_to_what_is_there(void **state)
{
    struct file *file = open_file(TEXT("\nf()\n"));

    (void)state;
    *ARRAY_PUSH(file->facts.findings) =
        (struct finding){ .range.start = { 1, 1 } };
    add_site(file, "f()", "f()");
    assert_int_equal(2, findings_of(file, 2)[1].range.start.line);
    assert_int_equal(0, file->facts.findings[0].line_count);
    close_file(file);
}

static void findings_are_sorted_however_the_sites_come(void **state)
{
    struct file *file = open_file(TEXT("f(g())\nh()\nh()\n"));
    const struct finding *findings;

    (void)state;
    add_site(file, "h()", "h()");
    add_site(file, "f(g())", "g()")->target = TARGET_OS_TMPNAM;
    add_site(file, "f(g())", "f(g())");
    add_site(file, "f(g())", "g()")->target = TARGET_OS_TEMPNAM;
    findings = findings_of(file, 4);
    for (size_t i = 1; i < 4; i++)
        assert_true(finding_compare(&findings[i - 1], &findings[i]) < 0);
    assert_int_equal(TARGET_OS_TEMPNAM, findings[1].target);
    assert_int_equal(2, findings[3].range.start.line);
    close_file(file);
}

static void a_site_that_comes_twice_is_one_finding(void **state)
{
    struct file *file = open_file(TEXT("f()\n"));

    (void)state;
    for (int i = 0; i < 3; i++)
        add_site(file, "f()", "f()");
    findings_of(file, 1);
    close_file(file);
}

static void one_certain_site_makes_the_finding_certain(void **state)
{
    struct file *file = open_file(TEXT("f(g())\n"));
    const struct finding *findings;

    (void)state;
    add_site(file, "f(g())", "g()")->over_approximated = true;
    add_site(file, "f(g())", "f(g())")->over_approximated = true;
    add_site(file, "f(g())", "g()");
    add_site(file, "f(g())", "f(g())")->over_approximated = true;
    findings = findings_of(file, 2);
    assert_true(findings[0].over_approximated);
    assert_false(findings[1].over_approximated);
    close_file(file);
}

/* The digest of the statement, in which a call of f stands. */
static struct digest digest_of(const char *python, const char *statement)
{
    struct file *file = open_file(text_of(python));
    struct digest digest;

    add_site(file, statement, "f");
    digest = findings_of(file, 1)->statement;
    close_file(file);
    return digest;
}

static const struct {
    const char *what, *python, *statement, *digest;
} digests[] = {
    { "one letter", "f", "f", "d228cb696e1a8caf78912b704e4a8829" },
    { "a word", "foobar", "foobar", "343e1662793c64bf6f0d3597ba446f18" },
    { "blanks left out", "p = f('a b')", "p = f('a b')",
      "e3497f04340a8c2197e72acaf0d9123a" },
};

static void a_statement_is_known_by_fnv_1a(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(digests) / sizeof(*digests); i++) {
        struct digest got = digest_of(digests[i].python, digests[i].statement);
        char words[33];

        snprintf(words, sizeof(words), "%016" PRIx64 "%016" PRIx64, got.high,
                 got.low);
        if (strcmp(words, digests[i].digest) != 0)
            fail_msg("%s: got %s", digests[i].what, words);
    }
}

static const struct {
    const char *what, *one, *other;
    bool same;
} pairs[] = {
    { "blanks", "p=f(a,b)", "p = f( a,\tb )", true },
    { "other indentation", "p = f()", "p  =  f()", true },
    { "several lines", "f(a, b)", "f(\n    a,\n\n    b\n)", true },
    { "CRLF", "f(a, b)", "f(\r\n    a,\r\n    b\r\n)", true },
    { "CR", "f(a, b)", "f(\r    a,\r    b\r)", true },
    { "joined lines", "p = f(a)", "p = \\\n  f(a)", true },
    { "comments", "f(a, b)", "f(a, # one\n  # two\n b)", true },
    { "another argument", "f(a)", "f(b)", false },
    { "blanks in a string", "f('a b')", "f('ab')", false },
    { "blanks around a string", "f('a b')", "f( 'a b' )", true },
    { "a hash in a string", "f('# a')", "f('# b')", false },
    { "line ends in a string", "f('''a\nb''')", "f('''a b''')", false },
    { "blanks behind a string", "f('a', b)", "f('a',b)", true },
    { "blanks in the second string", "f('a', 'b c')", "f('a', 'bc')", false },
    { "blanks in a field", "f(F'{a }')", "f(F'{a}')", false },
    { "old and new unequal", "f(a <> b)", "f(a != b)", true },
};

static void a_statement_is_its_text_without_blanks_and_comments(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        struct digest one = digest_of(pairs[i].one, pairs[i].one);
        struct digest other = digest_of(pairs[i].other, pairs[i].other);
        bool same = one.high == other.high && one.low == other.low;

        if (same != pairs[i].same)
            fail_msg("%s: %s", pairs[i].what, same ? "same" : "not the same");
    }
}

static void what_stands_around_a_statement_does_not_count(void **state)
{
    struct digest alone = digest_of("p = f('a b')", "p = f('a b')");
    struct digest amid =
        digest_of("x = ' '; p = f('a b'); y = ' '\n", "p = f('a b')");

    (void)state;
    assert_true(alone.high == amid.high && alone.low == amid.low);
}

static void calls_of_one_statement_share_its_digest(void **state)
{
    struct file *file = open_file(TEXT("f(g())\nf(g())\nh()\n"));
    const struct finding *findings;

    (void)state;
    add_site(file, "f(g())", "f(g())");
    add_site(file, "f(g())", "g()");
    add_site(file, "h()", "h()");
    findings = findings_of(file, 3);
    assert_true(findings[0].statement.low == findings[1].statement.low);
    assert_true(findings[0].statement.high == findings[1].statement.high);
    assert_false(findings[0].statement.low == findings[2].statement.low);
    close_file(file);
}

static const struct {
    const char *what, *python, *statement, *call;
    enum suppression form;
} excuses[] = {
    { "none", "f()\n", "f()", "f()", SUPPRESSION_NONE },
    { "behind", "f()  # noqa\n", "f()", "f()", SUPPRESSION_NOQA },
    { "behind the first line", "f(  # nosec\n)\n", "f(  # nosec\n)",
      "f(  # nosec\n)", SUPPRESSION_NOSEC },
    { "on the statement's first line",
      "g(  # tmpguard: ignore[py/insecure-temporary-file]\n  f())\n",
      "g(  # tmpguard: ignore[py/insecure-temporary-file]\n  f())", "f()",
      SUPPRESSION_TMPGUARD },
    { "on the statement's last line",
      "g(f(),\n  a) # tmpguard: ignore[py/insecure-temporary-file]\n",
      "g(f(),\n  a)", "f()", SUPPRESSION_TMPGUARD },
    { "below a statement whose end is a line's start",
      "f()\n# tmpguard: ignore[py/insecure-temporary-file]\n", "f()\n", "f()",
      SUPPRESSION_NONE },
    { "on the call's last line", "f(\n) # NOSONAR\n", "f(\n)", "f(\n)",
      SUPPRESSION_NOSONAR },
    { "in a string", "f('# noqa')\n", "f('# noqa')", "f('# noqa')",
      SUPPRESSION_NONE },
};

static void a_comment_of_the_source_excuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(excuses) / sizeof(*excuses); i++) {
        struct file *file = open_file(text_of(excuses[i].python));
        enum suppression got;

        add_site(file, excuses[i].statement, excuses[i].call);
        got = findings_of(file, 1)->suppression;
        if (got != excuses[i].form)
            fail_msg("%s: got %s", excuses[i].what, suppression_name(got));
        close_file(file);
    }
}

static void offsets_of_utf_16_are_the_blob_s(void **state)
{
    struct file *file = open_file(TEXT("\xff\xfe\x3d\xd8\x00\xde\n\0"
                                       "f\0(\0)\0"));
    const struct finding *finding;

    (void)state;
    add_site(file, "f()", "f()");
    finding = findings_of(file, 1);
    assert_int_equal(8, finding->offset);
    assert_int_equal(6, finding->size);
    close_file(file);
}

#define MANY 20000

/* One line, one statement: whatever is quadratic would not end. */
static void very_many_calls_in_one_statement_take_linear_time(void **state)
{
    struct site *sites = memory_new(MANY, sizeof(*sites));
    char *python = memory_new(MANY * 24 + 1, 1);
    struct source source;
    struct facts facts = FACTS_EMPTY;
    struct error err;

    (void)state;
    for (uint32_t i = 0; i < MANY; i++) {
        memcpy(python + i * 24, "'\xc3\xa9\xc3\xa9\xc3\xa9', mktemp()    ,",
               22);
        memcpy(python + i * 24 + 22, "  ", 2);
        sites[i] = (struct site){
            i * 24 + 10, i * 24 + 18, 0, MANY * 24, TARGET_TEMPFILE_MKTEMP,
            false
        };
    }
    assert_int_equal(0, source_open(&source, text_of(python), &err));
    site_findings(&facts, &source, sites, MANY);
    assert_int_equal(MANY, facts.findings_count);
    assert_int_equal((MANY - 1) * 21 + 8,
                     facts.findings[MANY - 1].range.start.column);
    facts_release(&facts);
    source_close(&source);
    free(python);
    free(sites);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_site_becomes_a_finding),
        cmocka_unit_test(no_sites_are_no_findings),
        cmocka_unit_test(findings_are_added_to_what_is_there),
        cmocka_unit_test(findings_are_sorted_however_the_sites_come),
        cmocka_unit_test(a_site_that_comes_twice_is_one_finding),
        cmocka_unit_test(one_certain_site_makes_the_finding_certain),
        cmocka_unit_test(a_statement_is_known_by_fnv_1a),
        cmocka_unit_test(a_statement_is_its_text_without_blanks_and_comments),
        cmocka_unit_test(what_stands_around_a_statement_does_not_count),
        cmocka_unit_test(calls_of_one_statement_share_its_digest),
        cmocka_unit_test(a_comment_of_the_source_excuses),
        cmocka_unit_test(offsets_of_utf_16_are_the_blob_s),
        cmocka_unit_test(very_many_calls_in_one_statement_take_linear_time),
    };

    return cmocka_run_group_tests_name("core/facts/site", tests, NULL, NULL);
}
