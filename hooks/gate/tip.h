/*
 * Files of the trees in which a range ends: a path is looked up once in each,
 * and a file analysed once, however many findings are asked after.
 */
#ifndef TMPGUARD_HOOKS_GATE_TIP_H
#define TMPGUARD_HOOKS_GATE_TIP_H

#include <stdbool.h>

#include "core/base/intern.h"
#include "hooks/gate/gate.h"

/* What a finding is, at the tip where it is worst. */
enum tip_said { TIP_NOTHING, TIP_KNOWN, TIP_BLOCKS };

struct tip_file {
    struct object_id blob;
    struct facts facts;  /* those that count; none if it is not Python */
    bool *taken;         /* for each finding: it was asked for, at this tip */
    unsigned char *said; /* for each finding: an enum tip_said */
    bool unreadable;     /* for the reason in err */
    struct error err;
};

/* Start from { .gate = … }. */
struct tips {
    const struct gate *gate;
    struct intern lookups, names; /* path and tree, path and blob */
    uint32_t *found; /* for each lookup: a file's number, or INTERN_NONE */
    size_t found_count, found_room;
    struct tip_file *files; /* for each name */
    size_t files_count, files_room;
};

/*
 * The file at `path` of `tree`, valid until the next call; NULL if there is
 * none. In trees that have the same file there it is the same.
 */
struct tip_file *tips_file(struct tips *tips, const struct object_id *tree,
                           const char *path);

/* The path of the file of that number, valid until the next tips_file. */
const char *tips_path(const struct tips *tips, size_t number);

/* From here on another tip is asked about. */
void tips_turn(struct tips *tips);

void tips_release(struct tips *tips);

#endif
