#include "core/source/filetype.h"

#include <string.h>

static struct text last_component(struct text path)
{
    size_t start = path.size;

    while (start > 0 && path.bytes[start - 1] != '/')
        start--;
    return text_slice(path, start, path.size);
}

enum filetype filetype_of_path(struct text path)
{
    struct text name = last_component(path);

    if (text_ends_with(name, TEXT(".py")) || text_ends_with(name, TEXT(".pyw")))
        return FILETYPE_PYTHON;
    /* A leading dot starts a hidden file, not an extension. */
    if (name.size && text_find(name, '.', 1) == name.size)
        return FILETYPE_BY_SHEBANG;
    return FILETYPE_OTHER;
}

static bool holds(struct text text, struct text word)
{
    return memmem(text.bytes, text.size, word.bytes, word.size) != NULL;
}

bool filetype_has_shebang(struct text bytes)
{
    struct text line;

    if (text_starts_with(bytes, TEXT("\xef\xbb\xbf")))
        bytes = text_slice(bytes, 3, bytes.size);
    if (!text_starts_with(bytes, TEXT("#!")))
        return false;
    line = text_slice(bytes, 0, text_find(bytes, '\n', 0));
    line = text_slice(line, 0, text_find(line, '\r', 0));
    return holds(line, TEXT("python")) || holds(line, TEXT("pypy"));
}

bool filetype_is_python(struct text path, struct text bytes)
{
    enum filetype type = filetype_of_path(path);

    return type == FILETYPE_PYTHON ||
           (type == FILETYPE_BY_SHEBANG && filetype_has_shebang(bytes));
}
