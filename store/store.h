/*
 * A cache on disk: bytes under a key, in one SQLite file below a folder of
 * the user's own. It knows nothing of what the bytes mean.
 *
 * The cache may only save time. Whatever is wrong with the file (missing,
 * damaged, foreign, newer, locked, full disk, read-only) a caller goes on
 * without it; no value that does not verify is ever handed out.
 */
#ifndef TMPGUARD_STORE_STORE_H
#define TMPGUARD_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/text.h"

/* Bounds, in bytes; a larger key or value is refused with ERROR_LIMIT. */
#define STORE_KEY_MAX   96
#define STORE_VALUE_MAX ((size_t)8 << 20)

/* The file is kept below this size, least recently used entries out first. */
#define STORE_SIZE_MAX ((uint64_t)64 << 20)

struct store;

struct store_stats {
    uint64_t entries;      /* rows in the file */
    uint64_t size;         /* of the file, in bytes */
    uint64_t hits, misses; /* of this process */
    uint64_t writes;       /* of this process */
    uint64_t rejected;     /* rows of this process that did not verify */
    uint64_t quarantined;  /* bad files set aside, ever */
};

/*
 * Open, or create, the cache in `folder` (created with mode 0700; its parent
 * is created too). One process owns the file at a time.
 *
 * Returns 0, or -1 with ERROR_STORE and the reason: then work without it.
 * A damaged file is set aside and a new one begun.
 */
int store_open(struct store **store, const char *folder, struct error *err);

/*
 * Look up `key`. Returns 1 and appends the value to *value if it is there and
 * verifies, 0 if not, -1 and *err if the cache can no longer be used.
 */
int store_get(struct store *store, struct text key, struct buffer *value,
              struct error *err);

/*
 * Keep `value` under `key`, replacing what was there. Written together with
 * others, at the latest by store_close. Returns 0, or -1 and *err.
 */
int store_put(struct store *store, struct text key, struct text value,
              struct error *err);

/* Bring the file below `size_max` bytes, oldest use first. 0, or -1 and *err.
 */
int store_prune(struct store *store, uint64_t size_max, struct error *err);

/* Fill *stats. Returns 0, or -1 and *err. */
int store_stats(struct store *store, struct store_stats *stats,
                struct error *err);

/* Write what is pending and close. Closing NULL is fine. */
void store_close(struct store *store);

/*
 * Delete the cache files in `folder`, without SQL, so that a broken file goes
 * too; nothing else there is touched. Returns 0, also when there were none,
 * or -1 and *err.
 */
int store_clear(const char *folder, struct error *err);

#endif
