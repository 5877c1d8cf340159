#include "hooks/settle.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "hooks/repo.h"
#include "hooks/tree.h"

struct item {
    char *path;
    struct object_id blob; /* that it was introduced in */
    struct finding finding;
};

/* A file of a commit of the range, and what a parent called it. */
struct move {
    char *from, *to;
};

/* A place of a tip that is reported already. */
struct place {
    const char *path; /* of an item, or where one moved to */
    struct object_id blob;
    uint32_t offset;
};

struct settlement {
    struct gate *gate;
    struct item *items;
    size_t items_count, items_room;
    struct move *moves;
    size_t moves_count, moves_room;
    struct place *places;
    size_t places_count, places_room;
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
    item->blob = *blob;
    item->finding = *finding;
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

    (void)commit;
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

static bool is_taken(const struct settlement *settlement, const char *path,
                     const struct object_id *blob, uint32_t offset)
{
    for (size_t i = 0; i < settlement->places_count; i++) {
        const struct place *place = &settlement->places[i];

        if (place->offset == offset &&
            object_id_compare(&place->blob, blob) == 0 &&
            strcmp(place->path, path) == 0)
            return true;
    }
    return false;
}

/* How sure it is that `finding`, of the file `blob`, is the item's. */
static int likeness(const struct finding *finding, const struct item *item,
                    const struct object_id *blob)
{
    if (finding->offset == item->finding.offset &&
        object_id_compare(blob, &item->blob) == 0)
        return 3;
    return finding->line_hash == item->finding.line_hash ? 2 : 1;
}

/* The item's place in the file: where it was if the file is the same, else
 * one with the same surroundings first; NULL if every such call is taken or
 * there is none. */
static const struct finding *choose(const struct settlement *settlement,
                                    const char *path,
                                    const struct object_id *blob,
                                    const struct facts *facts,
                                    const struct item *item)
{
    const struct finding *chosen = NULL;
    int best = 0;

    for (size_t i = 0; i < facts->findings_count; i++) {
        const struct finding *finding = &facts->findings[i];

        if (likeness(finding, item, blob) <= best ||
            !finding_same(finding, &item->finding) ||
            is_taken(settlement, path, blob, finding->offset))
            continue;
        chosen = finding;
        best = likeness(finding, item, blob);
    }
    return chosen;
}

/* Report the finding if it is at that path of the tip: 1, 0 if not, -1. */
static int settle_at(struct settlement *settlement, const struct object_id *tip,
                     const char *path, const struct item *item,
                     struct error *err)
{
    const struct gate *gate = settlement->gate;
    struct facts facts = FACTS_EMPTY;
    const struct finding *chosen;
    struct diff_side side;
    int found = tree_find(&side, gate->repo, tip, path, err);

    if (found != 1)
        return found;
    if (!diff_is_file(&side))
        return 0;
    if (gate_facts(gate, path, &side.id, &facts, err) < 0)
        return -1;
    chosen = choose(settlement, path, &side.id, &facts, item);
    if (chosen) {
        gate_report(gate, path, &side.id, chosen);
        *ARRAY_PUSH(settlement->places) =
            (struct place){ path, side.id, chosen->offset };
    }
    facts_release(&facts);
    return chosen != NULL;
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

/* Where it was, then wherever that file moved to: another one may have taken
 * its name. */
static void settle(struct settlement *settlement, const struct object_id *tip,
                   const struct item *item)
{
    struct names names = { .items = NULL };
    struct error err;
    int found = 0;

    add_name(&names, item->path);
    for (size_t i = 0; found == 0 && i < names.items_count; i++) {
        found = settle_at(settlement, tip, names.items[i], item, &err);
        add_moves(&names, settlement, names.items[i]);
    }
    if (found < 0)
        report_incomplete(settlement->gate->report, item->path, err.message);
    free(names.items);
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
    free(settlement->places);
}

int settle_range(struct gate *gate, struct span *range, struct error *err)
{
    struct settlement settlement = { .gate = gate };
    const struct span_visitor visitor = { visit_change, visit_unreadable,
                                          &settlement };
    int result;

    gate->visit = keep;
    gate->moved = note_move;
    gate->payload = &settlement;
    result = span_each(range, gate->repo, &visitor, err);
    for (size_t i = 0; i < range->tips_count; i++)
        for (size_t j = 0; j < settlement.items_count; j++)
            settle(&settlement, &range->tips[i], &settlement.items[j]);
    release(&settlement);
    return result;
}
