/*
 * What JSON and the formats made of it tell alike, member by member.
 */
#ifndef TMPGUARD_CMD_RENDER_FIELDS_H
#define TMPGUARD_CMD_RENDER_FIELDS_H

#include "cmd/terminal/json.h"
#include "hooks/joint/report.h"

/* `tool`, an object. */
void fields_tool(struct json *json);

/* `path`, and `path_bytes` if it is not UTF-8. */
void fields_path(struct json *json, const char *path);

/* The members of an object: entry `at` of a list of the report. */
typedef void fields_entry(struct json *json, const struct report *report,
                          size_t at);

/* A list as an array, an entry a line: what a person searches, and what diffs
 * well. */
void fields_list(struct json *json, const char *name,
                 const struct report *report, size_t count,
                 fields_entry *entry);

/* `incomplete`, such a list. */
void fields_incomplete(struct json *json, const struct report *report);

/* A line and a column, as an object. */
void fields_position(struct json *json, const char *name,
                     struct position position);

/* "HASH:COUNT", a string. */
void fields_fingerprint(struct json *json, const char *name,
                        const struct finding *finding);

/* `introduced`, `removed`, `live`, `paths`; `removed_elsewhere` and `now` if
 * they are. */
void fields_history(struct json *json, const struct report_finding *finding);

/* `baseline`, an object; nothing where none was applied. */
void fields_baseline(struct json *json, const struct report *report);

/* `stats`, an object. */
void fields_stats(struct json *json, const struct report *report);

#endif
