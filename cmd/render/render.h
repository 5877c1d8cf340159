/*
 * How a report is shown: one row per format.
 */
#ifndef TMPGUARD_CMD_RENDER_RENDER_H
#define TMPGUARD_CMD_RENDER_RENDER_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/base/options.h"
#include "core/base/buffer.h"
#include "core/base/error.h"
#include "hooks/joint/report.h"

/* What is the same for a whole report; a format uses what it needs. */
struct style {
    const char *closing;    /* last line if something blocks, or NULL */
    const char *unfinished; /* else, if something is incomplete, or NULL */
    const char *prefix;     /* of each line of a text, or NULL */
    bool quiet, verbose, show_suppressed;
    bool inexcusable; /* no comment excuses anything */
    enum color_when when;
    int64_t now;      /* seconds since 1970 */
    const char *root; /* the folder that paths are relative to, or NULL */

    /* Set for each output. */
    bool color;
    bool links;     /* paths are links below `root` */
    unsigned width; /* columns */
};

/* Append the whole report, whose entries are sorted. Same in, same out. */
typedef void render(struct buffer *out, const struct report *report,
                    const struct style *style);

struct format {
    const char *name;
    render *render;
    bool repairs; /* it has a place for repairs */
};

/*
 * The format of that name, or NULL and *err (ERROR_USAGE), which names the
 * nearest one.
 */
const struct format *format_find(struct text name, struct error *err);

render render_text;
render render_json;
render render_sarif;
render render_github;
render render_gitlab;
render render_gitlab_sast;
render render_junit;
render render_html;

/* The part of render_text that lists a history. */
render render_history;

#endif
