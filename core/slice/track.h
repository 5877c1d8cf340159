/*
 * Which logical lines can have a say in what calls a target, told by words.
 *
 * A target's module is got by an import, and used for nothing but calls of its
 * members in nearly every file: `import tempfile`, `tempfile.mktemp(…)`. Then
 * no variable, attribute, argument or container holds the module or one of
 * its functions, but for the names that the imports bind. So what matters is
 * the lines with these names, and what may end the module before them.
 *
 * Anything else that is done with the names makes the whole file matter: they
 * are stored, passed, compared, deleted, bound to something else, imported by
 * another name or into a class.
 */
#ifndef TMPGUARD_CORE_SLICE_TRACK_H
#define TMPGUARD_CORE_SLICE_TRACK_H

#include "core/slice/elsewhere.h"
#include "core/source/nest.h"
#include "core/source/word.h"

enum track_verdict {
    TRACK_NOTHING, /* no call in the file can be one of a target */
    TRACK_LINES,   /* what others have to say does not matter */
    TRACK_ALL,
};

/* A target's name that is read from something else: `self.mktemp`. */
struct track_read {
    struct word word;
    size_t line;
};

/* Arrays are by logical line. Start from TRACK_EMPTY. */
struct track {
    struct elsewhere *elsewhere; /* if the source is a part of a file */
    bool *matters;               /* if TRACK_LINES */
    bool *asks; /* for the truth of a name that is imported, as `if numpy:`:
                   imports and whatever else binds the name matter then */
    /* Names of targets, WORD_BITs: where a method starts, `self.name()` says
       all that the method would. One method of a class says what all say,
       unless `self` is passed to some. */
    uint64_t *brief;
    bool passes_self;
    enum line_scope *scopes;
    struct track_read *reads; /* of which nothing more is known */
    size_t reads_count, reads_room;
    bool reads_by_string; /* something is, whatever its name */
};

#define TRACK_EMPTY ((struct track){ .matters = NULL })

/*
 * Look at all words of a source whose logical lines are indented as they
 * should be.
 */
enum track_verdict track_words(struct track *track,
                               const struct source *source);

/* The members that such targets are, and their modules, WORD_BITs. */
uint64_t track_members(uint8_t targets);
uint64_t track_modules(uint8_t targets);

/* Give the memory back; releasing twice is fine. */
void track_release(struct track *track);

#endif
