#include "tests/test.h"

#include <stdatomic.h>
#include <string.h>

#include "core/facts/scan.h"
#include "hooks/joint/joint.h"

#define FILES_MAX 8

/* A tree in memory, and how often each file was read. */
struct files {
    struct {
        const char *path, *text; /* text NULL: it cannot be read */
    } items[FILES_MAX];
    atomic_uint reads[FILES_MAX];
};

static enum modules_kind ask(void *context, struct text path)
{
    const struct files *files = context;
    enum modules_kind kind = MODULES_NOTHING;

    for (int i = 0; i < FILES_MAX && files->items[i].path; i++) {
        struct text at = text_of(files->items[i].path);

        if (text_equal(at, path))
            return MODULES_FILE;
        if (path.size == 0 ||
            (text_starts_with(at, path) && at.size > path.size &&
             at.bytes[path.size] == '/'))
            kind = MODULES_FOLDER;
    }
    return kind;
}

static int read_file(void *context, const char *path, struct buffer *bytes,
                     struct error *err)
{
    struct files *files = context;

    for (int i = 0; i < FILES_MAX && files->items[i].path; i++) {
        if (strcmp(files->items[i].path, path) != 0)
            continue;
        files->reads[i]++;
        if (!files->items[i].text)
            break;
        buffer_string(bytes, files->items[i].text);
        return 0;
    }
    return error_set(err, ERROR_GIT, "it cannot be read");
}

static void search(void *context, const struct joint_search *search)
{
    const struct files *files = context;

    for (int i = 0; i < FILES_MAX && files->items[i].path; i++) {
        struct text text =
            files->items[i].text ? text_of(files->items[i].text) : TEXT_EMPTY;
        struct imports_words words = { { 0 } };
        struct error err;

        if (!files->items[i].text) {
            error_set(&err, ERROR_GIT, "it cannot be read");
            search->miss(search->payload, files->items[i].path, &err);
        }
        imports_collect(&words, text);
        if (search->may_import(search->payload, &words) &&
            search->wanted(search->payload, text))
            search->visit(search->payload, files->items[i].path, text);
    }
}

static void add_all(struct joint *joint, const struct files *files)
{
    for (int i = 0; i < FILES_MAX && files->items[i].path; i++) {
        struct facts facts;
        struct error err;

        if (!files->items[i].text)
            continue;
        assert_int_equal(
            0, scan_blob(text_of(files->items[i].text), &facts, &err));
        joint_add(joint, files->items[i].path, &facts);
    }
}

static void add_file(struct buffer *out, const struct joint_file *file)
{
    for (size_t i = 0; i < file->facts.findings_count; i++)
        buffer_format(out, "%s:%u ", file->path,
                      file->facts.findings[i].range.start.line);
    if (file->is_incomplete)
        buffer_format(out, "%s: %s ", file->path, file->err.message);
}

static void check_threads(struct files *files, const char *expected,
                          unsigned threads)
{
    const struct joint_tree tree = { .ask = ask,
                                     .read = read_file,
                                     .search = search,
                                     .context = files,
                                     .threads = threads };
    struct joint *joint = joint_open(&tree, false);
    struct buffer found = BUFFER_EMPTY;

    for (int i = 0; i < FILES_MAX; i++)
        atomic_store(&files->reads[i], 0);
    add_all(joint, files);
    joint_decide(joint);
    for (size_t i = 0; i < joint_count(joint); i++)
        add_file(&found, joint_file(joint, i));
    buffer_byte(&found, '\0');
    assert_string_equal(expected, found.bytes);
    buffer_release(&found);
    joint_close(joint);
}

/* All findings of the tree as "path:line path:line ", in order of arrival;
 * with several threads the same. The reads are those of one. */
static void check_found(struct files *files, const char *expected)
{
    check_threads(files, expected, 3);
    check_threads(files, expected, 0);
}

static void nothing_is_read_where_nothing_leads_from_file_to_file(void **state)
{
    struct files files = { .items = {
                               { "a.py",
                                 "import tempfile\ntempfile.mktemp()\n" },
                               { "b.py", "import a\nfrom a import x\nx()\n" },
                               { "c.py", "import b\nb.mktemp()\n" },
                           } };

    (void)state;
    check_found(&files, "a.py:2 ");
    assert_int_equal(0, files.reads[0]);
    /* b has no mktemp: that is all that is asked. */
    assert_int_equal(1, files.reads[1]);
    assert_int_equal(0, files.reads[2]);
}

static void a_name_is_followed_from_file_to_file(void **state)
{
    struct files files = { .items = {
                               { "a.py", "from tempfile import mktemp as x\n" },
                               { "b.py", "from a import x as y\n" },
                               { "c.py", "from b import *\ny()\n" },
                               { "d.py", "from c import y as z\nz()\n" },
                               { "e.py", "z()\n" },
                           } };

    (void)state;
    check_found(&files, "c.py:2 d.py:2 ");
}

static void a_file_that_only_calls_is_found_by_the_name(void **state)
{
    struct files files = { .items = {
                               { "p/__init__.py",
                                 "from .u import get as fetch\n" },
                               { "p/u.py", "import tempfile\ndef get(): return "
                                           "tempfile.mktemp\n" },
                               { "p/v.py", "from . import fetch\nfetch()()\n" },
                               { "w.py", "import p\np.fetch()()\n" },
                           } };

    (void)state;
    check_found(&files, "p/v.py:2 w.py:2 ");
}

static void a_call_in_an_unchanged_helper_is_found_there(void **state)
{
    struct files
        files = { .items = {
                      { "help.py", "def run(f):\n    return f()\n" },
                      { "use.py",
                        "import help, tempfile\nhelp.run(tempfile.mktemp)\n" },
                      { "more.py", "import help, os\nhelp.run(os.tmpnam)\n" },
                  } };

    (void)state;
    check_found(&files, "help.py:2 help.py:2 ");
}

static void what_is_not_there_any_more_in_the_tree_is_taken_back(void **state)
{
    struct files files = { .items = {
                               { "job.py",
                                 "import tempfile\ntempfile.mktemp()\n" },
                               { "tempfile.py", "def mktemp(): pass\n" },
                               { "p/__init__.py", "" },
                               { "p/job.py",
                                 "import tempfile\ntempfile.mktemp()\n" },
                           } };

    (void)state;
    check_found(&files, "p/job.py:2 ");
}

static void a_needed_file_that_cannot_be_read_makes_it_incomplete(void **state)
{
    struct files
        files = { .items = {
                      { "a.py", "from b import tempfile\ntempfile.mktemp()\n" },
                      { "b.py", NULL },
                  } };

    (void)state;
    check_found(&files, "a.py: with b.py, which it needs: it cannot be read ");
}

static void who_passes_a_module_is_found_by_the_function(void **state)
{
    struct files files = { .items = {
                               { "p/__init__.py", "from .a import take\n" },
                               { "p/a.py", "import tempfile as t\n"
                                           "def take(m): m.mktemp()\n" },
                               { "b.py", "import tempfile\nimport p\n"
                                         "p.take(tempfile)\n" },
                               { "c.py", "from p.a import take\ntake(x)\n" },
                               { "d.py", "import tempfile\n"
                                         "take(tempfile)\n" },
                           } };

    (void)state;
    check_found(&files, "p/a.py:2 ");
    assert_int_equal(1, files.reads[2]);
    /* It has no module to pass; and who does not import it has nothing to call.
     */
    assert_int_equal(0, files.reads[3]);
    assert_int_equal(0, files.reads[4]);
}

static void who_passes_it_by_the_name_that_it_got_it_by_is_found(void **state)
{
    struct files files = { .items = {
                               { "a.py", "import tempfile as t\n"
                                         "def take(m): m.mktemp()\n" },
                               { "b.py", "from a import take, t\ntake(t)\n" },
                           } };

    (void)state;
    check_found(&files, "a.py:2 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_read_where_nothing_leads_from_file_to_file),
        cmocka_unit_test(a_name_is_followed_from_file_to_file),
        cmocka_unit_test(a_file_that_only_calls_is_found_by_the_name),
        cmocka_unit_test(a_call_in_an_unchanged_helper_is_found_there),
        cmocka_unit_test(what_is_not_there_any_more_in_the_tree_is_taken_back),
        cmocka_unit_test(a_needed_file_that_cannot_be_read_makes_it_incomplete),
        cmocka_unit_test(who_passes_a_module_is_found_by_the_function),
        cmocka_unit_test(who_passes_it_by_the_name_that_it_got_it_by_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
