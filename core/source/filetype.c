#include "core/source/filetype.h"

#include <string.h>

static bool ends_in_python(struct text path)
{
    char last = path.size ? path.bytes[path.size - 1] : '\0';

    return (last == 'y' && text_ends_with(path, TEXT(".py"))) ||
           (last == 'w' && text_ends_with(path, TEXT(".pyw")));
}

enum filetype filetype_of_path(struct text path)
{
    size_t start = path.size;

    if (ends_in_python(path))
        return FILETYPE_PYTHON;
    /* A leading dot starts a hidden file, not an extension. */
    while (start > 0 && path.bytes[start - 1] != '/')
        if (path.bytes[--start] == '.' &&
            (start > 0 && path.bytes[start - 1] != '/'))
            return FILETYPE_OTHER;
    return start < path.size ? FILETYPE_BY_SHEBANG : FILETYPE_OTHER;
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
