/*
 * The parts of the machine, for those of them that are not machine.c alone:
 * place, variable, reach, hold, past, order, flow, operation, attribute, item,
 * lineage, expand, call, known.
 */
#ifndef TMPGUARD_CORE_MACHINE_MACHINE_PARTS_H
#define TMPGUARD_CORE_MACHINE_MACHINE_PARTS_H

#include "core/machine/cell.h"
#include "core/machine/env.h"
#include "core/machine/machine.h"

/* Items of a container: so many, or */
#define CONTAINER_GROWS UINT32_MAX       /* a list, a set, *args */
#define CONTAINER_KEYED (UINT32_MAX - 1) /* a dict */

/* What went to a label so far. */
struct meeting {
    uint32_t state;
    uint32_t way; /* that runs; of OP_FINALLY */
    bool reached;
};

/* Something that the unit stored in an object or a container. */
struct held {
    uint32_t place;
    enum place_kind kind;
    uint32_t name;    /* symbol, or key */
    uint32_t storers; /* functions, or SET_NONE: not asked for yet */
};

/* Symbols that have a meaning of their own. */
enum known_symbol {
    KNOWN_CALL,
    KNOWN_INIT,
    KNOWN_ENTER,
    KNOWN_DICT,
    KNOWN_FUNC,
    KNOWN_RESULT, /* MACHINE_CALL */
    KNOWN_ITEM,   /* MACHINE_ITEM */
    KNOWN_SYMBOLS,
};

/* See reach.c. */
struct reach {
    uint32_t *units; /* that were reached last */
    size_t units_count, units_room;
    uint32_t stamp, *stamps; /* by unit; the current one: in `units` */
};

/* A property of an object that is being got; each lives as long as that. */
struct asked {
    const struct asked *outer;
    uint32_t getter, self;
};

struct machine {
    struct code *code;
    struct scopes *scopes;
    struct values *values;
    const struct machine_tree *tree;
    struct deadline *deadline;
    struct machine_result *result;
    bool coarse;
    struct cells cells;
    struct envs states;
    struct intern seen;      /* sites: call and target */
    struct intern expanding; /* symbolic values; see machine_expand.c */
    struct intern wanted;    /* see need_behind */
    struct intern imported;  /* files that some import names in full */
    struct intern hidden;    /* scope, symbol: got, but not passed on */
    struct intern sure;      /* variables that got a name of a module that is
                                nothing but a module */
    struct meeting *meetings;
    struct known *known; /* see machine_known.h */
    uint32_t symbols[KNOWN_SYMBOLS];

    /* of the unit that runs, or of the value that is expanded */
    uint32_t unit, state, operation;
    uint32_t next; /* operation of the unit */
    bool expands, live, again;
    struct meeting exit;
    uint32_t *stack; /* of sets */
    size_t stack_count, stack_room;
    uint32_t *handlers; /* labels of open OP_TRY */
    size_t handlers_count, handlers_room;
    struct reach reach;
    struct held *held;
    size_t held_count, held_room;
    struct intern endings; /* see machine_past.c */
    bool *past;            /* by place: it is in some of them */
    size_t past_count, past_room;
    struct intern pairs; /* of modules: has the second one run, maybe, */
    bool *before;        /* before the first one ends? */
    size_t before_count, before_room;
    uint32_t held_run, *held_at; /* by place: the last run that held it */
    size_t held_at_count, held_at_room;
    uint32_t *told; /* by variable: what others were told last */
    size_t told_count, told_room;
    unsigned nesting;          /* of calls within each other */
    unsigned expanding_depth;  /* of expansions; deeper ones wait */
    const struct asked *asked; /* the innermost property that is being got */
    const char *over_limit;    /* what was too much, or NULL */
};

/* Calls that lead to calls within one operation: more are over the limit. */
#define MACHINE_NESTING_MAX 16

/* The arguments of one call, as they stand on the stack. */
struct passed {
    const struct call *call; /* NULL: no arguments */
    size_t stack;            /* where the first one is */
    uint32_t self;           /* the set that comes before them, or SET_NONE */
};

/* ---- machine_place.c: what places hold ----------------------------------- */

/* What a place holds here. `own`: this unit made what it belongs to. */
uint32_t machine_read(struct machine *machine, uint32_t place, bool own);

/* The same, if this unit said something definite of it, or if a module did
   that has run; else SET_NONE. */
uint32_t machine_read_here(struct machine *machine, uint32_t place);
uint32_t machine_read_sure(struct machine *machine, uint32_t place);

/* Was it deleted, here or by a module that has run? */
bool machine_is_absent(struct machine *machine, uint32_t place);

/* From here on, the place holds the set; or may hold it as well. */
void machine_write(struct machine *machine, uint32_t place, uint32_t set);
void machine_write_also(struct machine *machine, uint32_t place, uint32_t set);

/* Tell the other units. */
void machine_publish(struct machine *machine, uint32_t place, bool own,
                     uint32_t set);

/* What other units stored in a place. */
uint32_t machine_foreign(struct machine *machine, uint32_t place);

/* Does a module run? */
bool machine_is_module(const struct machine *machine);

/* Does this unit make the value anew whenever it runs? */
bool machine_owns(const struct machine *machine, uint32_t value);

/* ---- machine_variable.c: names ------------------------------------------- */

/* Exchange variables with a unit that is called, and those it calls. */
void machine_show_variables(struct machine *machine, uint32_t unit);
void machine_take_variables(struct machine *machine, uint32_t unit);

/* The value of a name, and the value of a temporary. */
uint32_t machine_load(struct machine *machine, uint32_t number);
uint32_t machine_take(struct machine *machine, uint32_t variable);

void machine_store(struct machine *machine, uint32_t number, uint32_t set);

/* Tell others of the variables that they read. */
void machine_publish_variables(struct machine *machine);

/* ---- machine_reach.c: what a call can run in the end --------------------- */

void reach_open(struct machine *machine);
void reach_close(struct machine *machine);

/* The unit that runs calls another. */
void reach_call(struct machine *machine, uint32_t unit);

/* Find the units that this call runs: reach.units. Is that one of them? */
void reach_from(struct machine *machine, uint32_t unit);
bool reach_has(const struct machine *machine, uint32_t unit);

/* ---- machine_hold.c: what calls may do to objects ------------------------ */

/* A unit runs anew. */
void hold_start(struct machine *machine);

/* The unit stores under that name in a place, and knows what it holds now. */
void hold_store(struct machine *machine, uint32_t place, enum place_kind kind,
                uint32_t name, uint32_t set);

/* What the place of something held may be, after a call of that unit. */
void hold_call(struct machine *machine, uint32_t unit);

/*
 * What a call gave that another unit makes whenever it runs. Unless all of it
 * came of one call, it may be several objects, and a store does not replace
 * what another one stored.
 */
void hold_result(struct machine *machine, uint32_t set);
bool hold_are_one(struct machine *machine, uint32_t objects);
bool hold_is_made_anew(const struct machine *machine, uint32_t value);

/* What came from elsewhere, and nobody knows of how many calls: the set is
   returned; what another module has. */
uint32_t hold_outside(struct machine *machine, uint32_t set);
void hold_imported(struct machine *machine, uint32_t set, uint32_t module);

/* The operations, as numbers, that gave this unit the object; SET_NONE. */
uint32_t hold_got(struct machine *machine, uint32_t value);

/* ---- machine_past.c: what modules left that have run --------------------- */

/* A module ends here: others see what it holds as it is now. */
void past_end(struct machine *machine);

/* Of a part of what other modules made, or got of a function. */
struct past {
    uint32_t makers; /* those modules: numbers of units */
    uint32_t set;    /* what they say at their ends that it holds, */
    bool is_known;   /* if they do; */
    bool is_sure;    /* it holds nothing but that, unless others store it; */
    bool is_absent;  /* or it may have been deleted */
};

void past_of(struct machine *machine, uint32_t place, struct past *past);

/* Has a module that stores there not run yet, when this one does? */
bool past_is_to_come(struct machine *machine, uint32_t place, uint32_t module);

/* ---- machine_order.c: which modules run before others -------------------- */

/* May another module have run, or a part of it, when the one that runs is not
   at its end? Both are units. */
bool order_may_run_before(struct machine *machine, uint32_t module);

/* ---- machine_operation.c, machine_flow.c: what one operation does -------- */

typedef void machine_operation(struct machine *machine,
                               const struct operation *operation);

extern machine_operation *const operation_table[OPCODES];

machine_operation flow_return, flow_yield, flow_raise, flow_jump, flow_fork,
    flow_label, flow_loop, flow_back, flow_try, flow_try_end, flow_finally,
    flow_resume;

/* The unit's end, in the ordinary way. */
void flow_exit(struct machine *machine);

void machine_push(struct machine *machine, uint32_t set);
uint32_t machine_pop(struct machine *machine);

/* ---- machine_attribute.c, machine_item.c: attributes and items ----------- */

uint32_t attribute_get(struct machine *machine, uint32_t set, uint32_t symbol);
void attribute_set(struct machine *machine, uint32_t objects, uint32_t symbol,
                   uint32_t set);
uint32_t item_get(struct machine *machine, uint32_t objects, uint32_t keys);
void item_set(struct machine *machine, uint32_t objects, uint32_t keys,
              uint32_t set);

/* A container that this operation makes; `items` is its size or a mark. */
uint32_t item_container(struct machine *machine, uint32_t items);

/* Whatever is held by something that is not here: MACHINE_ITEM of it. */
uint32_t item_outside(struct machine *machine, uint32_t holder);

/* What a function yields. */
uint32_t item_yielded(struct machine *machine, uint32_t scope);

/* What is stored in a container, under whatever key. */
uint32_t item_all(struct machine *machine, uint32_t container);

/* An element when iterating; the item number `index` of `count`. */
uint32_t item_any(struct machine *machine, uint32_t objects);
uint32_t item_unpacked(struct machine *machine, uint32_t objects,
                       uint32_t index, uint32_t from_end);

/* Of a module or what is unknown: a member, and what is stored there; the
   member alone. */
uint32_t attribute_outside(struct machine *machine, uint32_t value,
                           uint32_t symbol);
uint32_t attribute_member(struct machine *machine, uint32_t value,
                          uint32_t symbol);

/* An attribute that every instance of a class gets. */
void attribute_field(struct machine *machine, uint32_t class_scope,
                     uint32_t symbol, uint32_t set);

/* ---- machine_lineage.c: classes ------------------------------------------ */

/* More are over the limit. */
#define LINEAGE_MAX 128

/* A class and its bases in the order in which Python looks into them. */
struct lineage {
    uint32_t scopes[LINEAGE_MAX];
    bool alone[LINEAGE_MAX]; /* not one of several that a base can be */
    uint32_t count;
};

void lineage_of(struct machine *machine, uint32_t class_scope,
                struct lineage *lineage);

/* Tell all bases of a class of several that it is their heir. */
void lineage_tell_bases(struct machine *machine, uint32_t class_scope);

/* An attribute of a class, of its bases from number `from` on; not bound. */
uint32_t lineage_attribute(struct machine *machine, uint32_t class_scope,
                           uint32_t from, uint32_t symbol);

/* What a class attribute is, got from the class or an object of it. */
uint32_t lineage_from_class(struct machine *machine, uint32_t set,
                            uint32_t class_scope);
uint32_t lineage_from_object(struct machine *machine, uint32_t set,
                             uint32_t self, uint32_t class_scope);

/* ---- machine_expand.c: parameters ---------------------------------------- */

/* Is it a parameter, or a member of one? */
bool expand_is_symbolic(const struct machine *machine, uint32_t value);

/* With what calls passed in place of parameters. */
uint32_t expand_all(struct machine *machine, uint32_t set);

/* Expand again whatever grew. False if the deadline passed meanwhile. */
bool expand_woken(struct machine *machine);

/* With these arguments in place of the parameters of one function. */
uint32_t expand_result(struct machine *machine, uint32_t set, uint32_t scope,
                       const uint32_t *arguments, uint32_t count);

/* ---- machine_module.c: modules ------------------------------------------- */

void module_open(struct machine *machine);
void module_close(struct machine *machine);

/* The module of a file, NULL if it is not here. */
const struct machine_module *module_at(const struct machine *machine,
                                       uint32_t file);

/* Is the unit's module here? */
bool module_runs(const struct machine *machine, const struct unit *unit);

/* The module that an import here names: a value. */
uint32_t module_import(struct machine *machine, uint32_t symbol);

/* The file that an import in a module names, or MACHINE_FILE_NONE. */
uint32_t module_find(struct machine *machine, uint32_t module, uint32_t symbol);

/* A name of a module of this tree. */
uint32_t module_attribute(struct machine *machine, uint32_t value,
                          uint32_t symbol);

/* `from module import *` into a scope. */
void module_star(struct machine *machine, uint32_t module, uint32_t scope);

/* The name of these modules is stored in a variable next. */
void module_member(struct machine *machine, uint32_t modules, uint32_t symbol);

/* Is the variable always a module, if anything? */
bool module_is_sure(const struct machine *machine, uint32_t variable);

/* A module ends here: others see its names as they are now. */
void module_end(struct machine *machine);

/* ---- machine_need.c: modules that are not here, but matter --------------- */

/* Of a module, or a member of one; see machine.h. */
void need(struct machine *machine, uint32_t value, bool must);
bool need_leads_outside(const struct machine *machine, uint32_t value);

/* A target is got from it under its own name, or stored in it: INTERN_NONE. Of
   a parameter, others may call the function: it is wanted. */
void need_behind(struct machine *machine, uint32_t value, uint32_t symbol);
void need_bases(struct machine *machine, uint32_t class_scope, uint32_t symbol);

/* What is wanted of a symbolic value: 1 << enum target for each, or that a
   target is stored in it. */
struct wanted {
    uint32_t value, what;
};

#define WANTED_STORE (1U << TARGET_COUNT)

/* That is wanted of the value, if it is symbolic. */
void need_argument(struct machine *machine, uint32_t value, uint32_t what);

/* Something unknown is called: with a target, or for a result. */
void need_called(struct machine *machine, uint32_t callee,
                 const struct passed *passed);
/* The same of an object that another file's function made: it may be one. */
void need_called_object(struct machine *machine, uint32_t object);

/* Is a target in the set, or a module that has one? */
bool need_is_tracked(const struct machine *machine, uint32_t set);

/* ---- machine_export.c ---------------------------------------------------- */

/* When all has run: the names that carry a target out of their module. */
void export_collect(struct machine *machine);

/* ---- machine_probe.c ----------------------------------------------------- */

/* When all has run: does the name lead to a target? */
void probe_run(struct machine *machine, const struct machine_probe *probe);

/* ---- machine_call.c ------------------------------------------------------ */

/* The results of calling a set of values; `callees` have no parameters. */
uint32_t call_all(struct machine *machine, uint32_t callees,
                  const struct passed *passed, bool *known);

/* Positional argument `index`: a set or SET_NONE. */
uint32_t call_argument(const struct machine *machine,
                       const struct passed *passed, uint32_t index);

#endif
