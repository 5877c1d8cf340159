#include "cmd/command.h"
#include "cmd/complain.h"
#include "cmd/json.h"
#include "cmd/output.h"
#include "cmd/terminal.h"
#include "hooks/install/install_state.h"

static void as_json(struct buffer *out, const struct install_state *state)
{
    buffer_format(out,
                  "{ \"version\": 1, \"tool\": { \"name\": \"tmpguard\", "
                  "\"version\": \"" TMPGUARD_VERSION "\" }, \"installed\": %s, "
                  "\"fires\": %s, \"where\": ",
                  state->installed ? "true" : "false",
                  state->fires ? "true" : "false");
    json_string(out, text_of(state->where));
    buffer_string(out, " }\n");
}

static void as_text(struct buffer *out, const struct install_state *state)
{
    buffer_string(out, "tmpguard " TMPGUARD_VERSION " ");
    if (state->fires && state->serves)
        buffer_string(out, "checks what is pushed here, from ");
    else if (state->fires)
        buffer_string(out, "checks commits, merges and pushes here, from ");
    else if (state->installed)
        buffer_string(out, "is installed but would not run at every commit, "
                           "merge and push ('tmpguard doctor' says why): ");
    else
        buffer_string(out, "is not installed here ('tmpguard install'): git "
                           "looks in ");
    terminal_escape(out, text_of(state->where));
    buffer_byte(out, '\n');
}

static void make(struct buffer *out, bool json, const void *what)
{
    if (json)
        as_json(out, what);
    else
        as_text(out, what);
}

int cmd_status(const struct options *options)
{
    struct install_state state;
    struct error err;
    int code;

    if (options->arguments.items_count > 0)
        return complain(EXIT_USAGE, "'status' takes no arguments; for another "
                                    "folder use -C");
    if (install_state_read(&state, &err) < 0)
        return complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                        "%s", err.message);
    code = options->quiet ? EXIT_CLEAN : output_answer(options, make, &state);
    if (code == EXIT_CLEAN && !state.fires)
        code = EXIT_FINDINGS;
    install_state_release(&state);
    return code;
}
