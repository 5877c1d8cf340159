/*
 * Sets of small integers, each set once: equal sets have equal numbers. The
 * empty set is SETS_EMPTY. A set is the bytes of its sorted members.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_SETS_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_SETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/intern.h"

#define SETS_EMPTY 0

/* Before anything else: number SETS_EMPTY. */
void sets_begin(struct intern *sets);

uint32_t sets_one(struct intern *sets, uint32_t member);

uint32_t sets_union(struct intern *sets, uint32_t a, uint32_t b);

/* Have they a member in common? */
bool sets_meet(const struct intern *sets, uint32_t a, uint32_t b);

size_t sets_size(const struct intern *sets, uint32_t set);

/* Member `at` of a set, from 0 on, ascending. */
uint32_t sets_member(const struct intern *sets, uint32_t set, size_t at);

#endif
