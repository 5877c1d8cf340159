/*
 * How lowering works, for lower*.c alone. Never recursive: what is left to do
 * is a stack of steps. A step emits operations, or plans further steps, in
 * the order in which they are to happen, before everything planned earlier.
 */
#ifndef TMPGUARD_CORE_MACHINE_LOWER_PLAN_H
#define TMPGUARD_CORE_MACHINE_LOWER_PLAN_H

#include "core/machine/lower.h"

struct lower;

/* What a and b are is the step's affair; mostly a is a node. */
typedef void lower_step(struct lower *lower, uint32_t a, uint32_t b);

struct step {
    lower_step *run;
    uint32_t a, b;
};

/*
 * What is around a statement: a loop, where break goes to its end and continue
 * to its head; or a try with finally, where each leads to a label of that.
 */
struct around {
    bool is_finally;
    uint32_t end, head;
};

struct lower {
    struct code *code;
    struct scopes *scopes;
    struct values *values;
    const struct syntax *tree;
    uint32_t module, unit, scope;
    uint32_t first; /* operation of the unit */
    uint32_t statement_start, statement_end;
    uint32_t depth, handlers; /* of the stack; open OP_TRY */
    bool broken;          /* a syntax error: nothing is sure to end a block */
    uint32_t temporaries; /* in use */
    struct step *steps;
    size_t steps_count, steps_room;
    struct around *around; /* the innermost last */
    size_t around_count, around_room;
};

void plan(struct lower *lower, lower_step *run, uint32_t a, uint32_t b);

/* Plan one operation. */
void plan_emit(struct lower *lower, enum opcode opcode, uint32_t a);
void plan_emit_two(struct lower *lower, enum opcode opcode, uint32_t a,
                   uint32_t b);

/* Emit one now. */
void emit(struct lower *lower, enum opcode opcode, uint32_t a, uint32_t b);

/* A label for OP_LABEL, OP_LOOP or OP_TRY; the next ones are numbered on. */
uint32_t new_label(struct lower *lower);

/* The symbol of an identifier node. */
uint32_t symbol_of(struct lower *lower, uint32_t node);

/* Take a temporary, and give back the last one; both now. */
uint32_t take_temporary(struct lower *lower);
void step_give_back(struct lower *lower, uint32_t a, uint32_t b);

/* Steps: a is a node. An expression pushes one set, a target pops one. */
void lower_expression(struct lower *lower, uint32_t node, uint32_t unused);
void lower_target(struct lower *lower, uint32_t node, uint32_t unused);
void lower_statement(struct lower *lower, uint32_t node, uint32_t unused);

/* A node of any kind, which leaves nothing on the stack. */
void lower_any(struct lower *lower, uint32_t node, uint32_t unused);

/* All children, each lower_any, or but the last `b` of a kind. */
void plan_children(struct lower *lower, uint32_t node);

/* An expression whose value does not matter. */
void plan_effects(struct lower *lower, uint32_t node);

/* Leave a loop or a function from here: FINALLY_RETURN, _BREAK, _CONTINUE.
   A return pops. */
void step_leave(struct lower *lower, uint32_t way, uint32_t unused);

/* From here on, calls stand in `a` up to, not including, `b` (nodes). */
void step_head(struct lower *lower, uint32_t node, uint32_t body);

/* From here on, names are looked up in that scope. */
void step_scope(struct lower *lower, uint32_t scope, uint32_t unused);

/* Store the top in the name of an identifier node. */
void step_store_name(struct lower *lower, uint32_t node, uint32_t unused);

/* In lower_definition.c, lower_literal.c, lower_control.c: expressions. */
lower_step lower_as, lower_lambda, lower_comprehension, lower_string,
    lower_strings, lower_integer, lower_true, lower_false;

/* In lower_definition.c, lower_control.c, lower_import.c, lower_error.c:
   statements. */
lower_step lower_error, lower_function, lower_class, lower_decorated, lower_if,
    lower_while, lower_for, lower_try, lower_with, lower_match, lower_import,
    lower_import_from;

/* What a condition is known to be without running anything. */
enum truth { TRUTH_UNKNOWN, TRUTH_FALSE, TRUTH_TRUE };

enum truth truth_of(const struct lower *lower, uint32_t node);

/* What OP_FORK has to know of a condition that a name decides which comes from
   another file; 0 if that is none. */
uint32_t truth_of_import(const struct lower *lower, uint32_t node);

#endif
