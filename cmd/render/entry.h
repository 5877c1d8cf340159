/*
 * One finding in words: what both text reports are made of.
 */
#ifndef TMPGUARD_CMD_RENDER_ENTRY_H
#define TMPGUARD_CMD_RENDER_ENTRY_H

#include "cmd/render/render.h"
#include "core/base/buffer.h"
#include "hooks/joint/report.h"

/* What was explained before is not explained again. Start from { 0 }. */
struct explained {
    bool targets[TARGET_COUNT];
    bool excuse;
};

/*
 * Append `PATH:LINE:COLUMN: error: MESSAGE [RULE]` and the code frame; for a
 * suppressed finding it is a note that says by what.
 */
void entry_head(struct buffer *out, const struct report_finding *finding,
                const struct style *style);

/* Append why, the remedy and how to excuse it; the remedy alone later on. */
void entry_advice(struct buffer *out, const struct report_finding *finding,
                  const struct style *style, struct explained *explained);

/* Append `PATH: incomplete: REASON` for all that is. */
void entry_incomplete(struct buffer *out, const struct report *report,
                      const struct style *style);

/* Append `PATH: note: WORDS` for all that is noted. */
void entry_notes(struct buffer *out, const struct report *report,
                 const struct style *style);

/* Append `PATH:LINE:COLUMN: error: MESSAGE [unused-suppression]` for all. */
void entry_unused(struct buffer *out, const struct report *report,
                  const struct style *style);

/* Is the finding one that this style shows? */
bool entry_is_shown(const struct report_finding *finding,
                    const struct style *style);

/* Append "3 findings" or "1 finding". */
void entry_count(struct buffer *out, uint64_t count, const char *noun);

/* Append "3 Python files", or of the past "2 commits and 1 version of Python
 * files". */
void entry_looked_at(struct buffer *out, const struct report *report);

/* How many of the findings the baseline knows. */
size_t entry_known(const struct report *report);

/* How many of the findings a comment excuses. */
size_t entry_suppressed(const struct report *report);

/* How many of the findings are neither. */
size_t entry_open(const struct report *report);

#endif
