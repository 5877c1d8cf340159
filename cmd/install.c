#include "hooks/install.h"

#include <stdlib.h>

#include "cmd/command.h"
#include "cmd/complain.h"
#include "cmd/environment.h"
#include "cmd/json.h"
#include "cmd/output.h"
#include "cmd/terminal.h"
#include "core/memory.h"

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

/* Owned strings, so that the options can point to constant ones. */
struct places {
    char *program, *state, *config, *git_config;
};

static const char *find_places(struct places *places,
                               const struct options *options)
{
    *places = (struct places){ .program = environment_program() };
    if (!places->program)
        return "the path of this program cannot be found";
    if (!options->global)
        return NULL;
    places->state = environment_state_folder();
    places->config = environment_config_folder();
    places->git_config = environment_git_config();
    if (!places->state || !places->config || !places->git_config)
        return "there is no home folder for --global: set HOME";
    return NULL;
}

static void release_places(struct places *places)
{
    free(places->program);
    free(places->state);
    free(places->config);
    free(places->git_config);
}

typedef int engine(const struct install_options *options, struct error *err);

static int run(const struct options *options, engine *carry_out)
{
    struct places places;
    struct lines lines = { BUFFER_EMPTY, BUFFER_EMPTY };
    const char *trouble = find_places(&places, options);
    const struct install_options asked = { .program = places.program,
                                           .everywhere = options->global,
                                           .state_folder = places.state,
                                           .config_folder = places.config,
                                           .git_config = places.git_config,
                                           .say = keep_line,
                                           .payload = &lines };
    struct error err;
    int result = 0, code = EXIT_CLEAN;

    if (options->arguments.items_count > 0)
        trouble = "install and uninstall take no arguments; for another "
                  "folder use -C";
    if (!trouble)
        result = carry_out(&asked, &err);
    if (!trouble && !options->quiet)
        code = output_answer(options, make_answer, &lines);
    if (trouble)
        code = complain(EXIT_USAGE, "%s", trouble);
    else if (result < 0)
        code = complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                        "%s", err.message);
    else if (result > 0)
        code = complain(EXIT_INCOMPLETE, "not everything could be taken out");
    release_places(&places);
    buffer_release(&lines.text);
    buffer_release(&lines.json);
    return code;
}

int cmd_install(const struct options *options)
{
    return run(options, install_hooks);
}

int cmd_uninstall(const struct options *options)
{
    return run(options, uninstall_hooks);
}
