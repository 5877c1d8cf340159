/*
 * The tool that a SARIF log is from, with its rules: what CodeQL says of its
 * py/insecure-temporary-file, so that both are shown and ranked alike.
 */
#ifndef TMPGUARD_CMD_RENDER_SARIF_TOOL_H
#define TMPGUARD_CMD_RENDER_SARIF_TOOL_H

#include <stdbool.h>

#include "cmd/terminal/json.h"

#define SARIF_UNUSED "tmpguard/unused-suppression"

enum sarif_rule {
    SARIF_RULE_FINDING,
    SARIF_RULE_UNUSED, /* only if it was asked for */
};

/* The member `name`: { "text": … } */
void sarif_message(struct json *json, const char *name, const char *text);

/* The member `tool` of a run. */
void sarif_tool(struct json *json, bool with_unused);

#endif
