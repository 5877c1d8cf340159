#include "tests/core/files.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/source/source.h"

/* A text in a static table. */
#define ROW(literal)                                                           \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

static void scan(struct text text, struct facts *facts)
{
    struct error err;

    if (scan_blob(text, facts, &err) < 0)
        fail_msg("%s: %.*s", err.message, text.size > 80 ? 80 : (int)text.size,
                 text.bytes);
}

static void over_the_limit(struct text text)
{
    struct facts facts;
    struct error err;

    assert_int_equal(-1, scan_blob(text, &facts, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_int_equal(0, facts.findings_count);
    facts_release(&facts);
}

/* ---- what facts say ------------------------------------------------------ */

static void a_call_is_a_finding_with_all_that_is_to_be_said(void **state)
{
    struct facts facts;
    const struct finding *finding;

    (void)state;
    scan(TEXT("import tempfile\n"
              "é = tempfile.mktemp(\n"
              "    '.x')\n"),
         &facts);
    assert_int_equal(1, facts.findings_count);
    finding = &facts.findings[0];
    assert_int_equal(TARGET_TEMPFILE_MKTEMP, finding->target);
    assert_int_equal(SUPPRESSION_NONE, finding->suppression);
    assert_int_equal(2, finding->range.start.line);
    assert_int_equal(5, finding->range.start.column);
    assert_int_equal(3, finding->range.end.line);
    assert_int_equal(10, finding->range.end.column);
    assert_int_equal(21, finding->offset);
    assert_int_equal(26, finding->size);
    assert_true(finding->statement.high || finding->statement.low);
    assert_true(finding->line_hash);
    assert_int_equal(1, finding->line_count);
    assert_false(finding->over_approximated);
    facts_release(&facts);
}

static void findings_stand_in_order(void **state)
{
    struct facts facts;

    (void)state;
    scan(TEXT("import os\n"
              "def f():\n"
              "    os.tmpnam(); os.tempnam()\n"
              "os.tempnam()\n"
              "f2 = lambda: os.tmpnam(os.tempnam())\n"),
         &facts);
    assert_int_equal(5, facts.findings_count);
    for (size_t i = 1; i < facts.findings_count; i++)
        assert_true(
            finding_compare(&facts.findings[i - 1], &facts.findings[i]) < 0);
    facts_release(&facts);
}

static void a_call_that_may_be_two_functions_is_two_findings(void **state)
{
    struct facts facts;

    (void)state;
    scan(TEXT("import os\n"
              "(os.tempnam if x else os.tmpnam)()\n"),
         &facts);
    assert_int_equal(2, facts.findings_count);
    assert_int_equal(TARGET_OS_TEMPNAM, facts.findings[0].target);
    assert_int_equal(TARGET_OS_TMPNAM, facts.findings[1].target);
    assert_memory_equal(&facts.findings[0].range, &facts.findings[1].range,
                        sizeof(struct range));
    facts_release(&facts);
}

static void equal_lines_are_counted(void **state)
{
    struct facts facts;

    (void)state;
    scan(TEXT("import os\nos.tmpnam()\nos.tmpnam()\nos.tmpnam()\n"), &facts);
    assert_int_equal(3, facts.findings_count);
    for (size_t i = 1; i < facts.findings_count; i++)
        assert_true(finding_same(&facts.findings[0], &facts.findings[i]));
    facts_release(&facts);
}

static void what_is_suppressed_is_there_and_says_by_what(void **state)
{
    struct facts facts;

    (void)state;
    scan(TEXT("import os\n"
              "os.tmpnam()  # nosec\n"
              "os.tmpnam()\n"),
         &facts);
    assert_int_equal(2, facts.findings_count);
    assert_int_equal(SUPPRESSION_NOSEC, facts.findings[0].suppression);
    assert_int_equal(SUPPRESSION_NONE, facts.findings[1].suppression);
    facts_release(&facts);
}

static void what_only_codeql_takes_for_a_call_is_marked(void **state)
{
    struct facts facts;

    (void)state;
    scan(TEXT("import os\n"
              "d = {'a': os.tmpnam}\n"
              "d['a']()\n"
              "d['a'] = safe\n"
              "d['a']()\n"),
         &facts);
    assert_int_equal(2, facts.findings_count);
    assert_false(facts.findings[0].over_approximated);
    assert_int_equal(5, facts.findings[1].range.start.line);
    assert_true(facts.findings[1].over_approximated);
    facts_release(&facts);
}

/* ---- what holds nothing -------------------------------------------------- */

static void files_without_a_call_have_no_findings(void **state)
{
    static const struct text texts[] = {
        ROW(""),
        ROW("x = 1\n"),
        ROW("mktemp"),
        ROW("mktemp()\n"),
        ROW("import tempfile\nf = tempfile.mktemp\n"),
        ROW("def mktemp(): pass\nmktemp()\n"),
        ROW("# tempfile.mktemp()\n"),
        ROW("'''\nimport os\nos.tmpnam()\n'''\n"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct facts facts;

        scan(texts[i], &facts);
        if (facts.findings_count)
            fail_msg("%.*s", (int)texts[i].size, texts[i].bytes);
        facts_release(&facts);
    }
}

static void a_file_that_is_not_worthwhile_has_no_limits(void **state)
{
    size_t size = SCAN_SIZE_MAX + 1;
    char *bytes = memory_new(size, 1);
    struct facts facts;

    (void)state;
    memset(bytes, '(', size);
    assert_false(scan_worthwhile((struct text){ bytes, size }));
    scan((struct text){ bytes, size }, &facts);
    assert_int_equal(0, facts.findings_count);
    facts_release(&facts);
    free(bytes);
}

/* ---- limits -------------------------------------------------------------- */

/* A call, and a comment up to the size. */
static char *file_of_size(size_t size)
{
    static const char call[] = "import os\nos.tmpnam()\n#";
    char *bytes = memory_new(size, 1);

    memset(bytes, 'x', size);
    memcpy(bytes, call, sizeof(call) - 1);
    bytes[size - 1] = '\n';
    return bytes;
}

static void a_file_may_be_as_large_as_the_limit_says(void **state)
{
    char *bytes = file_of_size(SCAN_SIZE_MAX);
    struct facts facts;

    (void)state;
    scan((struct text){ bytes, SCAN_SIZE_MAX }, &facts);
    assert_int_equal(1, facts.findings_count);
    facts_release(&facts);
    free(bytes);
}

static void one_byte_more_is_over_the_limit(void **state)
{
    char *bytes = file_of_size(SCAN_SIZE_MAX + 1);

    (void)state;
    over_the_limit((struct text){ bytes, SCAN_SIZE_MAX + 1 });
    free(bytes);
}

/* A callee in so many brackets. */
static char *nested(size_t depth)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_string(&text, "import os\n");
    for (size_t i = 0; i < depth; i++)
        buffer_byte(&text, '(');
    buffer_string(&text, "os.tmpnam");
    for (size_t i = 0; i < depth; i++)
        buffer_byte(&text, ')');
    buffer_string(&text, "()\n");
    return buffer_detach(&text);
}

static void brackets_may_be_as_deep_as_the_limit_says(void **state)
{
    char *text = nested(SOURCE_BRACKET_MAX);
    struct facts facts;

    (void)state;
    scan(text_of(text), &facts);
    assert_int_equal(1, facts.findings_count);
    facts_release(&facts);
    free(text);
}

static void one_bracket_more_is_over_the_limit(void **state)
{
    char *text = nested(SOURCE_BRACKET_MAX + 1);

    (void)state;
    over_the_limit(text_of(text));
    free(text);
}

static char *calls(size_t count)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_string(
        &text,
        "import os, tempfile as f\nt = os.tmpnam or os.tempnam or f.mktemp\n");
    for (size_t i = 0; i < count; i += i + 3 <= count ? 3 : 1)
        buffer_string(&text, i + 3 <= count ? "t()\n" : "os.tmpnam()\n");
    return buffer_detach(&text);
}

static void a_file_may_hold_as_many_calls_as_the_limit_says(void **state)
{
    char *text = calls(FACTS_FINDINGS_MAX);
    struct facts facts;
    struct error err = { .message = "" };
    int result = scan_blob(text_of(text), &facts, &err);
    size_t count = facts.findings_count;

    (void)state;
    facts_release(&facts);
    free(text);
    if (result < 0)
        fail_msg("%s", err.message);
    assert_int_equal(FACTS_FINDINGS_MAX, count);
}

static void one_call_more_is_over_the_limit(void **state)
{
    char *text = calls(FACTS_FINDINGS_MAX + 1);

    (void)state;
    over_the_limit(text_of(text));
    free(text);
}

/* ---- garbage ------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void check_garbage(struct text text)
{
    struct facts facts;
    struct error err;

    if (scan_blob(text, &facts, &err) < 0) {
        assert_int_equal(ERROR_LIMIT, err.code);
        assert_int_equal(0, facts.findings_count);
    }
    for (size_t i = 0; i < facts.findings_count; i++) {
        const struct finding *finding = &facts.findings[i];

        assert_true(finding->offset + (uint64_t)finding->size <= text.size);
        assert_true(i == 0 || finding_compare(finding - 1, finding) <= 0);
    }
    facts_release(&facts);
}

static void bytes_of_any_kind_are_no_reason_to_crash(void **state)
{
    static const char *const words[] = {
        "tempfile.mktemp(",
        "import os\n",
        "os.tmpnam()",
        "def f(",
        "class A",
        "lambda x: ",
        "\n  ",
        "\n\t",
        "):\n",
        "]}",
        "match x:\n",
        "case ",
        "try:",
        "for ",
        " in ",
        "yield ",
        "'''",
        "f'{",
        "@",
        "global ",
        "del ",
        "with (",
        " as ",
        "**",
        ":=",
    };
    uint32_t seed = 1;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct buffer text = BUFFER_EMPTY;

        buffer_string(&text, "import tempfile, os\n");
        for (uint32_t n = next_random(&seed) % 40; n > 0; n--)
            if (next_random(&seed) % 8)
                buffer_string(&text, words[next_random(&seed) %
                                           (sizeof(words) / sizeof(*words))]);
            else
                buffer_byte(&text, (char)next_random(&seed));
        buffer_string(&text, "mktemp");
        check_garbage(buffer_view(&text));
        buffer_release(&text);
    }
}

static void every_byte_may_stand_in_a_call(void **state)
{
    char text[] = "import os\nos.tmpnam?()\nos.?tmpnam()\n?os.tmpnam()\n";
    const size_t places[] = { 19, 26, 36 };

    (void)state;
    for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
        for (int byte = 0; byte < 256; byte++) {
            text[places[i]] = (char)byte;
            check_garbage((struct text){ text, sizeof(text) - 1 });
        }
}

/* ---- the same again ------------------------------------------------------ */

static void encode(struct text text, struct buffer *out)
{
    struct facts facts;
    struct error err;

    if (scan_blob(text, &facts, &err) < 0)
        buffer_string(out, err.message);
    facts_encode(&facts, out);
    facts_release(&facts);
}

/* All files there are, and the facts of each. */
struct files {
    struct file {
        char *bytes;
        size_t size;
        struct buffer facts;
    } * items;
    size_t items_count, items_room;
};

static void add_file(const char *path, struct text text, void *payload)
{
    struct files *files = payload;
    struct file *file = ARRAY_PUSH(files->items);

    (void)path;
    file->bytes = memory_copy(text.bytes, text.size);
    file->size = text.size;
    file->facts = BUFFER_EMPTY;
    encode(text, &file->facts);
}

static bool has_same_facts(const struct file *file)
{
    struct buffer again = BUFFER_EMPTY;
    bool same;

    encode((struct text){ file->bytes, file->size }, &again);
    same = text_equal(buffer_view(&file->facts), buffer_view(&again));
    buffer_release(&again);
    return same;
}

/* From the first file to the last, and back: NULL if all is as it was. */
static void *scan_forwards(void *payload)
{
    const struct files *files = payload;

    for (size_t i = 0; i < files->items_count; i++)
        if (!has_same_facts(&files->items[i]))
            return files->items[i].bytes;
    return NULL;
}

static void *scan_backwards(void *payload)
{
    const struct files *files = payload;

    for (size_t i = files->items_count; i > 0; i--)
        if (!has_same_facts(&files->items[i - 1]))
            return files->items[i - 1].bytes;
    return NULL;
}

static void check_thread(pthread_t thread)
{
    void *different;

    assert_int_equal(0, pthread_join(thread, &different));
    if (different)
        fail_msg("%s", (const char *)different);
}

static void the_same_bytes_have_the_same_facts_in_any_thread(void **state)
{
    struct files files = { .items = NULL };
    pthread_t threads[2];

    (void)state;
    assert_true(files_each(add_file, &files) > 500);
    assert_int_equal(0,
                     pthread_create(&threads[0], NULL, scan_forwards, &files));
    assert_int_equal(0,
                     pthread_create(&threads[1], NULL, scan_backwards, &files));
    check_thread(threads[0]);
    check_thread(threads[1]);
    for (size_t i = 0; i < files.items_count; i++) {
        free(files.items[i].bytes);
        buffer_release(&files.items[i].facts);
    }
    free(files.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_a_finding_with_all_that_is_to_be_said),
        cmocka_unit_test(findings_stand_in_order),
        cmocka_unit_test(a_call_that_may_be_two_functions_is_two_findings),
        cmocka_unit_test(equal_lines_are_counted),
        cmocka_unit_test(what_is_suppressed_is_there_and_says_by_what),
        cmocka_unit_test(what_only_codeql_takes_for_a_call_is_marked),
        cmocka_unit_test(files_without_a_call_have_no_findings),
        cmocka_unit_test(a_file_that_is_not_worthwhile_has_no_limits),
        cmocka_unit_test(a_file_may_be_as_large_as_the_limit_says),
        cmocka_unit_test(one_byte_more_is_over_the_limit),
        cmocka_unit_test(brackets_may_be_as_deep_as_the_limit_says),
        cmocka_unit_test(one_bracket_more_is_over_the_limit),
        cmocka_unit_test(a_file_may_hold_as_many_calls_as_the_limit_says),
        cmocka_unit_test(one_call_more_is_over_the_limit),
        cmocka_unit_test(bytes_of_any_kind_are_no_reason_to_crash),
        cmocka_unit_test(every_byte_may_stand_in_a_call),
        cmocka_unit_test(the_same_bytes_have_the_same_facts_in_any_thread),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
