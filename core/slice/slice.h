/*
 * The part of a file that the parser has to see: most of a file has no say in
 * whether a call is one of a target. What is kept is exactly what decides, so
 * that the result is that of the whole file (track.h says why).
 */
#ifndef TMPGUARD_CORE_SLICE_SLICE_H
#define TMPGUARD_CORE_SLICE_SLICE_H

#include "core/source/source.h"

enum slice_kind {
    SLICE_NOTHING, /* the file has no finding */
    SLICE_PART,
    SLICE_WHOLE, /* where it is unsure */
};

/* A run of bytes of the slice, up to the next one, and where it is from. */
struct slice_run {
    uint32_t at, from;
};

struct slice {
    enum slice_kind kind;
    /* What to parse, if it is a part: its text and its code only. */
    struct source part;
    struct slice_run *runs;
    size_t runs_count, runs_room;
};

/* Choose from a source, which is not needed afterwards. */
void slice_open(struct slice *slice, const struct source *source);

/* The same from a part of a file. */
struct elsewhere;
void slice_open_part(struct slice *slice, const struct source *source,
                     struct elsewhere *elsewhere);

/* The offset in the source of a byte of what is parsed, */
uint32_t slice_offset(const struct slice *slice, uint32_t at);
/* and of an end behind it. */
uint32_t slice_end(const struct slice *slice, uint32_t end);

/* Give the memory back; closing twice is fine. */
void slice_close(struct slice *slice);

#endif
