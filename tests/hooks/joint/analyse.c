#include "tests/hooks/sandbox.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/facts/edition.h"
#include "core/facts/scan.h"
#include "hooks/joint/analyse.h"
#include "tests/store/scratch.h"

#define DATABASE "cache/" FILES_DATABASE

/* One run: a repository, a cache that stays, counts of its own. */
struct run {
    struct repo *repo;
    struct store *store;
    struct report_stats stats;
    struct analyser analyser;
};

static struct run begin(struct sandbox *sandbox)
{
    struct run run = { .repo = opened(sandbox) };
    struct buffer folder = BUFFER_EMPTY, state = BUFFER_EMPTY;
    struct store_place place;
    struct error err;

    buffer_format(&folder, "%s/cache", sandbox->folder);
    buffer_format(&state, "%s/state", sandbox->folder);
    place = (struct store_place){ folder.bytes, state.bytes, "this" };
    if (store_open(&run.store, &place, &err) < 0)
        fail_msg("%s", err.message);
    buffer_release(&folder);
    buffer_release(&state);
    return run;
}

/* The analyser points into the run, which has its place by now. */
static struct analyser *analyser(struct run *run)
{
    run->analyser.store = run->store;
    run->analyser.stats = &run->stats;
    return &run->analyser;
}

static void end(struct run *run)
{
    if (run->analyser.trouble)
        fail_msg("%s", run->analyser.trouble);
    analyser_release(&run->analyser);
    store_close(run->store);
}

enum way { FROM_CACHE, PARSED, NEITHER };

/* `result` and, if that is not -1, `findings` of the file, and how come. */
static void expect(struct run *run, const char *path, int result,
                   size_t findings, enum way way)
{
    struct object_id id = id_of("HEAD:a.py");
    struct report_stats before = run->stats;
    struct facts facts;
    struct error err = { .message = "" };
    int got = analyse_file(analyser(run), run->repo, path, &id, &facts, &err);
    uint64_t hits = run->stats.cache_hits - before.cache_hits;
    uint64_t parsed = run->stats.parsed - before.parsed;

    if (got != result || facts.findings_count != findings)
        fail_msg("%s: %d with %zu findings: %s", path, got,
                 facts.findings_count, err.message);
    if (hits != (way == FROM_CACHE) || parsed != (way == PARSED))
        fail_msg("%s: %u hits, %u parsed", path, (unsigned)hits,
                 (unsigned)parsed);
    facts_release(&facts);
}

/* a.py of HEAD has these bytes; its object can be taken away and back. */
static void commit_file(const char *bytes)
{
    put("a.py", bytes);
    sh("git add a.py; git commit -q --allow-empty -m one");
}

#define OBJECT     "o=.git/objects/$(git rev-parse HEAD:a.py | sed 's|^..|&/|');"
#define TAKE_AWAY  OBJECT "mv $o kept"
#define BRING_BACK OBJECT "mv kept $o"

static void a_blob_is_analysed_once_and_then_known(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    expect(&run, "a.py", 1, 1, PARSED);
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    expect(&run, "other/b.pyw", 1, 1, FROM_CACHE);
    end(&run);
    run = begin(*state);
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    end(&run);
}

static void a_known_blob_is_not_read(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    expect(&run, "a.py", 1, 1, PARSED);
    sh(TAKE_AWAY);
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    sh(BRING_BACK);
    end(&run);
}

static void a_clean_blob_is_known_too(void **state)
{
    struct run run;

    commit_file("x = 1\n");
    run = begin(*state);
    expect(&run, "a.py", 1, 0, NEITHER);
    expect(&run, "a.py", 1, 0, FROM_CACHE);
    end(&run);
}

#define FOREIGN "class T(TestCase):\n  def test(self):\n    self.mktemp()\n"

static void
of_files_by_themselves_what_has_no_finding_is_not_analysed(void **state)
{
    struct run run;

    commit_file("#!/usr/bin/python\n" FOREIGN);
    run = begin(*state);
    run.analyser.alone = true;
    expect(&run, "a.py", 1, 0, NEITHER);
    expect(&run, "script", 1, 0, NEITHER);
    run.analyser.alone = false;
    expect(&run, "a.py", 1, 0, PARSED);
    run.analyser.alone = true;
    expect(&run, "a.py", 1, 0, FROM_CACHE);
    end(&run);
}

static void of_files_by_themselves_the_rest_is_kept_as_ever(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    run.analyser.alone = true;
    expect(&run, "a.py", 1, 1, PARSED);
    commit_file("x = 1\n");
    expect(&run, "a.py", 1, 0, NEITHER);
    run.analyser.alone = false;
    expect(&run, "a.py", 1, 0, FROM_CACHE);
    commit_file(CALL);
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    end(&run);
}

static void without_a_cache_each_time_is_the_first(void **state)
{
    struct run run = { .store = NULL };

    commit_file(CALL);
    run.repo = opened(*state);
    expect(&run, "a.py", 1, 1, PARSED);
    expect(&run, "a.py", 1, 1, PARSED);
    end(&run);
}

static void nobody_has_to_count(void **state)
{
    struct analyser alone = { .store = NULL };
    struct facts facts;
    struct error err;

    (void)state;
    assert_int_equal(0, analyse_bytes(&alone, TEXT(CALL), &facts, &err));
    assert_int_equal(1, facts.findings_count);
    facts_release(&facts);
    analyser_release(&alone);
}

static void a_name_that_is_not_python_s_is_not_read(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    sh(TAKE_AWAY);
    expect(&run, "a.txt", 0, 0, NEITHER);
    expect(&run, "a.py", -1, 0, NEITHER);
    sh(BRING_BACK);
    expect(&run, "a.py", 1, 1, PARSED);
    end(&run);
}

static void the_first_line_of_a_script_is_known_once_read(void **state)
{
    struct run run;

    commit_file("#!/usr/bin/python\n" CALL);
    run = begin(*state);
    expect(&run, "script", 1, 1, PARSED);
    sh(TAKE_AWAY);
    expect(&run, "script", 1, 1, FROM_CACHE);
    sh(BRING_BACK);
    end(&run);
}

static void that_a_file_is_no_script_is_known_too(void **state)
{
    struct run run;

    commit_file("#!/bin/sh\n" CALL);
    run = begin(*state);
    expect(&run, "script", 0, 0, NEITHER);
    sh(TAKE_AWAY);
    expect(&run, "script", 0, 0, NEITHER);
    sh(BRING_BACK);
    expect(&run, "a.py", 1, 1, PARSED);
    end(&run);
}

static void bytes_on_disk_and_blobs_share_what_is_known(void **state)
{
    struct run run;
    struct facts facts;
    struct error err;

    commit_file(CALL);
    run = begin(*state);
    assert_int_equal(0,
                     analyse_bytes(analyser(&run), TEXT(CALL), &facts, &err));
    assert_int_equal(1, run.stats.parsed);
    facts_release(&facts);
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    assert_int_equal(0,
                     analyse_bytes(analyser(&run), TEXT(CALL), &facts, &err));
    assert_int_equal(2, run.stats.cache_hits);
    assert_int_equal(1, facts.findings_count);
    facts_release(&facts);
    end(&run);
}

static void what_is_missing_is_incomplete_and_not_kept(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    sh(TAKE_AWAY);
    expect(&run, "a.py", -1, 0, NEITHER);
    expect(&run, "script", -1, 0, NEITHER);
    sh(BRING_BACK);
    expect(&run, "a.py", 1, 1, PARSED);
    end(&run);
}

static void what_is_over_the_limit_is_incomplete_each_time(void **state)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct run run;

    buffer_string(&bytes, CALL);
    while (bytes.size <= SCAN_SIZE_MAX)
        buffer_string(&bytes, "# a long line of nothing at all, and more\n");
    commit_file(bytes.bytes);
    run = begin(*state);
    expect(&run, "a.py", -1, 0, PARSED);
    expect(&run, "a.py", -1, 0, PARSED);
    end(&run);
    buffer_release(&bytes);
}

static void a_folder_s_object_is_no_file(void **state)
{
    struct run run;
    struct object_id id;
    struct facts facts;
    struct error err;

    commit_file(CALL);
    run = begin(*state);
    id = id_of("HEAD^{tree}");
    assert_int_equal(
        -1, analyse_object(analyser(&run), run.repo, &id, &facts, &err));
    assert_string_equal("the object is no file", err.message);
    assert_int_equal(0, facts.findings_count);
    end(&run);
}

static void a_damaged_row_is_analysed_again(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    expect(&run, "a.py", 1, 1, PARSED);
    end(&run);
    scratch_sql(DATABASE, "UPDATE entry SET value = x'00'");
    run = begin(*state);
    expect(&run, "a.py", 1, 1, PARSED);
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    end(&run);
}

static void make_key(struct buffer *key)
{
    struct object_id id = id_of("HEAD:a.py");

    buffer_byte(key, 'F');
    buffer_byte(key, (char)id.size);
    buffer_append(key, id.bytes, id.size);
    buffer_string(key, edition());
}

static void keep(struct run *run, struct text value)
{
    struct buffer key = BUFFER_EMPTY;

    make_key(&key);
    scratch_put(run->store, buffer_view(&key), value);
    buffer_release(&key);
}

static void a_sound_row_with_nonsense_in_it_is_analysed_again(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    keep(&run, TEXT("nonsense"));
    expect(&run, "a.py", 1, 1, PARSED);
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    end(&run);
}

static void a_row_counts_under_its_key_to_the_last_bit(void **state)
{
    struct facts none = FACTS_EMPTY;
    struct buffer clean = BUFFER_EMPTY, key = BUFFER_EMPTY;
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    facts_encode(&none, &clean);
    make_key(&key);
    for (size_t bit = 0; bit < key.size * 8; bit++) {
        key.bytes[bit / 8] ^= (char)(1 << bit % 8);
        scratch_put(run.store, buffer_view(&key), buffer_view(&clean));
        key.bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    expect(&run, "a.py", 1, 1, PARSED);
    scratch_put(run.store, buffer_view(&key), buffer_view(&clean));
    expect(&run, "a.py", 1, 0, FROM_CACHE);
    buffer_release(&clean);
    buffer_release(&key);
    end(&run);
}

static void a_cache_that_says_something_else_is_found_out(void **state)
{
    struct facts none = FACTS_EMPTY;
    struct buffer clean = BUFFER_EMPTY;
    struct run run;
    char hex[OBJECT_HEX_MAX];
    struct object_id id;

    commit_file(CALL);
    id = id_of("HEAD:a.py");
    object_id_format(&id, hex);
    run = begin(*state);
    run.analyser.verify = true;
    expect(&run, "a.py", 1, 1, PARSED);
    assert_int_equal(0, run.analyser.verified);
    expect(&run, "a.py", 1, 1, PARSED);
    assert_int_equal(1, run.analyser.verified);
    assert_null(run.analyser.differs);
    facts_encode(&none, &clean);
    keep(&run, buffer_view(&clean));
    expect(&run, "a.py", 1, 1, PARSED);
    assert_string_equal(hex, run.analyser.differs);
    run.analyser.verify = false;
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    buffer_release(&clean);
    end(&run);
}

static void a_cache_of_nonsense_is_begun_anew(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    expect(&run, "a.py", 1, 1, PARSED);
    end(&run);
    sh("printf nonsense > " DATABASE);
    run = begin(*state);
    expect(&run, "a.py", 1, 1, PARSED);
    expect(&run, "a.py", 1, 1, FROM_CACHE);
    end(&run);
}

/* In a child: where no byte can be written any more, is all as before? */
static void analyse_without_room(struct sandbox *sandbox)
{
    const struct rlimit none = { 0, 0 };
    struct object_id id = id_of("HEAD:a.py");
    struct run run = begin(sandbox);
    struct facts facts;
    struct error err;
    bool right = true;

    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    for (int i = 0; i < 3; i++) {
        right =
            right &&
            analyse_object(analyser(&run), run.repo, &id, &facts, &err) == 0 &&
            facts.findings_count == 1;
        facts_release(&facts);
    }
    analyser_release(&run.analyser);
    store_close(run.store);
    _exit(right ? 0 : 1);
}

static void without_room_on_the_disk_the_answer_is_the_same(void **state)
{
    int status;
    pid_t child;

    commit_file(CALL);
    child = fork();
    if (child == 0)
        analyse_without_room(*state);
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_int_equal(0, status);
}

static void trouble_with_the_cache_is_told_and_changes_no_answer(void **state)
{
    struct run run;

    commit_file(CALL);
    run = begin(*state);
    expect(&run, "a.py", 1, 1, PARSED);
    end(&run);
    /* The tables are damaged, and the file cannot be set aside. */
    sh("s=$(stat -c %s " DATABASE "); { head -c 4096 " DATABASE ";"
       "head -c $((s - 4096)) /dev/zero | tr '\\0' U; } > damaged;"
       "cat damaged > " DATABASE);
    run = begin(*state);
    sh("rm " DATABASE);
    expect(&run, "a.py", 1, 1, PARSED);
    assert_non_null(run.analyser.trouble);
    assert_null(run.analyser.store);
    expect(&run, "a.py", 1, 1, PARSED);
    analyser_release(&run.analyser);
    assert_null(run.analyser.trouble);
    store_close(run.store);
}

#define TEST(test)                                                             \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_blob_is_analysed_once_and_then_known),
        TEST(a_known_blob_is_not_read),
        TEST(a_clean_blob_is_known_too),
        TEST(of_files_by_themselves_what_has_no_finding_is_not_analysed),
        TEST(of_files_by_themselves_the_rest_is_kept_as_ever),
        TEST(without_a_cache_each_time_is_the_first),
        TEST(nobody_has_to_count),
        TEST(a_name_that_is_not_python_s_is_not_read),
        TEST(the_first_line_of_a_script_is_known_once_read),
        TEST(that_a_file_is_no_script_is_known_too),
        TEST(bytes_on_disk_and_blobs_share_what_is_known),
        TEST(what_is_missing_is_incomplete_and_not_kept),
        TEST(what_is_over_the_limit_is_incomplete_each_time),
        TEST(a_folder_s_object_is_no_file),
        TEST(a_damaged_row_is_analysed_again),
        TEST(a_sound_row_with_nonsense_in_it_is_analysed_again),
        TEST(a_row_counts_under_its_key_to_the_last_bit),
        TEST(a_cache_that_says_something_else_is_found_out),
        TEST(a_cache_of_nonsense_is_begun_anew),
        TEST(without_room_on_the_disk_the_answer_is_the_same),
        TEST(trouble_with_the_cache_is_told_and_changes_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
