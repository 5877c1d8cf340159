#include "hooks/gate/settle.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "hooks/gate/baseline.h"
#include "hooks/gate/policy_tree.h"
#include "hooks/gate/tip.h"

struct item {
    char *path;
    size_t commit;         /* its place in the range */
    struct object_id blob; /* that it was introduced in */
    struct finding finding;
};

/* A file of a commit of the range, and what a parent called it. */
struct move {
    char *from, *to;
};

struct settlement {
    struct gate *gate;
    const struct span *range;
    size_t commit; /* that is compared */
    struct item *items;
    size_t items_count, items_room;
    struct move *moves;
    size_t moves_count, moves_room;
    struct tips tips;
    bool *taken; /* for each entry of what is known: a finding of the tip */
};

static char *copy(const char *string)
{
    return memory_copy(string, strlen(string));
}

static void keep(void *payload, const char *path, const struct object_id *blob,
                 const struct finding *finding)
{
    struct settlement *settlement = payload;
    struct item *item = ARRAY_PUSH(settlement->items);

    item->path = copy(path);
    item->commit = settlement->commit;
    item->blob = *blob;
    item->finding = *finding;
    settlement->gate->report->doubtful = true;
}

static void note_move(void *payload, const char *from, const char *to)
{
    struct settlement *settlement = payload;

    *ARRAY_PUSH(settlement->moves) = (struct move){ copy(from), copy(to) };
}

static void visit_change(void *payload, const struct span_commit *commit,
                         struct change *change)
{
    struct settlement *settlement = payload;

    settlement->commit = (size_t)(commit - settlement->range->commits);
    gate_compare(settlement->gate, change);
}

static void visit_unreadable(void *payload, const struct span_commit *commit,
                             const char *reason)
{
    struct settlement *settlement = payload;
    char hex[OBJECT_HEX_MAX];

    report_incomplete(settlement->gate->report,
                      object_id_format(&commit->id, hex), reason);
}

/* The number of the finding that begins there, or the count of all. */
static size_t find_offset(const struct facts *facts, uint32_t offset)
{
    struct bound found = bound_in(0, facts->findings_count);

    while (bound_open(&found))
        bound_step(&found, facts->findings[found.middle].offset < offset);
    if (found.low < facts->findings_count &&
        facts->findings[found.low].offset == offset)
        return found.low;
    return facts->findings_count;
}

static bool may_be(const struct tip_file *file, size_t at,
                   const struct item *item)
{
    return !file->taken[at] &&
           finding_same(&file->facts.findings[at], &item->finding);
}

/*
 * The item's place in the file: where it was if the file is the same, else
 * one with the same surroundings first. The count of all if every such call
 * is taken or there is none.
 */
static size_t choose(const struct tip_file *file, const struct item *item)
{
    size_t count = file->facts.findings_count, chosen = count;

    if (object_id_compare(&file->blob, &item->blob) == 0)
        chosen = find_offset(&file->facts, item->finding.offset);
    if (chosen < count && may_be(file, chosen, item))
        return chosen;
    chosen = count;
    for (size_t i = 0; i < count; i++) {
        bool alike =
            file->facts.findings[i].line_hash == item->finding.line_hash;

        if ((!alike && chosen < count) || !may_be(file, i, item))
            continue;
        chosen = i;
        if (alike)
            break;
    }
    return chosen;
}

static bool is_known(const struct settlement *settlement, const char *path,
                     const struct finding *finding)
{
    struct baseline_entry kind = { .target = finding->target,
                                   .statement = finding->statement };
    bool known;

    if (!settlement->taken)
        return false;
    kind.path = copy(path);
    known = baseline_take(settlement->gate->known, settlement->taken, &kind);
    free(kind.path);
    return known;
}

static void tell(struct settlement *settlement, struct tip_file *file,
                 const char *path, size_t number)
{
    const struct finding *finding = &file->facts.findings[number];
    /* Of each tip: what another one used up is there again. */
    enum tip_said says =
        is_known(settlement, path, finding) ? TIP_KNOWN : TIP_BLOCKS;

    if (file->said[number] >= says)
        return;
    file->said[number] = (unsigned char)says;
    if (says == TIP_BLOCKS)
        gate_report(settlement->gate, path, &file->blob, finding);
}

/* When all tips are settled: at none of them do these block. */
static void tell_known(const struct settlement *settlement)
{
    const struct tips *tips = &settlement->tips;

    for (size_t i = 0; i < tips->files_count; i++) {
        const struct facts *facts = &tips->files[i].facts;

        for (size_t f = 0; f < facts->findings_count; f++)
            if (tips->files[i].said[f] == TIP_KNOWN)
                report_add(settlement->gate->report, tips_path(tips, i),
                           &facts->findings[f])
                    ->known = true;
    }
}

static bool settle_in(struct settlement *settlement, struct tip_file *file,
                      const char *path, const struct item *item)
{
    size_t chosen = choose(file, item);

    if (chosen == file->facts.findings_count)
        return false;
    file->taken[chosen] = true;
    tell(settlement, file, path, chosen);
    return true;
}

/* Once for each file, however many findings it may have had. */
static void complain(struct settlement *settlement, struct tip_file *file,
                     const char *path)
{
    if (file->err.message[0])
        report_incomplete(settlement->gate->report, path, file->err.message);
    file->err.message[0] = '\0';
}

/* The paths that a file had in the range, one behind the other. */
struct names {
    const char **items;
    size_t items_count, items_room;
};

static void add_name(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->items_count; i++)
        if (strcmp(names->items[i], name) == 0)
            return;
    *ARRAY_PUSH(names->items) = name;
}

static void add_moves(struct names *names, const struct settlement *settlement,
                      const char *from)
{
    for (size_t i = 0; i < settlement->moves_count; i++)
        if (strcmp(settlement->moves[i].from, from) == 0)
            add_name(names, settlement->moves[i].to);
}

/* 1 if it is reported, -1 if the file of that name cannot be read, else 0. */
static int settle_at(struct settlement *settlement, const struct object_id *tip,
                     const char *path, const struct item *item)
{
    struct tip_file *file = tips_file(&settlement->tips, tip, path);

    if (!file)
        return 0;
    if (!file->unreadable)
        return settle_in(settlement, file, path, item);
    complain(settlement, file, path);
    return -1;
}

/* Where it was, then wherever that file moved to: another one may have taken
 * its name. */
static void settle(struct settlement *settlement, const struct object_id *tip,
                   const struct item *item)
{
    struct names names = { .items = NULL };
    int found = 0;

    add_name(&names, item->path);
    for (size_t i = 0; found == 0 && i < names.items_count; i++) {
        found = settle_at(settlement, tip, names.items[i], item);
        add_moves(&names, settlement, names.items[i]);
    }
    free(names.items);
}

/* What another branch introduced may be an old call of this one. */
static void settle_tip(struct settlement *settlement,
                       const struct span_tip *tip)
{
    bool *marks = memory_new(settlement->range->commits_count, sizeof(*marks));

    tips_turn(&settlement->tips);
    if (settlement->taken)
        memset(settlement->taken, false,
               settlement->gate->known->entries_count);
    span_mark(marks, settlement->range, &tip->commit);
    for (size_t i = 0; i < settlement->items_count; i++)
        if (marks[settlement->items[i].commit])
            settle(settlement, &tip->tree, &settlement->items[i]);
    free(marks);
}

static void release(struct settlement *settlement)
{
    for (size_t i = 0; i < settlement->items_count; i++)
        free(settlement->items[i].path);
    for (size_t i = 0; i < settlement->moves_count; i++) {
        free(settlement->moves[i].from);
        free(settlement->moves[i].to);
    }
    free(settlement->items);
    free(settlement->moves);
    free(settlement->taken);
    tips_release(&settlement->tips);
}

int settle_range(struct gate *gate, struct span *range, struct error *err)
{
    struct settlement settlement = { .gate = gate,
                                     .range = range,
                                     .tips = { .gate = gate } };
    const struct span_visitor visitor = { visit_change, visit_unreadable,
                                          &settlement };
    int result = 0;

    if (gate->policy)
        result = policy_of_span(gate->policy, gate->repo, range, err);
    if (result < 0)
        return -1;
    gate_obey(gate);
    gate->visit = keep;
    gate->moved = note_move;
    gate->payload = &settlement;
    if (gate->known)
        settlement.taken = memory_new(gate->known->entries_count + 1,
                                      sizeof(*settlement.taken));
    result = span_each(range, gate->repo, &visitor, err);
    for (size_t i = 0; settlement.items_count && i < range->tips_count; i++)
        settle_tip(&settlement, &range->tips[i]);
    tell_known(&settlement);
    release(&settlement);
    return result;
}
