/*
 * What holds where a file is: its repository's policy, and its path in it.
 * Looking changes the current folder, by which git looks for a repository.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_HOME_H
#define TMPGUARD_CMD_LSP_LSP_HOME_H

#include "hooks/gate/policy.h"

/* Start from LSP_HOME_EMPTY: as usual. */
struct lsp_home {
    struct policy policy;
    char *below;   /* the path in the repository; NULL: it is in none */
    char *root;    /* of the repository; NULL: there is none */
    char *trouble; /* why the policy is not known, or NULL */
};

#define LSP_HOME_EMPTY ((struct lsp_home){ .policy = POLICY_EMPTY })

/* Look anew; `path` is absolute, and need not exist. */
void lsp_home_find(struct lsp_home *home, const char *path);

/* Is the file left out? */
bool lsp_home_excludes(const struct lsp_home *home);

/* May other files import from that file what a repair takes out of it? */
bool lsp_home_is_imported(const char *path);

void lsp_home_release(struct lsp_home *home);

/* The path of a file: URI, for free(); NULL if it is none. */
char *lsp_home_path(struct text uri);

#endif
