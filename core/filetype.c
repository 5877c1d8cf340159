#include "core/filetype.h"

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

/* The command word of a shebang is python, python3, python3.11, pythonw … */
static bool is_interpreter(struct text word)
{
    return text_starts_with(last_component(word), TEXT("python")) ||
           text_starts_with(last_component(word), TEXT("pypy"));
}

bool filetype_has_shebang(struct text bytes)
{
    size_t end, at = 2;

    if (text_starts_with(bytes, TEXT("\xef\xbb\xbf")))
        bytes = text_slice(bytes, 3, bytes.size);
    if (!text_starts_with(bytes, TEXT("#!")))
        return false;
    end = text_find(bytes, '\n', 0);
    while (at < end) {
        size_t start = at;

        while (at < end && bytes.bytes[at] != ' ' && bytes.bytes[at] != '\t' &&
               bytes.bytes[at] != '\r')
            at++;
        if (is_interpreter(text_slice(bytes, start, at)))
            return true;
        at++;
    }
    return false;
}

bool filetype_is_python(struct text path, struct text bytes)
{
    enum filetype type = filetype_of_path(path);

    return type == FILETYPE_PYTHON ||
           (type == FILETYPE_BY_SHEBANG && filetype_has_shebang(bytes));
}
