/*
 * Constants by which other files may read a target's member: with
 * `wanted = "mktemp"` in one, `getattr(tempfile, wanted)` is a target in
 * another one. They are told by words, so that no file is parsed for one.
 */
#ifndef TMPGUARD_CORE_SOURCE_CONSTANT_H
#define TMPGUARD_CORE_SOURCE_CONSTANT_H

#include "core/base/intern.h"
#include "core/source/source.h"

/* May string number `string` be such a constant, all that is assigned? */
bool constant_may_be(const struct source *source, size_t string);

/*
 * Add the names that modules and classes give to such constants, as the
 * exports of facts: each with the words without which nobody reads a member
 * by it.
 */
void constant_exports(const struct source *source, struct intern *exports);

#endif
