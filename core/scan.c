#include "core/scan.h"

#include "core/literal.h"
#include "core/program.h"

int scan_too_large(struct error *err)
{
    return error_set(err, ERROR_LIMIT,
                     "over the limit of %zu MiB for one Python file",
                     SCAN_SIZE_MAX >> 20);
}

bool scan_worthwhile(struct text bytes)
{
    return literal_scan(bytes);
}

static int run(struct program *program, bool coarse, struct deadline *deadline,
               struct machine_result *result, struct error *err)
{
    const struct machine_job job = { .code = &program->code,
                                     .scopes = &program->scopes,
                                     .values = &program->values,
                                     .coarse = coarse,
                                     .deadline = deadline };

    return machine_run(&job, result, err);
}

static int analyse(struct program *program, struct text bytes, bool sliced,
                   struct facts *facts, struct error *err)
{
    struct machine_result precise = MACHINE_RESULT_EMPTY;
    struct machine_result coarse = MACHINE_RESULT_EMPTY;
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct program_file *file =
        sliced ? program_add_slice(program, bytes, &deadline, err)
               : program_add(program, bytes, 0, &deadline, err);
    int result = -1;

    if (file && file->slice.kind == SLICE_NOTHING)
        return 0;
    if (file && run(program, false, &deadline, &precise, err) == 0 &&
        run(program, true, &deadline, &coarse, err) == 0)
        result = program_facts(program, file, &precise, &coarse, facts, err);
    machine_release(&precise);
    machine_release(&coarse);
    return result;
}

static int scan(struct text bytes, bool sliced, struct facts *facts,
                struct error *err)
{
    struct program program;
    int result;

    *facts = FACTS_EMPTY;
    if (!literal_scan(bytes))
        return 0;
    if (bytes.size > SCAN_SIZE_MAX)
        return scan_too_large(err);
    program_open(&program);
    result = analyse(&program, bytes, sliced, facts, err);
    program_close(&program);
    return result;
}

int scan_blob(struct text bytes, struct facts *facts, struct error *err)
{
    return scan(bytes, true, facts, err);
}

int scan_whole(struct text bytes, struct facts *facts, struct error *err)
{
    return scan(bytes, false, facts, err);
}
