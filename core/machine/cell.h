/*
 * What units of code tell each other: each cell holds a set of values that
 * only grows, and knows who reads it. A reader whose cells grew has to run
 * again. Readers are numbers: units of code, and symbolic values
 * (machine_expand.c).
 */
#ifndef TMPGUARD_CORE_MACHINE_CELL_H
#define TMPGUARD_CORE_MACHINE_CELL_H

#include "core/machine/value.h"

enum cell_kind {
    CELL_OWN,     /* a: place; written by the unit that owns it, */
    CELL_FOREIGN, /* or by others; b: 0, or the module that does, plus 1 */
    CELL_MODULES, /* a: place; units of the modules that do */
    CELL_LAST,    /* a: place, b: module, plus 1; what it holds at its end */
    CELL_GOT,     /* a: value, b: module; operations that gave it the object */
    CELL_OBJECTS, /* a: class scope, b: attribute; of its single objects */
    CELL_BELOW,   /* a: class scope, b: attribute; of subclasses' selves */
    CELL_OVERRIDES, /* a: class scope, b: attribute; of subclasses */
    CELL_PARAMETER, /* a: scope, b: index; what calls passed, and defaults */
    CELL_CALLS,     /* a: unit; the functions that it calls */
    CELL_STORERS,   /* a: kind of place, b: symbol or key; functions */
    CELL_RETURNS,   /* a: scope */
    CELL_YIELDS,    /* a: scope */
    CELL_BASES,     /* a: class scope, b: which base */
    CELL_HEIRS,     /* a: class scope; of several bases, this among them */
    CELL_EXPANDED,  /* a: symbolic value; what it stands for */
    CELL_EXPORT,    /* a: module's scope, b: symbol; at the module's end */
    CELL_NAMES,     /* a: module's scope; how many names it has by then */
    CELL_MAKERS,    /* a: operation; unknown callees that it calls */
};

struct cell {
    uint32_t set, readers; /* the first of its readers, plus 1 */
};

struct cell_reader {
    uint32_t reader, next; /* the next one, plus 1 */
};

/* Start from CELLS_EMPTY. */
struct cells {
    struct intern keys, pairs; /* of cells; of cells and readers */
    struct cell *items;
    size_t items_count, items_room;
    struct cell_reader *readers;
    size_t readers_count, readers_room;
    uint8_t *dirty; /* by reader: has to run */
    size_t dirty_count, dirty_room;
    uint32_t *woken; /* readers that became dirty */
    size_t woken_count, woken_room;
};

#define CELLS_EMPTY ((struct cells){ .items = NULL })

/* One more reader: its number. It is not dirty. */
uint32_t cell_reader_new(struct cells *cells);

/* What a cell holds. `reader` is dirty when that grows. */
uint32_t cell_read(struct cells *cells, uint32_t reader, enum cell_kind kind,
                   uint32_t a, uint32_t b);

/* The reader is dirty. */
void cell_wake(struct cells *cells, uint32_t reader);

/* Add a set to a cell. */
void cell_add(struct cells *cells, struct values *values, enum cell_kind kind,
              uint32_t a, uint32_t b, uint32_t set);

/* Give the memory back; releasing twice is fine. */
void cell_release(struct cells *cells);

#endif
