/*
 * The exit codes of every command: a public contract.
 */
#ifndef TMPGUARD_CMD_BASE_EXIT_H
#define TMPGUARD_CMD_BASE_EXIT_H

enum exit_code {
    EXIT_CLEAN = 0,      /* all was read and analysed, nothing blocks */
    EXIT_FINDINGS = 1,   /* findings that block, or unused suppressions */
    EXIT_USAGE = 2,      /* usage or configuration: nothing was checked */
    EXIT_INCOMPLETE = 3, /* something could not be read or analysed */
    EXIT_CANARY = 4,     /* `check` was only asked whether it runs */
};

#endif
