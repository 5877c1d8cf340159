#include "hooks/install/install_under.h"

#include <stdlib.h>

#include "cmd/base/environment.h"
#include "cmd/base/places.h"
#include "cmd/base/surroundings.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/json.h"
#include "cmd/terminal/terminal.h"
#include "hooks/install/install_config.h"
#include "hooks/install/install_manager.h"

/* What was done, line by line. */
struct lines {
    struct buffer text, json;
};

static void keep_line(const char *line, void *payload)
{
    struct lines *lines = payload;

    terminal_escape(&lines->text, text_of(line));
    buffer_byte(&lines->text, '\n');
    buffer_string(&lines->json, lines->json.size ? ", " : "");
    json_string(&lines->json, text_of(line));
}

static void make_answer(struct buffer *out, bool json, const void *what)
{
    const struct lines *lines = what;

    if (json)
        buffer_string(out, "{ \"done\": [");
    buffer_text(out, buffer_view(json ? &lines->json : &lines->text));
    if (json)
        buffer_string(out, "] }\n");
}

/* To do it, and to do it in many clones. */
struct engine {
    int (*run)(const struct install_options *options, struct error *err);
    int (*run_under)(const char *folder, const struct install_options *options,
                     struct error *err);
    bool goes_back; /* after a failure nothing is left that could be told */
};

static int carry_out(const struct engine *engine, const struct options *options,
                     const struct install_options *asked, struct error *err)
{
    if (!options->under)
        return engine->run(asked, err);
    environment_forget_repository();
    return engine->run_under(options->under, asked, err);
}

static const char *check_arguments(const struct options *options)
{
    size_t allowed = options->templates.items_count > 0;

    if (options->arguments.items_count <= allowed)
        return NULL;
    return "install and uninstall take no arguments; for another folder use "
           "-C";
}

/* git's settings for all users, if they are where only git finds them. */
static char *find_settings(void)
{
    struct config_places places;
    struct error none;
    char *file = config_of_machine(&none);

    environment_git_places(&places);
    if (file && config_places_have(&places, file)) {
        free(file);
        file = NULL;
    }
    config_places_release(&places);
    return file;
}

/* Where it is said what was done is known before anything is. */
static int act(const struct options *options, const struct engine *engine,
               const struct install_options *asked, const struct lines *lines)
{
    struct outputs outputs;
    struct error err;
    int code = outputs_prepare(&outputs, options), result;

    if (code != EXIT_CLEAN)
        goto done;
    result = carry_out(engine, options, asked, &err);
    if (result > 0 || (!options->quiet && result == 0) ||
        (result < 0 && !engine->goes_back))
        code = outputs_answer(&outputs, make_answer, lines);
    if (result < 0)
        code = complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                        "%s", err.message);
    else if (result > 0)
        code = complain(EXIT_INCOMPLETE,
                        options->under ? "not all clones could be done"
                                       : "not everything could be taken out");

done:
    outputs_close(&outputs);
    return code;
}

static int run(const struct options *options, const struct engine *engine)
{
    struct places places = PLACES_EMPTY;
    struct lines lines = { BUFFER_EMPTY, BUFFER_EMPTY };
    struct surroundings around;
    char *settings;
    struct install_options asked = { .say = keep_line, .payload = &lines };
    const char *trouble = places_find(&places, &asked, options);
    int code;

    surroundings_read(&around);
    asked.path = options->under ? NULL : around.path;
    asked.home = around.home;
    asked.settings = settings = find_settings();
    if (!trouble)
        trouble = check_arguments(options);
    code = trouble ? complain(EXIT_USAGE, "%s", trouble)
                   : act(options, engine, &asked, &lines);
    places_release(&places);
    free(settings);
    buffer_release(&lines.text);
    buffer_release(&lines.json);
    return code;
}

/* Changes nothing: whoever wrote the manager's configuration adds to it. */
static int print_snippet(const char *name)
{
    const struct manager *manager = manager_named(name);
    size_t count;
    const struct manager *managers = manager_table(&count);
    struct buffer names = BUFFER_EMPTY;
    int code;

    if (manager)
        return output_say(text_of(manager->snippet));
    for (size_t i = 0; i < count; i++)
        buffer_format(&names, "%s%s", i ? ", " : "", managers[i].name);
    code = complain(EXIT_USAGE, "no hook manager '%s' is known, only %s", name,
                    names.bytes);
    buffer_release(&names);
    return code;
}

int cmd_install(const struct options *options)
{
    static const struct engine engine = { install_hooks, install_under, true };

    if (options->into)
        return print_snippet(options->into);
    return run(options, &engine);
}

int cmd_uninstall(const struct options *options)
{
    static const struct engine engine = { uninstall_hooks, uninstall_under,
                                          false };

    return run(options, &engine);
}
