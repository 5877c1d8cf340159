/*
 * Running code on sets of values instead of values: which calls can be a call
 * of a target?
 *
 * Within a unit, flow is by order: the machine keeps a state (env.h), goes
 * both ways at a branch, and repeats a loop until nothing changes. Units tell
 * each other what they pass, return and store through cells (cell.h), and run
 * until no cell grows any more. A function's results are in terms of its
 * parameters, so that each call gets what it put in.
 *
 * Modules of one tree run together: what one imports of another is what the
 * names of that hold at its end.
 */
#ifndef TMPGUARD_CORE_MACHINE_MACHINE_H
#define TMPGUARD_CORE_MACHINE_MACHINE_H

#include "core/machine/code.h"
#include "core/machine/public.h"
#include "core/rule/rule.h"

#define MACHINE_FILE_NONE UINT32_MAX

/* A file that is here to be run. */
struct machine_module {
    uint32_t scope;              /* SCOPE_NONE if it is not */
    const struct public *public; /* what a star import takes */
};

/*
 * The tree that modules stand in. Files are numbers of the caller's; a folder
 * that is a package without a file of its own has one, too.
 */
struct machine_tree {
    /*
     * What `import name` means in the file `from`, dots first if relative;
     * MACHINE_FILE_NONE if that is no file of the tree. With `beside`, only
     * what stands in the same folder as a script.
     */
    uint32_t (*find)(void *context, uint32_t from, struct text name,
                     bool beside);
    /* A module in a package, or MACHINE_FILE_NONE. */
    uint32_t (*inside)(void *context, uint32_t package, struct text name);
    void *context;
    const struct machine_module *modules; /* by file */
    size_t modules_count;                 /* files from here on are not here */
};

/* A name that others can get a target by, or pass its module to, though they
   never mention the target. */
struct machine_export {
    uint32_t scope, symbol; /* of a module */
    enum {
        EXPORT_TARGET, /* it leads to a target, */
        EXPORT_WANTS,  /* to a function that gets one from a parameter, */
        EXPORT_MODULE, /* or is the module of one that is wanted */
    } kind;
};

/*
 * Does a name of a module lead to a target? The name's symbol, then those of
 * attributes, or MACHINE_CALL for what calling it gives, MACHINE_ITEM for
 * whatever it holds. Where that depends on arguments, it does. The needs of the
 * result are what the answer depends on.
 */
struct machine_probe {
    uint32_t scope;
    const uint32_t *symbols;
    uint32_t count;
};

/* As symbols' texts. */
#define MACHINE_CALL "()"
#define MACHINE_ITEM "[]"

/* A need or a probe has at most so many names on the way to a target. */
#define MACHINE_NAMES_MAX (VALUE_MEMBER_DEPTH_MAX + 3)

/* What to run. Units of modules that are not in the tree do not run. */
struct machine_job {
    struct code *code;
    struct scopes *scopes;
    struct values *values;
    const struct machine_tree *tree; /* NULL: one module, alone */
    /*
     * With what CodeQL takes for possible although it is not: stores to
     * attributes and items count whatever their order, results are the same
     * for all callers, and what is overwritten may still be seen by others.
     */
    bool coarse;
    struct deadline *deadline;
    const struct machine_probe *probe; /* NULL: nothing is asked after */
};

struct machine_site {
    uint32_t call; /* of code.calls */
    enum target target;
};

/*
 * What the result may depend on, outside of the modules that are here. The
 * value is a VALUE_MODULE or VALUE_SOURCE, or a member of it at some depth, a
 * MACHINE_CALL and a MACHINE_ITEM among them. It may be a target; or, if
 * `must`, a target is given to it, or names are taken from it that hide others.
 */
struct machine_need {
    uint32_t value, must;
};

/* Start from MACHINE_RESULT_EMPTY; machine_release it in the end. */
struct machine_result {
    struct machine_site *sites; /* each call once a target */
    size_t sites_count, sites_room;
    struct machine_export *exports;
    size_t exports_count, exports_room;
    struct intern needs; /* struct machine_need */
    uint8_t wanted;      /* 1 << enum target for each that EXPORT_WANTS gets */
    bool provides;       /* what was asked after is a target */
};

#define MACHINE_RESULT_EMPTY ((struct machine_result){ .sites = NULL })

/*
 * Add what running the code shows. Returns 0, or -1 with ERROR_LIMIT: a set
 * was too large or time is over.
 */
int machine_run(const struct machine_job *job, struct machine_result *result,
                struct error *err);

/* The need of that number in result.needs. */
struct machine_need machine_need_at(const struct machine_result *result,
                                    uint32_t number);

void machine_release(struct machine_result *result);

#endif
