#include "core/source/codec.h"

#include <string.h>

#define NAME_MAX 24 /* no name in the table is longer */

/* Where the forms of letters stand: full width, Roman numerals, ordinals. */
#define LETTERS      "\xaa\xba"
#define LETTERS_DOS  "\xa6\xa7\xaa\xba\xd0\xd1\xf9\xfa\xfc"
#define LETTERS_MAC  "\xbb\xbc\xde\xdf"
#define LETTERS_SJIS "\x81\x82\x85\x86\x87\xee\xfa"
#define LETTERS_EUC  "\x8f\xa1\xa2\xa3\xa5\xa6\xa7\xa8\xa9\xac\xad\xc6"

#define SJIS .leads = LEADS_SJIS, .letters = LETTERS_SJIS
#define EUC  .leads = LEADS_EUC, .letters = LETTERS_EUC
#define GBK  .leads = LEADS_GBK, .letters = LETTERS_EUC

/* By how a name starts, or by all of it; the first one counts. */
static const struct {
    const char *start;
    bool whole;
    struct codec codec;
} codecs[] = {
    { "utf-8", false, { .is_utf8 = true } }, /* -sig, -unix, … */
    { "utf8", false, { .is_utf8 = true } },
    { "utf", true, { .is_utf8 = true } },
    { "u8", true, { .is_utf8 = true } },
    { "cp65001", true, { .is_utf8 = true } },

    { "gb", false, { GBK } },
    { "cp936", true, { GBK } },
    { "936", true, { GBK } },
    { "ms936", true, { GBK } },
    { "chinese", true, { GBK } },
    { "csiso58gb", false, { GBK } },
    { "iso-ir-58", true, { GBK } },
    { "x-mac-simp-chinese", true, { GBK } },
    { "big5", false, { GBK } },
    { "csbig5", true, { GBK } },
    { "hkscs", true, { GBK } },
    { "x-mac-trad-chinese", true, { GBK } },
    { "cp950", true, { GBK } },
    { "950", true, { GBK } },
    { "ms950", true, { GBK } },
    { "cp949", true, { GBK } },
    { "949", true, { GBK } },
    { "ms949", true, { GBK } },
    { "uhc", true, { GBK } },
    { "johab", true, { GBK, .hides = CODEC_HIGH "\\" } },
    { "cp1361", true, { GBK, .hides = CODEC_HIGH "\\" } },
    { "ms1361", true, { GBK, .hides = CODEC_HIGH "\\" } },

    { "euc", false, { EUC } },
    { "ujis", true, { EUC } },
    { "u-jis", true, { EUC } },
    { "jisx0213", true, { EUC } },
    { "korean", true, { EUC } },
    { "ksc5601", false, { EUC } },
    { "ks-c-5601", false, { EUC } },
    { "ksx1001", true, { EUC } },
    { "ks-x-1001", true, { EUC } },
    { "x-mac-korean", true, { EUC } },

    /* In these the backslash is a yen sign. */
    { "shift-jis-2004", true, { SJIS, .hides = "\\" } },
    { "shiftjis2004", true, { SJIS, .hides = "\\" } },
    { "sjis-2004", true, { SJIS, .hides = "\\" } },
    { "s-jis-2004", true, { SJIS, .hides = "\\" } },
    { "shift-jisx", false, { SJIS, .hides = "\\" } },
    { "shiftjisx", false, { SJIS, .hides = "\\" } },
    { "sjisx", false, { SJIS, .hides = "\\" } },
    { "s-jisx", false, { SJIS, .hides = "\\" } },
    { "shift-jis", false, { SJIS } },
    { "shiftjis", false, { SJIS } },
    { "csshiftjis", true, { SJIS } },
    { "sjis", false, { SJIS } },
    { "s-jis", false, { SJIS } },
    { "x-mac-japanese", true, { SJIS } },
    { "cp932", true, { SJIS } },
    { "932", true, { SJIS } },
    { "ms932", true, { SJIS } },
    { "ms-kanji", true, { SJIS } },
    { "mskanji", true, { SJIS } },

    { "utf-7", true, { .hides = "+" } },
    { "utf7", true, { .hides = "+" } },
    { "u7", true, { .hides = "+" } },
    { "unicode-1-1-utf-7", true, { .hides = "+" } },
    { "unicode-escape", true, { .hides = "\\" } },
    { "raw-unicode-escape", true, { .hides = "\\" } },
    { "hz", false, { .hides = "~" } },
    { "iso2022", false, { .hides = "\x0e\x0f\x1b" } },
    { "iso-2022", false, { .hides = "\x0e\x0f\x1b" } },
    { "csiso2022", false, { .hides = "\x0e\x0f\x1b" } },
    /* Whatever Windows is set to. */
    { "mbcs", true, { .hides = CODEC_HIGH } },
    { "ansi", true, { .hides = CODEC_HIGH } },
    { "dbcs", true, { .hides = CODEC_HIGH } },
    { "oem", true, { .hides = CODEC_HIGH } },

    { "ebcdic", false, { .hides = "" } },
    { "cp037", true, { .hides = "" } },
    { "037", true, { .hides = "" } },
    { "csibm037", true, { .hides = "" } },
    { "ibm037", true, { .hides = "" } },
    { "ibm039", true, { .hides = "" } },
    { "cp273", true, { .hides = "" } },
    { "273", true, { .hides = "" } },
    { "csibm273", true, { .hides = "" } },
    { "ibm273", true, { .hides = "" } },
    { "cp424", true, { .hides = "" } },
    { "424", true, { .hides = "" } },
    { "csibm424", true, { .hides = "" } },
    { "ibm424", true, { .hides = "" } },
    { "cp500", true, { .hides = "" } },
    { "500", true, { .hides = "" } },
    { "csibm500", true, { .hides = "" } },
    { "ibm500", true, { .hides = "" } },
    { "cp875", true, { .hides = "" } },
    { "cp1026", true, { .hides = "" } },
    { "1026", true, { .hides = "" } },
    { "csibm1026", true, { .hides = "" } },
    { "ibm1026", true, { .hides = "" } },
    { "cp1140", true, { .hides = "" } },
    { "1140", true, { .hides = "" } },
    { "ibm1140", true, { .hides = "" } },
    { "punycode", true, { .hides = "" } },
    { "idna", true, { .hides = "" } },

    /* Of Python 2. */
    { "rot-13", true, { .hides = "" } },
    { "rot13", true, { .hides = "" } },
    { "string-escape", true, { .hides = "\\" } },
    { "hex", false, { .hides = "" } },
    { "base64", false, { .hides = "" } },
    { "base-64", true, { .hides = "" } },
    { "uu", false, { .hides = "" } },
    { "zip", false, { .hides = "" } },
    { "zlib", false, { .hides = "" } },
    { "bz2", false, { .hides = "" } },
    { "quopri", false, { .hides = "" } },
    { "quoted-printable", true, { .hides = "" } },
    { "quotedprintable", true, { .hides = "" } },

    { "mac-arabic", true, { .hides = CODEC_HIGH } },
    { "mac-farsi", true, { .hides = CODEC_HIGH } },
    { "mac", false, { .letters = LETTERS_MAC } },
    { "cp125", false, { .letters = LETTERS } },
    { "cp", false, { .letters = LETTERS_DOS } },
    { "ibm", false, { .letters = LETTERS_DOS } },
    { "csibm", false, { .letters = LETTERS_DOS } },
    { "cspc", false, { .letters = LETTERS_DOS } },
    { "4", false, { .letters = LETTERS_DOS } },
    { "8", false, { .letters = LETTERS_DOS } },
    { "hp", false, { .letters = LETTERS_DOS } },
    { "roman8", true, { .letters = LETTERS_DOS } },
    { "r8", true, { .letters = LETTERS_DOS } },
    { "cshp", false, { .letters = LETTERS_DOS } },
};

static bool is_separator(char byte)
{
    return byte == '-' || byte == '_' || byte == '.';
}

/* As Python looks it up: in lower case; what is between is one separator, and
   none where it starts. */
static struct text normalised(struct text name, char lower[NAME_MAX + 1])
{
    struct text text = { lower, 0 };

    for (size_t i = 0; i < name.size && text.size <= NAME_MAX; i++) {
        char byte = name.bytes[i];
        bool separates = is_separator(byte);

        if (separates && (text.size == 0 || lower[text.size - 1] == '-'))
            continue;
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte - 'A' + 'a');
        lower[text.size++] = separates ? '-' : byte;
    }
    while (text.size > 0 && lower[text.size - 1] == '-')
        text.size--;
    return text;
}

struct codec codec_named(struct text name)
{
    char lower[NAME_MAX + 1];
    struct text text = normalised(name, lower);
    struct codec codec = { .leads = LEADS_NONE };

    for (size_t i = 0; i < sizeof(codecs) / sizeof(*codecs); i++) {
        struct text start = text_of(codecs[i].start);

        if (codecs[i].whole ? text_equal(text, start)
                            : text_starts_with(text, start)) {
            codec = codecs[i].codec;
            break;
        }
    }
    if (!codec.letters)
        codec.letters = LETTERS;
    return codec;
}

bool codec_hides(const char *hides, struct text bytes)
{
    bool high = hides && strchr(hides, CODEC_HIGH[0]);

    if (!hides || *hides == '\0')
        return hides != NULL;
    for (size_t i = 0; i < bytes.size; i++) {
        char byte = bytes.bytes[i];

        if (byte != '\0' &&
            ((unsigned char)byte >= 0x80 ? high : strchr(hides, byte) != NULL))
            return true;
    }
    return false;
}
