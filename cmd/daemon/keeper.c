#include "cmd/daemon/keeper.h"

#include "cmd/daemon/ask.h"

/* Somebody else has the store, or it is broken: not again before. */
#define RETRY_MS 1000

static void give_up(struct keeper *keeper)
{
    store_close(keeper->store);
    keeper->store = NULL;
    keeper->retry_ms = ask_clock_ms() + RETRY_MS;
}

/* What is suspect is not read. */
static bool is_sound(struct keeper *keeper)
{
    struct error ignored;

    if (!keeper->suspect)
        return true;
    keeper->suspect = store_distrust(keeper->store, &ignored) < 0;
    if (keeper->suspect)
        give_up(keeper);
    return !keeper->suspect;
}

static bool has_store(struct keeper *keeper)
{
    struct error ignored;

    keeper->used_ms = ask_clock_ms();
    if (keeper->store)
        return true;
    if (!keeper->place.folder || ask_clock_ms() < keeper->retry_ms)
        return false;
    if (store_open(&keeper->store, &keeper->place, &ignored) == 0)
        return is_sound(keeper);
    keeper->retry_ms = ask_clock_ms() + RETRY_MS;
    return false;
}

int keeper_get(struct keeper *keeper, struct text key, struct buffer *value)
{
    size_t before = value->size;
    struct error ignored;
    struct text known;
    int found;

    if (rack_get(&keeper->rack, key, &known)) {
        buffer_text(value, known);
        return 1;
    }
    if (!has_store(keeper))
        return 0;
    found = store_get(keeper->store, key, value, &ignored);
    if (found < 0)
        give_up(keeper);
    if (found == 1 &&
        rack_put(&keeper->rack, key,
                 text_slice(buffer_view(value), before, value->size)))
        keeper->version++;
    return found == 1;
}

void keeper_put(struct keeper *keeper, struct text key, struct text value)
{
    struct error ignored;

    if (!rack_put(&keeper->rack, key, value))
        return;
    keeper->version++;
    if (has_store(keeper) && store_put(keeper->store, key, value, &ignored) < 0)
        give_up(keeper);
}

void keeper_distrust(struct keeper *keeper)
{
    rack_release(&keeper->rack);
    keeper->rack = RACK_EMPTY;
    keeper->version++;
    keeper->suspect = true;
    keeper->retry_ms = 0;
    if (keeper->store)
        (void)is_sound(keeper);
    else
        (void)has_store(keeper);
}

void keeper_rest(struct keeper *keeper)
{
    store_close(keeper->store);
    keeper->store = NULL;
}

void keeper_release(struct keeper *keeper)
{
    keeper_rest(keeper);
    rack_release(&keeper->rack);
}
