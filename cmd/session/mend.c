#include "cmd/session/mend.h"

#include <stdlib.h>

#include "cmd/render/fields.h"
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

static void json_entry(struct json *json, const struct mend_entry *entry)
{
    json_break(json, 4);
    json_open(json, NULL, '{');
    fields_path(json, entry->path);
    json_value(json, "line", "%u", (unsigned)entry->at.line);
    json_value(json, "column", "%u", (unsigned)entry->at.column);
    json_bool(json, "repaired", entry->done);
    json_words(json, "tier", fix_tier_name(entry->verdict.tier));
    json_words(json, "why", why_of(entry));
    json_close(json, '}');
}

static void json_entries(struct json *json, const struct mend *mend)
{
    json_break(json, 2);
    json_open(json, "findings", '[');
    for (size_t i = 0; i < mend->entries_count; i++)
        json_entry(json, &mend->entries[i]);
    if (mend->entries_count)
        json_break(json, 2);
    json_close(json, ']');
}

static void as_json(struct buffer *out, const struct mend *mend)
{
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    json_break(&json, 2);
    json_value(&json, "version", "1");
    json_break(&json, 2);
    json_bool(&json, "written", !mend->options->diff);
    json_break(&json, 2);
    json_value(&json, "files", "%zu", mend->files);
    json_entries(&json, mend);
    fields_incomplete(&json, mend->report);
    json_break(&json, 0);
    json_close(&json, '}');
    buffer_byte(out, '\n');
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
