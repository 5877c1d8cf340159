#include "hooks/history_range.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "hooks/refs.h"
#include "hooks/repo.h"

struct asked {
    struct history_commits *commits;
    uint32_t *tips; /* in the order in which they were named */
    size_t tips_count, tips_room;
};

static int resolve(uint32_t *number, struct asked *asked, struct text revision,
                   struct error *err)
{
    char *name = revision.size ? memory_copy(revision.bytes, revision.size)
                               : memory_copy("HEAD", strlen("HEAD"));
    struct object_id id;
    int found = 0;

    /* It must not be taken for an option of git. */
    if (name[0] != '-')
        found = repo_resolve(&id, asked->commits->repo, name, err);
    if (found == 0)
        error_set(err, ERROR_USAGE, "%s: no such revision", name);
    if (found == 1)
        *number = commits_add(asked->commits, &id);
    free(name);
    return found == 1 ? 0 : -1;
}

static void add_tip(struct asked *asked, uint32_t commit)
{
    *ARRAY_PUSH(asked->tips) = commit;
}

static void hide(struct asked *asked, uint32_t commit)
{
    commits_mark(asked->commits, commit, COMMIT_HIDDEN, 0);
}

/* Where `dots` (".." or "...") stands, or the size of the text. */
static size_t find_dots(struct text text)
{
    size_t at = text_find(text, '.', 0);

    while (at + 1 < text.size && text.bytes[at + 1] != '.')
        at = text_find(text, '.', at + 1);
    return at + 1 < text.size ? at : text.size;
}

/* What both sides of A...B reach is hidden. */
static void hide_common(struct asked *asked, uint32_t left, uint32_t right)
{
    struct history_commits *commits = asked->commits;

    commits_mark(commits, left, COMMIT_LEFT, COMMIT_LEFT);
    commits_mark(commits, right, COMMIT_RIGHT, COMMIT_RIGHT);
    for (size_t i = 0; i < commits->commits_count; i++) {
        uint32_t *flags = &commits->commits[i].flags;

        if (*flags & COMMIT_LEFT && *flags & COMMIT_RIGHT)
            *flags |= COMMIT_HIDDEN;
        *flags &= ~(uint32_t)(COMMIT_LEFT | COMMIT_RIGHT);
    }
}

static int add_revision(struct asked *asked, const char *revision,
                        struct error *err)
{
    struct text text = text_of(revision), right;
    size_t dots = find_dots(text);
    bool both =
        text_starts_with(text_slice(text, dots, text.size), TEXT("..."));
    uint32_t one, two;

    if (text_starts_with(text, TEXT("^"))) {
        if (resolve(&one, asked, text_slice(text, 1, text.size), err) < 0)
            return -1;
        hide(asked, one);
        return 0;
    }
    if (resolve(&one, asked, text_slice(text, 0, dots), err) < 0)
        return -1;
    if (dots == text.size) {
        add_tip(asked, one);
        return 0;
    }
    right = text_slice(text, dots + (both ? 3 : 2), text.size);
    if (resolve(&two, asked, right, err) < 0)
        return -1;
    add_tip(asked, two);
    if (both) {
        add_tip(asked, one);
        hide_common(asked, one, two);
    } else {
        hide(asked, one);
    }
    return 0;
}

static int add_ref(const char *name, const struct object_id *commit,
                   void *payload)
{
    struct asked *asked = payload;
    uint32_t number = commits_add(asked->commits, commit);

    add_tip(asked, number);
    if (strcmp(name, "HEAD") == 0) {
        asked->tips[asked->tips_count - 1] = asked->tips[0];
        asked->tips[0] = number;
    }
    return 0;
}

static bool is_known(const struct object_id *id, void *payload)
{
    const struct asked *asked = payload;

    return commits_know(asked->commits, id);
}

static void walk_tips(struct asked *asked)
{
    struct history_commits *commits = asked->commits;

    for (size_t i = 0; i < asked->tips_count; i++) {
        commits_mark(commits, asked->tips[i], COMMIT_WANTED, COMMIT_HIDDEN);
        commits->commits[asked->tips[i]].flags |= COMMIT_TIP;
    }
    if (asked->tips_count)
        commits_mark(commits, asked->tips[0], COMMIT_MAIN, COMMIT_HIDDEN);
}

int range_mark(struct history_commits *commits,
               const struct history_options *options, struct error *err)
{
    struct asked asked = { .commits = commits };
    int result = 0;

    for (size_t i = 0; i < options->revisions_count && result == 0; i++)
        result = add_revision(&asked, options->revisions[i], err);
    if (result == 0 && asked.tips_count == 0)
        result = refs_each(commits->repo, is_known, add_ref, &asked, err);
    if (result == 0)
        walk_tips(&asked);
    free(asked.tips);
    return result;
}

void range_deepen(struct history_commits *commits)
{
    size_t count = commits->commits_count;

    commits->deep = true;
    for (uint32_t i = 0; i < count; i++) {
        size_t parents_count;
        uint32_t flags = commits->commits[i].flags;

        if (!(flags & COMMIT_WANTED) || !(flags & COMMIT_HIDDEN))
            continue;
        commits_parents(commits, i, &parents_count);
        for (size_t p = 0; p < parents_count; p++) {
            const uint32_t *parents =
                commits_parents(commits, i, &parents_count);

            commits_mark(commits, parents[p], COMMIT_WANTED, 0);
        }
    }
}
