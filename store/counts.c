#include "store/counts.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"

/* Each line has the same size, so writing over them leaves nothing behind. */
#define LINE_FORMAT "%-12s %20" PRIu64 "\n"
#define LINE_SIZE   34

static const struct {
    const char *name;
    size_t offset;
} rows[] = {
    { "hits", offsetof(struct counts, hits) },
    { "misses", offsetof(struct counts, misses) },
    { "writes", offsetof(struct counts, writes) },
    { "skipped", offsetof(struct counts, skipped) },
    { "evicted", offsetof(struct counts, evicted) },
    { "rejected", offsetof(struct counts, rejected) },
    { "quarantined", offsetof(struct counts, quarantined) },
};

#define ROW_COUNT (sizeof(rows) / sizeof(*rows))

static uint64_t *field(struct counts *counts, size_t row)
{
    return (uint64_t *)(void *)((char *)counts + rows[row].offset);
}

/* The number at the end of a line of `name`, or 0. */
static uint64_t number_in(const char *line, const char *name)
{
    size_t size = strlen(name);
    uint64_t number = 0;

    if (strncmp(line, name, size) != 0 || line[size] != ' ')
        return 0;
    for (size_t i = size; i < LINE_SIZE - 1; i++) {
        if (line[i] >= '0' && line[i] <= '9')
            number = number * 10 + (uint64_t)(line[i] - '0');
        else if (line[i] != ' ')
            return 0;
    }
    return number;
}

struct counts counts_read(int file)
{
    struct counts counts = { .hits = 0 };
    char text[ROW_COUNT * LINE_SIZE];
    ssize_t size = pread(file, text, sizeof(text), 0);

    for (size_t i = 0; i < ROW_COUNT && size >= (ssize_t)sizeof(text); i++)
        *field(&counts, i) = number_in(text + i * LINE_SIZE, rows[i].name);
    return counts;
}

struct counts counts_sum(const struct counts *a, const struct counts *b)
{
    struct counts sum = *a, more = *b;

    for (size_t i = 0; i < ROW_COUNT; i++)
        *field(&sum, i) += *field(&more, i);
    return sum;
}

void counts_add(int file, const struct counts *more)
{
    static const struct counts none;
    char text[ROW_COUNT * LINE_SIZE + 1];
    struct counts sum = counts_read(file);

    if (memcmp(more, &none, sizeof(none)) == 0)
        return;
    sum = counts_sum(&sum, more);
    for (size_t i = 0; i < ROW_COUNT; i++)
        snprintf(text + i * LINE_SIZE, LINE_SIZE + 1, LINE_FORMAT, rows[i].name,
                 *field(&sum, i));
    if (pwrite(file, text, sizeof(text) - 1, 0) < 0)
        return;
}
