/*
 * GitLab's SAST report, by its schema 15.0.4: what its security dashboard and
 * merge requests show. Excused findings are left out, and of the past what is
 * not live: it has no word for them. A report with something incomplete is of
 * a scan that failed.
 */
#include <inttypes.h>

#include "cmd/base/date.h"
#include "cmd/base/guide.h"
#include "cmd/render/entry.h"
#include "cmd/render/identity.h"
#include "cmd/render/render.h"
#include "cmd/terminal/json.h"

#define SCHEMA                                                                 \
    "https://gitlab.com/gitlab-org/security-products/security-report-schemas/" \
    "-/raw/v15.0.4/dist/sast-report-format.json"
#define ABOUT                                                                  \
    "https://codeql.github.com/codeql-query-help/python/"                      \
    "py-insecure-temporary-file/"
#define CWE       "https://cwe.mitre.org/data/definitions/377.html"
#define DATE_ONLY 19 /* of "2026-11-24T19:32:06+00:00" */
#define UUID_SIZE 32 /* digits of a hash that become one */

/* ---- the scan ------------------------------------------------------------ */

static void program(struct json *json, const char *name)
{
    json_open(json, name, '{');
    json_words(json, "id", "tmpguard");
    json_words(json, "name", "tmpguard");
    json_words(json, "version", TMPGUARD_VERSION);
    json_open(json, "vendor", '{');
    json_words(json, "name", "tmpguard");
    json_close(json, '}');
    json_close(json, '}');
}

static void date(struct json *json, const char *name, int64_t seconds)
{
    char text[DATE_SIZE];

    date_format(text, seconds, 0);
    json_text(json, name, (struct text){ text, DATE_ONLY });
}

static void message(struct json *json, const char *level, const char *path,
                    const char *words)
{
    struct buffer value = BUFFER_EMPTY;

    buffer_format(&value, "%s: %s", path, words);
    json_break(json, 6);
    json_open(json, NULL, '{');
    json_words(json, "level", level);
    json_text(json, "value", buffer_view(&value));
    json_close(json, '}');
    buffer_release(&value);
}

static void unused(struct json *json, const struct report_unused *entry)
{
    struct buffer place = BUFFER_EMPTY;

    buffer_format(&place, "%s:%" PRIu32, entry->path,
                  entry->comment.range.start.line);
    message(json, "warn", place.bytes, unused_message(&entry->comment));
    buffer_release(&place);
}

static void messages(struct json *json, const struct report *report)
{
    json_open(json, "messages", '[');
    for (size_t i = 0; i < report->incomplete_count; i++)
        message(json, "fatal", report->incomplete[i].path,
                report->incomplete[i].reason);
    for (size_t i = 0; i < report->unused_count; i++)
        unused(json, &report->unused[i]);
    for (size_t i = 0; i < report->notes_count; i++)
        message(json, "info", report->notes[i].path, report->notes[i].words);
    json_close(json, ']');
}

static void scan(struct json *json, const struct report *report,
                 const struct style *style)
{
    json_break(json, 2);
    json_open(json, "scan", '{');
    json_words(json, "type", "sast");
    json_words(json, "status",
               report->incomplete_count ? "failure" : "success");
    date(json, "start_time",
         style->now - (int64_t)(report->stats.milliseconds / 1000));
    date(json, "end_time", style->now);
    program(json, "analyzer");
    program(json, "scanner");
    messages(json, report);
    json_close(json, '}');
}

/* ---- what was found ------------------------------------------------------ */

/* A UUID of version 8 (RFC 9562), which is made of what somebody likes. */
static void id(struct json *json, const char *name, const struct report *report,
               size_t at)
{
    struct buffer hex = BUFFER_EMPTY, uuid = BUFFER_EMPTY;

    identity_of(&hex, report, at);
    for (size_t i = 0; i < UUID_SIZE; i++) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            buffer_byte(&uuid, '-');
        buffer_byte(&uuid, (char)(i == 12   ? '8'
                                  : i == 16 ? 'a'
                                            : hex.bytes[i]));
    }
    json_text(json, name, buffer_view(&uuid));
    buffer_release(&hex);
    buffer_release(&uuid);
}

static void identifier(struct json *json, const char *type, const char *name,
                       const char *value, const char *url)
{
    json_open(json, NULL, '{');
    json_words(json, "type", type);
    json_words(json, "name", name);
    json_words(json, "value", value);
    json_words(json, "url", url);
    json_close(json, '}');
}

/* The first one is what it is known by. */
static void identifiers(struct json *json)
{
    json_open(json, "identifiers", '[');
    identifier(json, "codeql_rule", "CodeQL " RULE_ID, RULE_ID, ABOUT);
    identifier(json, "cwe", "CWE-377", "377", CWE);
    json_close(json, ']');
}

static void location(struct json *json, const struct report_finding *entry)
{
    json_open(json, "location", '{');
    json_words(json, "file", entry->path);
    json_value(json, "start_line", "%" PRIu32, entry->finding.range.start.line);
    json_value(json, "end_line", "%" PRIu32, entry->finding.range.end.line);
    json_close(json, '}');
}

static bool is_shown(const struct report *report, size_t at,
                     const struct style *style)
{
    const struct report_finding *entry = &report->findings[at];

    return entry_is_shown(entry, style) && (!report->history || entry->live);
}

static void vulnerability(struct json *json, const struct report *report,
                          size_t at)
{
    const struct report_finding *entry = &report->findings[at];
    const struct report_finding *now = entry->now ? entry->now : entry;
    const struct target_info *target = rule_target(entry->finding.target);

    json_break(json, 4);
    json_open(json, NULL, '{');
    id(json, "id", report, at);
    json_words(json, "name", GUIDE_NAME);
    json_words(json, "description", target->message);
    json_words(json, "severity", entry->blocks ? "High" : "Info");
    if (entry->remedy)
        json_words(json, "solution", entry->remedy->verdict.why);
    identifiers(json);
    location(json, now);
    if (now->excerpt)
        json_text(json, "raw_source_code_extract",
                  (struct text){ now->excerpt, now->excerpt_size });
    json_close(json, '}');
}

static void remediation(struct json *json, const struct report *report,
                        size_t at)
{
    const struct remedy *remedy = report->findings[at].remedy;

    json_break(json, 4);
    json_open(json, NULL, '{');
    json_open(json, "fixes", '[');
    json_open(json, NULL, '{');
    id(json, "id", report, at);
    json_close(json, '}');
    json_close(json, ']');
    json_words(json, "summary", remedy->verdict.why);
    json_bytes(json, "diff", buffer_view(&remedy->patch));
    json_close(json, '}');
}

static void lists(struct json *json, const struct report *report,
                  const struct style *style)
{
    json_break(json, 2);
    json_open(json, "vulnerabilities", '[');
    for (size_t i = 0; i < report->findings_count; i++)
        if (is_shown(report, i, style))
            vulnerability(json, report, i);
    json_close(json, ']');
    json_break(json, 2);
    json_open(json, "remediations", '[');
    for (size_t i = 0; i < report->findings_count; i++)
        if (report->findings[i].remedy && is_shown(report, i, style))
            remediation(json, report, i);
    json_close(json, ']');
}

void render_gitlab_sast(struct buffer *out, const struct report *report,
                        const struct style *style)
{
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    json_words(&json, "version", "15.0.4");
    json_words(&json, "schema", SCHEMA);
    scan(&json, report, style);
    lists(&json, report, style);
    json_close(&json, '}');
    buffer_byte(out, '\n');
}
