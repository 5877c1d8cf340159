#include "hooks/install/doctor_program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hooks/system/trial.h"

#define OURS "tmpguard " TMPGUARD_VERSION

/* Is it this version, as what it says of itself says? */
static bool check_version(struct checkup *checkup, const char *program,
                          const char *line, const char *repair)
{
    if (strncmp(line, "tmpguard ", 9) != 0) {
        checkup_add(checkup, "program.runs", CHECKUP_FAIL, repair,
                    "the program that the hooks run does not run here: %s",
                    program);
        return false;
    }
    if (strcmp(line, OURS) != 0) {
        checkup_add(checkup, "program.version", CHECKUP_FAIL, repair,
                    "the hooks run another version, %s, not " TMPGUARD_VERSION
                    ": %s",
                    line + 9, program);
        return false;
    }
    checkup_add(checkup, "program.version", CHECKUP_OK, NULL, "%s: %s", program,
                line);
    return true;
}

bool doctor_program(struct checkup *checkup, const char *program,
                    const char *repair)
{
    char *line;
    bool ours;

    if (access(program, F_OK) != 0) {
        checkup_add(checkup, "program.present", CHECKUP_FAIL, repair,
                    "the program that the hooks run is gone: %s", program);
        return false;
    }
    line = trial_version(program);
    line[strcspn(line, "\r\n")] = '\0';
    ours = check_version(checkup, program, line, repair);
    free(line);
    return ours;
}
