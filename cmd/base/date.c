#include "cmd/base/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* 0001-01-02 and 9999-12-30, so that no offset leads out of the years. */
#define SECONDS_MIN (-62135510400)
#define SECONDS_MAX 253402128000

const char *date_format(char text[DATE_SIZE], int64_t seconds, int32_t zone)
{
    struct tm tm = { 0 };
    time_t local;
    int32_t minutes;

    if (zone <= -24 * 60 || zone >= 24 * 60)
        zone = 0;
    if (seconds < SECONDS_MIN)
        seconds = SECONDS_MIN;
    if (seconds > SECONDS_MAX)
        seconds = SECONDS_MAX;
    local = (time_t)(seconds + (int64_t)zone * 60);
    gmtime_r(&local, &tm);
    minutes = abs(zone);
    snprintf(text, DATE_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d",
             (tm.tm_year + 1900) % 10000, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
             tm.tm_min, tm.tm_sec, zone < 0 ? '-' : '+', (int)(minutes / 60),
             (int)(minutes % 60));
    return text;
}
