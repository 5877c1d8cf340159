#include "hooks/history/history_sets.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

void sets_begin(struct intern *sets)
{
    intern_add(sets, TEXT_EMPTY);
}

size_t sets_size(const struct intern *sets, uint32_t set)
{
    return intern_text(sets, set).size / sizeof(uint32_t);
}

uint32_t sets_member(const struct intern *sets, uint32_t set, size_t at)
{
    uint32_t member;

    memcpy(&member, intern_text(sets, set).bytes + at * sizeof(member),
           sizeof(member));
    return member;
}

static uint32_t keep(struct intern *sets, const uint32_t *members, size_t count)
{
    return intern_add(
        sets, (struct text){ (const char *)members, count * sizeof(*members) });
}

uint32_t sets_one(struct intern *sets, uint32_t member)
{
    return keep(sets, &member, 1);
}

uint32_t sets_union(struct intern *sets, uint32_t a, uint32_t b)
{
    size_t a_size = sets_size(sets, a), b_size = sets_size(sets, b);
    size_t i = 0, j = 0, count = 0;
    uint32_t *members, result;

    if (a == b || b == SETS_EMPTY)
        return a;
    if (a == SETS_EMPTY)
        return b;
    members = memory_new(a_size + b_size, sizeof(*members));
    while (i < a_size || j < b_size) {
        uint32_t one = i < a_size ? sets_member(sets, a, i) : UINT32_MAX;
        uint32_t two = j < b_size ? sets_member(sets, b, j) : UINT32_MAX;

        members[count++] = one < two ? one : two;
        i += one <= two;
        j += two <= one;
    }
    result = keep(sets, members, count);
    free(members);
    return result;
}

bool sets_meet(const struct intern *sets, uint32_t a, uint32_t b)
{
    size_t a_size = sets_size(sets, a), b_size = sets_size(sets, b);
    size_t i = 0, j = 0;

    while (i < a_size && j < b_size) {
        uint32_t one = sets_member(sets, a, i), two = sets_member(sets, b, j);

        if (one == two)
            return true;
        i += one < two;
        j += two < one;
    }
    return false;
}
