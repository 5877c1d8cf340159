/*
 * The commands: one row of the table in command.c and one file each.
 */
#ifndef TMPGUARD_CMD_SESSION_COMMAND_H
#define TMPGUARD_CMD_SESSION_COMMAND_H

#include <stddef.h>

#include "cmd/base/exit.h"
#include "cmd/base/options.h"

struct command {
    const char *name;
    int (*run)(const struct options *options); /* returns the exit code */
    unsigned bit;        /* OPTION_…: which rows of the option table it has */
    const char *usage;   /* what stands behind its name: "[PATH…]" */
    const char *summary; /* one line, no full stop */
    const char *about;   /* for help: lines of at most 79 columns, or NULL */
};

/* All commands in the order of the help; *count is set. */
const struct command *command_table(size_t *count);

/* The command called `name`, or NULL. */
const struct command *command_find(const char *name);

int cmd_check(const struct options *options);
int cmd_scan(const struct options *options);
int cmd_install(const struct options *options);
int cmd_uninstall(const struct options *options);
int cmd_status(const struct options *options);
int cmd_config(const struct options *options);
int cmd_doctor(const struct options *options);
int cmd_fix(const struct options *options);
int cmd_lsp(const struct options *options);
int cmd_baseline(const struct options *options);
int cmd_coverage(const struct options *options);
int cmd_daemon(const struct options *options);
int cmd_cache(const struct options *options);
int cmd_explain(const struct options *options);
int cmd_version(const struct options *options);
int cmd_help(const struct options *options);

#endif
