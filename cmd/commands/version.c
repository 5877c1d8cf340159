#include "cmd/session/command.h"
#include "cmd/session/output.h"

static void make(struct buffer *out, bool json, const void *what)
{
    (void)what;
    buffer_string(out, json ? "{ \"name\": \"tmpguard\", \"version\": "
                              "\"" TMPGUARD_VERSION "\" }\n"
                            : "tmpguard " TMPGUARD_VERSION "\n");
}

int cmd_version(const struct options *options)
{
    return output_answer(options, make, NULL);
}
