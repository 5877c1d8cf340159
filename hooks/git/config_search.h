/*
 * Does git's configuration say anything about us? Asked of the files
 * themselves, so that no git need be started where it does not.
 */
#ifndef TMPGUARD_HOOKS_GIT_CONFIG_SEARCH_H
#define TMPGUARD_HOOKS_GIT_CONFIG_SEARCH_H

#include <stdbool.h>

#include "hooks/system/disk.h"

struct repo;

/* More files, or one of more bytes, and git has to be asked. */
#define CONFIG_FILES_MAX 64
#define CONFIG_SIZE_MAX  ((size_t)1 << 20)

/*
 * A file of settings, in a folder where tmpguard keeps its record, that
 * includes those which cannot be found without git: there or not.
 */
#define CONFIG_SEARCH_MORE "tmpguard/settings"

/* Where git may read its settings from, beside the repository's own files. */
struct config_places {
    struct paths files; /* there or not */
    char *home;         /* what ~ stands for; NULL: unknown */
    bool commanded;     /* a variable may say something */
};

/*
 * May there be a setting `section.subsection.…`? True if one of the files, or
 * one that they include under whatever condition, has one, and if that cannot
 * be told. `repo` may be NULL.
 */
bool config_search(const struct config_places *places, const struct repo *repo,
                   const char *section, const char *subsection);

/* Is the file one of those that are looked at in any case? */
bool config_places_have(const struct config_places *places, const char *file);

void config_places_release(struct config_places *places);

#endif
