/*
 * What JSON and the formats made of it tell alike, member by member.
 */
#ifndef TMPGUARD_CMD_RENDER_FIELDS_H
#define TMPGUARD_CMD_RENDER_FIELDS_H

#include "cmd/terminal/json.h"
#include "hooks/joint/report.h"

/* `path`, and `path_bytes` if it is not UTF-8. */
void fields_path(struct json *json, const char *path);

/* `incomplete`, an array with a line for each. */
void fields_incomplete(struct json *json, const struct report *report);

/* A line and a column, as an object. */
void fields_position(struct json *json, const char *name,
                     struct position position);

/* `introduced`, `removed`, `live`, `paths`, and `now` if it moved. */
void fields_history(struct json *json, const struct report_finding *finding);

/* `stats`, an object. */
void fields_stats(struct json *json, const struct report *report);

#endif
