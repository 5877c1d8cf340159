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

static void finding(struct json *json, const struct report *report, size_t at)
{
    const struct report_finding *entry = &report->findings[at];
    const struct finding *found = &entry->finding;
    const struct target_info *target = rule_target(found->target);

    json_words(json, "rule", RULE_ID);
    json_words(json, "function", target->name);
    json_words(json, "message", target->message);
    fields_path(json, entry->path);
    fields_position(json, "start", found->range.start);
    fields_position(json, "end", found->range.end);
    fields_fingerprint(json, "fingerprint", found);
    suppression(json, found->suppression);
    json_bool(json, "blocks", entry->blocks);
    if (entry->known)
        json_bool(json, "baseline", true);
    if (entry->denied != SUPPRESSION_NONE)
        json_words(json, "denied", suppression_name(entry->denied));
    if (report->history)
        fields_history(json, entry);
}

static void unused(struct json *json, const struct report *report, size_t at)
{
    const struct unused_comment *comment = &report->unused[at].comment;

    fields_path(json, report->unused[at].path);
    fields_position(json, "start", comment->range.start);
    fields_position(json, "end", comment->range.end);
    json_words(json, "kind", suppression_name(comment->form));
    json_words(json, "problem", unused_problem(comment));
    json_words(json, "message", unused_message(comment));
}

static void note(struct json *json, const struct report *report, size_t at)
{
    fields_path(json, report->notes[at].path);
    json_words(json, "note", report->notes[at].words);
}

void render_json(struct buffer *out, const struct report *report,
                 const struct style *style)
{
    struct json json = JSON_TO(out);

    (void)style;
    json_open(&json, NULL, '{');
    json_break(&json, 2);
    json_value(&json, "version", "1");
    json_break(&json, 2);
    fields_tool(&json);
    fields_list(&json, "findings", report, report->findings_count, finding);
    fields_incomplete(&json, report);
    if (report->unused_asked)
        fields_list(&json, "unused_suppressions", report, report->unused_count,
                    unused);
    if (report->notes_count)
        fields_list(&json, "notes", report, report->notes_count, note);
    json_break(&json, 2);
    fields_baseline(&json, report);
    json_break(&json, 2);
    fields_stats(&json, report);
    json_break(&json, 0);
    json_close(&json, '}');
    buffer_byte(out, '\n');
}
