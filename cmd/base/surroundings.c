#include "cmd/base/surroundings.h"

#include <stdlib.h>
#include <string.h>

#include "hooks/install/canary.h"

static const char *absolute(const char *name)
{
    const char *folder = getenv(name);

    return folder && folder[0] == '/' ? folder : NULL;
}

void surroundings_read(struct surroundings *around)
{
    static const char *const names[] = {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_COMMON_DIR",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE",
        "GIT_CEILING_DIRECTORIES",
        "GIT_EXEC_PATH",
        "GIT_CONFIG",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_NOSYSTEM",
        "TMPGUARD_BIN",
        CANARY_VARIABLE,
    };
    const char *path = getenv("PATH");
    const char *temporary = absolute("TMPDIR");
    size_t count = 0;

    *around =
        (struct surroundings){ .path = path ? path : "/usr/bin:/bin",
                               .home = absolute("HOME"),
                               .temporary = temporary ? temporary : "/tmp" };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (getenv(names[i]))
            around->variables[count++] = names[i];
    around->repository_is_named = getenv("GIT_DIR") != NULL;
}

const char *surroundings_canary(void)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789";
    const char *word = getenv(CANARY_VARIABLE);
    size_t size = word ? strspn(word, plain) : 0;

    if (!word)
        return NULL;
    return size && size <= CANARY_WORD_MAX && !word[size] ? word : "-";
}
