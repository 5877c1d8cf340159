#include <string.h>

#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "core/base/nearest.h"

#define COLUMN 24

static void option(struct buffer *out, const struct option_row *row)
{
    struct buffer name = BUFFER_EMPTY;

    /* Another long name is told by the text. */
    if (row->also && !row->also[1])
        buffer_format(&name, "-%s, ", row->also);
    buffer_format(&name, "%s%s", row->name[1] ? "--" : "-", row->name);
    if (row->kind == OPTION_MAYBE)
        buffer_format(&name, "[=%s]", row->value);
    else if (row->value)
        buffer_format(&name, " %s", row->value);
    buffer_format(out, "  %-*s %s\n", COLUMN, name.bytes, row->about);
    buffer_release(&name);
}

/* The command's own ones, or those that all commands have. */
static void options_of(struct buffer *out, const char *heading, unsigned bit)
{
    size_t count, shown = 0;
    const struct option_row *rows = option_table(&count);

    for (size_t i = 0; i < count; i++) {
        bool common = rows[i].commands == OPTION_ALL;

        if (!rows[i].about)
            continue;
        if (bit == OPTION_ALL ? !common : common || !(rows[i].commands & bit))
            continue;
        if (shown++ == 0)
            buffer_format(out, "\n%s\n", heading);
        option(out, &rows[i]);
    }
}

static void general(struct buffer *out)
{
    size_t count;
    const struct command *commands = command_table(&count);

    buffer_string(out, "Usage: tmpguard COMMAND [OPTION…] [ARGUMENT…]\n\n"
                       "Stops commits that introduce insecure temporary-file "
                       "calls in Python.\n\nCommands\n");
    for (size_t i = 0; i < count; i++)
        buffer_format(out, "  %-10s %s\n", commands[i].name,
                      commands[i].summary);
    options_of(out, "Options of all commands", OPTION_ALL);
    buffer_string(out,
                  "\nExit codes\n"
                  "  0  all was read and analysed, and nothing blocks\n"
                  "  1  findings that block, or unused suppressions; hooks "
                  "that would not fire\n"
                  "  2  usage or configuration error: nothing was checked\n"
                  "  3  incomplete: something could not be read, analysed or "
                  "written; where\n"
                  "     findings block, too, it is 1\n"
                  "  4  check was only asked by doctor whether it runs\n");
}

static void specific(struct buffer *out, const struct command *command)
{
    buffer_format(out, "Usage: tmpguard %s [OPTION…]%s%s\n\n", command->name,
                  command->usage[0] ? " " : "", command->usage);
    buffer_format(out, "%c%s.\n",
                  command->summary[0] >= 'a' && command->summary[0] <= 'z'
                      ? command->summary[0] - 'a' + 'A'
                      : command->summary[0],
                  command->summary + 1);
    if (command->about)
        buffer_format(out, "\n%s", command->about);
    options_of(out, "Options", command->bit);
    options_of(out, "Options of all commands", OPTION_ALL);
}

/* `help NAME` and `NAME --help` are the same. */
static const char *subject(const struct options *options)
{
    if (options->command && strcmp(options->command, "help") != 0)
        return options->command;
    if (options->arguments.items_count)
        return options->arguments.items[0];
    return options->help ? options->command : NULL;
}

int cmd_help(const struct options *options)
{
    const char *name = subject(options);
    const struct command *command = name ? command_find(name) : NULL;
    struct buffer text = BUFFER_EMPTY;
    int code;

    if (!options->help && options->command &&
        strcmp(options->command, "help") == 0 &&
        options->arguments.items_count > 1)
        return complain(EXIT_USAGE, "'help' takes one command at most");
    if (name && !command)
        return complain(EXIT_USAGE, "unknown command '%s'; see 'tmpguard help'",
                        name);
    if (command)
        specific(&text, command);
    else
        general(&text);
    code = output_say(buffer_view(&text));
    buffer_release(&text);
    return code;
}
