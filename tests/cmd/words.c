#include "tests/test.h"

#include <string.h>
#include <unistd.h>

#include "cmd/nearest.h"
#include "cmd/progress.h"
#include "cmd/prose.h"

static const struct {
    const char *a, *b;
    unsigned distance;
} distances[] = {
    { "scan", "scan", 0 },  { "sacn", "scan", 1 },   { "scna", "scan", 1 },
    { "scann", "scan", 1 }, { "can", "scan", 1 },    { "", "scan", 4 },
    { "fix", "scan", 4 },   { "chekc", "check", 1 },
};

static void a_slip_of_the_fingers_is_one_step(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(distances) / sizeof(*distances); i++) {
        unsigned got = nearest_distance(distances[i].a, distances[i].b);

        if (got != distances[i].distance)
            fail_msg("%s, %s: got %u, want %u", distances[i].a, distances[i].b,
                     got, distances[i].distance);
    }
}

static void a_word_of_any_length_is_far_not_fatal(void **state)
{
    char word[5000];
    struct nearest nearest = NEAREST_TO(word);

    (void)state;
    memset(word, 'x', sizeof(word) - 1);
    word[sizeof(word) - 1] = '\0';
    nearest_offer(&nearest, "scan");
    assert_null(nearest.best);
}

static void the_nearest_of_several_is_named_and_nothing_far(void **state)
{
    struct nearest nearest = NEAREST_TO("chek"), far = NEAREST_TO("zz");

    (void)state;
    nearest_offer(&nearest, "cache");
    nearest_offer(&nearest, "check");
    nearest_offer(&nearest, "scan");
    assert_string_equal("check", nearest.best);
    nearest_offer(&far, "fix");
    assert_null(far.best);
}

static void prose_is_broken_at_blanks_within_the_width(void **state)
{
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    prose_append(&out, "  = ", "one two three", 11);
    assert_string_equal("  = one two\n    three\n", out.bytes);
    buffer_clear(&out);
    prose_append(&out, "", "a longer-than-that b", 5);
    assert_string_equal("a\nlonger-than-that\nb\n", out.bytes);
    buffer_clear(&out);
    prose_append(&out, "", "(…) x", 5);
    assert_string_equal("(…) x\n", out.bytes);
    buffer_release(&out);
}

static void progress_shows_a_share_only_of_a_known_total(void **state)
{
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    progress_line(&out, "commits", 512, 1024);
    assert_string_equal("commits [==========>         ] 512 of 1024",
                        out.bytes);
    buffer_clear(&out);
    progress_line(&out, "commits", 9, 0);
    assert_string_equal("commits 9", out.bytes);
    buffer_clear(&out);
    progress_line(&out, "commits", 7, 5);
    assert_string_equal("commits [====================] 5 of 5", out.bytes);
    buffer_release(&out);
}

static void progress_is_redrawn_seldom_and_cleared_at_the_end(void **state)
{
    struct progress progress = { .active = true };
    char drawn[4096] = "";
    int ends[2], kept = dup(STDERR_FILENO);
    ssize_t size;

    (void)state;
    assert_int_equal(0, pipe(ends));
    dup2(ends[1], STDERR_FILENO);
    for (uint64_t i = 0; i < 1000; i++)
        progress_update(&progress, "commits", i, 1000);
    progress_end(&progress);
    progress_end(&progress);
    dup2(kept, STDERR_FILENO);
    size = read(ends[0], drawn, sizeof(drawn) - 1);
    close(ends[0]);
    close(ends[1]);
    close(kept);
    assert_true(size > 0);
    assert_ptr_equal(drawn, strstr(drawn, "\r\033[Kcommits [>"));
    assert_string_equal("\r\033[K", drawn + size - 4);
    assert_true(size < 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_of_the_fingers_is_one_step),
        cmocka_unit_test(a_word_of_any_length_is_far_not_fatal),
        cmocka_unit_test(the_nearest_of_several_is_named_and_nothing_far),
        cmocka_unit_test(prose_is_broken_at_blanks_within_the_width),
        cmocka_unit_test(progress_shows_a_share_only_of_a_known_total),
        cmocka_unit_test(progress_is_redrawn_seldom_and_cleared_at_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
