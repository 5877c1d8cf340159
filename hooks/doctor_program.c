#include "hooks/doctor_program.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hooks/trial.h"

#define TIMEOUT_MS 10000
#define OURS       "tmpguard " TMPGUARD_VERSION

/* The first line of what `PROGRAM version` prints; "" if it does not run. */
static void ask_version(char *line, size_t size, const char *program)
{
    static const char *const nothing[] = { NULL };
    const char *const arguments[] = { program, "version", NULL };
    struct trial trial = { .folder = "/",
                           .arguments = arguments,
                           .environment = trial_environment(nothing, nothing),
                           .timeout_ms = TIMEOUT_MS };
    struct trial_answer answer;
    struct error err;

    line[0] = '\0';
    if (trial_run(&answer, &trial, &err) == 0 && answer.status == 0)
        snprintf(line, size, "%.*s", (int)strcspn(answer.out.bytes, "\r\n"),
                 answer.out.bytes);
    trial_answer_release(&answer);
    trial_environment_release(trial.environment);
}

bool doctor_program(struct checkup *checkup, const char *program,
                    const char *repair)
{
    char line[128];

    if (access(program, F_OK) != 0) {
        checkup_add(checkup, "program.present", CHECKUP_FAIL, repair,
                    "the program that the hooks run is gone: %s", program);
        return false;
    }
    ask_version(line, sizeof(line), program);
    if (!line[0] || strncmp(line, "tmpguard ", 9) != 0) {
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
