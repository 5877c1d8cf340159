#include "tests/hooks/sandbox.h"

#include <sys/stat.h>

#include "hooks/system/disk.h"
#include "hooks/system/rewrite.h"

/* The words of why the file is not rewritten. */
static const char *refusal(const char *path, const char *before)
{
    static struct error err;

    err.message[0] = '\0';
    assert_int_equal(-1,
                     rewrite_file(path, text_of(before), TEXT("new"), &err));
    return err.message;
}

static void a_file_gives_way_whole_and_keeps_its_mode(void **state)
{
    struct stat about;
    struct error err;

    (void)state;
    put("file", "old");
    sh("chmod 2751 file");
    assert_int_equal(0, rewrite_file("file", TEXT("old"), TEXT("new"), &err));
    assert_true(disk_holds("file", TEXT("new")));
    assert_int_equal(0, stat("file", &about));
    assert_int_equal(02751, about.st_mode & 07777);
    sh("test \"$(ls -A)\" = file");
}

static void who_has_it_open_reads_what_was_there(void **state)
{
    char bytes[8] = "";
    struct error err;
    FILE *file;

    (void)state;
    put("file", "old");
    file = fopen("file", "r");
    assert_non_null(file);
    assert_int_equal(0, rewrite_file("file", TEXT("old"), TEXT("new"), &err));
    assert_int_equal(3, fread(bytes, 1, sizeof(bytes), file));
    assert_string_equal("old", bytes);
    fclose(file);
}

static void what_was_changed_meanwhile_stays(void **state)
{
    (void)state;
    put("file", "old and mine");
    assert_string_equal("it was changed meanwhile", refusal("file", "old"));
    assert_string_equal("it was changed meanwhile", refusal("file", ""));
    assert_true(disk_holds("file", TEXT("old and mine")));
    sh("test \"$(ls -A)\" = file");
}

static void a_link_and_what_it_leads_to_stay(void **state)
{
    (void)state;
    put("file", "old");
    sh("ln -s file link; ln -s nothing loose; mkdir folder; mkfifo pipe");
    assert_non_null(strstr(refusal("link", "old"), "no link is followed"));
    assert_non_null(strstr(refusal("loose", ""), "no link is followed"));
    assert_non_null(strstr(refusal("folder", ""), "no regular file"));
    assert_non_null(strstr(refusal("pipe", ""), "no regular file"));
    assert_true(disk_holds("file", TEXT("old")));
}

static void a_file_with_another_name_stays(void **state)
{
    (void)state;
    put("file", "old");
    sh("ln file other");
    assert_non_null(strstr(refusal("file", "old"), "other names"));
    assert_true(disk_holds("other", TEXT("old")));
}

static void a_file_that_is_not_there_is_not_made(void **state)
{
    (void)state;
    refusal("missing", "");
    sh("test -z \"$(ls -A)\"");
}

static void a_path_may_lead_through_folders(void **state)
{
    struct error err;

    (void)state;
    sh("mkdir -p 'a b/c'");
    put("a b/c/file", "");
    assert_int_equal(0,
                     rewrite_file("a b/c/file", TEXT_EMPTY, TEXT("1"), &err));
    assert_true(disk_holds("a b/c/file", TEXT("1")));
    sh("test \"$(ls -A 'a b/c')\" = file");
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_gives_way_whole_and_keeps_its_mode),
        IN_FOLDER(who_has_it_open_reads_what_was_there),
        IN_FOLDER(what_was_changed_meanwhile_stays),
        IN_FOLDER(a_link_and_what_it_leads_to_stay),
        IN_FOLDER(a_file_with_another_name_stays),
        IN_FOLDER(a_file_that_is_not_there_is_not_made),
        IN_FOLDER(a_path_may_lead_through_folders),
    };

    return cmocka_run_group_tests_name("hooks/system/rewrite", tests, NULL,
                                       NULL);
}
