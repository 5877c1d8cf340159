/*
 * Whether words can be a date. git reads a date out of anything: the 45th of
 * the 13th month is some day of that year to it.
 */
#ifndef TMPGUARD_HOOKS_GIT_WHEN_FORM_H
#define TMPGUARD_HOOKS_GIT_WHEN_FORM_H

#include <stdbool.h>

/*
 * Are all words in it known to be of dates, its days in the calendar and its
 * hours on the clock? What git makes of it is another matter.
 */
bool when_is_form(const char *date);

#endif
