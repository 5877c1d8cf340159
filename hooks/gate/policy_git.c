#include "hooks/gate/policy_git.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/memory.h"
#include "hooks/git/config_text.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/repo.h"

#define PREFIX POLICY_SECTION "." POLICY_SUBSECTION "."

/* The bytes before the next NUL, as a string in the answer. */
static const char *take_string(struct text *rest)
{
    size_t end = text_find(*rest, '\0', 0);
    const char *string = rest->bytes;

    if (end == rest->size)
        return NULL;
    *rest = text_slice(*rest, end + 1, rest->size);
    return string;
}

static int scope_of(enum policy_scope *scope, const char *name)
{
    for (int i = POLICY_SYSTEM; i <= POLICY_COMMAND; i++)
        if (strcmp(policy_scope_name((enum policy_scope)i), name) == 0) {
            *scope = (enum policy_scope)i;
            return 0;
        }
    return -1;
}

/* "file:NAME" is the file, "command line:" and the like what it says. What is
 * seen from the folder is a name for everybody only in ".git". */
static char *origin_of(const char *words, const char *folder)
{
    size_t size = strlen(words);
    struct buffer file = BUFFER_EMPTY;

    if (strncmp(words, "file:", 5) != 0)
        return memory_copy(words,
                           size && words[size - 1] == ':' ? size - 1 : size);
    words += 5;
    if (words[0] != '/' && folder && strncmp(words, ".git/", 5) != 0)
        buffer_format(&file, "%s/", folder);
    buffer_string(&file, words);
    return buffer_detach(&file);
}

/* The settings of one file, of which the one after `before` others is wanted.
 */
struct place_search {
    const char *key;
    size_t before;
    uint32_t line;
};

static int note_line(const struct config_item *item, void *payload,
                     struct error *err)
{
    struct place_search *search = payload;

    (void)err;
    if (strcmp(item->section, POLICY_SECTION) != 0 || !item->subsection ||
        strcmp(item->subsection, POLICY_SUBSECTION) != 0)
        return 0;
    if (search->before-- > 0)
        return 0;
    if (strcasecmp(item->key, search->key) == 0)
        search->line = item->line;
    return 1;
}

/* The line of the next setting of the file, or 0 if that is not sure. */
static uint32_t find_line(const struct policy *policy, const char *folder,
                          const char *file, const char *key)
{
    struct place_search search = { .key = key };
    struct buffer path = BUFFER_EMPTY, bytes = BUFFER_EMPTY;
    struct error err;

    for (size_t i = 0; i < policy->settings_count; i++)
        search.before += policy->settings[i].scope != POLICY_TREE &&
                         strcmp(policy->settings[i].origin, file) == 0;
    for (size_t i = 0; i < policy->faults_count; i++)
        search.before += strcmp(policy->faults[i].origin, file) == 0;
    if (file[0] != '/' && folder)
        buffer_format(&path, "%s/", folder);
    buffer_string(&path, file);
    if (disk_read(&bytes, path.bytes, &err) == 1)
        config_text_each(file, buffer_view(&bytes), note_line, &search, &err);
    buffer_release(&path);
    buffer_release(&bytes);
    return search.line;
}

static int add_setting(struct policy *policy, const char *folder,
                       const char *scope, const char *origin,
                       const char *setting, struct error *err)
{
    const char *end = strchr(setting, '\n');
    char *name =
        memory_copy(setting, end ? (size_t)(end - setting) : strlen(setting));
    char *file = origin_of(origin, folder);
    struct policy_place place = { .origin = file };
    int result = -1;

    if (scope_of(&place.scope, scope) < 0 ||
        strncmp(name, PREFIX, sizeof(PREFIX) - 1) != 0) {
        error_set(err, ERROR_GIT, "git config gave a strange answer");
    } else {
        const char *key = name + sizeof(PREFIX) - 1;

        if (place.scope != POLICY_COMMAND)
            place.line = find_line(policy, folder, file, key);
        result = policy_add(policy, &place, key, end ? end + 1 : NULL, err);
    }
    free(name);
    free(file);
    return result;
}

int policy_parse_git(struct policy *policy, const char *folder,
                     struct text answer, struct error *err)
{
    while (answer.size) {
        const char *scope = take_string(&answer);
        const char *origin = scope ? take_string(&answer) : NULL;
        const char *setting = origin ? take_string(&answer) : NULL;

        if (!setting)
            return error_set(err, ERROR_GIT,
                             "git config gave a strange answer");
        if (add_setting(policy, folder, scope, origin, setting, err) < 0)
            return -1;
    }
    return 0;
}

int policy_of_git(struct policy *policy, const struct config_places *places,
                  const struct repo *repo, struct error *err)
{
    static const char *const arguments[] = { "config",
                                             "-z",
                                             "--show-scope",
                                             "--show-origin",
                                             "--get-regexp",
                                             "^hooks\\.tmpguard\\.",
                                             NULL };
    struct buffer answer = BUFFER_EMPTY;
    const char *folder = NULL;
    int status;

    if (!config_search(places, repo, POLICY_SECTION, POLICY_SUBSECTION))
        return 0;
    if (repo)
        folder = repo_root(repo) ? repo_root(repo) : repo_git_dir(repo);
    status = gitpipe_run(&answer, arguments, TEXT_EMPTY, err);
    if (status == 0)
        status = policy_parse_git(policy, folder, buffer_view(&answer), err);
    buffer_release(&answer);
    return status < 0 ? -1 : 0;
}
