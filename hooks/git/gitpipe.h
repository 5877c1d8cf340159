/*
 * git as a child process: it knows every repository that git knows, so it is
 * the authority on refs, the index and loose objects. Arguments never pass
 * through a shell, and no command of the repository's configuration runs: no
 * hooks, pager, file system monitor, external diff or remote helper. Nothing
 * is fetched, replace refs and grafts are not honoured.
 */
#ifndef TMPGUARD_HOOKS_GIT_GITPIPE_H
#define TMPGUARD_HOOKS_GIT_GITPIPE_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/git/object.h"

/* More output of one command than this is over the limit, in bytes. */
#define GITPIPE_OUTPUT_MAX ((size_t)512 << 20)

/*
 * Run `git ARGUMENTS…` (NULL at the end, without "git") in the current folder
 * with `input` on its standard input, and append what it writes to *out.
 *
 * Returns 0 if git exits with 0; 1 if with 1 ("no" of rev-parse --quiet,
 * merge-base and the like); else -1 with ERROR_GIT and git's own reason, or
 * ERROR_SYSTEM if git could not be run. *out holds what came until then.
 */
int gitpipe_run(struct buffer *out, const char *const *arguments,
                struct text input, struct error *err);

/* The same, appending what it wrote to its standard error to *complaints. */
int gitpipe_run_noting(struct buffer *out, struct buffer *complaints,
                       const char *const *arguments, struct text input,
                       struct error *err);

/*
 * A `git cat-file --batch` that stays, for reading objects one by one. It is
 * started by the first read, and again after one that failed.
 */
struct gitpipe_batch;

struct gitpipe_batch *gitpipe_batch_open(void);

/*
 * Read one object. Returns 1 with *type and memory for free() in *bytes, of
 * *size bytes; 0 if it is missing; -1 and *err: ERROR_LIMIT if it is larger
 * than size_max, else ERROR_GIT with git's reason. The bytes are as git gave
 * them: the caller checks them against the id.
 */
int gitpipe_batch_read(struct gitpipe_batch *batch, const struct object_id *id,
                       size_t size_max, enum object_type *type, char **bytes,
                       size_t *size, struct error *err);

/* End the child, if any. Closing NULL is fine. */
void gitpipe_batch_close(struct gitpipe_batch *batch);

#endif
