#include "cmd/render/coverage_render.h"

#include <string.h>

#include "cmd/base/date.h"
#include "cmd/terminal/json.h"
#include "cmd/terminal/terminal.h"

#define SHORT_ID 12
#define DAY_SIZE 10

/* ---- text ---------------------------------------------------------------- */

static void commit_line(struct buffer *out,
                        const struct coverage_commit *commit)
{
    buffer_format(out, "%.*s %.*s ", SHORT_ID, commit->id, DAY_SIZE,
                  commit->date);
    terminal_escape(out, text_of(commit->name));
    buffer_string(out, ": ");
    terminal_escape(out, text_of(commit->subject));
    buffer_string(out, strchr(commit->parents, ' ') ? " (merge)\n" : "\n");
}

static void author_line(struct buffer *out,
                        const struct coverage_author *author)
{
    buffer_format(out, "%8zu of %8zu  ", author->commits - author->approved,
                  author->commits);
    terminal_escape(out, text_of(author->name));
    buffer_string(out, " <");
    terminal_escape(out, text_of(author->email));
    buffer_string(out, ">\n");
}

static void older_ones(struct buffer *out, const struct coverage_view *view)
{
    char date[DATE_SIZE];
    size_t older = view->coverage->older;

    if (!view->approvals->trees_count)
        buffer_string(out, "no hook has recorded anything here yet: 'tmpguard "
                           "doctor' tells whether they fire\n");
    if (!older)
        return;
    date_format(date, view->approvals->since, 0);
    buffer_format(out,
                  "%zu of those %s older than the first record (%.*s)%s; "
                  "'--since %.*s' leaves %s out\n",
                  older, older == 1 ? "is" : "are", DAY_SIZE, date,
                  view->options->verbose ? "" : " and not listed", DAY_SIZE,
                  date, older == 1 ? "it" : "them");
}

static void summary(struct buffer *out, const struct coverage_view *view)
{
    const struct coverage *coverage = view->coverage;
    size_t missing = coverage->commits_count - coverage->approved;

    if (missing)
        buffer_string(out, coverage->older < missing || view->options->verbose
                               ? "\nnever checked, by author:\n"
                               : "never checked, by author:\n");
    for (size_t i = 0; i < coverage->authors_count; i++)
        if (coverage->authors[i].approved < coverage->authors[i].commits)
            author_line(out, &coverage->authors[i]);
    buffer_format(out,
                  "%s%zu commit%s, %zu with a tree that the hooks let "
                  "pass, %zu without\n",
                  missing ? "\n" : "", coverage->commits_count,
                  coverage->commits_count == 1 ? "" : "s", coverage->approved,
                  missing);
    if (missing)
        older_ones(out, view);
}

static void as_text(struct buffer *out, const struct coverage_view *view)
{
    const struct coverage *coverage = view->coverage;

    for (size_t i = 0; i < coverage->commits_count; i++)
        if (!coverage->commits[i].approved &&
            (!coverage->commits[i].older || view->options->verbose))
            commit_line(out, &coverage->commits[i]);
    if (!view->options->quiet)
        summary(out, view);
}

/* ---- JSON ---------------------------------------------------------------- */

static void member(struct buffer *out, const char *key, const char *value)
{
    buffer_format(out, ", \"%s\": ", key);
    json_string(out, text_of(value));
}

static void commit_object(struct buffer *out,
                          const struct coverage_commit *commit)
{
    buffer_format(out,
                  "    { \"commit\": \"%s\", \"tree\": \"%s\", "
                  "\"merge\": %s, \"older\": %s",
                  commit->id, commit->tree,
                  strchr(commit->parents, ' ') ? "true" : "false",
                  commit->older ? "true" : "false");
    member(out, "author", commit->name);
    member(out, "email", commit->email);
    member(out, "date", commit->date);
    member(out, "subject", commit->subject);
    buffer_string(out, " }");
}

static void author_object(struct buffer *out,
                          const struct coverage_author *author)
{
    buffer_format(out, "    { \"commits\": %zu, \"approved\": %zu",
                  author->commits, author->approved);
    member(out, "author", author->name);
    member(out, "email", author->email);
    buffer_string(out, " }");
}

static void as_json(struct buffer *out, const struct coverage *coverage)
{
    size_t shown = 0;

    buffer_format(out,
                  "{\n  \"version\": 1,\n  \"tool\": { \"name\": \"tmpguard\", "
                  "\"version\": \"" TMPGUARD_VERSION "\" },\n"
                  "  \"commits\": %zu,\n  \"approved\": %zu,\n"
                  "  \"unapproved\": [",
                  coverage->commits_count, coverage->approved);
    for (size_t i = 0; i < coverage->commits_count; i++)
        if (!coverage->commits[i].approved) {
            buffer_string(out, shown++ ? ",\n" : "\n");
            commit_object(out, &coverage->commits[i]);
        }
    buffer_format(out, "%s],\n  \"authors\": [", shown ? "\n  " : "");
    for (size_t i = 0; i < coverage->authors_count; i++) {
        buffer_string(out, i ? ",\n" : "\n");
        author_object(out, &coverage->authors[i]);
    }
    buffer_format(out, "%s]\n}\n", coverage->authors_count ? "\n  " : "");
}

void coverage_render(struct buffer *out, bool json, const void *view)
{
    const struct coverage_view *of = view;

    if (json)
        as_json(out, of->coverage);
    else
        as_text(out, of);
}
