#include "hooks/history/glance.h"

#include "core/source/literal.h"
#include "hooks/git/delta.h"

/* A place that is nearer to an end of what was copied is looked at anew, with
   as much around it. */
#define AROUND ((size_t)2 * LITERAL_REACH)

/* What is to be looked at next. */
struct range {
    size_t from, to;
};

static bool is_none(struct text bytes, const struct range *range)
{
    return literal_glance(text_slice(bytes, range->from, range->to)) ==
           LITERAL_NONE;
}

/* Add what is new from `from` up to `to`, looking at what is far before it. */
static bool extend(struct range *range, struct text bytes, size_t from,
                   size_t to)
{
    bool none = true;

    from = from > AROUND ? from - AROUND : 0;
    to = to + AROUND < bytes.size ? to + AROUND : bytes.size;
    if (from > range->to) {
        none = is_none(bytes, range);
        range->from = from;
    }
    range->to = to;
    return none;
}

bool glance_is_none(struct text bytes, struct text base, struct text delta)
{
    struct range range = { 0, 0 };
    struct delta_reader reader;
    struct text part;
    size_t at = 0;
    int next;

    if (!delta_open(&reader, base, delta))
        return false;
    while ((next = delta_next(&reader, &part)) == 1) {
        bool copied =
            part.bytes >= base.bytes && part.bytes < base.bytes + base.size;

        if (!extend(&range, bytes, at, copied ? at : at + part.size))
            return false;
        at += part.size;
    }
    return next == 0 && at == bytes.size && extend(&range, bytes, at, at) &&
           is_none(bytes, &range);
}
