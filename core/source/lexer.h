/*
 * The pass over a file's code that tells strings, comments and brackets apart.
 */
#ifndef TMPGUARD_CORE_SOURCE_LEXER_H
#define TMPGUARD_CORE_SOURCE_LEXER_H

#include "core/source/source.h"

/*
 * Find the comments and strings of the source and make its code what source.h
 * says. Before, the code is a copy of the text whose lines end with LF or CRLF
 * and that holds no NUL byte but the one behind it. Linear.
 *
 * Returns 0, or -1 with ERROR_LIMIT if it nests too deep.
 */
int lexer_run(struct source *source, struct error *err);

#endif
