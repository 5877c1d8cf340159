#include "hooks/history/history_rows.h"

#include "store/store.h"
#include "tests/hooks/past.h"

static struct store *open_store(const struct sandbox *sandbox)
{
    struct buffer folder = BUFFER_EMPTY;
    struct store_place place = { .build = "this" };
    struct store *store;
    struct error err;

    buffer_format(&folder, "%s/cache", sandbox->folder);
    place.folder = place.state = folder.bytes;
    if (store_open(&store, &place, &err) < 0)
        fail_msg("%s", err.message);
    buffer_release(&folder);
    return store;
}

static struct object_id an_id(void)
{
    struct object_id id;

    object_id_of(&id, OBJECT_BLOB, TEXT("some bytes"), 20);
    return id;
}

static bool recalls(struct analyser *analyser, char kind)
{
    struct object_id id = an_id();
    struct buffer value = BUFFER_EMPTY;
    bool found = analyse_recall(analyser, kind, &id, &value) == 1;

    if (found)
        assert_true(text_equal(buffer_view(&value), TEXT("value")));
    buffer_release(&value);
    return found;
}

static void what_is_known_of_trees_stays_in_memory(void **state)
{
    struct analyser around = { .store = open_store(*state) };
    struct history_rows rows;
    struct object_id id = an_id();

    rows_open(&rows, &around);
    analyse_remember(&(struct analyser){ .rows = &rows.rows },
                     ANALYSE_KIND_TREE, &id, TEXT("value"));
    assert_true(
        recalls(&(struct analyser){ .rows = &rows.rows }, ANALYSE_KIND_TREE));
    assert_false(recalls(&around, ANALYSE_KIND_TREE));
    rows_close(&rows);
    rows_open(&rows, &around);
    assert_false(
        recalls(&(struct analyser){ .rows = &rows.rows }, ANALYSE_KIND_TREE));
    rows_close(&rows);
    store_close(around.store);
}

static void what_the_cache_knows_is_known(void **state)
{
    struct analyser around = { .store = open_store(*state) };
    struct history_rows rows;
    struct object_id id = an_id();

    analyse_remember(&around, ANALYSE_KIND_TREE, &id, TEXT("value"));
    rows_open(&rows, &around);
    assert_true(
        recalls(&(struct analyser){ .rows = &rows.rows }, ANALYSE_KIND_TREE));
    around.recache = true;
    assert_true(
        recalls(&(struct analyser){ .rows = &rows.rows }, ANALYSE_KIND_TREE));
    rows_close(&rows);
    rows_open(&rows, &around);
    assert_false(
        recalls(&(struct analyser){ .rows = &rows.rows }, ANALYSE_KIND_TREE));
    rows_close(&rows);
    store_close(around.store);
}

static void what_files_hold_goes_to_the_cache(void **state)
{
    struct analyser around = { .store = open_store(*state) };
    struct repo *repo = opened(*state);
    struct history_rows rows;
    struct object_id id;
    struct facts facts;
    struct error err;

    sh("printf 'import tempfile\\ntempfile.mktemp()\\n' >a.py; git add a.py;"
       "git commit -qm one");
    id = id_of("HEAD:a.py");
    rows_open(&rows, &around);
    assert_int_equal(0, analyse_object(&(struct analyser){ .rows = &rows.rows },
                                       repo, &id, &facts, &err));
    assert_int_equal(1, facts.findings_count);
    facts_release(&facts);
    rows_close(&rows);
    assert_int_equal(1, analyse_known(&around, &id, &facts));
    assert_int_equal(1, facts.findings_count);
    facts_release(&facts);
    store_close(around.store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(what_is_known_of_trees_stays_in_memory),
        in_repository(what_the_cache_knows_is_known),
        in_repository(what_files_hold_goes_to_the_cache),
    };

    return cmocka_run_group_tests_name("hooks/history/history_rows", tests,
                                       NULL, NULL);
}
