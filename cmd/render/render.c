#include "cmd/render/render.h"

#include <string.h>

#include "core/base/nearest.h"

static const struct format formats[] = {
    { "text", render_text, false },
    { "json", render_json, false },
    { "sarif", render_sarif, true },
    { "github", render_github, false },
    { "gitlab", render_gitlab, false },
    { "junit", render_junit, false },
    { "html", render_html, false },
    { "gitlab-sast", render_gitlab_sast, true },
};

#define FORMATS_COUNT (sizeof(formats) / sizeof(*formats))

static void unknown(struct text name, struct error *err)
{
    char word[64] = "";
    size_t size = name.size < sizeof(word) ? name.size : sizeof(word) - 1;
    struct nearest nearest = NEAREST_TO(word);
    struct buffer all = BUFFER_EMPTY;

    memcpy(word, name.bytes, size);
    for (size_t i = 0; i < FORMATS_COUNT; i++) {
        nearest_offer(&nearest, formats[i].name);
        buffer_format(&all, "%s%s", i ? ", " : "", formats[i].name);
    }
    if (nearest.best)
        error_set(err, ERROR_USAGE, "unknown format '%s'; did you mean '%s'?",
                  word, nearest.best);
    else
        error_set(err, ERROR_USAGE, "unknown format '%s'; there are %s", word,
                  all.bytes);
    buffer_release(&all);
}

const struct format *format_find(struct text name, struct error *err)
{
    for (size_t i = 0; i < FORMATS_COUNT; i++)
        if (text_equal(name, text_of(formats[i].name)))
            return &formats[i];
    unknown(name, err);
    return NULL;
}
