#include "hooks/server_settings.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/memory.h"
#include "hooks/gitpipe.h"

/* git writes them in small letters. */
#define DEADLINE    "hooks.tmpguard.deadline"
#define ON_DEADLINE "hooks.tmpguard.ondeadline"

/* "KEY LF VALUE", or "KEY" alone, which is no value; the last one holds. */
static void take(struct server_settings *settings, struct text setting)
{
    size_t end = text_find(setting, '\n', 0);
    struct text key = text_slice(setting, 0, end);
    char **field = text_equal(key, TEXT(DEADLINE)) ? &settings->deadline
                                                   : &settings->on_deadline;

    free(*field);
    if (end < setting.size)
        end++;
    *field = memory_copy(setting.bytes + end, setting.size - end);
}

int server_settings_read(struct server_settings *settings, struct error *err)
{
    static const char *const arguments[] = {
        "config", "-z", "--get-regexp",
        "^hooks\\.tmpguard\\.(deadline|ondeadline)$", NULL
    };
    struct buffer out = BUFFER_EMPTY;
    int status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);
    struct text rest = buffer_view(&out);

    while (status == 0 && rest.size) {
        size_t end = text_find(rest, '\0', 0);

        take(settings, text_slice(rest, 0, end));
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    buffer_release(&out);
    return status < 0 ? -1 : 0;
}

void server_settings_release(struct server_settings *settings)
{
    free(settings->deadline);
    free(settings->on_deadline);
    *settings = (struct server_settings){ .deadline = NULL };
}
