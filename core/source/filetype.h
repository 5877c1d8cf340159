/*
 * Which files are Python: by name, or by the first line where the name does
 * not tell.
 */
#ifndef TMPGUARD_CORE_SOURCE_FILETYPE_H
#define TMPGUARD_CORE_SOURCE_FILETYPE_H

#include "core/base/text.h"

enum filetype {
    FILETYPE_OTHER,
    FILETYPE_PYTHON,     /* .py, .pyw */
    FILETYPE_BY_SHEBANG, /* no extension: ask filetype_has_shebang */
};

/* By the last component of a '/'-separated path. */
enum filetype filetype_of_path(struct text path);

/* Is the first line `#!` and something with python or pypy in it? */
bool filetype_has_shebang(struct text bytes);

/* Both questions: is the file at `path` with these bytes Python? */
bool filetype_is_python(struct text path, struct text bytes);

#endif
