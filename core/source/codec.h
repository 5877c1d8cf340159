/*
 * What Python's codecs make of a file's bytes where they are not UTF-8 and not
 * one byte a character: which bytes are not what they seem to be to whom takes
 * those below 0x80 for ASCII.
 */
#ifndef TMPGUARD_CORE_SOURCE_CODEC_H
#define TMPGUARD_CORE_SOURCE_CODEC_H

#include <stdbool.h>

#include "core/base/text.h"

/* Which bytes start a pair; its second byte may be an ASCII character's. */
enum leads {
    LEADS_NONE,
    LEADS_GBK,  /* GBK, Big5 and the like: from 0x81 on */
    LEADS_SJIS, /* Shift JIS, which has one-byte letters between */
    LEADS_EUC,  /* the same leads as GBK, but no second byte is ASCII */
};

struct codec {
    bool is_utf8;
    enum leads leads;
    /* Bytes with which the codec makes something else of others, or they are
     * not the characters of ASCII: `+` starts base64 in UTF-7. 0x80 stands for
     * all from there on. "" if there is no ASCII in it. NULL: none. */
    const char *hides;
    /* Bytes, or first ones of a pair, that may be letters of ASCII in a name,
     * in other forms (nfkc.h): \xaa is an `a` in latin-1. */
    const char *letters;
};

/*
 * The codec that a declaration (PEP 263) names: one of Python's, by any of its
 * names. What is not known here leaves ASCII as it is, as nearly all do.
 */
struct codec codec_named(struct text name);

/* All bytes from 0x80 on. */
#define CODEC_HIGH "\x80"

/* Are there such bytes in it, so that it may say anything? */
bool codec_hides(const char *hides, struct text bytes);

#endif
