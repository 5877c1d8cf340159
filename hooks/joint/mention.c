#include "hooks/joint/mention.h"

#include <string.h>

#include "hooks/joint/imports.h"

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

bool mention_any(struct text text, const struct intern *words)
{
    for (uint32_t i = 0; i < intern_count(words); i++)
        if (mention_has(text, intern_text(words, i)))
            return true;
    return false;
}

bool mention_may_get(struct text text, struct text module,
                     const struct intern *names)
{
    return (mention_any(text, names) || imports_star(text)) &&
           (mention_has(text, module) ||
            memmem(text.bytes, text.size, "from .", 6) != NULL);
}
