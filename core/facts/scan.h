/*
 * The façade of the rule core: bytes of a Python file in, facts out. A pure
 * function of its arguments, safe to call from several threads at once.
 */
#ifndef TMPGUARD_CORE_FACTS_SCAN_H
#define TMPGUARD_CORE_FACTS_SCAN_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/facts/facts.h"
#include "core/source/literal.h"

/* A larger blob is incomplete, not scanned: 4 MiB, in bytes. */
#define SCAN_SIZE_MAX ((size_t)4 << 20)

/* What is said of a larger one: -1. */
int scan_too_large(struct error *err);

/* One blob may take this long, then it is incomplete. */
#define SCAN_TIME_MAX_MS 5000

/*
 * Could these bytes hold a finding at all? No for nearly every file, at the
 * speed of memory: scan_blob of such bytes has no findings.
 */
bool scan_worthwhile(struct text bytes);

/*
 * Could these bytes hold a finding without other files? For who has no use for
 * what a file says to others: where this is not so, scan_blob finds nothing,
 * or fails for a reason that does not matter then (home.h).
 */
bool scan_worthwhile_alone(struct text bytes);

/* The same for who knows what literal_glance of the bytes is. */
bool scan_worthwhile_glanced(struct text bytes, enum literal_glance glance);

/*
 * Analyse the bytes of one Python file. The facts hold suppressed findings
 * and those for --codeql-compat too; callers choose.
 *
 * Returns 0, or -1 with empty facts and *err: ERROR_LIMIT when the blob is
 * over a limit (size, nesting, time), so it must be called incomplete.
 */
int scan_blob(struct text bytes, struct facts *facts, struct error *err);

/* The same for many files that have much in common, in any number of threads:
   what was decided already is remembered. */
struct memo;
int scan_recalling(struct text bytes, struct memo *memo, struct facts *facts,
                   struct error *err);

/* The findings alone of bytes that are scan_worthwhile_alone, for who has no
   use for needs and exports: these are empty. */
int scan_findings(struct text bytes, struct memo *memo, struct facts *facts,
                  struct error *err);

/* The same by parsing all of the file: slower, and equal (slice.h). */
int scan_whole(struct text bytes, struct facts *facts, struct error *err);

#endif
