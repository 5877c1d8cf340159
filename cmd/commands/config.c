#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd/base/environment.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/json.h"
#include "cmd/terminal/terminal.h"
#include "hooks/gate/policy_git.h"
#include "hooks/gate/policy_tree.h"
#include "hooks/git/repo.h"

/* What is shown: all keys, or the value of one. */
struct shown {
    const struct policy *policy;
    int only; /* an enum policy_key, or -1 */
};

/* ---- text ---------------------------------------------------------------- */

static void place(struct buffer *out, const struct policy_setting *setting)
{
    terminal_escape(out, text_of(setting->origin));
    if (setting->line)
        buffer_format(out, ":%u", (unsigned)setting->line);
    if (setting->scope != POLICY_TREE && setting->scope != POLICY_COMMAND)
        buffer_format(out, " (%s)", policy_scope_name(setting->scope));
}

static void row(struct buffer *out, enum policy_key key, const char *value,
                const struct policy_setting *source)
{
    if (!value[0])
        value = "none";
    buffer_format(out, "%-13s ", policy_key_name(key));
    terminal_escape(out, text_of(value));
    for (size_t i = strlen(value); i < 12; i++)
        buffer_byte(out, ' ');
    if (source)
        place(out, source);
    else
        buffer_string(out, "(usual)");
    buffer_byte(out, '\n');
}

static void rows_of_list(struct buffer *out, const struct policy *policy,
                         enum policy_key key)
{
    bool any = false;

    for (size_t i = 0; i < policy->settings_count; i++) {
        const struct policy_setting *setting = &policy->settings[i];

        if (setting->key != key || policy_silent(policy, setting))
            continue;
        row(out, key, setting->value, setting);
        any = true;
    }
    if (!any)
        row(out, key, "", NULL);
}

static void silent_ones(struct buffer *out, const struct policy *policy)
{
    bool any = false;

    for (size_t i = 0; i < policy->settings_count; i++) {
        const struct policy_setting *setting = &policy->settings[i];
        const char *reason = policy_silent(policy, setting);

        if (!reason)
            continue;
        buffer_string(out, any ? "" : "\nwithout effect:\n");
        place(out, setting);
        buffer_format(out, ": %s = ", policy_key_name(setting->key));
        terminal_escape(out, text_of(setting->value));
        buffer_format(out, ": %s\n", reason);
        any = true;
    }
    for (size_t i = 0; i < policy->remarks_count; i++) {
        buffer_string(out, i ? "" : "\nignored:\n");
        terminal_escape(out, text_of(policy->remarks[i].words));
        buffer_byte(out, '\n');
    }
}

static void value_alone(struct buffer *out, const struct policy *policy,
                        enum policy_key key)
{
    if (key != POLICY_EXCLUDE) {
        buffer_format(out, "%s\n", policy_value(policy, key));
        return;
    }
    for (size_t i = 0; i < policy->settings_count; i++) {
        const struct policy_setting *setting = &policy->settings[i];

        if (setting->key != key || policy_silent(policy, setting))
            continue;
        terminal_escape(out, text_of(setting->value));
        buffer_byte(out, '\n');
    }
}

static void as_text(struct buffer *out, const struct shown *shown)
{
    const struct policy *policy = shown->policy;

    if (shown->only >= 0) {
        value_alone(out, policy, (enum policy_key)shown->only);
        return;
    }
    for (int i = 0; i < POLICY_KEYS; i++) {
        enum policy_key key = (enum policy_key)i;

        if (key == POLICY_EXCLUDE)
            rows_of_list(out, policy, key);
        else
            row(out, key, policy_value(policy, key),
                policy_source(policy, key));
    }
    silent_ones(out, policy);
}

/* ---- JSON ---------------------------------------------------------------- */

static void json_list(struct json *json, const struct policy *policy)
{
    json_open(json, "exclude", '[');
    for (size_t i = 0; i < policy->settings_count; i++) {
        const struct policy_setting *setting = &policy->settings[i];

        if (setting->key == POLICY_EXCLUDE && !policy_silent(policy, setting))
            json_words(json, NULL, setting->value);
    }
    json_close(json, ']');
}

static void json_setting(struct json *json, const struct policy *policy,
                         const struct policy_setting *setting)
{
    json_break(json, 4);
    json_open(json, NULL, '{');
    json_words(json, "key", policy_key_name(setting->key));
    json_words(json, "value", setting->value);
    json_words(json, "scope", policy_scope_name(setting->scope));
    json_words(json, "origin", setting->origin);
    if (setting->line)
        json_value(json, "line", "%u", (unsigned)setting->line);
    else
        json_null(json, "line");
    json_words(json, "without_effect", policy_silent(policy, setting));
    json_close(json, '}');
    json_break(json, 2);
}

static const char *value_of(const struct policy *policy, enum policy_key key)
{
    const char *value = policy_value(policy, key);

    return value[0] ? value : NULL;
}

static void json_values(struct json *json, const struct policy *policy)
{
    json_open(json, "values", '{');
    for (int i = 0; i < POLICY_KEYS; i++) {
        enum policy_key key = (enum policy_key)i;

        if (key == POLICY_EXCLUDE)
            json_list(json, policy);
        else
            json_words(json, policy_key_name(key), value_of(policy, key));
    }
    json_close(json, '}');
}

static void as_json(struct buffer *out, const struct shown *shown)
{
    const struct policy *policy = shown->policy;
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    json_break(&json, 2);
    json_value(&json, "version", "1");
    json_break(&json, 2);
    json_values(&json, policy);
    json_break(&json, 2);
    json_open(&json, "settings", '[');
    for (size_t i = 0; i < policy->settings_count; i++)
        json_setting(&json, policy, &policy->settings[i]);
    json_close(&json, ']');
    json_break(&json, 2);
    json_open(&json, "ignored", '[');
    for (size_t i = 0; i < policy->remarks_count; i++)
        json_words(&json, NULL, policy->remarks[i].words);
    json_close(&json, ']');
    json_break(&json, 0);
    json_close(&json, '}');
    buffer_byte(out, '\n');
}

static void make(struct buffer *out, bool json, const void *what)
{
    if (json)
        as_json(out, what);
    else
        as_text(out, what);
}

/* ---- the command --------------------------------------------------------- */

static int read_policy(struct policy *policy, struct error *err)
{
    struct config_places places;
    struct repo *repo = NULL;
    int result = repo_open(&repo, err);

    policy->server = repo && !repo_root(repo);
    if (result >= 0) {
        environment_git_places(&places);
        result = policy_of_git(policy, &places, repo, err);
        config_places_release(&places);
    }
    if (result == 0 && repo)
        result = policy_of_next(policy, repo, err);
    repo_close(repo);
    return result;
}

/* An enum policy_key; -1 for none; -2 for one that there is not. */
static int find_key(const struct strings *arguments)
{
    if (arguments->items_count == 0)
        return -1;
    for (int i = 0; i < POLICY_KEYS; i++)
        if (strcasecmp(arguments->items[0],
                       policy_key_name((enum policy_key)i)) == 0)
            return i;
    return -2;
}

int cmd_config(const struct options *options)
{
    const struct strings *arguments = &options->arguments;
    struct policy policy = POLICY_EMPTY;
    const struct shown shown = { &policy, find_key(arguments) };
    struct error err;
    int code;

    if (arguments->items_count > 1)
        return complain(EXIT_USAGE, "'config' takes one key at most; settings "
                                    "are made with 'git config'");
    if (shown.only == -2)
        policy_unknown_key(arguments->items[0], &err);
    if (shown.only == -2 || read_policy(&policy, &err) < 0)
        code = complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                        "%s", err.message);
    else
        code = output_answer(options, make, &shown);
    policy_release(&policy);
    return code;
}
