#include "tests/hooks/sandbox.h"

#include "hooks/git/alternates.h"

struct listed {
    struct paths folders, gaps;
};

static struct listed list(const char *folder)
{
    struct listed listed = { .folders = { 0 } };

    alternates_list(&listed.folders, &listed.gaps, folder);
    return listed;
}

static void release(struct listed *listed)
{
    paths_release(&listed->folders);
    paths_release(&listed->gaps);
}

static void expect(const char *folder, size_t folders, size_t gaps)
{
    struct listed listed = list(folder);

    if (listed.folders.items_count != folders ||
        listed.gaps.items_count != gaps)
        fail_msg("%zu folders, %zu gaps: %s", listed.folders.items_count,
                 listed.gaps.items_count,
                 listed.gaps.items_count ? listed.gaps.items[0] : "");
    release(&listed);
}

static void a_folder_that_borrows_nothing_is_alone(void **state)
{
    (void)state;
    sh("mkdir one");
    expect("one", 1, 0);
}

static void paths_are_absolute_or_from_the_folder(void **state)
{
    struct listed listed;

    (void)state;
    sh("mkdir -p one/info two three; pwd >here;"
       "printf '../two\\n%s/three\\n' $(cat here) >one/info/alternates");
    listed = list("one");
    assert_int_equal(3, listed.folders.items_count);
    assert_true(text_ends_with(text_of(listed.folders.items[1]), TEXT("/two")));
    assert_true(
        text_ends_with(text_of(listed.folders.items[2]), TEXT("/three")));
    release(&listed);
}

static void comments_and_empty_lines_are_none(void **state)
{
    (void)state;
    sh("mkdir -p one/info two; printf '#x\\n\\n../two' >one/info/alternates");
    expect("one", 2, 0);
}

static void what_is_borrowed_may_borrow(void **state)
{
    (void)state;
    sh("mkdir -p one/info two/info three; echo ../two >one/info/alternates;"
       "echo ../three >two/info/alternates");
    expect("one", 3, 0);
}

static void who_borrows_from_each_other_is_listed_once(void **state)
{
    (void)state;
    sh("mkdir -p one/info two/info; echo ../two >one/info/alternates;"
       "echo ../one/../one >two/info/alternates; ln -s one three");
    expect("one", 2, 0);
    expect("three", 2, 0);
}

static void six_deep_is_git_s_limit(void **state)
{
    (void)state;
    sh("for i in 0 1 2 3 4 5 6; do mkdir -p $i/info;"
       "echo ../$((i + 1)) >$i/info/alternates; done; mkdir 7 6/info/x");
    expect("1", 7, 0);
    expect("0", 7, 1);
}

static void a_quoted_name_or_one_that_is_not_there_is_a_gap(void **state)
{
    (void)state;
    sh("mkdir -p one/info; printf '\"x\\\\n\"\\n../none\\n'"
       " >one/info/alternates");
    expect("one", 1, 2);
    sh("rm one/info/alternates; mkdir one/info/alternates");
    expect("one", 1, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_folder_that_borrows_nothing_is_alone),
        TEST(paths_are_absolute_or_from_the_folder),
        TEST(comments_and_empty_lines_are_none),
        TEST(what_is_borrowed_may_borrow),
        TEST(who_borrows_from_each_other_is_listed_once),
        TEST(six_deep_is_git_s_limit),
        TEST(a_quoted_name_or_one_that_is_not_there_is_a_gap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
