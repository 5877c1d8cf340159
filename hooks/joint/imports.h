/*
 * The modules that a Python text imports, read off its words without a parser:
 * all of them and perhaps some more, from comments and strings.
 */
#ifndef TMPGUARD_HOOKS_JOINT_IMPORTS_H
#define TMPGUARD_HOOKS_JOINT_IMPORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/intern.h"
#include "core/base/text.h"

/* Start from { .text = … }. */
struct imports {
    struct text text;
    size_t at;
    bool in_list, is_first; /* of the names behind `import` */
    bool by_call;           /* a function that imports was met on the way */
};

/* The next dotted name of an import statement, also of what it takes from
 * there; dots first if relative. False if there is none. */
bool imports_next(struct imports *imports, struct text *name);

/* Is there an import by a function, of a name that is not read off? */
bool imports_by_call(struct text text);

/* Is there a `from … import *`? */
bool imports_star(struct text text);

/*
 * Is a part of an imported name one of the words? Yes, too, if an import is
 * relative and IMPORTS_RELATIVE is one of them, or if one is by a function.
 */
bool imports_meet(const struct intern *words, struct text text);

/* The parts of all these names, as a Bloom filter: small, and never without a
 * word that was added. */
struct imports_words {
    uint64_t bits[8];
};

/* Two words besides: that something is imported relatively, or by a function.
 */
#define IMPORTS_RELATIVE "."
#define IMPORTS_BY_CALL  "()"

void imports_collect(struct imports_words *words, struct text text);
bool imports_has(const struct imports_words *words, struct text word);

#endif
