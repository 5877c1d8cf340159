#include "cmd/render/coverage_render.h"

#include <string.h>

#include "cmd/base/date.h"
#include "cmd/render/fields.h"
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

static void commit_object(struct json *json,
                          const struct coverage_commit *commit)
{
    json_break(json, 4);
    json_open(json, NULL, '{');
    json_words(json, "commit", commit->id);
    json_words(json, "tree", commit->tree);
    json_bool(json, "merge", strchr(commit->parents, ' '));
    json_bool(json, "older", commit->older);
    json_words(json, "author", commit->name);
    json_words(json, "email", commit->email);
    json_words(json, "date", commit->date);
    json_words(json, "subject", commit->subject);
    json_close(json, '}');
    json_break(json, 2);
}

static void author_object(struct json *json,
                          const struct coverage_author *author)
{
    json_break(json, 4);
    json_open(json, NULL, '{');
    json_value(json, "commits", "%zu", author->commits);
    json_value(json, "approved", "%zu", author->approved);
    json_words(json, "author", author->name);
    json_words(json, "email", author->email);
    json_close(json, '}');
    json_break(json, 2);
}
static void as_json(struct buffer *out, const struct coverage *coverage)
{
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    json_break(&json, 2);
    json_value(&json, "version", "1");
    json_break(&json, 2);
    fields_tool(&json);
    json_break(&json, 2);
    json_value(&json, "commits", "%zu", coverage->commits_count);
    json_break(&json, 2);
    json_value(&json, "approved", "%zu", coverage->approved);
    json_break(&json, 2);
    json_open(&json, "unapproved", '[');
    for (size_t i = 0; i < coverage->commits_count; i++)
        if (!coverage->commits[i].approved)
            commit_object(&json, &coverage->commits[i]);
    json_close(&json, ']');
    json_break(&json, 2);
    json_open(&json, "authors", '[');
    for (size_t i = 0; i < coverage->authors_count; i++)
        author_object(&json, &coverage->authors[i]);
    json_close(&json, ']');
    json_break(&json, 0);
    json_close(&json, '}');
    buffer_byte(out, '\n');
}

void coverage_render(struct buffer *out, bool json, const void *view)
{
    const struct coverage_view *of = view;

    if (json)
        as_json(out, of->coverage);
    else
        as_text(out, of);
}
