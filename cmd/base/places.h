/*
 * Where an installation that reaches further than one repository keeps its
 * things.
 */
#ifndef TMPGUARD_CMD_BASE_PLACES_H
#define TMPGUARD_CMD_BASE_PLACES_H

#include "cmd/base/options.h"
#include "hooks/install/install.h"

/* Owned strings. Start from PLACES_EMPTY. */
struct places {
    char *program, *state, *config, *git_config, *template;
    char *trouble; /* what is in the way, or NULL */
};

#define PLACES_EMPTY ((struct places){ .program = NULL })

/*
 * Find what the options ask for, and tell `asked` of it. Returns NULL, or
 * what is in the way. Release the places in either case, after use.
 */
const char *places_find(struct places *places, struct install_options *asked,
                        const struct options *options);

void places_release(struct places *places);

#endif
