#include "tests/core/tree.h"

/* A file that stores in what "own" made, and what "own" does before it calls
   that: is the call reported? */
static void check(bool reported, const char *before, const char *between)
{
    struct buffer own = BUFFER_EMPTY;
    struct files files = { .items = {
                               { "late",
                                 "import own, tempfile\nown.table['mk'] = "
                                 "tempfile.mktemp\n" },
                               { "own", NULL },
                               { "between", between },
                               { "pack/__init__", "" },
                               { "pack/inner", "import late\n" },
                           } };
    const char *expected = reported ? "own:3" : "own:3?";

    buffer_format(&own, "table = {}\n%s\ntable['mk']()\n", before);
    buffer_byte(&own, '\0');
    files.items[1].text = own.bytes;
    tree_check(&files, 5, expected);
    buffer_release(&own);
}

static void whoever_is_not_imported_runs_later(void **state)
{
    (void)state;
    check(false, "", "");
    check(false, "import os.path, sys, re", "");
    check(false, "import between", "import json\n");
}

static void whoever_is_imported_may_run_before(void **state)
{
    (void)state;
    check(true, "import late", "");
    check(true, "import between", "import late\n");
    check(true, "from between import x", "def f():\n    from late import y\n");
    check(true, "import pack.inner", "");
    check(true, "from pack import inner", "");
}

static void who_imports_what_nobody_can_tell_may_run_all(void **state)
{
    (void)state;
    check(true, "import importlib", "");
    check(true, "import plugins", "");
    check(true, "from pack import *", "");
    check(true, "__import__(name)", "");
    check(true, "import between", "exec(text)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_is_not_imported_runs_later),
        cmocka_unit_test(whoever_is_imported_may_run_before),
        cmocka_unit_test(who_imports_what_nobody_can_tell_may_run_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
