#include "hooks/history/history_entries.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/history/history_sets.h"

void entries_begin(struct entries *entries)
{
    sets_begin(&entries->sets);
}

uint32_t entries_introduce(struct entries *entries, uint32_t commit,
                           uint32_t path, uint32_t blob, uint32_t finding)
{
    uint32_t number = (uint32_t)entries->entries_count;
    struct entry *entry = ARRAY_PUSH(entries->entries);
    uint32_t set = sets_one(&entries->sets, number);

    entry->introduced = commit;
    entry->removed = ENTRY_NOT_REMOVED;
    entry->path = path;
    entry->blob = blob;
    entry->finding = finding;
    entries_move(entries, set, path);
    return set;
}

void entries_move(struct entries *entries, uint32_t set, uint32_t path)
{
    for (size_t i = 0; i < sets_size(&entries->sets, set); i++) {
        struct entry_move move = { sets_member(&entries->sets, set, i), path };

        intern_add(&entries->moves,
                   (struct text){ (const char *)&move, sizeof(move) });
    }
}

void entries_see(struct entries *entries, uint32_t set, uint32_t commit)
{
    for (size_t i = 0; i < sets_size(&entries->sets, set); i++)
        entries->entries[sets_member(&entries->sets, set, i)].seen = commit + 1;
}

void entries_remove(struct entries *entries, uint32_t set, uint32_t commit,
                    unsigned char rank)
{
    for (size_t i = 0; i < sets_size(&entries->sets, set); i++) {
        struct entry *entry =
            &entries->entries[sets_member(&entries->sets, set, i)];

        if (entry->seen == commit + 1)
            continue;
        if (entry->removed != ENTRY_NOT_REMOVED && entry->removed_rank >= rank)
            continue;
        entry->removed = commit;
        entry->removed_rank = rank;
    }
}

static void live_at(struct entry *entry, const struct entry_place *place,
                    const struct finding *finding, unsigned char rank)
{
    bool open = finding->suppression == SUPPRESSION_NONE;

    if (!entry->live || (open && !entry->live_open) ||
        (open == entry->live_open && rank >= entry->live_rank)) {
        entry->live_place = *place;
        entry->live_rank = rank;
    }
    entry->live = true;
    if (open)
        entry->live_open = true;
    else
        entry->live_suppression = finding->suppression;
}

void entries_live(struct entries *entries, uint32_t set,
                  const struct entry_place *place,
                  const struct finding *finding, unsigned char rank)
{
    for (size_t i = 0; i < sets_size(&entries->sets, set); i++)
        live_at(&entries->entries[sets_member(&entries->sets, set, i)], place,
                finding, rank);
}

void entries_release(struct entries *entries)
{
    free(entries->entries);
    intern_release(&entries->sets);
    intern_release(&entries->moves);
    *entries = (struct entries){ .entries = NULL };
}
