/*
 * Which definitions a logical line is in, told by the columns of lines.
 */
#ifndef TMPGUARD_CORE_SOURCE_NEST_H
#define TMPGUARD_CORE_SOURCE_NEST_H

#include "core/source/source.h"

/* What a logical line is a part of the body of. */
enum line_scope { IN_MODULE, IN_CLASS, IN_FUNCTION };

/* A definition and the column it stands in. */
struct nest_item {
    uint32_t column;
    enum line_scope kind;
};

/* Start from all zeroes. */
struct nest {
    struct nest_item items[SOURCE_INDENT_MAX + 1];
    size_t count;
};

/* The next line starts in that column: what it is in. */
enum line_scope nest_enter(struct nest *nest, uint32_t column);

/* That line is the head of a class, or of a function. */
void nest_define(struct nest *nest, uint32_t column, enum line_scope kind);

#endif
