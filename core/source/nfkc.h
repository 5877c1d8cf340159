/*
 * Identifiers in other letters. Python reads identifiers in their NFKC form
 * (the Python language reference, 2.3), so 𝐦𝐤𝐭𝐞𝐦𝐩 and ｍｋｔｅｍｐ are mktemp.
 * Only what normalises to ASCII letters, digits and '_' is of interest here.
 */
#ifndef TMPGUARD_CORE_SOURCE_NFKC_H
#define TMPGUARD_CORE_SOURCE_NFKC_H

#include <stdbool.h>

#include "core/base/text.h"

/* One code point stands for at most so many ASCII characters (viii). */
#define NFKC_EXPANSION_MAX 4

/*
 * The ASCII form of the code point at the start of `text`, which is UTF-8.
 * Returns how many bytes the code point has and appends its form at
 * out[*size], or returns 0 if it is no identifier character of ASCII form
 * (and nothing is written). There must be room for NFKC_EXPANSION_MAX.
 *
 * The reserved code points between the mathematical letters are taken for
 * letters too; no Python identifier holds one.
 */
size_t nfkc_step(struct text text, char *out, size_t *size);

/*
 * The ASCII form of an identifier in UTF-8. Returns its length, not
 * terminated, or 0 if the identifier has none or if it needs more than `room`.
 */
size_t nfkc_ascii(struct text identifier, char *out, size_t room);

#endif
