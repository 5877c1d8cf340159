#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/tree_log.h"

#define ID_SIZE 20
#define OBJECTS 10

/* The id of an object is its number, a digit, 20 times; 8 and 9 are missing. */
static void find(const void *objects, const unsigned char *ids, size_t count,
                 uint32_t *numbers)
{
    (void)objects;
    for (size_t i = 0; i < count; i++) {
        uint32_t number = ids[i * ID_SIZE] - (uint32_t)'0';

        numbers[i] = number < 8 ? number : TREE_LOG_NONE;
    }
}

static int begin(void **state)
{
    static struct tree_log log;

    log = (struct tree_log){ .id_size = ID_SIZE,
                             .objects_count = OBJECTS,
                             .find = find };
    tree_log_begin(&log, 2);
    *state = &log;
    return 0;
}

static int end(void **state)
{
    tree_log_release(*state);
    return 0;
}

/* Lines of "MODE NAME DIGIT", sorted. */
static struct buffer tree_of(const char *lines)
{
    struct buffer tree = BUFFER_EMPTY;

    buffer_string(&tree, "");
    while (*lines) {
        size_t size = strcspn(lines, "\n");

        buffer_append(&tree, lines, size - 2);
        buffer_byte(&tree, '\0');
        for (int i = 0; i < ID_SIZE; i++)
            buffer_byte(&tree, lines[size - 1]);
        lines += size + (lines[size] == '\n');
    }
    return tree;
}

/* Enter tree number 1 by one thread, and number 2, a difference, by another. */
static void enter_two(struct tree_log *log, const char *one, const char *two)
{
    struct buffer base = tree_of(one), now = tree_of(two);
    void *data = tree_log_enter(log, 0, 1, buffer_view(&base), TREE_LOG_NONE,
                                TEXT_EMPTY, NULL);

    tree_log_leave(log, 1,
                   tree_log_enter(log, 1, 2, buffer_view(&now), 1,
                                  buffer_view(&base), data));
    tree_log_leave(log, 1, data);
    tree_log_end(log);
    buffer_release(&base);
    buffer_release(&now);
}

static void expect(const struct tree_log *log, uint32_t number,
                   const char *want)
{
    struct buffer got = BUFFER_EMPTY;
    struct tree_log_record record = { .count = 0 };
    uint32_t place = tree_log_place(log, number);

    if (place == TREE_LOG_NONE) {
        buffer_string(&got, "nothing");
    } else {
        record = tree_log_get(log, place);
        assert_int_equal(number, record.object);
        if (record.base != TREE_LOG_NONE)
            buffer_format(&got, "%u", tree_log_get(log, record.base).object);
    }
    for (uint32_t i = 0; i < record.count; i++) {
        const struct tree_log_change *change = &record.changes[i];

        buffer_byte(&got, ' ');
        buffer_text(&got, intern_text(&log->names, change->name));
        buffer_string(&got, change->folder ? "/" : "");
        if (change->child != TREE_LOG_NONE)
            buffer_format(&got, "=%u",
                          change->placed
                              ? tree_log_get(log, change->child).object
                              : change->child);
    }
    if (strcmp(got.bytes, want) != 0)
        fail_msg("tree %u: got '%s', want '%s'", number, got.bytes, want);
    buffer_release(&got);
}

static void a_folder_that_is_in_the_log_has_its_place_there(void **state)
{
    struct tree_log_record record;

    enter_two(*state, "100644 a.py 3", "40000 d 1\n40000 e 3");
    record = tree_log_get(*state, tree_log_place(*state, 2));
    assert_int_equal(3, record.count);
    assert_true(record.changes[1].placed);
    assert_int_equal(tree_log_place(*state, 1), record.changes[1].child);
    assert_false(record.changes[2].placed);
    assert_int_equal(3, record.changes[2].child);
}

static void all_changes_come_part_by_part(void **state)
{
    size_t count = 0, total = 0;
    unsigned part = 0;

    enter_two(*state, "100644 a.py 3\n40000 d 4", "100644 a.py 3");
    for (; tree_log_changes(*state, part, &count); part++)
        total += count;
    assert_int_equal(2, part);
    assert_int_equal(3, total);
}

static void a_tree_is_its_difference_from_another_one(void **state)
{
    enter_two(*state, "100644 a.py 3\n40000 d 4\n100644 run 5",
              "100644 a.py 3\n40000 d 6\n100755 new.pyw 7");
    expect(*state, 1, " a.py=3 d/=4 run=5");
    expect(*state, 2, "1 d/=6 new.pyw=7 run");
    expect(*state, 3, "nothing");
    expect(*state, OBJECTS, "nothing");
}

static void files_that_cannot_be_python_are_passed_over(void **state)
{
    enter_two(*state, "100644 a.txt 3\n120000 l.py 4\n160000 m 5",
              "100644 a.txt 4\n100644 x.c 6");
    expect(*state, 1, " l.py m");
    expect(*state, 2, "1 l.py m");
}

static void a_file_that_becomes_a_link_is_gone(void **state)
{
    enter_two(*state, "100644 a.py 3", "120000 a.py 3");
    expect(*state, 2, "1 a.py");
}

static void a_file_that_becomes_a_folder_is_gone_and_there(void **state)
{
    enter_two(*state, "100644 a 3", "40000 a 4");
    expect(*state, 2, "1 a a/=4");
}

static void what_is_in_no_pack_has_a_number_and_an_id(void **state)
{
    struct tree_log *log = *state;

    enter_two(log, "100644 a.py 9\n40000 d 8", "100644 a.py 8\n40000 d 8");
    expect(log, 1, " a.py=10 d/=11");
    expect(log, 2, "1 a.py=11");
    assert_int_equal('9', intern_text(&log->missing, 0).bytes[0]);
    assert_int_equal('8', intern_text(&log->missing, 1).bytes[0]);
}

static void what_is_odd_is_not_there_and_is_no_base(void **state)
{
    enter_two(*state, "100644 b.py 3\n100644 a.py 3", "100644 b.py 3");
    expect(*state, 1, "nothing");
    expect(*state, 2, " b.py=3");
}

static void of_many_entries_each_finds_its_child(void **state)
{
    struct buffer one = BUFFER_EMPTY, odd = BUFFER_EMPTY, want = BUFFER_EMPTY;

    for (unsigned i = 0; i < 200; i++) {
        buffer_format(&one, "100644 n%03u.py %u\n", i, i % 8);
        buffer_format(&want, " n%03u.py=%u", i, i % 8);
    }
    buffer_format(&odd, "%s100644 a.py 3", one.bytes);
    enter_two(*state, one.bytes, odd.bytes);
    expect(*state, 1, want.bytes);
    expect(*state, 2, "nothing");
    buffer_release(&one);
    buffer_release(&odd);
    buffer_release(&want);
}

static void a_tree_that_is_odd_at_its_end_leaves_nothing(void **state)
{
    struct tree_log *log = *state;
    struct buffer odd = tree_of("100644 b.py 1\n100644 c.py 2\n100644 a.py 3");
    struct buffer good = tree_of("100644 d.py 4");

    assert_null(tree_log_enter(log, 0, 1, buffer_view(&odd), TREE_LOG_NONE,
                               TEXT_EMPTY, NULL));
    tree_log_leave(log, 0,
                   tree_log_enter(log, 0, 2, buffer_view(&good), TREE_LOG_NONE,
                                  TEXT_EMPTY, NULL));
    tree_log_end(log);
    expect(log, 1, "nothing");
    expect(log, 2, " d.py=4");
    buffer_release(&odd);
    buffer_release(&good);
}

static void each_name_has_its_file_type(void **state)
{
    struct tree_log *log = *state;

    enter_two(log, "100644 a.py 3\n100644 run 3", "40000 d.c 3");
    assert_int_equal(FILETYPE_PYTHON,
                     log->filetypes[intern_find(&log->names, TEXT("a.py"))]);
    assert_int_equal(FILETYPE_BY_SHEBANG,
                     log->filetypes[intern_find(&log->names, TEXT("run"))]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_folder_that_is_in_the_log_has_its_place_there, begin, end),
        cmocka_unit_test_setup_teardown(all_changes_come_part_by_part, begin,
                                        end),
        cmocka_unit_test_setup_teardown(
            a_tree_is_its_difference_from_another_one, begin, end),
        cmocka_unit_test_setup_teardown(
            files_that_cannot_be_python_are_passed_over, begin, end),
        cmocka_unit_test_setup_teardown(a_file_that_becomes_a_link_is_gone,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            a_file_that_becomes_a_folder_is_gone_and_there, begin, end),
        cmocka_unit_test_setup_teardown(
            what_is_in_no_pack_has_a_number_and_an_id, begin, end),
        cmocka_unit_test_setup_teardown(what_is_odd_is_not_there_and_is_no_base,
                                        begin, end),
        cmocka_unit_test_setup_teardown(of_many_entries_each_finds_its_child,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            a_tree_that_is_odd_at_its_end_leaves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(each_name_has_its_file_type, begin,
                                        end),
    };

    return cmocka_run_group_tests_name("hooks/git/tree_log", tests, NULL, NULL);
}
