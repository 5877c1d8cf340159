#include "tests/hooks/sandbox.h"

#include <limits.h>

#include "hooks/git/odb.h"

#define ROOM  ((size_t)1 << 20)
#define READS 250 /* more than git alone is asked for */

/* A repository with one commit, and its objects. */
static struct odb *start(const char *options)
{
    struct buffer command = BUFFER_EMPTY;
    char folder[PATH_MAX];
    struct odb *odb;

    buffer_format(&command, "git init -q -b main %s .", options);
    sh(command.bytes);
    buffer_release(&command);
    put("a.py", "one\n");
    sh("git add .; git commit -qm one");
    assert_non_null(realpath(".git/objects", folder));
    odb = odb_open(folder, *options ? 32 : 20);
    return odb;
}

static void expect(struct odb *odb, const struct object_id *id, int result,
                   const char *words)
{
    struct object object;
    struct error err = { .message = "" };
    int got = odb_read(&object, odb, id, ROOM, &err);

    if (got != result)
        fail_msg("got %d: %s", got, err.message);
    if (got == 1)
        assert_true(text_equal(text_of(words), object.bytes));
    if (got == -1 && !strstr(err.message, words))
        fail_msg("'%s' does not say '%s'", err.message, words);
    object_release(&object);
}

static void the_first_read_and_the_many_behind_it_agree(void **state)
{
    struct object_id missing = { .bytes = { 1 }, .size = 20 }, loose, packed;
    struct odb *odb = start("");

    (void)state;
    packed = id_of("HEAD:a.py");
    sh("git gc -q; echo two > a.py; git add .");
    loose = id_of(":a.py");
    for (int i = 0; i < READS; i++) {
        expect(odb, &packed, 1, "one\n");
        expect(odb, &loose, 1, "two\n");
        expect(odb, &missing, 0, "");
    }
    odb_close(odb);
}

static void what_a_lender_has_is_read_without_git(void **state)
{
    struct object_id missing = { .bytes = { 1 }, .size = 20 }, loose, packed;
    struct odb *odb = start("");
    char folder[PATH_MAX];

    (void)state;
    packed = id_of("HEAD:a.py");
    sh("git gc -q; echo two > a.py; git add .");
    loose = id_of(":a.py");
    sh("mv .git/objects lender; mkdir .git/objects");
    assert_non_null(realpath("lender", folder));
    expect(odb, &packed, 0, "");
    odb_borrow(odb, folder);
    expect(odb, &packed, 1, "one\n");
    expect(odb, &loose, 1, "two\n");
    expect(odb, &missing, 0, "");
    odb_close(odb);
}

static void a_damaged_pack_gives_an_error_or_the_right_bytes(void **state)
{
    struct odb *odb = start("");
    struct object_id id = id_of("HEAD:a.py");

    (void)state;
    sh("git gc -q; chmod u+w .git/objects/pack/*.pack;"
       "python3 -c 'import glob\n"
       "p = glob.glob(\".git/objects/pack/*.pack\")[0]\n"
       "b = bytearray(open(p, \"rb\").read())\n"
       "b[12:-20] = bytes(x ^ 0x55 for x in b[12:-20])\n"
       "open(p, \"wb\").write(b)'");
    for (int i = 0; i < READS; i++)
        expect(odb, &id, -1, "");
    odb_close(odb);
}

/* libgit2 1.5 reads there, and ends. */
static void an_index_that_points_outside_its_pack_is_an_error(void **state)
{
    struct odb *odb = start("");
    struct object_id id = id_of("HEAD:a.py");

    (void)state;
    sh("git gc -q; chmod u+w .git/objects/pack/*.idx;"
       "python3 -c 'import glob\n"
       "p = glob.glob(\".git/objects/pack/*.idx\")[0]\n"
       "b = bytearray(open(p, \"rb\").read())\n"
       "for at in range(8 + 1024 + 3 * 24, 8 + 1024 + 3 * 28, 4): b[at] = 1\n"
       "open(p, \"wb\").write(b)'");
    for (int i = 0; i < READS; i++)
        expect(odb, &id, -1, "");
    odb_close(odb);
}

static void another_copy_of_a_damaged_object_is_read(void **state)
{
    struct odb *odb = start("");
    struct object_id id = id_of("HEAD:a.py");

    (void)state;
    sh("cp -r .git/objects/?? .; git gc -q; mv ?? .git/objects;"
       "chmod u+w .git/objects/pack/*.pack;"
       "python3 -c 'import glob\n"
       "p = glob.glob(\".git/objects/pack/*.pack\")[0]\n"
       "b = bytearray(open(p, \"rb\").read())\n"
       "b[12:-20] = bytes(x ^ 0x55 for x in b[12:-20])\n"
       "open(p, \"wb\").write(b)'");
    for (int i = 0; i < READS; i++)
        expect(odb, &id, 1, "one\n");
    odb_close(odb);
}

static void an_object_under_another_s_name_is_damaged(void **state)
{
    struct odb *odb = start("");
    struct object_id id = id_of("HEAD:a.py");

    (void)state;
    sh("f() { git rev-parse $1 | sed 's|^..|.git/objects/&/|'; };"
       "echo two > b.py; git add b.py; chmod u+w $(f HEAD:a.py);"
       "cp $(f :b.py) $(f HEAD:a.py)");
    for (int i = 0; i < READS; i += 10)
        expect(odb, &id, -1, "damaged");
    odb_close(odb);
}

static void an_id_of_another_hash_is_an_error(void **state)
{
    struct odb *odb = start("");
    struct object_id id = { .bytes = { 1 }, .size = 32 };

    (void)state;
    expect(odb, &id, -1, "another hash algorithm");
    odb_close(odb);
}

static void sha256_is_read_however_often(void **state)
{
    struct odb *odb = start("--object-format=sha256");
    struct object_id id = id_of("HEAD:a.py");

    (void)state;
    sh("git gc -q");
    for (int i = 0; i < READS; i++)
        expect(odb, &id, 1, "one\n");
    odb_close(odb);
}

static void borrowed_objects_are_read(void **state)
{
    struct object_id id;
    struct odb *lender = start(""), *odb;
    char folder[PATH_MAX];

    (void)state;
    sh("git gc -q; git clone -q --shared . borrower");
    assert_int_equal(0, chdir("borrower"));
    id = id_of("HEAD:a.py");
    assert_non_null(realpath(".git/objects", folder));
    odb = odb_open(folder, 20);
    for (int i = 0; i < READS; i++)
        expect(odb, &id, 1, "one\n");
    odb_close(odb);
    odb_close(lender);
}

static void closing_what_never_read_is_fine(void **state)
{
    (void)state;
    odb_close(odb_open("/nowhere", 20));
    odb_close(NULL);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_lender_has_is_read_without_git),
        TEST(the_first_read_and_the_many_behind_it_agree),
        TEST(a_damaged_pack_gives_an_error_or_the_right_bytes),
        TEST(an_index_that_points_outside_its_pack_is_an_error),
        TEST(another_copy_of_a_damaged_object_is_read),
        TEST(an_object_under_another_s_name_is_damaged),
        TEST(an_id_of_another_hash_is_an_error),
        TEST(sha256_is_read_however_often),
        TEST(borrowed_objects_are_read),
        TEST(closing_what_never_read_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
