#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"
#include "cmd/daemon/warmth.h"

#define VARIABLES                                                              \
    "HOME=/h\0GIT_INDEX_FILE=i\0GIT_DIR=/d\0GITHEAD_1=x\0GIT_PREFIX=p\0"

static const struct wire_request request = {
    .path = "/work tree",
    .flags = WIRE_RECORD | WIRE_TERMINAL,
    .variables = VARIABLES,
    .variables_size = sizeof(VARIABLES) - 1,
};

static char top[64];

static void folder(char path[96], unsigned number)
{
    snprintf(path, 96, "%s/%u", top, number);
}

static int setup(void **state)
{
    char path[96];

    (void)state;
    snprintf(top, sizeof(top), "/tmp/tmpguard-test.XXXXXX");
    if (!mkdtemp(top))
        return -1;
    for (unsigned i = 0; i <= WARMTH_MAX; i++) {
        folder(path, i);
        mkdir(path, 0700);
    }
    return 0;
}

static int teardown(void **state)
{
    char path[96], name[128];

    (void)state;
    for (unsigned i = 0; i <= WARMTH_MAX; i++) {
        folder(path, i);
        snprintf(name, sizeof(name), "%s/index", path);
        unlink(name);
        snprintf(name, sizeof(name), "%s/index.lock", path);
        unlink(name);
        rmdir(path);
    }
    return rmdir(top);
}

/* As git does it. */
static void replace_index(const char *git_dir, const char *last)
{
    char lock[128], path[128];

    snprintf(lock, sizeof(lock), "%s/index.lock", git_dir);
    snprintf(path, sizeof(path), "%s/%s", git_dir, last);
    close(open(lock, O_CREAT | O_WRONLY, 0600));
    assert_int_equal(0, rename(lock, path));
}

static void a_new_index_is_due_once_after_a_moment(void **state)
{
    struct warmth warmth;
    struct wire_request got;
    struct text due;
    char path[96];
    int64_t next_ms, now_ms;

    (void)state;
    warmth_open(&warmth);
    folder(path, 0);
    assert_int_equal(0, warmth_remember(&warmth, path, &request));
    replace_index(path, "index");
    assert_int_equal(0, warmth_read(&warmth));
    now_ms = ask_clock_ms();
    assert_int_equal(0, warmth_due(&warmth, now_ms, &next_ms).size);
    assert_true(next_ms > now_ms && next_ms <= now_ms + WARMTH_DELAY_MS);
    due = warmth_due(&warmth, next_ms, &next_ms);
    assert_int_equal(
        0, wire_get_request(&got, (const unsigned char *)due.bytes, due.size));
    assert_string_equal("/work tree", got.path);
    assert_int_equal(0, warmth_due(&warmth, now_ms + 1000, &next_ms).size);
    assert_true(next_ms < 0);
    warmth_close(&warmth);
}

static void what_was_of_one_commit_is_left_out(void **state)
{
    static const char wanted[] = "HOME=/h\0GIT_DIR=/d";
    struct warmth warmth;
    struct wire_request got;
    struct text kept;
    char path[96];

    (void)state;
    warmth_open(&warmth);
    folder(path, 0);
    warmth_remember(&warmth, path, &request);
    kept = buffer_view(&warmth.repos[0].request);
    assert_int_equal(
        0,
        wire_get_request(&got, (const unsigned char *)kept.bytes, kept.size));
    assert_int_equal(WIRE_RECORD | WIRE_TERMINAL, got.flags);
    assert_int_equal(sizeof(wanted), got.variables_size);
    assert_memory_equal(wanted, got.variables, sizeof(wanted));
    warmth_close(&warmth);
}

static void other_files_are_nothing(void **state)
{
    struct warmth warmth;
    char path[96];
    int64_t next_ms;

    (void)state;
    warmth_open(&warmth);
    folder(path, 0);
    warmth_remember(&warmth, path, &request);
    replace_index(path, "HEAD");
    replace_index(path, "index2");
    assert_int_equal(0, warmth_read(&warmth));
    assert_int_equal(0,
                     warmth_due(&warmth, ask_clock_ms() + 1000, &next_ms).size);
    snprintf(path + strlen(path), 8, "/HEAD");
    unlink(path);
    snprintf(strrchr(path, '/'), 8, "/index2");
    unlink(path);
    warmth_close(&warmth);
}

static void a_repository_that_goes_is_forgotten(void **state)
{
    struct warmth warmth;
    char path[96];

    (void)state;
    warmth_open(&warmth);
    folder(path, 0);
    warmth_remember(&warmth, path, &request);
    rmdir(path);
    assert_int_equal(0, warmth_read(&warmth));
    assert_int_equal(0, warmth_count(&warmth));
    assert_int_equal(-1, warmth_remember(&warmth, path, &request));
    mkdir(path, 0700);
    warmth_close(&warmth);
}

static void one_too_many_takes_the_place_of_the_idlest(void **state)
{
    struct warmth warmth;
    char path[96];

    (void)state;
    warmth_open(&warmth);
    for (unsigned i = 0; i < WARMTH_MAX; i++) {
        folder(path, i);
        assert_int_equal(0, warmth_remember(&warmth, path, &request));
        warmth.repos[i].used_ms = 100 + (i == 7 ? -1 : (int64_t)i);
    }
    folder(path, WARMTH_MAX);
    assert_int_equal(0, warmth_remember(&warmth, path, &request));
    assert_int_equal(WARMTH_MAX, warmth_count(&warmth));
    assert_string_equal(path, warmth.repos[7].git_dir);
    warmth_close(&warmth);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_index_is_due_once_after_a_moment),
        TEST(what_was_of_one_commit_is_left_out),
        TEST(other_files_are_nothing),
        TEST(a_repository_that_goes_is_forgotten),
        TEST(one_too_many_takes_the_place_of_the_idlest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
