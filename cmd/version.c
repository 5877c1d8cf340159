#include "cmd/command.h"
#include "cmd/output.h"

int cmd_version(const struct options *options)
{
    (void)options;
    return output_say(TEXT("tmpguard " TMPGUARD_VERSION "\n"));
}
