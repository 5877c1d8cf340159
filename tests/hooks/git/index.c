#include "tests/hooks/indexed.h"

#define OTHER ".git/other"

static void start(void)
{
    sh("mkdir -p d/e; echo 1 > a; echo 2 > d/b.py; echo 3 > d/e/c;"
       "git add .; git commit -qm one");
}

/* The entries of the index at `path`; NULL if it is left to git. */
static char *read_as(const char *path)
{
    struct index index;
    char *words = NULL;

    if (index_read(&index, path, SHA1_SIZE))
        words = listed(&index);
    else
        assert_int_equal(0, index.layout.entries_count);
    index_release(&index);
    index_release(&index);
    return words;
}

static void refused(const char *path, const char *what)
{
    char *words = read_as(path);

    if (words)
        fail_msg("%s: taken for\n%s", what, words);
}

static void entries_have_mode_id_path_and_stage(void **state)
{
    char *words;

    (void)state;
    sh("git init -q . 2>/dev/null; id() { printf %040d $1; };"
       "printf '100644 %s 0\tb\n100755 %s 0\ta/b\n120000 %s 0\tl\n"
       "160000 %s 0\tm\n100644 %s 1\tc\n100755 %s 3\tc\n' $(id 1) $(id 2) "
       "$(id 3) $(id 4) $(id 5) $(id 6) | git update-index --index-info");
    words = read_as(INDEX);
    assert_string_equal(words,
                        "100755 0000000000000000000000000000000000000002 a/b\n"
                        "100644 0000000000000000000000000000000000000001 b\n"
                        "!100644 0000000000000000000000000000000000000005 c\n"
                        "!100755 0000000000000000000000000000000000000006 c\n"
                        "120000 0000000000000000000000000000000000000003 l\n"
                        "160000 0000000000000000000000000000000000000004 m\n");
    free(words);
}

static void an_intended_addition_is_not_there(void **state)
{
    char *words;

    (void)state;
    sh("echo 1 > a; git add -N a; git update-index --add --cacheinfo "
       "100644,$(printf %040d 1),b; git update-index --skip-worktree b");
    words = read_as(INDEX);
    assert_string_equal(words,
                        "100644 0000000000000000000000000000000000000001 b\n");
    free(words);
}

static void what_is_no_index_is_left_to_git(void **state)
{
    static const char *const kinds[] = {
        "rm .git/index",
        ": > .git/index",
        "rm .git/index; mkdir .git/index",
        "rm .git/index; mkfifo .git/index",
        "rm .git/index; ln -s /dev/zero .git/index",
        "rm .git/index; ln -s . .git/index",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        sh("rm -rf .git *; git init -q -b main .");
        start();
        free(read_as(INDEX));
        sh(kinds[i]);
        refused(INDEX, kinds[i]);
    }
}

static void an_index_of_a_split_or_sparse_kind_says_so(void **state)
{
    struct index index;

    (void)state;
    start();
    assert_true(index_read(&index, INDEX, SHA1_SIZE));
    assert_false(index.layout.is_split || index.layout.is_sparse);
    index_release(&index);
    sh("mkdir f; echo 1 > f/f; git add .; git commit -qm two;"
       "cp .git/index .git/whole; git update-index --split-index");
    assert_true(index_read(&index, INDEX, SHA1_SIZE));
    assert_true(index.layout.is_split);
    index_release(&index);
    sh("cp .git/whole .git/index;"
       "git sparse-checkout set --cone --sparse-index d");
    assert_true(index_read(&index, INDEX, SHA1_SIZE));
    assert_true(index.layout.is_sparse);
    index_release(&index);
}

/* The index of the repository without its checksum. */
static struct buffer opened_up(void)
{
    struct buffer bytes = bytes_of_file(INDEX);

    bytes.size -= SHA1_SIZE;
    return bytes;
}

static void a_checksum_is_not_asked_for_as_git_does_not(void **state)
{
    struct buffer bytes;
    char *words, *whole;

    (void)state;
    start();
    whole = read_as(INDEX);
    bytes = opened_up();
    put_unsealed(OTHER, bytes.bytes, bytes.size);
    words = read_as(OTHER);
    assert_string_equal(whole, words);
    free(words);
    free(whole);
    buffer_release(&bytes);
}

/* One more extension, of this many bytes; git passes over such a name. */
static void extend(struct buffer *bytes, const char *name, size_t size)
{
    const char head[] = { name[0],
                          name[1],
                          name[2],
                          name[3],
                          (char)(size >> 24),
                          (char)(size >> 16),
                          (char)(size >> 8),
                          (char)size };

    buffer_append(bytes, head, sizeof(head));
    memset(buffer_extend(bytes, size), 'x', size);
}

static void an_unknown_extension_is_passed_over_if_git_passes_it(void **state)
{
    struct buffer bytes;
    char *words;

    (void)state;
    start();
    bytes = opened_up();
    extend(&bytes, "ABCD", 5);
    put_sealed(OTHER, bytes.bytes, bytes.size);
    words = read_as(OTHER);
    assert_non_null(words);
    free(words);
    extend(&bytes, "abcd", 0);
    put_sealed(OTHER, bytes.bytes, bytes.size);
    refused(OTHER, "one that must be known");
    buffer_release(&bytes);
}

/* Write a number of four bytes into an index. */
static void set_number(struct buffer *bytes, size_t at, unsigned long number)
{
    for (size_t i = 0; i < 4; i++)
        bytes->bytes[at + i] = (char)(number >> (24 - 8 * i));
}

static void numbers_that_do_not_fit_are_left_to_git(void **state)
{
    static const unsigned long numbers[] = { 0,          2,          4,
                                             0x10000,    0x7fffffff, 0x80000000,
                                             0xffffffec, 0xffffffff };

    (void)state;
    start();
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct buffer bytes = opened_up();
        char *tree = memmem(bytes.bytes, bytes.size, "TREE", 4);
        size_t at = (size_t)(tree - bytes.bytes) + 4;

        set_number(&bytes, 8, numbers[i]);
        put_sealed(OTHER, bytes.bytes, bytes.size);
        refused(OTHER, "the number of entries");
        set_number(&bytes, 8, 3);
        set_number(&bytes, at, numbers[i]);
        put_sealed(OTHER, bytes.bytes, bytes.size);
        refused(OTHER, "the size of an extension");
        set_number(&bytes, 4, numbers[i]);
        put_sealed(OTHER, bytes.bytes, bytes.size);
        refused(OTHER, "the version");
        buffer_release(&bytes);
    }
}

/* An index of no entries, with a TREE extension of these bytes. */
static void put_tree(const struct buffer *tree)
{
    static const char head[] = "DIRC\0\0\0\2\0\0\0\0TREE";
    struct buffer bytes = BUFFER_EMPTY;

    buffer_append(&bytes, head, sizeof(head) - 1);
    buffer_append(&bytes, "\0\0\0", 4);
    set_number(&bytes, 16, tree->size);
    buffer_append(&bytes, tree->bytes, tree->size);
    put_sealed(OTHER, bytes.bytes, bytes.size);
    buffer_release(&bytes);
}

static void
cached_trees_that_would_take_all_memory_are_left_to_git(void **state)
{
    static const char *const nodes[] = {
        "0 999999999\n",
        "-1 999999999\n",
        "-1 2147483647\n",
        "-1 -1\n",
        "-1 1\n",
        "-2 0\n",
        "0 0\n",
        "-1 0",
        " -1 0\n",
        "-1  0\n",
        "",
        "+1 0\n",
    };
    struct buffer tree = BUFFER_EMPTY;

    (void)state;
    for (size_t i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++) {
        buffer_clear(&tree);
        buffer_byte(&tree, '\0');
        buffer_string(&tree, nodes[i]);
        put_tree(&tree);
        refused(OTHER, nodes[i]);
    }
    buffer_release(&tree);
}

static void deeply_nested_cached_trees_are_left_to_git(void **state)
{
    struct buffer tree = BUFFER_EMPTY;
    char *words;

    (void)state;
    buffer_append(&tree, "\0-1 1\n", 6);
    buffer_append(&tree, "a\0-1 0\n", 7);
    put_tree(&tree);
    words = read_as(OTHER);
    assert_string_equal("", words);
    free(words);
    while (tree.size < (size_t)256 << 10) {
        tree.bytes[tree.size - 2] = '1';
        buffer_append(&tree, "a\0-1 0\n", 7);
    }
    put_tree(&tree);
    refused(OTHER, "many folders deep");
    buffer_release(&tree);
}

static void an_index_that_is_cut_is_read_right_or_left_to_git(void **state)
{
    static const char *const versions[] = { "2", "4" };

    (void)state;
    start();
    for (size_t i = 0; i < 2; i++) {
        struct buffer bytes, command = BUFFER_EMPTY;
        char *whole, *words;
        int read = 0;

        buffer_format(&command, "git update-index --index-version %s",
                      versions[i]);
        sh(command.bytes);
        bytes = opened_up();
        whole = read_as(INDEX);
        for (size_t size = 0; size <= bytes.size; size++) {
            put_sealed(OTHER, bytes.bytes, size);
            words = read_as(OTHER);
            if (words && strcmp(words, whole) != 0)
                fail_msg("cut at %zu: taken for\n%s", size, words);
            read += words != NULL;
            free(words);
        }
        /* Whole, and without the extension at its end. */
        assert_int_equal(2, read);
        free(whole);
        buffer_release(&bytes);
        buffer_release(&command);
    }
}

/* The paths that git sees in the same file. */
static char *paths_by_git(void)
{
    struct buffer words = BUFFER_EMPTY;
    FILE *pipe = popen("GIT_INDEX_FILE=" OTHER " git ls-files -s 2>/dev/null |"
                       "sed -E 's/^(\\S+ \\S+) ([0-9])\t/\\2\\1 /;"
                       "s/^0/=/; s/^[1-9]/!/; s/^=//'",
                       "r");
    int byte;

    assert_non_null(pipe);
    buffer_string(&words, "");
    while ((byte = fgetc(pipe)) != EOF)
        buffer_byte(&words, (char)byte);
    pclose(pipe);
    return buffer_detach(&words);
}

static void whatever_byte_is_changed_git_reads_the_same(void **state)
{
    struct buffer bytes;
    unsigned read = 0;

    (void)state;
    start();
    sh("git config core.quotePath false; echo 4 > wanted; git add -N wanted;"
       "git rm -q --cached wanted; git update-index --index-version 4");
    bytes = opened_up();
    for (size_t at = 0; at < bytes.size; at++) {
        char *ours, *gits;

        bytes.bytes[at] ^= (char)(1 + at % 127);
        put_sealed(OTHER, bytes.bytes, bytes.size);
        ours = read_as(OTHER);
        if (ours && !strpbrk(ours, "\"\\\t")) {
            gits = paths_by_git();
            if (strcmp(ours, gits) != 0)
                fail_msg("byte %zu: we\n%sgit\n%s", at, ours, gits);
            free(gits);
            read++;
        }
        free(ours);
        bytes.bytes[at] ^= (char)(1 + at % 127);
    }
    assert_true(read > 20);
    buffer_release(&bytes);
}

static void a_name_that_does_not_end_is_left_to_git(void **state)
{
    struct buffer bytes;

    (void)state;
    sh("echo 1 > a; echo 2 > b; git add .");
    bytes = opened_up();
    bytes.bytes[12 + 63] = 'a';
    put_sealed(OTHER, bytes.bytes, bytes.size);
    refused(OTHER, "longer than it says");
    memset(bytes.bytes + 12 + 63, 'a', 9);
    put_sealed(OTHER, bytes.bytes, bytes.size);
    refused(OTHER, "into the next entry");
    memset(bytes.bytes + 12 + 60, 0xff, bytes.size - 12 - 60);
    put_sealed(OTHER, bytes.bytes, bytes.size);
    refused(OTHER, "to the end");
    buffer_release(&bytes);
}

static void noise_is_left_to_git(void **state)
{
    unsigned long seed = 7;
    struct buffer bytes = BUFFER_EMPTY;

    (void)state;
    for (unsigned round = 0; round < 2000; round++) {
        unsigned version = 2 + round % 3;

        buffer_clear(&bytes);
        buffer_append(&bytes, "DIRC\0\0\0", 8);
        bytes.bytes[7] = (char)version;
        buffer_append(&bytes, "\0\0\0\2", 4);
        for (unsigned i = round % 500; i; i--) {
            seed = seed * 6364136223846793005ul + 1442695040888963407ul;
            buffer_byte(&bytes, (char)(seed >> 40));
        }
        put_sealed(OTHER, bytes.bytes, bytes.size);
        refused(OTHER, "noise");
    }
    buffer_release(&bytes);
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(entries_have_mode_id_path_and_stage),
        IN_REPOSITORY(an_intended_addition_is_not_there),
        IN_REPOSITORY(what_is_no_index_is_left_to_git),
        IN_REPOSITORY(an_index_of_a_split_or_sparse_kind_says_so),
        IN_REPOSITORY(a_checksum_is_not_asked_for_as_git_does_not),
        IN_REPOSITORY(an_unknown_extension_is_passed_over_if_git_passes_it),
        IN_REPOSITORY(numbers_that_do_not_fit_are_left_to_git),
        IN_REPOSITORY(cached_trees_that_would_take_all_memory_are_left_to_git),
        IN_REPOSITORY(deeply_nested_cached_trees_are_left_to_git),
        IN_REPOSITORY(an_index_that_is_cut_is_read_right_or_left_to_git),
        IN_REPOSITORY(whatever_byte_is_changed_git_reads_the_same),
        IN_REPOSITORY(a_name_that_does_not_end_is_left_to_git),
        IN_REPOSITORY(noise_is_left_to_git),
    };

    return cmocka_run_group_tests_name("hooks/git/index", tests, NULL, NULL);
}
