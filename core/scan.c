#include "core/scan.h"

#include "core/literal.h"
#include "core/memo.h"
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

static int decide(struct program *program, struct program_file *file,
                  struct decision *decision, struct error *err)
{
    struct machine_result precise = MACHINE_RESULT_EMPTY;
    struct machine_result coarse = MACHINE_RESULT_EMPTY;
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    int result = -1;

    if (program_lower(program, file, 0, &deadline, err) == 0 &&
        run(program, false, &deadline, &precise, err) == 0 &&
        run(program, true, &deadline, &coarse, err) == 0) {
        program_decide(program, file, &precise, &coarse, decision);
        result = 0;
    }
    machine_release(&precise);
    machine_release(&coarse);
    return result;
}

/* Where less than all decides, it may have been decided before. */
static int recall(struct program *program, struct program_file *file,
                  struct memo *memo, struct decision *decision,
                  struct error *err)
{
    if (!memo || file->slice.kind != SLICE_PART)
        return decide(program, file, decision, err);
    if (memo_get(memo, file->slice.part.text, decision))
        return 0;
    if (decide(program, file, decision, err) < 0)
        return -1;
    if (file->slice.kind == SLICE_PART)
        memo_put(memo, file->slice.part.text, decision);
    return 0;
}

static int analyse(struct program *program, struct text bytes, bool sliced,
                   struct memo *memo, struct facts *facts, struct error *err)
{
    struct program_file *file = program_read(program, bytes, sliced, err);
    struct decision decision = DECISION_EMPTY;
    int result = -1;

    if (!file)
        return -1;
    if (file->slice.kind == SLICE_NOTHING)
        return 0;
    if (recall(program, file, memo, &decision, err) == 0)
        result =
            decision_facts(&decision, &file->source, &file->slice, facts, err);
    decision_release(&decision);
    return result;
}

static int scan(struct text bytes, bool sliced, struct memo *memo,
                struct facts *facts, struct error *err)
{
    struct program program;
    int result;

    *facts = FACTS_EMPTY;
    if (!literal_scan(bytes))
        return 0;
    if (bytes.size > SCAN_SIZE_MAX)
        return scan_too_large(err);
    program_open(&program);
    result = analyse(&program, bytes, sliced, memo, facts, err);
    program_close(&program);
    return result;
}

int scan_blob(struct text bytes, struct facts *facts, struct error *err)
{
    return scan(bytes, true, NULL, facts, err);
}

int scan_recalling(struct text bytes, struct memo *memo, struct facts *facts,
                   struct error *err)
{
    return scan(bytes, true, memo, facts, err);
}

int scan_whole(struct text bytes, struct facts *facts, struct error *err)
{
    return scan(bytes, false, NULL, facts, err);
}
