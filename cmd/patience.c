#include "cmd/patience.h"

#include <stdlib.h>
#include <string.h>

#include "hooks/server_settings.h"

static int read_seconds(unsigned *seconds, const char *words, const char *where,
                        struct error *err)
{
    char *end;
    unsigned long read = strtoul(words, &end, 10);

    if (words[0] < '0' || words[0] > '9' || *end || read > PATIENCE_MAX)
        return error_set(err, ERROR_USAGE,
                         "%s: '%.60s' is not a number of seconds from 0 to %d",
                         where, words, PATIENCE_MAX);
    *seconds = (unsigned)read;
    return 0;
}

static int read_policy(bool *accept, const char *word, struct error *err)
{
    *accept = strcmp(word, "accept") == 0;
    if (*accept || strcmp(word, "reject") == 0)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "hooks.tmpguard.onDeadline: '%.60s' is neither reject nor "
                     "accept",
                     word);
}

int patience_read(struct patience *patience, const char *option,
                  struct error *err)
{
    struct server_settings settings = { .deadline = NULL };
    int result = server_settings_read(&settings, err);

    *patience = (struct patience){ .seconds = 0 };
    if (result == 0 && (option || settings.deadline))
        result = read_seconds(
            &patience->seconds, option ? option : settings.deadline,
            option ? "--deadline" : "hooks.tmpguard.deadline", err);
    if (result == 0 && settings.on_deadline)
        result = read_policy(&patience->accept, settings.on_deadline, err);
    server_settings_release(&settings);
    return result;
}
