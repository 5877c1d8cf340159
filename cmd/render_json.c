#include <inttypes.h>

#include "cmd/date.h"
#include "cmd/json.h"
#include "cmd/render.h"
#include "cmd/utf8.h"

static void string_field(struct buffer *out, const char *name,
                         const char *value)
{
    buffer_format(out, "\"%s\": ", name);
    json_string(out, text_of(value));
}

static void path_field(struct buffer *out, const char *path)
{
    string_field(out, "path", path);
    if (utf8_is_valid(text_of(path)))
        return;
    buffer_string(out, ", \"path_bytes\": ");
    json_base64(out, text_of(path));
}

static void position(struct buffer *out, const char *name,
                     struct position position)
{
    buffer_format(
        out, ", \"%s\": { \"line\": %" PRIu32 ", \"column\": %" PRIu32 " }",
        name, position.line, position.column);
}

static void commit(struct buffer *out, const char *name,
                   const struct report_commit *commit)
{
    char date[DATE_SIZE];

    buffer_format(out, ", \"%s\": ", name);
    if (!commit) {
        buffer_string(out, "null");
        return;
    }
    buffer_string(out, "{ ");
    string_field(out, "commit", commit->id);
    buffer_string(out, ", ");
    string_field(out, "author", commit->author);
    buffer_string(out, ", ");
    string_field(out, "date", date_format(date, commit->date, commit->zone));
    buffer_string(out, ", ");
    string_field(out, "subject", commit->subject);
    buffer_string(out, " }");
}

static void history(struct buffer *out, const struct report_finding *finding)
{
    commit(out, "introduced", finding->introduced);
    commit(out, "removed", finding->removed);
    if (finding->elsewhere)
        commit(out, "removed_elsewhere", finding->elsewhere);
    buffer_format(out, ", \"live\": %s, \"paths\": [",
                  finding->live ? "true" : "false");
    for (size_t i = 0; i < finding->paths_count; i++) {
        buffer_string(out, i ? ", " : "");
        json_string(out, text_of(finding->paths[i]));
    }
    buffer_string(out, "]");
}

static void suppression(struct buffer *out, enum suppression kind)
{
    buffer_string(out, ", \"suppression\": ");
    if (kind == SUPPRESSION_NONE) {
        buffer_string(out, "null");
        return;
    }
    buffer_string(out, "{ ");
    string_field(out, "kind", suppression_name(kind));
    buffer_string(out, " }");
}

static void finding(struct buffer *out, const struct report_finding *entry,
                    bool with_history)
{
    const struct finding *found = &entry->finding;
    const struct target_info *target = rule_target(found->target);

    buffer_string(out, "{ \"rule\": \"" RULE_ID "\", ");
    string_field(out, "function", target->name);
    buffer_string(out, ", ");
    string_field(out, "message", target->message);
    buffer_string(out, ", ");
    path_field(out, entry->path);
    position(out, "start", found->range.start);
    position(out, "end", found->range.end);
    buffer_format(out, ", \"fingerprint\": \"%" PRIx64 ":%" PRIu32 "\"",
                  found->line_hash, found->line_count);
    suppression(out, found->suppression);
    buffer_format(out, ", \"blocks\": %s", entry->blocks ? "true" : "false");
    if (entry->known)
        buffer_string(out, ", \"baseline\": true");
    if (entry->denied != SUPPRESSION_NONE) {
        buffer_string(out, ", ");
        string_field(out, "denied", suppression_name(entry->denied));
    }
    if (with_history)
        history(out, entry);
    buffer_string(out, " }");
}

static void incomplete(struct buffer *out,
                       const struct report_incomplete *entry)
{
    buffer_string(out, "{ ");
    path_field(out, entry->path);
    buffer_string(out, ", ");
    string_field(out, "reason", entry->reason);
    buffer_string(out, " }");
}

static void unused(struct buffer *out, const struct report_unused *entry)
{
    const struct unused_comment *comment = &entry->comment;

    buffer_string(out, "{ ");
    path_field(out, entry->path);
    position(out, "start", comment->range.start);
    position(out, "end", comment->range.end);
    buffer_string(out, ", ");
    string_field(out, "kind", suppression_name(comment->form));
    buffer_string(out, ", ");
    string_field(out, "problem", unused_problem(comment));
    buffer_string(out, ", ");
    string_field(out, "message", unused_message(comment));
    buffer_string(out, " }");
}

static void note(struct buffer *out, const struct report_note *entry)
{
    buffer_string(out, "{ ");
    path_field(out, entry->path);
    buffer_string(out, ", ");
    string_field(out, "note", entry->words);
    buffer_string(out, " }");
}

static void baseline(struct buffer *out, const struct report *report)
{
    buffer_string(out, "  \"baseline\": { ");
    string_field(out, "file", report->baseline);
    buffer_format(out, ", \"stale\": %zu },\n", report->stale);
}

static void stats(struct buffer *out, const struct report *report)
{
    const struct report_stats *stats = &report->stats;

    buffer_format(
        out,
        "  \"stats\": { \"files\": %" PRIu64 ", \"python_files\": %" PRIu64
        ", \"parsed\": %" PRIu64 ", \"cache_hits\": %" PRIu64,
        stats->files, stats->python_files, stats->parsed, stats->cache_hits);
    if (report->history)
        buffer_format(out, ", \"commits\": %" PRIu64, stats->commits);
    buffer_format(out, ", \"milliseconds\": %.1f }\n", stats->milliseconds);
}

/* One entry a line: what a person searches, and what diffs well. */
static void separate(struct buffer *out, size_t i)
{
    buffer_string(out, i ? ",\n    " : "\n    ");
}

static void all_unused(struct buffer *out, const struct report *report)
{
    buffer_string(out, "  \"unused_suppressions\": [");
    for (size_t i = 0; i < report->unused_count; i++) {
        separate(out, i);
        unused(out, &report->unused[i]);
    }
    buffer_string(out, report->unused_count ? "\n  ],\n" : "],\n");
}

static void all_notes(struct buffer *out, const struct report *report)
{
    buffer_string(out, "  \"notes\": [");
    for (size_t i = 0; i < report->notes_count; i++) {
        separate(out, i);
        note(out, &report->notes[i]);
    }
    buffer_string(out, "\n  ],\n");
}

void render_json(struct buffer *out, const struct report *report,
                 const struct style *style)
{
    (void)style;
    buffer_string(out, "{\n  \"version\": 1,\n  \"tool\": { \"name\": "
                       "\"tmpguard\", \"version\": \"" TMPGUARD_VERSION
                       "\" },\n  \"findings\": [");
    for (size_t i = 0; i < report->findings_count; i++) {
        separate(out, i);
        finding(out, &report->findings[i], report->history);
    }
    buffer_string(out, report->findings_count ? "\n  ],\n" : "],\n");
    buffer_string(out, "  \"incomplete\": [");
    for (size_t i = 0; i < report->incomplete_count; i++) {
        separate(out, i);
        incomplete(out, &report->incomplete[i]);
    }
    buffer_string(out, report->incomplete_count ? "\n  ],\n" : "],\n");
    if (report->unused_asked)
        all_unused(out, report);
    if (report->notes_count)
        all_notes(out, report);
    if (report->baseline)
        baseline(out, report);
    stats(out, report);
    buffer_string(out, "}\n");
}
