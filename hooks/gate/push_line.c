#include "hooks/gate/push_line.h"

#define WORDS_MAX 4

/* Which word is what. */
static const struct form {
    const char *hook;
    size_t words, name, old, new;
} forms[] = {
    [PUSH_SENDS] = { "pre-push", 4, 0, 3, 1 },
    [PUSH_RECEIVES] = { "pre-receive", 3, 2, 0, 1 },
};

/* Exactly `count` words, parted by one blank each: 0, or -1. */
static int split(struct text words[WORDS_MAX], size_t count, struct text line)
{
    for (size_t i = 0; i < count; i++) {
        size_t end = text_find(line, ' ', 0);

        words[i] = text_slice(line, 0, end);
        if (!words[i].size || (end == line.size) != (i + 1 == count))
            return -1;
        line = text_slice(line, end < line.size ? end + 1 : end, line.size);
    }
    return 0;
}

static int parse(struct push_line *line, struct text text,
                 const struct form *form, size_t id_size)
{
    struct text words[WORDS_MAX];

    if (split(words, form->words, text) < 0 ||
        object_id_parse(&line->old, words[form->old]) < 0 ||
        object_id_parse(&line->new, words[form->new]) < 0)
        return -1;
    line->name = words[form->name];
    return line->old.size == id_size && line->new.size == id_size ? 0 : -1;
}

int push_line_next(struct push_line *line, struct text *rest,
                   enum push_hook hook, size_t id_size, struct error *err)
{
    size_t end = text_find(*rest, '\n', 0);
    struct text text = text_slice(*rest, 0, end);

    if (!rest->size)
        return 0;
    if (parse(line, text, &forms[hook], id_size) < 0)
        return error_set(err, ERROR_USAGE,
                         "standard input: not a line of git's %s hook: %.*s",
                         forms[hook].hook,
                         text.size > 200 ? 200 : (int)text.size, text.bytes);
    *rest = text_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return 1;
}
