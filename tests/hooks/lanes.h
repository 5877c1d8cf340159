/*
 * What is staged, by three readers: ours, libgit2 and git.
 */
#ifndef TMPGUARD_TESTS_HOOKS_LANES_H
#define TMPGUARD_TESTS_HOOKS_LANES_H

#include "tests/hooks/indexed.h"

#include "hooks/git/gitpipe.h"
#include "hooks/git/index_diff.h"
#include "hooks/git/libgit2.h"

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

/* What git says. */
static inline char *described_by_git(struct sandbox *sandbox)
{
    struct object_id head, tree;
    struct buffer out = BUFFER_EMPTY;
    struct diff diff = DIFF_EMPTY;
    struct error err = { .message = "no" };
    char hex[OBJECT_HEX_MAX], *words = NULL;
    struct text rest;
    struct repo *repo = opened(sandbox);

    if (repo_head(&head, &tree, repo, &err) != 1)
        object_id_of(&tree, OBJECT_TREE, TEXT_EMPTY, repo_id_size(repo));
    object_id_format(&tree, hex);
    if (gitpipe_run(&out,
                    (const char *const[]){ "diff-index", "--cached", "--raw",
                                           "-z", "--no-abbrev", "--no-renames",
                                           "--ita-invisible-in-index", hex,
                                           "--", NULL },
                    TEXT_EMPTY, &err) == 0) {
        rest = buffer_view(&out);
        assert_int_equal(0, diff_parse(&diff, &rest, &err));
        assert_int_equal(0, rest.size);
        words = described(&diff);
    }
    diff_release(&diff);
    buffer_release(&out);
    return words;
}

/* What we say; NULL if it is left to git, or an error. */
static inline char *described_by_us(struct sandbox *sandbox)
{
    struct repo *repo = opened(sandbox);
    struct object_id head, tree;
    struct index index;
    struct diff diff = DIFF_EMPTY;
    struct error err;
    char *words = NULL;

    if (index_read(&index, repo_index_path(repo), repo_id_size(repo)) &&
        repo_head(&head, &tree, repo, &err) >= 0 &&
        index_diff(&diff, &index, repo, &tree, &err) == 1)
        words = described(&diff);
    diff_release(&diff);
    index_release(&index);
    return words;
}

/* What libgit2 says; NULL if it cannot read the repository. */
static inline char *described_by_libgit2(struct sandbox *sandbox)
{
    struct repo *repo = opened(sandbox);
    struct object_id head, tree;
    struct diff diff = DIFF_EMPTY;
    struct error err;
    char *words = NULL;

    if (repo_head(&head, &tree, repo, &err) != 1)
        tree.size = 0;
    if (libgit2_diff(&diff, repo, &tree))
        words = described(&diff);
    diff_release(&diff);
    return words;
}

/* All readers say the same, in `lines` lines; -1: in any number. */
static inline void agree(struct sandbox *sandbox, int lines, const char *what)
{
    char *ours = described_by_us(sandbox);
    char *gits = described_by_git(sandbox);
    char *others = described_by_libgit2(sandbox);
    int found = 0;

    if (!ours)
        fail_msg("%s: left to git", what);
    if (!gits || strcmp(ours, gits) != 0)
        fail_msg("%s: we say\n%sgit\n%s", what, ours, gits);
    if (others && strcmp(others, gits) != 0)
        fail_msg("%s: libgit2 says\n%sgit\n%s", what, others, gits);
    for (const char *at = gits; *at; at++)
        found += *at == '\n';
    if (lines >= 0 && found != lines)
        fail_msg("%s: %d lines\n%s", what, found, gits);
    free(ours);
    free(gits);
    free(others);
}

#endif
