#include "cmd/base/patience.h"

#include <stdlib.h>

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

int patience_read(struct patience *patience, const char *option,
                  const struct policy *policy, struct error *err)
{
    const char *setting = policy_value(policy, POLICY_DEADLINE);

    patience->seconds = 0;
    patience->accept = policy_level(policy, POLICY_ON_DEADLINE) == 0;
    if (option)
        return read_seconds(&patience->seconds, option, "--deadline", err);
    if (!setting[0])
        return 0;
    return read_seconds(&patience->seconds, setting, "hooks.tmpguard.deadline",
                        err);
}
