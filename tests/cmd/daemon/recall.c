#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/daemon/recall.h"

static char top[64], index_path[96], seen[96];
static struct recall recall;

static void put(const char *path, const char *words)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(words, file);
    fclose(file);
}

static int setup(void **state)
{
    (void)state;
    snprintf(top, sizeof(top), "/tmp/tmpguard-test.XXXXXX");
    if (!mkdtemp(top))
        return -1;
    snprintf(index_path, sizeof(index_path), "%s/index", top);
    snprintf(seen, sizeof(seen), "%s/seen", top);
    put(index_path, "DIRC");
    put(seen, "one");
    usleep(SIGHT_REST_NS / 1000 + 10000);
    recall = RECALL_EMPTY;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    recall_release(&recall);
    recall_release(&recall);
    unlink(index_path);
    unlink(seen);
    return rmdir(top);
}

/* A request with these variables. */
static struct wire_request asks(const char *variables, size_t size)
{
    return (struct wire_request){ .path = "/work",
                                  .mask = 022,
                                  .variables = variables,
                                  .variables_size = size };
}

#define ASKS(variables) asks(variables, sizeof(variables) - 1)

static struct buffer payload_of(const struct wire_request *request)
{
    struct buffer bytes = BUFFER_EMPTY;

    wire_put_request((unsigned char *)buffer_extend(&bytes, WIRE_FIXED_SIZE),
                     request);
    buffer_append(&bytes, request->path, strlen(request->path) + 1);
    buffer_append(&bytes, request->variables, request->variables_size);
    return bytes;
}

/* What a worker leaves behind that read both files, for that request. */
static struct memo made(void)
{
    struct stat about;

    assert_int_equal(0, stat(index_path, &about));
    return (struct memo){
        .clock_ns = sight_clock_ns(),
        .tree = { .size = 20 },
        .shape = { 2, 1, 84, 20 },
        .index = sight_mark_of(&about, SIGHT_FILE),
        .rests = true,
        .git_dir = text_of(top),
        .common_dir = text_of(top),
        .root = text_of(top),
        .index_path = text_of(index_path),
        .out = TEXT("fine\n"),
    };
}

static void keep(const struct wire_request *request, const struct memo *memo)
{
    struct buffer payload = payload_of(request), bytes = BUFFER_EMPTY;
    struct sight sight;

    sight_take(&sight, SIGHT_FILE, seen);
    memo_encode(&bytes, memo, &sight, 1);
    recall_keep(&recall, buffer_view(&payload), buffer_view(&bytes));
    sight_release(&sight);
    buffer_release(&bytes);
    buffer_release(&payload);
}

static bool knows(struct wire_request request)
{
    struct memo memo;

    return recall_find(&recall, &request, &memo);
}

static void the_same_request_has_the_same_answer(void **state)
{
    const struct wire_request request = ASKS("A=1\0");
    struct memo memo = made();

    (void)state;
    assert_false(knows(request));
    keep(&request, &memo);
    assert_true(recall_find(&recall, &request, &memo));
    assert_true(text_equal(TEXT("fine\n"), memo.out));
    assert_true(knows(request));
}

static void another_environment_is_another_request(void **state)
{
    const struct wire_request request = ASKS("A=1\0GIT_DIR=/d\0");
    struct memo memo = made();
    struct wire_request other = request;

    (void)state;
    keep(&request, &memo);
    assert_false(knows(ASKS("A=1\0")));
    assert_false(knows(ASKS("A=2\0GIT_DIR=/d\0")));
    assert_false(knows(ASKS("GIT_DIR=/d\0A=1\0")));
    assert_false(knows(ASKS("A=1\0GIT_DIR=/d\0GITHEAD_1=x\0")));
    other.path = "/other";
    assert_false(knows(other));
    other = request;
    other.mask = 077;
    assert_false(knows(other));
    other = request;
    other.flags = WIRE_RECORD;
    assert_false(knows(other));
    other = request;
    other.folder.inode = 1;
    assert_false(knows(other));
    other = request;
    other.program.time = 1;
    assert_false(knows(other));
    assert_true(knows(request));
}

static void what_git_says_of_one_commit_is_of_no_account(void **state)
{
    const struct wire_request request = ASKS("A=1\0GIT_EDITOR=vi\0");
    struct memo memo = made();

    (void)state;
    keep(&request, &memo);
    assert_true(knows(ASKS("GIT_AUTHOR_DATE=@1 +0000\0A=1\0GIT_EDITOR=:\0"
                           "PWD=/\0GIT_PREFIX=a/\0GIT_REFLOG_ACTION=x\0"
                           "GIT_COMMITTER_NAME=n\0GIT_INDEX_FILE=index\0")));
}

static void what_was_read_and_changed_is_forgotten(void **state)
{
    const struct wire_request request = ASKS("A=1\0");
    struct memo memo = made();

    (void)state;
    keep(&request, &memo);
    assert_true(knows(request));
    put(seen, "two");
    assert_false(knows(request));
    put(seen, "one");
    assert_false(knows(request));
}

/* It tells no tree either. */
static void another_index_is_no_proof(void **state)
{
    const struct wire_request request = ASKS("A=1\0");
    struct memo memo = made();

    (void)state;
    keep(&request, &memo);
    assert_false(knows(ASKS("A=1\0GIT_INDEX_FILE=seen\0")));
    keep(&request, &memo);
    assert_false(knows(ASKS("A=1\0GIT_INDEX_FILE=/none\0")));
    keep(&request, &memo);
    put(index_path, "CRID");
    assert_false(knows(request));
}

static void an_index_that_had_just_changed_is_no_proof(void **state)
{
    const struct wire_request request = ASKS("A=1\0");
    struct memo memo = made();

    (void)state;
    memo.rests = false;
    keep(&request, &memo);
    assert_false(knows(request));
}

static void times_tell_nothing_when_the_clock_was_set(void **state)
{
    const struct wire_request request = ASKS("A=1\0");
    struct memo memo = made();

    (void)state;
    memo.clock_ns += 50000000;
    keep(&request, &memo);
    assert_false(knows(request));
    memo.clock_ns -= 100000000;
    keep(&request, &memo);
    assert_false(knows(request));
}

static void garbage_is_not_kept(void **state)
{
    const struct wire_request request = ASKS("A=1\0");
    struct buffer payload = payload_of(&request);

    (void)state;
    recall_keep(&recall, buffer_view(&payload), TEXT("garbage"));
    recall_keep(&recall, TEXT("garbage"), TEXT("garbage"));
    assert_false(knows(request));
    buffer_release(&payload);
}

static void the_one_used_longest_ago_goes(void **state)
{
    struct wire_request request = ASKS("A=1\0");
    struct memo memo = made();

    (void)state;
    for (request.width = 0; request.width < RECALL_MAX; request.width++)
        keep(&request, &memo);
    request.width = 0;
    assert_true(knows(request));
    request.width = RECALL_MAX;
    keep(&request, &memo);
    assert_true(knows(request));
    request.width = 0;
    assert_true(knows(request));
    request.width = 1;
    assert_false(knows(request));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_request_has_the_same_answer),
        TEST(another_environment_is_another_request),
        TEST(what_git_says_of_one_commit_is_of_no_account),
        TEST(what_was_read_and_changed_is_forgotten),
        TEST(another_index_is_no_proof),
        TEST(an_index_that_had_just_changed_is_no_proof),
        TEST(times_tell_nothing_when_the_clock_was_set),
        TEST(garbage_is_not_kept),
        TEST(the_one_used_longest_ago_goes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
