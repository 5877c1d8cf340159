#include "core/facts/decide.h"

#include "core/facts/scan.h"

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

/* What decides about a part: its slice, and what else the file may mean. */
static struct buffer key_of(const struct program_file *file)
{
    struct buffer key = BUFFER_EMPTY;

    buffer_text(&key, file->slice.part.text);
    buffer_byte(&key, (char)file->targets);
    return key;
}

static int recall(struct program *program, struct program_file *file,
                  struct memo *memo, struct text key, struct decision *decision,
                  struct error *err)
{
    if (memo_get(memo, key, decision))
        return 0;
    if (decide(program, file, decision, err) < 0)
        return -1;
    if (file->slice.kind == SLICE_PART)
        memo_put(memo, key, decision);
    return 0;
}

int decide_file(struct program *program, struct program_file *file,
                struct memo *memo, struct decision *decision, struct error *err)
{
    struct buffer key = BUFFER_EMPTY;
    int result;

    if (!memo || !file->is_part)
        return decide(program, file, decision, err);
    key = key_of(file);
    result = recall(program, file, memo, buffer_view(&key), decision, err);
    buffer_release(&key);
    return result;
}
