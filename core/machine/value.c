#include "core/machine/value.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define UNIONS_BITS 13
#define UNIONS      (1U << UNIONS_BITS)

static struct text key_of(const uint32_t *words, size_t count)
{
    return (struct text){ (const char *)words, count * sizeof(*words) };
}

/* All strings of the interner are runs of uint32_t. */
static const uint32_t *words_of(struct text text)
{
    return (const uint32_t *)(const void *)text.bytes;
}

void values_open(struct values *values, struct intern *symbols)
{
    *values = (struct values){ .over_limit = false };
    values->unions = memory_new(UNIONS, sizeof(*values->unions));
    values->scratch =
        memory_new((size_t)2 * SET_SIZE_MAX + 1, sizeof(uint32_t));
    for (int i = 0; i < TARGET_COUNT; i++)
        values->names[i] =
            intern_add(symbols, text_of(rule_target((enum target)i)->member));
    value_of(values, VALUE_OUTSIDE, 0, 0);
    value_of(values, VALUE_CUT, 0, 0);
    value_of(values, VALUE_ABSENT, 0, 0);
    /* SET_NONE has a value that nothing else has, SET_EMPTY none. */
    intern_add(&values->sets, key_of(&(uint32_t){ UINT32_MAX }, 1));
    intern_add(&values->sets, TEXT_EMPTY);
}

void values_close(struct values *values)
{
    intern_release(&values->values);
    intern_release(&values->sets);
    free(values->unions);
    free(values->scratch);
    free(values->rich);
    *values = (struct values){ .over_limit = false };
}

uint32_t value_of(struct values *values, enum value_kind kind, uint32_t a,
                  uint32_t b)
{
    uint32_t words[3] = { kind, a, b };

    return intern_add(&values->values, key_of(words, 3));
}

struct value value_get(const struct values *values, uint32_t value)
{
    const uint32_t *words = words_of(intern_text(&values->values, value));

    return (struct value){ (enum value_kind)words[0], words[1], words[2] };
}

bool value_is(const struct values *values, uint32_t value, enum value_kind kind)
{
    return value_get(values, value).kind == kind;
}

uint32_t set_of(struct values *values, uint32_t value)
{
    return intern_add(&values->sets, key_of(&value, 1));
}

uint32_t set_size(const struct values *values, uint32_t set)
{
    return set == SET_NONE ? 0
                           : (uint32_t)(intern_text(&values->sets, set).size /
                                        sizeof(uint32_t));
}

uint32_t set_item(const struct values *values, uint32_t set, uint32_t index)
{
    return words_of(intern_text(&values->sets, set))[index];
}

bool set_has(const struct values *values, uint32_t set, uint32_t value)
{
    const uint32_t *items = words_of(intern_text(&values->sets, set));
    uint32_t low = 0, high = set_size(values, set);

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (items[middle] == value)
            return true;
        if (items[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool value_is_target_name(const struct values *values, uint32_t symbol)
{
    for (int i = 0; i < TARGET_COUNT; i++)
        if (values->names[i] == symbol)
            return true;
    return false;
}

static bool hardly_matters(const struct values *values, uint32_t value)
{
    struct value of = value_get(values, value);

    if (of.kind == VALUE_STRING)
        return !value_is_target_name(values, of.a);
    if (of.kind == VALUE_MEMBER)
        return !value_is_target_name(values, of.b);
    if (of.kind == VALUE_CONTAINER)
        return value >= values->rich_count || !values->rich[value];
    return of.kind == VALUE_NUMBER || (of.kind == VALUE_OBJECT && !of.b);
}

bool value_matters(const struct values *values, uint32_t set)
{
    uint32_t size = set_size(values, set), i = 0;

    while (i < size && hardly_matters(values, set_item(values, set, i)))
        i++;
    return i < size;
}

void value_hold(struct values *values, uint32_t container, uint32_t set)
{
    if ((container < values->rich_count && values->rich[container]) ||
        !value_matters(values, set))
        return;
    while (values->rich_count <= container)
        *ARRAY_PUSH(values->rich) = 0;
    values->rich[container] = 1;
    /* Where it was dropped, it is now to be kept. */
    if (values->has_cut)
        memset(values->unions, 0, UNIONS * sizeof(*values->unions));
}

/* Put the mark into the scratch, unless it is there: the lowest value but one.
 */
static uint32_t mark_cut(struct values *values, uint32_t size)
{
    uint32_t *items = values->scratch + (values->scratch[0] == VALUE_OUTSIDE);
    size_t rest = size - (size_t)(items - values->scratch);

    if (rest && items[0] == VALUE_CUT)
        return size;
    memmove(items + 1, items, rest * sizeof(*items));
    items[0] = VALUE_CUT;
    return size + 1;
}

/* Cut what is too large, in the scratch. */
static uint32_t cut(struct values *values, uint32_t size)
{
    uint32_t kept = 0;

    size = mark_cut(values, size);
    for (uint32_t i = 0; i < size; i++)
        if (!hardly_matters(values, values->scratch[i]))
            values->scratch[kept++] = values->scratch[i];
    values->has_cut = true;
    if (kept <= SET_SIZE_MAX)
        return kept;
    values->over_limit = true;
    return SET_SIZE_MAX;
}

/* Both together, sorted; without a branch that the order decides. */
static uint32_t joined(uint32_t *out, const uint32_t *left, uint32_t left_size,
                       const uint32_t *right, uint32_t right_size)
{
    uint32_t i = 0, j = 0, size = 0;

    while (i < left_size && j < right_size) {
        uint32_t l = left[i], r = right[j];

        out[size++] = l < r ? l : r;
        i += l <= r;
        j += r <= l;
    }
    memcpy(out + size, left + i, (left_size - i) * sizeof(*out));
    size += left_size - i;
    memcpy(out + size, right + j, (right_size - j) * sizeof(*out));
    return size + right_size - j;
}

static uint32_t merge(struct values *values, uint32_t a, uint32_t b)
{
    const uint32_t *left = words_of(intern_text(&values->sets, a));
    const uint32_t *right = words_of(intern_text(&values->sets, b));
    uint32_t left_size = set_size(values, a), right_size = set_size(values, b);
    bool is_cut = values->has_cut && (set_has(values, a, VALUE_CUT) ||
                                      set_has(values, b, VALUE_CUT));
    uint32_t size = joined(values->scratch, left, left_size, right, right_size);

    if (size > SET_SIZE_MAX || is_cut)
        size = cut(values, size);
    else if (size == left_size)
        return a;
    else if (size == right_size)
        return b;
    return intern_add(&values->sets, key_of(values->scratch, size));
}

/* Where the union of two sets is remembered. Many pairs come in rows, which
 * must not all meet in one place. */
static uint32_t place_of(uint32_t a, uint32_t b)
{
    return (a * 0x9e3779b1 + b) * 0x85ebca6b >> (32 - UNIONS_BITS);
}

uint32_t set_union(struct values *values, uint32_t a, uint32_t b)
{
    struct set_union *known;

    if (a == b || b <= SET_EMPTY)
        return a ? a : b;
    if (a <= SET_EMPTY)
        return b;
    known = &values->unions[place_of(a, b)];
    if (known->a != a || known->b != b)
        *known = (struct set_union){ a, b, merge(values, a, b) };
    return known->result;
}

uint32_t set_without(struct values *values, uint32_t set, uint32_t value)
{
    uint32_t size = set_size(values, set), kept = 0;

    if (!set_has(values, set, value))
        return set;
    for (uint32_t i = 0; i < size; i++)
        if (set_item(values, set, i) != value)
            values->scratch[kept++] = set_item(values, set, i);
    return intern_add(&values->sets, key_of(values->scratch, kept));
}

uint32_t set_unmarked(struct values *values, uint32_t set)
{
    if (set == SET_NONE)
        return set;
    return set_without(values, set_without(values, set, VALUE_OUTSIDE),
                       VALUE_ABSENT);
}
