#include "tests/hooks/lanes.h"

static unsigned long seed;

static unsigned below(unsigned end)
{
    seed = seed * 6364136223846793005ul + 1442695040888963407ul;
    return (unsigned)(seed >> 33) % end;
}

static void set_stage(struct buffer *lines, const char *mode, unsigned stage,
                      const struct buffer *path)
{
    buffer_format(lines, "%s %040x %u\t", mode, *mode == '0' ? 0 : 1 + below(3),
                  stage);
    buffer_append(lines, path->bytes, path->size + 1);
}

/* Lines for `git update-index -z --index-info`: any file, anything of it. */
static void edit(struct buffer *lines)
{
    static const char *const names[] = { "a", "a.b", "a-",       "a0",
                                         "b", "c",   "\xc3\xa9", "\n\t" };
    static const char *const modes[] = { "100644", "100755", "120000", "160000",
                                         "0" };
    struct buffer path = BUFFER_EMPTY;

    for (unsigned depth = below(4); depth; depth--)
        buffer_format(&path, "%s/", names[below(2)]);
    buffer_string(&path, names[below(8)]);
    set_stage(lines, "0", 0, &path);
    if (below(8))
        set_stage(lines, modes[below(5)], 0, &path);
    else
        for (unsigned stage = 1 + below(2); stage <= 3; stage += 1 + below(2))
            set_stage(lines, modes[below(4)], stage, &path);
    buffer_release(&path);
}

static void edit_some(void)
{
    static const char *const afterwards[] = {
        "git update-index --index-version 2",
        "git update-index --index-version 3",
        "git update-index --index-version 4",
        "git ls-files -z | head -zn 2 | xargs -0r git update-index "
        "--skip-worktree -- 2>/dev/null || true",
        "git ls-files -z | tail -zn 2 | xargs -0r git update-index "
        "--assume-unchanged -- 2>/dev/null || true",
        "mkdir -p wanted; echo 1 > wanted/$$; git add -N wanted",
    };
    struct buffer lines = BUFFER_EMPTY;

    for (unsigned i = 1 + below(8); i; i--)
        edit(&lines);
    put_bytes(".git/edits", lines.bytes, lines.size);
    buffer_release(&lines);
    sh("git update-index -z --add --replace --index-info < .git/edits");
    if (below(3) == 0)
        sh(afterwards[below(sizeof(afterwards) / sizeof(afterwards[0]))]);
    /* Now HEAD is what is staged, and git knows the trees; or nearly so. */
    if (below(4) == 0)
        sh("git ls-files -uz | sed -z 's/^[^\t]*\t//' |"
           "git update-index -z --force-remove --stdin;"
           "t=$(git write-tree --missing-ok);"
           "git update-ref HEAD $(git commit-tree -m x $t)");
}

static void after_any_edits_all_say_the_same(void **state)
{
    char what[64];

    seed = 1;
    sh("git commit -q --allow-empty -m one");
    for (int round = 0; round < 250; round++) {
        edit_some();
        snprintf(what, sizeof(what), "round %d", round);
        agree(*state, -1, what);
    }
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(after_any_edits_all_say_the_same),
    };

    return cmocka_run_group_tests_name("hooks/git/index_diff_random", tests,
                                       NULL, NULL);
}
