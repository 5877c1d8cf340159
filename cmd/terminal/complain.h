/*
 * One line to standard error: "tmpguard: …", with nothing in it that a
 * terminal would obey.
 */
#ifndef TMPGUARD_CMD_TERMINAL_COMPLAIN_H
#define TMPGUARD_CMD_TERMINAL_COMPLAIN_H

/* Print the line, a printf format without a line end, and return `code`. */
int complain(int code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
