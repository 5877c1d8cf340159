/*
 * One member of a JSON object that another program wrote: no more is read of
 * the file that describes an event.
 */
#ifndef TMPGUARD_CMD_BASE_MEMBER_H
#define TMPGUARD_CMD_BASE_MEMBER_H

#include "core/base/text.h"

/*
 * The string that is the member `name` of the outermost object, as it is
 * written, without its quotes. Returns 1, or 0 if there is no such member, it
 * is no string, or this is no JSON.
 */
int member_find(struct text *value, struct text json, const char *name);

/* The same for a member that is an object, with its braces. */
int member_object(struct text *value, struct text json, const char *name);

#endif
