/*
 * The program: from the command line to the exit code.
 */
#ifndef TMPGUARD_CMD_COMMANDS_CLI_H
#define TMPGUARD_CMD_COMMANDS_CLI_H

/* Run what the command line asks for; returns an exit code (exit.h). */
int cli_run(int argc, char **argv);

#endif
