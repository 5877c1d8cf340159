#include "core/rule/finding.h"

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

int finding_compare(const struct finding *a, const struct finding *b)
{
    int order = compare(a->range.start.line, b->range.start.line);

    if (order == 0)
        order = compare(a->range.start.column, b->range.start.column);
    if (order == 0)
        order = compare(a->target, b->target);
    if (order == 0)
        order = compare(a->size, b->size);
    return order;
}

bool finding_same(const struct finding *a, const struct finding *b)
{
    return a->target == b->target && a->statement.high == b->statement.high &&
           a->statement.low == b->statement.low;
}

bool finding_excused(const struct finding *finding, enum excuses excuses)
{
    switch (excuses) {
    case EXCUSES_ANY:
        return finding->suppression != SUPPRESSION_NONE;
    case EXCUSES_TMPGUARD:
        return finding->suppression == SUPPRESSION_TMPGUARD;
    case EXCUSES_REASONED:
        return finding->suppression == SUPPRESSION_TMPGUARD &&
               finding->reasoned;
    case EXCUSES_NONE:
        break;
    }
    return false;
}

const char *suppression_name(enum suppression suppression)
{
    static const char *const names[SUPPRESSION_COUNT] = {
        [SUPPRESSION_NONE] = "none",       [SUPPRESSION_TMPGUARD] = "tmpguard",
        [SUPPRESSION_LGTM] = "lgtm",       [SUPPRESSION_CODEQL] = "codeql",
        [SUPPRESSION_NOQA] = "noqa",       [SUPPRESSION_NOSEC] = "nosec",
        [SUPPRESSION_NOSONAR] = "NOSONAR",
    };

    return names[suppression];
}
