#include "tests/test.h"

#include <string.h>

#include "core/source/filetype.h"

static const struct {
    const char *path;
    enum filetype type;
} paths[] = {
    { "a.py", FILETYPE_PYTHON },        { "pkg/a.py", FILETYPE_PYTHON },
    { "a.pyw", FILETYPE_PYTHON },       { ".py", FILETYPE_PYTHON },
    { "a.b.py", FILETYPE_PYTHON },      { "\xC3\xA4 b.py", FILETYPE_PYTHON },
    { "tool", FILETYPE_BY_SHEBANG },    { "dir.d/tool", FILETYPE_BY_SHEBANG },
    { ".hidden", FILETYPE_BY_SHEBANG }, { "py", FILETYPE_BY_SHEBANG },
    { "a.pyc", FILETYPE_OTHER },        { "a.pyx", FILETYPE_OTHER },
    { "a.py.in", FILETYPE_OTHER },      { "a.PY", FILETYPE_OTHER },
    { "a.txt", FILETYPE_OTHER },        { "a.", FILETYPE_OTHER },
    { "a.py/b.txt", FILETYPE_OTHER },   { ".hidden.txt", FILETYPE_OTHER },
    { "folder/", FILETYPE_OTHER },      { "", FILETYPE_OTHER },
};

static void the_name_decides_where_it_can(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
        if (filetype_of_path(text_of(paths[i].path)) != paths[i].type)
            fail_msg("'%s' is %d", paths[i].path,
                     (int)filetype_of_path(text_of(paths[i].path)));
}

static const struct {
    const char *bytes;
    bool python;
} first_lines[] = {
    { "#!/usr/bin/python\n", true },
    { "#!/usr/bin/python", true },
    { "#!python\n", true },
    { "#! /usr/bin/env python3\r\n", true },
    { "#!/usr/bin/env -S python3.11 -u\nx\n", true },
    { "#!/usr/bin/env\tPYTHONPATH=lib python\n", true },
    { "#!/opt/pypy/bin/pypy3\n", true },
    { "#!/usr/bin/env ipython\n", true },
    { "#!/opt/python3/bin/run\n", true },
    { "#!C:\\Python39\\python.exe\r\n", true },
    { "\xEF\xBB\xBF#!/usr/bin/python\n", true },
    { "#!/bin/sh\npython\n", false },
    { "#!/bin/sh\rpython\n", false },
    { "#!/bin/sh\n#!/usr/bin/python\n", false },
    { "\n#!/usr/bin/python\n", false },
    { " #!/usr/bin/python\n", false },
    { "#/usr/bin/python\n", false },
    { "#!\n", false },
    { "#!", false },
    { "#", false },
    { "", false },
};

static void any_python_in_the_first_line_is_a_shebang(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(first_lines) / sizeof(*first_lines); i++)
        if (filetype_has_shebang(text_of(first_lines[i].bytes)) !=
            first_lines[i].python)
            fail_msg("'%s': %s", first_lines[i].bytes,
                     first_lines[i].python ? "not seen" : "taken for Python");
}

static void bytes_are_asked_only_where_the_name_does_not_tell(void **state)
{
    struct text script = TEXT("#!/usr/bin/python\n"), data = TEXT("\x7F");

    (void)state;
    assert_true(filetype_is_python(TEXT("a.py"), data));
    assert_true(filetype_is_python(TEXT("tool"), script));
    assert_false(filetype_is_python(TEXT("tool"), data));
    assert_false(filetype_is_python(TEXT("a.txt"), script));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_decides_where_it_can),
        cmocka_unit_test(any_python_in_the_first_line_is_a_shebang),
        cmocka_unit_test(bytes_are_asked_only_where_the_name_does_not_tell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
