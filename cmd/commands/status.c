#include "cmd/base/surroundings.h"
#include "cmd/render/fields.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/terminal.h"
#include "hooks/install/doctor.h"
#include "hooks/install/install_state.h"

struct answer {
    struct install_state state;
    struct doctor doctor;
};

/* The first thing that keeps the gate from being what it should, or NULL. */
static const struct checkup_entry *reason_of(const struct answer *answer)
{
    const struct checkup *checkup = &answer->doctor.checkup;

    for (size_t i = 0; i < checkup->entries_count; i++)
        if (checkup->entries[i].state == CHECKUP_FAIL)
            return &checkup->entries[i];
    return NULL;
}

static void as_json(struct buffer *out, const struct answer *answer)
{
    const struct checkup_entry *reason = reason_of(answer);
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    json_value(&json, "version", "1");
    fields_tool(&json);
    json_bool(&json, "installed", answer->state.installed);
    json_bool(&json, "fires", !reason);
    json_words(&json, "where", answer->state.where);
    json_words(&json, "reason", reason ? reason->detail : NULL);
    json_close(&json, '}');
    buffer_byte(out, '\n');
}

static void as_text(struct buffer *out, const struct answer *answer)
{
    const struct checkup_entry *reason = reason_of(answer);
    bool serves = answer->doctor.serves;

    buffer_string(out, "tmpguard " TMPGUARD_VERSION " ");
    if (!reason)
        buffer_format(out, "checks %s here, from ",
                      serves ? "what is pushed" : "commits, merges and pushes");
    else if (answer->state.installed)
        buffer_format(out,
                      "is installed but would not run as it should at every "
                      "%s ('tmpguard doctor' says more): ",
                      serves ? "push" : "commit, merge and push");
    else
        buffer_format(out,
                      "is not installed here ('tmpguard install%s'): git "
                      "looks in ",
                      serves ? " --server ." : "");
    terminal_escape(out, text_of(reason && answer->state.installed
                                     ? reason->detail
                                     : answer->state.where));
    buffer_byte(out, '\n');
}

static void make(struct buffer *out, bool json, const void *what)
{
    if (json)
        as_json(out, what);
    else
        as_text(out, what);
}

static int look(struct answer *answer, struct error *err)
{
    struct surroundings around;
    struct doctor_options asked = { .quick = true };

    if (install_state_read(&answer->state, err) < 0)
        return -1;
    surroundings_read(&around);
    around.variables[0] = NULL;
    asked.path = around.path;
    asked.variables = around.variables;
    asked.repository_is_named = around.repository_is_named;
    return doctor_look(&answer->doctor, &asked, err);
}

int cmd_status(const struct options *options)
{
    struct answer answer = { .doctor = DOCTOR_EMPTY };
    struct error err;
    int code;

    if (options->arguments.items_count > 0)
        return complain(EXIT_USAGE, "'status' takes no arguments; for another "
                                    "folder use -C");
    if (look(&answer, &err) < 0)
        code = complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                        "%s", err.message);
    else
        code =
            options->quiet ? EXIT_CLEAN : output_answer(options, make, &answer);
    if (code == EXIT_CLEAN && reason_of(&answer))
        code = EXIT_FINDINGS;
    install_state_release(&answer.state);
    doctor_release(&answer.doctor);
    return code;
}
