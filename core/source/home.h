/*
 * The home law: in a file by itself nothing is a target but what it names the
 * module of. tempfile.mktemp takes the word `tempfile`: an import, or a string
 * that a module is got by; without other files a value of the module cannot
 * come about otherwise. A file with the seed word alone, as in `self.mktemp()`
 * of a test, calls what others give it, and has no finding that is its own.
 *
 * Nearly every file names `os`, so for its members it is their own words that
 * count, tempnam and tmpnam.
 */
#ifndef TMPGUARD_CORE_SOURCE_HOME_H
#define TMPGUARD_CORE_SOURCE_HOME_H

#include <stdbool.h>

#include "core/base/text.h"

/*
 * Does the file say such a word: as it is, in other letters (nfkc.h), or in
 * strings that it may be made up of? Errs on the side of yes. Linear in the
 * size, and at the speed of memory where it says nothing like it.
 */
bool home_is_named(struct text bytes);

/* The same without special instructions. */
bool home_is_named_portable(struct text bytes);

#endif
