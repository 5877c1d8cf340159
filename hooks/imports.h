/*
 * The modules that a Python text imports, read off its words without a parser:
 * all of them and perhaps some more, from comments and strings.
 */
#ifndef TMPGUARD_HOOKS_IMPORTS_H
#define TMPGUARD_HOOKS_IMPORTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"

/* Start from { .text = … }. */
struct imports {
    struct text text;
    size_t at;
    bool in_list; /* of `import a, b` */
};

/* The next dotted name behind `from` or `import`, dots first if relative.
 * False if there is none. */
bool imports_next(struct imports *imports, struct text *name);

/* Is there an import by a function, of a name that is not read off? */
bool imports_by_call(struct text text);

/* Is there a `from … import *`? */
bool imports_star(struct text text);

#endif
