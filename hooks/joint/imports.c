#include "hooks/joint/imports.h"

#include "hooks/system/needle.h"

#define IMPORT "import"

/* text_is_word, within the loops over all names. */
static inline bool is_word(char byte)
{
    unsigned char letter = (unsigned char)(byte | 0x20);

    return (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || (unsigned char)byte >= 0x80;
}

/* Blanks, and line ends that a backslash or a bracket hides. */
static bool is_blank(char byte)
{
    switch (byte) {
    case ' ':
    case '\t':
    case '\f':
    case '\\':
    case '\r':
    case '\n':
        return true;
    default:
        return false;
    }
}

/* The bracket, too. */
static size_t skip_blanks(struct text text, size_t at)
{
    while (at < text.size &&
           (is_blank(text.bytes[at]) || text.bytes[at] == '('))
        at++;
    return at;
}

static size_t skip_name(struct text text, size_t at)
{
    while (at < text.size && (is_word(text.bytes[at]) || text.bytes[at] == '.'))
        at++;
    return at;
}

/* Behind that word, if it stands here. */
static bool takes_word(struct text text, size_t *at, struct text word)
{
    size_t end = *at + word.size;

    if (!text_starts_with(text_slice(text, *at, text.size), word) ||
        (end < text.size && is_word(text.bytes[end])))
        return false;
    *at = end;
    return true;
}

/* The next "import" at or behind `at`, or the text's size. */
static size_t find_word(struct text text, size_t at)
{
    return needle_find(text, at, TEXT(IMPORT));
}

static size_t skip_back(struct text text, size_t at)
{
    while (at > 0 && is_blank(text.bytes[at - 1]))
        at--;
    return at;
}

/* The name between `from` and the `import` at `at`; empty if there is none. */
static struct text name_before(struct text text, size_t at)
{
    size_t end = skip_back(text, at), start = end, from;

    while (start > 0 &&
           (is_word(text.bytes[start - 1]) || text.bytes[start - 1] == '.'))
        start--;
    from = skip_back(text, start);
    if (from < 4 || !text_equal(text_slice(text, from - 4, from), TEXT("from")))
        return TEXT_EMPTY;
    return text_slice(text, start, end);
}

/* Is the "import" from `at` to `end` a part of a function's name? */
static bool is_function(struct text text, size_t at, size_t end)
{
    return text_starts_with(text_slice(text, end, text.size),
                            TEXT("_module")) ||
           (at > 0 && text.bytes[at - 1] == '_' && end < text.size &&
            text.bytes[end] == '_');
}

/* Behind the next `import`, and the name before it; false at the end. */
static bool find_import(struct imports *imports, struct text *before)
{
    struct text text = imports->text;
    size_t at = imports->at;

    while ((at = find_word(text, at)) < text.size) {
        size_t end = at + sizeof(IMPORT) - 1;

        if ((at == 0 || !is_word(text.bytes[at - 1])) &&
            (end == text.size || !is_word(text.bytes[end]))) {
            *before = name_before(text, at);
            imports->at = end;
            imports->in_list = imports->is_first = true;
            return true;
        }
        imports->by_call |= is_function(text, at, end);
        at = end;
    }
    imports->at = text.size;
    return false;
}

/* Behind `as name` and a comma, if another name follows. */
static bool find_comma(struct imports *imports)
{
    struct text text = imports->text;
    size_t at = skip_blanks(text, imports->at);

    if (takes_word(text, &at, TEXT("as")))
        at = skip_blanks(text, skip_name(text, skip_blanks(text, at)));
    if (at == text.size || text.bytes[at] != ',')
        return false;
    imports->at = at + 1;
    return true;
}

static bool next_in_list(struct imports *imports, struct text *name)
{
    size_t start, end;

    if (!imports->is_first && !find_comma(imports))
        return false;
    imports->is_first = false;
    start = skip_blanks(imports->text, imports->at);
    end = skip_name(imports->text, start);
    imports->at = end;
    *name = text_slice(imports->text, start, end);
    return end > start;
}

bool imports_next(struct imports *imports, struct text *name)
{
    for (;;) {
        if (imports->in_list && next_in_list(imports, name))
            return true;
        imports->in_list = false;
        if (!find_import(imports, name))
            return false;
        if (name->size)
            return true;
    }
}

bool imports_by_call(struct text text)
{
    struct imports imports = { .text = text };
    struct text name;

    while (!imports.by_call && imports_next(&imports, &name))
        continue;
    return imports.by_call;
}

/* Does a part of the dotted name stand in the words? */
static bool has_part(const struct intern *words, struct text name)
{
    if (name.bytes[0] == '.' &&
        intern_find(words, TEXT(IMPORTS_RELATIVE)) != INTERN_NONE)
        return true;
    for (size_t at = 0; at < name.size;) {
        size_t end = text_find(name, '.', at);

        if (end > at &&
            intern_find(words, text_slice(name, at, end)) != INTERN_NONE)
            return true;
        at = end + 1;
    }
    return false;
}

bool imports_meet(const struct intern *words, struct text text)
{
    struct imports imports = { .text = text };
    struct text name;

    while (imports_next(&imports, &name))
        if (has_part(words, name))
            return true;
    return imports.by_call;
}

bool imports_star(struct text text)
{
    size_t at = 0;

    while ((at = find_word(text, at)) < text.size) {
        at = skip_blanks(text, at + sizeof(IMPORT) - 1);
        if (at < text.size && text.bytes[at] == '*')
            return true;
    }
    return false;
}

/* ---- the filter ---------------------------------------------------------- */

/* FNV-1a of 32 bits. */
static uint32_t hash_of(struct text word)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < word.size; i++)
        hash = (hash ^ (unsigned char)word.bytes[i]) * 16777619u;
    return hash;
}

static uint64_t bit_of(uint32_t hash)
{
    return (uint64_t)1 << (hash & 63);
}

/* Two bits a word, each in one of the eight parts. */
static void add_word(struct imports_words *words, struct text word)
{
    uint32_t hash = hash_of(word);

    words->bits[hash >> 6 & 7] |= bit_of(hash);
    words->bits[hash >> 16 & 7] |= bit_of(hash >> 19);
}

bool imports_has(const struct imports_words *words, struct text word)
{
    uint32_t hash = hash_of(word);

    return (words->bits[hash >> 6 & 7] & bit_of(hash)) &&
           (words->bits[hash >> 16 & 7] & bit_of(hash >> 19));
}

static void add_parts(struct imports_words *words, struct text name)
{
    if (name.bytes[0] == '.')
        add_word(words, TEXT(IMPORTS_RELATIVE));
    for (size_t at = 0; at < name.size;) {
        size_t end = text_find(name, '.', at);

        if (end > at)
            add_word(words, text_slice(name, at, end));
        at = end + 1;
    }
}

void imports_collect(struct imports_words *words, struct text text)
{
    struct imports imports = { .text = text };
    struct text name;

    while (imports_next(&imports, &name))
        add_parts(words, name);
    if (imports.by_call)
        add_word(words, TEXT(IMPORTS_BY_CALL));
}
