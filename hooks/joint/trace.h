/*
 * What an answer depends on: paths, and what stood there. An answer that was
 * kept holds as long as the same stands at each of them.
 */
#ifndef TMPGUARD_HOOKS_JOINT_TRACE_H
#define TMPGUARD_HOOKS_JOINT_TRACE_H

#include "core/base/intern.h"

/* Append what stands at a path, at most TRACE_IDENTITY_MAX bytes. Returns 1,
 * or 0 if that cannot be told. */
typedef int trace_identify(void *context, struct text path, struct buffer *out);

#define TRACE_IDENTITY_MAX 64

/* Append the trace of these paths. False if it cannot be told. */
bool trace_write(struct buffer *out, const struct intern *paths,
                 trace_identify *identify, void *context);

/* Take a trace off the front. Does it hold still? False, too, for bytes that
 * are no trace. */
bool trace_holds(struct text *rest, trace_identify *identify, void *context);

/* A text behind its size, and how to take one off: false if there is none. */
void trace_put(struct buffer *out, struct text text);
bool trace_take(struct text *text, struct text *rest);

#endif
