/*
 * What is known at one point of the code: for each place (a variable, an
 * attribute, an item; see machine.h) the set of values that it holds there.
 *
 * A state is the root of a trie of 16-way nodes. Copying one is copying its
 * number, so a branch costs nothing and joining costs what differs. Nodes are
 * written in place as long as nobody else can have them: after env_share
 * they are copied first.
 *
 * What a state does not say of a place holds from outside: what other code
 * wrote there. Where only one of two joined states says something, the set
 * has VALUE_OUTSIDE in it. What was deleted has VALUE_ABSENT: it holds what
 * others may store there from then on.
 */
#ifndef TMPGUARD_CORE_MACHINE_ENV_H
#define TMPGUARD_CORE_MACHINE_ENV_H

#include "core/machine/value.h"

/* The state that says nothing. */
#define ENV_EMPTY 0

/* Places are numbers below this. */
#define ENV_PLACES_MAX (1U << 20)

struct env_node;

/* Start from ENVS_EMPTY. */
struct envs {
    struct env_node *nodes;
    size_t nodes_count, nodes_room;
    uint32_t epoch;
};

#define ENVS_EMPTY ((struct envs){ .nodes = NULL })

/* The set at a place, or SET_NONE. */
uint32_t env_get(const struct envs *states, uint32_t state, uint32_t place);

/*
 * The state with the set at a place, SET_NONE to say nothing of it again; the
 * old state is gone unless shared.
 */
uint32_t env_put(struct envs *states, uint32_t state, uint32_t place,
                 uint32_t set);

/* What holds if one or the other does. Both are shared from now on. */
uint32_t env_join(struct envs *states, struct values *values, uint32_t a,
                  uint32_t b);

/* From now on, all states so far stay as they are. */
void env_share(struct envs *states);

/* Forget all states, keep the memory. */
void env_reset(struct envs *states);

/* Give the memory back; releasing twice is fine. */
void env_release(struct envs *states);

#endif
