#include "cmd/render/doctor_render.h"

#include "cmd/terminal/json.h"
#include "cmd/terminal/terminal.h"

/* ---- text ---------------------------------------------------------------- */

/* " (in A, B)": where it was seen, if that is not everywhere. */
static void where(struct buffer *out, const char *word,
                  const struct paths *seen, size_t of)
{
    if (!seen->items_count || seen->items_count >= of)
        return;
    for (size_t i = 0; i < seen->items_count; i++) {
        buffer_format(out, "%s", i ? ", " : word);
        terminal_escape(out, text_of(seen->items[i]));
    }
    buffer_byte(out, ')');
}

static void below(struct buffer *out, const char *name, const char *words)
{
    if (!words)
        return;
    buffer_format(out, "  %s: ", name);
    terminal_escape(out, text_of(words));
    buffer_byte(out, '\n');
}

static void line(struct buffer *out, const struct checkup_entry *entry,
                 const struct doctor *doctor)
{
    static const char *const words[] = { "ok: ", "warning: ", "error: " };

    buffer_string(out, words[entry->state]);
    terminal_escape(out, text_of(entry->detail));
    where(out, " (with ", &entry->gits, doctor->gits.items_count);
    where(out, " (in ", &entry->places, doctor->trees.items_count);
    buffer_byte(out, '\n');
    below(out, "repair", entry->repair);
    below(out, "advice", entry->advice);
}

static void verdict(struct buffer *out, const struct doctor_view *view)
{
    const struct doctor *doctor = view->doctor;
    size_t places = 0;

    for (size_t i = 0; i < doctor->trees.items_count; i++)
        places += !doctor->trees.items[i].bare && !doctor->trees.items[i].gone;
    if (checkup_worst(&doctor->checkup) == CHECKUP_FAIL) {
        buffer_string(out, "tmpguard does not fire as it should: see above\n");
        return;
    }
    buffer_format(out, "tmpguard " TMPGUARD_VERSION " fires at %s: ",
                  doctor->serves ? "what is pushed to this repository"
                                 : "commits, merges and pushes");
    if (!doctor->serves)
        buffer_format(out, "%zu worktree%s, ", places, places == 1 ? "" : "s");
    buffer_format(out, "%zu git%s%s\n", doctor->gits.items_count,
                  doctor->gits.items_count == 1 ? "" : "s",
                  view->options->no_canary ? " (not tried)" : "");
}

static void as_text(struct buffer *out, const struct doctor_view *view)
{
    const struct checkup *checkup = &view->doctor->checkup;

    for (size_t i = 0; i < checkup->entries_count; i++)
        if (view->options->verbose || checkup->entries[i].state != CHECKUP_OK)
            line(out, &checkup->entries[i], view->doctor);
    if (!view->options->quiet)
        verdict(out, view);
}

/* ---- JSON ---------------------------------------------------------------- */

static void strings(struct buffer *out, const char *key,
                    const struct paths *paths)
{
    buffer_format(out, ", \"%s\": [", key);
    for (size_t i = 0; i < paths->items_count; i++) {
        buffer_string(out, i ? ", " : "");
        json_string(out, text_of(paths->items[i]));
    }
    buffer_byte(out, ']');
}

static void member(struct buffer *out, const char *key, const char *value)
{
    buffer_format(out, ", \"%s\": ", key);
    if (value)
        json_string(out, text_of(value));
    else
        buffer_string(out, "null");
}

static void gits(struct buffer *out, const struct gits *gits)
{
    buffer_string(out, ",\n  \"gits\": [");
    for (size_t i = 0; i < gits->items_count; i++) {
        buffer_format(out, "%s{ \"path\": ", i ? ", " : " ");
        json_string(out, text_of(gits->items[i].path));
        member(out, "version", gits->items[i].version);
        buffer_string(out, " }");
    }
    buffer_string(out, " ]");
}

static void worktrees(struct buffer *out, const struct worktrees *trees)
{
    size_t shown = 0;

    buffer_string(out, ",\n  \"worktrees\": [");
    for (size_t i = 0; i < trees->items_count; i++)
        if (!trees->items[i].bare && !trees->items[i].gone) {
            buffer_string(out, shown++ ? ", " : "");
            json_string(out, text_of(trees->items[i].path));
        }
    buffer_byte(out, ']');
}

static void check(struct buffer *out, const struct checkup_entry *entry)
{
    buffer_format(out, "    { \"id\": \"%s\", \"state\": \"%s\"", entry->id,
                  checkup_name(entry->state));
    member(out, "detail", entry->detail);
    member(out, "repair", entry->repair);
    member(out, "advice", entry->advice);
    strings(out, "gits", &entry->gits);
    strings(out, "worktrees", &entry->places);
    buffer_string(out, " }");
}

static void as_json(struct buffer *out, const struct doctor_view *view)
{
    const struct checkup *checkup = &view->doctor->checkup;

    buffer_format(out,
                  "{\n  \"version\": 1,\n  \"tool\": { \"name\": \"tmpguard\", "
                  "\"version\": \"" TMPGUARD_VERSION "\" },\n"
                  "  \"fires\": %s,\n  \"canary\": %s",
                  checkup_worst(checkup) == CHECKUP_FAIL ? "false" : "true",
                  view->options->no_canary ? "false" : "true");
    gits(out, &view->doctor->gits);
    worktrees(out, &view->doctor->trees);
    buffer_string(out, ",\n  \"checks\": [\n");
    for (size_t i = 0; i < checkup->entries_count; i++) {
        buffer_string(out, i ? ",\n" : "");
        check(out, &checkup->entries[i]);
    }
    buffer_string(out, "\n  ]\n}\n");
}

void doctor_render(struct buffer *out, bool json, const void *view)
{
    if (json)
        as_json(out, view);
    else
        as_text(out, view);
}
