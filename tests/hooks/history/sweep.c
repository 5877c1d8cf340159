/*
 * What one pass over all objects finds is what reading them one by one finds,
 * whatever git did to pack them.
 */
#include "tests/hooks/past.h"

#include "hooks/history/history_reduce.h"
#include "hooks/history/sweep.h"

/* Trees of a repository, reduced with a sweep or without. */
struct side {
    struct report report;
    struct analyser analyser;
    struct history_blobs blobs;
    struct history_trees trees;
    struct sweep *sweep;
};

static void begin(struct side *side, bool swept)
{
    const struct history_options options = { .threads = 2 };
    struct error err;

    *side = (struct side){ .report = REPORT_EMPTY };
    side->analyser.stats = &side->report.stats;
    assert_int_equal(1, repo_open(&side->blobs.repo, &err));
    side->blobs.analyser = &side->analyser;
    side->blobs.report = &side->report;
    if (swept)
        side->sweep = sweep_open(side->blobs.repo, &options, &side->report);
    trees_begin(&side->trees, &side->blobs);
    if (side->sweep)
        trees_use_sweep(&side->trees, side->sweep);
}

static void end(struct side *side)
{
    struct repo *repo = side->blobs.repo;

    trees_release(&side->trees);
    blobs_release(&side->blobs);
    sweep_close(side->sweep);
    analyser_release(&side->analyser);
    report_release(&side->report);
    repo_close(repo);
}

/* The files of a tree and their blobs, and what is incomplete so far. */
static char *list(struct side *side, const struct object_id *tree)
{
    uint32_t number =
        intern_add(&side->trees.ids,
                   (struct text){ (const char *)tree->bytes, tree->size });
    struct tree_files files = { .files = NULL };
    struct buffer lines = BUFFER_EMPTY;
    char hex[OBJECT_HEX_MAX];

    trees_flatten(&side->trees, reduce_tree(&side->trees, number), &files);
    for (size_t i = 0; i < files.files_count; i++) {
        const struct tree_file *file = &files.files[i];
        struct object_id id = { .size = 20 };

        if (file->blob != TREES_UNKNOWN)
            id = blobs_id(&side->blobs, file->blob);
        buffer_text(&lines, intern_text(&side->trees.paths, file->path));
        buffer_format(&lines, " %s\n", object_id_format(&id, hex));
    }
    buffer_format(&lines, "%zu incomplete\n", side->report.incomplete_count);
    free(files.files);
    return buffer_detach(&lines);
}

/* The ids of all commits' trees, newest first. */
static struct object_id *all_trees(size_t *count)
{
    FILE *lines;
    struct object_id *ids = NULL;
    size_t room = 0;
    char line[OBJECT_HEX_MAX + 1];

    sh("test -f .git/trees || git log --all --format=%T >.git/trees");
    lines = fopen(".git/trees", "r");
    assert_non_null(lines);
    for (*count = 0; fgets(line, sizeof(line), lines); (*count)++) {
        if (*count == room)
            ids = memory_grow(ids, &room, sizeof(*ids));
        line[strcspn(line, "\n")] = '\0';
        assert_int_equal(0, object_id_parse(&ids[*count], text_of(line)));
    }
    fclose(lines);
    return ids;
}

static void expect_equal(void)
{
    struct side swept, read;
    size_t count, incomplete;
    struct object_id *trees = all_trees(&count);

    begin(&swept, true);
    begin(&read, false);
    assert_non_null(swept.sweep);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        char *one = list(&swept, &trees[i]), *two = list(&read, &trees[i]);

        if (strcmp(one, two) != 0)
            fail_msg("tree %zu: swept:\n%sread:\n%s", i, one, two);
        free(one);
        free(two);
    }
    incomplete = read.report.incomplete_count;
    for (size_t i = 0; i < incomplete; i++)
        assert_string_equal(read.report.incomplete[i].path,
                            swept.report.incomplete[i].path);
    end(&swept);
    end(&read);
    free(trees);
}

static void loose_objects_are_swept(void **state)
{
    (void)state;
    make(BUSY);
    expect_equal();
}

static void packed_objects_are_swept(void **state)
{
    (void)state;
    make(BUSY "git repack -q -a -d -f --depth=4095 --window=500");
    expect_equal();
}

static void differences_from_objects_by_their_id_are_swept(void **state)
{
    (void)state;
    make(BUSY "git -c repack.useDeltaBaseOffset=false repack -q -a -d -f "
              "--window=500");
    expect_equal();
}

static void several_packs_and_loose_objects_are_swept(void **state)
{
    (void)state;
    make(BUSY "git repack -q; pad >a/n.py; call >a/m.py; c more; git repack -q;"
              "git repack -q -a; call >a/o.py; c most");
    expect_equal();
}

static void objects_of_another_repository_are_swept(void **state)
{
    (void)state;
    make(BUSY "git repack -q -a -d; git clone -q -s . other; mv .git other.git;"
              "mv other/.git .; git config --unset remote.origin.url;"
              "echo \"$PWD/other.git/objects\" >.git/objects/info/alternates;"
              "call >a/o.py; git add a/o.py; git commit -qm most");
    expect_equal();
}

static void with_sha256_it_is_the_same(void **state)
{
    (void)state;
    make("rm -rf .git; git init -q --object-format=sha256 -b main; " BUSY
         "git repack -q -a -d -f --window=500");
    expect_equal();
}

static void what_is_missing_is_incomplete_all_the_same(void **state)
{
    (void)state;
    make(BUSY "lose() { rm -f .git/objects/$(git rev-parse $1 | "
              "sed 's|^..|&/|'); }; lose main:a/q4.py; lose main:a/b");
    expect_equal();
}

/* A byte in the middle of each of many objects. */
static void what_is_damaged_is_incomplete_all_the_same(void **state)
{
    (void)state;
    make(BUSY
         "git log --all --format=%T >.git/trees;"
         "git rev-list --objects --all main~3 | cut -c1-40 >list;"
         "sed -n '5~9p' list | while read o; do f=.git/objects/$(echo $o | sed "
         "'s|^..|&/|'); test ! -f $f || { chmod +w $f; printf xyz | dd "
         "of=$f bs=1 seek=20 conv=notrunc status=none; }; done; "
         "git for-each-ref >/dev/null");
    expect_equal();
}

static void commits_and_ids_are_known_by_number(void **state)
{
    struct side side;
    struct object_id id, back;
    struct commit_log_record record;
    uint32_t number;

    (void)state;
    make("call >a.py; c one; c two");
    begin(&side, true);
    id = id_of("HEAD");
    number = sweep_find(side.sweep, &id);
    assert_true(commit_log_get(&side.sweep->commits, number, &record));
    assert_int_equal(1, record.parents_count);
    id = id_of("HEAD~1");
    assert_memory_equal(id.bytes, record.parents, id.size);
    back = sweep_id(side.sweep, sweep_find(side.sweep, &id));
    assert_int_equal(0, object_id_compare(&id, &back));
    id.bytes[0] ^= 1;
    assert_int_equal(SWEEP_NONE, sweep_find(side.sweep, &id));
    assert_int_equal(1, side.report.stats.python_files);
    end(&side);
}

static void a_repository_without_objects_is_swept(void **state)
{
    struct side side;

    (void)state;
    make("true");
    begin(&side, true);
    assert_non_null(side.sweep);
    end(&side);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(loose_objects_are_swept),
        in_repository(packed_objects_are_swept),
        in_repository(differences_from_objects_by_their_id_are_swept),
        in_repository(several_packs_and_loose_objects_are_swept),
        in_repository(objects_of_another_repository_are_swept),
        in_repository(with_sha256_it_is_the_same),
        in_repository(what_is_missing_is_incomplete_all_the_same),
        in_repository(what_is_damaged_is_incomplete_all_the_same),
        in_repository(commits_and_ids_are_known_by_number),
        in_repository(a_repository_without_objects_is_swept),
    };

    return cmocka_run_group_tests_name("hooks/history/sweep", tests, NULL,
                                       NULL);
}
