/*
 * Names in another encoding than UTF-8, which a file is declared to be in.
 *
 * In strings and comments its letters do not matter. A name is written anew for
 * the grammar, in letters of ASCII: one for each byte, so that it is as long.
 * That is no name of another file's, and two names may become one; and letters
 * may be forms of ASCII ones, which Python reads as these. Which ones takes the
 * tables of all codecs to tell, and nobody writes so: then the file is not
 * read.
 */
#ifndef TMPGUARD_CORE_SOURCE_FOREIGN_H
#define TMPGUARD_CORE_SOURCE_FOREIGN_H

#include "core/source/source.h"

/*
 * Write the names of a source's code, which is done but for that; they are
 * source.foreign then. `letters` are those of the codec. False if they cannot
 * be told apart, or from other names. Linear.
 */
bool foreign_read(struct source *source, const char *letters);

/* Is one of these texts such a name, or has it one behind a blank? */
bool foreign_is_among(const struct source *source, const struct intern *names);

/* Say that names are not read, or that the encoding hides what the bytes say.
   Returns -1. */
int foreign_name(const struct source *source, struct error *err);
int foreign_codec(const struct source *source, struct error *err);

#endif
