/*
 * Scopes, and the names they bind (the Python language reference, 4.2). The
 * scopes of several modules stand in one table, module behind module.
 */
#ifndef TMPGUARD_CORE_SYNTAX_SCOPE_H
#define TMPGUARD_CORE_SYNTAX_SCOPE_H

#include "core/base/intern.h"
#include "core/syntax/syntax.h"

#define SCOPE_NONE UINT32_MAX

/* Deeper nesting of scopes is over the limit. */
#define SCOPE_DEPTH_MAX 200

enum scope_kind {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION, /* lambda, too */
    SCOPE_COMPREHENSION,
};

/* What a method's first parameter is. */
enum receiver { RECEIVER_NONE, RECEIVER_INSTANCE, RECEIVER_CLASS };

enum parameter_kind { PARAMETER_PLAIN, PARAMETER_ARGS, PARAMETER_KEYWORDS };

struct parameter {
    uint32_t symbol;
    enum parameter_kind kind;
    bool keyword_only, has_default;
};

struct scope {
    enum scope_kind kind;
    enum receiver receiver;
    uint32_t parent; /* SCOPE_NONE for a module */
    uint32_t node, depth;
    const struct syntax *tree;
    /* Or of a dataclass its own fields; first one in scopes.parameters. */
    uint32_t parameters, parameters_count;
    uint32_t bases; /* of a class: how many (lower_module) */
    uint32_t file; /* of a module: which one of a tree, plus 1; see machine.h */
    bool is_generator;
    bool has_star;   /* from … import * */
    bool has_fields; /* a dataclass: annotated names are attributes */
    bool is_python2; /* a module with statements that only Python 2 has */
    uint8_t targets; /* that a module can mean: see part_targets */
};

enum binding {
    BINDING_BOUND = 1 << 0,
    BINDING_GLOBAL = 1 << 1,
    BINDING_NONLOCAL = 1 << 2,
    BINDING_IMPORTED = 1 << 3,  /* by an import statement, */
    BINDING_OTHERWISE = 1 << 4, /* by anything else or twice */
    BINDING_FROM = 1 << 5,      /* by from … import */
};

/* Start from SCOPES_EMPTY. */
struct scopes {
    struct intern symbols; /* identifiers and other strings */
    struct intern names;   /* pairs of scope and symbol, */
    uint8_t *bindings;     /* and how they are bound: BINDING_… bits */
    size_t bindings_count, bindings_room;
    struct scope *items;
    size_t items_count, items_room;
    struct parameter *parameters;
    size_t parameters_count, parameters_room;
};

#define SCOPES_EMPTY ((struct scopes){ .items = NULL })

/*
 * Add the scopes of a module; the tree must outlive them. *scope is the
 * module's own. Returns 0, or -1 with ERROR_LIMIT.
 */
int scope_collect(struct scopes *scopes, const struct syntax *tree,
                  uint32_t *scope, struct error *err);

/* The scope that a node of the module opens; it must open one. */
uint32_t scope_of(const struct scopes *scopes, uint32_t module, uint32_t node);

/* The number of an identifier, in its NFKC form. */
uint32_t scope_symbol(struct scopes *scopes, struct text identifier);

/*
 * How a scope itself binds a name: BINDING_… bits, 0 if it does not. For
 * SCOPE_NONE: BINDING_NONLOCAL if some scope declares it so.
 */
unsigned scope_binding(const struct scopes *scopes, uint32_t scope,
                       uint32_t symbol);

/* The last name of a decorator: "setter" of `@x.setter`. */
struct text scope_decorator(const struct syntax *tree, uint32_t decorator);

/* Give the memory back; releasing twice is fine. */
void scope_release(struct scopes *scopes);

#endif
