#include "hooks/install/doctor.h"

#include <stdlib.h>
#include <unistd.h>

#include "cmd/base/environment.h"
#include "cmd/base/surroundings.h"
#include "cmd/render/doctor_render.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"

int cmd_doctor(const struct options *options)
{
    struct surroundings around;
    struct doctor_options asked = { .canary = !options->no_canary };
    struct doctor doctor = DOCTOR_EMPTY;
    struct doctor_view view = { .doctor = &doctor, .options = options };
    char *program, *folder = NULL;
    struct error err;
    int code;

    if (options->arguments.items_count > 0)
        return complain(EXIT_USAGE, "'doctor' takes no arguments; for another "
                                    "folder use -C");
    for (size_t i = 0; i < options->gits.items_count; i++)
        if (options->gits.items[i][0] != '/')
            return complain(EXIT_USAGE, "'--git %s' is no absolute path",
                            options->gits.items[i]);
    surroundings_read(&around);
    asked.gits = options->gits.items;
    asked.gits_count = options->gits.items_count;
    asked.path = around.path;
    asked.home = around.home;
    asked.temporary = around.temporary;
    asked.variables = around.variables;
    asked.repository_is_named = around.repository_is_named;
    asked.program = program = environment_call();
    if (options->folders.items_count)
        asked.folder = folder = getcwd(NULL, 0);
    if (doctor_look(&doctor, &asked, &err) < 0)
        code = complain(err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INCOMPLETE,
                        "%s", err.message);
    else
        code = output_answer(options, doctor_render, &view);
    if (code == EXIT_CLEAN && checkup_worst(&doctor.checkup) == CHECKUP_FAIL)
        code = EXIT_FINDINGS;
    doctor_release(&doctor);
    free(program);
    free(folder);
    return code;
}
