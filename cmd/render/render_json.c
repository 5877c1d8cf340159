#include <inttypes.h>

#include "cmd/render/fields.h"
#include "cmd/render/render.h"
#include "cmd/terminal/json.h"

static void suppression(struct json *json, enum suppression kind)
{
    if (kind == SUPPRESSION_NONE) {
        json_null(json, "suppression");
        return;
    }
    json_open(json, "suppression", '{');
    json_words(json, "kind", suppression_name(kind));
    json_close(json, '}');
}

static void finding(struct json *json, const struct report_finding *entry,
                    bool with_history)
{
    const struct finding *found = &entry->finding;
    const struct target_info *target = rule_target(found->target);

    json_words(json, "rule", RULE_ID);
    json_words(json, "function", target->name);
    json_words(json, "message", target->message);
    fields_path(json, entry->path);
    fields_position(json, "start", found->range.start);
    fields_position(json, "end", found->range.end);
    json_value(json, "fingerprint", "\"%" PRIx64 ":%" PRIu32 "\"",
               found->line_hash, found->line_count);
    suppression(json, found->suppression);
    json_bool(json, "blocks", entry->blocks);
    if (entry->known)
        json_bool(json, "baseline", true);
    if (entry->denied != SUPPRESSION_NONE)
        json_words(json, "denied", suppression_name(entry->denied));
    if (with_history)
        fields_history(json, entry);
}

static void unused(struct json *json, const struct report_unused *entry)
{
    const struct unused_comment *comment = &entry->comment;

    fields_path(json, entry->path);
    fields_position(json, "start", comment->range.start);
    fields_position(json, "end", comment->range.end);
    json_words(json, "kind", suppression_name(comment->form));
    json_words(json, "problem", unused_problem(comment));
    json_words(json, "message", unused_message(comment));
}

/* One entry a line: what a person searches, and what diffs well. */
static void open_entry(struct json *json)
{
    json_break(json, 4);
    json_open(json, NULL, '{');
}

static void open_list(struct json *json, const char *name)
{
    json_break(json, 2);
    json_open(json, name, '[');
}

static void close_list(struct json *json, size_t count)
{
    if (count)
        json_break(json, 2);
    json_close(json, ']');
}

static void findings(struct json *json, const struct report *report)
{
    open_list(json, "findings");
    for (size_t i = 0; i < report->findings_count; i++) {
        open_entry(json);
        finding(json, &report->findings[i], report->history);
        json_close(json, '}');
    }
    close_list(json, report->findings_count);
}

static void all_unused(struct json *json, const struct report *report)
{
    open_list(json, "unused_suppressions");
    for (size_t i = 0; i < report->unused_count; i++) {
        open_entry(json);
        unused(json, &report->unused[i]);
        json_close(json, '}');
    }
    close_list(json, report->unused_count);
}

static void notes(struct json *json, const struct report *report)
{
    open_list(json, "notes");
    for (size_t i = 0; i < report->notes_count; i++) {
        open_entry(json);
        fields_path(json, report->notes[i].path);
        json_words(json, "note", report->notes[i].words);
        json_close(json, '}');
    }
    close_list(json, report->notes_count);
}

static void baseline(struct json *json, const struct report *report)
{
    json_break(json, 2);
    json_open(json, "baseline", '{');
    json_words(json, "file", report->baseline);
    json_value(json, "stale", "%zu", report->stale);
    json_close(json, '}');
}

static void head(struct json *json)
{
    json_break(json, 2);
    json_value(json, "version", "1");
    json_break(json, 2);
    json_open(json, "tool", '{');
    json_words(json, "name", "tmpguard");
    json_words(json, "version", TMPGUARD_VERSION);
    json_close(json, '}');
}

void render_json(struct buffer *out, const struct report *report,
                 const struct style *style)
{
    struct json json = JSON_TO(out);

    (void)style;
    json_open(&json, NULL, '{');
    head(&json);
    findings(&json, report);
    fields_incomplete(&json, report);
    if (report->unused_asked)
        all_unused(&json, report);
    if (report->notes_count)
        notes(&json, report);
    if (report->baseline)
        baseline(&json, report);
    json_break(&json, 2);
    fields_stats(&json, report);
    json_break(&json, 0);
    json_close(&json, '}');
    buffer_byte(out, '\n');
}
