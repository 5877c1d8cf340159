/*
 * Workflow commands, which GitHub's runner (and Gitea's and Forgejo's) shows
 * as annotations: ::error file=a.py,line=1,col=5,endColumn=9,title=T::WORDS
 * The runner takes %25, %0D and %0A back, in properties %3A and %2C, too.
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/render/entry.h"
#include "cmd/render/render.h"
#include "cmd/terminal/terminal.h"

#define ESCAPED_WORDS    "%"
#define ESCAPED_PROPERTY "%:,\r\n"

/* What is not `escaped` is shown as on a terminal, for logs are. */
static void escape(struct buffer *out, const char *string, const char *escaped)
{
    struct text text = text_of(string);

    for (size_t at = 0; at < text.size;) {
        unsigned char byte = (unsigned char)text.bytes[at];

        if (strchr(escaped, byte)) {
            buffer_format(out, "%%%02X", (unsigned)byte);
            at++;
        } else {
            terminal_character(out, text, &at);
        }
    }
}

/* The runner drops columns where the lines differ. */
static void place(struct buffer *out, const struct range *range)
{
    buffer_format(out, ",line=%" PRIu32, range->start.line);
    if (range->end.line == range->start.line)
        buffer_format(out, ",col=%" PRIu32 ",endColumn=%" PRIu32,
                      range->start.column, range->end.column);
    else
        buffer_format(out, ",endLine=%" PRIu32, range->end.line);
}

/* Up to and including the title. `range` is NULL for a whole file. */
static void begin(struct buffer *out, const char *command, const char *path,
                  const struct range *range, const char *title)
{
    buffer_format(out, "::%s file=", command);
    escape(out, path, ESCAPED_PROPERTY);
    if (range)
        place(out, range);
    buffer_string(out, ",title=");
    escape(out, title, ESCAPED_PROPERTY);
    buffer_string(out, "::");
}

static void end(struct buffer *out, const char *words)
{
    escape(out, words, ESCAPED_WORDS);
    buffer_byte(out, '\n');
}

static void finding(struct buffer *out, const struct report_finding *entry)
{
    const struct target_info *target = rule_target(entry->finding.target);

    begin(out, entry->blocks ? "error" : "notice", entry->path,
          &entry->finding.range, RULE_ID);
    escape(out, target->message, ESCAPED_WORDS);
    buffer_string(out, "%0A");
    end(out, target->remedy);
}

void render_github(struct buffer *out, const struct report *report,
                   const struct style *style)
{
    for (size_t i = 0; i < report->findings_count; i++)
        if (entry_is_shown(&report->findings[i], style))
            finding(out, &report->findings[i]);
    for (size_t i = 0; i < report->unused_count; i++) {
        const struct report_unused *unused = &report->unused[i];

        begin(out, "error", unused->path, &unused->comment.range,
              "unused-suppression");
        end(out, unused_message(&unused->comment));
    }
    for (size_t i = 0; i < report->incomplete_count; i++) {
        begin(out, "error", report->incomplete[i].path, NULL, "incomplete");
        end(out, report->incomplete[i].reason);
    }
    for (size_t i = 0; i < report->notes_count && !style->quiet; i++) {
        begin(out, "notice", report->notes[i].path, NULL, "note");
        end(out, report->notes[i].words);
    }
}
