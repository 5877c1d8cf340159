#include "tests/hooks/sandbox.h"

#include "core/facts/memo.h"
#include "hooks/scan/nearby.h"

static int count(const struct nearby_file *file, struct intern *known,
                 struct memo *memo)
{
    struct facts facts;
    struct error err;
    int result = nearby_scan(file, known, memo, &facts, &err) == 1 ? 0 : -1;

    for (size_t i = 0; i < facts.findings_count; i++)
        result += !facts.findings[i].over_approximated;
    facts_release(&facts);
    return result;
}

/* The findings of a file with that text; -1 where it is what it is alone. */
static int found(const char *path, const char *text)
{
    char *root = realpath(".", NULL);
    const struct nearby_file file = { root, path, text_of(text) };
    struct memo *memo = memo_open();
    struct intern known = INTERN_EMPTY;
    int result = count(&file, &known, memo);

    /* Another look at those that are known says the same. */
    assert_true(intern_count(&known) <= 8);
    assert_int_equal(result, count(&file, &known, memo));
    intern_release(&known);
    memo_close(memo);
    free(root);
    return result;
}

static void a_name_that_another_file_gives_away_is_followed(void **state)
{
    (void)state;
    put("util.py", "from tempfile import mktemp as temp_name\n");
    assert_int_equal(1, found("a.py", "from util import temp_name\n"
                                      "p = temp_name()\n"));
    assert_int_equal(1, found("a.py", "import util\nutil.temp_name()\n"));
    assert_int_equal(1, found("a.py", "from util import *\ntemp_name()\n"));
}

static void so_it_is_over_several_files_and_packages(void **state)
{
    (void)state;
    sh("mkdir -p pkg/sub");
    put("pkg/__init__.py", "from .names import *\n");
    put("pkg/names.py", "from .sub.deep import name\n");
    put("pkg/sub/__init__.py", "");
    put("pkg/sub/deep.py", "import tempfile\nname = tempfile.mktemp\n");
    assert_int_equal(1, found("a.py", "import pkg\npkg.name()\n"));
    assert_int_equal(1, found("pkg/sub/b.py", "from ..names import name\n"
                                              "name(); x = 1\n"));
}

static void what_leads_nowhere_is_what_it_is_alone(void **state)
{
    (void)state;
    put("util.py", "import os\ndef temp_name():\n    return 'x'\n");
    assert_int_equal(-1, found("a.py", "import tempfile, util, missing\n"
                                       "tempfile.mktemp()\n"));
    assert_int_equal(-1, found("a.py", ""));
    put("gives.py", "from tempfile import mktemp\n");
    assert_int_equal(-1, found("a.py", "import gives\nx = 1\n"));
}

static void its_own_text_counts_and_not_what_is_on_disk(void **state)
{
    (void)state;
    put("util.py", "from tempfile import mktemp as temp_name\nimport a\n");
    put("a.py", "import nothing\n");
    assert_int_equal(
        2, found("a.py", "from util import temp_name as t\nt(), t()\n"));
}

static void a_file_that_shadows_the_module_is_asked(void **state)
{
    (void)state;
    put("tempfile.py", "def mktemp():\n    return 'x'\n");
    put("util.py", "from tempfile import mktemp as temp_name\n");
    assert_true(found("a.py", "from util import temp_name\ntemp_name()\n") <=
                0);
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_name_that_another_file_gives_away_is_followed),
        IN_FOLDER(so_it_is_over_several_files_and_packages),
        IN_FOLDER(what_leads_nowhere_is_what_it_is_alone),
        IN_FOLDER(its_own_text_counts_and_not_what_is_on_disk),
        IN_FOLDER(a_file_that_shadows_the_module_is_asked),
    };

    return cmocka_run_group_tests_name("hooks/scan/nearby", tests, NULL, NULL);
}
