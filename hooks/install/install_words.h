/*
 * What an installation says besides each thing that it did: what may take it
 * away one day, where it does not reach, and what it all comes to.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_WORDS_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_WORDS_H

#include "hooks/install/install_site.h"

/* It is in place. The last line sums it up. */
void words_installed(const struct site *site);

/* It is gone. The last line sums it up. */
void words_uninstalled(const struct site *site);

#endif
