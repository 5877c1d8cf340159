#include "core/facts/scan.h"

#include "core/facts/decide.h"
#include "core/facts/recall.h"
#include "core/source/home.h"
#include "core/source/literal.h"

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

bool scan_worthwhile_glanced(struct text bytes, enum literal_glance glance)
{
    return glance >= LITERAL_PARTS && home_is_named(bytes) &&
           (glance == LITERAL_FOUND || literal_scan(bytes));
}

bool scan_worthwhile_alone(struct text bytes)
{
    return scan_worthwhile_glanced(bytes, literal_glance(bytes));
}

static int analyse(struct program *program, struct text bytes, bool sliced,
                   struct facts *facts, struct error *err)
{
    struct program_file *file = program_read(program, bytes, sliced, err);
    struct decision decision = DECISION_EMPTY;
    int result = -1;

    if (!file)
        return -1;
    if (file->slice.kind == SLICE_NOTHING ||
        decide_file(program, file, NULL, &decision, err) == 0)
        result =
            decision_facts(&decision, &file->source, &file->slice, facts, err);
    decision_release(&decision);
    return result;
}

static int scan(struct text bytes, bool sliced, struct facts *facts,
                struct error *err)
{
    struct program program;
    int result;

    program_open(&program);
    result = analyse(&program, bytes, sliced, facts, err);
    program_close(&program);
    return result;
}

static int check_size(struct text bytes, struct error *err)
{
    return bytes.size > SCAN_SIZE_MAX ? scan_too_large(err) : 0;
}

static int recall(struct text bytes, struct memo *memo, bool alone,
                  struct facts *facts, struct error *err)
{
    bool sliced = true;

    *facts = FACTS_EMPTY;
    if (!alone && !scan_worthwhile(bytes))
        return 0;
    if (check_size(bytes, err) < 0)
        return -1;
    switch (memo ? recall_facts(memo, bytes, alone, facts, err)
                 : RECALL_UNSURE) {
    case RECALL_DONE:
        return 0;
    case RECALL_FAILED:
        return -1;
    case RECALL_WHOLE:
        sliced = false;
        break;
    case RECALL_UNSURE:
        break;
    }
    return scan(bytes, sliced, facts, err);
}

int scan_recalling(struct text bytes, struct memo *memo, struct facts *facts,
                   struct error *err)
{
    return recall(bytes, memo, false, facts, err);
}

int scan_findings(struct text bytes, struct memo *memo, struct facts *facts,
                  struct error *err)
{
    int result = recall(bytes, memo, true, facts, err);

    intern_release(&facts->needs);
    intern_release(&facts->exports);
    return result;
}

int scan_blob(struct text bytes, struct facts *facts, struct error *err)
{
    return scan_recalling(bytes, NULL, facts, err);
}

int scan_whole(struct text bytes, struct facts *facts, struct error *err)
{
    *facts = FACTS_EMPTY;
    if (!literal_scan(bytes))
        return 0;
    return check_size(bytes, err) < 0 ? -1 : scan(bytes, false, facts, err);
}
