/*
 * What is staged, by both lanes: libgit2's and git's.
 */
#ifndef TMPGUARD_TESTS_HOOKS_LANES_H
#define TMPGUARD_TESTS_HOOKS_LANES_H

#include "tests/hooks/indexed.h"

#include "hooks/index_diff.h"
#include "hooks/staged.h"

#define OTHER ".git/other"

static inline char *described(const struct diff *diff)
{
    struct buffer out = BUFFER_EMPTY;

    buffer_string(&out, "");
    for (size_t i = 0; i < diff->entries_count; i++) {
        const struct diff_entry *entry = &diff->entries[i];
        char before[OBJECT_HEX_MAX], after[OBJECT_HEX_MAX];

        assert_null(entry->source);
        buffer_format(&out, "%06o %06o %s %s%s %s\n", entry->before.mode,
                      entry->after.mode,
                      object_id_format(&entry->before.id, before),
                      object_id_format(&entry->after.id, after),
                      entry->unmerged ? " U" : "", entry->path);
    }
    return buffer_detach(&out);
}

/* What git says of the same entries: it reads an index without a checksum. */
static inline char *described_by_git(struct sandbox *sandbox)
{
    struct buffer bytes = bytes_of_file(INDEX);
    struct change change;
    struct index index;
    struct error err;
    char *words;

    put_unsealed(OTHER, bytes.bytes, bytes.size - SHA1_SIZE);
    buffer_release(&bytes);
    assert_false(index_read(&index, OTHER));
    setenv("GIT_INDEX_FILE", OTHER, 1);
    if (staged_read(&change, opened(sandbox), &err) < 0)
        fail_msg("%s", err.message);
    unsetenv("GIT_INDEX_FILE");
    words = described(&change.parents[0].diff);
    change_release(&change);
    return words;
}

/* What libgit2's lane says; NULL if it leaves it to git. */
static inline char *described_by_libgit2(struct sandbox *sandbox)
{
    struct repo *repo = opened(sandbox);
    struct object_id head, tree;
    struct index index;
    struct diff diff = DIFF_EMPTY;
    struct error err;
    char *words = NULL;

    if (index_read(&index, repo_index_path(repo)) &&
        repo_head(&head, &tree, repo, &err) >= 0 &&
        index_diff(&diff, &index, repo, &tree))
        words = described(&diff);
    diff_release(&diff);
    index_release(&index);
    return words;
}

/* Both lanes say the same, in `lines` lines. */
static inline void agree(struct sandbox *sandbox, int lines, const char *what)
{
    char *ours = described_by_libgit2(sandbox);
    char *gits = described_by_git(sandbox);
    int found = 0;

    if (!ours)
        fail_msg("%s: left to git", what);
    if (strcmp(ours, gits) != 0)
        fail_msg("%s: libgit2\n%sgit\n%s", what, ours, gits);
    for (const char *at = gits; *at; at++)
        found += *at == '\n';
    if (lines >= 0 && found != lines)
        fail_msg("%s: %d lines\n%s", what, found, gits);
    free(ours);
    free(gits);
}

#endif
