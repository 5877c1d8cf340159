/*
 * Files made ready for the machine, in common tables: one file to decide
 * alone, or those of a tree that need each other.
 */
#ifndef TMPGUARD_CORE_FACTS_PROGRAM_H
#define TMPGUARD_CORE_FACTS_PROGRAM_H

#include "core/facts/decision.h"
#include "core/machine/machine.h"

struct program_file {
    struct source source;
    bool is_part;       /* the source is less than the file, */
    uint8_t targets;    /* which may mean these: see part_targets */
    struct slice slice; /* of the source: what was parsed, if not all of it */
    struct syntax tree;
    struct public public;
    uint32_t scope;              /* of the module */
    uint32_t calls, calls_count; /* of program.code.calls: its own */
};

/* Open with program_open. */
struct program {
    struct scopes scopes;
    struct values values;
    struct code code;
    struct program_file **files;
    size_t files_count, files_room;
};

void program_open(struct program *program);
void program_close(struct program *program);

/*
 * Add a file; `number` is what machine_tree calls it. The bytes must outlive
 * the program. Returns the file, the program's own, or NULL and *err: then the
 * program is good for nothing but closing.
 */
struct program_file *program_add(struct program *program, struct text bytes,
                                 uint32_t number, struct deadline *deadline,
                                 struct error *err);

/*
 * The two halves of that: read the file, and choose its slice if that is what
 * the program is about; then parse it, unless it has a tree, and go on. Where
 * the slice alone has a syntax error, it is SLICE_WHOLE from then on.
 */
struct program_file *program_read(struct program *program, struct text bytes,
                                  bool sliced, struct error *err);

/*
 * The first half for a part of a file in UTF-8 (condense.h). Where its slice
 * is SLICE_WHOLE it is good for nothing; where the slice has a syntax error
 * the second half fails and it is that.
 */
struct program_file *program_read_part(struct program *program,
                                       struct text text,
                                       struct elsewhere *elsewhere,
                                       struct error *err);
int program_lower(struct program *program, struct program_file *file,
                  uint32_t number, struct deadline *deadline,
                  struct error *err);

/* What the machine shows of one file, sorting both results; decision_release
   it. See program_facts. */
void program_decide(const struct program *program,
                    const struct program_file *file,
                    struct machine_result *precise,
                    struct machine_result *coarse, struct decision *decision);

/*
 * The facts of one file from what the machine showed, sorting both: `coarse`
 * shows what precise does not, for --codeql-compat.
 * The exports are the file's; the needs all that the machine asked for outside
 * of any tree.
 * Returns 0, or -1 with ERROR_LIMIT: there are too many findings or names.
 */
int program_facts(const struct program *program,
                  const struct program_file *file,
                  struct machine_result *precise, struct machine_result *coarse,
                  struct facts *facts, struct error *err);

#endif
