/*
 * The words of a logical line: names and keywords outside of strings. What
 * stands in a formatted string counts as code, all of it.
 */
#ifndef TMPGUARD_CORE_SOURCE_WORD_H
#define TMPGUARD_CORE_SOURCE_WORD_H

#include "core/source/source.h"

/* Words with a meaning, by first letter. */
#define WORDS(WORD)                                                            \
    WORD(DICT, "__dict__")                                                     \
    WORD(DYNAMIC_IMPORT, "__import__")                                         \
    WORD(AS, "as")                                                             \
    WORD(ASSERT, "assert")                                                     \
    WORD(ASYNC, "async")                                                       \
    WORD(BREAK, "break")                                                       \
    WORD(CLASS, "class")                                                       \
    WORD(CLASSMETHOD, "classmethod")                                           \
    WORD(CONTINUE, "continue")                                                 \
    WORD(DEF, "def")                                                           \
    WORD(DEL, "del")                                                           \
    WORD(ELIF, "elif")                                                         \
    WORD(ELSE, "else")                                                         \
    WORD(EXCEPT, "except")                                                     \
    WORD(FALSE, "False")                                                       \
    WORD(FINALLY, "finally")                                                   \
    WORD(FOR, "for")                                                           \
    WORD(FROM, "from")                                                         \
    WORD(GETATTR, "getattr")                                                   \
    WORD(GLOBAL, "global")                                                     \
    WORD(IF, "if")                                                             \
    WORD(IMPORT, "import")                                                     \
    WORD(IMPORT_MODULE, "import_module")                                       \
    WORD(LAMBDA, "lambda")                                                     \
    WORD(LAZY, "lazy")                                                         \
    WORD(MKTEMP, "mktemp")                                                     \
    WORD(MODULES, "modules")                                                   \
    WORD(NONE, "None")                                                         \
    WORD(NOT, "not")                                                           \
    WORD(OS, "os")                                                             \
    WORD(RAISE, "raise")                                                       \
    WORD(RETURN, "return")                                                     \
    WORD(SETATTR, "setattr")                                                   \
    WORD(TEMPFILE, "tempfile")                                                 \
    WORD(TEMPNAM, "tempnam")                                                   \
    WORD(TMPNAM, "tmpnam")                                                     \
    WORD(TRUE, "True")                                                         \
    WORD(VARS, "vars")                                                         \
    WORD(WHILE, "while")
#define WORD_NAME(name, text) WORD_##name,

enum word_name { WORD_OTHER, WORDS(WORD_NAME) WORD_NAMES };

/* A word as a bit of a set of them. */
#define WORD_BIT(name) (UINT64_C(1) << (name))

struct word {
    enum word_name name;
    uint32_t start, end;
};

/* Of a word with a meaning. */
const char *word_text(enum word_name name);

/* Made by word_read. */
struct word_reader {
    const struct source *source;
    uint32_t at, end;
    size_t string; /* the next one */
    bool is_plain; /* no letter that is another one in NFKC form so far */
};

/* The words of logical line number `line`. */
struct word_reader word_read(const struct source *source, size_t line);

/* The next word, or false. */
bool word_next(struct word_reader *reader, struct word *word);

/* Where a logical line ends: behind its last byte that is not blank. */
uint32_t word_line_end(const struct source *source, size_t line);

/* Where the first byte stands that is not blank, from `at` up to `end`. */
uint32_t word_behind(const struct source *source, uint32_t at, uint32_t end);

/* Where the last one stands before `at`; `start` is there and is none. */
uint32_t word_before(const struct source *source, uint32_t at, uint32_t start);

#endif
