/*
 * Which files may get something by name from a module: by their text alone, so
 * that only few need a closer look.
 */
#ifndef TMPGUARD_HOOKS_JOINT_MENTION_H
#define TMPGUARD_HOOKS_JOINT_MENTION_H

#include <stdbool.h>

#include "core/base/intern.h"
#include "core/base/text.h"

/* The last part of a module's name: "c" of "a/b/c.py" and of
 * "a/b/c/__init__.py". It is a part of the path. */
struct text mention_module(struct text path);

/* Is the word in the text, with no letter, digit or '_' around it? */
bool mention_has(struct text text, struct text word);

/* Or one of them in other letters that Python reads as those; or may it be in
   the text, as this is declared to be in another encoding? */
bool mention_any(struct text text, const struct intern *words);

/*
 * Can a file with this text get one of the names from the module? It mentions
 * one, or imports all of something; and it mentions the
 * module, or imports from its own package, which need not be named.
 */
bool mention_may_get(struct text text, struct text module,
                     const struct intern *names);

#endif
