/*
 * What stands around a name in its logical line: enough to tell what binds it.
 */
#ifndef TMPGUARD_CORE_SOURCE_AROUND_H
#define TMPGUARD_CORE_SOURCE_AROUND_H

#include "core/source/mention.h"

struct around_word {
    enum word_name first, previous; /* words of the line; `def` if async */
    bool in_import;
    bool has_binder; /* a word of the line may bind names */
    bool assigned;   /* it stands before an assignment's '=' */
};

struct around_word around_of(const struct source *source,
                             const struct mention *mention);

/* Where the last '=' of an assignment stands in a line, or 0. */
uint32_t around_assignment(const struct source *source, size_t line);

/* Can the mention bind the name, other than by an import or a class? */
bool around_binds(const struct source *source, const struct mention *mention,
                  const struct around_word *around);

/* The byte before a place in a line and behind it, blanks left out; NUL at the
   ends of the line. */
char around_before(const struct source *source, size_t line, uint32_t at);
char around_behind(const struct source *source, size_t line, uint32_t at);

/* Is it the b of a.b? */
bool around_is_attribute(const struct source *source,
                         const struct mention *mention);

/* What `a.b.c` starts with, where c starts at `at`: a. */
struct around_chain {
    struct text name; /* empty if it is no name */
    bool is_long;     /* b is there, too */
};

struct around_chain around_chain(const struct source *source, size_t line,
                                 uint32_t at);

#endif
