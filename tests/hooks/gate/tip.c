#include "tests/hooks/checked.h"

#include "hooks/gate/tip.h"
#include "hooks/git/tree.h"

struct asked {
    struct report_stats stats;
    struct analyser analyser;
    struct gate gate;
    struct tips tips;
};

static void ask(struct asked *asked, struct sandbox *sandbox)
{
    *asked = (struct asked){ .stats = { .files = 0 } };
    asked->analyser.stats = &asked->stats;
    asked->gate.repo = opened(sandbox);
    asked->gate.analyser = &asked->analyser;
    asked->tips.gate = &asked->gate;
}

static void a_file_is_analysed_once(void **state)
{
    struct asked asked;
    struct object_id tree;

    put("a.py", CALL);
    sh("git add . && git commit -qm one");
    ask(&asked, *state);
    tree = id_of("HEAD^{tree}");
    for (int i = 0; i < 9; i++) {
        struct tip_file *file = tips_file(&asked.tips, &tree, "a.py");

        assert_non_null(file);
        assert_false(file->unreadable);
        assert_int_equal(1, file->facts.findings_count);
        assert_int_equal(i > 0, file->taken[0]);
        file->taken[0] = true;
    }
    assert_int_equal(1, asked.stats.parsed);
    tips_release(&asked.tips);
}

static void the_same_file_in_another_tree_is_the_same(void **state)
{
    struct object_id one, two;
    struct asked asked;

    put("a.py", CALL);
    put("b.py", CALL);
    sh("git add . && git commit -qm one; echo x > c; git add c;"
       "git commit -qm two; echo '# x' >> b.py; git commit -qam three");
    ask(&asked, *state);
    one = id_of("HEAD~1^{tree}");
    two = id_of("HEAD^{tree}");
    tips_file(&asked.tips, &one, "a.py")->taken[0] = true;
    tips_file(&asked.tips, &one, "b.py")->taken[0] = true;
    assert_true(tips_file(&asked.tips, &two, "a.py")->taken[0]);
    assert_false(tips_file(&asked.tips, &two, "b.py")->taken[0]);
    tips_release(&asked.tips);
}

static void what_is_no_file_is_none(void **state)
{
    struct object_id tree;
    struct asked asked;

    sh("mkdir d; ln -s d link.py; echo x > d/a.txt; git add .;"
       "git commit -qm one");
    ask(&asked, *state);
    tree = id_of("HEAD^{tree}");
    assert_null(tips_file(&asked.tips, &tree, "a.py"));
    assert_null(tips_file(&asked.tips, &tree, "d"));
    assert_null(tips_file(&asked.tips, &tree, "link.py"));
    assert_int_equal(
        0, tips_file(&asked.tips, &tree, "d/a.txt")->facts.findings_count);
    tips_release(&asked.tips);
}

static void what_cannot_be_read_says_why_each_time(void **state)
{
    struct object_id tree;
    struct asked asked;

    put("a.py", CALL);
    sh("mkdir d; cp a.py d; git add .; git commit -qm one;"
       "for f in a.py d; do id=$(git rev-parse HEAD:$f);"
       "rm -f .git/objects/$(echo $id | sed 's|..|&/|'); done");
    ask(&asked, *state);
    tree = id_of("HEAD^{tree}");
    for (int i = 0; i < 2; i++) {
        assert_true(tips_file(&asked.tips, &tree, "a.py")->unreadable);
        assert_true(tips_file(&asked.tips, &tree, "d/a.py")->unreadable);
        assert_non_null(strstr(
            tips_file(&asked.tips, &tree, "d/a.py")->err.message, "missing"));
    }
    tips_release(&asked.tips);
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(a_file_is_analysed_once),
        IN_REPOSITORY(the_same_file_in_another_tree_is_the_same),
        IN_REPOSITORY(what_is_no_file_is_none),
        IN_REPOSITORY(what_cannot_be_read_says_why_each_time),
    };

    return cmocka_run_group_tests_name("hooks/gate/tip", tests, NULL, NULL);
}
