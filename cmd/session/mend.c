#include "cmd/session/mend.h"

#include <stdlib.h>

#include "cmd/terminal/json.h"
#include "cmd/terminal/terminal.h"

size_t mend_done(const struct mend *mend)
{
    size_t done = 0;

    for (size_t i = 0; i < mend->entries_count; i++)
        done += mend->entries[i].done;
    return done;
}

static const char *why_of(const struct mend_entry *entry)
{
    return entry->why ? entry->why : entry->verdict.why;
}

/* ---- text ---------------------------------------------------------------- */

static void show_entry(struct buffer *out, const struct mend *mend,
                       const struct mend_entry *entry)
{
    const char *what =
        entry->done ? mend->options->diff ? "can be repaired" : "repaired"
                    : "not repaired";

    terminal_escape(out, text_of(entry->path));
    buffer_format(out, ":%u:%u: %s", (unsigned)entry->at.line,
                  (unsigned)entry->at.column, what);
    if (entry->verdict.tier == FIX_UNSAFE)
        buffer_string(out, entry->done ? " (look at it)" : " (--unsafe would)");
    buffer_string(out, ": ");
    terminal_escape(out, text_of(why_of(entry)));
    buffer_byte(out, '\n');
}

static void show_incomplete(struct buffer *out, const struct report *report)
{
    for (size_t i = 0; i < report->incomplete_count; i++) {
        terminal_escape(out, text_of(report->incomplete[i].path));
        buffer_string(out, ": incomplete: ");
        terminal_escape(out, text_of(report->incomplete[i].reason));
        buffer_byte(out, '\n');
    }
}

static void as_text(struct buffer *out, const struct mend *mend)
{
    size_t done = mend_done(mend), left = mend->entries_count - done;

    for (size_t i = 0; i < mend->entries_count; i++)
        if (!mend->options->quiet || !mend->entries[i].done)
            show_entry(out, mend, &mend->entries[i]);
    show_incomplete(out, mend->report);
    if (mend->options->quiet && !left)
        return;
    buffer_format(out, "%zu finding%s %s in %zu file%s, %zu left\n", done,
                  done == 1 ? "" : "s",
                  mend->options->diff ? "to repair" : "repaired", mend->files,
                  mend->files == 1 ? "" : "s", left);
}

/* ---- JSON ---------------------------------------------------------------- */

static void json_entry(struct buffer *out, const struct mend_entry *entry)
{
    buffer_string(out, "{ \"path\": ");
    json_string(out, text_of(entry->path));
    buffer_format(out,
                  ", \"line\": %u, \"column\": %u, \"repaired\": %s, "
                  "\"tier\": \"%s\", \"why\": ",
                  (unsigned)entry->at.line, (unsigned)entry->at.column,
                  entry->done ? "true" : "false",
                  fix_tier_name(entry->verdict.tier));
    json_string(out, text_of(why_of(entry)));
    buffer_string(out, " }");
}

static void as_json(struct buffer *out, const struct mend *mend)
{
    const struct report *report = mend->report;

    buffer_format(out, "{\n  \"version\": 1,\n  \"written\": %s,\n",
                  mend->options->diff ? "false" : "true");
    buffer_format(out, "  \"files\": %zu,\n  \"findings\": [", mend->files);
    for (size_t i = 0; i < mend->entries_count; i++) {
        buffer_string(out, i ? ",\n    " : "\n    ");
        json_entry(out, &mend->entries[i]);
    }
    buffer_string(out, mend->entries_count ? "\n  ],\n" : "],\n");
    buffer_string(out, "  \"incomplete\": [");
    for (size_t i = 0; i < report->incomplete_count; i++) {
        buffer_string(out, i ? ",\n    { \"path\": " : "\n    { \"path\": ");
        json_string(out, text_of(report->incomplete[i].path));
        buffer_string(out, ", \"reason\": ");
        json_string(out, text_of(report->incomplete[i].reason));
        buffer_string(out, " }");
    }
    buffer_string(out, report->incomplete_count ? "\n  ]\n}\n" : "]\n}\n");
}

void mend_make(struct buffer *out, bool json, const void *what)
{
    if (json)
        as_json(out, what);
    else
        as_text(out, what);
}

void mend_release(struct mend *mend)
{
    for (size_t i = 0; i < mend->entries_count; i++)
        free(mend->entries[i].why);
    free(mend->entries);
    buffer_release(&mend->patch);
}
