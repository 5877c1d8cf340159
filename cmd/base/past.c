#include "cmd/base/past.h"

#include <stdlib.h>

#include "core/base/memory.h"

static void add(struct past *past, enum history_kind kind, const char *pattern)
{
    struct history_refs *refs = ARRAY_PUSH(past->refs);

    refs->kind = kind;
    refs->pattern = pattern;
}

static void add_patterns(struct past *past, enum history_kind kind,
                         const struct strings *patterns)
{
    for (size_t i = 0; i < patterns->items_count; i++)
        add(past, kind, patterns->items[i][0] ? patterns->items[i] : NULL);
}

/* As with git: revisions stand before "--", paths behind it. */
static void split_arguments(struct history_options *history,
                            const struct options *options)
{
    const struct strings *arguments = &options->arguments;
    size_t count = arguments->items_count;

    if (options->dashes_at < count)
        count = options->dashes_at;
    history->revisions = arguments->items;
    history->revisions_count = count;
    history->paths = arguments->items ? arguments->items + count : NULL;
    history->paths_count = arguments->items_count - count;
}

/* As history.h has it: "^A" alone, or a reflog, chooses none to be live. */
static enum report_past kind_of(const struct past *past)
{
    const struct history_options *history = &past->history;
    bool some = history->revisions_count || history->paths_count ||
                history->since || history->until || history->first_parent;
    enum report_past kind = some ? PAST_OF_SOME : PAST_OF_ALL;

    for (size_t i = 0; i < history->revisions_count; i++)
        if (history->revisions[i][0] != '^')
            return PAST_OF_CHOSEN;
    for (size_t i = 0; i < past->refs_count; i++) {
        if (past->refs[i].kind == HISTORY_REFLOG)
            kind = PAST_OF_SOME;
        else if (past->refs[i].kind != HISTORY_ALL)
            return PAST_OF_CHOSEN;
    }
    return kind;
}

void past_read(struct past *past, const struct options *options)
{
    *past = (struct past){ .history = {
                               .since = options->since,
                               .until = options->until,
                               .first_parent = options->first_parent,
                               .across_files = options->across_files,
                               .codeql_compat = options->codeql_compat,
                               .threads = options->jobs,
                           } };
    split_arguments(&past->history, options);
    if (options->all_refs)
        add(past, HISTORY_ALL, NULL);
    add_patterns(past, HISTORY_BRANCHES, &options->branches);
    add_patterns(past, HISTORY_TAGS, &options->tags);
    add_patterns(past, HISTORY_REMOTES, &options->remotes);
    if (options->reflog)
        add(past, HISTORY_REFLOG, NULL);
    past->history.refs = past->refs;
    past->history.refs_count = past->refs_count;
    past->kind = kind_of(past);
}

void past_release(struct past *past)
{
    free(past->refs);
    *past = (struct past){ .refs = NULL };
}
