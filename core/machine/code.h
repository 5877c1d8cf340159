/*
 * Python as straight-line operations on a stack of sets: what the machine
 * runs. A unit is the code of a module or of a function; bodies of classes
 * and comprehensions are part of the unit around them.
 *
 * "pops" and "pushes" below are in order; the last one is on top.
 */
#ifndef TMPGUARD_CORE_MACHINE_CODE_H
#define TMPGUARD_CORE_MACHINE_CODE_H

#include "core/machine/value.h"
#include "core/syntax/scope.h"

enum opcode {
    OP_CONSTANT,        /* a: value; pushes it */
    OP_UNKNOWN,         /* pushes nothing of interest */
    OP_ABSENT,          /* pushes what a deleted attribute holds */
    OP_POP,             /* pops one */
    OP_DUPLICATE,       /* pushes the top again */
    OP_LOAD,            /* a: reference; pushes */
    OP_STORE,           /* a: variable; pops */
    OP_JOIN,            /* a: variable; pops, and adds to what it holds */
    OP_TAKE,            /* a: variable, a temporary one; pushes */
    OP_DELETE,          /* a: variable */
    OP_ATTRIBUTE,       /* a: symbol; pops object, pushes */
    OP_STORE_ATTRIBUTE, /* a: symbol; pops value, object */
    OP_ITEM,            /* pops object, key; pushes */
    OP_STORE_ITEM,      /* pops value, object, key */
    OP_CONTAINER,       /* a: count, b: 1 if it can grow; pops items; pushes */
    OP_DICTIONARY,      /* a: count; pops key, value each; pushes */
    OP_BINARY,      /* a: the operator's first character; pops two; pushes */
    OP_CALL,        /* a: call; pops callee, arguments; pushes */
    OP_FUNCTION,    /* a: scope, b: count; pops defaults; pushes */
    OP_CLASS_BEGIN, /* a: scope, b: count; pops bases */
    OP_CLASS_END,   /* a: scope; pushes */
    OP_FIELD,       /* a: class scope, b: symbol; of the top */
    OP_RETURN,      /* a: label to go to plus 1, or 0; pops; not live
                       afterwards */
    OP_YIELD,       /* pops, pushes what was sent */
    OP_RAISE,       /* not live afterwards */
    OP_JUMP,        /* a: label; not live afterwards */
    OP_FORK,        /* a: label; goes there, too; b: see code_truth */
    OP_LABEL,       /* a: label; all that went there meet */
    OP_LOOP,        /* a: label, of a way back */
    OP_BACK,        /* a: label; a jump back */
    OP_TRY,         /* a: label, of the handlers */
    OP_TRY_END,
    OP_FINALLY, /* a: first of FINALLY_WAYS labels; runs what follows for each
                   way by which somebody came */
    OP_RESUME,  /* a: the same; goes on by the way that came, which has as many
                   labels more */
    OP_ITERATE, /* pushes an element of the top */
    OP_UNPACK,  /* a: count, b: the starred one from 1, or 0; pops; pushes the
                   last first */
    OP_ENTER,   /* pops a context manager, pushes what `as` gets */
    OP_IMPORT,  /* a: symbol of a dotted name, dots first if relative;
                   pushes the module */
    OP_IMPORT_MEMBER, /* a: symbol; pops a module; pushes */
    OP_STAR,          /* a: scope; pops a module */
    OPCODES,
};

struct operation {
    uint8_t code; /* enum opcode */
    uint32_t a, b;
};

/* How to come to a finally block, and go on behind it. */
enum finally_way {
    FINALLY_RAISED,
    FINALLY_ORDINARY,
    FINALLY_RETURN,
    FINALLY_BREAK,
    FINALLY_CONTINUE,
    FINALLY_WAYS,
};

/* What a label has to have on the stack, how many OP_TRY are open, and which
   operation of the unit it is. */
struct label {
    uint32_t depth, handlers, operation;
};

struct variable {
    uint32_t scope, symbol, place;
    uint32_t unit;    /* that it belongs to */
    uint32_t stores;  /* how many, in that unit */
    uint32_t readers; /* other units: link, plus 1 */
    bool written;     /* other units write it */
};

/* A name where it is read: the variables to try in turn, then the builtin. */
struct reference {
    uint32_t symbol;
    uint32_t variables, count; /* first one in code.tried */
};

enum argument_kind {
    ARGUMENT_PLAIN,
    ARGUMENT_KEYWORD,
    ARGUMENT_SPLAT,        /* *x */
    ARGUMENT_DOUBLE_SPLAT, /* **x */
};

struct argument {
    enum argument_kind kind;
    uint32_t symbol; /* of a keyword */
};

/* Byte offsets into the module's source. */
struct call {
    uint32_t start, end, statement_start, statement_end;
    uint32_t arguments, count; /* first one in code.arguments */
    bool is_decoration;
};

struct unit {
    uint32_t scope, module; /* module: its scope */
    uint32_t operations, count;
    uint32_t labels, labels_count;
    uint32_t temporaries;
    uint32_t statement_start, statement_end; /* that a lambda is in */
    uint32_t written;  /* variables of others that it writes: link, plus 1 */
    uint32_t captured; /* its own that others read */
    bool is_written;   /* others write some of its own */
};

/* A variable in a unit's list, or a unit in a variable's. */
struct variable_link {
    uint32_t number, next; /* the next one, plus 1 */
};

/* Start from CODE_EMPTY. Units are in the order of their scopes. */
struct code {
    struct operation *operations;
    size_t operations_count, operations_room;
    struct label *labels;
    size_t labels_count, labels_room;
    struct call *calls;
    size_t calls_count, calls_room;
    struct argument *arguments;
    size_t arguments_count, arguments_room;
    struct unit *units;
    size_t units_count, units_room;
    uint32_t *unit_of_scope;
    size_t unit_of_scope_count, unit_of_scope_room;
    struct variable *variables;
    size_t variables_count, variables_room;
    struct reference *references;
    size_t references_count, references_room;
    uint32_t *tried;
    size_t tried_count, tried_room;
    struct variable_link *links;
    size_t links_count, links_room;
    struct intern places;         /* see code_place */
    struct intern variable_keys;  /* scope, symbol */
    struct intern reference_keys; /* scope, symbol */
    bool over_limit;              /* more than ENV_PLACES_MAX places */
    struct intern link_keys;      /* unit, variable, enum share */
};

#define CODE_EMPTY ((struct code){ .operations = NULL })

/* What holds a set of values: the places of states and of some cells. */
enum place_kind {
    PLACE_VARIABLE,  /* a: scope, b: symbol; class attributes as well */
    PLACE_TEMPORARY, /* a: unit, b: number */
    PLACE_ATTRIBUTE, /* a: value, b: symbol */
    PLACE_ITEM,      /* a: value, b: key, a value */
    PLACE_ITEMS,     /* a: value; under any key */
    PLACE_GOT,       /* a: value; of states: see hold_result */
};

uint32_t code_place(struct code *code, enum place_kind kind, uint32_t a,
                    uint32_t b);

/* Of a place: kind, a, b. */
const uint32_t *code_place_words(const struct code *code, uint32_t place);

/* The unit of an operation. */
uint32_t code_unit_of(const struct code *code, uint32_t operation);

/* The variable of a scope with that name. */
uint32_t code_variable(struct code *code, uint32_t scope, uint32_t symbol);

/* Of OP_FORK, that it does not go there if that variable is a module; or, if
   `inverse`, goes only there. */
#define CODE_TRUTH(variable, inverse) (((variable) << 1 | (inverse)) + 1)

/* The variable that keeps a unit's intermediate value `number`. */
uint32_t code_temporary(struct code *code, uint32_t unit, uint32_t number);

/* How `symbol` is looked up in `scope` of that module. */
uint32_t code_reference(struct code *code, const struct scopes *scopes,
                        uint32_t module, uint32_t scope, uint32_t symbol);

/* The variable that an assignment in `scope` writes. */
uint32_t code_target(struct code *code, const struct scopes *scopes,
                     uint32_t module, uint32_t scope, uint32_t symbol);

/* Give the memory back; releasing twice is fine. */
void code_release(struct code *code);

#endif
