#include "core/machine/env.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define WAYS   16
#define BITS   4
#define LEVELS 5 /* BITS * LEVELS: the bits of ENV_PLACES_MAX - 1 */

/* The last level holds sets, the others hold nodes. */
struct env_node {
    uint32_t epoch; /* when it was made */
    uint32_t ways[WAYS];
};

static unsigned way_of(uint32_t place, int level)
{
    return place >> (BITS * (LEVELS - 1 - level)) & (WAYS - 1);
}

uint32_t env_get(const struct envs *states, uint32_t state, uint32_t place)
{
    for (int level = 0; level < LEVELS && state; level++)
        state = states->nodes[state].ways[way_of(place, level)];
    return state;
}

/* The number of a node that may be written, with what `node` has. */
static uint32_t writable(struct envs *states, uint32_t node)
{
    struct env_node *copy;

    if (node && states->nodes[node].epoch == states->epoch)
        return node;
    if (states->nodes_count == 0)
        ARRAY_PUSH(states->nodes)->epoch = 0; /* node 0 is ENV_EMPTY */
    copy = ARRAY_PUSH(states->nodes);
    if (node)
        *copy = states->nodes[node];
    copy->epoch = states->epoch;
    return (uint32_t)states->nodes_count - 1;
}

static bool is_empty(const struct env_node *node)
{
    for (unsigned way = 0; way < WAYS; way++)
        if (node->ways[way])
            return false;
    return true;
}

/* What says nothing is no node: then states that say the same are alike. */
static uint32_t prune(const struct envs *states, const uint32_t *path,
                      uint32_t place)
{
    for (int level = LEVELS - 1; level >= 0; level--) {
        if (!is_empty(&states->nodes[path[level]]))
            return path[0];
        if (level > 0)
            states->nodes[path[level - 1]].ways[way_of(place, level - 1)] = 0;
    }
    return ENV_EMPTY;
}

uint32_t env_put(struct envs *states, uint32_t state, uint32_t place,
                 uint32_t set)
{
    uint32_t path[LEVELS];

    if (set == SET_NONE && env_get(states, state, place) == SET_NONE)
        return state;
    path[0] = writable(states, state);
    for (int level = 0; level < LEVELS - 1; level++) {
        unsigned way = way_of(place, level);

        path[level + 1] =
            writable(states, states->nodes[path[level]].ways[way]);
        states->nodes[path[level]].ways[way] = path[level + 1];
    }
    states->nodes[path[LEVELS - 1]].ways[way_of(place, LEVELS - 1)] = set;
    return set == SET_NONE ? prune(states, path, place) : path[0];
}

static uint32_t join_sets(struct values *values, uint32_t a, uint32_t b)
{
    if (a == SET_NONE || b == SET_NONE)
        return set_union(values, a ? a : b, set_of(values, VALUE_OUTSIDE));
    return set_union(values, a, b);
}

static bool has_ways(const struct envs *states, uint32_t node,
                     const uint32_t *ways)
{
    return node &&
           memcmp(states->nodes[node].ways, ways, WAYS * sizeof(*ways)) == 0;
}

/* Recursive, LEVELS deep. A result that equals a or b is a or b. */
static uint32_t join(struct envs *states, struct values *values, uint32_t a,
                     uint32_t b, int level)
{
    uint32_t ways[WAYS], node;

    if (a == b)
        return a;
    if (level == LEVELS)
        return join_sets(values, a, b);
    for (unsigned way = 0; way < WAYS; way++)
        ways[way] = join(states, values, a ? states->nodes[a].ways[way] : 0,
                         b ? states->nodes[b].ways[way] : 0, level + 1);
    if (has_ways(states, a, ways))
        return a;
    if (has_ways(states, b, ways))
        return b;
    node = writable(states, ENV_EMPTY);
    memcpy(states->nodes[node].ways, ways, sizeof(ways));
    return node;
}

uint32_t env_join(struct envs *states, struct values *values, uint32_t a,
                  uint32_t b)
{
    env_share(states);
    return join(states, values, a, b, 0);
}

void env_share(struct envs *states)
{
    states->epoch++;
}

void env_reset(struct envs *states)
{
    states->nodes_count = 0;
    states->epoch++;
}

void env_release(struct envs *states)
{
    free(states->nodes);
    *states = ENVS_EMPTY;
}
