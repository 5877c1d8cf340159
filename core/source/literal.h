/*
 * The first look at a file: could it hold a finding at all?
 *
 * A finding needs the name of a target's member (mktemp, tempnam, tmpnam), so
 * a file without one is clean and nearly every file is decided here. There are
 * five ways to write a name:
 *
 *   as it is        with identifier boundaries: tempname, _mktemp and mktemp2
 *                   are other names. A byte from 0x80 on is a boundary.
 *   in other        that are the name in NFKC form (nfkc.h)
 *   letters
 *   in a string     as an argument of getattr and the like, escaped or in
 *                   several literals. getattr alone is in every tenth file, so
 *                   the literals of the file are tried, too, whether they make
 *                   up a name (spell.h), in a file that names a target's
 *                   module, too. Literals as "mk" and "temp" are rare side by
 *                   side in one file.
 *   in UTF-16 or    which starts with a byte order mark: always worth a
 *   UTF-32          closer look
 *   in a codec that as UTF-7 does (codec.h): the same
 *   hides it
 */
#ifndef TMPGUARD_CORE_SOURCE_LITERAL_H
#define TMPGUARD_CORE_SOURCE_LITERAL_H

#include "core/base/text.h"

/*
 * Could the bytes hold a finding? False is certain. One pass, at the speed of
 * memory where the processor has AVX2; safe to call from several threads.
 */
bool literal_scan(struct text bytes);

/*
 * The same, but literals of which the last part of a name is one are enough,
 * in any file: for who asks something else then.
 */
enum literal_glance {
    LITERAL_NONE,
    LITERAL_LONE,  /* nor here, but for literals of one letter: what else is in
                      their line decides */
    LITERAL_PARTS, /* literal_scan has to be asked */
    LITERAL_FOUND,
};

enum literal_glance literal_glance(struct text bytes);

/* But for LITERAL_LONE no more bytes before or behind a place of a text decide
   what is there, and whatever stands around it. */
#define LITERAL_REACH 40

/*
 * literal_scan by plain C alone: what it does where the processor has
 * nothing better, and what the tests compare it with.
 */
bool literal_scan_portable(struct text bytes);

#endif
