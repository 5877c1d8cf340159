#include "tests/hooks/looked.h"

static uint32_t blob_of(struct looked *looked, const char *revision)
{
    struct object_id id = id_of(revision);

    return blobs_add(&looked->blobs, &id);
}

/* As which file: 1, 0 or -1, and how many are incomplete after it. */
static void expect_look(struct looked *looked, const char *revision,
                        const char *name, int want, size_t incomplete)
{
    uint32_t blob = blob_of(looked, revision);
    int got = blobs_look(&looked->blobs, blob, text_of(name));
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "folder/%s", name);
    if (got < 0)
        blobs_explain(&looked->blobs, blob, path.bytes);
    buffer_release(&path);
    if (got != want || looked->report.incomplete_count != incomplete)
        fail_msg("%s as %s: %d and %zu incomplete, want %d and %zu", revision,
                 name, got, looked->report.incomplete_count, want, incomplete);
}

static void a_blob_has_one_number_and_its_id(void **state)
{
    struct looked looked;
    struct object_id id, back;

    make("call >a.py; safe >b.py; c one");
    look(&looked, state);
    id = id_of("HEAD:a.py");
    back = blobs_id(&looked.blobs, blob_of(&looked, "HEAD:a.py"));
    assert_int_equal(0, object_id_compare(&id, &back));
    assert_int_equal(0, blob_of(&looked, "HEAD:a.py"));
    assert_int_equal(1, blob_of(&looked, "HEAD:b.py"));
    look_away(&looked);
}

static void what_a_blob_holds_depends_on_the_name_alone(void **state)
{
    struct looked looked;

    make("call >a.py; { echo '#!/usr/bin/python'; call; } >run; safe >b.py;"
         "c one");
    look(&looked, state);
    expect_look(&looked, "HEAD:a.py", "a.py", 1, 0);
    expect_look(&looked, "HEAD:a.py", "a.txt", 0, 0);
    expect_look(&looked, "HEAD:a.py", "a", 0, 0);
    expect_look(&looked, "HEAD:a.py", "a.pyw", 1, 0);
    expect_look(&looked, "HEAD:run", "run", 1, 0);
    expect_look(&looked, "HEAD:run", "run.py", 1, 0);
    expect_look(&looked, "HEAD:run", "run.sh", 0, 0);
    expect_look(&looked, "HEAD:b.py", "b.py", 0, 0);
    assert_int_equal(3, looked.report.stats.files);
    assert_int_equal(3, looked.report.stats.python_files);
    assert_int_equal(2, looked.report.stats.parsed);
    look_away(&looked);
}

static void what_is_missing_is_told_once(void **state)
{
    struct looked looked;

    make("call >a.py; { echo '#!/usr/bin/python'; call; } >run; c one");
    lose_object("HEAD:a.py");
    lose_object("HEAD:run");
    look(&looked, state);
    expect_look(&looked, "HEAD:a.py", "a.txt", 0, 0);
    expect_look(&looked, "HEAD:a.py", "a.py", -1, 1);
    expect_look(&looked, "HEAD:a.py", "b.py", -1, 1);
    expect_look(&looked, "HEAD:run", "run", -1, 2);
    expect_look(&looked, "HEAD:run", "again", -1, 2);
    assert_string_equal("folder/a.py", looked.report.incomplete[0].path);
    assert_string_equal("folder/run", looked.report.incomplete[1].path);
    look_away(&looked);
}

/* The second blob is over the limit of one file. */
static void what_is_pending_may_hold_findings_until_it_is_finished(void **state)
{
    struct looked looked;
    uint32_t call, large, safe;

    make("call >a.py; { call; seq 1000000; } >b.py; { safe; echo '# mktemp'; } "
         ">d.py; c one");
    look(&looked, state);
    looked.blobs.later = true;
    looked.blobs.threads = 3;
    expect_look(&looked, "HEAD:a.py", "a.py", 1, 0);
    expect_look(&looked, "HEAD:a.py", "again.py", 1, 0);
    expect_look(&looked, "HEAD:b.py", "b.py", 1, 0);
    expect_look(&looked, "HEAD:d.py", "d.py", 1, 0);
    call = blob_of(&looked, "HEAD:a.py");
    large = blob_of(&looked, "HEAD:b.py");
    safe = blob_of(&looked, "HEAD:d.py");
    assert_int_equal(BLOB_PENDING, looked.blobs.blobs[call].state);
    blobs_finish(&looked.blobs);
    assert_int_equal(BLOB_KNOWN, looked.blobs.blobs[call].state);
    assert_int_equal(1, looked.blobs.blobs[call].count);
    assert_int_equal(BLOB_UNKNOWN, looked.blobs.blobs[large].state);
    assert_int_equal(BLOB_KNOWN, looked.blobs.blobs[safe].state);
    expect_look(&looked, "HEAD:b.py", "b.py", -1, 1);
    expect_look(&looked, "HEAD:d.py", "d.py", 0, 1);
    assert_int_equal(3, looked.report.stats.python_files);
    assert_int_equal(3, looked.report.stats.parsed);
    look_away(&looked);
}

static void what_is_pending_goes_with_the_rest(void **state)
{
    struct looked looked;

    make("call >a.py; c one");
    look(&looked, state);
    looked.blobs.later = true;
    expect_look(&looked, "HEAD:a.py", "a.py", 1, 0);
    look_away(&looked);
}

static void occurrences_are_sorted_and_equal_calls_have_equal_keys(void **state)
{
    struct looked looked;
    const struct occurrence *all;
    uint32_t a, b;

    make("{ call; echo 'y = tempfile.mktemp()'; call; } >a.py;"
         "{ pad; call; } >b.py; c one");
    look(&looked, state);
    expect_look(&looked, "HEAD:a.py", "a.py", 1, 0);
    expect_look(&looked, "HEAD:b.py", "b.py", 1, 0);
    a = blob_of(&looked, "HEAD:a.py");
    b = blob_of(&looked, "HEAD:b.py");
    assert_int_equal(3, looked.blobs.blobs[a].count);
    assert_int_equal(1, looked.blobs.blobs[b].count);
    all = blobs_occurrences(&looked.blobs, a);
    assert_true(all[0].key <= all[1].key && all[1].key <= all[2].key);
    assert_true((all[0].key == all[1].key) != (all[1].key == all[2].key));
    assert_int_equal(all[1].key, blobs_occurrences(&looked.blobs, b)[0].key);
    look_away(&looked);
}

/* The facts that the blob has alone, with findings at these offsets more. */
static struct facts facts_with(struct looked *looked, const char *revision,
                               uint32_t column)
{
    struct object_id id = id_of(revision);
    struct facts facts;
    struct error err;

    assert_int_equal(0, analyse_object(&looked->analyser, looked->blobs.repo,
                                       &id, &facts, &err));
    if (column) {
        struct finding more = facts.findings[0];

        more.range.start.column = column;
        *ARRAY_PUSH(facts.findings) = more;
    }
    return facts;
}

static uint32_t joined(struct looked *looked, const char *revision,
                       uint32_t column)
{
    struct object_id id = id_of(revision);
    struct facts facts = facts_with(looked, revision, column);

    return blobs_know_joined(&looked->blobs, &id, &facts, NULL);
}

static void among_others_a_blob_has_a_number_for_each_of_its_facts(void **state)
{
    struct looked looked;
    uint32_t alone, more;
    struct object_id id, back;

    make("call >a.py; c one");
    look(&looked, state);
    expect_look(&looked, "HEAD:a.py", "a.py", 1, 0);
    alone = blob_of(&looked, "HEAD:a.py");
    assert_int_equal(alone, joined(&looked, "HEAD:a.py", 0));
    more = joined(&looked, "HEAD:a.py", 90);
    assert_int_not_equal(alone, more);
    assert_int_equal(more, joined(&looked, "HEAD:a.py", 90));
    assert_int_not_equal(more, joined(&looked, "HEAD:a.py", 91));
    assert_int_equal(1, looked.blobs.blobs[alone].count);
    assert_int_equal(2, looked.blobs.blobs[more].count);
    id = id_of("HEAD:a.py");
    back = blobs_id(&looked.blobs, more);
    assert_int_equal(0, object_id_compare(&id, &back));
    look_away(&looked);
}

static void among_others_a_blob_may_be_unknown(void **state)
{
    struct looked looked;
    struct object_id id;
    struct error err;
    uint32_t number;

    make("call >a.py; c one");
    look(&looked, state);
    id = id_of("HEAD:a.py");
    error_set(&err, ERROR_LIMIT, "too many files");
    number = blobs_know_joined(&looked.blobs, &id, NULL, &err);
    assert_int_equal(number, blobs_know_joined(&looked.blobs, &id, NULL, &err));
    assert_int_equal(-1, blobs_look(&looked.blobs, number, TEXT("a.py")));
    blobs_explain(&looked.blobs, number, "a.py");
    assert_int_equal(1, looked.report.incomplete_count);
    assert_non_null(strstr(looked.report.incomplete[0].reason, "too many"));
    expect_look(&looked, "HEAD:a.py", "a.py", 1, 1);
    look_away(&looked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(a_blob_has_one_number_and_its_id),
        in_repository(what_a_blob_holds_depends_on_the_name_alone),
        in_repository(among_others_a_blob_has_a_number_for_each_of_its_facts),
        in_repository(among_others_a_blob_may_be_unknown),
        in_repository(what_is_missing_is_told_once),
        in_repository(what_is_pending_may_hold_findings_until_it_is_finished),
        in_repository(what_is_pending_goes_with_the_rest),
        in_repository(occurrences_are_sorted_and_equal_calls_have_equal_keys),
    };

    return cmocka_run_group_tests_name("hooks/history/history_blobs", tests,
                                       NULL, NULL);
}
