/*
 * What JSON and the formats made of it tell alike, member by member.
 */
#ifndef TMPGUARD_CMD_FIELDS_H
#define TMPGUARD_CMD_FIELDS_H

#include "cmd/json.h"
#include "hooks/joint/report.h"

/* `introduced`, `removed`, `live`, `paths`. */
void fields_history(struct json *json, const struct report_finding *finding);

/* `stats`, an object. */
void fields_stats(struct json *json, const struct report *report);

#endif
