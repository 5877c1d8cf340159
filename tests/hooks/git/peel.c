#include "tests/hooks/sandbox.h"

#include "hooks/git/peel.h"

#define COMMIT                                                                 \
    "git config advice.nestedTag false; echo x > x; git add x; git commit "    \
    "-qm x;"

/* What the revision leads to is `want`, of that type. */
static void expect(void **state, const char *revision, enum object_type type,
                   const char *want)
{
    struct object_id id = id_of(revision), wanted = id_of(want);
    struct error err = { .message = "" };
    struct peeled peeled;

    if (peel(&peeled, opened(*state), &id, &err) != 1)
        fail_msg("%s: %s", revision, err.message);
    assert_int_equal(type, peeled.type);
    assert_int_equal(0, object_id_compare(&wanted, &peeled.id));
}

static void a_tag_of_a_tag_leads_to_its_commit(void **state)
{
    sh(COMMIT "git tag -am one one; git tag -am two two one");
    expect(state, "two", OBJECT_COMMIT, "HEAD");
    expect(state, "HEAD", OBJECT_COMMIT, "HEAD");
}

static void trees_and_blobs_may_be_tagged(void **state)
{
    sh(COMMIT "git tag -am t tree HEAD^{tree}; git tag -am b blob HEAD:x");
    expect(state, "tree", OBJECT_TREE, "HEAD^{tree}");
    expect(state, "blob", OBJECT_BLOB, "HEAD:x");
}

static void what_is_missing_is_told(void **state)
{
    struct object_id id = { .size = 20, .bytes = { 1 } };
    struct error err;
    struct peeled peeled;

    assert_int_equal(0, peel(&peeled, opened(*state), &id, &err));
}

static void a_tag_without_an_object_is_malformed(void **state)
{
    struct error err = { .message = "" };
    struct peeled peeled;
    struct object_id id;

    sh("printf 'object x\\n' | git hash-object -t tag -w --literally --stdin |"
       "cat > .git/BAD");
    id = id_of("BAD");
    assert_int_equal(-1, peel(&peeled, opened(*state), &id, &err));
    assert_string_equal("a tag is malformed", err.message);
}

/* COUNT tags, one behind the other, the last one called "last". */
static void nest(int count)
{
    struct buffer commands = BUFFER_EMPTY;

    buffer_format(
        &commands,
        "git tag last HEAD; for i in $(seq %d); do id=$(printf "
        "'object %%s\\ntype tag\\ntag t\\ntagger A <a@b> 1 +0000\\n\\n' "
        "$(git rev-parse last) | git hash-object -t tag -w --literally "
        "--stdin); git update-ref refs/tags/last $id; done",
        count);
    sh(commands.bytes);
    buffer_release(&commands);
}

static void tags_may_be_nested_so_deep_and_no_deeper(void **state)
{
    struct error err = { .message = "" };
    struct peeled peeled;
    struct object_id id;

    sh(COMMIT);
    nest(PEEL_DEPTH_MAX);
    expect(state, "last", OBJECT_COMMIT, "HEAD");
    sh("git tag -f -am more last last >/dev/null");
    id = id_of("last");
    assert_int_equal(-1, peel(&peeled, opened(*state), &id, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(a_tag_of_a_tag_leads_to_its_commit),
        IN_REPOSITORY(trees_and_blobs_may_be_tagged),
        IN_REPOSITORY(what_is_missing_is_told),
        IN_REPOSITORY(a_tag_without_an_object_is_malformed),
        IN_REPOSITORY(tags_may_be_nested_so_deep_and_no_deeper),
    };

    return cmocka_run_group_tests_name("hooks/git/peel", tests, NULL, NULL);
}
