#include "cmd/commands/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/session/command.h"
#include "cmd/terminal/complain.h"
#include "core/base/nearest.h"

static unsigned bit_of(const char *name)
{
    const struct command *command = command_find(name);

    return command ? command->bit : 0;
}

/*
 * A closed standard descriptor would be the next file that is opened. In its
 * place comes one that fails as the closed one would.
 */
static void reserve_standard_descriptors(void)
{
    for (int i = 0; i <= STDERR_FILENO; i++)
        if (fcntl(i, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            _exit(EXIT_INCOMPLETE);
}

static int enter_folders(const struct strings *folders)
{
    for (size_t i = 0; i < folders->items_count; i++)
        if (chdir(folders->items[i]) < 0)
            return complain(-1, "cannot change to '%s': %s", folders->items[i],
                            strerror(errno));
    return 0;
}

static int unknown_command(const char *name)
{
    size_t count;
    const struct command *commands = command_table(&count);
    struct nearest nearest = NEAREST_TO(name);

    for (size_t i = 0; i < count; i++)
        nearest_offer(&nearest, commands[i].name);
    if (nearest.best)
        return complain(EXIT_USAGE, "unknown command '%s'; did you mean '%s'?",
                        name, nearest.best);
    return complain(EXIT_USAGE, "unknown command '%s'; see 'tmpguard help'",
                    name);
}

static int run_command(const struct options *options)
{
    const struct command *command = command_find(options->command);

    if (!command)
        return unknown_command(options->command);
    if (enter_folders(&options->folders) < 0)
        return EXIT_USAGE;
    return command->run(options);
}

static int run(const struct options *options)
{
    if (options->help)
        return cmd_help(options);
    if (options->version)
        return cmd_version(options);
    if (options->command)
        return run_command(options);
    return complain(EXIT_USAGE, "no command was given; see 'tmpguard help'");
}

/* Out of memory, or an assertion: what ends here proved nothing. */
static void end_aborted(int number)
{
    static const char words[] =
        "tmpguard: out of memory, or an error of tmpguard itself: not done\n";

    (void)number;
    if (write(STDERR_FILENO, words, sizeof(words) - 1) < 0)
        _exit(EXIT_INCOMPLETE);
    _exit(EXIT_INCOMPLETE);
}

int cli_run(int argc, char **argv)
{
    struct options options;
    struct error err;
    int code;

    reserve_standard_descriptors();
    /* Writing that fails is seen where it is done. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGABRT, end_aborted);
    if (options_parse(&options, argc, argv, bit_of, &err) < 0)
        code = complain(EXIT_USAGE, "%s", err.message);
    else
        code = run(&options);
    options_release(&options);
    return code;
}
