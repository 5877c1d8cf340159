/*
 * What an expression can be, as far as it matters: values are small numbers
 * for (kind, a, b), sets of values are small numbers as well. Equal values and
 * equal sets have equal numbers, so comparing is cheap.
 *
 * A set says what is possible and of interest; what is unknown is not in it.
 */
#ifndef TMPGUARD_CORE_MACHINE_VALUE_H
#define TMPGUARD_CORE_MACHINE_VALUE_H

#include <stdbool.h>

#include "core/base/intern.h"
#include "core/rule/rule.h"

enum value_kind {
    VALUE_OUTSIDE,   /* a mark within states: see env.h */
    VALUE_CUT,       /* a mark within sets: see SET_SIZE_MAX */
    VALUE_ABSENT,    /* a mark within states: deleted; see env.h */
    VALUE_MODULE,    /* a: symbol of the dotted name, dots first if relative */
    VALUE_SOURCE,    /* a: file, see machine.h, b: the module of the standard
                        library that it hides, or 0 */
    VALUE_MEMBER,    /* a: value, b: symbol; of modules and what is unknown */
    VALUE_STRING,    /* a: symbol, b: 1 for bytes */
    VALUE_NUMBER,    /* a: an int32_t; True is 1 */
    VALUE_FUNCTION,  /* a: scope */
    VALUE_CLASS,     /* a: scope */
    VALUE_INSTANCE,  /* a: scope of the class; `self` */
    VALUE_OBJECT,    /* a: operation that made it, b: class or 0 */
    VALUE_CONTAINER, /* a: operation, b: items, UINT32_MAX if it can grow */
    VALUE_PARAMETER, /* a: scope of the function, b: index */
    VALUE_BOUND,     /* a: function, b: first argument */
    VALUE_STATIC,    /* a: what staticmethod got */
    VALUE_CLASSMETHOD, /* likewise */
    VALUE_PROPERTY,    /* likewise */
    VALUE_SUPER,       /* a: scope of the class, b: first argument */
    VALUE_NAMESPACE,   /* a: whose __dict__ it is */
    VALUE_METHOD,      /* a: container, b: symbol of the method */
    VALUE_PARTIAL,     /* a: what is called */
    VALUE_GENERATOR,   /* a: scope of the function */
    VALUE_MANAGED,     /* a: function with @contextmanager */
    VALUE_MANAGER,     /* a: function whose context manager it is */
};

struct value {
    enum value_kind kind;
    uint32_t a, b;
};

/* Sets: nothing is said, and: nothing of interest. */
#define SET_NONE  0
#define SET_EMPTY 1

/*
 * A larger set loses what hardly matters: strings and members that are not
 * called like a target's member, numbers, objects of unknown classes, and
 * containers of nothing else. It is marked with VALUE_CUT: nothing of that
 * kind is added any more, so what grows comes to an end. If it is still
 * larger, it is over the limit.
 */
#define SET_SIZE_MAX 1024

/*
 * Members of members of … of something unknown: not deeper. Of a parameter:
 * then of what calls passed, all together.
 */
#define VALUE_MEMBER_DEPTH_MAX    8
#define VALUE_PARAMETER_DEPTH_MAX 3

struct set_union {
    uint32_t a, b, result;
};

/* Open with values_open. */
struct values {
    struct intern values;     /* three uint32_t each */
    struct intern sets;       /* sorted uint32_t */
    struct set_union *unions; /* what was joined last */
    uint32_t *scratch;
    uint32_t names[TARGET_COUNT]; /* symbols of the targets' members */
    uint8_t *rich;                /* by value: a container of more than that */
    size_t rich_count, rich_room;
    bool has_cut;    /* some set has lost something */
    bool over_limit; /* some set was too large, and cut */
};

/* The symbols are those that values are made with from now on. */
void values_open(struct values *values, struct intern *symbols);
void values_close(struct values *values);

/* The number of a value, and the value of a number. */
uint32_t value_of(struct values *values, enum value_kind kind, uint32_t a,
                  uint32_t b);
struct value value_get(const struct values *values, uint32_t value);

/* Is it that kind? */
bool value_is(const struct values *values, uint32_t value,
              enum value_kind kind);

/* Is it the name of a target? */
bool value_is_target_name(const struct values *values, uint32_t symbol);

/* Is there something that matters in the set? */
bool value_matters(const struct values *values, uint32_t set);

/* The container holds what is in the set. */
void value_hold(struct values *values, uint32_t container, uint32_t set);

/* The set of one value; both sets together; the set without the value. */
uint32_t set_of(struct values *values, uint32_t value);
uint32_t set_union(struct values *values, uint32_t a, uint32_t b);
uint32_t set_without(struct values *values, uint32_t set, uint32_t value);

/* The set without the marks of states; SET_NONE stays that. */
uint32_t set_unmarked(struct values *values, uint32_t set);

/* How many values, which, and whether. */
uint32_t set_size(const struct values *values, uint32_t set);
uint32_t set_item(const struct values *values, uint32_t set, uint32_t index);
bool set_has(const struct values *values, uint32_t set, uint32_t value);

#endif
