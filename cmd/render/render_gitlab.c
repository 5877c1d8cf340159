/*
 * GitLab's code quality report, a part of Code Climate's: what differs between
 * the reports of two branches, by fingerprint, is shown in a merge request.
 * Excused findings are left out: it has no word for them.
 */
#include <inttypes.h>

#include "cmd/render/entry.h"
#include "cmd/render/fields.h"
#include "cmd/render/identity.h"
#include "cmd/render/render.h"
#include "cmd/terminal/json.h"

static const struct range whole_file = { { 1, 1 }, { 1, 1 } };

static void location(struct json *json, const char *path,
                     const struct range *range)
{
    json_open(json, "location", '{');
    json_words(json, "path", path);
    json_open(json, "lines", '{');
    json_value(json, "begin", "%" PRIu32, range->start.line);
    json_value(json, "end", "%" PRIu32, range->end.line);
    json_close(json, '}');
    json_open(json, "positions", '{');
    fields_position(json, "begin", range->start);
    fields_position(json, "end", range->end);
    json_close(json, '}');
    json_close(json, '}');
}

/* `identity` is released. */
static void issue(struct json *json, const char *check, const char *severity,
                  const char *words, const char *path,
                  const struct range *range, struct buffer *identity)
{
    json_break(json, 2);
    json_open(json, NULL, '{');
    json_words(json, "type", "issue");
    json_words(json, "check_name", check);
    json_words(json, "description", words);
    json_open(json, "categories", '[');
    json_words(json, NULL, "Security");
    json_close(json, ']');
    json_words(json, "severity", severity);
    json_text(json, "fingerprint", buffer_view(identity));
    location(json, path, range);
    json_close(json, '}');
    buffer_release(identity);
}

static void finding(struct json *json, const struct report *report, size_t at)
{
    const struct report_finding *entry = &report->findings[at];
    const struct finding *found = &entry->finding;
    struct buffer identity = BUFFER_EMPTY;

    identity_of(&identity, report, at);
    issue(json, RULE_ID, entry->blocks ? "critical" : "info",
          rule_target(found->target)->message, entry->path, &found->range,
          &identity);
}

static void unused(struct json *json, const struct report_unused *entry)
{
    const struct unused_comment *comment = &entry->comment;
    struct buffer key = BUFFER_EMPTY, identity = BUFFER_EMPTY;

    buffer_format(&key, "%s %" PRIu32 ":%" PRIu32, unused_problem(comment),
                  comment->range.start.line, comment->range.start.column);
    identity_hash(&identity, entry->path, buffer_view(&key));
    issue(json, "tmpguard/unused-suppression", "minor", unused_message(comment),
          entry->path, &comment->range, &identity);
    buffer_release(&key);
}

static void incomplete(struct json *json, const struct report_incomplete *entry)
{
    struct buffer identity = BUFFER_EMPTY;

    identity_hash(&identity, entry->path, text_of(entry->reason));
    issue(json, "tmpguard/incomplete", "blocker", entry->reason, entry->path,
          &whole_file, &identity);
}

void render_gitlab(struct buffer *out, const struct report *report,
                   const struct style *style)
{
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '[');
    for (size_t i = 0; i < report->findings_count; i++)
        if (entry_is_shown(&report->findings[i], style))
            finding(&json, report, i);
    for (size_t i = 0; i < report->unused_count; i++)
        unused(&json, &report->unused[i]);
    for (size_t i = 0; i < report->incomplete_count; i++)
        incomplete(&json, &report->incomplete[i]);
    if (json.begun)
        json_break(&json, 0);
    json_close(&json, ']');
    buffer_byte(out, '\n');
}
