/*
 * Who analysed: part of the key of all that is kept of files, trees and pasts.
 * A program in which a line of core/, of hooks/ or of the grammar is another
 * one does not believe what this one kept: nobody has to remember that.
 */
#ifndef TMPGUARD_CORE_FACTS_EDITION_H
#define TMPGUARD_CORE_FACTS_EDITION_H

/* The same word in each build of the same sources. */
const char *edition(void);

#endif
