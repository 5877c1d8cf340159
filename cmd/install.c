#include "hooks/install.h"

#include "cmd/command.h"
#include "cmd/complain.h"
#include "cmd/json.h"
#include "cmd/output.h"
#include "cmd/places.h"
#include "cmd/terminal.h"

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

typedef int engine(const struct install_options *options, struct error *err);

static int run(const struct options *options, engine *carry_out)
{
    struct places places = PLACES_EMPTY;
    struct lines lines = { BUFFER_EMPTY, BUFFER_EMPTY };
    struct install_options asked = { .say = keep_line, .payload = &lines };
    const char *trouble = places_find(&places, &asked, options);
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
    places_release(&places);
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
