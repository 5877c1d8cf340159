#include "hooks/imports.h"

#include <string.h>

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

/* Blanks, line ends that a backslash or a bracket hides, the bracket. */
static size_t skip_blanks(struct text text, size_t at)
{
    while (at < text.size && memchr(" \t\f\\\r\n(", text.bytes[at], 7))
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

/* Behind the next `from` or `import`; false at the end. */
static bool find_keyword(struct imports *imports, bool *is_list)
{
    struct text text = imports->text;

    for (size_t at = imports->at; at < text.size; at++) {
        bool starts = at == 0 || !is_word(text.bytes[at - 1]);

        imports->at = at;
        if (!starts)
            continue;
        *is_list = text.bytes[at] == 'i';
        if (takes_word(text, &imports->at, TEXT("import")) ||
            takes_word(text, &imports->at, TEXT("from")))
            return true;
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

bool imports_next(struct imports *imports, struct text *name)
{
    if (imports->in_list)
        imports->in_list = find_comma(imports);
    while (imports->in_list || find_keyword(imports, &imports->in_list)) {
        size_t start = skip_blanks(imports->text, imports->at);
        size_t end = skip_name(imports->text, start);

        imports->at = end;
        if (end == start) {
            imports->in_list = false;
            continue;
        }
        *name = text_slice(imports->text, start, end);
        return true;
    }
    return false;
}

static bool has(struct text text, const char *word)
{
    return memmem(text.bytes, text.size, word, strlen(word)) != NULL;
}

bool imports_by_call(struct text text)
{
    return has(text, "__import__") || has(text, "import_module") ||
           has(text, "sys.modules");
}

bool imports_star(struct text text)
{
    static const struct text word = { "import", 6 };
    const char *end = text.bytes + text.size, *at = text.bytes;

    while ((at = memmem(at, (size_t)(end - at), word.bytes, word.size))) {
        size_t behind =
            skip_blanks(text, (size_t)(at - text.bytes) + word.size);

        if (behind < text.size && text.bytes[behind] == '*')
            return true;
        at += word.size;
    }
    return false;
}
