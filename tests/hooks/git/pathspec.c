#include "tests/hooks/sandbox.h"

#include "hooks/git/pathspec.h"

/* What the paths become, or the reason why not, for free(). */
static char *read_paths(struct sandbox *sandbox, const char *const *paths)
{
    struct buffer out = BUFFER_EMPTY;
    struct pathspec spec;
    struct error err;
    size_t count = 0;

    while (paths[count])
        count++;
    buffer_string(&out, "");
    if (pathspec_read(&spec, opened(sandbox), paths, count, &err) < 0)
        buffer_string(&out, err.message);
    else
        for (size_t i = 0; i < spec.items_count; i++)
            buffer_format(&out, "[%s]", spec.items[i]);
    pathspec_release(&spec);
    return buffer_detach(&out);
}

static void expect_paths(void **state, const char *path, const char *expected)
{
    const char *const paths[] = { path, NULL };
    char *got = read_paths(*state, paths);

    if (!strstr(got, expected))
        fail_msg("%s: got %s, want %s", path, got, expected);
    free(got);
}

static void paths_are_relative_to_the_current_folder(void **state)
{
    struct buffer absolute = BUFFER_EMPTY;

    sh("mkdir -p a/b");
    assert_int_equal(0, chdir("a/b"));
    expect_paths(state, "x.py", "[a/b/x.py]");
    expect_paths(state, ".", "[a/b]");
    expect_paths(state, "./c//d/", "[a/b/c/d/]");
    expect_paths(state, "../x", "[a/x]");
    expect_paths(state, "../..", "[]");
    expect_paths(state, ":/", "[]");
    expect_paths(state, ":/x/../y", "[y]");
    expect_paths(state, ":(literal)*?[\\", "[a/b/*?[\\]");
    expect_paths(state, "./:x", "[a/b/:x]");
    buffer_format(&absolute, "%s/a/x", repo_root(opened(*state)));
    expect_paths(state, absolute.bytes, "[a/x]");
    absolute.bytes[absolute.size - 4] = '\0';
    expect_paths(state, absolute.bytes, "[]");
    buffer_release(&absolute);
}

static void what_is_not_meant_is_refused(void **state)
{
    expect_paths(state, "..", "..: it is outside the repository");
    expect_paths(state, "a/../../b", "outside");
    expect_paths(state, ":/..", "outside");
    expect_paths(state, "/", "outside");
    expect_paths(state, "/usr/lib", "outside");
    expect_paths(state, "", "an empty path");
    expect_paths(state, "*.py", "wildcards");
    expect_paths(state, "a[1]", "wildcards");
    expect_paths(state, "a\\b", "wildcards");
    expect_paths(state, ":", "magic");
    expect_paths(state, ":!x", "magic");
    expect_paths(state, ":^x", "magic");
    expect_paths(state, ":(icase)x", "magic");
}

static bool has(const char *item, const char *path)
{
    char copy[64];
    char *items[] = { copy };
    const struct pathspec spec = { .items = items, .items_count = 1 };

    snprintf(copy, sizeof(copy), "%s", item);
    return pathspec_has(&spec, text_of(path));
}

static void a_folder_has_what_is_below(void **state)
{
    const struct pathspec empty = PATHSPEC_EMPTY;

    (void)state;
    assert_true(has("a", "a"));
    assert_true(has("a", "a/b"));
    assert_true(has("a/b", "a/b/c"));
    assert_true(has("a/", "a/b"));
    assert_true(has("", "a"));
    assert_false(has("a", "ab"));
    assert_false(has("a/", "a"));
    assert_false(has("a/b", "a"));
    assert_false(has("b", "a/b"));
    assert_true(pathspec_has(&empty, TEXT("a")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            paths_are_relative_to_the_current_folder, enter_repository, leave),
        cmocka_unit_test_setup_teardown(what_is_not_meant_is_refused,
                                        enter_repository, leave),
        cmocka_unit_test(a_folder_has_what_is_below),
    };

    return cmocka_run_group_tests_name("hooks/git/pathspec", tests, NULL, NULL);
}
