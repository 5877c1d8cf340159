#include "tests/test.h"

#include <string.h>

#include "core/base/buffer.h"
#include "hooks/git/commit_log.h"

#define OBJECTS 4

static int begin(void **state)
{
    static struct commit_log log;

    commit_log_begin(&log, 20, OBJECTS, 2);
    *state = &log;
    return 0;
}

static int end(void **state)
{
    commit_log_release(*state);
    return 0;
}

/* An id of one digit, 40 times. */
static const char *hex(char digit)
{
    static char ids[16][41];
    char *id = ids[digit - '0'];

    memset(id, digit, 40);
    return id;
}

static void note(struct commit_log *log, unsigned worker, uint32_t number,
                 const char *parents)
{
    struct buffer bytes = BUFFER_EMPTY;

    buffer_format(&bytes, "tree %s\n", hex('1'));
    for (; *parents; parents++)
        buffer_format(&bytes, "parent %s\n", hex(*parents));
    buffer_format(&bytes, "author A <a> 5 +0000\ncommitter C <c> %u +0000\n\nm",
                  100 + number);
    commit_log_enter(log, worker, number, buffer_view(&bytes));
    buffer_release(&bytes);
}

static void what_the_walk_of_a_graph_needs_is_kept(void **state)
{
    struct commit_log_record record;

    note(*state, 0, 1, "23");
    note(*state, 1, 2, "");
    note(*state, 0, 3, "2");
    assert_true(commit_log_get(*state, 1, &record));
    assert_int_equal(101, record.committed);
    assert_int_equal(0x11, record.tree[19]);
    assert_int_equal(2, record.parents_count);
    assert_int_equal(0x22, record.parents[19]);
    assert_int_equal(0x33, record.parents[20]);
    assert_true(commit_log_get(*state, 2, &record));
    assert_int_equal(102, record.committed);
    assert_int_equal(0, record.parents_count);
    assert_true(commit_log_get(*state, 3, &record));
    assert_int_equal(1, record.parents_count);
}

static void what_is_no_commit_is_not_there(void **state)
{
    struct commit_log_record record;

    commit_log_enter(*state, 0, 0, TEXT("tree 12\n"));
    commit_log_enter(*state, 0, 1, TEXT_EMPTY);
    note(*state, 0, OBJECTS, "");
    for (uint32_t i = 0; i <= OBJECTS; i++)
        assert_false(commit_log_get(*state, i, &record));
}

/* A parent of 64 digits among those of 40. */
static void ids_of_another_hash_are_damage(void **state)
{
    struct commit_log_record record;
    struct buffer bytes = BUFFER_EMPTY;

    buffer_format(&bytes, "tree %s\nparent %s%.24s\n", hex('1'), hex('2'),
                  hex('3'));
    buffer_format(&bytes, "author A <a> 5 +0000\ncommitter C <c> 6 +0000\n\nm");
    commit_log_enter(*state, 0, 1, buffer_view(&bytes));
    assert_false(commit_log_get(*state, 1, &record));
    buffer_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_the_walk_of_a_graph_needs_is_kept,
                                        begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_commit_is_not_there, begin,
                                        end),
        cmocka_unit_test_setup_teardown(ids_of_another_hash_are_damage, begin,
                                        end),
    };

    return cmocka_run_group_tests_name("hooks/git/commit_log", tests, NULL,
                                       NULL);
}
