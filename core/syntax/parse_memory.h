/*
 * How much memory the parser has in this thread. Hostile input makes it take
 * hundreds of bytes for a byte, and it ends the program where it gets none:
 * who parses looks here from time to time, and gives up before that.
 */
#ifndef TMPGUARD_CORE_SYNTAX_PARSE_MEMORY_H
#define TMPGUARD_CORE_SYNTAX_PARSE_MEMORY_H

#include <stddef.h>

/* Count from now on; to be called before each use of the parser. */
void parse_memory_count(void);

/* What the parser has taken and not given back in this thread, in bytes. */
size_t parse_memory_used(void);

#endif
