#include <stdbool.h>
#include <string.h>

#include "cmd/daemon/daemon_start.h"
#include "cmd/daemon/daemon_talk.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/json.h"
#include "cmd/terminal/terminal.h"

#define STOP_MS 4500

/* ---- status -------------------------------------------------------------- */

static void as_json(struct buffer *out, const struct daemon_state *state)
{
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    json_bool(&json, "running", state->runs);
    json_words(&json, "socket", state->socket[0] ? state->socket : NULL);
    if (state->runs)
        json_value(&json, "pid", "%ld", state->pid);
    else
        json_null(&json, "pid");
    json_words(&json, "version", state->runs ? state->version : NULL);
    if (state->runs) {
        json_value(&json, "requests", "%lu", state->requests);
        json_value(&json, "repositories", "%lu", state->repositories);
        json_value(&json, "prepared", "%lu", state->prepared);
        json_value(&json, "recalled", "%lu", state->recalled);
        json_value(&json, "checked", "%lu", state->checked);
        json_value(&json, "differed", "%lu", state->differed);
        json_words(&json, "sandbox", state->sandbox);
    }
    json_close(&json, '}');
    buffer_byte(out, '\n');
}

static void as_text(struct buffer *out, const struct daemon_state *state)
{
    if (!state->runs) {
        buffer_string(out, "the daemon does not run\n");
        return;
    }
    buffer_format(out, "the daemon runs: process %ld, version ", state->pid);
    terminal_escape(out, text_of(state->version));
    buffer_string(out, ", socket ");
    terminal_escape(out, text_of(state->socket));
    buffer_format(
        out,
        "\n%lu request%s, %lu of them answered from memory, %lu repositor%s "
        "watched, looked ahead %lu time%s\n",
        state->requests, state->requests == 1 ? "" : "s", state->recalled,
        state->repositories, state->repositories == 1 ? "y" : "ies",
        state->prepared, state->prepared == 1 ? "" : "s");
    buffer_format(
        out, "%lu hits of the cache analysed again, %lu of them differed\n",
        state->checked, state->differed);
    buffer_string(out, "sandbox of its workers: ");
    terminal_escape(out, text_of(state->sandbox));
    buffer_byte(out, '\n');
}

static void make_state(struct buffer *out, bool json, const void *what)
{
    if (json)
        as_json(out, what);
    else
        as_text(out, what);
}

static int status(const struct options *options)
{
    struct daemon_state state;
    int code;

    daemon_talk_state(&state);
    code = output_answer(options, make_state, &state);
    if (code != EXIT_CLEAN)
        return code;
    return state.runs ? EXIT_CLEAN : 1;
}

/* ---- stop ---------------------------------------------------------------- */

static int stop(const struct options *options)
{
    struct error err;
    int stopped = daemon_talk_stop(STOP_MS, &err);

    if (stopped < 0)
        return complain(EXIT_INCOMPLETE, "%s", err.message);
    if (options->quiet)
        return EXIT_CLEAN;
    return output_say(stopped ? TEXT("the daemon has ended\n")
                              : TEXT("no daemon runs\n"));
}

/* ---- start and run ------------------------------------------------------- */

static int code_of(const struct error *err)
{
    return err->code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE;
}

static int start(const struct options *options)
{
    struct error err;
    int started = daemon_start(options->idle, &err);

    if (started < 0)
        return complain(code_of(&err), "the daemon did not start: %s",
                        err.message);
    /* The repository here is one that somebody works in. */
    daemon_talk_watch();
    if (options->quiet)
        return EXIT_CLEAN;
    return output_say(started ? TEXT("the daemon has started\n")
                              : TEXT("the daemon runs already\n"));
}

static int run(const struct options *options)
{
    struct error err;
    int ran = daemon_run(options->idle, &err);

    if (ran < 0)
        return complain(code_of(&err), "%s", err.message);
    return EXIT_CLEAN;
}

static const struct way {
    const char *name;
    int (*run)(const struct options *options);
    bool idles; /* it knows --idle */
} ways[] = {
    { "run", run, true },
    { "start", start, true },
    { "stop", stop, false },
    { "status", status, false },
};

int cmd_daemon(const struct options *options)
{
    const struct strings *arguments = &options->arguments;
    const char *what = arguments->items_count == 1 ? arguments->items[0] : "";

    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        if (strcmp(ways[i].name, what) != 0)
            continue;
        if (options->idle && !ways[i].idles)
            return complain(EXIT_USAGE, "--idle is for 'run' and 'start'");
        return ways[i].run(options);
    }
    return complain(EXIT_USAGE,
                    "say 'tmpguard daemon run', 'start', 'stop' or 'status'");
}
