/*
 * Dates of commits, which anybody can write into a commit.
 */
#ifndef TMPGUARD_CMD_BASE_DATE_H
#define TMPGUARD_CMD_BASE_DATE_H

#include <stddef.h>
#include <stdint.h>

#define DATE_SIZE 40

/*
 * ISO 8601 with the offset, "2026-11-24T19:32:06+01:00", from seconds since
 * 1970 and minutes east of UTC. Years are kept within 1 to 9999, an offset of
 * a day or more is +00:00. Returns `text`.
 */
const char *date_format(char text[DATE_SIZE], int64_t seconds, int32_t zone);

#endif
