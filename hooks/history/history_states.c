#include "hooks/history/history_states.h"

#include <stdlib.h>

#include "core/base/bound.h"
#include "core/base/memory.h"

struct file_state *file_state_new(uint32_t path, uint32_t blob, uint32_t held,
                                  uint32_t count)
{
    struct file_state *file =
        memory_new(1, sizeof(*file) + count * sizeof(file->sets[0]));

    file->uses = 1;
    file->path = path;
    file->blob = blob;
    file->held = held;
    file->count = count;
    return file;
}

struct file_state *file_state_share(struct file_state *file)
{
    file->uses++;
    return file;
}

void file_state_release(struct file_state *file)
{
    if (--file->uses == 0)
        free(file);
}

struct state *state_new(size_t count)
{
    struct state *state =
        memory_new(1, sizeof(*state) + count * sizeof(struct file_state *));

    state->uses = 1;
    state->count = count;
    return state;
}

struct state *state_share(struct state *state)
{
    state->uses++;
    return state;
}

void state_release(struct state *state)
{
    if (!state || --state->uses)
        return;
    for (size_t i = 0; i < state->count; i++)
        file_state_release(state->files[i]);
    free(state);
}

size_t state_find(const struct state *state, uint32_t path)
{
    struct bound found = bound_in(0, state->count);

    while (bound_open(&found))
        bound_step(&found, state->files[found.middle]->path < path);
    return found.low < state->count && state->files[found.low]->path == path
               ? found.low
               : STATE_NONE;
}
