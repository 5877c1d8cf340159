/*
 * Deciding files of one tree together: a file with what its imports lead to.
 *
 * Files are numbers of the caller's. They are read, parsed and lowered when
 * they are needed first, and kept for the next group.
 */
#ifndef TMPGUARD_CORE_FACTS_LINK_H
#define TMPGUARD_CORE_FACTS_LINK_H

#include "core/facts/facts.h"
#include "core/machine/machine.h"

/* More files that one needs are over the limit. */
#define LINK_FILES_MAX 256

struct link_tree {
    /* As in struct machine_tree. */
    uint32_t (*find)(void *context, uint32_t from, struct text name,
                     bool beside);
    uint32_t (*inside)(void *context, uint32_t package, struct text name);
    /* Append a file's bytes. Returns 1, 0 if it has none (a folder), -1 and
     *err. */
    int (*read)(void *context, uint32_t file, struct buffer *bytes,
                struct error *err);
    void *context;
};

struct link;

/* A module of the standard library that matters: one of the same name in a tree
   hides it from the scripts beside it alone. */
bool link_is_known(struct text name);

/* The tree must outlive it. */
struct link *link_open(const struct link_tree *tree);
void link_close(struct link *link);

struct link_file {
    uint32_t file;
    struct facts facts; /* of the file among the others; without needs */
};

/* Start from LINK_RESULT_EMPTY; link_release it in the end. */
struct link_result {
    struct link_file *files; /* all that took part, the first one first */
    size_t files_count, files_room;
    uint32_t failed; /* the file that could not be read or analysed */
};

#define LINK_RESULT_EMPTY ((struct link_result){ .files = NULL })

/*
 * Decide files[0] with the others and with whatever they need. Findings for
 * --codeql-compat are looked for only with `coarse`.
 * Returns 0, or -1 and *err: what is in the result is not complete.
 */
int link_run(struct link *link, const uint32_t *files, size_t count,
             bool coarse, struct link_result *result, struct error *err);

/*
 * Does a name of the file lead to a target? The names are separated by blanks:
 * see struct machine_probe.
 * Returns 1 or 0, or -1 and *err if it cannot be told.
 */
int link_provides(struct link *link, uint32_t file, struct text names,
                  bool coarse, struct error *err);

void link_release(struct link_result *result);

#endif
