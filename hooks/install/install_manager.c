#include "hooks/install/install_manager.h"

#include <string.h>
#include <strings.h>

#define PRE_COMMIT_FILES                                                       \
    {                                                                          \
        ".pre-commit-config.yaml", ".pre-commit-config.yml"                    \
    }
#define PRE_COMMIT_ADVICE                                                      \
    "add a local hook to .pre-commit-config.yaml: entry: tmpguard check "      \
    "--record, "                                                               \
    "language: system, always_run: true, pass_filenames: false"
#define PRE_COMMIT_SNIPPET                                                     \
    "# Below 'repos:' in .pre-commit-config.yaml. 'tmpguard install' adds\n"   \
    "# the gate for pushes.\n"                                                 \
    "- repo: local\n"                                                          \
    "  hooks:\n"                                                               \
    "  - id: tmpguard\n"                                                       \
    "    name: tmpguard\n"                                                     \
    "    entry: tmpguard check --record\n"                                     \
    "    language: system\n"                                                   \
    "    always_run: true\n"                                                   \
    "    pass_filenames: false\n"

#define HUSKY_SNIPPET                                                          \
    "# In the folder with .husky; or pipe it to sh there.\n"                   \
    "printf '\\ntmpguard check --record\\n' >>.husky/pre-commit\n"             \
    "printf '\\ntmpguard check --record\\n' >>.husky/pre-merge-commit\n"       \
    "printf '\\ntmpguard check --pre-push\\n' >>.husky/pre-push\n"

#define LEFTHOOK_FILES                                                         \
    {                                                                          \
        "lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml",    \
            ".config/lefthook.yml", ".config/lefthook.yaml",                   \
            "lefthook-local.yml", "lefthook-local.yaml"                        \
    }
#define LEFTHOOK_SNIPPET                                                       \
    "# In lefthook.yml, each below its key; then 'lefthook install'. "         \
    "Without\n"                                                                \
    "# 'files' lefthook would skip it where it sees none, as for a push of "   \
    "a\n"                                                                      \
    "# branch that is not checked out.\n"                                      \
    "pre-commit:\n"                                                            \
    "  commands:\n"                                                            \
    "    tmpguard:\n"                                                          \
    "      files: echo .git && echo .git/HEAD\n"                               \
    "      run: \"tmpguard check --record # {files}\"\n"                       \
    "pre-merge-commit:\n"                                                      \
    "  commands:\n"                                                            \
    "    tmpguard:\n"                                                          \
    "      run: tmpguard check --record\n"                                     \
    "pre-push:\n"                                                              \
    "  commands:\n"                                                            \
    "    tmpguard:\n"                                                          \
    "      files: echo .git && echo .git/HEAD\n"                               \
    "      run: \"tmpguard check --pre-push # {files}\"\n"                     \
    "      use_stdin: true\n"

#define OVERCOMMIT_SNIPPET                                                     \
    "# In .overcommit.yml, each below its key; then 'overcommit --sign', "     \
    "with\n"                                                                   \
    "# 'pre-commit' and 'pre-push' behind it, too. It adds words to a "        \
    "command,\n"                                                               \
    "# which sh drops; 'tmpguard install' adds the gate for merges.\n"         \
    "PreCommit:\n"                                                             \
    "  Tmpguard:\n"                                                            \
    "    enabled: true\n"                                                      \
    "    required: true\n"                                                     \
    "    requires_files: false\n"                                              \
    "    command: ['sh', '-c', 'tmpguard check --record']\n"                   \
    "PrePush:\n"                                                               \
    "  Tmpguard:\n"                                                            \
    "    enabled: true\n"                                                      \
    "    required: true\n"                                                     \
    "    command: ['sh', '-c', 'tmpguard check --pre-push']\n"

#define SIMPLE_SNIPPET                                                         \
    "// In package.json; then 'npx simple-git-hooks'.\n"                       \
    "\"simple-git-hooks\": {\n"                                                \
    "  \"pre-commit\": \"tmpguard check --record\",\n"                         \
    "  \"pre-merge-commit\": \"tmpguard check --record\",\n"                   \
    "  \"pre-push\": \"tmpguard check --pre-push\"\n"                          \
    "}\n"

static const struct manager managers[] = {
    { "pre-commit", "File generated by pre-commit", NULL, true, MANAGER_ITEMS,
      PRE_COMMIT_FILES, NULL, PRE_COMMIT_ADVICE, PRE_COMMIT_SNIPPET },
    { "prek", "File generated by prek", NULL, true, MANAGER_ITEMS,
      PRE_COMMIT_FILES, NULL, PRE_COMMIT_ADVICE, PRE_COMMIT_SNIPPET },
    { "husky",
      "# husky",
      "/.husky",
      false,
      MANAGER_SCRIPT,
      { "package.json" },
      "\"husky\"",
      "add the line 'tmpguard check --record' to .husky/pre-commit and "
      ".husky/pre-merge-commit, 'tmpguard check --pre-push' to "
      ".husky/pre-push",
      HUSKY_SNIPPET },
    { "lefthook", "call_lefthook", NULL, false, MANAGER_SECTIONS,
      LEFTHOOK_FILES, NULL,
      "add to lefthook.yml what 'tmpguard install --into lefthook' prints, "
      "with "
      "its 'files', without which lefthook skips it at some pushes",
      LEFTHOOK_SNIPPET },
    { "Overcommit",
      "OVERCOMMIT_DISABLE",
      NULL,
      false,
      MANAGER_SECTIONS,
      { ".overcommit.yml" },
      NULL,
      "add to PreCommit and PrePush of .overcommit.yml what 'tmpguard install "
      "--into overcommit' prints",
      OVERCOMMIT_SNIPPET },
    { "simple-git-hooks",
      "SKIP_SIMPLE_GIT_HOOKS",
      NULL,
      false,
      MANAGER_HOOK,
      { "package.json" },
      "\"simple-git-hooks\"",
      "add 'tmpguard check --record' to pre-commit and pre-merge-commit of its "
      "configuration, 'tmpguard check --pre-push' to pre-push",
      SIMPLE_SNIPPET },
};

#define MANAGERS_COUNT (sizeof(managers) / sizeof(*managers))

const struct manager *manager_table(size_t *count)
{
    *count = MANAGERS_COUNT;
    return managers;
}

const struct manager *manager_named(const char *name)
{
    for (size_t i = 0; i < MANAGERS_COUNT; i++)
        if (strcasecmp(managers[i].name, name) == 0)
            return &managers[i];
    return NULL;
}

const struct manager *manager_of_hook(struct text bytes)
{
    for (size_t i = 0; i < MANAGERS_COUNT; i++)
        if (memmem(bytes.bytes, bytes.size, managers[i].mark,
                   strlen(managers[i].mark)))
            return &managers[i];
    return NULL;
}

bool manager_runs_kept(struct text bytes)
{
    const struct manager *manager = manager_of_hook(bytes);

    return manager && manager->keeps;
}

const struct manager *manager_of_folder(const char *path)
{
    struct text folder = text_of(path);

    while (text_ends_with(folder, TEXT("/")))
        folder.size--;
    if (text_ends_with(folder, TEXT("/_")))
        folder.size -= 2;
    for (size_t i = 0; i < MANAGERS_COUNT; i++)
        if (managers[i].folder &&
            text_ends_with(folder, text_of(managers[i].folder)))
            return &managers[i];
    return NULL;
}
