#include "hooks/git/repo_format.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/config_text.h"
#include "hooks/system/disk.h"

static int strange(struct error *err)
{
    return error_set(err, ERROR_GIT, "for git");
}

static bool is_word(const char *value, const char *word)
{
    return value && strcmp(value, word) == 0;
}

/* One that git knows since version 1, or always. */
static int take_extension(struct repo_format *format,
                          const struct config_item *item, struct error *err)
{
    if (strcasecmp(item->key, "noop") == 0 ||
        strcasecmp(item->key, "partialclone") == 0 ||
        strcasecmp(item->key, "preciousobjects") == 0)
        return 0;
    if (strcasecmp(item->key, "worktreeconfig") == 0) {
        format->has_worktree_config = config_text_bool(item->value) == 1;
        return config_text_bool(item->value) < 0 ? strange(err) : 0;
    }
    format->needs_version = true;
    if (strcasecmp(item->key, "relativeworktrees") == 0 ||
        (strcasecmp(item->key, "refstorage") == 0 &&
         is_word(item->value, "files")))
        return 0;
    if (strcasecmp(item->key, "objectformat") != 0)
        return strange(err);
    format->is_sha256 = is_word(item->value, "sha256");
    return format->is_sha256 || is_word(item->value, "sha1") ? 0 : strange(err);
}

static int take_core(struct repo_format *format, const struct config_item *item,
                     struct error *err)
{
    if (strcasecmp(item->key, "bare") == 0) {
        format->bare = config_text_bool(item->value);
        return format->bare < 0 ? strange(err) : 0;
    }
    if (strcasecmp(item->key, "worktree") == 0) {
        if (!item->value || !item->value[0])
            return strange(err);
        free(format->worktree);
        format->worktree = memory_copy(item->value, strlen(item->value));
    }
    if (strcasecmp(item->key, "repositoryformatversion") == 0) {
        if (!is_word(item->value, "0") && !is_word(item->value, "1"))
            return strange(err);
        format->version = item->value[0] - '0';
    }
    return 0;
}

/* git looks into no other file for these. */
static int take_setting(const struct config_item *item, void *payload,
                        struct error *err)
{
    if (item->subsection)
        return 0;
    if (strcmp(item->section, "extensions") == 0)
        return take_extension(payload, item, err);
    return strcmp(item->section, "core") == 0 ? take_core(payload, item, err)
                                              : 0;
}

/* Of these the worktree's own file is asked, too. */
static int take_of_worktree(const struct config_item *item, void *payload,
                            struct error *err)
{
    if (item->subsection || strcmp(item->section, "core") != 0 ||
        strcasecmp(item->key, "repositoryformatversion") == 0)
        return 0;
    return take_core(payload, item, err);
}

static bool read_settings(struct repo_format *format, const char *folder,
                          const char *name, config_visit *visit, bool optional)
{
    struct buffer path = BUFFER_EMPTY;
    struct buffer bytes = BUFFER_EMPTY;
    struct error ignored;
    bool good;
    int found;

    buffer_format(&path, "%s/%s", folder, name);
    found = disk_read(&bytes, path.bytes, &ignored);
    good = found == 1 && config_text_each(name, buffer_view(&bytes), visit,
                                          format, &ignored) == 0;

    buffer_release(&path);
    buffer_release(&bytes);
    return good || (found == 0 && optional);
}

bool repo_format_read(struct repo_format *format, const char *git_dir,
                      const char *common_dir)
{
    if (!read_settings(format, common_dir, "config", take_setting, false) ||
        format->version < 0 || (format->needs_version && format->version < 1))
        return false;
    return !format->has_worktree_config ||
           read_settings(format, git_dir, "config.worktree", take_of_worktree,
                         true);
}

void repo_format_release(struct repo_format *format)
{
    free(format->worktree);
    *format = REPO_FORMAT_EMPTY;
}
