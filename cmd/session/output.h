/*
 * Where results go: standard output, or files, each of which is replaced whole
 * or not at all. A result that could not be written is trouble, never a clean
 * exit.
 */
#ifndef TMPGUARD_CMD_SESSION_OUTPUT_H
#define TMPGUARD_CMD_SESSION_OUTPUT_H

#include "cmd/base/options.h"
#include "cmd/render/render.h"
#include "core/base/error.h"
#include "core/base/text.h"

/* One report to be written. */
struct output {
    const struct format *format;
    const char *file; /* NULL: standard output */
    int descriptor;   /* -1: a file that is replaced once the report is there */
};

struct outputs {
    struct output *items;
    size_t items_count, items_room;
};

/*
 * Open what --format and --output ask for, so that a file that cannot be
 * written is known before the work. Nothing is written yet.
 *
 * Returns 0, or -1 with *err. Close in either case.
 */
int outputs_open(struct outputs *outputs, const struct options *options,
                 struct error *err);

/* Render the report to each of them. Returns 0, or -1 after complaining. */
int outputs_write(struct outputs *outputs, const struct report *report,
                  const struct style *style);

/* Has one of them a place for repairs? */
bool outputs_repair(const struct outputs *outputs);

/* Does one of them show hints? */
bool outputs_hint(const struct outputs *outputs);

/* Close all. */
void outputs_close(struct outputs *outputs);

/*
 * For answers that are no report: `make` appends `what` as JSON or as text to
 * *out. Goes where --format and --output say; returns the exit code.
 */
typedef void output_make(struct buffer *out, bool json, const void *what);
int output_answer(const struct options *options, output_make *make,
                  const void *what);

/*
 * The same in two steps, for who changes something in between: where it goes
 * is known before. Both return an exit code, after complaining. Close in
 * either case.
 */
int outputs_prepare(struct outputs *outputs, const struct options *options);
int outputs_answer(struct outputs *outputs, output_make *make,
                   const void *what);

/* Write to standard output: EXIT_CLEAN, or EXIT_INCOMPLETE and a complaint. */
int output_say(struct text text);

#endif
