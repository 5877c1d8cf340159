/*
 * The command line as values: one table of options for all commands.
 */
#ifndef TMPGUARD_CMD_BASE_OPTIONS_H
#define TMPGUARD_CMD_BASE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

/* Which commands an option belongs to: a bit for each that has its own. */
enum {
    OPTION_CHECK = 1 << 0,
    OPTION_SCAN = 1 << 1,
    OPTION_INSTALL = 1 << 2,
    OPTION_UNINSTALL = 1 << 3,
    OPTION_CACHE = 1 << 4,
    OPTION_EXPLAIN = 1 << 5,
    OPTION_VERSION = 1 << 6,
    OPTION_HELP = 1 << 7,
    OPTION_STATUS = 1 << 8,
    OPTION_DOCTOR = 1 << 9,
    OPTION_COVERAGE = 1 << 10,
    OPTION_CONFIG = 1 << 11,
    OPTION_BASELINE = 1 << 12,
    OPTION_DAEMON = 1 << 13,
    OPTION_FIX = 1 << 14,
    OPTION_LSP = 1 << 15,
    OPTION_ALL = (1 << 20) - 1,
    OPTION_HISTORY = 1 << 20, /* not without --history */
};

#define OPTION_JOBS_MAX 256

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct session_host;

/* Strings of argv, in its order. */
struct strings {
    const char **items;
    size_t items_count, items_room;
};

/* Start from OPTIONS_EMPTY; strings belong to argv. */
struct options {
    const char *command;      /* NULL: none was given */
    struct strings arguments; /* what is neither an option nor the command */
    size_t dashes_at; /* how many of them stand before "--"; SIZE_MAX: none */

    struct strings formats; /* as given: "json", "json=FILE" */
    struct strings folders; /* of -C, each relative to the one before */
    const char *output;     /* a file instead of standard output, or NULL */
    enum color_when color;
    unsigned jobs; /* 0: as many as there are processors */
    bool quiet, verbose, no_cache, recache, verify_cache, no_daemon,
        codeql_compat, show_suppressed;
    bool help, version;

    /* check: at most one of these */
    bool staged, pre_push, pre_receive, ci;
    const char *range, *commit;
    const char *deadline; /* with pre_receive */

    /* scan */
    bool history;
    bool unused_suppressions;
    const char *tree, *stdin_name;
    struct strings baselines; /* "" without a file; the last one holds */
    bool allow_growth;        /* baseline update */
    bool allow_incomplete;    /* baseline create */

    /* scan --history; the pattern of one that has none is "" */
    bool all_refs, reflog, first_parent, across_files;
    struct strings branches, tags, remotes;
    const char *since, *until; /* and coverage */

    /* install and uninstall */
    const char *server;
    bool global, system;
    struct strings templates; /* "" without a folder */
    const char *under, *into;

    /* status, doctor, coverage: the same as --format json */
    bool json;

    /* doctor */
    bool no_canary;
    struct strings gits;

    /* fix */
    bool diff, unsafe, allow_dirty;

    /* lsp */
    bool stdio;

    /* check, and coverage */
    bool record;
    struct strings approved;

    /* daemon */
    const char *idle;

    /* Not of the command line: who else the command runs for, or NULL
     * (session.h). */
    const struct session_host *host;
};

#define OPTIONS_EMPTY ((struct options){ .command = NULL })

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_STRING, /* const char *, not empty; the last one holds */
    OPTION_LIST,   /* struct strings, each not empty */
    OPTION_MAYBE,  /* the same, but a value stands behind '='; "" without */
    OPTION_NUMBER, /* unsigned, 1 to OPTION_JOBS_MAX */
    OPTION_COLOR,  /* enum color_when */
};

struct option_row {
    const char *name; /* without the dashes; one letter: a single dash */
    enum option_kind kind;
    size_t offset;     /* of the field in struct options */
    unsigned commands; /* OPTION_… bits */
    const char *value; /* what the help calls its value, or NULL */
    const char *about; /* one line of the help; NULL: not available yet */
    const char *also;  /* another name of the same option, or NULL */
};

/* The table of all options in the order of the help; *count is set. */
const struct option_row *option_table(size_t *count);

/*
 * Read the command line. Options may stand anywhere; "--" ends them, "-" is
 * none. Whether there is such a command is for the caller; an option that
 * `bit_of` says the command does not have is an error.
 *
 * Returns 0, or -1 with ERROR_USAGE, which names the nearest known option.
 * Release the options in either case.
 */
int options_parse(struct options *options, int argc, char **argv,
                  unsigned (*bit_of)(const char *command), struct error *err);

/* Give the lists back. */
void options_release(struct options *options);

#endif
