#include "hooks/gate/policy.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "hooks/git/config_text.h"

#define LEVELS_MAX  4
#define PATTERN_MAX 1000 /* bytes */

#define NOT_THE_USERS                                                          \
    "it makes the gate weaker, so it counts only in git's system or global "   \
    "settings"
#define NOT_READ "only git's settings can say that"

enum kind {
    WORDS,   /* one of the levels */
    BOOLEAN, /* the same, or what git takes for a boolean */
    LIST,    /* of patterns */
    NUMBER,  /* of seconds */
    PATH,    /* of a file, absolute */
};

/* Where a setting that makes the gate weaker counts: always in git's system
 * and global settings and on its command line, and */
enum reach {
    NOWHERE_ELSE,
    LOCAL_TOO,  /* in the repository's own settings */
    SERVER_TOO, /* in those of a server's, which no clone can set */
};

static const struct row {
    const char *name;
    enum kind kind;
    const char *levels[LEVELS_MAX]; /* ever stricter */
    unsigned usual;
    enum reach reach;
} rows[] = {
    [POLICY_EXCUSES] = { "excuses",
                         WORDS,
                         { "any", "tmpguard", "reasoned", "none" },
                         EXCUSES_ANY,
                         NOWHERE_ELSE },
    [POLICY_BLOCKS] = { "blocks",
                        WORDS,
                        { "introduced", "touched" },
                        0,
                        NOWHERE_ELSE },
    [POLICY_CODEQL] = { "codeqlCompat",
                        BOOLEAN,
                        { "false", "true" },
                        0,
                        NOWHERE_ELSE },
    [POLICY_ON_ERROR] = { "onError",
                          WORDS,
                          { "warn", "block" },
                          1,
                          NOWHERE_ELSE },
    [POLICY_MISSING] = { "missing", WORDS, { "warn", "block" }, 1, LOCAL_TOO },
    [POLICY_DEADLINE] = { "deadline", NUMBER, { NULL }, 0, LOCAL_TOO },
    [POLICY_ON_DEADLINE] = { "onDeadline",
                             WORDS,
                             { "accept", "reject" },
                             1,
                             LOCAL_TOO },
    [POLICY_FIRST_PUSH] = { "firstPush",
                            WORDS,
                            { "accept", "baseline", "check" },
                            FIRST_PUSH_BASELINE,
                            SERVER_TOO },
    [POLICY_BASELINE] = { "baseline", PATH, { NULL }, 0, SERVER_TOO },
    [POLICY_DAEMON] = { "daemon", WORDS, { "auto", "off" }, 0, NOWHERE_ELSE },
    [POLICY_EXCLUDE] = { "exclude", LIST, { NULL }, 0, NOWHERE_ELSE },
};

static char *copy(const char *string)
{
    return memory_copy(string, strlen(string));
}

/* ---- reading ------------------------------------------------------------- */

/* "FILE:7", or "FILE" if the line is not known; `text` is that. */
static const char *place_name(char *text, size_t size,
                              const struct policy_place *place)
{
    struct error spelled;

    if (place->line)
        error_set(&spelled, ERROR_USAGE, "%.200s:%u", place->origin,
                  (unsigned)place->line);
    else
        error_set(&spelled, ERROR_USAGE, "%.200s", place->origin);
    text[0] = '\0';
    strncat(text, spelled.message, size - 1);
    return text;
}

int policy_unknown_key(const char *key, struct error *err)
{
    struct nearest nearest = NEAREST_TO(key);
    char all[256] = "";

    for (int i = 0; i < POLICY_KEYS; i++) {
        nearest_offer(&nearest, rows[i].name);
        strncat(all, i ? ", " : "", sizeof(all) - strlen(all) - 1);
        strncat(all, rows[i].name, sizeof(all) - strlen(all) - 1);
    }
    if (nearest.best)
        return error_set(err, ERROR_USAGE,
                         "unknown key '%.60s'; did you mean '%s'?", key,
                         nearest.best);
    return error_set(err, ERROR_USAGE, "unknown key '%.60s'; there are %s", key,
                     all);
}

static int unknown_key(const struct policy_place *place, const char *key,
                       struct error *err)
{
    struct error unknown;
    char at[256];

    policy_unknown_key(key, &unknown);
    return error_set(err, ERROR_USAGE, "%s: %s",
                     place_name(at, sizeof(at), place), unknown.message);
}

static int unknown_value(const struct policy_place *place,
                         const struct row *row, const char *value,
                         struct error *err)
{
    char at[256], words[64] = "";

    for (int i = 0; i < LEVELS_MAX && row->levels[i]; i++) {
        if (i > 0)
            strncat(words, ", ", sizeof(words) - strlen(words) - 1);
        strncat(words, row->levels[i], sizeof(words) - strlen(words) - 1);
    }
    return error_set(err, ERROR_USAGE, "%s: '%.60s' of '%s' is none of %s",
                     place_name(at, sizeof(at), place), value, row->name,
                     words);
}

static int read_level(unsigned *level, const struct policy_place *place,
                      const struct row *row, const char *value,
                      struct error *err)
{
    int truth = config_text_bool(value);

    if (row->kind == BOOLEAN && truth >= 0) {
        *level = (unsigned)truth;
        return 0;
    }
    for (unsigned i = 0; value && i < LEVELS_MAX && row->levels[i]; i++)
        if (strcasecmp(row->levels[i], value) == 0) {
            *level = i;
            return 0;
        }
    return unknown_value(place, row, value ? value : "", err);
}

/* Of git's pathspecs the plain ones; an empty value resets the list. */
static int check_pattern(const struct policy_place *place, const char *pattern,
                         struct error *err)
{
    char at[256];

    if (pattern && pattern[0] != ':' && pattern[0] != '/' &&
        strlen(pattern) <= PATTERN_MAX)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "%s: 'exclude' takes a pattern for paths from the top of "
                     "the tree, such as vendor/ or *_pb2.py",
                     place_name(at, sizeof(at), place));
}

static int check_number(const struct policy_place *place, const struct row *row,
                        const char *value, struct error *err)
{
    char at[256];

    if (value && value[0] && value[strspn(value, "0123456789")] == '\0' &&
        strtoul(value, NULL, 10) <= POLICY_DEADLINE_MAX)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "%s: '%.60s' of '%s' is not a number of seconds from 0 "
                     "to %d",
                     place_name(at, sizeof(at), place), value ? value : "",
                     row->name, POLICY_DEADLINE_MAX);
}

static int check_path(const struct policy_place *place, const struct row *row,
                      const char *value, struct error *err)
{
    char at[256];

    if (value && value[0] == '/')
        return 0;
    return error_set(
        err, ERROR_USAGE, "%s: '%.60s' of '%s' is not an absolute path",
        place_name(at, sizeof(at), place), value ? value : "", row->name);
}

static int read_value(unsigned *level, const struct policy_place *place,
                      const struct row *row, const char *value,
                      struct error *err)
{
    *level = 0;
    switch (row->kind) {
    case LIST:
        return check_pattern(place, value, err);
    case NUMBER:
        return check_number(place, row, value, err);
    case PATH:
        return check_path(place, row, value, err);
    case WORDS:
    case BOOLEAN:
        break;
    }
    return read_level(level, place, row, value, err);
}

static bool is_users(const struct policy *policy, enum policy_key key,
                     enum policy_scope scope)
{
    switch (scope) {
    case POLICY_SYSTEM:
    case POLICY_GLOBAL:
    case POLICY_COMMAND:
        return true;
    case POLICY_LOCAL:
    case POLICY_WORKTREE:
        return rows[key].reach == LOCAL_TOO ||
               (rows[key].reach == SERVER_TOO && policy->server);
    case POLICY_TREE:
        return false;
    }
    return false;
}

static const char *why_ignored(const struct policy *policy, enum policy_key key,
                               enum policy_scope scope, unsigned level)
{
    const struct row *row = &rows[key];

    if (row->reach != NOWHERE_ELSE && scope == POLICY_TREE)
        return NOT_READ;
    if (is_users(policy, key, scope))
        return NULL;
    return row->kind == LIST || row->kind == PATH || level < row->usual
               ? NOT_THE_USERS
               : NULL;
}

static int add(struct policy *policy, const struct policy_place *place,
               const char *key, const char *value, struct error *err)
{
    struct policy_setting *added;
    unsigned level;
    int row = 0;

    while (row < POLICY_KEYS && strcasecmp(rows[row].name, key) != 0)
        row++;
    if (row == POLICY_KEYS)
        return unknown_key(place, key, err);
    if (read_value(&level, place, &rows[row], value, err) < 0)
        return -1;
    added = ARRAY_PUSH(policy->settings);
    added->key = (enum policy_key)row;
    added->scope = place->scope;
    added->origin = copy(place->origin);
    added->line = place->line;
    added->value = copy(value ? value : "true");
    added->level = level;
    added->ignored = why_ignored(policy, added->key, place->scope, level);
    return 0;
}

static void add_fault(struct policy *policy, const struct policy_place *place,
                      const char *key, const char *value, const char *message)
{
    struct policy_fault *fault = ARRAY_PUSH(policy->faults);
    char at[256];

    place_name(at, sizeof(at), place);
    fault->scope = place->scope;
    fault->origin = copy(place->origin);
    fault->line = place->line;
    fault->key = copy(key);
    fault->value = value ? copy(value) : NULL;
    fault->words = copy(message + strlen(at) + 2);
}

int policy_add(struct policy *policy, const struct policy_place *place,
               const char *key, const char *value, struct error *err)
{
    struct error reason;

    if (add(policy, place, key, value, &reason) == 0)
        return 0;
    if (!policy->gathers) {
        *err = reason;
        return -1;
    }
    add_fault(policy, place, key, value, reason.message);
    return 0;
}

void policy_remark(struct policy *policy, const char *origin, const char *words)
{
    *ARRAY_PUSH(policy->remarks) =
        (struct policy_remark){ copy(origin), copy(words) };
}

/* ---- asking -------------------------------------------------------------- */

const struct policy_setting *policy_source(const struct policy *policy,
                                           enum policy_key key)
{
    const struct policy_setting *source = NULL;
    unsigned level = rows[key].usual;

    for (size_t i = 0; i < policy->settings_count; i++) {
        const struct policy_setting *setting = &policy->settings[i];

        if (setting->key == key && is_users(policy, key, setting->scope)) {
            source = setting;
            level = setting->level;
        }
    }
    for (size_t i = 0; i < policy->settings_count; i++) {
        const struct policy_setting *setting = &policy->settings[i];

        if (setting->key == key && !is_users(policy, key, setting->scope) &&
            !setting->ignored && setting->level > level) {
            source = setting;
            level = setting->level;
        }
    }
    return source;
}

unsigned policy_level(const struct policy *policy, enum policy_key key)
{
    const struct policy_setting *source = policy_source(policy, key);

    return source ? source->level : rows[key].usual;
}

/* Does an empty value behind it reset the list? */
static bool is_reset(const struct policy *policy,
                     const struct policy_setting *setting)
{
    for (const struct policy_setting *next = setting + 1;
         next < policy->settings + policy->settings_count; next++)
        if (next->key == setting->key && !next->ignored && !next->value[0])
            return true;
    return false;
}

const char *policy_silent(const struct policy *policy,
                          const struct policy_setting *setting)
{
    if (setting->ignored)
        return setting->ignored;
    if (setting->key == POLICY_EXCLUDE)
        return is_reset(policy, setting) || !setting->value[0]
                   ? "an empty value resets the list"
                   : NULL;
    if (policy_source(policy, setting->key) == setting)
        return NULL;
    if (is_users(policy, setting->key, setting->scope))
        return "a later or stricter one holds";
    return "it is not stricter than what holds already";
}

/* The path, or a folder that it is in. */
static bool matches(const char *pattern, const char *path)
{
    size_t size = strlen(pattern);
    bool folder_only = size > 0 && pattern[size - 1] == '/';
    char *bare = memory_copy(pattern, size - folder_only);
    char *folders = copy(path), *slash;
    bool found = !folder_only && fnmatch(bare, folders, 0) == 0;

    while (!found && (slash = strrchr(folders, '/'))) {
        *slash = '\0';
        found = fnmatch(bare, folders, 0) == 0;
    }
    free(folders);
    free(bare);
    return found;
}

bool policy_excludes(const struct policy *policy, const char *path)
{
    bool found = false;

    for (size_t i = 0; i < policy->settings_count; i++) {
        const struct policy_setting *setting = &policy->settings[i];

        if (setting->key != POLICY_EXCLUDE || setting->ignored)
            continue;
        if (!setting->value[0])
            found = false;
        else
            found = found || matches(setting->value, path);
    }
    return found;
}

const char *policy_key_name(enum policy_key key)
{
    return rows[key].name;
}

const char *policy_value(const struct policy *policy, enum policy_key key)
{
    const struct policy_setting *source = policy_source(policy, key);

    if (rows[key].kind == NUMBER || rows[key].kind == PATH)
        return source ? source->value : "";
    return rows[key].levels[policy_level(policy, key)];
}

const char *policy_scope_name(enum policy_scope scope)
{
    static const char *const names[] = { "system",   "global",  "local",
                                         "worktree", "command", "tree" };

    return names[scope];
}

void policy_release(struct policy *policy)
{
    for (size_t i = 0; i < policy->settings_count; i++) {
        free(policy->settings[i].origin);
        free(policy->settings[i].value);
    }
    for (size_t i = 0; i < policy->remarks_count; i++) {
        free(policy->remarks[i].origin);
        free(policy->remarks[i].words);
    }
    for (size_t i = 0; i < policy->faults_count; i++) {
        free(policy->faults[i].origin);
        free(policy->faults[i].key);
        free(policy->faults[i].value);
        free(policy->faults[i].words);
    }
    free(policy->settings);
    free(policy->remarks);
    free(policy->faults);
    *policy = POLICY_EMPTY;
}
