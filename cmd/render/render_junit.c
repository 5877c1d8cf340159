/*
 * JUnit's XML, as Jenkins, GitLab, Azure and others read it: a test case for
 * each finding. Where there are none one case passes, since a report without
 * any is an error to some.
 */
#include <inttypes.h>

#include "cmd/render/entry.h"
#include "cmd/render/render.h"
#include "cmd/terminal/xml.h"

/* What became of a case: the element within it, and how many there are. */
enum outcome { OUTCOME_FAILURE, OUTCOME_ERROR, OUTCOME_SKIPPED, OUTCOMES };

static const char *const elements[OUTCOMES] = { "failure", "error", "skipped" };

struct cases {
    struct buffer *out;
    size_t counts[OUTCOMES];
};

static void property(struct buffer *out, const char *name, const char *value)
{
    buffer_string(out, "        <property");
    xml_attribute(out, "name", name);
    xml_attribute(out, "value", value);
    buffer_string(out, "/>\n");
}

/* A place may be missing: then the name is `what`. */
static void open_case(struct buffer *out, const char *path, const char *what,
                      const struct range *range)
{
    struct buffer name = BUFFER_EMPTY;

    buffer_string(&name, what);
    if (range)
        buffer_format(&name, " %" PRIu32 ":%" PRIu32, range->start.line,
                      range->start.column);
    buffer_string(out, "    <testcase");
    xml_attribute(out, "classname", path);
    xml_attribute(out, "name", name.bytes);
    xml_attribute(out, "file", path);
    if (range)
        buffer_format(out, " line=\"%" PRIu32 "\"", range->start.line);
    buffer_string(out, ">\n");
    buffer_release(&name);
}

static void close_case(struct cases *cases, enum outcome outcome,
                       const char *type, const char *words, const char *more)
{
    struct buffer *out = cases->out;

    buffer_format(out, "      <%s", elements[outcome]);
    if (outcome != OUTCOME_SKIPPED)
        xml_attribute(out, "type", type);
    xml_attribute(out, "message", words);
    buffer_byte(out, '>');
    xml_text(out, text_of(more));
    buffer_format(out, "</%s>\n    </testcase>\n", elements[outcome]);
    cases->counts[outcome]++;
}

static void properties(struct buffer *out, const struct finding *found)
{
    struct buffer value = BUFFER_EMPTY;

    buffer_string(out, "      <properties>\n");
    property(out, "function", rule_target(found->target)->name);
    buffer_format(&value, "%" PRIu32 ":%" PRIu32, found->range.end.line,
                  found->range.end.column);
    property(out, "end", value.bytes);
    buffer_clear(&value);
    buffer_format(&value, "%" PRIx64 ":%" PRIu32, found->line_hash,
                  found->line_count);
    property(out, "fingerprint", value.bytes);
    buffer_string(out, "      </properties>\n");
    buffer_release(&value);
}

static const char *excuse_of(const struct report_finding *entry)
{
    if (entry->finding.suppression != SUPPRESSION_NONE)
        return suppression_name(entry->finding.suppression);
    return entry->known ? "baseline" : "past";
}

static void finding(struct cases *cases, const struct report_finding *entry)
{
    const struct target_info *target = rule_target(entry->finding.target);

    open_case(cases->out, entry->path, target->name, &entry->finding.range);
    properties(cases->out, &entry->finding);
    if (entry->blocks)
        close_case(cases, OUTCOME_FAILURE, RULE_ID, target->message,
                   target->remedy);
    else
        close_case(cases, OUTCOME_SKIPPED, NULL, excuse_of(entry),
                   target->message);
}

static void passed(struct buffer *out)
{
    buffer_string(out, "    <testcase classname=\"tmpguard\" name=\"no "
                       "findings\"/>\n");
}

static size_t all_cases(struct cases *cases, const struct report *report)
{
    size_t count = report->findings_count + report->unused_count +
                   report->incomplete_count;

    for (size_t i = 0; i < report->findings_count; i++)
        finding(cases, &report->findings[i]);
    for (size_t i = 0; i < report->unused_count; i++) {
        const struct report_unused *unused = &report->unused[i];

        open_case(cases->out, unused->path, "unused-suppression",
                  &unused->comment.range);
        close_case(cases, OUTCOME_FAILURE, "unused-suppression",
                   unused_message(&unused->comment), "");
    }
    for (size_t i = 0; i < report->incomplete_count; i++) {
        open_case(cases->out, report->incomplete[i].path, "incomplete", NULL);
        close_case(cases, OUTCOME_ERROR, "incomplete",
                   report->incomplete[i].reason, "");
    }
    if (count == 0)
        passed(cases->out);
    return count ? count : 1;
}

static void open_suite(struct buffer *out, const char *element,
                       const struct cases *cases, size_t count,
                       const struct report *report)
{
    buffer_format(out,
                  "<%s name=\"tmpguard\" tests=\"%zu\" failures=\"%zu\" "
                  "errors=\"%zu\" skipped=\"%zu\" time=\"%.4f\">\n",
                  element, count, cases->counts[OUTCOME_FAILURE],
                  cases->counts[OUTCOME_ERROR], cases->counts[OUTCOME_SKIPPED],
                  report->stats.milliseconds / 1000);
}

void render_junit(struct buffer *out, const struct report *report,
                  const struct style *style)
{
    struct buffer body = BUFFER_EMPTY;
    struct cases cases = { .out = &body };
    size_t count = all_cases(&cases, report);

    (void)style;
    buffer_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open_suite(out, "testsuites", &cases, count, report);
    buffer_string(out, "  ");
    open_suite(out, "testsuite", &cases, count, report);
    buffer_text(out, buffer_view(&body));
    buffer_string(out, "  </testsuite>\n</testsuites>\n");
    buffer_release(&body);
}
