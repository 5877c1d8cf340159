#include "hooks/history/history_rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/stash.h"
#include "core/facts/memo.h"
#include "core/facts/scan.h"
#include "store/store.h"

struct row {
    size_t size;
    char bytes[];
};

static bool recall(const struct history_rows *rows, struct text key,
                   struct buffer *value)
{
    struct row *row;

    stash_enter(rows->stash);
    row = stash_get(rows->stash, stash_hash(key), key);
    if (row)
        buffer_append(value, row->bytes, row->size);
    stash_leave(rows->stash);
    return row != NULL;
}

static void remember(const struct history_rows *rows, struct text key,
                     struct text value)
{
    struct row *row = memory_new(1, sizeof(*row) + value.size);

    row->size = value.size;
    if (value.size)
        memcpy(row->bytes, value.bytes, value.size);
    stash_put(rows->stash, stash_hash(key), key, row,
              sizeof(*row) + value.size);
}

static int get(void *payload, struct text key, struct buffer *value)
{
    struct history_rows *rows = payload;
    struct analyser *around = rows->around;
    size_t before = value->size;
    struct error err;

    if (recall(rows, key, value))
        return 1;
    if (!around->store || around->recache || around->verify ||
        store_get(around->store, key, value, &err) != 1)
        return 0;
    remember(rows, key, text_slice(buffer_view(value), before, value->size));
    return 1;
}

static void put(void *payload, struct text key, struct text value)
{
    struct history_rows *rows = payload;
    struct object_id id;
    struct error err;

    remember(rows, key, value);
    if (rows->around->store && analyse_is_facts(key, &id))
        (void)store_put(rows->around->store, key, value, &err);
}

static int scan(void *payload, struct text bytes, struct facts *facts,
                struct error *err)
{
    const struct history_rows *rows = payload;

    return scan_recalling(bytes, rows->memo, facts, err);
}

void rows_open(struct history_rows *rows, struct analyser *around)
{
    *rows = (struct history_rows){
        .rows = { get, put, scan, rows },
        .around = around,
        .stash = stash_open(HISTORY_ROWS_MAX, free),
        .memo = memo_open(),
    };
}

void rows_close(struct history_rows *rows)
{
    stash_close(rows->stash);
    memo_close(rows->memo);
}
