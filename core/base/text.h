/*
 * A run of bytes that somebody else owns. It may hold NUL bytes and is not
 * terminated; a value, passed by value.
 */
#ifndef TMPGUARD_CORE_BASE_TEXT_H
#define TMPGUARD_CORE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
    const char *bytes;
    size_t size;
};

#define TEXT_EMPTY ((struct text){ "", 0 })
/* A text of a string literal, without its terminator. */
#define TEXT(literal) ((struct text){ (literal), sizeof(literal) - 1 })

/* The text of a C string, which must outlive it. */
struct text text_of(const char *string);

bool text_equal(struct text a, struct text b);

/* Byte order, shorter first: negative, zero or positive, for sorting. */
int text_compare(struct text a, struct text b);

bool text_starts_with(struct text text, struct text prefix);
bool text_ends_with(struct text text, struct text suffix);

/* Is no byte over 127? */
bool text_is_ascii(struct text text);

/* From byte `from` up to, not including, `to`; both are within the text. */
struct text text_slice(struct text text, size_t from, size_t to);

/* Is it a byte of a Python name: a letter, a digit, '_', or not ASCII? */
bool text_is_word(char byte);

/* The part of a '/'-separated path before its last part; "" if it has one. */
struct text text_folder(struct text path);

/* The first position of `byte` at or after `from`, or text.size. */
size_t text_find(struct text text, char byte, size_t from);

#endif
