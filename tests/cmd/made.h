/*
 * Reports made up for the tests of renderers.
 */
#ifndef TMPGUARD_TESTS_CMD_MADE_H
#define TMPGUARD_TESTS_CMD_MADE_H

#include <string.h>

#include "cmd/render/render.h"
#include "core/base/memory.h"
#include "hooks/joint/report.h"

/* A call of 17 characters at line:column, with the line it stands on. */
static inline struct report_finding *
made_finding(struct report *report, const char *path, uint32_t line,
             uint32_t column, const char *excerpt)
{
    struct finding finding = {
        .target = TARGET_TEMPFILE_MKTEMP,
        .range = { { line, column }, { line, column + 17 } },
        .line_hash = 0x59d1bc7c4aebfaaU,
        .line_count = 1,
    };
    struct report_finding *added = report_add(report, path, &finding);

    added->blocks = true;
    if (excerpt) {
        added->excerpt_size = strlen(excerpt);
        added->excerpt = memory_copy(excerpt, added->excerpt_size);
    }
    return added;
}

static inline struct report_commit *made_commit(const char *id, int64_t date,
                                                const char *subject)
{
    struct report_commit *commit = memory_new(1, sizeof(*commit));

    commit->id = memory_copy(id, strlen(id));
    commit->author = memory_copy("Ann <ann@example.org>", 21);
    commit->subject = memory_copy(subject, strlen(subject));
    commit->date = date;
    commit->zone = 60;
    return commit;
}

/* What `render` makes of the report, for free(). */
static inline char *made_text(render *function, const struct report *report,
                              const struct style *style)
{
    struct buffer out = BUFFER_EMPTY;

    buffer_string(&out, "");
    function(&out, report, style);
    return buffer_detach(&out);
}

#endif
