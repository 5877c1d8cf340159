#include "tests/hooks/sandbox.h"

#include "hooks/install/approvals.h"

static struct object_id numbered(unsigned char number)
{
    return (struct object_id){ .bytes = { number }, .size = 20 };
}

static size_t count_in(const char *folder)
{
    struct approvals approvals = APPROVALS_EMPTY;
    struct error err;
    size_t count;

    if (approvals_read(&approvals, folder, &err) < 0)
        fail_msg("%s", err.message);
    count = approvals.trees_count;
    approvals_release(&approvals);
    return count;
}

static void what_is_added_is_found_again(void **state)
{
    struct approvals approvals = APPROVALS_EMPTY;
    struct object_id one = numbered(1), two = numbered(2), other = numbered(3);
    struct error err;

    (void)state;
    approvals_add(".", &two);
    approvals_add(".", &one);
    assert_int_equal(0, approvals_read(&approvals, ".", &err));
    assert_true(approvals_have(&approvals, &one));
    assert_true(approvals_have(&approvals, &two));
    assert_false(approvals_have(&approvals, &other));
    approvals_release(&approvals);
    sh("grep -Eqx '01(00){19} [0-9.]+/[a-z0-9.-]+ [0-9]+' tmpguard/approved");
}

static void without_a_record_nothing_was_approved(void **state)
{
    (void)state;
    assert_int_equal(0, count_in("."));
}

static void a_line_that_is_none_is_passed_over(void **state)
{
    struct object_id one = numbered(1);

    (void)state;
    approvals_add(".", &one);
    sh("printf 'nonsense\\n0123 x\\n\\ncut' >> tmpguard/approved");
    assert_int_equal(1, count_in("."));
}

static void a_full_record_is_turned_over_once(void **state)
{
    struct object_id one = numbered(1), two = numbered(2);
    struct approvals approvals = APPROVALS_EMPTY;
    struct error err;

    (void)state;
    approvals_add(".", &one);
    sh("head -c 1048576 /dev/zero | tr '\\0' '\\n' >> tmpguard/approved");
    approvals_add(".", &two);
    sh("test -e tmpguard/approved.1; "
       "test $(wc -l < tmpguard/approved) -eq 1");
    assert_int_equal(0, approvals_read(&approvals, ".", &err));
    assert_true(approvals_have(&approvals, &one));
    assert_true(approvals_have(&approvals, &two));
    approvals_release(&approvals);
}

static void where_nothing_can_be_written_nothing_fails(void **state)
{
    struct object_id one = numbered(1);

    (void)state;
    approvals_add("./nowhere", &one);
    sh("echo file > tmpguard");
    approvals_add(".", &one);
    sh("test \"$(cat tmpguard)\" = file");
}

static void a_link_is_not_followed(void **state)
{
    struct object_id one = numbered(1);

    (void)state;
    sh("mkdir tmpguard; echo mine > mine; ln -s ../mine tmpguard/approved");
    approvals_add(".", &one);
    sh("test \"$(cat mine)\" = mine");
}

static void a_record_of_elsewhere_must_be_there(void **state)
{
    struct approvals approvals = APPROVALS_EMPTY;
    struct error err = { .message = "" };

    (void)state;
    assert_int_equal(-1, approvals_read_file(&approvals, "nowhere", &err));
    assert_int_equal(ERROR_USAGE, err.code);
    approvals_release(&approvals);
}

static void it_is_forgotten_with_its_folder(void **state)
{
    struct object_id one = numbered(1);

    (void)state;
    approvals_add(".", &one);
    approvals_forget(".");
    sh("test ! -e tmpguard");
    approvals_add(".", &one);
    sh("touch tmpguard/other");
    approvals_forget(".");
    sh("test ! -e tmpguard/approved; test -e tmpguard/other");
    approvals_forget("nowhere");
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_is_added_is_found_again),
        IN_FOLDER(without_a_record_nothing_was_approved),
        IN_FOLDER(a_line_that_is_none_is_passed_over),
        IN_FOLDER(a_full_record_is_turned_over_once),
        IN_FOLDER(where_nothing_can_be_written_nothing_fails),
        IN_FOLDER(a_link_is_not_followed),
        IN_FOLDER(a_record_of_elsewhere_must_be_there),
        IN_FOLDER(it_is_forgotten_with_its_folder),
    };

    return cmocka_run_group_tests_name("hooks/install/approvals", tests, NULL,
                                       NULL);
}
