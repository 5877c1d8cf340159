#include "hooks/history/history_range.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/text.h"
#include "hooks/git/refs.h"
#include "hooks/git/repo.h"
#include "hooks/git/when.h"
#include "hooks/history/history_refs.h"

struct asked {
    struct history_commits *commits;
    const struct history_options *options;
    uint32_t *tips; /* in the order in which they were named */
    size_t tips_count, tips_room;
    uint32_t *logged; /* by reflogs */
    size_t logged_count, logged_room;
    bool *matched; /* of each of options->refs: there was one */
    uint32_t main; /* HEAD where refs are asked for, or COMMIT_NONE */
    const struct history_refs *refs; /* that are visited */
    size_t refs_count;
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
        error_set(err, ERROR_USAGE,
                  "%s: no such revision; paths stand behind '--'", name);
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

    commits_mark(commits, left, COMMIT_LEFT, 0);
    commits_mark(commits, right, COMMIT_RIGHT, 0);
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
    uint32_t number = COMMIT_NONE;

    if (strcmp(name, "HEAD") == 0)
        asked->main = commits_add(asked->commits, commit);
    for (size_t i = 0; i < asked->refs_count; i++) {
        if (!history_refs_match(&asked->refs[i], name))
            continue;
        asked->matched[i] = true;
        number = commits_add(asked->commits, commit);
    }
    if (number != COMMIT_NONE)
        add_tip(asked, number);
    return 0;
}

static bool is_known(const struct object_id *id, void *payload)
{
    const struct asked *asked = payload;

    return commits_know(asked->commits, id);
}

/* Add the refs of these kinds; a pattern must match something. */
static int add_refs(struct asked *asked, const struct history_refs *refs,
                    size_t count, struct error *err)
{
    int result;

    asked->refs = refs;
    asked->refs_count = count;
    asked->matched = memory_new(count, sizeof(*asked->matched));
    result = refs_each(asked->commits->repo, is_known, add_ref, asked, err);
    for (size_t i = 0; i < count && result == 0; i++)
        if (refs[i].pattern && !asked->matched[i])
            result = history_refs_none(&refs[i], err);
    free(asked->matched);
    return result;
}

static void add_logged(const struct object_id *commit, void *payload)
{
    struct asked *asked = payload;

    *ARRAY_PUSH(asked->logged) = commits_add(asked->commits, commit);
}

static bool has_reflogs(const struct history_options *options)
{
    for (size_t i = 0; i < options->refs_count; i++)
        if (options->refs[i].kind == HISTORY_REFLOG)
            return true;
    return false;
}

static int add_all(struct asked *asked, struct report *report,
                   struct error *err)
{
    static const struct history_refs all = { .kind = HISTORY_ALL };
    const struct history_options *options = asked->options;

    for (size_t i = 0; i < options->revisions_count; i++)
        if (add_revision(asked, options->revisions[i], err) < 0)
            return -1;
    if (options->refs_count &&
        add_refs(asked, options->refs, options->refs_count, err) < 0)
        return -1;
    if (has_reflogs(options))
        return history_refs_each_logged(add_logged, asked, report, err);
    if (asked->tips_count == 0 && options->refs_count == 0)
        return add_refs(asked, &all, 1, err);
    return 0;
}

/* What is wanted between these two for the first time gets the flag. */
static void begin_wanting(struct history_commits *commits)
{
    for (size_t i = 0; i < commits->commits_count; i++)
        if (commits->commits[i].flags & COMMIT_WANTED)
            commits->commits[i].flags |= COMMIT_LEFT;
}

static void end_wanting(struct history_commits *commits, uint32_t flag)
{
    for (size_t i = 0; i < commits->commits_count; i++) {
        uint32_t *flags = &commits->commits[i].flags;

        if (*flags & COMMIT_WANTED && !(*flags & COMMIT_LEFT))
            *flags |= flag;
        *flags &= ~(uint32_t)COMMIT_LEFT;
    }
}

static void walk_logged(struct asked *asked)
{
    struct history_commits *commits = asked->commits;

    for (size_t i = 0; i < asked->logged_count; i++) {
        commits_mark(commits, asked->logged[i], COMMIT_WANTED, COMMIT_HIDDEN);
        commits->commits[asked->logged[i]].flags |= COMMIT_LOGGED;
    }
}

static void walk_tips(struct asked *asked)
{
    struct history_commits *commits = asked->commits;

    for (size_t i = 0; i < asked->tips_count; i++) {
        commits_mark(commits, asked->tips[i], COMMIT_WANTED, COMMIT_HIDDEN);
        commits->commits[asked->tips[i]].flags |= COMMIT_TIP;
    }
}

/* Where nothing but reflogs was asked for, refs tell what is live. */
static int walk(struct asked *asked, struct error *err)
{
    static const struct history_refs all = { .kind = HISTORY_ALL };
    bool beside = asked->logged_count && !asked->tips_count;

    walk_logged(asked);
    if (beside && add_refs(asked, &all, 1, err) < 0)
        return -1;
    if (beside)
        begin_wanting(asked->commits);
    walk_tips(asked);
    if (beside)
        end_wanting(asked->commits, COMMIT_BESIDE);
    if (asked->main == COMMIT_NONE && asked->tips_count)
        asked->main = asked->tips[0];
    if (asked->main != COMMIT_NONE)
        commits_mark(asked->commits, asked->main, COMMIT_MAIN, COMMIT_HIDDEN);
    return 0;
}

static void set_newer_aside(struct history_commits *commits, int64_t until)
{
    for (size_t i = 0; i < commits->commits_count; i++)
        if (commits->commits[i].flags & COMMIT_WANTED &&
            commits->commits[i].committed > until)
            commits->commits[i].flags |= COMMIT_BESIDE;
}

int range_mark(struct history_commits *commits,
               const struct history_options *options, struct report *report,
               struct error *err)
{
    struct asked asked = { .commits = commits,
                           .options = options,
                           .main = COMMIT_NONE };
    int64_t until = 0;
    int result = 0;

    commits->first_parent = options->first_parent;
    if (options->since)
        result = when_parse(&commits->since, options->since, err);
    if (options->until && result == 0)
        result = when_parse(&until, options->until, err);
    if (result == 0)
        result = add_all(&asked, report, err);
    if (result == 0)
        result = walk(&asked, err);
    if (options->until && result == 0)
        set_newer_aside(commits, until);
    free(asked.tips);
    free(asked.logged);
    return result;
}

bool range_is_whole(const struct history_options *options)
{
    for (size_t i = 0; i < options->refs_count; i++)
        if (options->refs[i].kind != HISTORY_ALL)
            return false;
    return options->revisions_count == 0 && options->paths_count == 0 &&
           !options->since && !options->until && !options->first_parent;
}

void range_deepen(struct history_commits *commits)
{
    size_t count = commits->commits_count;

    commits->deep = true;
    begin_wanting(commits);
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
    /* By a clock that was wrong they may be newer. */
    end_wanting(commits, COMMIT_HIDDEN);
}
