/*
 * What git's settings on a server say about its hook: hooks.tmpguard.deadline
 * and hooks.tmpguard.onDeadline of the repository, the user and the system.
 * Nothing that is pushed can set them.
 */
#ifndef TMPGUARD_HOOKS_SERVER_SETTINGS_H
#define TMPGUARD_HOOKS_SERVER_SETTINGS_H

#include "core/error.h"

/* As they are written; NULL: not set. Start from { 0 }. */
struct server_settings {
    char *deadline, *on_deadline; /* owned */
};

/* Returns 0, or -1 and *err. Release them in either case. */
int server_settings_read(struct server_settings *settings, struct error *err);

void server_settings_release(struct server_settings *settings);

#endif
