#include "tests/hooks/sandbox.h"

#include "hooks/git/tree.h"

static void commit_files(void)
{
    sh("mkdir -p dir/sub; echo a > a.py; echo b > dir/b.py;"
       "echo c > dir/sub/c.py; echo d > dir.py; ln -s a.py link;"
       "git add .; git update-index --add --cacheinfo 160000,$(printf %040d 1),"
       "module; git commit -qm one");
}

static void the_tree_of_a_commit_is_known(void **state)
{
    struct object_id tree, want, commit, blob;
    struct object_id missing = { .bytes = { 1 }, .size = 20 };
    struct repo *repo;
    struct error err;

    commit_files();
    repo = opened(*state);
    want = id_of("HEAD^{tree}");
    commit = id_of("HEAD");
    blob = id_of("HEAD:a.py");
    assert_int_equal(1, tree_of_commit(&tree, repo, &commit, &err));
    assert_int_equal(0, object_id_compare(&want, &tree));
    assert_int_equal(0, tree_of_commit(&tree, repo, &missing, &err));
    assert_int_equal(-1, tree_of_commit(&tree, repo, &blob, &err));
    assert_string_equal("the object is no commit", err.message);
}

static const struct {
    const char *path;
    uint32_t mode; /* 0: nothing is there */
} places[] = {
    { "a.py", 0100644 },     { "dir", 040000 },
    { "dir/b.py", 0100644 }, { "dir/sub/c.py", 0100644 },
    { "link", 0120000 },     { "module", 0160000 },
    { "b.py", 0 },           { "dir/a.py", 0 },
    { "a.py/b.py", 0 },      { "link/a.py", 0 },
    { "module/a.py", 0 },    { "dir/", 0 },
    { "/a.py", 0 },          { "di", 0 },
    { "dir/sub/c.pyc", 0 },  { "", 0 },
};

static void a_path_is_found_or_absent(void **state)
{
    struct object_id tree;
    struct repo *repo;

    commit_files();
    repo = opened(*state);
    tree = id_of("HEAD^{tree}");
    for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
        struct diff_side side = { .mode = 0 };
        struct error err;
        int found = tree_find(&side, repo, &tree, places[i].path, &err);

        if (found != (places[i].mode != 0) ||
            (found == 1 && side.mode != places[i].mode))
            fail_msg("'%s': %d, mode %o", places[i].path, found, side.mode);
    }
}

/* Take the object that the revision names out of the repository. */
#define LOSE(revision)                                                         \
    "rm -f .git/objects/$(git rev-parse " revision " | sed 's|^..|&/|');"

static void a_path_through_a_missing_folder_is_an_error(void **state)
{
    struct object_id tree;
    struct diff_side side;
    struct repo *repo;
    struct error err;

    commit_files();
    tree = id_of("HEAD^{tree}");
    sh(LOSE("HEAD:dir"));
    repo = opened(*state);
    assert_int_equal(-1, tree_find(&side, repo, &tree, "dir/b.py", &err));
    assert_non_null(strstr(err.message, "missing"));
    assert_int_equal(1, tree_find(&side, repo, &tree, "dir", &err));
    assert_int_equal(1, tree_find(&side, repo, &tree, "a.py", &err));
}

static void note_file(void *payload, const char *path,
                      const struct object_id *blob)
{
    (void)blob;
    buffer_format(payload, "%s\n", path);
}

static void note_unreadable(void *payload, const char *path, const char *reason)
{
    buffer_format(payload, "?%s: %s\n", path, reason);
}

static void expect_walk(struct repo *repo, const struct object_id *tree,
                        const char *want)
{
    struct buffer seen = BUFFER_EMPTY;
    const struct tree_visitor visitor = { .file = note_file,
                                          .unreadable = note_unreadable,
                                          .payload = &seen };

    buffer_string(&seen, "");
    tree_walk(repo, tree, &visitor);
    if (strcmp(seen.bytes ? seen.bytes : "", want) != 0)
        fail_msg("got:\n%swant:\n%s", seen.bytes ? seen.bytes : "", want);
    buffer_release(&seen);
}

static void all_files_are_visited_and_nothing_else(void **state)
{
    struct object_id tree;

    commit_files();
    tree = id_of("HEAD^{tree}");
    expect_walk(opened(*state), &tree,
                "a.py\ndir.py\ndir/b.py\ndir/sub/c.py\n");
}

static void an_empty_tree_has_no_files(void **state)
{
    struct object_id tree;

    sh("git commit -q --allow-empty -m one");
    tree = id_of("HEAD^{tree}");
    expect_walk(opened(*state), &tree, "");
}

static void
a_folder_that_is_missing_is_named_and_the_others_visited(void **state)
{
    struct object_id tree;

    commit_files();
    tree = id_of("HEAD^{tree}");
    sh(LOSE("HEAD:dir/sub"));
    expect_walk(opened(*state), &tree,
                "a.py\ndir.py\ndir/b.py\n?dir/sub: the folder's object is "
                "missing (git fsck tells more)\n");
}

static void a_missing_root_is_named_too(void **state)
{
    struct object_id tree = { .bytes = { 1 }, .size = 20 };

    expect_walk(opened(*state), &tree,
                "?.: the folder's object is missing (git fsck tells more)\n");
}

static void a_folder_that_is_a_file_is_unreadable(void **state)
{
    struct object_id tree;

    commit_files();
    sh("python3 -c 'import sys\n"
       "sys.stdout.buffer.write(b\"40000 dir\\0\" + "
       "bytes.fromhex(sys.argv[1]))' $(git rev-parse HEAD:a.py) > tree;"
       "git tag odd $(git hash-object -t tree -w --literally tree)");
    tree = id_of("odd");
    expect_walk(opened(*state), &tree,
                "?dir: the folder's object is no tree\n");
}

static void
a_malformed_folder_is_unreadable_behind_its_sound_entries(void **state)
{
    struct object_id tree;

    commit_files();
    sh("(git cat-file tree HEAD:dir; printf '100644 cut') > tree;"
       "git tag odd $(git hash-object -t tree -w --literally tree)");
    tree = id_of("odd");
    expect_walk(opened(*state), &tree,
                "b.py\nsub/c.py\n?.: the folder's object is malformed\n");
}

/* `depth` folders within each other and a file in the innermost. */
static struct object_id nested(unsigned depth)
{
    struct buffer script = BUFFER_EMPTY;

    buffer_format(
        &script,
        "t=$(git hash-object -w a.py); t=$(printf "
        "'100644 blob %%s\\ta.py' $t | git mktree);"
        "python3 -c 'import hashlib, os, sys, zlib\n"
        "t = sys.argv[1]\n"
        "for i in range(int(sys.argv[2])):\n"
        "    b = b\"40000 d\\0\" + bytes.fromhex(t)\n"
        "    b = b\"tree %%d\\0\" %% len(b) + b\n"
        "    t = hashlib.sha1(b).hexdigest()\n"
        "    p = \".git/objects/\" + t[:2]\n"
        "    os.makedirs(p, exist_ok=True)\n"
        "    open(p + \"/\" + t[2:], \"wb\").write(zlib.compress(b))\n"
        "print(t)' $t %u > .git/refs/tags/nested",
        depth);
    put("a.py", CALL);
    sh(script.bytes);
    buffer_release(&script);
    return id_of("nested");
}

static void folders_are_walked_down_to_a_limit(void **state)
{
    struct buffer seen = BUFFER_EMPTY;
    const struct tree_visitor visitor = { .file = note_file,
                                          .unreadable = note_unreadable,
                                          .payload = &seen };
    struct object_id tree = nested(TREE_DEPTH_MAX - 1);

    tree_walk(opened(*state), &tree, &visitor);
    assert_non_null(strstr(seen.bytes, "/d/a.py\n"));
    assert_null(strchr(seen.bytes, '?'));
    buffer_clear(&seen);
    tree = nested(TREE_DEPTH_MAX);
    tree_walk(opened(*state), &tree, &visitor);
    assert_null(strstr(seen.bytes, "a.py"));
    assert_non_null(strstr(seen.bytes, ": over the limit of nested folders\n"));
    buffer_release(&seen);
}

#define TEST(test)                                                             \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_tree_of_a_commit_is_known),
        TEST(a_path_is_found_or_absent),
        TEST(a_path_through_a_missing_folder_is_an_error),
        TEST(all_files_are_visited_and_nothing_else),
        TEST(an_empty_tree_has_no_files),
        TEST(a_folder_that_is_missing_is_named_and_the_others_visited),
        TEST(a_missing_root_is_named_too),
        TEST(a_folder_that_is_a_file_is_unreadable),
        TEST(a_malformed_folder_is_unreadable_behind_its_sound_entries),
        TEST(folders_are_walked_down_to_a_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
