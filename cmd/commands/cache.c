#include <inttypes.h>
#include <string.h>

#include "cmd/base/environment.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/json.h"
#include "cmd/terminal/terminal.h"

#define NAME_WIDTH 12

/* What `stats` says: words, or where they are NULL a number. */
struct line {
    const char *name, *words;
    uint64_t number;
    const char *unit;
};

struct state {
    const char *trouble; /* why it cannot be used, or NULL */
    const struct line *lines;
    size_t lines_count;
};

static void as_text(struct buffer *out, const struct state *state)
{
    for (size_t i = 0; i < state->lines_count; i++) {
        const struct line *line = &state->lines[i];

        buffer_format(out, "%s:%*s", line->name,
                      NAME_WIDTH - (int)strlen(line->name), "");
        if (line->words)
            terminal_escape(out, text_of(line->words));
        else
            buffer_format(out, "%" PRIu64 "%s", line->number, line->unit);
        buffer_byte(out, '\n');
    }
    if (!state->trouble)
        return;
    buffer_string(out, "not usable:  ");
    terminal_escape(out, text_of(state->trouble));
    buffer_byte(out, '\n');
}

static void as_json(struct buffer *out, const struct state *state)
{
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    for (size_t i = 0; i < state->lines_count; i++) {
        const struct line *line = &state->lines[i];

        if (line->words)
            json_words(&json, line->name, line->words);
        else
            json_value(&json, line->name, "%" PRIu64, line->number);
    }
    json_words(&json, "trouble", state->trouble);
    json_close(&json, '}');
    buffer_byte(out, '\n');
}

static void make_state(struct buffer *out, bool json, const void *what)
{
    if (json)
        as_json(out, what);
    else
        as_text(out, what);
}

static int say_state(const struct options *options,
                     const struct store_place *place, const char *trouble,
                     const struct store_stats *stats)
{
    const struct counts *ever = &stats->ever;
    const struct line lines[] = {
        { "folder", place->folder, 0, "" },
        { "entries", NULL, stats->entries, "" },
        { "size", NULL, stats->size, " bytes" },
        { "limit", NULL, STORE_SIZE_MAX, " bytes" },
        { "hits", NULL, ever->hits, "" },
        { "misses", NULL, ever->misses, "" },
        { "rejected", NULL, ever->rejected, "" },
        { "writes", NULL, ever->writes, "" },
        { "skipped", NULL, ever->skipped, "" },
        { "evicted", NULL, ever->evicted, "" },
        { "quarantined", NULL, ever->quarantined, "" },
        { "build", place->build, 0, "" },
    };
    const struct state state = { trouble, lines,
                                 sizeof(lines) / sizeof(*lines) };

    return output_answer(options, make_state, &state);
}

static int show(const struct options *options, const struct store_place *place)
{
    struct store_stats stats = { .entries = 0 };
    const char *trouble = NULL;
    struct store *store = NULL;
    struct error err;
    int code;

    if (store_open(&store, place, &err) < 0 ||
        store_stats(store, &stats, &err) < 0)
        trouble = err.message;
    code = say_state(options, place, trouble, &stats);
    store_close(store);
    return code;
}

/* Print the line, which is released, unless nothing is to be said. */
static int say(const struct options *options, int code, struct buffer *line)
{
    int said = options->quiet ? EXIT_CLEAN : output_say(buffer_view(line));

    buffer_release(line);
    return said == EXIT_CLEAN ? code : said;
}

static int verify(const struct options *options,
                  const struct store_place *place)
{
    struct store *store;
    struct store_stats stats;
    struct buffer line = BUFFER_EMPTY;
    struct error err;
    uint64_t dropped = 0;
    int result = -1;

    if (store_open(&store, place, &err) == 0 &&
        store_verify(store, &dropped, &err) == 0 &&
        store_stats(store, &stats, &err) == 0)
        result = 0;
    store_close(store);
    if (result < 0)
        return complain(EXIT_INCOMPLETE, "%s", err.message);
    dropped += stats.run.quarantined;
    if (stats.run.quarantined)
        buffer_string(&line, "the file was damaged and is begun anew\n");
    else
        buffer_format(&line,
                      "%" PRIu64 " entries are sound; %" PRIu64
                      " were not and are dropped\n",
                      stats.entries, dropped);
    return say(options, dropped ? EXIT_FINDINGS : EXIT_CLEAN, &line);
}

static int collect(const struct options *options,
                   const struct store_place *place)
{
    struct store *store;
    struct store_stats stats;
    struct buffer line = BUFFER_EMPTY;
    struct error err;
    int result = -1;

    if (store_open(&store, place, &err) == 0 &&
        store_prune(store, STORE_SIZE_LOW, &err) == 0 &&
        store_stats(store, &stats, &err) == 0)
        result = 0;
    store_close(store);
    if (result < 0)
        return complain(EXIT_INCOMPLETE, "%s", err.message);
    buffer_format(&line,
                  "%" PRIu64 " entries are dropped; %" PRIu64
                  " are left, in %" PRIu64 " bytes\n",
                  stats.run.evicted, stats.entries, stats.size);
    return say(options, EXIT_CLEAN, &line);
}

static int clear(const struct options *options, const struct store_place *place)
{
    struct buffer text = BUFFER_EMPTY;
    struct error err;

    if (store_clear(place->folder, &err) < 0)
        return complain(EXIT_INCOMPLETE, "%s", err.message);
    buffer_string(&text, "the cache in ");
    terminal_escape(&text, text_of(place->folder));
    buffer_string(&text, " is empty\n");
    return say(options, EXIT_CLEAN, &text);
}

static const struct {
    const char *name;
    int (*run)(const struct options *options, const struct store_place *place);
} actions[] = {
    { "stats", show },
    { "verify", verify },
    { "gc", collect },
    { "clear", clear },
};

int cmd_cache(const struct options *options)
{
    const struct strings *arguments = &options->arguments;
    const char *what = arguments->items_count == 1 ? arguments->items[0] : "";
    struct environment_cache cache;
    int code = EXIT_USAGE;

    for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
        if (strcmp(what, actions[i].name) != 0)
            continue;
        if (environment_cache(&cache))
            code = actions[i].run(options, &cache.place);
        else
            complain(code, "there is no cache folder: set HOME");
        environment_cache_release(&cache);
        return code;
    }
    return complain(code, "say 'tmpguard cache stats', 'verify', 'gc' or "
                          "'clear'");
}
