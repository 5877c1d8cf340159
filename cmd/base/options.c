#include "cmd/base/options.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/nearest.h"

#define FIELD(name) offsetof(struct options, name)
#define OF_HISTORY  (OPTION_SCAN | OPTION_HISTORY)
#define OF_TIME     (OF_HISTORY | OPTION_COVERAGE)
#define OF_REPORTS  (OPTION_STATUS | OPTION_DOCTOR | OPTION_COVERAGE)

static const struct option_row rows[] = {
    { "staged", OPTION_FLAG, FIELD(staged), OPTION_CHECK, NULL,
      "check what is staged for the next commit (the default)", NULL },
    { "range", OPTION_STRING, FIELD(range), OPTION_CHECK, "A..B",
      "check what the commits of A..B introduce", NULL },
    { "commit", OPTION_STRING, FIELD(commit), OPTION_CHECK, "C",
      "check what the commit C introduces", NULL },
    { "pre-push", OPTION_FLAG, FIELD(pre_push), OPTION_CHECK, NULL,
      "check what git's pre-push lines on standard input would push", NULL },
    { "pre-receive", OPTION_FLAG, FIELD(pre_receive), OPTION_CHECK, NULL,
      "check what git's pre-receive lines on standard input bring", NULL },
    { "deadline", OPTION_STRING, FIELD(deadline), OPTION_CHECK, "SECONDS",
      "with --pre-receive: refuse what takes longer", NULL },
    { "ci", OPTION_FLAG, FIELD(ci), OPTION_CHECK, NULL,
      "check what a build is for, by the variables of its system", NULL },
    { "tree", OPTION_STRING, FIELD(tree), OPTION_SCAN | OPTION_BASELINE, "REV",
      "scan the tree of a commit instead of the working tree", NULL },
    { "history", OPTION_FLAG, FIELD(history), OPTION_SCAN, NULL,
      "scan all commits of all refs, or of those chosen", NULL },
    { "all", OPTION_FLAG, FIELD(all_refs), OF_HISTORY, NULL,
      "those of HEAD and all refs (the default)", NULL },
    { "branches", OPTION_MAYBE, FIELD(branches), OF_HISTORY, "PATTERN",
      "those of all branches, or of the ones that match", NULL },
    { "tags", OPTION_MAYBE, FIELD(tags), OF_HISTORY, "PATTERN",
      "those of all tags, or of the ones that match", NULL },
    { "remotes", OPTION_MAYBE, FIELD(remotes), OF_HISTORY, "PATTERN",
      "those of remote branches, or of the ones that match", NULL },
    { "reflog", OPTION_FLAG, FIELD(reflog), OF_HISTORY, NULL,
      "those that reflogs name", NULL },
    { "since", OPTION_STRING, FIELD(since), OF_TIME, "DATE",
      "those committed since a date (or --after)", "after" },
    { "until", OPTION_STRING, FIELD(until), OF_TIME, "DATE",
      "those committed until a date (or --before)", "before" },
    { "first-parent", OPTION_FLAG, FIELD(first_parent), OF_HISTORY, NULL,
      "follow only the first parent of merges", NULL },
    { "across-files", OPTION_FLAG, FIELD(across_files), OF_HISTORY, NULL,
      "decide the files of each tree together, as 'check' does", NULL },
    { "stdin-name", OPTION_STRING, FIELD(stdin_name), OPTION_SCAN, "NAME",
      "what the file on standard input is called (with -)", NULL },
    { "baseline", OPTION_MAYBE, FIELD(baselines), OPTION_SCAN | OPTION_BASELINE,
      "FILE", "the file of known findings (usual: .tmpguard-baseline)", NULL },
    { "allow-growth", OPTION_FLAG, FIELD(allow_growth), OPTION_BASELINE, NULL,
      "let 'baseline update' add findings", NULL },
    { "allow-incomplete", OPTION_FLAG, FIELD(allow_incomplete), OPTION_BASELINE,
      NULL, "let 'baseline create' leave out what is incomplete", NULL },
    { "unused-suppressions", OPTION_FLAG, FIELD(unused_suppressions),
      OPTION_SCAN, NULL, "report also comments that excuse no finding", NULL },
    { "diff", OPTION_FLAG, FIELD(diff), OPTION_FIX, NULL,
      "print a patch, change nothing", NULL },
    { "unsafe", OPTION_FLAG, FIELD(unsafe), OPTION_FIX, NULL,
      "repair also what a person has to look at afterwards", NULL },
    { "allow-dirty", OPTION_FLAG, FIELD(allow_dirty), OPTION_FIX, NULL,
      "change also files with changes that are not staged", NULL },
    { "stdio", OPTION_FLAG, FIELD(stdio), OPTION_LSP, NULL,
      "as without it: for editors that say so", NULL },
    { "global", OPTION_FLAG, FIELD(global), OPTION_INSTALL | OPTION_UNINSTALL,
      NULL, "for all repositories of this user", NULL },
    { "git", OPTION_LIST, FIELD(gits), OPTION_DOCTOR, "FILE",
      "look with this git, not with all that are found; may be repeated",
      NULL },
    { "record", OPTION_FLAG, FIELD(record), OPTION_CHECK, NULL,
      "remember the tree that passes, for 'tmpguard coverage'", NULL },
    { "idle", OPTION_STRING, FIELD(idle), OPTION_DAEMON, "SECONDS",
      "run and start: end when nobody has asked for that long", NULL },
    { "approved", OPTION_LIST, FIELD(approved), OPTION_COVERAGE, "FILE",
      "count what this record of another clone has; may be repeated", NULL },
    { "no-canary", OPTION_FLAG, FIELD(no_canary), OPTION_DOCTOR, NULL,
      "look only, run no hook", NULL },
    { "json", OPTION_FLAG, FIELD(json), OF_REPORTS, NULL,
      "the same as --format json", NULL },
    { "system", OPTION_FLAG, FIELD(system), OPTION_INSTALL | OPTION_UNINSTALL,
      NULL, "for all repositories of all users of this machine", NULL },
    { "template", OPTION_MAYBE, FIELD(templates),
      OPTION_INSTALL | OPTION_UNINSTALL, "DIR",
      "in git's template, for every clone made from now on", NULL },
    { "under", OPTION_STRING, FIELD(under), OPTION_INSTALL | OPTION_UNINSTALL,
      "DIR", "in every clone below DIR", NULL },
    { "server", OPTION_STRING, FIELD(server), OPTION_INSTALL | OPTION_UNINSTALL,
      "DIR", "in a bare repository, for what is pushed to it", NULL },
    { "into", OPTION_STRING, FIELD(into), OPTION_INSTALL, "MANAGER",
      "only print what makes a hook manager run tmpguard", NULL },
    { "format", OPTION_LIST, FIELD(formats), OPTION_ALL, "F[=FILE]",
      "text, json, sarif, github, gitlab, gitlab-sast, junit, html; repeatable",
      NULL },
    { "output", OPTION_STRING, FIELD(output), OPTION_ALL, "FILE",
      "write the report to a file instead of standard output", NULL },
    { "quiet", OPTION_FLAG, FIELD(quiet), OPTION_ALL, NULL,
      "print nothing where there is nothing to report", "q" },
    { "verbose", OPTION_FLAG, FIELD(verbose), OPTION_ALL, NULL,
      "say more about the run", NULL },
    { "color", OPTION_COLOR, FIELD(color), OPTION_ALL, "WHEN",
      "auto, always or never", NULL },
    { "show-suppressed", OPTION_FLAG, FIELD(show_suppressed), OPTION_ALL, NULL,
      "show findings that a comment excuses, too", NULL },
    { "codeql-compat", OPTION_FLAG, FIELD(codeql_compat), OPTION_ALL, NULL,
      "report also what CodeQL reports although the call is safe", NULL },
    { "jobs", OPTION_NUMBER, FIELD(jobs), OPTION_ALL, "N",
      "use at most N processors", NULL },
    { "no-cache", OPTION_FLAG, FIELD(no_cache), OPTION_ALL, NULL,
      "work without the result cache", NULL },
    { "recache", OPTION_FLAG, FIELD(recache), OPTION_CHECK | OPTION_SCAN, NULL,
      "analyse all anew, and keep that in the result cache", NULL },
    { "verify-cache", OPTION_FLAG, FIELD(verify_cache),
      OPTION_CHECK | OPTION_SCAN, NULL,
      "analyse all anew, and compare it with the result cache", NULL },
    { "no-daemon", OPTION_FLAG, FIELD(no_daemon), OPTION_ALL, NULL,
      "do not ask a background process", NULL },
    { "C", OPTION_LIST, FIELD(folders), OPTION_ALL, "DIR",
      "run as if started in DIR", NULL },
    { "help", OPTION_FLAG, FIELD(help), OPTION_ALL, NULL,
      "print the help of the command", "h" },
    { "version", OPTION_FLAG, FIELD(version), OPTION_ALL, NULL,
      "print the version", NULL },
};

#define ROWS_COUNT (sizeof(rows) / sizeof(*rows))

/* argv on its way into the options; `used` counts each row. */
struct reader {
    struct options *options;
    char **rest; /* ends with NULL */
    bool only_arguments;
    bool used[ROWS_COUNT];
};

const struct option_row *option_table(size_t *count)
{
    *count = ROWS_COUNT;
    return rows;
}

static const char *dashes(const char *name)
{
    return name[1] ? "--" : "-";
}

static bool same(const char *name, const char *word, size_t size)
{
    return name && strlen(name) == size && memcmp(name, word, size) == 0;
}

/* The row of a name of `size` bytes; long and short names do not mix. */
static const struct option_row *find(const char *word, size_t size)
{
    for (size_t i = 0; i < ROWS_COUNT; i++)
        if (same(rows[i].name, word, size) || same(rows[i].also, word, size))
            return &rows[i];
    return NULL;
}

static int unknown(const char *word, struct error *err)
{
    struct nearest nearest = NEAREST_TO(word + strspn(word, "-"));

    for (size_t i = 0; i < ROWS_COUNT; i++)
        if (rows[i].name[1] && rows[i].about)
            nearest_offer(&nearest, rows[i].name);
    if (nearest.best)
        return error_set(err, ERROR_USAGE,
                         "unknown option '%s'; did you mean '--%s'?", word,
                         nearest.best);
    return error_set(err, ERROR_USAGE,
                     "unknown option '%s'; see 'tmpguard help'", word);
}

static int read_number(unsigned *number, const struct option_row *row,
                       const char *value, struct error *err)
{
    char *end;
    unsigned long read = strtoul(value, &end, 10);

    if (value[0] < '0' || value[0] > '9' || *end || read < 1 ||
        read > OPTION_JOBS_MAX)
        return error_set(err, ERROR_USAGE,
                         "option '--%s': '%s' is not a number from 1 to %d",
                         row->name, value, OPTION_JOBS_MAX);
    *number = (unsigned)read;
    return 0;
}

static int read_color(enum color_when *color, const struct option_row *row,
                      const char *value, struct error *err)
{
    static const char *const names[] = { "auto", "always", "never" };

    for (int i = 0; i <= COLOR_NEVER; i++) {
        if (strcmp(value, names[i]) == 0) {
            *color = (enum color_when)i;
            return 0;
        }
    }
    return error_set(err, ERROR_USAGE,
                     "option '--%s': '%s' is none of auto, always, never",
                     row->name, value);
}

static int needs_value(const struct option_row *row, struct error *err)
{
    return error_set(err, ERROR_USAGE, "option '%s%s' needs a value",
                     dashes(row->name), row->name);
}

/* Any kind but a flag. */
static int set_value(void *field, const struct option_row *row,
                     const char *value, struct error *err)
{
    struct strings *list = field;

    switch (row->kind) {
    case OPTION_STRING:
        *(const char **)field = value;
        break;
    case OPTION_LIST:
    case OPTION_MAYBE:
        *ARRAY_PUSH(list->items) = value;
        break;
    case OPTION_NUMBER:
        return read_number(field, row, value, err);
    case OPTION_COLOR:
        return read_color(field, row, value, err);
    case OPTION_FLAG:
        break;
    }
    return 0;
}

static int set_flag(bool *field, const struct option_row *row,
                    const char *value, struct error *err)
{
    if (value)
        return error_set(err, ERROR_USAGE, "option '%s%s' takes no value",
                         dashes(row->name), row->name);
    *field = true;
    return 0;
}

/* `value` is what followed the name in the same word, or NULL. */
static int take(struct reader *reader, const struct option_row *row,
                const char *value, struct error *err)
{
    void *field = (char *)reader->options + row->offset;

    reader->used[row - rows] = true;
    if (row->kind == OPTION_FLAG)
        return set_flag(field, row, value, err);
    if (!value && row->kind == OPTION_MAYBE)
        return set_value(field, row, "", err);
    if (!value && *reader->rest)
        value = *reader->rest++;
    if (!value || value[0] == '\0')
        return needs_value(row, err);
    return set_value(field, row, value, err);
}

static int read_long(struct reader *reader, const char *word, struct error *err)
{
    const char *name = word + 2;
    size_t size = strcspn(name, "=");
    const struct option_row *row = size > 1 ? find(name, size) : NULL;

    if (!row)
        return unknown(word, err);
    return take(reader, row, name[size] ? name + size + 1 : NULL, err);
}

static int read_short(struct reader *reader, const char *word,
                      struct error *err)
{
    const struct option_row *row = find(word + 1, 1);

    if (!row || (row->kind == OPTION_FLAG && word[2]))
        return unknown(word, err);
    return take(reader, row, word[2] ? word + 2 : NULL, err);
}

static int read_word(struct reader *reader, const char *word, struct error *err)
{
    struct options *options = reader->options;

    if (!reader->only_arguments && word[0] == '-' && word[1]) {
        if (strcmp(word, "--") == 0) {
            reader->only_arguments = true;
            options->dashes_at = options->arguments.items_count;
            return 0;
        }
        return word[1] == '-' ? read_long(reader, word, err)
                              : read_short(reader, word, err);
    }
    if (!options->command)
        options->command = word;
    else
        *ARRAY_PUSH(options->arguments.items) = word;
    return 0;
}

static int lonely(const struct option_row *row, struct error *err)
{
    return error_set(err, ERROR_USAGE, "'%s%s' needs --history",
                     dashes(row->name), row->name);
}

static int foreign(const struct option_row *row, const char *command,
                   struct error *err)
{
    if (strcmp(row->name, "json") == 0)
        return error_set(err, ERROR_USAGE,
                         "'%s' has no option '--json'; did you mean '--format "
                         "json'?",
                         command);
    return error_set(err, ERROR_USAGE,
                     "'%s' has no option '%s%s'; see 'tmpguard help %s'",
                     command, dashes(row->name), row->name, command);
}

static int never_staged(struct error *err)
{
    return error_set(err, ERROR_USAGE,
                     "'fix' does not change what is staged, since nobody would "
                     "see it: it repairs the files of the working tree; look "
                     "at them, and 'git add' them");
}

/* An option of another command would be ignored, so it is refused. */
static int check_command(const struct reader *reader, unsigned bit,
                         struct error *err)
{
    for (size_t i = 0; i < ROWS_COUNT; i++) {
        if (!reader->used[i])
            continue;
        if (bit == OPTION_FIX && rows[i].offset == FIELD(staged))
            return never_staged(err);
        if (!(rows[i].commands & bit))
            return foreign(&rows[i], reader->options->command, err);
        if (rows[i].commands & OPTION_HISTORY && bit & OPTION_SCAN &&
            !reader->options->history && !reader->options->help)
            return lonely(&rows[i], err);
    }
    return 0;
}

int options_parse(struct options *options, int argc, char **argv,
                  unsigned (*bit_of)(const char *command), struct error *err)
{
    struct reader reader = { .options = options,
                             .rest = argv + (argc > 0 ? 1 : 0) };
    unsigned bit;

    *options = OPTIONS_EMPTY;
    options->dashes_at = SIZE_MAX;
    while (*reader.rest)
        if (read_word(&reader, *reader.rest++, err) < 0)
            return -1;
    bit = options->command ? bit_of(options->command) : OPTION_ALL;
    return bit ? check_command(&reader, bit, err) : 0;
}

void options_release(struct options *options)
{
    free(options->arguments.items);
    free(options->formats.items);
    free(options->folders.items);
    free(options->branches.items);
    free(options->tags.items);
    free(options->remotes.items);
    free(options->templates.items);
    free(options->gits.items);
    free(options->baselines.items);
    free(options->approved.items);
    *options = OPTIONS_EMPTY;
}
