/*
 * The cases below tests/cases-fix: before.py becomes after.py, or stays as it
 * is where there is none; with FIX_UNSAFE it becomes unsafe.py, or after.py.
 * `why` says the tier of each finding and the sentence.
 */
#include "tests/core/files.h"

#include <glob.h>
#include <string.h>

#include "core/facts/scan.h"
#include "core/fix/fix.h"

#define CASES TESTS_FOLDER "/cases-fix"

/* What `name` of a case holds, or of the next best; false if there is none. */
static bool read_of(const char *folder, const char *const *names,
                    struct buffer *out)
{
    for (; *names; names++) {
        char path[4096];
        FILE *file;

        snprintf(path, sizeof(path), "%s/%s", folder, *names);
        file = fopen(path, "rb");
        if (!file)
            continue;
        fclose(file);
        files_read(path, out);
        return true;
    }
    return false;
}

static void repair(struct text bytes, bool unsafe, struct fix *fix,
                   struct facts *facts)
{
    const struct fix_options options = { .unsafe = unsafe };
    struct error err;

    assert_int_equal(0, scan_blob(bytes, facts, &err));
    assert_int_equal(0, fix_file(fix, bytes, facts->findings,
                                 facts->findings_count, &options, &err));
}

static void done_twice_is_done_once(const char *folder, struct text bytes,
                                    bool unsafe)
{
    struct facts facts;
    struct fix fix;

    repair(bytes, unsafe, &fix, &facts);
    if (fix.done)
        fail_msg("%s: a second repair makes it\n%s", folder, fix.after.bytes);
    fix_release(&fix);
    facts_release(&facts);
}

static void check_bytes(const char *folder, struct text before, bool unsafe)
{
    static const char *const safe_names[] = { "after.py", NULL };
    static const char *const unsafe_names[] = { "unsafe.py", "after.py", NULL };
    struct buffer want = BUFFER_EMPTY;
    struct facts facts;
    struct fix fix;
    struct text got;

    if (!read_of(folder, unsafe ? unsafe_names : safe_names, &want))
        buffer_text(&want, before);
    repair(before, unsafe, &fix, &facts);
    got = fix.done ? buffer_view(&fix.after) : before;
    if (!text_equal(got, buffer_view(&want)))
        fail_msg("%s: %s: got\n%.*s", folder, unsafe ? "unsafe" : "safe",
                 (int)got.size, got.bytes);
    done_twice_is_done_once(folder, got, unsafe);
    fix_release(&fix);
    facts_release(&facts);
    buffer_release(&want);
}

static void check_words(const char *folder, struct text before)
{
    static const char *const names[] = { "why", NULL };
    struct buffer want = BUFFER_EMPTY, got = BUFFER_EMPTY;
    struct facts facts;
    struct fix fix;

    repair(before, false, &fix, &facts);
    for (size_t i = 0; i < fix.items_count; i++)
        buffer_format(&got, "%s: %s\n",
                      fix_tier_name(fix.items[i].verdict.tier),
                      fix.items[i].verdict.why);
    if (read_of(folder, names, &want) &&
        !text_equal(buffer_view(&want), buffer_view(&got)))
        fail_msg("%s: why: got\n%s", folder, got.bytes);
    fix_release(&fix);
    facts_release(&facts);
    buffer_release(&want);
    buffer_release(&got);
}

static void each_case_becomes_what_it_should(void **state)
{
    static const char *const names[] = { "before.py", NULL };
    glob_t folders;

    (void)state;
    assert_int_equal(0, glob(CASES "/*-*", 0, NULL, &folders));
    for (size_t i = 0; i < folders.gl_pathc; i++) {
        struct buffer before = BUFFER_EMPTY;

        if (!read_of(folders.gl_pathv[i], names, &before))
            fail_msg("%s: there is no before.py", folders.gl_pathv[i]);
        check_bytes(folders.gl_pathv[i], buffer_view(&before), false);
        check_bytes(folders.gl_pathv[i], buffer_view(&before), true);
        check_words(folders.gl_pathv[i], buffer_view(&before));
        buffer_release(&before);
    }
    globfree(&folders);
}

/* Whatever the cases of the analysis are: what is done is done for good. */
static void try_one(const char *path, struct text text, void *payload)
{
    const struct fix_options options = { .unsafe = true };
    struct error err;
    struct facts facts, left;
    struct fix fix;

    (void)payload;
    if (scan_blob(text, &facts, &err) < 0)
        return;
    if (fix_file(&fix, text, facts.findings, facts.findings_count, &options,
                 &err) == 0 &&
        fix.done) {
        assert_int_equal(0, scan_blob(buffer_view(&fix.after), &left, &err));
        if (left.findings_count + fix.done != facts.findings_count)
            fail_msg("%s: became\n%s", path, fix.after.bytes);
        facts_release(&left);
    }
    fix_release(&fix);
    facts_release(&facts);
}

static void a_repair_leaves_no_finding_of_its_own(void **state)
{
    (void)state;
    assert_true(files_each(try_one, NULL) > 100);
}

static void what_is_no_text_of_one_byte_a_unit_is_left_alone(void **state)
{
    static const char bytes[] =
        "\xff\xfe"
        "i\0m\0p\0o\0r\0t\0 \0t\0e\0m\0p\0f\0i\0l\0e\0\n\0"
        "t\0e\0m\0p\0f\0i\0l\0e\0.\0m\0k\0t\0e\0m\0p\0(\0)\0\n";
    struct facts facts;
    struct fix fix;

    (void)state;
    repair((struct text){ bytes, sizeof(bytes) }, true, &fix, &facts);
    assert_int_equal(1, fix.items_count);
    assert_int_equal(0, fix.done);
    assert_non_null(strstr(fix.items[0].verdict.why, "UTF-16"));
    fix_release(&fix);
    fix_release(&fix);
    facts_release(&facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_case_becomes_what_it_should),
        cmocka_unit_test(a_repair_leaves_no_finding_of_its_own),
        cmocka_unit_test(what_is_no_text_of_one_byte_a_unit_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
