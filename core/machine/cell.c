#include "core/machine/cell.h"

#include <stdlib.h>

#include "core/base/memory.h"

static uint32_t cell_of(struct cells *cells, enum cell_kind kind, uint32_t a,
                        uint32_t b)
{
    uint32_t words[3] = { kind, a, b };
    uint32_t cell = intern_add(
        &cells->keys, (struct text){ (const char *)words, sizeof(words) });

    if (cell == cells->items_count)
        ARRAY_PUSH(cells->items)->set = SET_EMPTY;
    return cell;
}

uint32_t cell_reader_new(struct cells *cells)
{
    *ARRAY_PUSH(cells->dirty) = 0;
    return (uint32_t)cells->dirty_count - 1;
}

static void subscribe(struct cells *cells, uint32_t number, uint32_t cell)
{
    uint32_t words[2] = { cell, number }, count = intern_count(&cells->pairs);
    struct cell_reader *reader;

    if (intern_add(&cells->pairs, (struct text){ (const char *)words,
                                                 sizeof(words) }) != count)
        return;
    reader = ARRAY_PUSH(cells->readers);
    *reader = (struct cell_reader){ number, cells->items[cell].readers };
    cells->items[cell].readers = (uint32_t)cells->readers_count;
}

uint32_t cell_read(struct cells *cells, uint32_t reader, enum cell_kind kind,
                   uint32_t a, uint32_t b)
{
    uint32_t cell = cell_of(cells, kind, a, b);

    subscribe(cells, reader, cell);
    return cells->items[cell].set;
}

void cell_wake(struct cells *cells, uint32_t reader)
{
    if (cells->dirty[reader])
        return;
    cells->dirty[reader] = 1;
    *ARRAY_PUSH(cells->woken) = reader;
}

void cell_add(struct cells *cells, struct values *values, enum cell_kind kind,
              uint32_t a, uint32_t b, uint32_t set)
{
    uint32_t number, grown;
    struct cell *cell;

    if (set <= SET_EMPTY)
        return;
    number = cell_of(cells, kind, a, b);
    cell = &cells->items[number];
    grown = set_union(values, cell->set, set);
    if (grown == cell->set)
        return;
    cell->set = grown;
    for (uint32_t at = cell->readers; at; at = cells->readers[at - 1].next)
        cell_wake(cells, cells->readers[at - 1].reader);
}

void cell_release(struct cells *cells)
{
    intern_release(&cells->keys);
    intern_release(&cells->pairs);
    free(cells->items);
    free(cells->readers);
    free(cells->dirty);
    free(cells->woken);
    *cells = CELLS_EMPTY;
}
