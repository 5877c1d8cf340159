/*
 * SARIF 2.1.0. GitHub takes at most 20 runs in a log, rejects a run of more
 * than 25,000 results and keeps 5,000 of them, and wants another category for
 * each: a report is as many runs as that asks for.
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/render/fields.h"
#include "cmd/render/render.h"
#include "cmd/render/sarif_tool.h"
#include "cmd/terminal/uri.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"
#define ROOT   "%SRCROOT%"

#define RUNS_MAX    ((size_t)20)
#define RESULTS_MAX ((size_t)5000) /* of a run, while there are runs left */

/* Of the results, findings first, one run has those from `from` to `to`. */
struct part {
    const struct report *report;
    size_t number; /* from 1 */
    size_t from, to;
    bool suppressed; /* one of them is: then all say whether they are */
};

struct spot {
    const char *path;
    const struct range *range; /* NULL: the whole file */
    size_t artifact;           /* its index; SIZE_MAX: none */
};

static size_t results_count(const struct report *report)
{
    return report->findings_count + report->unused_count;
}

static const struct report_finding *finding_at(const struct part *part,
                                               size_t at)
{
    return &part->report->findings[at];
}

/* Where its findings end, and the comments that excuse none begin. */
static size_t findings_end(const struct part *part)
{
    size_t count = part->report->findings_count;

    return part->to < count ? part->to : count;
}

static void artifact_location(struct json *json, const char *name,
                              const char *path, size_t index)
{
    struct buffer uri = BUFFER_EMPTY;

    uri_append(&uri, path);
    json_open(json, name, '{');
    json_text(json, "uri", buffer_view(&uri));
    if (uri_is_below(path))
        json_words(json, "uriBaseId", ROOT);
    if (index != SIZE_MAX)
        json_value(json, "index", "%zu", index);
    json_close(json, '}');
    buffer_release(&uri);
}

/* What the defaults are is left out. */
static void region(struct json *json, const char *name,
                   const struct range *range)
{
    json_open(json, name, '{');
    json_value(json, "startLine", "%" PRIu32, range->start.line);
    if (range->start.column > 1)
        json_value(json, "startColumn", "%" PRIu32, range->start.column);
    if (range->end.line != range->start.line)
        json_value(json, "endLine", "%" PRIu32, range->end.line);
    json_value(json, "endColumn", "%" PRIu32, range->end.column);
    json_close(json, '}');
}

static void locations(struct json *json, const struct spot *spot)
{
    json_open(json, "locations", '[');
    json_open(json, NULL, '{');
    json_open(json, "physicalLocation", '{');
    artifact_location(json, "artifactLocation", spot->path, spot->artifact);
    if (spot->range)
        region(json, "region", spot->range);
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, ']');
}

static void rule(struct json *json, const char *id, enum sarif_rule index)
{
    json_words(json, "ruleId", id);
    json_value(json, "ruleIndex", "%d", (int)index);
    json_open(json, "rule", '{');
    json_words(json, "id", id);
    json_value(json, "index", "%d", (int)index);
    json_close(json, '}');
}

static void fingerprints(struct json *json, const struct finding *finding)
{
    json_open(json, "partialFingerprints", '{');
    fields_fingerprint(json, "primaryLocationLineHash", finding);
    json_close(json, '}');
}

static void suppressions(struct json *json, const struct report_finding *entry)
{
    bool excused = entry->finding.suppression != SUPPRESSION_NONE;

    json_open(json, "suppressions", '[');
    if (excused || entry->known) {
        json_open(json, NULL, '{');
        json_words(json, "kind", excused ? "inSource" : "external");
        json_words(json, "justification",
                   excused ? suppression_name(entry->finding.suppression)
                           : "baseline");
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void replacement(struct json *json, const struct remedy *remedy,
                        const struct remedy_change *change)
{
    const struct text with = { change->with, change->size };

    json_open(json, NULL, '{');
    region(json, "deletedRegion", &change->range);
    if (with.size) {
        json_open(json, "insertedContent", '{');
        if (remedy->is_bytes)
            json_bytes(json, "binary", with);
        else
            json_text(json, "text", with);
        json_close(json, '}');
    }
    json_close(json, '}');
}

/* Where `tmpguard fix` would repair it. */
static void fixes(struct json *json, const struct report_finding *entry,
                  size_t artifact)
{
    const struct remedy *remedy = entry->remedy;

    json_open(json, "fixes", '[');
    json_open(json, NULL, '{');
    sarif_message(json, "description", remedy->verdict.why);
    json_open(json, "artifactChanges", '[');
    json_open(json, NULL, '{');
    artifact_location(json, "artifactLocation", entry->path, artifact);
    json_open(json, "replacements", '[');
    for (size_t i = 0; i < remedy->changes_count; i++)
        replacement(json, remedy, &remedy->changes[i]);
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
}

/* What SARIF has no members for. */
static void properties(struct json *json, const struct report_finding *entry,
                       bool with_history)
{
    json_open(json, "properties", '{');
    json_words(json, "function", rule_target(entry->finding.target)->name);
    json_bool(json, "blocks", entry->blocks);
    if (entry->denied != SUPPRESSION_NONE)
        json_words(json, "denied", suppression_name(entry->denied));
    if (with_history)
        fields_history(json, entry);
    json_close(json, '}');
}

static void finding(struct json *json, const struct report_finding *entry,
                    const struct part *part, size_t artifact)
{
    const struct spot spot = { entry->path, &entry->finding.range, artifact };
    bool history = part->report->history;

    rule(json, RULE_ID, SARIF_RULE_FINDING);
    if (history && !entry->live)
        json_words(json, "level", "note");
    sarif_message(json, "message", rule_target(entry->finding.target)->message);
    locations(json, &spot);
    fingerprints(json, &entry->finding);
    if (part->suppressed)
        suppressions(json, entry);
    if (entry->remedy)
        fixes(json, entry, artifact);
    properties(json, entry, history);
}

static void unused(struct json *json, const struct report_unused *entry,
                   const struct part *part)
{
    const struct unused_comment *comment = &entry->comment;
    const struct spot spot = { entry->path, &comment->range, SIZE_MAX };

    rule(json, SARIF_UNUSED, SARIF_RULE_UNUSED);
    sarif_message(json, "message", unused_message(comment));
    locations(json, &spot);
    if (part->suppressed) {
        json_open(json, "suppressions", '[');
        json_close(json, ']');
    }
    json_open(json, "properties", '{');
    json_words(json, "kind", suppression_name(comment->form));
    json_words(json, "problem", unused_problem(comment));
    json_close(json, '}');
}

/* Is it the first in its file? They are sorted by path. */
static bool opens_file(const struct part *part, size_t at)
{
    return at == part->from || strcmp(finding_at(part, at - 1)->path,
                                      finding_at(part, at)->path) != 0;
}

static void artifacts(struct json *json, const struct part *part)
{
    size_t count = 0;

    json_break(json, 6);
    json_open(json, "artifacts", '[');
    for (size_t i = part->from; i < findings_end(part); i++) {
        if (!opens_file(part, i))
            continue;
        json_break(json, 8);
        json_open(json, NULL, '{');
        artifact_location(json, "location", finding_at(part, i)->path, count++);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void results(struct json *json, const struct part *part)
{
    const struct report *report = part->report;
    size_t files = 0;

    json_break(json, 6);
    json_open(json, "results", '[');
    for (size_t i = part->from; i < part->to; i++) {
        bool is_finding = i < findings_end(part);

        json_break(json, 8);
        json_open(json, NULL, '{');
        if (is_finding && opens_file(part, i))
            files++;
        if (is_finding)
            finding(json, finding_at(part, i), part, files - 1);
        else
            unused(json, &report->unused[i - report->findings_count], part);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void notification(struct json *json, const char *path, const char *words,
                         const char *level)
{
    const struct spot spot = { path, NULL, SIZE_MAX };

    json_break(json, 10);
    json_open(json, NULL, '{');
    json_words(json, "level", level);
    sarif_message(json, "message", words);
    locations(json, &spot);
    json_close(json, '}');
}

static void notifications(struct json *json, const struct report *report)
{
    json_open(json, "toolExecutionNotifications", '[');
    for (size_t i = 0; i < report->incomplete_count; i++)
        notification(json, report->incomplete[i].path,
                     report->incomplete[i].reason, "error");
    for (size_t i = 0; i < report->notes_count; i++)
        notification(json, report->notes[i].path, report->notes[i].words,
                     "note");
    json_close(json, ']');
}

/* What was incomplete is said in the first run. */
static void invocations(struct json *json, const struct part *part)
{
    json_break(json, 6);
    json_open(json, "invocations", '[');
    json_open(json, NULL, '{');
    json_bool(json, "executionSuccessful", part->report->incomplete_count == 0);
    if (part->number == 1)
        notifications(json, part->report);
    json_close(json, '}');
    json_close(json, ']');
}

/* How to read the places. */
static void conventions(struct json *json)
{
    json_break(json, 6);
    json_open(json, "originalUriBaseIds", '{');
    json_open(json, ROOT, '{');
    sarif_message(json, "description",
                  "the root of the repository, or the folder");
    json_close(json, '}');
    json_close(json, '}');
    json_break(json, 6);
    json_open(json, "newlineSequences", '[');
    json_words(json, NULL, "\r\n");
    json_words(json, NULL, "\n");
    json_words(json, NULL, "\r");
    json_close(json, ']');
    json_words(json, "columnKind", "unicodeCodePoints");
}

/* A category ends with '/'. The past is no part of what a commit has. */
static void category(struct json *json, const struct part *part)
{
    struct buffer id = BUFFER_EMPTY;

    buffer_format(&id, "tmpguard/%s", part->report->history ? "history/" : "");
    if (part->number > 1)
        buffer_format(&id, "%zu/", part->number);
    json_break(json, 6);
    json_open(json, "automationDetails", '{');
    json_text(json, "id", buffer_view(&id));
    json_close(json, '}');
    buffer_release(&id);
}

static void run_properties(struct json *json, const struct report *report)
{
    json_break(json, 6);
    json_open(json, "properties", '{');
    fields_stats(json, report);
    fields_baseline(json, report);
    json_close(json, '}');
}

static void run(struct json *json, const struct part *part)
{
    json_break(json, 4);
    json_open(json, NULL, '{');
    sarif_tool(json, part->report->unused_asked);
    category(json, part);
    invocations(json, part);
    conventions(json);
    artifacts(json, part);
    results(json, part);
    if (part->number == 1)
        run_properties(json, part->report);
    json_close(json, '}');
}

static bool has_suppressed(const struct part *part)
{
    for (size_t i = part->from; i < findings_end(part); i++)
        if (finding_at(part, i)->finding.suppression != SUPPRESSION_NONE ||
            finding_at(part, i)->known)
            return true;
    return false;
}

void render_sarif(struct buffer *out, const struct report *report,
                  const struct style *style)
{
    struct json json = JSON_TO(out);
    size_t count = results_count(report);
    size_t size = (count + RUNS_MAX - 1) / RUNS_MAX;
    struct part part = { .report = report };

    (void)style;
    if (size < RESULTS_MAX)
        size = RESULTS_MAX;
    json_open(&json, NULL, '{');
    json_words(&json, "$schema", SCHEMA);
    json_words(&json, "version", "2.1.0");
    json_open(&json, "runs", '[');
    do {
        part.number++;
        part.from = part.to;
        part.to = count - part.from > size ? part.from + size : count;
        part.suppressed = has_suppressed(&part);
        run(&json, &part);
    } while (part.to < count);
    json_close(&json, ']');
    json_close(&json, '}');
    buffer_byte(out, '\n');
}
