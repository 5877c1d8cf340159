/*
 * The policy: what blocks, by settings that only the user may loosen.
 *
 * A key has a few values, each stricter than the one before. Of what the user
 * says (git's system and global settings, its command line) the last one
 * holds, as in git. Whatever comes with a repository (its own settings, and
 * `.tmpguard`) can only make that stricter, and weakens nothing.
 */
#ifndef TMPGUARD_HOOKS_GATE_POLICY_H
#define TMPGUARD_HOOKS_GATE_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/rule/finding.h"

/* A day, in seconds: no deadline is longer. */
#define POLICY_DEADLINE_MAX 86400

/* The file at the top of a tree: `[tmpguard]`, and settings. */
#define POLICY_FILE ".tmpguard"

/* Where the settings are in git's configuration: hooks.tmpguard.KEY. */
#define POLICY_SECTION    "hooks"
#define POLICY_SUBSECTION "tmpguard"

enum policy_key {
    POLICY_EXCUSES,  /* which comments excuse: an enum excuses */
    POLICY_BLOCKS,   /* 1: all findings of the files that a commit touches */
    POLICY_CODEQL,   /* 1: what is over_approximated, too */
    POLICY_ON_ERROR, /* 0: what is incomplete does not block a check */
    POLICY_MISSING,  /* 0: nor does a hook whose program is gone */
    POLICY_DEADLINE, /* of a server's hook: seconds */
    POLICY_ON_DEADLINE,
    POLICY_FIRST_PUSH, /* an enum first_push */
    POLICY_BASELINE,   /* a file: what pushes may hold */
    POLICY_DAEMON,     /* 1: no background process is asked, or started */
    POLICY_EXCLUDE,    /* a list of patterns */
    POLICY_KEYS,
};

/* Of a push to where nothing is yet. */
enum first_push {
    FIRST_PUSH_ACCEPT,   /* not checked at all */
    FIRST_PUSH_BASELINE, /* what a baseline in it lists is known */
    FIRST_PUSH_CHECK,    /* all that it holds is new */
};

enum policy_scope {
    POLICY_SYSTEM,
    POLICY_GLOBAL,
    POLICY_LOCAL,
    POLICY_WORKTREE,
    POLICY_COMMAND,
    POLICY_TREE, /* `.tmpguard` */
};

struct policy_setting {
    enum policy_key key;
    enum policy_scope scope;
    char *origin;  /* a file, or "command line" */
    uint32_t line; /* 0: unknown */
    char *value;   /* as it is written; "true" if there is none */
    unsigned level;
    const char *ignored; /* why it does not count, or NULL */
};

/* What was ignored that is no setting: an old `.tmpguard` that is damaged. */
struct policy_remark {
    char *origin, *words;
};

/* A setting that is wrong. */
struct policy_fault {
    enum policy_scope scope;
    char *origin;
    uint32_t line;
    char *key, *value; /* as they are written; value NULL: there is none */
    char *words;       /* what is wrong */
};

/* Start from POLICY_EMPTY: everything is as usual. */
struct policy {
    bool told;   /* what is ignored was told before: nothing of it is new */
    bool server; /* the repository's own settings are those of a server */
    struct policy_setting *settings; /* in the order in which they came */
    size_t settings_count, settings_room;
    struct policy_remark *remarks;
    size_t remarks_count, remarks_room;
    /* To look for all that is wrong: settings that are become faults, and are
     * no errors. */
    bool gathers;
    struct policy_fault *faults;
    size_t faults_count, faults_room;
};

#define POLICY_EMPTY ((struct policy){ .settings = NULL })

/* Where a setting stands. */
struct policy_place {
    enum policy_scope scope;
    const char *origin;
    uint32_t line;
};

/*
 * Add a setting; `value` NULL: none is written. Returns 0, or -1 and *err
 * (ERROR_USAGE, with the place): there is no such key, or no such value.
 */
int policy_add(struct policy *policy, const struct policy_place *place,
               const char *key, const char *value, struct error *err);

/* Remark on something; strings are copied. */
void policy_remark(struct policy *policy, const char *origin,
                   const char *words);

/* What holds for a key that has levels. */
unsigned policy_level(const struct policy *policy, enum policy_key key);

/* The setting that says so; NULL: none does, it is as usual. */
const struct policy_setting *policy_source(const struct policy *policy,
                                           enum policy_key key);

/* Why the setting has no effect; NULL: it has. */
const char *policy_silent(const struct policy *policy,
                          const struct policy_setting *setting);

/*
 * Are findings of the file at `path` left out? A pattern matches as git's
 * pathspecs do: '*' matches '/', too, and a folder stands for all in it.
 */
bool policy_excludes(const struct policy *policy, const char *path);

/* What holds for any key but POLICY_EXCLUDE, as a word; "": nothing is set. */
const char *policy_value(const struct policy *policy, enum policy_key key);

/* "excuses", …; "global", …. */
const char *policy_key_name(enum policy_key key);
const char *policy_scope_name(enum policy_scope scope);

/* There is no key of that name: -1, and *err says which there are. */
int policy_unknown_key(const char *key, struct error *err);

/* Empty again; releasing twice is fine. */
void policy_release(struct policy *policy);

#endif
