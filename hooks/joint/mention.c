#include "hooks/joint/mention.h"

#include <string.h>

#include "core/source/decode.h"
#include "core/source/nfkc.h"
#include "hooks/joint/imports.h"

#define WORD_MAX 256 /* in other letters: longer ones nobody writes */

struct text mention_module(struct text path)
{
    const struct text init = TEXT("/__init__.py");
    size_t end = path.size, start;

    if (text_ends_with(path, init))
        end -= init.size;
    else if (text_ends_with(path, TEXT(".py")))
        end -= 3;
    start = end;
    while (start > 0 && path.bytes[start - 1] != '/')
        start--;
    return text_slice(path, start, end);
}

bool mention_has(struct text text, struct text word)
{
    const char *at = text.bytes, *end = text.bytes + text.size;

    while ((at = memmem(at, (size_t)(end - at), word.bytes, word.size))) {
        const char *behind = at + word.size;

        if ((at == text.bytes || !text_is_word(at[-1])) &&
            (behind == end || !text_is_word(*behind)))
            return true;
        if (++at > end)
            break;
    }
    return false;
}

static bool is_high(char byte)
{
    return (unsigned char)byte >= 0x80;
}

/* The first one from `at` on, or the end. */
static size_t find_high(struct text text, size_t at)
{
    while (at < text.size && !is_high(text.bytes[at]))
        at++;
    return at;
}

/* One of the words in letters that Python reads as those (nfkc.h). */
static bool in_other_letters(struct text text, const struct intern *words)
{
    size_t at = 0, start, end;

    while ((at = find_high(text, at)) < text.size) {
        char word[WORD_MAX];
        size_t size;

        for (start = at; start > 0 && text_is_word(text.bytes[start - 1]);)
            start--;
        for (end = at; end < text.size && text_is_word(text.bytes[end]);)
            end++;
        size = nfkc_ascii(text_slice(text, start, end), word, sizeof(word));
        if (size &&
            intern_find(words, (struct text){ word, size }) != INTERN_NONE)
            return true;
        at = end;
    }
    return false;
}

/* In other bytes: only core/ can tell, or say that it cannot. */
static bool in_other_encoding(struct text text, const struct intern *words)
{
    if (!decode_encoding(text).single_byte)
        return false;
    for (uint32_t i = 0; i < intern_count(words); i++)
        if (!text_is_ascii(intern_text(words, i)))
            return true;
    return false;
}

bool mention_any(struct text text, const struct intern *words)
{
    for (uint32_t i = 0; i < intern_count(words); i++)
        if (mention_has(text, intern_text(words, i)))
            return true;
    return find_high(text, 0) < text.size &&
           (in_other_letters(text, words) || in_other_encoding(text, words));
}

bool mention_may_get(struct text text, struct text module,
                     const struct intern *names)
{
    return (mention_has(text, module) ||
            memmem(text.bytes, text.size, "from .", 6) != NULL) &&
           (mention_any(text, names) || imports_star(text));
}
