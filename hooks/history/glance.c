#include "hooks/history/glance.h"

#include "core/source/decode.h"
#include "core/source/literal.h"
#include "hooks/git/delta.h"

/* A place that is nearer to an end of what was copied is looked at anew, with
   as much around it. */
#define AROUND ((size_t)2 * LITERAL_REACH)

/* What is to be looked at next. For letters alone these are whole lines; blanks
   were met last from `blank` on, up to `solid`. */
struct range {
    enum literal_glance most;
    size_t from, to;
    size_t blank, solid;
};

static bool is_no_more(struct text bytes, const struct range *range)
{
    return literal_glance(text_slice(bytes, range->from, range->to)) <=
           range->most;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* From where on to look for letters that what is new from `from` on may be
   joined to, not before `least`: only blanks are in between. */
static size_t begin_lines(struct text bytes, size_t from, size_t least)
{
    while (from > least && is_blank(bytes.bytes[from - 1]))
        from--;
    from = from > least + AROUND ? from - AROUND : least;
    while (from > least && bytes.bytes[from - 1] != '\n')
        from--;
    return from > least ? from - 1 : least;
}

/* Look up to where letters may stand that what is new before `to` decides. */
static void end_lines(struct range *range, struct text bytes, size_t to)
{
    if (to < range->blank || to > range->solid) {
        range->blank = to;
        while (to < bytes.size && is_blank(bytes.bytes[to]))
            to++;
        range->solid = to;
    }
    to = range->solid;
    to = to + AROUND < bytes.size ? to + AROUND : bytes.size;
    if (to <= range->to)
        return;
    to = to < bytes.size ? text_find(bytes, '\n', to) : to;
    range->to = to < bytes.size ? to + 1 : to;
}

static size_t begin(const struct range *range, struct text bytes, size_t from)
{
    if (range->most == LITERAL_LONE)
        return begin_lines(bytes, from, range->to < from ? range->to : from);
    return from > AROUND ? from - AROUND : 0;
}

/* Add what is new from `from` up to `to`, looking at what is far before it. */
static bool extend(struct range *range, struct text bytes, size_t from,
                   size_t to)
{
    bool no_more = true;

    from = begin(range, bytes, from);
    if (from > range->to) {
        no_more = is_no_more(bytes, range);
        range->from = from;
    }
    if (range->most == LITERAL_LONE)
        end_lines(range, bytes, to);
    else
        range->to = to + AROUND < bytes.size ? to + AROUND : bytes.size;
    return no_more;
}

bool glance_is_no_more(const struct glance *glance, struct text bytes,
                       struct text delta)
{
    struct range range = { .most = glance->found };
    struct text base = glance->base, part;
    struct delta_reader reader;
    size_t at = 0;
    int next;

    /* What copied bytes say may depend on the first line, which may be new. */
    if (decode_may_hide(bytes) || !delta_open(&reader, base, delta))
        return false;
    while ((next = delta_next(&reader, &part)) == 1) {
        bool copied =
            part.bytes >= base.bytes && part.bytes < base.bytes + base.size;

        if (!extend(&range, bytes, at, copied ? at : at + part.size))
            return false;
        at += part.size;
    }
    return next == 0 && at == bytes.size && extend(&range, bytes, at, at) &&
           is_no_more(bytes, &range);
}
