#include "tests/hooks/fake.h"

#include "hooks/git/gitpipe.h"

/* "TYPE:BYTES", "missing", or the error of one read; for free(). */
static char *read_one(struct gitpipe_batch *batch, const struct object_id *id,
                      size_t size_max)
{
    struct buffer out = BUFFER_EMPTY;
    struct error err;
    enum object_type type;
    char *bytes;
    size_t size;
    int found =
        gitpipe_batch_read(batch, id, size_max, &type, &bytes, &size, &err);

    if (found < 0)
        buffer_string(&out, err.message);
    else if (found == 0)
        buffer_string(&out, "missing");
    else {
        buffer_format(&out, "%d:", (int)type);
        buffer_append(&out, bytes, size);
        assert_int_equal('\0', bytes[size]);
        free(bytes);
    }
    return buffer_detach(&out);
}

static void expect(struct gitpipe_batch *batch, const char *revision,
                   size_t size_max, const char *want)
{
    struct object_id id = id_of(revision);
    char *got = read_one(batch, &id, size_max);
    bool whole = strncmp(want, "3:", 2) == 0;

    if (whole ? strcmp(got, want) != 0 : !strstr(got, want))
        fail_msg("%s: got '%s', want '%s'", revision, got, want);
    free(got);
}

static void make_repository(void)
{
    sh("git init -q -b main .; mkdir sub; echo x > a; echo y > sub/b;"
       "printf '' > empty; printf '1111 blob 3\\nx missing\\n' > odd;"
       "git add .; GIT_COMMITTER_DATE='1000000000 +0000' git commit -qm one "
       "--date '1000000000 +0000'; git tag -am words tag");
}

static void objects_of_every_type_are_read(void **state)
{
    struct gitpipe_batch *batch = gitpipe_batch_open();

    (void)state;
    make_repository();
    expect(batch, "HEAD:a", 100, "3:x\n");
    expect(batch, "HEAD:empty", 100, "3:");
    expect(batch, "HEAD:odd", 100, "3:1111 blob 3\nx missing\n");
    expect(batch, "HEAD:sub", 100, "2:100644 b");
    expect(batch, "HEAD", 1000, "1:tree ");
    expect(batch, "tag", 1000, "4:object ");
    gitpipe_batch_close(batch);
}

static void what_is_missing_is_absent_and_the_next_is_read(void **state)
{
    struct gitpipe_batch *batch = gitpipe_batch_open();
    struct object_id id = { .bytes = { 1 }, .size = 20 };
    char *got;

    (void)state;
    make_repository();
    got = read_one(batch, &id, 100);
    assert_string_equal("missing", got);
    free(got);
    expect(batch, "HEAD:a", 100, "3:x\n");
    gitpipe_batch_close(batch);
}

static void a_size_at_the_limit_is_read_and_one_over_is_not(void **state)
{
    struct gitpipe_batch *batch = gitpipe_batch_open();

    (void)state;
    make_repository();
    expect(batch, "HEAD:a", 2, "3:x\n");
    expect(batch, "HEAD:a", 1, "2 bytes are over the limit of 1");
    expect(batch, "HEAD:sub/b", 2, "3:y\n");
    gitpipe_batch_close(batch);
}

static void a_damaged_object_is_an_error_and_the_next_is_read(void **state)
{
    struct gitpipe_batch *batch = gitpipe_batch_open();
    struct object_id id;
    char *got;

    (void)state;
    make_repository();
    id = id_of("HEAD:a");
    sh("f=.git/objects/$(git rev-parse HEAD:a | sed 's|^..|&/|');"
       "chmod u+w $f; echo junk > $f");
    got = read_one(batch, &id, 100);
    assert_non_null(strstr(got, "git fsck tells more"));
    free(got);
    expect(batch, "HEAD:sub/b", 100, "3:y\n");
    gitpipe_batch_close(batch);
}

/* What a git that answers "ID REST" and then the mark's echo is taken for. */
static const struct {
    const char *what, *script, *want;
} answers[] = {
    { "a right answer", "printf '%s blob 3\\nabc\\n' $id; echo $mark missing",
      "3:abc" },
    { "missing", "echo $id missing; echo $mark missing", "missing" },
    { "another object", "echo 11$id blob 0; echo; echo $mark missing",
      "a strange answer" },
    { "an unknown type", "echo $id blub 0; echo; echo $mark missing",
      "a strange answer" },
    { "a submodule", "echo $id submodule; echo $mark missing",
      "a strange answer" },
    { "no size", "echo $id blob; echo; echo $mark missing",
      "a strange answer" },
    { "a negative size", "echo $id blob -1; echo; echo $mark missing",
      "a strange answer" },
    { "a size and more", "echo $id blob 0 0; echo; echo $mark missing",
      "a strange answer" },
    { "a size that wraps",
      "echo $id blob 18446744073709551616; echo; echo $mark missing",
      "a strange answer" },
    { "a huge size", "echo $id blob 18446744073709551615; echo $mark missing",
      "over the limit" },
    { "fewer bytes", "printf '%s blob 3\\nab\\n' $id; echo $mark missing",
      "the object is damaged" },
    { "more bytes", "printf '%s blob 3\\nabcd\\n' $id; echo $mark missing",
      "the object is damaged" },
    { "no line end behind it",
      "printf '%s blob 3\\nabcd' $id; echo $mark missing",
      "the object is damaged" },
    { "a complaint aside",
      "echo oops >&2; echo $id missing; echo $mark missing",
      "the object is damaged: oops" },
    { "more behind it",
      "printf '%s blob 3\\nabc\\n%s missing\\nmore' $id \"$mark\"",
      "the object is damaged" },
    { "an end in the object", "printf '%s blob 3\\na' $id; exit 1",
      "the object is damaged" },
    { "an end before the echo", "printf '%s blob 3\\nabc\\n' $id; exit 1",
      "the object is damaged" },
    { "an end without an answer", "exit 1", "gave no answer" },
    { "a line without an end",
      "while :; do printf 0123456789012345678901234567890123456789; done",
      "gave no answer" },
};

static void only_a_right_answer_is_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
        struct gitpipe_batch *batch = gitpipe_batch_open();
        struct object_id id = { .bytes = { 7 }, .size = 20 };
        struct buffer script = BUFFER_EMPTY;
        char *got;

        buffer_format(&script, "read id; read mark; %s; cat >/dev/null",
                      answers[i].script);
        fake_git(script.bytes);
        got = read_one(batch, &id, 100);
        if (!strstr(got, answers[i].want))
            fail_msg("%s: '%s'", answers[i].what, got);
        free(got);
        gitpipe_batch_close(batch);
        buffer_release(&script);
    }
}

static void a_child_that_went_away_is_started_again(void **state)
{
    struct gitpipe_batch *batch = gitpipe_batch_open();
    struct object_id id = { .bytes = { 7 }, .size = 20 };
    char *first, *second, *third;

    (void)state;
    fake_git("echo run >> runs; read id; read mark;"
             "printf '%s blob 1\\n%s\\n%s missing\\n' $id $(wc -l < runs) "
             "\"$mark\"");
    first = read_one(batch, &id, 100);
    second = read_one(batch, &id, 100);
    third = read_one(batch, &id, 100);
    assert_string_equal("3:1", first);
    assert_int_not_equal(0, strncmp(second, "3:", 2));
    assert_string_equal("3:2", third);
    free(first);
    free(second);
    free(third);
    gitpipe_batch_close(batch);
}

static void without_git_there_is_a_reason(void **state)
{
    struct gitpipe_batch *batch = gitpipe_batch_open();
    struct object_id id = { .bytes = { 7 }, .size = 20 };
    char *got;

    (void)state;
    fake_git("exit 0");
    setenv("PATH", "/nowhere", 1);
    got = read_one(batch, &id, 100);
    assert_non_null(strstr(got, "cannot run git"));
    free(got);
    gitpipe_batch_close(batch);
}

static void closing_what_never_read_is_fine(void **state)
{
    (void)state;
    gitpipe_batch_close(gitpipe_batch_open());
    gitpipe_batch_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FAKES(objects_of_every_type_are_read),
        WITH_FAKES(what_is_missing_is_absent_and_the_next_is_read),
        WITH_FAKES(a_size_at_the_limit_is_read_and_one_over_is_not),
        WITH_FAKES(a_damaged_object_is_an_error_and_the_next_is_read),
        WITH_FAKES(only_a_right_answer_is_taken),
        WITH_FAKES(a_child_that_went_away_is_started_again),
        WITH_FAKES(without_git_there_is_a_reason),
        WITH_FAKES(closing_what_never_read_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
