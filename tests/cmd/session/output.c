#include "tests/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "cmd/base/exit.h"
#include "cmd/session/output.h"
#include "core/base/memory.h"
#include "tests/cmd/capture.h"

static const struct style plain = { .when = COLOR_AUTO };

static int into_a_new_folder(void **state)
{
    char name[] = "/tmp/tmpguard-output.XXXXXX";

    (void)state;
    return mkdtemp(name) && chdir(name) == 0 ? 0 : -1;
}

static int out_of_it(void **state)
{
    char name[64];

    (void)state;
    assert_non_null(getcwd(name, sizeof(name)));
    return chdir("/") == 0 && rmdir(name) == 0 ? 0 : -1;
}

/* The bytes of a file as a string for free(), which is deleted; or NULL. */
static char *take(const char *file)
{
    struct buffer bytes = BUFFER_EMPTY;
    int descriptor = open(file, O_RDONLY);
    struct stat status;

    if (descriptor < 0)
        return NULL;
    assert_int_equal(0, fstat(descriptor, &status));
    assert_int_equal(status.st_size,
                     read(descriptor,
                          buffer_extend(&bytes, (size_t)status.st_size),
                          (size_t)status.st_size));
    close(descriptor);
    assert_int_equal(0, unlink(file));
    return buffer_detach(&bytes);
}

static void make(const char *file, const char *words)
{
    int descriptor = open(file, O_WRONLY | O_CREAT, 0644);
    size_t size = strlen(words);

    assert_int_equal(size, write(descriptor, words, size));
    close(descriptor);
}

/* An empty report to each --format and to --output; what came out of us. */
static char *report_to(const char *const *formats, const char *output,
                       int *result)
{
    struct options options = OPTIONS_EMPTY;
    struct report report = REPORT_EMPTY;
    struct outputs outputs;
    struct error err;
    struct capture capture = capture_start(STDOUT_FILENO);

    while (*formats)
        *ARRAY_PUSH(options.formats.items) = *formats++;
    options.output = output;
    *result = outputs_open(&outputs, &options, &err);
    if (*result == 0)
        *result = outputs_write(&outputs, &report, &plain);
    outputs_close(&outputs);
    options_release(&options);
    return capture_end(&capture);
}

static const struct {
    const char *what;
    const char *formats[4];
    const char *output;
    char out, file; /* how each begins: "{" JSON, "0" text, 0 nothing */
} ways[] = {
    { "text to standard output, if nothing is said", { NULL }, NULL, '0', 0 },
    { "json to standard output", { "json" }, NULL, '{', 0 },
    { "of several the last one holds", { "json", "text" }, NULL, '0', 0 },
    { "text to --output", { NULL }, "file", 0, '0' },
    { "json to --output", { "json" }, "file", 0, '{' },
    { "json to its own file, and nothing else", { "json=file" }, NULL, 0, '{' },
    { "one to its file, one to standard output",
      { "json=file", "text" },
      NULL,
      '0',
      '{' },
    { "one to its file, text to --output", { "json=other" }, "file", 0, '0' },
};

static void a_report_goes_where_the_options_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        int result;
        char *out = report_to(ways[i].formats, ways[i].output, &result);
        char *file = take("file"), *other = take("other");

        if (result != 0 || out[0] != ways[i].out ||
            (file ? file[0] : '\0') != ways[i].file)
            fail_msg("%s: %d, standard output '%.9s', file '%.9s'",
                     ways[i].what, result, out, file ? file : "");
        free(out);
        free(file);
        free(other);
    }
}

static void a_longer_file_that_was_there_is_replaced_whole(void **state)
{
    char old[3000], *out, *file;
    int result;

    (void)state;
    memset(old, 'x', sizeof(old) - 1);
    old[sizeof(old) - 1] = '\0';
    make("file", old);
    out = report_to((const char *const[]){ NULL }, "file", &result);
    file = take("file");
    assert_null(strchr(file, 'x'));
    free(out);
    free(file);
}

static void an_output_is_as_it_was_until_the_report_is_there(void **state)
{
    struct options options = OPTIONS_EMPTY;
    struct outputs outputs;
    struct error err;
    char *file;

    (void)state;
    make("old", "kept");
    *ARRAY_PUSH(options.formats.items) = "json=old";
    *ARRAY_PUSH(options.formats.items) = "text=new";
    assert_int_equal(0, outputs_open(&outputs, &options, &err));
    outputs_close(&outputs);
    outputs_close(&outputs);
    file = take("old");
    assert_string_equal("kept", file);
    assert_null(take("new"));
    free(file);
    options_release(&options);
}

static const struct {
    const char *format, *output, *words;
} refused[] = {
    { "jsn", NULL, "unknown format 'jsn'; did you mean 'json'?" },
    { "json=", NULL, "'--format json=' names no file" },
    { "", NULL, "unknown format ''; there are text, json, sarif, github," },
    { "fnord", NULL, "unknown format 'fnord'; there are text, json, " },
    { "json=no/file", NULL, "cannot write to 'no/file': No such file" },
    { "text", ".", "cannot write to '.': " },
};

static void what_cannot_be_written_is_known_before_the_work(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        struct options options = OPTIONS_EMPTY;
        struct outputs outputs;
        struct error err = { .message = "" };
        int result;

        *ARRAY_PUSH(options.formats.items) = refused[i].format;
        options.output = refused[i].output;
        result = outputs_open(&outputs, &options, &err);
        outputs_close(&outputs);
        options_release(&options);
        if (result != -1 || !strstr(err.message, refused[i].words))
            fail_msg("%s: %d, '%s'", refused[i].format, result, err.message);
    }
}

static void nothing_is_left_of_an_output_beside_a_refused_one(void **state)
{
    int result;
    char *out =
        report_to((const char *const[]){ "json=new", "text=no/file", NULL },
                  NULL, &result);

    (void)state;
    assert_int_equal(-1, result);
    assert_string_equal("", out);
    assert_null(take("new"));
    free(out);
}

static void a_full_disk_is_no_report(void **state)
{
    struct capture capture = capture_start(STDERR_FILENO);
    int result;
    char *out = report_to((const char *const[]){ NULL }, "/dev/full", &result);
    char *words = capture_end(&capture);

    (void)state;
    assert_int_equal(-1, result);
    assert_string_equal("tmpguard: cannot write the report to /dev/full: No "
                        "space left on device\n",
                        words);
    free(out);
    free(words);
}

/* How many names the folder at hand has. */
static size_t names(void)
{
    DIR *folder = opendir(".");
    size_t count = 0;

    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count - 2;
}

static void what_is_cut_short_leaves_the_old_file_and_nothing_else(void **state)
{
    struct rlimit limit, small = { .rlim_cur = 10 };
    struct capture capture;
    char *out, *file, *words;
    int result;

    (void)state;
    make("file", "kept");
    getrlimit(RLIMIT_FSIZE, &limit);
    small.rlim_max = limit.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    capture = capture_start(STDERR_FILENO);
    setrlimit(RLIMIT_FSIZE, &small);
    out = report_to((const char *const[]){ "json=file", NULL }, NULL, &result);
    setrlimit(RLIMIT_FSIZE, &limit);
    words = capture_end(&capture);
    assert_int_equal(-1, result);
    assert_int_equal(1, names());
    file = take("file");
    assert_string_equal("kept", file);
    free(out);
    free(file);
    free(words);
}

static void a_link_stays_and_what_it_leads_to_keeps_its_mode(void **state)
{
    struct stat status;
    char *out, *file;
    int result;

    (void)state;
    make("file", "old");
    assert_int_equal(0, chmod("file", 0640));
    assert_int_equal(0, symlink("file", "link"));
    out = report_to((const char *const[]){ "json=link", NULL }, NULL, &result);
    assert_int_equal(0, result);
    assert_int_equal(0, lstat("link", &status));
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(0, stat("file", &status));
    assert_int_equal(0640, status.st_mode & 07777);
    assert_int_equal(0, unlink("link"));
    file = take("file");
    assert_int_equal('{', file[0]);
    free(out);
    free(file);
}

static void the_other_outputs_are_written_nevertheless(void **state)
{
    struct capture capture = capture_start(STDERR_FILENO);
    int result;
    char *out =
        report_to((const char *const[]){ "text=/dev/full", "json=file", NULL },
                  NULL, &result);
    char *words = capture_end(&capture), *file = take("file");

    (void)state;
    assert_int_equal(-1, result);
    assert_int_equal('{', file[0]);
    free(out);
    free(words);
    free(file);
}

/* What output_say to `descriptor` returns; its complaint is not shown. */
static int say_to(int descriptor, struct text text)
{
    struct capture complaint = capture_start(STDERR_FILENO);
    int kept = dup(STDOUT_FILENO), code;

    fflush(stdout);
    dup2(descriptor, STDOUT_FILENO);
    code = output_say(text);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    free(capture_end(&complaint));
    return code;
}

static void standard_output_that_takes_nothing_is_trouble(void **state)
{
    int full = open("/dev/full", O_WRONLY), null = open("/dev/null", O_WRONLY);

    (void)state;
    assert_int_equal(EXIT_INCOMPLETE, say_to(full, TEXT("words")));
    assert_int_equal(EXIT_CLEAN, say_to(full, TEXT_EMPTY));
    assert_int_equal(EXIT_CLEAN, say_to(null, TEXT("words")));
    close(full);
    close(null);
}

static void say(struct buffer *out, bool json, const void *what)
{
    buffer_format(out, "%s %s\n", json ? "json" : "text", (const char *)what);
}

/* The code of an answer in `format`; *out is what standard output got. */
static int answer(const char *format, const char *output, char **out)
{
    struct options options = OPTIONS_EMPTY;
    struct capture capture = capture_start(STDOUT_FILENO);
    struct capture complaint = capture_start(STDERR_FILENO);
    int code;

    if (format)
        *ARRAY_PUSH(options.formats.items) = format;
    options.output = output;
    code = output_answer(&options, say, "42");
    free(capture_end(&complaint));
    *out = capture_end(&capture);
    options_release(&options);
    return code;
}

static void an_answer_is_text_or_json(void **state)
{
    char *out, *file;

    (void)state;
    assert_int_equal(EXIT_CLEAN, answer(NULL, NULL, &out));
    assert_string_equal("text 42\n", out);
    free(out);
    assert_int_equal(EXIT_CLEAN, answer("json", NULL, &out));
    assert_string_equal("json 42\n", out);
    free(out);
    assert_int_equal(EXIT_CLEAN, answer("json=file", NULL, &out));
    file = take("file");
    assert_string_equal("json 42\n", file);
    assert_string_equal("", out);
    free(out);
    free(file);
}

static void an_answer_that_cannot_be_given_is_no_success(void **state)
{
    char *out;

    (void)state;
    assert_int_equal(EXIT_INCOMPLETE, answer(NULL, "/dev/full", &out));
    free(out);
    assert_int_equal(EXIT_USAGE, answer("jsn", NULL, &out));
    free(out);
    assert_int_equal(EXIT_USAGE, answer("sarif", NULL, &out));
    assert_string_equal("", out);
    free(out);
    assert_int_equal(EXIT_USAGE, answer(NULL, "no/file", &out));
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_goes_where_the_options_say),
        cmocka_unit_test(a_longer_file_that_was_there_is_replaced_whole),
        cmocka_unit_test(an_output_is_as_it_was_until_the_report_is_there),
        cmocka_unit_test(what_cannot_be_written_is_known_before_the_work),
        cmocka_unit_test(nothing_is_left_of_an_output_beside_a_refused_one),
        cmocka_unit_test(a_full_disk_is_no_report),
        cmocka_unit_test(
            what_is_cut_short_leaves_the_old_file_and_nothing_else),
        cmocka_unit_test(a_link_stays_and_what_it_leads_to_keeps_its_mode),
        cmocka_unit_test(the_other_outputs_are_written_nevertheless),
        cmocka_unit_test(standard_output_that_takes_nothing_is_trouble),
        cmocka_unit_test(an_answer_is_text_or_json),
        cmocka_unit_test(an_answer_that_cannot_be_given_is_no_success),
    };

    return cmocka_run_group_tests(tests, into_a_new_folder, out_of_it);
}
