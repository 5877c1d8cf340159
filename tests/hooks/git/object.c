#include "tests/hooks/sandbox.h"

#include "hooks/git/object.h"

#define ROOM ((size_t)1 << 20)

static void commit_one(const char *content)
{
    put("a.py", content);
    sh("git add . && git commit -qm one");
}

static void expect(struct repo *repo, const char *revision, const char *want)
{
    struct object_id id = id_of(revision);
    struct object object;
    struct error err = { .message = "" };

    if (object_read(&object, repo, &id, ROOM, &err) != 1)
        fail_msg("%s: %s", revision, err.message);
    assert_int_equal(OBJECT_BLOB, object.type);
    assert_int_equal(strlen(want), object.bytes.size);
    assert_memory_equal(want, object.bytes.bytes, object.bytes.size);
    object_release(&object);
    object_release(&object);
}

/* -1 with a reason, and promptly. */
static void expect_damaged(struct repo *repo, const struct object_id *id)
{
    struct object object;
    struct error err = { .message = "" };

    alarm(20);
    assert_int_equal(-1, object_read(&object, repo, id, ROOM, &err));
    alarm(0);
    assert_int_equal(ERROR_GIT, err.code);
    assert_true(err.message[0] != '\0');
    assert_null(object.owner);
}

static void ids_are_read_and_written(void **state)
{
    static const char hex[] = "0123456789abcdef0123456789abcdef01234567";
    struct object_id id;
    char back[OBJECT_HEX_MAX];

    (void)state;
    assert_int_equal(0, object_id_parse(&id, text_of(hex)));
    assert_int_equal(20, id.size);
    assert_string_equal(hex, object_id_format(&id, back));
    assert_int_equal(-1, object_id_parse(&id, TEXT("0123")));
    assert_int_equal(
        -1,
        object_id_parse(&id, TEXT("g123456789abcdef0123456789abcdef01234567")));
}

static void bytes_have_the_id_that_git_gives_them(void **state)
{
    struct object_id id;
    char hex[OBJECT_HEX_MAX];

    (void)state;
    object_id_of(&id, OBJECT_BLOB, TEXT("hello\n"), 20);
    assert_string_equal("ce013625030ba8dba906f756967f9e9ca394464a",
                        object_id_format(&id, hex));
    object_id_of(&id, OBJECT_TREE, TEXT_EMPTY, 32);
    assert_string_equal(
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
        object_id_format(&id, hex));
}

static void a_loose_object_is_read(void **state)
{
    commit_one("loose\n");
    expect(opened(*state), "HEAD:a.py", "loose\n");
}

static void a_packed_object_is_read_at_once_and_after_many(void **state)
{
    struct repo *repo;

    commit_one("packed\n");
    sh("git gc -q");
    repo = opened(*state);
    for (int i = 0; i < 150; i++)
        expect(repo, "HEAD:a.py", "packed\n");
}

static void an_object_written_after_the_packs_were_opened_is_read(void **state)
{
    struct repo *repo;

    commit_one("old\n");
    sh("git gc -q");
    repo = opened(*state);
    for (int i = 0; i < 150; i++)
        expect(repo, "HEAD:a.py", "old\n");
    commit_one("new\n");
    expect(repo, "HEAD:a.py", "new\n");
    sh("git gc -q");
    expect(repo, "HEAD:a.py", "new\n");
}

static void a_missing_object_is_absent_not_an_error(void **state)
{
    struct object_id id = { .bytes = { 1, 2, 3 }, .size = 20 };
    struct repo *repo = opened(*state);
    struct object object;
    struct error err;

    for (int i = 0; i < 150; i++)
        assert_int_equal(0, object_read(&object, repo, &id, ROOM, &err));
}

static void
a_size_over_the_limit_is_refused_and_the_next_read_works(void **state)
{
    struct object_id id;
    struct object object;
    struct error err;
    struct repo *repo;

    commit_one("12345678\n");
    put("b.py", "b\n");
    sh("git add . && git commit -qm two");
    repo = opened(*state);
    id = id_of("HEAD:a.py");
    assert_int_equal(1, object_read(&object, repo, &id, 9, &err));
    object_release(&object);
    assert_int_equal(-1, object_read(&object, repo, &id, 8, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    expect(repo, "HEAD:b.py", "b\n");
}

static void a_packed_size_over_the_limit_is_refused(void **state)
{
    struct object_id id;
    struct object object;
    struct error err;
    struct repo *repo;

    commit_one("12345678\n");
    sh("git gc -q");
    repo = opened(*state);
    id = id_of("HEAD:a.py");
    for (int i = 0; i < 150; i++) {
        assert_int_equal(-1, object_read(&object, repo, &id, 8, &err));
        assert_int_equal(ERROR_LIMIT, err.code);
    }
}

/* Rewrite the loose object of a.py by a line of Python. */
static void damage(const char *python)
{
    struct buffer command = BUFFER_EMPTY;

    buffer_format(&command,
                  "b=$(git rev-parse HEAD:a.py);"
                  "f=.git/objects/$(echo $b | cut -c1-2)/$(echo $b | cut -c3-);"
                  "chmod u+w $f; python3 -c 'import sys,zlib;f=sys.argv[1];"
                  "d=open(f,\"rb\").read();%s;open(f,\"wb\").write(d)' $f",
                  python);
    sh(command.bytes);
    buffer_release(&command);
}

static void a_damaged_loose_object_is_an_error_whatever_is_wrong(void **state)
{
    static const char *const wrongs[] = {
        "d=d[:1]",
        "d=d[:8]",
        "d=d[:-6]",
        "d=b\"\"",
        "d=zlib.compress(b\"blob 3\\0\"+b\"x\"*100000)",
        "d=zlib.compress(b\"blob 300000\\0\"+b\"x\"*10)",
        "d=zlib.compress(b\"blob 99999999999999999999\\0xx\")",
        "d=zlib.compress(b\"tree 6\\0whole\\n\")",
        "d=zlib.compress(b\"blob 6\\0WHOLE\\n\")",
        "d=zlib.compress(b\"x\"*100000)",
    };
    struct sandbox *sandbox = *state;
    struct object_id id;

    for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
        sh("rm -rf .git && git init -q -b main .");
        commit_one("whole\n");
        id = id_of("HEAD:a.py");
        damage(wrongs[i]);
        expect_damaged(opened(sandbox), &id);
        put("b.py", "b\n");
        sh("git hash-object -w b.py >/dev/null");
        object_id_of(&id, OBJECT_BLOB, TEXT("b\n"), 20);
        {
            struct object object;
            struct error err;

            assert_int_equal(
                1, object_read(&object, sandbox->repo, &id, ROOM, &err));
            object_release(&object);
        }
    }
}

static void a_sha256_repository_is_read_and_checked(void **state)
{
    struct object_id id;

    sh("rm -rf .git && git init -q --object-format=sha256 .");
    commit_one("sha256\n");
    assert_int_equal(32, repo_id_size(opened(*state)));
    expect(((struct sandbox *)*state)->repo, "HEAD:a.py", "sha256\n");
    id = id_of("HEAD:a.py");
    damage("d=zlib.compress(b\"blob 7\\0SHA256\\n\")");
    expect_damaged(opened(*state), &id);
}

static void replace_refs_are_not_honoured(void **state)
{
    commit_one("true\n");
    put("b", "false\n");
    sh("git replace $(git rev-parse HEAD:a.py) $(git hash-object -w b)");
    expect(opened(*state), "HEAD:a.py", "true\n");
}

static void a_partial_clone_fetches_nothing(void **state)
{
    struct object_id id;
    struct object object;
    struct error err = { .message = "" };

    commit_one("far away\n");
    id = id_of("HEAD:a.py");
    sh("git config uploadpack.allowFilter true;"
       "git clone -q --no-checkout --filter=blob:none file://$PWD near");
    assert_int_equal(0, chdir("near"));
    assert_true(repo_is_shallow(opened(*state)));
    assert_int_not_equal(1,
                         object_read(&object, ((struct sandbox *)*state)->repo,
                                     &id, ROOM, &err));
    sh("test $(git rev-list --objects --all --missing=print | grep -c '^?') "
       "= 1");
}

static void what_was_promised_is_missing_and_not_asked_for(void **state)
{
    struct object_id id;
    struct object object;
    struct error err = { .message = "" };

    commit_one("far away\n");
    id = id_of("HEAD:a.py");
    sh("git config uploadpack.allowFilter true;"
       "git clone -q --no-checkout --filter=blob:none file://$PWD near");
    assert_int_equal(0, chdir("near"));
    put("loose", "here\n");
    sh("git tag loose $(git hash-object -w loose)");
    opened(*state);
    for (int i = 0; i < 3; i++)
        assert_int_equal(0,
                         object_read(&object, ((struct sandbox *)*state)->repo,
                                     &id, ROOM, &err));
    expect(((struct sandbox *)*state)->repo, "loose", "here\n");
}

static void a_partial_clone_that_borrows_has_what_it_borrows(void **state)
{
    struct repo *repo;
    struct object_id id;
    struct object object;
    struct error err = { .message = "" };

    commit_one("far away\n");
    sh("git config uploadpack.allowFilter true;"
       "git clone -q --no-checkout --filter=blob:none file://$PWD near;"
       "echo $PWD/.git/objects >near/.git/objects/info/alternates");
    assert_int_equal(0, chdir("near"));
    repo = opened(*state);
    object_id_parse(&id, TEXT("0123456789abcdef0123456789abcdef01234567"));
    object_read(&object, repo, &id, ROOM, &err);
    object_read(&object, repo, &id, ROOM, &err);
    expect(repo, "HEAD:a.py", "far away\n");
}

static void entries_come_off_a_tree_one_by_one(void **state)
{
    static const char tree[] = "100644 a\0aaaaaaaaaaaaaaaaaaaa"
                               "40000 b\0bbbbbbbbbbbbbbbbbbbb";
    struct text rest = TEXT(tree);
    struct tree_entry entry;

    (void)state;
    assert_int_equal(1, tree_next(&entry, &rest, 20));
    assert_int_equal(0100644, entry.mode);
    assert_true(text_equal(TEXT("a"), entry.name));
    assert_int_equal(1, tree_next(&entry, &rest, 20));
    assert_int_equal(OBJECT_MODE_TREE, entry.mode);
    assert_int_equal('b', entry.id.bytes[19]);
    assert_int_equal(0, tree_next(&entry, &rest, 20));
}

static void bytes_that_are_no_tree_are_refused(void **state)
{
    const struct {
        const char *what;
        struct text bytes;
    } cases[] = {
        { "cut id", TEXT("100644 a\0aaaaaaaaaaaaaaaaaaa") },
        { "no NUL", TEXT("100644 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") },
        { "no mode", TEXT(" a\0aaaaaaaaaaaaaaaaaaaa") },
        { "bad mode", TEXT("100844 a\0aaaaaaaaaaaaaaaaaaaa") },
        { "long mode", TEXT("00100644 a\0aaaaaaaaaaaaaaaaaaaa") },
        { "no name", TEXT("100644 \0aaaaaaaaaaaaaaaaaaaa") },
        { "slash", TEXT("100644 a/b\0aaaaaaaaaaaaaaaaaaaa") },
        { "short", TEXT("1") },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text rest = cases[i].bytes;
        struct tree_entry entry;

        if (tree_next(&entry, &rest, 20) != -1)
            fail_msg("%s: not refused", cases[i].what);
    }
}

#define HEX40 "0123456789abcdef0123456789abcdef01234567"

static void a_commit_is_taken_apart(void **state)
{
    struct commit_view commit;
    struct object_id parent;
    struct text bytes = TEXT("tree " HEX40 "\nparent " HEX40 "\nparent " HEX40
                             "\nauthor A <a@b> 1700000000 -0130\n"
                             "committer C <c@d> 1700000001 +0200\n"
                             "gpgsig x\n y\n\nSubject\n\nBody\n");

    (void)state;
    assert_int_equal(0, commit_parse(&commit, bytes));
    assert_true(text_equal(TEXT("A <a@b>"), commit.author));
    assert_int_equal(1700000000, commit.date);
    assert_int_equal(-90, commit.zone);
    assert_int_equal(1700000001, commit.committed);
    assert_true(text_equal(TEXT("Subject"), commit.subject));
    assert_int_equal(1, commit_next_parent(&parent, &commit.parents));
    assert_int_equal(1, commit_next_parent(&parent, &commit.parents));
    assert_int_equal(0, commit_next_parent(&parent, &commit.parents));
}

static void a_commit_with_nonsense_in_it_is_read_as_far_as_it_goes(void **state)
{
    struct commit_view commit;

    (void)state;
    assert_int_equal(0, commit_parse(&commit, TEXT("tree " HEX40 "\n")));
    assert_int_equal(
        0, commit_parse(&commit, TEXT("tree " HEX40 "\nauthor 99999999999999"
                                      "9999999999999 +99999999999999\n\n")));
    assert_int_equal(
        -1, commit_parse(&commit, TEXT("tree " HEX40 "\nparent 12\n\n")));
    assert_int_equal(-1, commit_parse(&commit, TEXT("tree 12\n")));
    assert_int_equal(-1, commit_parse(&commit, TEXT_EMPTY));
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_read_and_written),
        cmocka_unit_test(bytes_have_the_id_that_git_gives_them),
        IN_REPOSITORY(a_loose_object_is_read),
        IN_REPOSITORY(a_packed_object_is_read_at_once_and_after_many),
        IN_REPOSITORY(an_object_written_after_the_packs_were_opened_is_read),
        IN_REPOSITORY(a_missing_object_is_absent_not_an_error),
        IN_REPOSITORY(a_size_over_the_limit_is_refused_and_the_next_read_works),
        IN_REPOSITORY(a_packed_size_over_the_limit_is_refused),
        IN_REPOSITORY(a_damaged_loose_object_is_an_error_whatever_is_wrong),
        IN_REPOSITORY(a_sha256_repository_is_read_and_checked),
        IN_REPOSITORY(replace_refs_are_not_honoured),
        IN_REPOSITORY(a_partial_clone_fetches_nothing),
        IN_REPOSITORY(what_was_promised_is_missing_and_not_asked_for),
        IN_REPOSITORY(a_partial_clone_that_borrows_has_what_it_borrows),
        cmocka_unit_test(entries_come_off_a_tree_one_by_one),
        cmocka_unit_test(bytes_that_are_no_tree_are_refused),
        cmocka_unit_test(a_commit_is_taken_apart),
        cmocka_unit_test(
            a_commit_with_nonsense_in_it_is_read_as_far_as_it_goes),
    };

    return cmocka_run_group_tests_name("hooks/git/object", tests, NULL, NULL);
}
