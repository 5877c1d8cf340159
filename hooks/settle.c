#include "hooks/settle.h"

#include <stdlib.h>
#include <string.h>

#include "core/filetype.h"
#include "core/memory.h"
#include "hooks/repo.h"
#include "hooks/tree.h"

struct item {
    char *path;
    struct object_id blob; /* that it was introduced in */
    struct finding finding;
};

/* A place of a tip that is reported already. */
struct place {
    const char *path; /* of an item, or of `added` */
    struct object_id blob;
    uint32_t offset;
};

struct settlement {
    struct gate *gate;
    struct item *items;
    size_t items_count, items_room;
    char **added; /* paths of Python files that a commit of the range added */
    size_t added_count, added_room;
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

static bool is_new_to_all(const struct change *change, const char *path)
{
    for (size_t i = 0; i < change->parents_count; i++) {
        const struct diff_entry *entry =
            diff_find(&change->parents[i].diff, path);

        if (!entry || entry->before.mode)
            return false;
    }
    return true;
}

static void note_added(struct settlement *settlement,
                       const struct change *change)
{
    const struct diff *diff = &change->parents[0].diff;

    for (size_t i = 0; i < diff->entries_count; i++) {
        const char *path = diff->entries[i].path;

        if (diff_is_file(&diff->entries[i].after) &&
            filetype_of_path(text_of(path)) != FILETYPE_OTHER &&
            is_new_to_all(change, path))
            *ARRAY_PUSH(settlement->added) = copy(path);
    }
}

static void visit_change(void *payload, const struct span_commit *commit,
                         struct change *change)
{
    struct settlement *settlement = payload;

    (void)commit;
    note_added(settlement, change);
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

/* 1 if a file stands at the path, whether the finding is in it or not. */
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
    return 1;
}

static void settle(struct settlement *settlement, const struct object_id *tip,
                   const struct item *item)
{
    size_t before = settlement->places_count;
    struct error err;
    int found = settle_at(settlement, tip, item->path, item, &err);

    for (size_t i = 0; found == 0 && i < settlement->added_count &&
                       settlement->places_count == before;
         i++)
        if (settle_at(settlement, tip, settlement->added[i], item, &err) < 0)
            found = -1;
    if (found < 0)
        report_incomplete(settlement->gate->report, item->path, err.message);
}

static int compare_paths(const void *one, const void *two)
{
    const char *const *a = one, *const *b = two;

    return strcmp(*a, *b);
}

static void drop_duplicates(struct settlement *settlement)
{
    size_t kept = 0;

    if (settlement->added_count)
        qsort(settlement->added, settlement->added_count,
              sizeof(*settlement->added), compare_paths);
    for (size_t i = 0; i < settlement->added_count; i++)
        if (kept > 0 &&
            strcmp(settlement->added[kept - 1], settlement->added[i]) == 0)
            free(settlement->added[i]);
        else
            settlement->added[kept++] = settlement->added[i];
    settlement->added_count = kept;
}

static void release(struct settlement *settlement)
{
    for (size_t i = 0; i < settlement->items_count; i++)
        free(settlement->items[i].path);
    for (size_t i = 0; i < settlement->added_count; i++)
        free(settlement->added[i]);
    free(settlement->items);
    free(settlement->added);
    free(settlement->places);
}

int settle_range(struct gate *gate, struct span *range, struct error *err)
{
    struct settlement settlement = { .gate = gate };
    const struct span_visitor visitor = { visit_change, visit_unreadable,
                                          &settlement };
    int result;

    gate->visit = keep;
    gate->payload = &settlement;
    result = span_each(range, gate->repo, &visitor, err);
    drop_duplicates(&settlement);
    for (size_t i = 0; i < range->tips_count; i++)
        for (size_t j = 0; j < settlement.items_count; j++)
            settle(&settlement, &range->tips[i], &settlement.items[j]);
    release(&settlement);
    return result;
}
