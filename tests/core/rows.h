/*
 * Python texts that mark the calls which the machine must see. The first line
 * is a comment that says what the text is about. In a line that ends with #!
 * there is a call of a target, in one with #? CodeQL takes it for one, in one
 * with #~ it may be or not. `import tempfile, os` stands before each text.
 */
#ifndef TMPGUARD_TESTS_CORE_ROWS_H
#define TMPGUARD_TESTS_CORE_ROWS_H

#include "tests/core/python.h"

#include <stdlib.h>
#include <string.h>

#include "core/machine/machine.h"

#define ROWS_LINES_MAX 64

/* What is to be said of a line; bits. */
enum row_mark {
    ROW_PRECISE = 1 << 0,
    ROW_COARSE = 1 << 1,
    ROW_EITHER = 1 << 2,
};

static inline unsigned row_mark_of(struct text line)
{
    static const struct {
        struct text comment;
        unsigned mark;
    } marks[] = {
        { { "#!", 2 }, ROW_PRECISE | ROW_COARSE },
        { { "#?", 2 }, ROW_COARSE },
        { { "#~", 2 }, ROW_EITHER },
    };

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (text_ends_with(line, marks[i].comment))
            return marks[i].mark;
    return 0;
}

/* The marks of each line, from 1. */
static inline uint32_t row_marks(struct text code, unsigned *marks)
{
    uint32_t line = 0;

    for (size_t at = 0; at < code.size; line++) {
        size_t end = text_find(code, '\n', at);

        assert_true(line + 1 < ROWS_LINES_MAX);
        marks[line + 1] = row_mark_of(text_slice(code, at, end));
        at = end + 1;
    }
    return line;
}

/* Lower and run the text, and add the mark to the lines that have a site. */
static inline void row_run(struct text code, bool coarse, unsigned mark,
                           unsigned *got)
{
    struct machine_result found = MACHINE_RESULT_EMPTY;
    struct error err = { .message = "" };
    struct python python;

    python_lower(&python, code);
    if (python_run(&python, coarse, &python.deadline, &found, &err) < 0)
        fail_msg("%s: %.*s", err.message, (int)code.size, code.bytes);
    for (size_t i = 0; i < found.sites_count; i++) {
        const struct call *call = &python.code.calls[found.sites[i].call];

        got[source_position(&python.source, call->start).line] |= mark;
    }
    machine_release(&found);
    python_close(&python);
}

static inline const char *row_said(unsigned marks)
{
    return marks & ROW_PRECISE  ? "a call"
           : marks & ROW_COARSE ? "a call for CodeQL"
                                : "no call";
}

static inline void row_check(const char *row)
{
    unsigned want[ROWS_LINES_MAX] = { 0 }, got[ROWS_LINES_MAX] = { 0 };
    struct buffer code = BUFFER_EMPTY;
    uint32_t lines;

    buffer_string(&code, "import tempfile, os\n");
    buffer_string(&code, row);
    lines = row_marks(buffer_view(&code), want);
    row_run(buffer_view(&code), false, ROW_PRECISE | ROW_COARSE, got);
    row_run(buffer_view(&code), true, ROW_COARSE, got);
    for (uint32_t line = 1; line <= lines; line++)
        if (!(want[line] & ROW_EITHER) && got[line] != want[line])
            fail_msg("%.*s: line %u: got %s, want %s",
                     (int)text_find(text_of(row), '\n', 0), row, line - 1,
                     row_said(got[line]), row_said(want[line]));
    buffer_release(&code);
}

#define ROWS_CHECK(rows)                                                       \
    do                                                                         \
        for (size_t row = 0; row < sizeof(rows) / sizeof(*(rows)); row++)      \
            row_check((rows)[row]);                                            \
    while (0)

#endif
