#include "cmd/render/fields.h"

#include <inttypes.h>

#include "cmd/base/date.h"
#include "cmd/terminal/utf8.h"

void fields_tool(struct json *json)
{
    json_open(json, "tool", '{');
    json_words(json, "name", "tmpguard");
    json_words(json, "version", TMPGUARD_VERSION);
    json_close(json, '}');
}

void fields_path(struct json *json, const char *path)
{
    json_words(json, "path", path);
    if (!utf8_is_valid(text_of(path)))
        json_bytes(json, "path_bytes", text_of(path));
}

void fields_list(struct json *json, const char *name,
                 const struct report *report, size_t count, fields_entry *entry)
{
    json_break(json, 2);
    json_open(json, name, '[');
    for (size_t i = 0; i < count; i++) {
        json_break(json, 4);
        json_open(json, NULL, '{');
        entry(json, report, i);
        json_close(json, '}');
    }
    if (count)
        json_break(json, 2);
    json_close(json, ']');
}

static void incomplete(struct json *json, const struct report *report,
                       size_t at)
{
    fields_path(json, report->incomplete[at].path);
    json_words(json, "reason", report->incomplete[at].reason);
}

void fields_incomplete(struct json *json, const struct report *report)
{
    fields_list(json, "incomplete", report, report->incomplete_count,
                incomplete);
}

void fields_position(struct json *json, const char *name,
                     struct position position)
{
    json_open(json, name, '{');
    json_value(json, "line", "%" PRIu32, position.line);
    json_value(json, "column", "%" PRIu32, position.column);
    json_close(json, '}');
}

void fields_fingerprint(struct json *json, const char *name,
                        const struct finding *finding)
{
    json_value(json, name, "\"%" PRIx64 ":%" PRIu32 "\"", finding->line_hash,
               finding->line_count);
}

static void now(struct json *json, const struct report_finding *entry)
{
    json_open(json, "now", '{');
    fields_path(json, entry->path);
    fields_position(json, "start", entry->finding.range.start);
    fields_position(json, "end", entry->finding.range.end);
    json_close(json, '}');
}

static void commit(struct json *json, const char *name,
                   const struct report_commit *commit)
{
    char date[DATE_SIZE];

    if (!commit) {
        json_null(json, name);
        return;
    }
    json_open(json, name, '{');
    json_words(json, "commit", commit->id);
    json_words(json, "author", commit->author);
    json_words(json, "date", date_format(date, commit->date, commit->zone));
    json_words(json, "subject", commit->subject);
    json_close(json, '}');
}

void fields_history(struct json *json, const struct report_finding *finding)
{
    commit(json, "introduced", finding->introduced);
    commit(json, "removed", finding->removed);
    if (finding->elsewhere)
        commit(json, "removed_elsewhere", finding->elsewhere);
    json_bool(json, "live", finding->live);
    json_open(json, "paths", '[');
    for (size_t i = 0; i < finding->paths_count; i++)
        json_words(json, NULL, finding->paths[i]);
    json_close(json, ']');
    if (finding->now)
        now(json, finding->now);
}

void fields_baseline(struct json *json, const struct report *report)
{
    if (!report->baseline)
        return;
    json_open(json, "baseline", '{');
    json_words(json, "file", report->baseline);
    json_value(json, "stale", "%zu", report->stale);
    json_close(json, '}');
}

void fields_stats(struct json *json, const struct report *report)
{
    const struct report_stats *stats = &report->stats;

    json_open(json, "stats", '{');
    json_value(json, "files", "%" PRIu64, stats->files);
    json_value(json, "python_files", "%" PRIu64, stats->python_files);
    json_value(json, "parsed", "%" PRIu64, stats->parsed);
    json_value(json, "cache_hits", "%" PRIu64, stats->cache_hits);
    if (report->history)
        json_value(json, "commits", "%" PRIu64, stats->commits);
    json_value(json, "milliseconds", "%.1f", stats->milliseconds);
    json_close(json, '}');
}
