#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/complain.h"
#include "cmd/environment.h"
#include "cmd/json.h"
#include "cmd/output.h"
#include "cmd/terminal.h"
#include "store/store.h"

/* What `stats` says. */
struct state {
    const char *folder, *trouble; /* why it cannot be used, or NULL */
    struct store_stats stats;
};

static void as_text(struct buffer *out, const struct state *state)
{
    buffer_string(out, "folder:      ");
    terminal_escape(out, text_of(state->folder));
    buffer_format(out,
                  "\nentries:     %" PRIu64 "\nsize:        %" PRIu64
                  " bytes\nquarantined: %" PRIu64 "\n",
                  state->stats.entries, state->stats.size,
                  state->stats.quarantined);
    if (!state->trouble)
        return;
    buffer_string(out, "not usable:  ");
    terminal_escape(out, text_of(state->trouble));
    buffer_byte(out, '\n');
}

static void as_json(struct buffer *out, const struct state *state)
{
    buffer_string(out, "{ \"folder\": ");
    json_string(out, text_of(state->folder));
    buffer_format(out,
                  ", \"entries\": %" PRIu64 ", \"size\": %" PRIu64
                  ", \"quarantined\": %" PRIu64 ", \"trouble\": ",
                  state->stats.entries, state->stats.size,
                  state->stats.quarantined);
    if (state->trouble)
        json_string(out, text_of(state->trouble));
    else
        buffer_string(out, "null");
    buffer_string(out, " }\n");
}

static void make_state(struct buffer *out, bool json, const void *what)
{
    if (json)
        as_json(out, what);
    else
        as_text(out, what);
}

static int stats(const struct options *options, const char *folder)
{
    struct state state = { .folder = folder };
    struct store *store = NULL;
    struct error err;
    int code;

    if (store_open(&store, folder, &err) < 0 ||
        store_stats(store, &state.stats, &err) < 0)
        state.trouble = err.message;
    code = output_answer(options, make_state, &state);
    store_close(store);
    return code;
}

static int clear(const struct options *options, const char *folder)
{
    struct buffer text = BUFFER_EMPTY;
    struct error err;
    int code = EXIT_CLEAN;

    if (store_clear(folder, &err) < 0)
        return complain(EXIT_INCOMPLETE, "%s", err.message);
    buffer_string(&text, "the cache in ");
    terminal_escape(&text, text_of(folder));
    buffer_string(&text, " is empty\n");
    if (!options->quiet)
        code = output_say(buffer_view(&text));
    buffer_release(&text);
    return code;
}

int cmd_cache(const struct options *options)
{
    const struct strings *arguments = &options->arguments;
    const char *what = arguments->items_count == 1 ? arguments->items[0] : "";
    char *folder;
    int code;

    if (strcmp(what, "stats") != 0 && strcmp(what, "clear") != 0)
        return complain(EXIT_USAGE, "say 'tmpguard cache stats' or 'tmpguard "
                                    "cache clear'");
    folder = environment_cache_folder();
    if (!folder)
        return complain(EXIT_USAGE,
                        "there is no cache folder: set XDG_CACHE_HOME");
    code = strcmp(what, "stats") == 0 ? stats(options, folder)
                                      : clear(options, folder);
    free(folder);
    return code;
}
