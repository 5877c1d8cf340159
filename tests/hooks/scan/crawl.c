#include "tests/hooks/sandbox.h"

#include <pthread.h>
#include <sys/wait.h>

#include "hooks/scan/crawl.h"

#define NOBODY 65534

/* What a test sees, in order; and what was looked at. */
struct seen {
    struct buffer lines;
    pthread_mutex_t mutex;
    unsigned looked;
};

static void look(void *payload, struct text bytes, struct crawl_file *file)
{
    struct seen *seen = payload;

    assert_null(file->err);
    file->work = memory_copy(bytes.bytes, bytes.size);
    pthread_mutex_lock(&seen->mutex);
    seen->looked++;
    pthread_mutex_unlock(&seen->mutex);
}

static bool is_closed(void *payload, const char *path, const char *shown)
{
    (void)payload;
    assert_int_equal(0, access(path, F_OK));
    return strstr(shown, "closed") != NULL;
}

static void note_file(void *payload, const char *path, const char *shown,
                      const struct crawl_file *file)
{
    struct seen *seen = payload;

    if (file->err)
        buffer_format(&seen->lines, "!%s: %s\n", shown, file->err->message);
    else
        buffer_format(&seen->lines, "%s=%s\n", shown, (char *)file->work);
    assert_int_equal(0, access(path, F_OK));
    free(file->work);
}

static void note_unreadable(void *payload, const char *shown,
                            const char *reason)
{
    struct seen *seen = payload;

    buffer_format(&seen->lines, "?%s: %s\n", shown, reason);
}

struct given {
    const char *path, *shown;
    bool is_file;
};

/* What is seen of some paths, for free(). */
static char *crawled(const struct given *given, size_t count, unsigned threads,
                     size_t *files)
{
    struct seen seen = { .mutex = PTHREAD_MUTEX_INITIALIZER };
    const struct crawl_visitor visitor = { look, is_closed, note_file,
                                           note_unreadable, &seen };
    struct crawl *crawl = crawl_open(&visitor, 1000, threads, count > 1);

    for (size_t i = 0; i < count; i++)
        if (given[i].is_file)
            crawl_file(crawl, given[i].path, given[i].shown);
        else
            crawl_folder(crawl, given[i].path, given[i].shown);
    *files = crawl_run(crawl);
    crawl_close(crawl);
    return buffer_detach(&seen.lines);
}

static void expect_all(const struct given *given, size_t count, size_t files,
                       const char *want)
{
    for (unsigned threads = 1; threads <= 3; threads++) {
        size_t met;
        char *got = crawled(given, count, threads, &met);

        if (strcmp(got, want) != 0 || met != files)
            fail_msg("%u threads: %zu files, want %zu; got:\n%swant:\n%s",
                     threads, met, files, got, want);
        free(got);
    }
}

static void expect(const char *path, const char *shown, size_t files,
                   const char *want)
{
    const struct given given = { path, shown, false };

    expect_all(&given, 1, files, want);
}

static void files_come_sorted_by_their_bytes(void **state)
{
    (void)state;
    sh("mkdir -p b/x a.d; for f in c a.py b/2 b/1 b/x/y a.d/z B .hidden; do "
       "printf $f > $f.py; done");
    expect(".", "", 8,
           ".hidden.py=.hidden\nB.py=B\na.d/z.py=a.d/z\na.py.py=a.py\n"
           "b/1.py=b/1\nb/2.py=b/2\nb/x/y.py=b/x/y\nc.py=c\n");
}

static void names_are_shown_below_the_name_of_the_folder(void **state)
{
    (void)state;
    sh("mkdir -p a/b; printf 1 > a/b/c.py");
    expect("a", "a", 1, "a/b/c.py=1\n");
    expect("a/", "a/", 1, "a/b/c.py=1\n");
    expect("a", "", 1, "b/c.py=1\n");
    expect("a", "/else", 1, "/else/b/c.py=1\n");
}

static void others_than_python_are_counted_alone(void **state)
{
    (void)state;
    sh("printf 1 > a.py; touch b.c d.txt; printf '#!/usr/bin/python' > s;"
       "printf '#!/bin/sh' > t");
    expect(".", "", 5, "a.py=1\ns=#!/usr/bin/python\n");
}

static void links_special_files_and_git_s_own_are_passed_over(void **state)
{
    (void)state;
    sh("mkdir -p .git sub/.git real; touch .git/a.py sub/.git/b.py sub/c.py;"
       "touch real/d.py; ln -s real link; ln -s real/d.py file.py;"
       "ln -s nowhere dangling.py; ln -s .. sub/up; mkfifo pipe.py;"
       "mkdir gone; echo gitdir: x > gone/.git; touch gone/a.py");
    expect(".", "", 3, "gone/a.py=\nreal/d.py=\nsub/c.py=\n");
}

static void a_folder_with_git_in_it_may_be_passed_over(void **state)
{
    (void)state;
    sh("mkdir -p closed/.git closed/x closed2/x open/.git; touch closed/a.py "
       "closed/x/a.py closed2/x/b.py open/c.py");
    expect(".", "", 2, "closed2/x/b.py=\nopen/c.py=\n");
    sh("mkdir -p closed3/.git; touch closed3/d.py");
    expect("closed3", "closed3", 1, "closed3/d.py=\n");
}

static void a_folder_that_is_gone_is_named(void **state)
{
    (void)state;
    expect("nowhere", "", 0, "?.: No such file or directory\n");
    expect("nowhere", "shown", 0, "?shown: No such file or directory\n");
    sh("touch file");
    expect("file", "file", 0, "?file: Not a directory\n");
}

/* Root may read everything, so another user looks. */
static void what_may_not_be_read_is_named(void **state)
{
    const struct given given = { ".", "", false };
    int status;
    pid_t child;

    (void)state;
    sh("mkdir a b; touch a/x.py b/y.py b/z.py; chmod 0 a b/z.py; chmod 0755 .");
    child = fork();
    if (child == 0) {
        size_t files;
        bool same;
        char *got;

        if (geteuid() == 0 && setresuid(NOBODY, NOBODY, NOBODY) < 0)
            _exit(2);
        got = crawled(&given, 1, 2, &files);
        same = strcmp(got, "?a: Permission denied\nb/y.py=\n"
                           "!b/z.py: cannot open it: Permission denied\n") == 0;
        free(got);
        _exit(same && files == 2 ? 0 : 1);
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_int_equal(0, status);
}

static void a_file_over_the_limit_is_named(void **state)
{
    (void)state;
    sh("head -c 1001 /dev/zero > a.py; printf b > b.py");
    expect(".", "", 2,
           "!a.py: over the limit of 1000 bytes for one file\nb.py=b\n");
}

static void names_may_hold_any_byte(void **state)
{
    (void)state;
    sh("mkdir \"$(printf 'a\\nb')\"; printf 1 > \"$(printf "
       "'a\\nb/\\377.py')\"");
    expect(".", "", 1, "a\nb/\xFF.py=1\n");
}

static void a_file_that_several_paths_lead_to_is_one(void **state)
{
    const struct given given[] = {
        { "./b/2.py", "two", true }, { "./b/2.py", "two.py", true },
        { "./b", "b", false },       { "./b/3.py", "three.py", true },
        { ".", "all", false },       { "./c.py", "c.py", true }
    };

    (void)state;
    sh("mkdir b; for f in a b/1 b/2 b/3 c; do printf $f > $f.py; done");
    expect_all(given, sizeof(given) / sizeof(*given), 6,
               "two.py=b/2\nb/1.py=b/1\nb/3.py=b/3\nall/a.py=a\nall/c.py=c\n");
}

static void a_file_alone_is_read_by_its_path(void **state)
{
    const struct given given = { "a/b.py", "shown.py", true };
    const struct given script = { "a/s", "s", true };
    const struct given other = { "a/s", "s.txt", true };

    (void)state;
    sh("mkdir a; printf 1 > a/b.py; printf '#!python' > a/s");
    expect_all(&given, 1, 1, "shown.py=1\n");
    expect_all(&script, 1, 1, "s=#!python\n");
    expect_all(&other, 1, 1, "");
}

static void nothing_is_fine(void **state)
{
    (void)state;
    expect_all(NULL, 0, 0, "");
}

static void very_many_files_in_one_folder_are_all_read(void **state)
{
    const struct given given = { ".", "", false };
    struct seen seen = { .mutex = PTHREAD_MUTEX_INITIALIZER };
    const struct crawl_visitor visitor = { look, is_closed, note_file,
                                           note_unreadable, &seen };
    struct crawl *crawl = crawl_open(&visitor, 1000, 4, false);
    struct buffer want = BUFFER_EMPTY;

    (void)state;
    for (int i = 10000; i < 13000; i++) {
        char name[32];

        snprintf(name, sizeof(name), "a%d.py", i);
        put(name, name);
        buffer_format(&want, "%s=%s\n", name, name);
    }
    crawl_folder(crawl, given.path, given.shown);
    assert_int_equal(3000, crawl_run(crawl));
    assert_int_equal(3000, seen.looked);
    assert_string_equal(want.bytes, seen.lines.bytes);
    crawl_close(crawl);
    buffer_release(&want);
    buffer_release(&seen.lines);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_come_sorted_by_their_bytes),
        TEST(names_are_shown_below_the_name_of_the_folder),
        TEST(others_than_python_are_counted_alone),
        TEST(links_special_files_and_git_s_own_are_passed_over),
        TEST(a_folder_with_git_in_it_may_be_passed_over),
        TEST(a_folder_that_is_gone_is_named),
        TEST(what_may_not_be_read_is_named),
        TEST(a_file_over_the_limit_is_named),
        TEST(names_may_hold_any_byte),
        TEST(a_file_that_several_paths_lead_to_is_one),
        TEST(a_file_alone_is_read_by_its_path),
        TEST(nothing_is_fine),
        TEST(very_many_files_in_one_folder_are_all_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
